"""Whether a command runs a test: the one question to this room.

Called by :mod:`sphinx_arco_parity.proof.ci`.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo import CargoSelection
from sphinx_arco_parity.repository.selection.go import GoSelection
from sphinx_arco_parity.repository.selection.maven import MavenSelection
from sphinx_arco_parity.repository.selection.pytest import PytestSelection
from sphinx_arco_parity.repository.selection.runners import Runner, runner_of
from sphinx_arco_parity.repository.selection.verdicts import Selection, Subject, unknown
from sphinx_arco_parity.repository.shell.commands import ShellCommand


class Selector:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        self._cargo = CargoSelection(repository)
        self._pytest = PytestSelection(repository)
        self._go = GoSelection(repository)
        self._maven = MavenSelection(repository)
        self._repository = repository

    def selects(self, command: ShellCommand, test: Subject) -> Selection:
        """Tell whether *command* runs *test*."""
        return self.runner_selects(runner_of(command), test)

    def runner_selects(self, runner: Runner, test: Subject) -> Selection:
        """Tell whether *runner* runs *test*."""
        folder = runner.command.directory
        if folder and not self._repository.is_directory(folder):
            return unknown(f"runs in {folder}, a folder that the repository lacks")
        if runner.kind in {"cargo test", "cargo nextest"}:
            return self._cargo.selects(runner, test)
        if runner.kind == "pytest":
            return self._pytest.selects(runner, test)
        if runner.kind == "go test":
            return self._go.selects(runner, test)
        if runner.kind == "maven":
            return self._maven.selects(runner, test)
        return unknown("is no runner whose selection can be computed")
