"""Whether a command runs a test: the one question to this room.

Called by :mod:`sphinx_arco_parity.proof.ci`.
"""

from __future__ import annotations

from typing import Protocol

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo import CargoSelection
from sphinx_arco_parity.repository.selection.javascript import JavaScriptSelection
from sphinx_arco_parity.repository.selection.pytest import PytestSelection
from sphinx_arco_parity.repository.selection.runners import Runner, runner_of
from sphinx_arco_parity.repository.selection.small_runners import (
    GoSelection,
    MavenSelection,
    UnittestSelection,
)
from sphinx_arco_parity.repository.selection.verdicts import Selection, Subject, unknown
from sphinx_arco_parity.repository.shell.commands import ShellCommand


class _Selection(Protocol):
    def selects(self, runner: Runner, subject: Subject, /) -> Selection:
        """Tell whether *runner* runs *subject*."""


class Selector:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        cargo = CargoSelection(repository)
        self._by_kind: dict[str, _Selection] = {
            "cargo test": cargo,
            "cargo nextest": cargo,
            "pytest": PytestSelection(repository),
            "go test": GoSelection(repository),
            "maven": MavenSelection(repository),
            "javascript": JavaScriptSelection(repository),
            "unittest": UnittestSelection(repository),
        }
        self._repository = repository

    def selects(self, command: ShellCommand, test: Subject) -> Selection:
        """Tell whether *command* runs *test*."""
        return self.runner_selects(runner_of(command), test)

    def runner_selects(self, runner: Runner, test: Subject) -> Selection:
        """Tell whether *runner* runs *test*."""
        folder = runner.command.directory
        if folder and not self._repository.is_directory(folder):
            return unknown(f"runs in {folder}, a folder that the repository lacks")
        selection = self._by_kind.get(runner.kind)
        if selection is None:
            return unknown("is no runner whose selection can be computed")
        return selection.selects(runner, test)
