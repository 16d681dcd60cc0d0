"""Puts what a recipe runs behind the command that starts it.

Called by :mod:`.steps`.
"""

from __future__ import annotations

from dataclasses import replace

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes import Line, Recipe, recipe_of
from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.shell import ShellCommand, ShellSyntaxError, commands_of
from sphinx_arco_parity.repository.workflows.model import CiCommand

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
                line=shell.line if line.many else line.line,
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
