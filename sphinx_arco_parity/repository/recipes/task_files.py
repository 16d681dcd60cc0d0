"""Recipes of a justfile, and tasks of a Taskfile.

Called by :func:`.recipe_of`.  Source of the rules: the manual of just (1.40), the schema reference of
Task (3).  What a justfile computes is not followed: a recipe that needs it cannot be read, the
others can.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.makefile import joined_lines
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    below,
    filled,
    first_file,
    known,
    parted,
    refuse_if,
)
from sphinx_arco_parity.repository.shell.commands import upwards
from sphinx_arco_parity.text.words import word_set

_JUST_NAMES = ("justfile", "Justfile", ".justfile")
_COMPUTED = re.compile(
    r"(?m)^(?:(?:import|mod|export)\b|set\s+(?!quiet|positional|shell\b.*[\"'](?:ba|z)?sh[\"'])"
    r"|\[(?!group|private|doc))"
)
_RULE = re.compile(r"@?([A-Za-z_][\w-]*)((?:\s+[*+$]?[\w-]+(?:='[^'\n]*'|=\"[^\"\n\\]*\")?)*)\s*:(?!=)\s*([^#]*)(?:#.*)?")  # fmt: skip
_VARIABLE = re.compile(r"([A-Za-z_][\w-]*)\s*:=\s*(?:'([^'\n]*)'|\"([^\"\n\\]*)\")\s*(?:#.*)?")
_ANY_VARIABLE = re.compile(r"([A-Za-z_][\w-]*)\s*:=")
_PARAMETER = re.compile(r"([*+])?([\w-]+)(?:=(['\"])(.*)\3)?")
_JUST_PUT = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")


@dataclass(slots=True)
class _Target:
    parameters: list[str]
    needs: str
    lines: list[tuple[int, str]] = field(default_factory=list)


def just(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``just`` with *words* runs in *directory*."""
    path = first_file(_JUST_NAMES, upwards(directory), repository)
    text = repository.read(path).text
    refuse_if(_COMPUTED.search(text) or any(word.startswith("-") for word in words[:1]))
    targets, variables = _read(text)
    words = words or [next(iter(targets), "")]
    lines: list[Line] = []
    seen: set[str] = set()
    while words:
        name = words[0]
        values, words = _bound(known(targets.get(name)).parameters, words[1:])
        lines += _run(name, {**variables, **values}, targets, variables, seen)
    return Recipe(path=path, directory=posixpath.dirname(path), lines=tuple(lines))


def _read(text: str) -> tuple[dict[str, _Target], dict[str, str | None]]:
    targets: dict[str, _Target] = {}
    variables: dict[str, str | None] = {}
    current: _Target | None = None
    for number, line in joined_lines(text):
        if line[:1] in {" ", "\t"}:
            if current is not None and line.strip():
                current.lines.append((number, line.strip()))
        elif found := _ANY_VARIABLE.match(line):
            plain = _VARIABLE.fullmatch(line.rstrip())
            variables[found[1]] = (plain[2] or plain[3] or "") if plain else None
            current = None
        elif rule := _RULE.fullmatch(line.rstrip()):
            refuse_if(rule[1] in targets)
            current = targets[rule[1]] = _Target(rule[2].split(), rule[3])
        elif re.match(r"[^\s#:\[][^:]*:(?!=)", line):
            raise UnreadableRecipeError(line)
        else:
            current = current if not line.strip() or line.startswith("#") else None
    return targets, variables


def _bound(parameters: list[str], words: list[str]) -> tuple[dict[str, str | None], list[str]]:
    """Return what *parameters* are given by *words*, and the words that are left."""
    values: dict[str, str | None] = {}
    for written in parameters:
        found = known(_PARAMETER.fullmatch(written))
        if found[1] and words:
            values[found[2]], words = " ".join(words), []
        elif words:
            values[found[2]], words = words[0], words[1:]
        elif found[3] or found[1] == "*":
            values[found[2]] = found[4] or ""
        else:
            raise UnreadableRecipeError(written)
    return values, words


def _run(
    name: str,
    values: dict[str, str | None],
    targets: dict[str, _Target],
    variables: dict[str, str | None],
    seen: set[str],
) -> Iterator[Line]:
    """Yield the lines of the recipe *name* and, before them, of all that it needs, once each."""
    target = known(targets.get(name))
    given = [part.lstrip("*+$").partition("=")[0] for part in target.parameters]
    call = f"{name} {[values.get(part) for part in given]}"
    if call in seen:
        return
    seen.add(call)
    refuse_if(re.search(r"[(&]", target.needs))
    for needed in target.needs.split():
        own, _ = _bound(known(targets.get(needed)).parameters, [])
        yield from _run(needed, {**variables, **own}, targets, variables, seen)
    refuse_if(target.lines and target.lines[0][1].startswith("#!"))
    for number, text in target.lines:
        command = text.lstrip("@-").strip()
        if command and not command.startswith("#"):
            ignored = "-" in text[: text.index(command)]
            yield Line(text=filled(command, _JUST_PUT, values), line=number, ignored=ignored)


_NAMES = ("Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml",
          "Taskfile.dist.yml", "Taskfile.dist.yaml")  # fmt: skip
_FLAGS = word_set("-s --silent -v --verbose -y --yes -p --parallel -o --output")
#: What a file and a task may say without it mattering which commands are run.
_FILE = word_set("version tasks vars env silent output interval method run includes")
_TASK = word_set("""
    cmds cmd desc summary deps dir env vars silent internal interactive aliases label
    ignore_error preconditions prefix
    """)
_COMMAND = word_set("cmd task vars silent ignore_error")
_PUT = re.compile(r"\{\{-?\s*\.(\w+)\s*-?\}\}")
_DEPTH = 20


def task(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``task`` with *words* runs in *directory*; behind ``--`` stand its arguments."""
    own, given = parted(words)
    if own[:1] in (["-d"], ["--dir"]) and len(own) > 1:
        directory, own = below(directory, own[1]), own[2:]
    names = [word for word in own if word not in _FLAGS] or ["default"]
    refuse_if(any(name.startswith("-") or "=" in name for name in names))
    path = first_file(_NAMES, upwards(directory), repository)
    file = _Taskfile(path, repository.read(path).text, shlex.join(given))
    lines = [line for name in names for line in file.lines(name, {}, 0)]
    return Recipe(path=path, directory=file.folder, lines=tuple(lines))


class _Taskfile:
    def __init__(self, path: str, text: str, given: str) -> None:
        data = yaml.safe_load(text) if "<<" not in text else {}
        tasks: Any = data.get("tasks")
        refuse_if(not isinstance(tasks, dict) or not _FILE.issuperset(data))
        self.folder = posixpath.dirname(path)
        self._environment = _plain(data.get("env", {}))
        self._text = text
        self._tasks = tasks
        self._variables = _resolved(data.get("vars", {}), {"CLI_ARGS": given})

    def lines(self, name: str, called_with: dict[str, str | None], depth: int) -> Iterator[Line]:
        """Yield what the task *name* runs, and before it what it needs."""
        own = self._tasks.get(name)
        if not isinstance(own, dict):
            own = {"cmds": own if isinstance(own, list) else [own]}
        refuse_if(not _TASK.issuperset(own) or depth > _DEPTH)
        values = _resolved(own.get("vars", {}), {**self._variables, **called_with})
        needed = [{"task": need} if isinstance(need, str) else need for need in own.get("deps", [])]
        for command in [*needed, *own.get("cmds", [own["cmd"]] if "cmd" in own else [])]:
            said = {"cmd": command} if isinstance(command, str) else command
            refuse_if(not isinstance(said, dict) or not _COMMAND.issuperset(said))
            if "task" in said:
                inner = {k: _text(v, values) for k, v in _plain(said.get("vars", {})).items()}
                yield from self.lines(_text(said["task"], values), dict(inner), depth + 1)
                continue
            given = {**self._environment, **_plain(own.get("env", {}))}
            yield Line(
                text=_text(said.get("cmd"), values),
                line=self._line(name, str(said.get("cmd"))),
                ignored=bool(said.get("ignore_error") or own.get("ignore_error")),
                directory=below(self.folder, _text(own.get("dir", "."), values)),
                defaults=tuple((key, _text(value, values)) for key, value in given.items()),
            )

    def _line(self, name: str, command: str) -> int:
        task = re.search(rf"(?m)^ +[\"']?{re.escape(name)}[\"']?:", self._text)
        at = self._text.find(command.partition("\n")[0], task.end() if task else 0)
        return self._text.count("\n", 0, max(at, 0)) + 1


def _plain(given: Any) -> dict[str, str]:
    """Return variables, all of which must be plain."""
    known = _known(given)
    refuse_if(None in known.values())
    return {name: value or "" for name, value in known.items()}


def _known(given: Any) -> dict[str, str | None]:
    """Return variables, ``None`` for those that are computed."""
    refuse_if(not isinstance(given, dict))
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
    refuse_if(not isinstance(text, str))
    return filled(text, _PUT, values)
