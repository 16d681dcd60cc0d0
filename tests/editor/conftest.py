"""A project in each markup, kept loaded as the worker of the editor keeps it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lsprotocol import types

from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.cli.running import loaded
from sphinx_arco_parity.cli.warm import Warm
from sphinx_arco_parity.editor.project import CHECK, Answer, Question
from sphinx_arco_parity.editor.worker import Project

CONF = """\
project = "Flow"
extensions = ["myst_parser", "sphinx_arco_parity"]
parity_reference = "Dagster"
parity_tables = {"exceptions": ["exceptions"], "matrix": ["matrix"]}
parity_statuses = {"Done": "Implemented"}
parity_evidence = {"adr": ["adr/*.md"]}
"""
SHARED = {
    "docs/conf.py": CONF,
    "adr/adr-001-ticks.md": "# ADR-001: Ticks\n\nStatus: Accepted\n",
    "src/flow.py": "def tick():\n    return 1\n\n\n"
    + "#\n" * 40
    + "def backfill():\n    return 2\n",
    "tests/test_flow.py": "from flow import tick\n\n\ndef test_tick():\n    assert tick() == 1\n",
    ".github/workflows/ci.yml": "on: [push, pull_request]\njobs:\n  unit:\n    runs-on: ubuntu-latest\n"
    "    steps:\n      - run: pytest tests\n",
}
MARKDOWN = {
    "docs/index.md": "# Flow\n\n```{parity-claim} same-ticks\n:exceptions: EX-01\n:rows: ticks\n\n"
    "Schedules behave as in Dagster.\n```\n\nSee {exception}`EX-01` and {parity-row}`ticks`.\n\n"
    "```{toctree}\nexceptions\nmatrix\n```\n",
    "docs/exceptions.md": "# Exceptions\n\n"
    "| ID | Capability | Decision | Type | Revisit Trigger |\n|---|---|---|---|---|\n"
    "| EX-01 | Web UI | Deferred | Deferral | Revisit at M2 |\n"
    "| EX-02 | GraphQL | REST only 🙂 | Permanent | No planned revisit |\n",
    "docs/matrix.md": "# Matrix\n\n"
    "| ID | Capability | Status | Code | Tests | CI | Exceptions | ADRs |\n"
    "|---|---|---|---|---|---|---|---|\n"
    "| ticks | Ticks | Done | `src/flow.py:1` (`tick`) | `tests/test_flow.py` (`test_tick`)"
    " | `.github/workflows/ci.yml` (job `unit`: `pytest tests`) | - | ADR-001 |\n"
    "| web | Web UI | Exception | - | - | - | - | - |\n"
    "| fill | Backfill 🙂 | Partial | `src/flow.py:2` (`backfill`), `src/flwo.py` | - | - | EX-02 | - |\n",
}
REST = {
    "docs/index.rst": "Flow\n====\n\n.. parity-claim:: same-ticks\n   :exceptions: EX-01\n   :rows: ticks\n\n"
    "   Schedules behave as in Dagster.\n\nSee :exception:`EX-01` and :parity-row:`ticks`.\n\n"
    ".. toctree::\n\n   exceptions\n   matrix\n",
    "docs/exceptions.rst": "Exceptions\n==========\n\n"
    ".. parity-exception:: EX-01\n   :capability: Web UI\n   :decision: Deferred\n   :type: Deferral\n"
    "   :revisit: Revisit at M2\n\n"
    ".. parity-exception:: EX-02\n   :capability: GraphQL\n   :decision: REST only 🙂\n"
    "   :type: Permanent\n   :revisit: No planned revisit\n",
    "docs/matrix.rst": "Matrix\n======\n\n.. list-table::\n   :header-rows: 1\n\n"
    "   * - ID\n     - Capability\n     - Status\n     - Code\n     - Tests\n     - CI\n     - Exceptions\n     - ADRs\n"
    "   * - ticks\n     - Ticks\n     - Done\n     - ``src/flow.py:1`` (``tick``)\n"
    "     - ``tests/test_flow.py`` (``test_tick``)\n"
    "     - ``.github/workflows/ci.yml`` (job ``unit``: ``pytest tests``)\n     - \\-\n     - ADR-001\n"
    "   * - web\n     - Web UI\n     - Exception\n     - \\-\n     - \\-\n     - \\-\n     - \\-\n     - \\-\n"
    "   * - fill\n     - Backfill 🙂\n     - Partial\n     - ``src/flow.py:2`` (``backfill``), ``src/flwo.py``\n"
    "     - \\-\n     - \\-\n     - EX-02\n     - \\-\n",
}
MARKUPS = {
    "md": {**SHARED, **MARKDOWN},
    "rst": {**SHARED, **REST, "docs/conf.py": CONF.replace('"exceptions": ["exceptions"], ', "")},
}


def git(root: Path, *words: str) -> None:
    settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *settings, *words], cwd=root, env=environment, check=True)


def commit(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


@dataclass
class Editor:
    """Asks as the server does; texts that are typed are not on disk."""

    root: Path
    markup: str
    project: Project
    typed: dict[str, str] = field(default_factory=dict)

    def read(self, name: str) -> str:
        return self.typed.get(str(self.root / name)) or (self.root / name).read_bytes().decode()

    def type(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text
        self.typed[str(self.root / name)] = text.replace(old, new, 1)

    def page(self, name: str) -> str:
        return f"docs/{name}.{self.markup}"

    def at(self, name: str, before: str) -> types.Position:
        """Return the place right after *before* in a file, as UTF-16 counts."""
        head = self.read(name).partition(before)[0] + before
        assert before in self.read(name)
        line = head.rpartition("\n")[2]
        return types.Position(head.count("\n"), len(line.encode("utf-16-le")) // 2)

    def answer(self, method: str, name: str = "", params: object = None) -> Answer:
        answer = self.project.answer(
            Question(
                method=method,
                encoding="utf-16",
                unsaved=dict(self.typed),
                path=str(self.root / name) if name else "",
                text=self.read(name) if name else "",
                params=params,
            )
        )
        assert isinstance(answer, Answer)
        return answer

    def ask(self, method: str, name: str, before: str, **more: object):
        return self.answer(method, name, Asked(self.at(name, before), **more)).value

    def check(self, name: str) -> list[types.Diagnostic]:
        return told(self.project, self.answer(CHECK)).get(str(self.root / name), [])

    def under(self, name: str, place: types.Range) -> str:
        """Return the text that *place*, on one line, covers."""
        line = self.read(name).split("\n")[place.start.line].encode("utf-16-le")
        return line[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")

    def applied(self, edit: types.WorkspaceEdit) -> dict[str, str]:
        """Return what the files become, by their names."""
        after = {}
        for uri, edits in (edit.changes or {}).items():
            name = Path(uri.removeprefix("file://")).relative_to(self.root).as_posix()
            lines = self.read(name).split("\n")
            starts = [0]
            for line in lines:
                starts.append(starts[-1] + len(line) + 1)

            def offset(position, lines=lines, starts=starts):
                line = lines[position.line].encode("utf-16-le")[: 2 * position.character]
                return starts[position.line] + len(line.decode("utf-16-le"))

            text = self.read(name)
            for change in sorted(edits, key=lambda e: offset(e.range.start), reverse=True):
                start, end = offset(change.range.start), offset(change.range.end)
                text = text[:start] + change.new_text + text[end:]
            after[name] = text
        return after


def told(project: Project, answer: Answer) -> dict[str, list[types.Diagnostic]]:
    """Return what the editor has after *answer* to a check."""
    if not answer.same:
        project.__dict__["told"] = answer.value
    return project.__dict__["told"]


class Asked:
    """Parameters of a request, as far as features read them."""

    def __init__(self, position: types.Position, **more: object) -> None:
        self.position = position
        self.range = types.Range(position, position)
        self.context = types.ReferenceContext(include_declaration=True)
        self.__dict__.update(more)


@contextmanager
def kept_loaded(docs: Path, work: Path):
    """Give the warm documentation in *docs*."""
    console = Console(out=io.StringIO(), err=sys.stderr)
    with loaded(docs, work, console, quiet=True) as documentation:
        yield Warm(docs, documentation)


@pytest.fixture(scope="module", params=list(MARKUPS))
def kept(request, tmp_path_factory):
    """The worker of a project in each markup, loaded once; tests leave its files alone."""
    root = write(tmp_path_factory.mktemp("flow") / "flow", MARKUPS[request.param])
    commit(root)
    path = list(sys.path)
    with kept_loaded(root / "docs", tmp_path_factory.mktemp("work")) as warm:
        yield root, request.param, Project(warm)
    sys.path[:] = path
    shutil.rmtree(root)


@pytest.fixture
def editor(kept):
    made = Editor(*kept)
    made.check("")
    return made
