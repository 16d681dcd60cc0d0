"""The jobs of a workflow, and those of local workflows that they call.

Called by :mod:`.reader`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.repository.workflows.contexts import (
    Scope,
    combinations,
    inputs_of,
    label_of,
    system_of,
)
from sphinx_arco_parity.repository.workflows.expressions import (
    UNKNOWN,
    as_text,
    bare_condition,
    has_unknown,
)
from sphinx_arco_parity.repository.workflows.model import Job, Step
from sphinx_arco_parity.repository.workflows.steps import (
    MAX_DEPTH,
    Defaults,
    held,
    perhaps,
    read_steps,
    united,
)
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node, WorkflowError, read_yaml

#: In an ``if``, what lets a job run although one that it needs did not.
_STATUS = re.compile(r"\b(always|failure|cancelled|success)\s*\(", re.IGNORECASE)


@dataclass(slots=True)
class _Read:
    """A job with what its dependents must know."""

    job: Job
    needs: tuple[str, ...]
    skipped: str | None
    """Why it plainly does not run for a pull request."""
    guarded: bool
    """Its ``if`` looks at the status of what it needs."""
    inner: tuple[Job, ...] = ()


def read_jobs(root: Node, scope: Scope, skipped: str | None = None) -> tuple[Job, ...]:
    """Return the jobs of the workflow *root*, inner ones after those that call them.

    *skipped* says why none of them runs for a pull request, if so.

    :raises WorkflowError: if one needs a job that is not there: GitHub refuses that.
    """
    jobs = root.get("jobs")
    scope = scope.with_environment(root.get("env"))
    defaults = Defaults().under(root, scope)
    nodes = [(name, jobs.key_line(name), node) for name, node in jobs.items()] if jobs else []
    read = [_job(name, node, line, scope, defaults) for name, line, node in nodes]
    ids = {draft.job.id for draft in read}
    for job, needed in ((draft.job, name) for draft in read for name in draft.needs):
        if needed not in ids:
            raise WorkflowError(f"job `{job.id}` needs `{needed}`, which is no job of it", job.line)
    _follow_needs(read)
    found: list[Job] = []
    for draft in read:
        reason = skipped or draft.skipped or draft.job.not_gating
        found.append(replace(draft.job, not_gating=reason))
        found += [replace(job, not_gating=job.not_gating or reason) for job in draft.inner]
    return tuple(found)


def _follow_needs(read: list[_Read]) -> None:
    """Mark the jobs that are skipped because one that they need is."""
    by_id = {draft.job.id: draft for draft in read}
    for _ in read:  # as many rounds as a chain of them may need
        for draft in read:
            missing = [name for name in draft.needs if by_id[name].skipped]
            if missing and not draft.skipped and not draft.guarded:
                draft.skipped = (
                    f"it needs job `{missing[0]}`, which does not run for a pull request"
                )


def _job(name: str, node: Node, line: int, scope: Scope, defaults: Defaults) -> _Read:
    needs = node.get("needs")
    names = [n.raw for n in needs.list()] or [needs.raw] if needs else []
    text = node.text("if") or ""
    skipped = None
    if scope.holds(text) is False:
        skipped = f"its `if: {bare_condition(text)}` is never true"
    elif scope.never_for_pull_requests(text):
        skipped = f"its `if: {bare_condition(text)}` is false for a pull request"
    result = _Read(
        job=Job(
            id=name, names=(name,), path=scope.path, line=line, end_line=node.end_line, steps=()
        ),
        needs=tuple(names),
        skipped=skipped,
        guarded=_STATUS.search(text) is not None,
    )
    if node.text("uses"):
        _call(result, node, scope)
    else:
        _fill(result, node, scope, defaults)
    return result


# --- ordinary jobs ----------------------------------------------------------------------


def _fill(result: _Read, node: Node, scope: Scope, defaults: Defaults) -> None:
    steps = node.get("steps")
    nodes = [n for n in steps.list() if isinstance(n.value, dict)] if steps else []
    base = _checkout(nodes)
    names: list[str] = [result.job.id]
    tolerated: list[bool] = []
    variants: list[list[Step]] = []
    for combination in combinations(node, scope.context()):
        inner = _inner(node, scope, combination, base)
        names += _names(result.job.id, node, inner, combination)
        tolerated.append(inner.tolerated(node))
        own = defaults.under(node, inner)
        read = read_steps(nodes, inner, own)
        is_open = result.skipped is None and inner.is_open(node.text("if"))
        variants.append([perhaps(step) for step in read] if is_open else read)
    result.job = replace(
        result.job,
        names=tuple(dict.fromkeys(names)),
        raw_name=_raw_name(node, names),
        steps=tuple(sorted(united(variants), key=lambda s: (s.path != scope.path, s.line))),
        not_gating="it has `continue-on-error: true`" if all(tolerated) else None,
    )


def _inner(node: Node, scope: Scope, combination: dict[str, Any], base: str) -> Scope:
    inner = replace(scope, contexts={**scope.contexts, "matrix": combination}, base=base)
    inner = replace(inner, runs_on=label_of(node.get("runs-on"), inner))
    if node.get("container") is not None:
        inner = replace(inner, runs_on="linux")
    system = system_of(inner.runs_on)
    if system is not None:
        inner = replace(
            inner,
            contexts={**inner.contexts, "runner": {"os": system, "*": UNKNOWN}},
            environment={**inner.environment, "RUNNER_OS": system},
        )
    return inner.with_environment(node.get("env"))


def _checkout(steps: Sequence[Node]) -> str:
    """Return the folder into which the repository itself is checked out."""
    found = []
    for step in steps:
        if not (step.text("uses") or "").startswith("actions/checkout@"):
            continue
        given = step.get("with")
        if given is None or not given.text("repository"):
            path = (given.text("path") if given else None) or ""
            found.append(path.removeprefix("./").strip("/").removeprefix("."))
    return found[0] if found and all(found) else ""


def _names(name: str, node: Node, scope: Scope, combination: dict[str, Any]) -> list[str]:
    own = scope.text(node, "name")
    values = [_shown(v) for key, v in combination.items() if key != "*"]
    found = [own] if own else []
    raw = node.text("name")
    if raw and raw != own:
        found.append(raw)
    if values and all(v is not None for v in values):
        joined = ", ".join(v or "" for v in values)
        found += [f"{text} ({joined})" for text in (name, own) if text]
    return found


def _raw_name(node: Node, names: Sequence[str]) -> str:
    """Return the name as written, if its values are known and so other names stand for it."""
    raw = node.text("name") or ""
    closed = [name for name in names if name != raw and not has_unknown(name)]
    return raw if has_unknown(raw) and len(closed) > 1 else ""


def _shown(value: Any) -> str | None:
    if isinstance(value, dict):
        parts = [_shown(v) for v in value.values()]
        return None if None in parts else ", ".join(p or "" for p in parts)
    return as_text(value)


# --- jobs that call a workflow ------------------------------------------------------------


def _call(result: _Read, node: Node, scope: Scope) -> None:
    uses = node.text("uses") or ""
    names = [result.job.id, *_names(result.job.id, node, scope, {})]
    result.job = replace(result.job, names=tuple(names), readable=False)
    path = uses.removeprefix("./")
    if not uses.startswith("./") or scope.depth >= MAX_DEPTH or not scope.repository.is_file(path):
        return
    try:
        text = scope.repository.read(path).text
        inner = _called_jobs(read_yaml(text), path, text, node, scope)
    except (UnreadableFileError, WorkflowError):
        return
    result.inner = tuple(
        replace(
            job,
            names=(*job.names, *(f"{caller} / {own}" for caller in names for own in job.names)),
        )
        for job in inner
    )
    reasons = [job.not_gating for job in inner]
    result.job = replace(
        result.job,
        steps=tuple(
            held(step, job.not_gating and f"in job `{job.id}`, {job.not_gating}")
            for job in inner
            for step in job.steps
        ),
        readable=all(job.readable for job in inner),
        not_gating=None if not reasons or None in reasons else reasons[0],
    )


def _called_jobs(root: Node, path: str, text: str, node: Node, scope: Scope) -> tuple[Job, ...]:
    """Return the jobs of a called workflow, for all combinations of the caller's matrix."""
    found: dict[str, list[Job]] = {}
    on = root.get("on")
    declared = on.get("workflow_call") if on else None
    for combination in combinations(node, scope.context()):
        caller = replace(scope, contexts={**scope.contexts, "matrix": combination})
        inputs = inputs_of(declared.get("inputs") if declared else None, node.get("with"), caller)
        inner = Scope(
            repository=scope.repository,
            path=path,
            events=scope.events,
            contexts={"inputs": inputs},
            depth=scope.depth + 1,
            source=text,
        )
        for job in read_jobs(root, inner):
            found.setdefault(job.id, []).append(job)
    return tuple(_merged(jobs) for jobs in found.values())


def _merged(jobs: list[Job]) -> Job:
    reasons = [job.not_gating for job in jobs]
    names = dict.fromkeys(name for job in jobs for name in job.names)
    return replace(
        jobs[0],
        names=tuple(names),
        steps=tuple(united(job.steps for job in jobs)),
        not_gating=reasons[0] if all(reasons) else None,
    )
