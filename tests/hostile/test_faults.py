"""Builds that are killed, states that are broken, git that fails: the next build is right."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_arco_parity
from sphinx_arco_parity.cli.console import CannotRunError, replace_text
from sphinx_arco_parity.extension.cache.build_cache import CacheFile
from sphinx_arco_parity.repository import git, reading

pytestmark = pytest.mark.whole

_FILES = {
    "docs/register.md": "# R\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
    "| EX-01 | a | b | Permanent |\n| EX-02 | c | d | Deferral |\n",
    "docs/claim.md": "# C\n\n```{parity-claim} c\n:exceptions: EX-01\n\nText.\n```\n",
    "docs/bad.md": "# B\n\n```{parity-claim} b\nNothing is cited.\n```\n{exception}`EX-9`\n",
    "docs/row.rst": "R\n=\n\n.. parity-row:: r\n   :capability: a\n   :status: Partial\n"
    "   :code: ``src/a.py:9`` (``f``)\n   :tests: ``tests/test_a.py`` (``test_gone``)\n",
    "docs/shown.rst": "S\n=\n\n.. parity-table:: traceability\n\n.. parity-table:: exceptions\n\n"
    ".. parity-graph::\n",
    "src/a.py": "def f():\n    pass\n",
    "tests/test_a.py": "def test_a():\n    pass\n",
}
_CONF = {"parity_tables": {"exceptions": ["register"]}}


@pytest.fixture(autouse=True)
def remembering(monkeypatch):
    """Let a build rest on the last one, though its files are younger than a few seconds."""
    monkeypatch.setattr(reading, "RACY", 0)


@pytest.fixture
def made(project):
    return project(_FILES, _CONF)


def _page(built, name="shown"):
    return (built.out / f"{name}.html").read_text(encoding="utf-8")


# --- killed -----------------------------------------------------------------------

_KILLED = """
import os, signal, sys
import pkgutil
module = pkgutil.resolve_name("{module}")
real = module.{name}
count = 0
def die(*arguments, **named):
    global count
    count += 1
    if count > {after}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
module.{name} = die
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""

#: Where a build is killed: module, function, how many calls it may make before.
_MOMENTS = (
    ("sphinx_arco_parity.extension.reading.collect", "matches", 2),
    ("sphinx_arco_parity.extension.checking.reporting", "look_up", 0),
    ("sphinx_arco_parity.extension.checking.reporting", "report", 0),
    ("sphinx_arco_parity.repository.content_cache", "replace_content", 0),
    ("sphinx_arco_parity.extension.cache.build_cache.CacheFile", "write", 0),
    ("sphinx_arco_parity.extension.cache.build_cache.CacheFile", "_seal", 4),
    ("sphinx_arco_parity.extension.showing.emit_html", "table_html", 0),
    ("sphinx_arco_parity.exports.presentation", "write_text", 0),
    ("sphinx.environment", "pickle.dump", 0),
)


def _kill(made, module, name, after, builder="html"):
    script = _KILLED.format(module=module, name=name, after=after)
    package = str(Path(sphinx_arco_parity.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *made.arguments(builder)],
        env={**os.environ, "PYTHONPATH": package},
        capture_output=True,
        check=False,
    )
    return done.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize(("module", "name", "after"), _MOMENTS[1:8:2])
def test_a_killed_build_leaves_nothing_behind(made, module, name, after):
    made.build("html")
    before = made.build("html", out="clean").outcome
    changed = _FILES["docs/claim.md"].replace("EX-01", "EX-02")
    made.write({"docs/claim.md": changed, "src/a.py": "\n\n\ndef f():\n    pass\n"})
    _kill(made, module, name, after)
    shutil.rmtree(made.outside / "clean-trees")
    now, clean = made.build("html"), made.build("html", "-E", out="clean")
    assert now.outcome == clean.outcome != before
    assert _page(now) == _page(clean)


@pytest.mark.long
@pytest.mark.parametrize(("module", "name", "after"), _MOMENTS)
@pytest.mark.parametrize("builder", ["html", "parity"])
def test_a_first_build_that_is_killed(project, module, name, after, builder):
    made = project(_FILES, _CONF)
    _kill(made, module, name, after, builder)
    assert made.build(builder).outcome == made.build(builder, out="clean").outcome


def test_what_a_killed_build_has_written_is_written_again(made, monkeypatch):
    """The cause of a change is taken back after a build that wrote pages and died."""
    first = made.build("html")
    page = _page(first)
    made.write({"docs/claim.md": _FILES["docs/claim.md"].replace("EX-01", "EX-02")})

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sphinx.builders.html.StandaloneHTMLBuilder.finish", die)
        assert made.build("html").status != 0
    assert _page(first) != page
    made.write({"docs/claim.md": _FILES["docs/claim.md"]})
    assert _page(made.build("html")) == page


# --- broken states ------------------------------------------------------------------


def _states(made):
    folder = made.outside / "html-trees"
    found = sorted(folder.glob("parity-*"))
    assert {path.name for path in found} >= {
        "parity-cache.sqlite",
        "parity-facts.json",
    }
    assert len(found) == 2
    return found


@pytest.mark.parametrize(
    "broken",
    [
        lambda _: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw + b"\n{}",
        lambda _: b"\xff\x00garbage",
        lambda _: b"[" * 100_000,
        lambda _: b"[1, 2]",
        lambda _: b'{"version": 1, "files": 3}',
        lambda raw: raw.replace(b"EX-", b"XE-"),
        lambda raw: raw.replace(b'"', b"'"),
        lambda raw: raw.replace(b"[", b"{"),
        lambda raw: raw.replace(b"1", b"2"),
    ],
)
def test_broken_states_are_made_again(made, broken):
    clean = made.build("html")
    page, outcome = _page(clean), clean.outcome
    for path in _states(made):
        path.write_bytes(broken(path.read_bytes()))
    again = made.build("html")
    assert again.outcome == outcome
    assert _page(again) == page
    assert made.build("html").outcome == outcome


def test_a_state_of_which_every_part_is_odd(made):
    """Each file is replaced by each other one, and by folders."""
    outcome = made.build("html").outcome
    states = _states(made)
    texts = [path.read_bytes() for path in states]
    for turn in range(1, len(states)):
        for path, text in zip(states, texts[turn:] + texts[:turn], strict=True):
            path.write_bytes(text)
        assert made.build("html").outcome == outcome
    for path in states:
        path.unlink()
        path.mkdir()
    assert made.build("html").outcome == outcome
    assert made.build("html").outcome == outcome


def test_a_lock_is_rewritten_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "parity.lock.json"
    replace_text(path, "old\n")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotRunError, match="No space"):
        replace_text(path, "new\n")
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("builder", "name"), [("parity", "matrix.csv"), ("html", "parity.json")])
def test_output_that_cannot_be_written_is_said(made, builder, name):
    first = made.build(builder)
    (first.out / name).unlink()
    (first.out / name).mkdir()
    built = made.build(builder)
    assert built.status == 1
    assert any(f"{name} cannot be written" in line for line in built.log), built.log
    (first.out / name).rmdir()
    assert made.build(builder).log == first.log


def test_a_disk_that_is_full_costs_only_time(made, monkeypatch):
    clean = made.build("html").outcome

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    for path in _states(made):
        path.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(CacheFile, "_open", full)
        patched.setattr("sphinx_arco_parity.repository.content_cache.replace_content", full)
        assert made.build("html").outcome == clean
    assert made.build("html").outcome == clean


# --- git ------------------------------------------------------------------------------


@pytest.fixture
def tracked(made):
    made.git("init", "-q")
    made.git("add", "-A", ".")
    return made


def _fake(folder: Path, text: str) -> None:
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(
    ("fake", "said"),
    [
        (None, "is not: install git"),
        ("exec sleep 30", "took longer than 1 seconds"),
        ("echo 'fatal: index file corrupt' >&2; exit 128", "index file corrupt"),
        ("kill -9 $$", "git failed"),
        ("yes x | head -c 3000000; exit 1", "git failed"),
    ],
)
def test_git_that_fails_is_an_error_and_no_fallback(tracked, tmp_path, monkeypatch, fake, said):
    first = tracked.build()
    if fake:
        _fake(tmp_path, fake)
    with monkeypatch.context() as patched:
        patched.setattr(git, "TIMEOUT", 1)
        path = f"{tmp_path}:/usr/bin:/bin" if fake else str(tmp_path)
        patched.setenv("PATH", path)
        built, again = tracked.build(), tracked.build()
    assert built.status == again.status == 1
    assert any(said in line for line in built.log), built.log
    assert again.log == built.log
    assert tracked.build().outcome == first.outcome


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("text", ["exit 0", "echo nonsense", "printf 'H \\377\\0H a'"])
def test_git_that_says_nonsense(tracked, tmp_path, monkeypatch, text):
    _fake(tmp_path, text)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert tracked.build().status == 1


# --- others at work ---------------------------------------------------------------


def test_a_file_that_vanishes_during_the_build(tracked, monkeypatch):
    gone = {"docs/bad.md": "# B\n", "docs/row.rst": _FILES["docs/row.rst"]}
    tracked.write(gone)
    real = git.list_files

    def listed(root: Path) -> git.Listing:
        found = real(root)
        (root / "src/a.py").unlink()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(git, "list_files", listed)
        built = tracked.build()
    assert "evidence-not-found" in built.rules
    tracked.write({"src/a.py": _FILES["src/a.py"]})
    assert "evidence-not-found" not in tracked.build().rules


def test_two_builds_at_once_in_one_folder(made):
    clean = made.build("html", out="clean").outcome
    package = str(Path(sphinx_arco_parity.__file__).parents[1])
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "sphinx", *made.arguments("html")],
            env={**os.environ, "PYTHONPATH": package},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = [one.communicate()[1].decode() for one in running]
    assert not any("sphinx_arco_parity" in text for text in said), said
    assert made.build("html").outcome == clean
