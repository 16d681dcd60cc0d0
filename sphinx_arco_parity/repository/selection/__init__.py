"""Which tests a command runs: the one question to this room is :meth:`Selector.selects`.

:mod:`.runners` says which runner a command is.  Answers are three-valued, and unknown
wherever something may decide that cannot be read.  Called by
:mod:`sphinx_arco_parity.proof.ci`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo import CargoSelection
from sphinx_arco_parity.repository.selection.javascript import JavaScriptSelection
from sphinx_arco_parity.repository.selection.pytest import PytestSelection
from sphinx_arco_parity.repository.selection.runners import Runner, asks_for_ignored, runner_of
from sphinx_arco_parity.repository.selection.small_runners import go, maven, unittest
from sphinx_arco_parity.repository.selection.verdicts import Selection, Subject, unknown
from sphinx_arco_parity.repository.shell.commands import ShellCommand

__all__ = ["Runner", "Selection", "Selector", "Subject", "asks_for_ignored", "runner_of"]

#: Kinds of which only a command that is known whole can be judged.
_PLAIN = frozenset({"maven", "javascript", "unittest"})


class Selector:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        cargo = CargoSelection(repository)
        self._by_kind: dict[str, Callable[[Runner, Subject], Selection]] = {
            "cargo test": cargo.selects,
            "cargo nextest": cargo.selects,
            "pytest": PytestSelection(repository).selects,
            "go test": partial(go, repository),
            "maven": partial(maven, repository),
            "javascript": JavaScriptSelection(repository).selects,
            "unittest": partial(unittest, repository),
        }
        self._repository = repository

    def selects(self, command: ShellCommand, test: Subject) -> Selection:
        """Tell whether *command* runs *test*."""
        runner = runner_of(command)
        folder = runner.command.directory
        if folder and not self._repository.is_directory(folder):
            return unknown(f"runs in {folder}, a folder that the repository lacks")
        selection = self._by_kind.get(runner.kind)
        if selection is None:
            return unknown("is no runner whose selection can be computed")
        whole = runner.command.known and runner.sure and folder is not None
        if runner.kind in _PLAIN and not whole:
            return unknown("has arguments that are not known before it runs")
        return selection(runner, test)
