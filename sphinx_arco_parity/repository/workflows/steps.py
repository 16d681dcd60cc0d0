"""The steps of a job: scripts, actions that run scripts, and local composite actions.

Called by :mod:`.jobs` for each combination of a job's matrix; :func:`united` makes one
step of its combinations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.repository.shell.commands import join
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.repository.workflows.contexts import Scope, inputs_of
from sphinx_arco_parity.repository.workflows.expressions import (
    bare_condition,
    has_unknown,
    substitute,
)
from sphinx_arco_parity.repository.workflows.model import CiCommand, Step
from sphinx_arco_parity.repository.workflows.scripts import (
    followed,
    run_script,
    script_of_action,
    shell_of,
)
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node, WorkflowError, read_yaml

#: How deep local actions and workflows may call each other.
MAX_DEPTH = 8

#: Variables that say which tests run; others make no two commands different.
_TELLING = ("PYTEST_ADDOPTS", "NEXTEST_PROFILE", "RUSTFLAGS", "RUNNER_OS")

_COMMENT = re.compile(r"(?m)^[^\S\n]*+#.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """``defaults.run``, of the workflow and of the job."""

    shell: str | None = None
    directory: str | None = None

    def under(self, node: Node | None, scope: Scope) -> Defaults:
        """Return these, with those of *node* (a job or workflow) over them."""
        run = node.get("defaults") if node else None
        run = run.get("run") if run else None
        return Defaults(
            shell=scope.text(run, "shell") or self.shell,
            directory=scope.text(run, "working-directory") or self.directory,
        )


def read_steps(steps: Sequence[Node], scope: Scope, defaults: Defaults) -> list[Step]:
    """Return what *steps* are in one combination of the matrix."""
    found = []
    for node in steps:
        found += _step(node, scope, defaults)
        scope = scope.after(node)
    return found


def _step(node: Node, scope: Scope, defaults: Defaults) -> list[Step]:
    text = node.text("if")
    inner = scope.with_environment(node.get("env"))
    dormant = inner.holds(text) is False
    never = f"its step's `if: {bare_condition(text or '')}` is never true"
    reason = never if dormant else _not_gating(node, inner, text)
    is_open = reason is None and inner.is_open(text)
    uses = inner.text(node, "uses") or ""
    is_local = uses.startswith("./")
    steps = _local_action(node, uses, inner) if is_local else [_script(node, uses, inner, defaults)]
    return [
        replace(
            perhaps(step) if is_open else held(step, reason),
            not_gating=step.not_gating or reason,
            dormant=dormant or step.dormant,
        )
        for step in steps
    ]


def _not_gating(node: Node, scope: Scope, text: str | None) -> str | None:
    if scope.never_for_pull_requests(text):
        return f"its step runs only if `{bare_condition(text or '')}`, which is not so for a pull request"
    if scope.tolerated(node):
        name = node.text("id")
        if name and re.search(rf"\bsteps\.{re.escape(name)}\.(outcome|outputs)\b", scope.source):
            return None
        return "its step has `continue-on-error: true`"
    return None


def held(step: Step, reason: str | None) -> Step:
    """Return *step* with commands that do not gate, for *reason* if there is one."""
    commands = (replace(c, not_gating=c.not_gating or reason) for c in step.commands)
    return replace(step, commands=tuple(commands))


def perhaps(step: Step) -> Step:
    """Return *step* as one of which it is not known whether it runs."""
    commands = (replace(c, shell=replace(c.shell, perhaps=True)) for c in step.commands)
    return replace(step, commands=tuple(commands))


def _script(node: Node, uses: str, scope: Scope, defaults: Defaults) -> Step:
    script = node.get("run") or script_of_action(node, uses)
    given = node.get("with")
    raw = script.raw if script else "\n".join(v.raw for _, v in given.items()) if given else ""
    commands, readable = _run(node, script, scope, defaults) if script else ([], True)
    return Step(
        name=scope.text(node, "name") or "",
        uses=uses.partition("@")[0],
        path=scope.path,
        line=node.line,
        text=_COMMENT.sub("", raw),
        commands=tuple(commands),
        readable=readable,
    )


def _run(
    node: Node, script: Node, scope: Scope, defaults: Defaults
) -> tuple[list[CiCommand], bool]:
    shell = shell_of(scope.text(node, "shell") or defaults.shell, scope.runs_on)
    wanted = scope.text(node, "working-directory") or defaults.directory or ""
    directory = None if has_unknown(wanted) else join("", wanted)
    text = substitute(script.raw, scope.context())
    found, readable = run_script(text, shell, scope.environment, directory)
    sources = script.raw.split("\n")
    commands = []
    for command in found:
        line = script.line + command.line - 1 if script.literal else script.line
        located = replace(command, directory=scope.locate(command.directory))
        started = CiCommand(
            shell=located,
            path=scope.path,
            line=line,
            source=sources[command.line - 1] if command.line <= len(sources) else "",
            not_gating=_swallowed(command.swallowed, command.piped_to, script.raw, scope),
        )
        commands += followed(started, scope.repository)
    return commands, readable


def _swallowed(
    swallowed: bool | None, piped_to: str | None, script: str, scope: Scope
) -> str | None:
    if swallowed:
        return "its step goes on when it fails (`||`, `&`, `!`, `set +e`)"
    if not piped_to or "PIPESTATUS" in script or "pipefail" in script:
        return None
    if scope.source.count(piped_to) > 1:
        return None  # something may look into the file for failures
    return f"its status is lost in the pipe to `tee {piped_to}` (no `pipefail`)"


# --- local composite actions ------------------------------------------------------------


def _local_action(node: Node, uses: str, scope: Scope) -> list[Step]:
    folder = uses.removeprefix("./").strip("/")
    unread = Step(
        name=node.text("name") or "",
        uses=uses,
        path=scope.path,
        line=node.line,
        text="",
        readable=False,
    )
    if scope.depth >= MAX_DEPTH or has_unknown(folder):
        return [unread]
    if scope.base:
        folder = scope.locate(folder) or folder
    for name in ("action.yml", "action.yaml"):
        path = f"{folder}/{name}" if folder else name
        if scope.repository.is_file(path):
            found = _composite(path, node, scope)
            return [unread] if found is None else [replace(unread, readable=True), *found]
    return [unread]


def _composite(path: str, caller: Node, scope: Scope) -> list[Step] | None:
    """Return the steps of the composite action at *path*, ``None`` if it is none."""
    try:
        source = scope.repository.read(path)
        root = read_yaml(source.text)
    except (UnreadableFileError, WorkflowError):
        return None
    runs = root.get("runs")
    if runs is None or runs.text("using") != "composite":
        return None
    steps = runs.get("steps")
    inner = replace(
        scope,
        path=path,
        depth=scope.depth + 1,
        contexts={
            **scope.contexts,
            "inputs": inputs_of(root.get("inputs"), caller.get("with"), scope),
        },
    )
    return read_steps(steps.list() if steps else [], inner, Defaults())


# --- one step of many combinations ------------------------------------------------------


def united(combinations: Iterable[Sequence[Step]]) -> list[Step]:
    """Return the steps of all *combinations* as one list, in the order of their lines."""
    groups: dict[tuple[str, int, str], list[Step]] = {}
    for steps in combinations:
        for step in steps:
            groups.setdefault((step.path, step.line, step.uses), []).append(step)
    return [_one(group) for group in groups.values()]


def _one(group: list[Step]) -> Step:
    group = [step for step in group if not step.dormant] or group
    commands: dict[object, CiCommand] = {}
    for step in group:
        for command in step.commands:
            shell = command.shell
            key = (
                command.path,
                command.line,
                tuple(word.text for word in shell.words),
                shell.directory,
                tuple(shell.variable(name) for name in _TELLING),
            )
            known = commands.get(key)
            if known is None or (known.not_gating and not command.not_gating):
                commands[key] = command
    reasons = [step.not_gating for step in group]
    return replace(
        group[0],
        commands=tuple(commands.values()),
        readable=all(step.readable for step in group),
        not_gating=reasons[0] if all(reasons) else None,
    )
