"""Small projects under git, the command as a user runs it, and kept outputs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from sphinx_arco_parity.cli import main

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "arco-flow"

CONF = """\
project = "Flow"
extensions = ["myst_parser", "sphinx_arco_parity"]
exclude_patterns = ["_build"]
parity_reference = "Dagster"
parity_tables = {"exceptions": ["exceptions"], "matrix": ["matrix"]}
parity_milestones = ["M1", "M2", "M3"]
parity_milestone = "M1"
"""
INDEX = """\
# Flow

```{parity-claim} same-schedules
:exceptions: EX-01
:rows: ticks

Schedules behave as in Dagster.
```

```{toctree}
exceptions
matrix
```
"""
EXCEPTIONS = """\
# Exceptions

| ID | Capability | Decision | Type | Revisit Trigger |
|---|---|---|---|---|
| EX-01 | Web UI | Deferred | Deferral | Revisit at M2 |
| EX-02 | GraphQL | REST only | Permanent | No planned revisit |
"""
MATRIX = """\
# Matrix

| Capability | Status | Code | Tests | CI | Exceptions |
|---|---|---|---|---|---|
| Ticks | Implemented | `src/flow.py:5` (`tick`) | `tests/test_flow.py:4` (`test_tick`) | `.github/workflows/ci.yml` (job `test`: `pytest tests`) | - |
| Backfills | Partial | `src/flow.py:9` (`backfill`) | Missing: a test | - | EX-02 |
| Sensors | Planned | - | - | - | - |
"""
CODE = '''\
"""Flow."""

from __future__ import annotations

def tick() -> int:
    return 1


def backfill() -> int:
    return 2
'''
TESTS = """\
from flow import tick


def test_tick():
    assert tick() == 1
"""
WORKFLOW = """\
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: pytest tests
"""


@dataclass(frozen=True)
class Project:
    """A project in a folder of its own."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def change(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def git(self, *words: str) -> str:
        settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        done = subprocess.run(
            ["git", *settings, *words],
            cwd=self.root,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **_DATES},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def commit(self, message: str = "change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD").strip()


_DATES = {
    "GIT_AUTHOR_DATE": "2026-01-10T10:00:00+00:00",
    "GIT_COMMITTER_DATE": "2026-01-10T10:00:00+00:00",
}


@dataclass(frozen=True)
class Result:
    """What a command did."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _surroundings(tmp_path_factory, monkeypatch):
    """A cache of the tests' own, no colours, one day, and a path to be changed."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768046400")  # 2026-01-10
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "CI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path):
    """A small project without a finding, committed."""
    made = Project(tmp_path / "flow")
    made.root.mkdir()
    for path, text in (
        ("docs/conf.py", CONF),
        ("docs/index.md", INDEX),
        ("docs/exceptions.md", EXCEPTIONS),
        ("docs/matrix.md", MATRIX),
        ("src/flow.py", CODE),
        ("tests/test_flow.py", TESTS),
        (".github/workflows/ci.yml", WORKFLOW),
    ):
        made.write(path, text)
    made.git("init", "-q", "-b", "main")
    made.commit("start")
    return made


@pytest.fixture
def example(tmp_path):
    """The example of this repository, committed."""
    made = Project(tmp_path / "arco-flow")
    shutil.copytree(EXAMPLE, made.root, ignore=shutil.ignore_patterns("_build"))
    made.git("init", "-q", "-b", "main")
    made.commit("start")
    return made


@pytest.fixture
def empty(tmp_path):
    """A folder under git with nothing in it."""
    made = Project(tmp_path / "empty")
    made.root.mkdir()
    made.git("init", "-q", "-b", "main")
    return made


@pytest.fixture
def cli(project, monkeypatch, capsys):
    """Run the command in a folder, the project's by default."""

    def run(*words: str, cwd: Path | None = None) -> Result:
        monkeypatch.chdir(cwd or project.root)
        capsys.readouterr()
        status = main(words)
        said = capsys.readouterr()
        return Result(status, said.out, said.err)

    return run


@pytest.fixture
def heeds_interrupts():
    """Have programs heed an interrupt that a shell which runs us in the background ignores."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)
