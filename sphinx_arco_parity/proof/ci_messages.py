"""The sentences of verdicts on CI: what was found, and what to do about it.

A detail is the end of a sentence that begins with the row.  Called by :mod:`.ci_lookup`
and :mod:`.ci_tests`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof.ci_workflows import Running
from sphinx_arco_parity.proof.messages import to_line
from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.workflows import CiCommand, Job, Step, Workflow
from sphinx_arco_parity.repository.workflows.matching import Found
from sphinx_arco_parity.text.words import nearest


def no_file(path: str) -> Verdict:
    """There is no such file."""
    return Verdict(
        name="not-found",
        detail=f"{path} is not a tracked file",
        rule="evidence-not-found",
        help="cite a workflow that is in the repository",
    )


def not_read(path: str) -> Verdict:
    """CI of another kind than GitHub's."""
    return Verdict(name="unknown", detail=f"{path} is no workflow that can be read")


def unreadable(path: str, reason: str, line: int | None) -> Verdict:
    """A workflow that GitHub would refuse."""
    where = f"{path}:{line}" if line else path
    return Verdict(
        name="unknown",
        found_line=line,
        detail=f"workflow {where} cannot be read: {reason}",
        rule="unreadable-file",
        help=f"correct {where}",
    )


def past_the_end(path: str, cited: int, count: int) -> Verdict:
    """The cited line is past the end of the workflow."""
    return Verdict(
        name="gone",
        detail=f"line {cited} is past the end of {path}, which has {count} lines",
        rule="evidence-gone",
        help="cite the line that is meant",
    )


def moved(evidence: Evidence, line: int, what: str, *, alone: bool) -> Verdict:
    """The job or command is in the workflow, at another line."""
    cited = evidence.line or 0
    return Verdict(
        name="moved",
        found_line=line,
        detail=f"{what} is not at line {cited} of {evidence.path}; it is at line {line}",
        rule="evidence-moved",
        help=f"write {evidence.path}:{line}",
        fix=to_line(evidence, line) if alone and evidence.end_line is None else None,
    )


def no_job(
    evidence: Evidence, workflow: Workflow, right: Sequence[tuple[Workflow, Job]]
) -> Verdict:
    """The workflow has no job of that name; each of *right*, of any workflow, would do."""
    name = evidence.job or ""
    own = [job for other, job in right if other.path == workflow.path]
    elsewhere = right[len(own) :]
    by_name = {called: job for job in own for called in job.names}
    alike = nearest(name, list(by_name))
    runs = own[0] if evidence.command and len(own) == 1 else None
    hint, help_ = "", f"cite a job of {workflow.path}"
    if runs is not None:
        hint = f"; job `{runs.id}` (line {runs.line}) runs `{evidence.command}`"
        help_ = f"cite job `{runs.id}`"
    elif alike is not None:
        hint = f"; did you mean `{alike}` (line {by_name[alike].line})?"
        help_ = f"cite job `{by_name[alike].id}`"
    elif elsewhere:
        other, job = elsewhere[0]
        hint = f"; it is in {other.path} (line {job.line})"
        help_ = f"cite {other.path}"
    return Verdict(
        name="not-found",
        found_line=runs.line if runs else by_name[alike].line if alike else None,
        detail=f"job `{name}` is not in {workflow.path}{hint}",
        rule="ci-job-not-found",
        help=help_,
    )


def no_command(
    evidence: Evidence,
    workflow: Workflow,
    jobs: Sequence[Job],
    elsewhere: Sequence[tuple[Workflow, Job, Found]],
) -> Verdict:
    """No step of the job, or workflow, runs the command."""
    quoted = evidence.command or ""
    where = f"job `{evidence.job}` of {workflow.path}" if evidence.job else workflow.path
    hint, help_, line = "", f"cite a command that {where} runs", None
    near = _nearest(quoted, [c for job in jobs for c in job.commands])
    if elsewhere:
        other, job, found = elsewhere[0]
        there = found.commands[0] if found.commands else found.steps[0]
        runs = _called(job, other, workflow)
        hint = f"; {runs} runs it ({_at(there, other)})"
        help_ = f"cite {runs}"
        line = there.line if there.path == workflow.path else None
    elif near is not None:
        hint = f"; the nearest is `{near.shell.text}` ({_at(near, workflow)})"
        help_ = f"cite `{near.shell.text}`"
        line = near.line if near.path == workflow.path else None
    return Verdict(
        name="not-found",
        found_line=line,
        detail=f"no step of {where} runs `{quoted}`{hint}",
        rule="ci-command-not-found",
        help=help_,
    )


def _called(job: Job, workflow: Workflow, cited: Workflow | None) -> str:
    """Name *job*, with its workflow unless that is the one that is *cited*."""
    own = cited is not None and workflow.path == cited.path
    return f"job `{job.id}`" + ("" if own else f" of {workflow.path}")


def _at(item: CiCommand | Step, workflow: Workflow) -> str:
    """Say where a command or step of *workflow* stands, which may be another file."""
    inside = item.path == workflow.path
    return f"line {item.line}" if inside else f"{item.path}:{item.line}"


def covered(
    evidence: Evidence, workflow: Workflow, job: Job, command: CiCommand, tests: int
) -> Verdict:
    """Other commands run each test that the cited one selects."""
    those = "the test" if tests == 1 else f"the {tests} tests"
    return Verdict(
        name="verified",
        detail=f"{_called(job, workflow, None)} runs `{command.shell.text}` "
        f"({command.path}:{command.line}), and so {those} of `{evidence.command}`",
    )


def nowhere(evidence: Evidence, *, empty: bool) -> Verdict:
    """No workflow runs a command that is cited without one; *empty*: it selects no test."""
    hint = ", which selects no test" if empty else ""
    return Verdict(
        name="not-found",
        detail=f"no workflow runs `{evidence.command}`{hint}",
        rule="ci-command-not-found",
        help="cite a command that a workflow runs, with the workflow and the job",
    )


def _nearest(quoted: str, commands: Sequence[CiCommand]) -> CiCommand | None:
    words = quoted.split()
    scored = [
        (SequenceMatcher(None, words, [w.text for w in c.shell.words]).ratio(), -index, c)
        for index, c in enumerate(commands)
    ]
    best = max(scored, default=None, key=lambda candidate: candidate[:2])
    return best[2] if best is not None and best[0] >= 0.4 else None


def not_gating(
    verdict: Verdict, evidence: Evidence, workflow: Workflow, job: Job, reason: str
) -> Verdict:
    """It is in CI, but a pull request may be merged although it fails."""
    what = f"`{evidence.command}` in job `{job.id}`" if evidence.command else f"job `{job.id}`"
    if not evidence.command and not evidence.job:
        what = workflow.path
    return replace(
        verdict,
        name="unknown",
        detail=f"{what} does not block a pull request: {reason}",
        rule="ci-not-gating",
        help="let it run for pull requests and fail them, or cite a job that does",
    )


def doubt(evidence: Evidence, test: str, reason: str, command: CiCommand | None) -> str:
    """Say why a command that is in CI does not prove that *test* runs."""
    said = f"`{evidence.command}` is in CI; whether it runs {test} is not known: it {reason}"
    return said + (chain(command) if command else "")


def chain(command: CiCommand) -> str:
    """Say through which recipes *command* is reached, and what it starts in its turn.

    Empty if there is no recipe: a step runs it itself.
    """
    steps = [*command.through, command]
    while steps[-1].runs:
        runs = steps[-1].runs
        steps.append(next((c for c in runs if runner_of(c.shell).kind != "nothing"), runs[0]))
    first, *others = steps
    shown = [f"`{first.shell.text}`"]
    shown += [f"{inner.path}:{inner.line} → `{inner.shell.text}`" for inner in others]
    return f"; {' → '.join(shown)}" if others else ""


def excluded(
    evidence: Evidence,
    job: Job,
    command: CiCommand,
    misses: Sequence[tuple[str, str]],
    running: Running | None,
    cited: Workflow | None,
) -> Verdict:
    """The command does not run a cited test.

    *misses* are the tests, as people see them, with the reasons; *running* is what does
    run the first; *cited* is the workflow that the declaration names.
    """
    shown = list(dict.fromkeys(test for test, _ in misses))
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    tests = ", ".join(shown[:3]) + more
    detail = (
        f"`{evidence.command}` in job `{job.id}` does not run {tests}: the step"
        f" {misses[0][1]} ({command.path}:{command.line}){chain(command)}"
    )
    help_ = "let the step run the test, or cite a command that does"
    if running is not None:
        workflow, other, runs = running
        where = _called(other, workflow, cited)
        detail += f"; {where} runs it ({_at(runs, workflow)})"
        help_ = f"cite `{runs.shell.text}` of {where}"
    return Verdict(
        name="excluded",
        found_line=command.line if command.path == evidence.path.removeprefix("./") else None,
        detail=detail,
        rule="ci-command-misses-test",
        help=help_,
        cause=f"{command.path}:{command.line}",
    )
