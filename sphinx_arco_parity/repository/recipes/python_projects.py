"""Scripts of hatch, pdm and poe in ``pyproject.toml``.

Called by :func:`.recipe_of`.
"""

from __future__ import annotations

import posixpath
import re
import shlex
import tomllib
from collections.abc import Iterator
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    line_of,
    refuse_if,
    strings,
    without_shell,
)

_ARGUMENTS = re.compile(r"\{args(?::([^{}]*))?\}")


def hatch(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``hatch run [env:]script`` runs, ``None`` if that is no script."""
    if words[:1] != ["run"] or len(words) < 2:
        return None
    refuse_if(words[1].startswith(("-", "+")))
    env, colon, name = words[1].rpartition(":")
    path = posixpath.join(directory, "hatch.toml")
    data = _toml(path, repository) if repository.is_file(path) else {}
    if not data:
        path = posixpath.join(directory, "pyproject.toml")
        data = _at(_toml(path, repository), "tool", "hatch")
    own = _at(data, "envs", env if colon else "default")
    template = _at(data, "envs", str(own.get("template", "default")))
    scripts = {**_at(template, "scripts"), **_at(own, "scripts")}
    return _scripts(scripts, name, words[2:], path, directory, repository)


def pdm(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``pdm run script`` runs, ``None`` if that is no script."""
    if words[:1] != ["run"] or len(words) < 2 or words[1].startswith("-"):
        return None
    path = posixpath.join(directory, "pyproject.toml")
    scripts = _at(_toml(path, repository), "tool", "pdm", "scripts")
    refuse_if("_" in scripts or f"pre_{words[1]}" in scripts)
    if isinstance(scripts.get(words[1]), str):
        without_shell(scripts[words[1]])
    return _scripts(scripts, words[1], words[2:], path, directory, repository)


def poe(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``poe task`` runs; source of the rules: the guides of poethepoet (0.36)."""
    path = posixpath.join(directory, "pyproject.toml")
    settings = _at(_toml(path, repository), "tool", "poe")
    if (
        not words
        or words[0].startswith("-")
        or settings.keys() - {"tasks", "verbosity", "executor"}
    ):
        raise UnreadableRecipeError(words)
    arguments = words[2:] if words[1:2] == ["--"] else words[1:]
    lines = tuple(_poe(words[0], arguments, _at(settings, "tasks"), path, repository, 0))
    return Recipe(path=path, directory=directory, lines=lines)


def _poe(
    name: str,
    arguments: list[str],
    tasks: dict[str, Any],
    path: str,
    repository: Repository,
    depth: int,
) -> Iterator[Line]:
    """Yield what the task *name* of poe runs; a list names other tasks."""
    task = tasks.get(name)
    task = (
        task if isinstance(task, dict) else {"sequence" if isinstance(task, list) else "cmd": task}
    )
    kinds = [kind for kind in ("cmd", "shell", "sequence", "ref") if kind in task]
    refuse_if(depth > 8 or len(kinds) != 1 or task.keys() - {*kinds, "help"})
    what = task[kinds[0]]
    if kinds[0] in {"cmd", "shell"}:
        if not isinstance(what, str) or (arguments and kinds[0] == "shell") or "\n" in what.strip():
            raise UnreadableRecipeError(name)
        text = " ".join([what, *([shlex.join(arguments)] if arguments else [])])
        text = without_shell(text) if kinds[0] == "cmd" else text
        yield Line(text=text, line=_line_of(name, repository.read(path).text))
        return
    for named in what if isinstance(what, list) and not arguments else [what]:
        refuse_if(not isinstance(named, str))
        first, *given = shlex.split(named)
        yield from _poe(first, [*given, *arguments], tasks, path, repository, depth + 1)


def _toml(path: str, repository: Repository) -> dict[str, Any]:
    refuse_if(not repository.is_file(path))
    return tomllib.loads(repository.read(path).text)


def _at(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        found = data.get(key)
        data = found if isinstance(found, dict) else {}
    return data


def _scripts(
    scripts: dict[str, Any],
    name: str,
    arguments: list[str],
    path: str,
    directory: str,
    repository: Repository,
) -> Recipe | None:
    """Return the script *name* with *arguments* put in."""
    if name not in scripts:
        return None
    number = _line_of(name, repository.read(path).text)
    lines = tuple(_line(text, arguments, number, scripts) for text in _texts(scripts[name]))
    return Recipe(path=path, directory=directory, lines=lines)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict) and set(value) <= {"cmd", "help", "shell"}:
        value = (
            without_shell(value["cmd"])
            if isinstance(value.get("cmd"), str)
            else value.get("cmd", value.get("shell"))
        )
        value = shlex.join(value) if isinstance(value, list) else value
    return strings([value] if isinstance(value, str) else value)


def _line(text: str, arguments: list[str], number: int, scripts: dict[str, Any]) -> Line:
    given = shlex.join(arguments)
    command = _ARGUMENTS.sub(lambda found: given or found[1] or "", text)
    if given and command == text:
        command = f"{text} {given}"
    first = text.removeprefix("- ").split()[:1]
    refuse_if("{" in command or (first and first[0] in scripts))
    ignored = command.startswith("- ")
    return Line(text=command.removeprefix("- "), line=number, ignored=ignored)


def _line_of(name: str, text: str) -> int:
    return line_of(rf"^[ \t]*[\"']?{re.escape(name)}[\"']?\s*=", text)
