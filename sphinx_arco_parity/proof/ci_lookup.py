"""Looks one piece of CI evidence up in its workflow.

Called by :mod:`.ci`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import ci_messages as say
from sphinx_arco_parity.proof.ci_covered import Covered, covered
from sphinx_arco_parity.proof.ci_workflows import Workflows
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.selection.runners import COMPUTED, SELECTING, program
from sphinx_arco_parity.repository.shell import ShellCommand
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.repository.workflows import (
    CiCommand,
    Job,
    Step,
    Workflow,
    WorkflowError,
    is_workflow,
)
from sphinx_arco_parity.repository.workflows.matching import (
    Found,
    find,
    is_idle,
    may_run,
    quoted_commands,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What became of a piece of CI evidence."""

    evidence: Evidence
    verdict: Verdict
    workflow: Workflow | None = None
    commands: tuple[tuple[Job, CiCommand], ...] = ()
    """The commands that are meant, with their jobs; without a quoted command, all of the
    job or workflow."""
    steps: tuple[tuple[Job, Step], ...] = ()
    """Steps that are meant, of which it cannot be told which tests they run."""
    present: bool | None = False
    """Whether it is in CI; ``None`` if that cannot be told."""


def look_up(evidence: Evidence, workflows: Workflows) -> Lookup:
    """Return what the repository says of *evidence*, tests aside."""
    path = evidence.path.removeprefix("./")
    if not path:
        return _anywhere(evidence, workflows)
    if not workflows.repository.is_file(path):
        return Lookup(evidence=evidence, verdict=say.no_file(path))
    past = _past_the_end(evidence, path, workflows)
    if past is not None:
        return Lookup(evidence=evidence, verdict=past)
    if not is_workflow(path):
        return Lookup(evidence=evidence, verdict=say.not_read(path), present=None)
    try:
        workflow = workflows.workflow(path)
    except WorkflowError as error:
        verdict = say.unreadable(path, error.reason, error.line)
        return Lookup(evidence=evidence, verdict=verdict, present=None)
    if evidence.inferred and not workflow.jobs_called(evidence.job or "")[0]:
        evidence = replace(evidence, job=None, inferred=False)
    if evidence.job is None and evidence.command is None and evidence.symbol:
        return _symbol(evidence, workflow, workflows)
    return _in_workflow(evidence, workflow, workflows)


def _past_the_end(evidence: Evidence, path: str, workflows: Workflows) -> Verdict | None:
    cited = evidence.end_line or evidence.line
    if cited is None:
        return None
    try:
        lines = workflows.repository.read(path).lines
    except UnreadableFileError:
        return None
    count = len(lines) - (not lines[-1])
    return say.past_the_end(path, cited, count) if cited > count else None


def _symbol(evidence: Evidence, workflow: Workflow, workflows: Workflows) -> Lookup:
    """Look up ``path::name``, which is a job, a step or a command."""
    name = evidence.symbol or ""
    jobs, _ = workflow.jobs_called(name)
    cited = replace(evidence, job=name) if jobs else replace(evidence, command=name)
    found = _in_workflow(cited, workflow, workflows)
    if found.present:
        return replace(found, evidence=evidence)
    verdict = Verdict(name="unknown", detail=f"`{name}` is no job or step of {workflow.path}")
    return Lookup(evidence=evidence, verdict=verdict, present=None)


def _in_workflow(evidence: Evidence, workflow: Workflow, workflows: Workflows) -> Lookup:
    jobs: Sequence[Job] = workflow.jobs
    if evidence.job is not None:
        jobs, perhaps = workflow.jobs_called(evidence.job)
        if not jobs:
            return _no_job(evidence, workflow, perhaps=perhaps)
    if evidence.command is None:
        return _whole(evidence, workflow, jobs)
    return _command(evidence, workflow, jobs, workflows)


def _no_job(evidence: Evidence, workflow: Workflow, *, perhaps: bool) -> Lookup:
    name = evidence.job or ""
    outer = name.partition("/")[0].strip()
    calls = [job for job in workflow.jobs_called(outer)[0] if not job.readable]
    if perhaps or calls:
        verdict = Verdict(name="unknown", detail=f"job `{name}` may be in {workflow.path}")
        return Lookup(evidence=evidence, verdict=verdict, workflow=workflow, present=None)
    verdict = say.no_job(evidence, workflow, ())
    return Lookup(evidence=evidence, verdict=verdict, workflow=workflow)


# --- a job or a workflow without a command ------------------------------------------------


def _whole(evidence: Evidence, workflow: Workflow, jobs: Sequence[Job]) -> Lookup:
    commands = tuple((job, command) for job in jobs for command in job.commands)
    reasons = [_job_reason(job) for job in jobs]
    verdict = _about(evidence, workflow, jobs)
    if reasons and all(reasons) and verdict.rule is None and verdict.name != "moved":
        verdict = say.not_gating(verdict, evidence, workflow, jobs[0], reasons[0] or "")
    return Lookup(
        evidence=evidence, verdict=verdict, workflow=workflow, commands=commands, present=True
    )


def _job_reason(job: Job) -> str | None:
    if job.not_gating is not None:
        return job.not_gating
    reasons = [command.not_gating for command in job.commands]
    opaque = any(not step.readable for step in job.steps)
    if reasons and all(reasons) and len(set(reasons)) == 1 and not opaque:
        return reasons[0]
    return None


def _about(evidence: Evidence, workflow: Workflow, jobs: Sequence[Job]) -> Verdict:
    if evidence.job is None:
        if evidence.line is not None:
            return Verdict(
                name="unknown",
                detail=f"line {evidence.line} of {workflow.path} has nothing to hold it to",
            )
        return Verdict(name="verified", detail=f"{workflow.path} is a workflow that can be read")
    job = jobs[0]
    if evidence.line is not None and not any(_inside(evidence, named) for named in jobs):
        return say.moved(evidence, job.line, f"job `{job.id}`", alone=len(jobs) == 1)
    line = job.line if job.path == workflow.path else None
    return Verdict(
        name="verified",
        found_line=line,
        detail=f"job `{job.id}` is in {workflow.path} (line {job.line})",
    )


def _inside(evidence: Evidence, job: Job) -> bool:
    first = evidence.line or 0
    return first <= job.end_line and (evidence.end_line or first) >= job.line - 3


# --- a command ------------------------------------------------------------------------------


def _command(
    evidence: Evidence, workflow: Workflow, jobs: Sequence[Job], workflows: Workflows
) -> Lookup:
    quoted = evidence.command or ""
    found = [(job, find(quoted, job)) for job in jobs]
    sure = [(job, match) for job, match in found if match.sure]
    if not sure:
        return _absent(evidence, workflow, found, workflows)
    commands = tuple((job, command) for job, match in sure for command in match.commands)
    steps = tuple((job, step) for job, match in sure for step in match.steps)
    verdict = _found(evidence, workflow, commands, steps)
    return Lookup(
        evidence=evidence,
        verdict=verdict,
        workflow=workflow,
        commands=commands,
        steps=steps,
        present=True,
    )


def _found(
    evidence: Evidence,
    workflow: Workflow,
    commands: Sequence[tuple[Job, CiCommand]],
    steps: Sequence[tuple[Job, Step]],
) -> Verdict:
    every: list[tuple[Job, CiCommand | Step]] = [*commands, *steps]
    places = [(job, found.path, found.line) for job, found in every]
    job, path, line = places[0]
    own = sorted({at for _, file, at in places if file == workflow.path})
    if evidence.line is not None and own and not any(_inside(evidence, j) for j, _, _ in places):
        return say.moved(evidence, own[0], f"`{evidence.command}`", alone=len(own) == 1)
    verdict = Verdict(
        name="verified",
        found_line=line if path == workflow.path else None,
        detail=f"job `{job.id}` runs `{evidence.command}` ({path}:{line})"
        + (say.chain(commands[0][1]) if commands else ""),
    )
    asked = any(map(is_idle, quoted_commands(evidence.command or "")))
    if commands and not steps and not asked and all(is_idle(c.shell) for _, c in commands):
        idle = f"job `{job.id}` runs `{evidence.command}` without its tests ({path}:{line})"
        verdict = replace(verdict, name="unknown", detail=idle)
    reasons = [(j, found.not_gating or j.not_gating) for j, found in every]
    if all(reason for _, reason in reasons):
        return say.not_gating(verdict, evidence, workflow, reasons[0][0], reasons[0][1] or "")
    return verdict


def _absent(
    evidence: Evidence, workflow: Workflow, found: Sequence[tuple[Job, Found]], workflows: Workflows
) -> Lookup:
    quoted = evidence.command or ""
    why = _why_perhaps(quoted, found, workflows.repository)
    if why is not None:
        verdict = Verdict(name="unknown", detail=f"`{quoted}` {why}")
        return Lookup(evidence=evidence, verdict=verdict, workflow=workflow, present=None)
    elsewhere = [
        (other, job, match)
        for other in workflows.readable(workflow.path)
        for job in other.jobs
        if (match := find(quoted, job)).sure
    ]
    verdict = say.no_command(evidence, workflow, [job for job, _ in found], elsewhere)
    return Lookup(evidence=evidence, verdict=verdict, workflow=workflow)


def _why_perhaps(
    quoted: str, found: Sequence[tuple[Job, Found]], repository: Repository
) -> str | None:
    """Return why *quoted* may be in CI although no step shows it."""
    parts = quoted_commands(quoted)
    if not parts:
        return "is no command that can be read"
    programs = {
        program(runner_of(part).command.words[0]) for part in parts if runner_of(part).command.words
    }
    names = [words for words in map(_names, parts) if words]
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


def _names(part: ShellCommand) -> set[str]:
    """Return the words by which an action would be called that does what *part* does."""
    runner = runner_of(part)
    words = [word.text for word in runner.command.words[:2]]
    name = program(runner.command.words[0]) if words else ""
    if runner.kind in COMPUTED:
        return set(runner.kind.split())
    if name == "cargo" and len(words) > 1:
        return set(words[1].split("-"))
    return set(re.split(r"\W+", name.lower())) - {""}


# --- without a workflow -----------------------------------------------------------------------


def _anywhere(evidence: Evidence, workflows: Workflows) -> Lookup:
    """Look for a command, or job, that is cited without a workflow."""
    read = list(workflows.readable())
    named = read if evidence.command or evidence.job else []
    answers = [_in_workflow(evidence, workflow, workflows) for workflow in named]
    for answer in answers:
        if answer.present:
            return answer
    quoted = quoted_commands(evidence.command or "")
    computed = bool(quoted) and all(runner_of(command).kind in SELECTING for command in quoted)
    plain = answers and all(answer.present is False for answer in answers)
    by_tests = covered(quoted, workflows) if computed else Covered()
    if by_tests.running:
        workflow, job, command = by_tests.running[0]
        return Lookup(
            evidence=evidence,
            verdict=say.covered(evidence, workflow, job, command, by_tests.tests),
            workflow=workflow,
            commands=tuple((job, command) for _, job, command in by_tests.running),
            present=True,
        )
    if plain and len(read) == len(workflows.paths) and (by_tests.empty or by_tests.missed):
        return replace(answers[0], verdict=say.nowhere(evidence, empty=by_tests.empty))
    verdict = Verdict(
        name="unknown", detail=f"`{evidence.command or evidence.text}` names no workflow"
    )
    return Lookup(evidence=evidence, verdict=verdict, present=None)
