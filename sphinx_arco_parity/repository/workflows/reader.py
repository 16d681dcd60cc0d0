"""Reads a workflow as GitHub does.

Called by the proof of CI evidence, once for each workflow of a build.
"""

from __future__ import annotations

from dataclasses import replace

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.repository.workflows.contexts import Scope, inputs_of
from sphinx_arco_parity.repository.workflows.jobs import read_jobs
from sphinx_arco_parity.repository.workflows.model import Workflow
from sphinx_arco_parity.repository.workflows.triggers import Triggers, read_triggers
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node, WorkflowError, read_yaml

#: Where GitHub looks for workflows.
FOLDER = ".github/workflows/"


def is_workflow(path: str) -> bool:
    """Tell whether GitHub reads *path* as a workflow."""
    name = path.removeprefix(FOLDER)
    return name != path and "/" not in name and name.endswith((".yml", ".yaml"))


def workflow_paths(repository: Repository) -> list[str]:
    """Return the workflows of *repository*, sorted."""
    return [path for path in repository.files() if is_workflow(path)]


def read_workflow(repository: Repository, path: str) -> Workflow:
    """Return the workflow at *path*, relative to the repository.

    :raises WorkflowError: if it cannot be read or GitHub would refuse it.
    """
    try:
        source = repository.read(path)
    except UnreadableFileError as error:
        raise WorkflowError(error.reason) from None
    root = read_yaml(source.text)
    _check(root)
    triggers = _resolved(repository, path, read_triggers(root.get("on")), (path,))
    scope = Scope(
        repository=repository,
        path=path,
        events=triggers.events,
        contexts={"inputs": inputs_of(None, None, None)} if triggers.called else {},
        source=source.text,
    )
    jobs = read_jobs(root, scope, triggers.reason or None)
    name = root.text("name") or path.rpartition("/")[2]
    return Workflow(
        path=path, name=name, jobs=jobs, lines=len(source.lines), filters=triggers.filters
    )


def _check(root: Node) -> None:
    if not isinstance(root.value, dict):
        raise WorkflowError("it is no mapping", root.line)
    jobs = root.get("jobs")
    if jobs is None or not isinstance(jobs.value, dict):
        raise WorkflowError("it has no `jobs`", root.key_line("jobs"))
    for name, job in jobs.items():
        if not isinstance(job.value, dict):
            raise WorkflowError(f"job `{name}` is no mapping", jobs.key_line(name))


def _resolved(
    repository: Repository, path: str, triggers: Triggers, seen: tuple[str, ...]
) -> Triggers:
    """Return *triggers* with those of the workflows that call this one."""
    if not triggers.called or triggers.events is None or triggers.events:
        return triggers
    callers = [
        _caller(repository, other, path, seen)
        for other in workflow_paths(repository)
        if other not in seen
    ]
    found = [caller for caller in callers if caller is not None]
    if not found:
        reason = f"{triggers.reason}, and no workflow of the repository calls it"
        return replace(triggers, reason=reason)
    if any(caller.events is None for caller in found):
        return Triggers(events=None)
    events = tuple(event for caller in found for event in caller.events or ())
    filters = tuple(globs for caller in found if caller.events for globs in caller.filters)
    reason = "" if events else found[0].reason
    return Triggers(events=events, reason=reason, called=True, filters=filters)


def _caller(
    repository: Repository, other: str, path: str, seen: tuple[str, ...]
) -> Triggers | None:
    """Return when the workflow *other* runs, if it calls *path*."""
    try:
        text = repository.read(other).text
        if path not in text:
            return None
        root = read_yaml(text)
    except (UnreadableFileError, WorkflowError):
        return Triggers(events=None)
    jobs = root.get("jobs")
    uses = [node.text("uses") or "" for _, node in jobs.items()] if jobs else []
    if f"./{path}" not in uses:
        return Triggers(events=None) if any(f"/{path}@" in used for used in uses) else None
    triggers = read_triggers(root.get("on"))
    resolved = _resolved(repository, other, triggers, (*seen, other))
    if resolved.events == ():
        return Triggers(events=(), reason=f"its caller {other}: {resolved.reason}")
    return resolved
