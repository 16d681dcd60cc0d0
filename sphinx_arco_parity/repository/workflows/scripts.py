"""How a step's script is run: which it is, by which shell, and what recipes it starts.

Called by :mod:`.steps`.  Source of the rules: ``jobs.<job_id>.steps[*].shell`` in
GitHub's "Workflow syntax".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes import Line, Recipe, recipe_of
from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.shell import ShellCommand, ShellSyntaxError, commands_of
from sphinx_arco_parity.repository.workflows.model import CiCommand
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node
from sphinx_arco_parity.text.words import by_word

#: Action, without version and in lower case, to the input that is a script.
_SCRIPTS = by_word({
    "command": "nick-fields/retry nick-invision/retry wandalen/wretry.action",
    "run": "coactions/setup-xvfb gabrielbb/xvfb-action aganders3/headless-gui",
    "args": "docker://",
})  # fmt: skip
_CARGO = frozenset({"actions-rs/cargo", "clechasseur/rs-cargo", "actions-rs-plus/cargo"})


def script_of_action(step: Node, uses: str) -> Node | None:
    """Return the script that the action of *step* runs, or ``None`` if it runs none."""
    action = uses.partition("@")[0].lower()
    given = step.get("with")
    if given is None:
        return None
    if action not in _CARGO:
        return given.get(_SCRIPTS.get(action, ""))
    command = given.get("command")
    if command is None:
        return None
    toolchain, arguments = given.text("toolchain"), given.text("args") or ""
    program = "cross" if given.text("use-cross") == "true" else "cargo"
    version = f" +{toolchain}" if toolchain else ""
    text = " ".join(f"{program}{version} {command.raw} {arguments}".split())
    return replace(command, raw=text, literal=False)


_POSIX = frozenset({"bash", "sh", "dash", "zsh", "ksh"})

#: A line that means the same in every shell.
_PLAIN_LINE = re.compile(
    r"[\w./=:@,+-]+(?: +(?:[\w./=:@,+-]+|'[^'$`%]*'|\"[^\"$`%\\]*\"|&&))*|#.*|"
)


@dataclass(frozen=True, slots=True)
class Shell:
    """What is known of the shell of a script."""

    posix: bool
    errexit: bool | None = None
    pipefail: bool | None = None


_NAMED = {
    "bash": Shell(posix=True, errexit=True, pipefail=True),
    "sh": Shell(posix=True, errexit=True, pipefail=False),
}


def shell_of(name: str | None, runs_on: str | None) -> Shell:
    """Return the shell that *name* (``shell:``, or ``None``) and the runner mean.

    *runs_on* is the runner's label in lower case, ``None`` if it is not known.
    """
    if name is None:
        known = runs_on and re.search("ubuntu|macos|linux", runs_on)
        windows = "windows" in (runs_on or "")
        return _NAMED["sh"] if known and not windows else Shell(posix=not windows)
    lowered = name.strip().lower()
    if "{0}" not in lowered:
        return _NAMED.get(lowered, Shell(posix=False))
    words = lowered.split()
    names = [word.rsplit("/", 1)[-1] for word in words]
    if not _POSIX & set(names):
        return Shell(posix=False)
    if names[0] not in _POSIX:
        return Shell(posix=True)
    options = [word for word in words[1:] if word.startswith("-") and not word.startswith("--")]
    errexit = any("e" in word for word in options)
    return Shell(posix=True, errexit=errexit, pipefail="pipefail" in words)


def run_script(
    text: str, shell: Shell, environment: Mapping[str, str | None], directory: str | None
) -> tuple[list[ShellCommand], bool]:
    """Return the commands of a script, and whether those are all of them."""
    if not shell.posix:
        return _plain_lines(text, environment, directory)
    try:
        return commands_of(
            text,
            environment=environment,
            directory=directory,
            errexit=shell.errexit,
            pipefail=shell.pipefail,
        ), True
    except (ShellSyntaxError, RecursionError):
        return [], False


def _plain_lines(
    text: str, environment: Mapping[str, str | None], directory: str | None
) -> tuple[list[ShellCommand], bool]:
    """Read a script of another shell: a line of plain words is the same command there."""
    lines = [line.strip() for line in text.split("\n")]
    kept = "\n".join(line if _PLAIN_LINE.fullmatch(line) else "" for line in lines)
    plain = kept.split("\n") == lines
    moves = re.search(r"(?im)(?:^|& *)(?:set-location|sl|chdir)\b", kept)
    try:
        found = commands_of(
            kept,
            environment=environment,
            directory=None if moves or not plain else directory,
            errexit=None,
        )
    except ShellSyntaxError:
        return [], False
    return [replace(command, swallowed=None) for command in found], plain


#: How deep recipes may start each other.
_DEPTH = 5


def followed(command: CiCommand, repository: Repository, depth: int = 0) -> list[CiCommand]:
    """Return *command*, and behind it what the recipe runs that it starts, if any."""
    recipe = recipe_of(command.shell, repository) if depth < _DEPTH else None
    if recipe is None:
        return [command]
    try:
        runs = [
            CiCommand(
                shell=shell,
                path=line.path or recipe.path,
                line=shell.line,
                source=shell.text if line.many else line.text,
                not_gating=command.not_gating or _ignored(shell, line),
                through=(*command.through, command),
            )
            for line in recipe.lines
            for shell in _commands(line, recipe, command)
        ]
    except (ShellSyntaxError, RecursionError):
        return [command]
    groups = [followed(inner, repository, depth + 1) for inner in runs]
    inner = tuple(group[0] for group in groups)
    reasons = [c.not_gating for c in inner if runner_of(c.shell).kind != "nothing"]
    lost = reasons[0] if reasons and all(reasons) else None
    started = replace(command, runs=inner, not_gating=command.not_gating or lost)
    return [started, *(inner for group in groups for inner in group)]


def _commands(line: Line, recipe: Recipe, command: CiCommand) -> list[ShellCommand]:
    found = commands_of(
        line.text,
        environment=dict(line.defaults) | dict(command.shell.environment) | dict(line.environment),
        directory=recipe.directory if line.directory is None else line.directory,
        errexit=False,
    )
    return [
        replace(
            shell,
            line=shell.line if line.many else line.line,
            perhaps=shell.perhaps or command.shell.perhaps,
        )
        for shell in found
    ]


def _ignored(shell: ShellCommand, line: Line) -> str | None:
    if line.ignored:
        return "its recipe goes on when it fails (`-`)"
    return "its recipe goes on when it fails (`||`)" if shell.swallowed else None
