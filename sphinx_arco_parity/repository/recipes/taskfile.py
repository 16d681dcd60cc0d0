"""Tasks of a Taskfile.

Called by :mod:`.start`.  Source of the rules: the schema reference of Task (3).
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from typing import Any

import yaml

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    below,
    filled,
    first_file,
    parted,
)
from sphinx_arco_parity.repository.shell.commands import upwards
from sphinx_arco_parity.text.words import word_set

_NAMES = ("Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml",
          "Taskfile.dist.yml", "Taskfile.dist.yaml")  # fmt: skip
_FLAGS = word_set("-s --silent -v --verbose -y --yes -p --parallel -o --output")
#: What a file and a task may say without it mattering which commands are run.
_FILE = word_set("version tasks vars env silent output interval method run includes")
_TASK = word_set("""
    cmds cmd desc summary deps dir env vars silent internal interactive aliases label
    ignore_error preconditions prefix
    """)
_PUT = re.compile(r"\{\{-?\s*\.(\w+)\s*-?\}\}")
_DEPTH = 20


def task(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``task`` with *words* runs in *directory*; behind ``--`` stand its arguments."""
    own, given = parted(words)
    if own[:1] in (["-d"], ["--dir"]) and len(own) > 1:
        directory, own = below(directory, own[1]), own[2:]
    names = [word for word in own if word not in _FLAGS] or ["default"]
    if any(name.startswith("-") or "=" in name for name in names):
        raise UnreadableRecipeError(own)
    path = first_file(_NAMES, upwards(directory), repository)
    file = _Taskfile(path, repository.read(path).text, shlex.join(given))
    lines = [line for name in names for line in file.lines(name, {}, 0)]
    return Recipe(path=path, directory=file.folder, lines=tuple(lines))


class _Taskfile:
    def __init__(self, path: str, text: str, given: str) -> None:
        data = yaml.safe_load(text) if "<<" not in text else {}
        tasks = data.get("tasks")
        if not isinstance(tasks, dict) or not _FILE.issuperset(data):
            raise UnreadableRecipeError(path)
        self.folder = posixpath.dirname(path)
        self._environment = _plain(data.get("env", {}))
        self._text = text
        self._tasks = tasks
        self._variables = _resolved(data.get("vars", {}), {"CLI_ARGS": given})

    def lines(self, name: str, called_with: dict[str, str | None], depth: int) -> Iterator[Line]:
        """Yield what the task *name* runs, and before it what it needs."""
        own = self._tasks.get(name)
        own = {"cmds": [own]} if isinstance(own, str) else own
        own = {"cmds": own} if isinstance(own, list) else own
        if not isinstance(own, dict) or not _TASK.issuperset(own) or depth > _DEPTH:
            raise UnreadableRecipeError(name)
        values = _resolved(own.get("vars", {}), {**self._variables, **called_with})
        for needed in own.get("deps", []):
            yield from self._command(needed, own, values, name, depth, task_names=True)
        for command in own.get("cmds", [own["cmd"]] if "cmd" in own else []):
            yield from self._command(command, own, values, name, depth)

    def _command(
        self,
        command: Any,
        own: dict[str, Any],
        values: dict[str, str | None],
        name: str,
        depth: int,
        *,
        task_names: bool = False,
    ) -> Iterator[Line]:
        key = "task" if task_names else "cmd"
        command = {key: command} if isinstance(command, str) else command
        if not isinstance(command, dict) or not {"cmd", "task", "vars", "silent", "ignore_error"}.issuperset(command):  # fmt: skip
            raise UnreadableRecipeError(command)
        if "task" in command:
            inner = {k: _text(v, values) for k, v in _plain(command.get("vars", {})).items()}
            yield from self.lines(_text(command["task"], values), dict(inner), depth + 1)
            return
        text = _text(command.get("cmd"), values)
        given = {**self._environment, **_plain(own.get("env", {}))}
        defaults = tuple((variable, _text(value, values)) for variable, value in given.items())
        folder = below(self.folder, _text(own.get("dir", "."), values))
        ignored = bool(command.get("ignore_error") or own.get("ignore_error"))
        line = self._line(name, str(command.get("cmd")))
        yield Line(text=text, line=line, ignored=ignored, directory=folder, defaults=defaults)

    def _line(self, name: str, command: str) -> int:
        task = re.search(rf"(?m)^ +[\"']?{re.escape(name)}[\"']?:", self._text)
        at = self._text.find(command.partition("\n")[0], task.end() if task else 0)
        return self._text.count("\n", 0, max(at, 0)) + 1


def _plain(given: Any) -> dict[str, str]:
    """Return variables, all of which must be plain."""
    known = _known(given)
    if None in known.values():
        raise UnreadableRecipeError(given)
    return {name: value or "" for name, value in known.items()}


def _known(given: Any) -> dict[str, str | None]:
    """Return variables, ``None`` for those that are computed."""
    if not isinstance(given, dict):
        raise UnreadableRecipeError(given)
    return {
        str(name): str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
        for name, value in given.items()
    }  # fmt: skip


def _resolved(given: Any, values: dict[str, str | None]) -> dict[str, str | None]:
    """Return *values* with the variables *given*, each of which may name those before it."""
    values = dict(values)
    for name, value in _known(given).items():
        try:
            values[name] = _text(value, values)
        except UnreadableRecipeError:
            values[name] = None
    return values


def _text(text: Any, values: dict[str, str | None]) -> str:
    """Return *text* with the variables put in."""
    if not isinstance(text, str):
        raise UnreadableRecipeError(text)
    return filled(text, _PUT, values)
