"""A workflow as values: jobs, steps, commands, and whether they hold up a pull request.

Made by :mod:`.reader`, read by :mod:`.matching` and the proof of CI evidence.  Lines are
those of the file named beside them, from 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sphinx_arco_parity.repository.shell import ShellCommand
from sphinx_arco_parity.repository.workflows.expressions import EXPRESSION, has_unknown
from sphinx_arco_parity.text.patterns import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class CiCommand:
    """A command that a job runs."""

    shell: ShellCommand
    path: str
    """The file that holds it: the workflow, or a local one that it uses."""
    line: int
    source: str
    """The command as the file has it, before values are put in."""
    not_gating: str | None = None
    """Why its failure does not fail its job, or why it never runs for a pull request;
    ``None`` if it may."""
    runs: tuple[CiCommand, ...] | None = None
    """What the recipe runs that it starts; ``None`` if it starts none that can be read
    whole."""
    through: tuple[CiCommand, ...] = ()
    """The commands that start the recipes which lead to it, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a job, over all combinations of its matrix."""

    name: str
    """Empty if it has none."""
    uses: str
    """The action, without its version; empty for ``run``."""
    path: str
    line: int
    text: str
    """The script, or the values given to the action, without comments."""
    commands: tuple[CiCommand, ...] = ()
    readable: bool = True
    """Whether every command of it is among :attr:`commands`."""
    not_gating: str | None = None
    dormant: bool = False
    """Its ``if`` never holds, in this combination or at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job, with those of a local reusable workflow that it calls."""

    id: str
    names: tuple[str, ...]
    """How people may call it: the id, the name, the name with its matrix values."""
    raw_name: str = ""
    """The name as the file has it, if values are put into it."""
    path: str
    line: int
    end_line: int
    steps: tuple[Step, ...]
    readable: bool = True
    """``False`` if it runs a workflow that is not in the repository."""
    not_gating: str | None = None
    """Why it does not hold up a pull request; ``None`` if it does or may."""

    def is_called(self, name: str) -> bool | None:
        """Tell whether people may call this job *name*; ``None`` if that is not known."""
        wanted = _folded(name)
        if any(_folded(own) == wanted for own in self.names):
            return True
        base, _, values = wanted.partition(" (")
        if values.endswith(")") and len(self.names) > 2 and base in map(_folded, self.names):
            return True  # some values of the matrix, in an order of the author's
        unknown = [own for own in self.names if own != self.raw_name and has_unknown(own)]
        parts = (map(re.escape, EXPRESSION.split(_folded(own))[::2]) for own in unknown)
        return None if any(re.fullmatch(".*".join(part), wanted) for part in parts) else False

    @property
    def commands(self) -> tuple[CiCommand, ...]:
        """All commands, in the order of the steps."""
        return tuple(command for step in self.steps for command in step.commands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow file."""

    path: str
    name: str
    jobs: tuple[Job, ...]
    lines: int
    """How many lines the file has."""
    filters: tuple[tuple[str, ...], ...] = ()
    """See :class:`.Triggers`."""

    def leaves_out(self, paths: Sequence[str]) -> bool:
        """Tell whether its path filters keep a change of *paths* from running it."""
        return bool(paths and self.filters) and all(
            globs and not any(matches(path, globs) for path in paths) for globs in self.filters
        )

    def jobs_called(self, name: str) -> tuple[list[Job], bool]:
        """Return the jobs called *name*, and whether others may be called so too."""
        head, slash, tail = name.partition("/")
        if slash and _folded(head) == _folded(self.name):
            name = tail  # as the hosting site lists its checks
        answers = [(job, job.is_called(name)) for job in self.jobs]
        sure = [job for job, answer in answers if answer]
        return sure, any(answer is None for _, answer in answers)


def _folded(name: str) -> str:
    return " ".join(name.split()).strip("`'\"").casefold()
