"""Why a quoted command that no step shows may be in CI all the same.

Called by :mod:`.ci_lookup` before it says that a command is not there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.selection.runners import COMPUTED, program
from sphinx_arco_parity.repository.shell import ShellCommand
from sphinx_arco_parity.repository.workflows import Job, Step
from sphinx_arco_parity.repository.workflows.matching import Found, may_run, quoted_commands


def why_perhaps(
    quoted: str, found: Sequence[tuple[Job, Found]], repository: Repository
) -> str | None:
    """Return why *quoted* may be in CI although no step shows it."""
    parts = quoted_commands(quoted)
    if not parts:
        return "is no command that can be read"
    programs = {
        program(runner_of(part).command.words[0]) for part in parts if runner_of(part).command.words
    }
    names = _names(parts)
    for job, match in found:
        actions = [step.uses for step in job.steps if _may_do(step, names, parts)]
        if actions:
            return f"may be what `{actions[0]}` does in job `{job.id}`"
        if match.maybe:
            return f"may be what job `{job.id}` runs"
        if not job.readable:
            return f"may be in the workflow that job `{job.id}` calls"
        unread = [step for step in job.steps if not step.readable]
        if any(
            step.uses.startswith("./") or any(p in step.text for p in programs) for step in unread
        ):
            return f"may be in a step of job `{job.id}` that cannot be read"
        for name in programs:
            through = may_run(name, job, repository)
            if through is not None:
                return f"may be run by job `{job.id}` through {through}"
    return None


def _may_do(step: Step, names: Sequence[set[str]], parts: Sequence[ShellCommand]) -> bool:
    """Tell whether the action of *step* may do what *parts* do.

    One that only sets a tool up (`actions/setup-go`) does not, unless it is told to.
    """
    words = set(re.split(r"\W+", step.uses.lower()))
    if not any(name <= words for name in names):
        return False
    if "setup" not in words:
        return True
    told = set(step.text.split())
    quoted = (word.text for part in parts for word in runner_of(part).command.words[1:])
    return any(word in told for word in quoted)


def _names(parts: Sequence[ShellCommand]) -> list[set[str]]:
    """Return the words by which an action would be called that does what *parts* do."""
    found = []
    for part in parts:
        runner = runner_of(part)
        words = [word.text for word in runner.command.words[:2]]
        name = program(runner.command.words[0]) if words else ""
        if runner.kind in COMPUTED:
            found.append(set(runner.kind.split()))
        elif name == "cargo" and len(words) > 1:
            found.append(set(words[1].split("-")))
        elif name:
            found.append(set(re.split(r"\W+", name.lower())) - {""})
    return [words for words in found if words]
