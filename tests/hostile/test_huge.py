"""A repository of very many files: the same findings, and no more is opened or started."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter

import pytest

from sphinx_arco_parity.repository import git
from sphinx_arco_parity.text import patterns

pytestmark = pytest.mark.whole

_SMALL = 100
_SIZES = [20_000, pytest.param(200_000, marks=pytest.mark.long)]
_FILES = {
    "docs/register.md": "# R\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
    "| EX-01 | a | b | Permanent |\n",
    "src/a.py": "def f():\n    pass\n",
}
_CONF = {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]}}


def _path(number):
    return f"packages/p{number % 97:02}/m{number // 97 % 40}/file_{number}.py"


def _matrix():
    lines = ["# M", "", "| Capability | Status | Code | Tests |", "|---|---|---|---|"]
    for n in range(0, _SMALL, 10):
        folder = _path(n).rpartition("/")[0]
        lines += [
            f"| here {n} | Partial | `{_path(n)}`, `{folder}` | - |",
            f"| gone {n} | Partial | `{_path(n)}x.py`, `lost/file_{n}.rs` | - |",
            f"| many {n} | Partial | `{folder}/**/*_{n}.py` | `packages/q{n}/**` |",
            f"| name {n} | Partial | `src/a.py:1` (`nothing_{n}`) | - |",
        ]
    return "\n".join([*lines, ""])


def _tracked(project, size, *, name="project"):
    """Make a project whose index has *size* files that are not checked out."""
    made = project({**_FILES, "docs/matrix.md": _matrix()}, _CONF, name)
    made.git("init", "-q")
    made.git("add", "-A", ".")

    def tell(arguments, text):
        return subprocess.run(
            ["git", *arguments],
            cwd=made.root,
            input=text.encode(),
            check=True,
            capture_output=True,
        ).stdout.decode()

    blob = tell(["hash-object", "-w", "--stdin"], "def g():\n    pass\n").strip()
    paths = [_path(number) for number in range(size)]
    listed = "".join(f"100644 {blob}\t{path}\n" for path in paths)
    tell(["update-index", "--index-info"], listed)
    # As a sparse checkout does: they are there, though not in the folder.
    tell(["update-index", "--skip-worktree", "--stdin"], "\n".join(paths))
    return made


def _told(built):
    """Return what is found and said, but for what is only offered as help."""
    findings = [
        (one["rule"], one["path"], one["line"], one["item"]) for one in built.data["findings"]
    ]
    verdicts = [
        (row["id"], one["path"], one["verdict"])
        for row in built.data["rows"]
        for one in row["evidence"]
    ]
    return built.status, findings, verdicts


@pytest.mark.parametrize("size", _SIZES)
def test_findings_do_not_depend_on_the_size(project, size):
    small = _tracked(project, _SMALL).build()
    huge = _tracked(project, size)
    assert _told(huge.build()) == _told(small)
    assert _told(huge.build()) == _told(small)
    counts = Counter(rule for rule, *_ in _told(small)[1])
    assert counts["evidence-not-found"] == _SMALL // 10 * 3
    assert counts["evidence-gone"] == _SMALL // 10


@pytest.mark.parametrize("size", _SIZES)
def test_no_more_is_opened_started_or_compared(project, watched, monkeypatch, size):
    compared = [0]
    real = patterns.Glob.fullmatch

    def counted(glob, name):
        compared[0] += 1
        return real(glob, name)

    monkeypatch.setattr(patterns.Glob, "fullmatch", counted)
    costs = []
    for files in (_SMALL, size):
        made = _tracked(project, files)
        compared[0] = 0
        with watched() as seen:
            made.build()
        folder = made.root.resolve()
        opened = {path.replace(str(folder), "") for path in seen.below(folder)}
        costs.append((opened, len(seen.started)))
    (few, started), (many, more) = costs
    assert "/src/a.py" in many
    assert many <= few
    assert more == started < 8
    # Globs are held against the files that begin as they do.
    assert compared[0] < size


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_git_may_take_its_time(project, tmp_path, monkeypatch):
    made = _tracked(project, _SMALL)
    first = made.build().outcome
    program = tmp_path / "git"
    program.write_text(f'#!/bin/sh\nsleep 1\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert made.build("parity", out="slow").outcome == first
    monkeypatch.setattr(git, "TIMEOUT", 0.2)
    late = made.build("parity", out="late")
    assert late.status == 1
    assert any("took longer than" in line for line in late.log), late.log
