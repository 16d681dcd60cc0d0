"""Environments of tox: of ``tox.ini``, ``tox.toml`` and ``[tool.tox]``.

Called by :func:`.recipe_of`.  Source of the rules: "Configuration" of tox (4).
"""

from __future__ import annotations

import configparser
import posixpath
import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import product
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    line_of,
    parted,
    refuse_if,
    strings,
    without_shell,
)
from sphinx_arco_parity.text.words import word_set

_FLAGS = word_set("-q -v -vv -r --recreate --parallel-live -o --sitepackages")
_CONDITION = re.compile(r"[\w{},!.-]+:(?=\s|\Z)")
_FACTORS = re.compile(r"(?:py|pypy|python)?[\d.]*(?:-[\w.]+)*|py|python|pypy")


def tox(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``tox`` with *words* runs in *directory*."""
    envs, posargs = _asked(words)
    path = posixpath.join(directory, "tox.ini")
    if not repository.is_file(path):
        return _of_toml(envs, posargs, directory, repository)
    text = repository.read(path).text
    parser = _read(text)
    names = envs or _listed(parser, text)
    lines = [line for name in names for line in _lines(name, parser, text, posargs)]
    return Recipe(path=path, directory=directory, lines=tuple(dict.fromkeys(lines)))


def _of_toml(envs: list[str], posargs: list[str], directory: str, repository: Repository) -> Recipe:
    for name in ("setup.cfg", "pyproject.toml", "tox.toml"):
        path = posixpath.join(directory, name)
        text = repository.read(path).text if repository.is_file(path) else ""
        refuse_if(name == "setup.cfg" and "[tox" in text)
        data = read_toml(text, tool=name == "pyproject.toml") if name != "setup.cfg" else {}
        refuse_if("legacy_tox_ini" in data)
        if data:
            names = envs or listed(data)
            lines = [line for env in names for line in toml_lines(env, data, text, posargs)]
            return Recipe(path=path, directory=directory, lines=tuple(dict.fromkeys(lines)))
    raise UnreadableRecipeError("tox")


def _asked(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the environments that are asked for, and what follows ``--``."""
    own, posargs = parted(words)
    if own[:1] in (["run"], ["r"], ["run-parallel"], ["p"]):
        own = own[1:]
    envs: list[str] = []
    at = 0
    while at < len(own):
        word = own[at]
        at += 1
        if word == "-e" and at < len(own):
            envs += own[at].split(",")
            at += 1
        elif word in {"--installpkg", "--workdir", "--result-json"}:
            at += 1
        elif word in {"-p", "--parallel"}:
            at += at < len(own) and own[at] in {"auto", "all"}
        elif word not in _FLAGS:
            raise UnreadableRecipeError(word)
    refuse_if(any("{" in name or name == "ALL" for name in envs))
    return [name for name in envs if name], posargs


def _read(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True, default_section="\0")
    parser.read_string(text)
    refuse_if("ADDOPTS" in text)
    for section in parser.sections():
        for name in _expanded(section) if "{" in section else []:
            refuse_if(name in parser)
            parser[name] = parser[section]
    return parser


def _listed(parser: configparser.ConfigParser, text: str) -> list[str]:
    """Return the environments that run where none is asked for."""
    refuse_if(re.search(r"(?m)^\[gh(?:-actions)?\b", text))
    own = _section(parser, "tox")
    listed = own.get("env_list", own.get("envlist", "py"))
    names = re.split(r",(?![^{]*\})|\s+", listed)
    return [each for name in names if name for each in _expanded(name)]


def _section(parser: configparser.ConfigParser, name: str) -> dict[str, str]:
    return dict(parser[name]) if parser.has_section(name) else {}


def _expanded(name: str) -> list[str]:
    """Return the names that ``py{311,312}-{a,b}`` stands for."""
    parts = []
    for part in re.split(r"\{([^{}]*)\}", name):
        ends = re.fullmatch(r"(\d{1,3})-(\d{1,3})", part)
        numbers = range(int(ends[1]), int(ends[2]) + 1) if ends else ()
        parts.append([str(number) for number in numbers] or part.split(","))
    refuse_if("{" in "".join("".join(part) for part in parts))
    return ["".join(chosen).replace(" ", "") for chosen in product(*parts)]


def _applies(condition: str, name: str) -> bool:
    """Tell whether the factors of the environment *name* are those of a line's *condition*."""
    factors = set(name.split("-"))
    refuse_if(name in {"py", "python"} and re.search(r"py|\d", condition))
    return any(
        all((part.lstrip("!") in factors) != part.startswith("!") for part in each.split("-"))
        for each in condition.split(",")
    )


def _lines(
    name: str, parser: configparser.ConfigParser, text: str, posargs: list[str]
) -> list[Line]:
    base = _section(parser, "testenv")
    section = f"testenv:{name}"
    refuse_if(section not in parser and not _FACTORS.fullmatch(name))
    own = {**base, **_section(parser, section)}
    refuse_if({"changedir", "change_dir", "platform", "base", "ignore_outcome"} & own.keys())
    inherited = section not in parser or "commands" not in parser[section]
    header = "[testenv]" if inherited else f"[{section}]"
    start = line_of(rf"^{re.escape(header)}", text)
    commands = own.get("commands", "").replace("\\\n", " ").strip()
    return [
        _line(written, text, start, posargs)
        for written in _conditional(commands.split("\n"), name)
        if written and not written.startswith("#")
    ]


def _conditional(lines: list[str], name: str) -> Iterator[str]:
    """Yield those of *lines* that hold for the environment *name*, without their conditions."""
    for line in map(str.strip, lines):
        condition = _CONDITION.match(line)
        if condition is None:
            yield line
        elif any(_applies(each, name) for each in _expanded(condition[0][:-1])):
            yield line[condition.end() :].strip()


def _line(written: str, text: str, start: int, posargs: list[str]) -> Line:
    command = re.sub(
        r"\{posargs(?::((?:[^{}]|\{[^{}]*\})*))?\}",
        lambda found: shlex.join(posargs) or found[1] or "",
        written,
    ).replace("{toxinidir}", ".").replace("{tox_root}", ".")  # fmt: skip
    command = re.sub(r"\{env_?python\}|\{envbindir\}/python", "python", command)
    ignored = command.startswith("-")
    command = command.removeprefix("-").removeprefix("!").strip()
    refuse_if(re.search(r"\{[\w:\[/]", command))
    line = _after(written, text, start)
    return Line(text=without_shell(command), line=line, ignored=ignored)


def _after(written: str, text: str, start: int) -> int:
    first = " ".join(written.split()[:2])
    lines = text.split("\n")[start:]
    found = (n for n, line in enumerate(lines, start + 1) if first in " ".join(line.split()))
    return next(found, start)


#: What an environment may say that changes where or whether its commands run.
_LIMITS = frozenset({"change_dir", "platform", "base", "ignore_outcome", "commands_pre"})


def read_toml(text: str, *, tool: bool) -> dict[str, Any]:
    """Return the configuration in *text*, of ``pyproject.toml`` if *tool*; empty if it has none."""
    data = tomllib.loads(text)
    found = data.get("tool", {}).get("tox", {}) if tool else data
    return found if isinstance(found, dict) else {}


def listed(data: dict[str, Any]) -> list[str]:
    """Return the environments that run where none is asked for."""
    return strings(data.get("env_list", ["py"]))


def toml_lines(name: str, data: dict[str, Any], text: str, posargs: list[str]) -> list[Line]:
    """Return the commands of the environment *name*."""
    own, base = data.get("env", {}).get(name), data.get("env_run_base", {})
    refuse_if(own is None and not re.fullmatch(r"(?:py|pypy|python)?[\d.]*t?", name))
    both = {**base, **(own or {})}
    refuse_if(_LIMITS & both.keys() or "ADDOPTS" in text)
    header = f"[env.{name}]" if own and "commands" in own else "[env_run_base]"
    start = line_of(rf"{re.escape(header[1:])}\s*$", text)
    return [_toml_line(command, start, posargs) for command in both.get("commands", [])]


def _toml_line(command: Any, start: int, posargs: list[str]) -> Line:
    words: list[str] = []
    for part in command if isinstance(command, list) else [None]:
        if isinstance(part, dict) and part.get("replace") == "posargs" and part.get("extend"):
            words += posargs or part.get("default", [])
        elif isinstance(part, str):
            words.append(part)
        else:
            raise UnreadableRecipeError(command)
    ignored = words[:1] == ["-"]
    text = shlex.join(words[ignored:])
    # Folders of tox are values of options; what runs is plain.
    refuse_if(not all(isinstance(word, str) for word in words) or re.match(r"'?\{", text))
    return Line(text=text, line=start, ignored=ignored)
