"""The workflows of a repository, each read once, and who runs which tests.

Called by :mod:`.ci_lookup` and :mod:`.ci_tests`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selection, Selector, Subject, runner_of
from sphinx_arco_parity.repository.selection.runners import SELECTING
from sphinx_arco_parity.repository.shell import ShellCommand
from sphinx_arco_parity.repository.workflows import (
    CiCommand,
    Job,
    Workflow,
    WorkflowError,
    read_workflow,
    workflow_paths,
)

#: What runs a test.
Running = tuple[Workflow, Job, CiCommand]


class Workflows:
    """The CI of one repository."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._read: dict[str, Workflow | WorkflowError] = {}
        self._answers: dict[tuple[ShellCommand, Subject], Selection] = {}
        self._selector = Selector(repository)

    def workflow(self, path: str) -> Workflow:
        """Return the workflow at *path*.

        :raises WorkflowError: if it cannot be used.
        """
        if path not in self._read:
            try:
                self._read[path] = read_workflow(self.repository, path)
            except WorkflowError as error:
                self._read[path] = error
        found = self._read[path]
        if isinstance(found, WorkflowError):
            raise found.with_traceback(None)
        return found

    @cached_property
    def paths(self) -> list[str]:
        """All workflows."""
        return workflow_paths(self.repository)

    def readable(self, first: str | None = None) -> Iterator[Workflow]:
        """Give the workflows that can be read, *first* at the head."""
        paths = [first] if first is not None else []
        for path in [*paths, *(path for path in self.paths if path != first)]:
            try:
                yield self.workflow(path)
            except WorkflowError:
                continue

    def selects(self, command: CiCommand, test: Subject) -> Selection:
        """Tell whether *command* runs *test*."""
        key = (command.shell, test)
        if key not in self._answers:
            self._answers[key] = self._selector.selects(command.shell, test)
        return self._answers[key]

    def quoted_selects(self, command: ShellCommand, test: Subject) -> Selection:
        """Tell whether a command, as it is quoted, would run *test*."""
        return self._selector.selects(command, test)

    def running(self, test: Subject, first: str | None) -> Iterator[Running]:
        """Give the commands of all workflows that run *test*, *first* at the head."""
        for workflow in self.readable(first):
            for job in workflow.jobs:
                for command in job.commands:
                    runner = runner_of(command.shell)
                    if (
                        runner.kind in SELECTING
                        and runner.language == test.language
                        and self.selects(command, test).selected
                    ):
                        yield workflow, job, command


def in_the_end(commands: Iterable[tuple[Job, CiCommand]]) -> Iterator[tuple[Job, CiCommand]]:
    """Give *commands*, those that start a recipe replaced by what it runs."""
    for job, command in commands:
        if not command.runs:
            yield job, command
        else:
            yield from in_the_end((job, inner) for inner in command.runs)
