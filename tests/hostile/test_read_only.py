"""A tree that cannot be written: builds with output elsewhere work, commands say why not."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_arco_parity

pytestmark = pytest.mark.whole

_FILES = {
    "docs/register.md": "# R\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
    "| EX-01 | a | b | Permanent |\n| EX-02 | c | d | Deferral |\n",
    "docs/matrix.md": "# M\n\n| Capability | Status | Code | Exceptions |\n|---|---|---|---|\n"
    "| a | Partial | `src/a.py:1` (`f`) | EX-01 |\n",
    "src/a.py": "#\n" * 9 + "def f():\n    pass\n",
}
_CONF = {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]}}
_TRY = "import os, sys; sys.exit(os.access('docs/index.md', os.W_OK))"
_DROPPED = "-dac_override,-dac_read_search,-fowner"


def _bound():
    """Return the command behind which permissions bind; nothing if they do already."""
    if os.name != "posix":
        pytest.skip("needs the permissions of POSIX")
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write everything, and `setpriv` is not installed")
    command = [setpriv, f"--bounding-set={_DROPPED}", "--inh-caps=-all"]
    done = subprocess.run([*command, "true"], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("root may write everything, and may not give that up here")
    return command


class Sealed:
    """A project of which nothing may be written, and a folder beside it."""

    def __init__(self, made):
        self.made = made
        self.bound = _bound()
        self.home = made.outside / "home"
        self.home.mkdir(parents=True)

    def run(self, *arguments):
        """Run Python with *arguments* as somebody whom permissions bind."""
        package = str(Path(sphinx_arco_parity.__file__).parents[1])
        kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
        done = subprocess.run(
            [*self.bound, sys.executable, "-W", "ignore", *arguments],
            cwd=self.made.root,
            env={**kept, "PYTHONPATH": package, "HOME": str(self.home)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def command(self, *arguments):
        """Run ``arco-parity``."""
        return self.run("-m", "sphinx_arco_parity", *arguments)

    @property
    def content(self):
        """All files, with their bytes."""
        return {
            path: path.read_bytes() for path in sorted(self.made.root.rglob("*")) if path.is_file()
        }


def _allow(root, *, writing):
    for folder, _, files in os.walk(root):
        for path in [Path(folder), *(Path(folder) / name for name in files)]:
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | 0o200 if writing else mode & ~0o222)


@pytest.fixture
def sealed(project):
    made = project(_FILES, _CONF)
    made.git("init", "-q")
    made.git("add", "-A", ".")
    made.git("commit", "-q", "-m", "one")
    kept = Sealed(made)
    _allow(made.root, writing=False)
    assert kept.run("-c", _TRY).returncode == 0, "permissions do not bind"
    try:
        yield kept
    finally:
        _allow(made.root, writing=True)


@pytest.fixture
def seal(sealed):
    """Give the project, and a look at whether it is as it was."""
    before = sealed.content
    yield sealed
    assert sealed.content == before


@pytest.mark.parametrize("builder", ["html", pytest.param("parity", marks=pytest.mark.long)])
def test_a_build_with_its_output_elsewhere(seal, builder):
    arguments = seal.made.arguments(builder)
    done, again = (seal.run("-m", "sphinx", *arguments) for _ in range(2))
    assert "[parity.evidence-moved]" in done.stderr
    assert (done.returncode, again.returncode) == (0, 0)
    assert again.stderr == done.stderr
    written = (seal.made.outside / builder / "parity.json").read_bytes()
    assert written == (seal.made.build(builder, out="w").out / "parity.json").read_bytes()


def test_commands_that_only_tell(seal):
    checked = seal.command("check", "docs")
    assert checked.returncode == 0, checked.stderr
    assert "evidence-moved" in checked.stdout
    shown = seal.command("fix", "--diff", "docs")
    assert shown.returncode == 1
    assert "+| a | Partial | `src/a.py:10`" in shown.stdout
    assert seal.command("why", "EX-01", "docs").returncode == 0
    assert seal.command("review", "--check", "docs").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["fix"], "docs/matrix.md"),
        (["review", "--all", "--by", "n"], "parity.lock.json"),
        (["check", "--output", "docs/report.json"], "docs/report.json"),
        pytest.param(
            ["check", "--write-baseline", "docs/known.json"],
            "docs/known.json",
            marks=pytest.mark.long,
        ),
        pytest.param(["history"], "parity.history.json", marks=pytest.mark.long),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_commands_that_would_write_say_why_not(seal, arguments, named):
    done = seal.command(*arguments, "docs")
    assert done.returncode == 3, (done.returncode, done.stdout, done.stderr)
    assert named in done.stderr
    assert "ermission denied" in done.stderr


def test_a_home_that_cannot_be_written_costs_only_time(seal):
    seal.home.chmod(0o500)
    done = seal.command("check", "docs")
    assert done.returncode == 0, done.stderr
    assert "evidence-moved" in done.stdout
    assert list(seal.home.iterdir()) == []


def test_a_lock_that_cannot_be_replaced_is_kept(sealed):
    """The file itself may be written, its folder may not."""
    _allow(sealed.made.root, writing=True)
    assert sealed.command("review", "--all", "--by", "n", "docs").returncode == 0
    lock = sealed.made.root / "docs" / "parity.lock.json"
    before = lock.read_bytes()
    sealed.made.write({"docs/matrix.md": _FILES["docs/matrix.md"].replace("Partial", "Planned")})
    lock.parent.chmod(0o500)
    done = sealed.command("review", "--all", "--by", "m", "docs")
    assert done.returncode == 3
    assert "parity.lock.json" in done.stderr
    assert lock.read_bytes() == before
    lock.parent.chmod(0o700)
    assert sealed.command("review", "--all", "--by", "m", "docs").returncode == 0
    assert lock.read_bytes() != before
