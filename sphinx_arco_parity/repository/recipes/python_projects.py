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
    line_of,
    refuse_if,
    strings,
    without_shell,
)
from sphinx_arco_parity.repository.selection.arguments import OptionTable, parse_arguments
from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.text.words import word_set

_HATCH_TEST = OptionTable(
    values=word_set(
        "--retries --retry-delay --cover-xml-output --python -i --include -x --exclude"
    ),
    flags=word_set(
        "-r --randomize -p --parallel -c --cover --cover-quiet --cover-xml -a --all -s --show"
    ),
    rest=False,
)
_ARGUMENTS = re.compile(r"\{args(?::([^{}]*))?\}")


def hatch(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``hatch run [env:]script`` or ``hatch test`` runs, ``None`` if it is no script.

    Source of the rules: the guides of hatch (1.16) on scripts and on testing.
    """
    if words[:1] not in (["run"], ["test"]) or words == ["run"]:
        return None
    path = posixpath.join(directory, "hatch.toml")
    data = _toml(path, repository) if repository.is_file(path) else {}
    if not data:
        path = posixpath.join(directory, "pyproject.toml")
        data = _at(_toml(path, repository), "tool", "hatch")
    if words[0] == "test":
        return _hatch_test(words[1:], _at(data, "envs", "hatch-test"), path, directory)
    refuse_if(words[1].startswith(("-", "+")))
    env, colon, name = words[1].rpartition(":")
    own = _at(data, "envs", env.partition(".")[0] if colon else "default")
    template = _at(data, "envs", str(own.get("template", "default")))
    scripts = {**_at(template, "scripts"), **_at(own, "scripts")}
    return _scripts(scripts, name, words[2:], path, directory, repository, appended=False)


def _hatch_test(words: list[str], env: dict[str, Any], path: str, directory: str) -> Recipe:
    """Return what ``hatch test`` with *words* runs in the environment *env*: pytest."""
    given = parse_arguments([Word(word, word) for word in words], _HATCH_TEST)
    refuse_if({"scripts", "overrides", "template"} & env.keys() or {"--show", "-s"} & set(words))
    own = [*given.unknown, *(word.text for word in given.positionals)]
    refuse_if(given.unknown and given.positionals)  # an option of pytest may take what follows
    own = own or env.get("default-args", ["tests"])
    text = shlex.join(["pytest", *env.get("extra-args", []), *own])
    return Recipe(path=path, directory=directory, lines=(Line(text=text, line=1),))


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
    refuse_if(not words or words[0].startswith("-"))
    refuse_if(settings.keys() - {"tasks", "verbosity", "executor"})
    arguments = words[2:] if words[1:2] == ["--"] else words[1:]
    tasks = _at(settings, "tasks")
    text = repository.read(path).text
    first = _poe(tasks.get(words[0]), arguments, tasks, text, _line_of(words[0], text), 0)
    return Recipe(path=path, directory=directory, lines=tuple(first))


def _poe(
    task: Any, arguments: list[str], tasks: dict[str, Any], file: str, number: int, depth: int
) -> Iterator[Line]:
    """Yield what a *task* of poe runs; a list names other tasks, or has them."""
    if not isinstance(task, dict):
        task = {"sequence" if isinstance(task, list) else "cmd": task}
    kinds = [kind for kind in ("cmd", "shell", "sequence", "ref") if kind in task]
    refuse_if(depth > 8 or len(kinds) != 1 or task.keys() - {*kinds, "help"})
    what = task[kinds[0]]
    if kinds[0] in {"cmd", "shell"}:
        refuse_if("\n" in what.strip() or (arguments and kinds[0] == "shell"))
        text = f"{what} {shlex.join(arguments)}" if arguments else what
        yield Line(text=without_shell(text) if kinds[0] == "cmd" else text, line=number)
        return
    for named in what if isinstance(what, list) and not arguments else [what]:
        first, *given = shlex.split(named) if isinstance(named, str) else [""]
        inner, at = (tasks.get(first), _line_of(first, file)) if first else (named, number)
        yield from _poe(inner, [*given, *arguments], tasks, file, at, depth + 1)


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
    *,
    appended: bool = True,
) -> Recipe | None:
    """Return the script *name* with *arguments* put in, or *appended* where it has no place."""
    if name not in scripts:
        return None
    number = _line_of(name, repository.read(path).text)
    lines = tuple(
        _line(text, arguments if appended or "{args" in text else [], number, scripts)
        for text in _texts(scripts[name])
    )
    return Recipe(path=path, directory=directory, lines=lines)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict) and set(value) <= {"cmd", "help", "shell"}:
        if isinstance(value.get("cmd"), str):
            without_shell(value["cmd"])
        value = value.get("cmd", value.get("shell"))
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
