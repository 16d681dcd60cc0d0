"""Environments of tox: of ``tox.ini``, ``tox.toml`` and ``[tool.tox]``.

Called by :func:`.recipe_of`.  Source of the rules: "Configuration" of tox (4).
"""

from __future__ import annotations

import configparser
import posixpath
import re
import shlex
import tomllib
from collections import deque
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

_FLAGS = word_set("""
    -q -v -vv -r --recreate --parallel-live -o --sitepackages --skip-pkg-install
    """)
_VALUES = word_set("--installpkg --workdir --result-json")
_CONDITION = re.compile(r"[\w{},!.-]+:(?=\s|\Z)")
_FACTORS = re.compile(r"(?:py|pypy|python)?[\d.]*(?:-[\w.]+)*|py|python|pypy")


def tox(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``tox`` with *words* runs in *directory*."""
    path = posixpath.join(directory, "tox.ini")
    if "--notest" in parted(words)[0]:
        return Recipe(path=path, directory=directory, lines=(Line(text=":", line=1),))
    envs, labels, posargs = _asked(words)
    if not repository.is_file(path):
        return _of_toml(envs, labels, posargs, directory, repository)
    text = repository.read(path).text
    parser = _read(text)
    refuse_if(not envs and not labels and re.search(r"(?m)^\[gh(?:-actions)?\b", text))
    names = envs or (_labelled(labels, parser) if labels else _listed(parser))
    lines = [line for name in names for line in _lines(name, parser, text, posargs)]
    return Recipe(path=path, directory=directory, lines=tuple(dict.fromkeys(lines)))


def _of_toml(
    envs: list[str],
    labels: list[str],
    posargs: list[str] | None,
    directory: str,
    repository: Repository,
) -> Recipe:
    for name in ("setup.cfg", "pyproject.toml", "tox.toml"):
        path = posixpath.join(directory, name)
        text = repository.read(path).text if repository.is_file(path) else ""
        refuse_if(name == "setup.cfg" and "[tox" in text)
        data = tomllib.loads(text) if name != "setup.cfg" else {}
        data = data.get("tool", {}).get("tox", {}) if name == "pyproject.toml" else data
        refuse_if("legacy_tox_ini" in data)
        if data:
            names = envs or _listed_in_toml(data, labels)
            lines = [line for env in names for line in _toml_lines(env, data, text, posargs)]
            return Recipe(path=path, directory=directory, lines=tuple(dict.fromkeys(lines)))
    raise UnreadableRecipeError("tox")


def _asked(words: list[str]) -> tuple[list[str], list[str], list[str] | None]:
    """Return the environments and labels that are asked for, and what follows ``--``."""
    own, given = parted(words)
    posargs = given if "--" in words else None
    if own[:1] in (["run"], ["r"], ["run-parallel"], ["p"]):
        own = own[1:]
    envs: list[str] = []
    labels: list[str] = []
    pending = deque(own)
    while pending:
        word = pending.popleft()
        if word == "-e" and pending:
            envs += pending.popleft().split(",")
        elif word == "-m":
            while pending and not pending[0].startswith("-"):
                labels.append(pending.popleft())
        elif word in _VALUES and pending:
            pending.popleft()
        elif word in {"-p", "--parallel", "--skip-missing-interpreters"}:
            if pending and pending[0] in {"auto", "all", "true", "false", "config"}:
                pending.popleft()
        elif word not in _FLAGS:
            raise UnreadableRecipeError(word)
    refuse_if(any("{" in name or name == "ALL" for name in envs))
    return [name for name in envs if name], labels, posargs


def _read(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True, default_section="\0")
    parser.read_string(text)
    refuse_if("ADDOPTS" in text)
    for section in parser.sections():
        for name in _expanded(section) if "{" in section else []:
            refuse_if(name in parser)
            parser[name] = parser[section]
    return parser


def _listed(parser: configparser.ConfigParser) -> list[str]:
    """Return the environments that run where none is asked for."""
    own = _section(parser, "tox")
    listed = own.get("env_list", own.get("envlist", "py"))
    names = re.split(r",(?![^{]*\})|\s+", listed)
    return [each for name in names if name for each in _expanded(name)]


def _labelled(labels: list[str], parser: configparser.ConfigParser) -> list[str]:
    """Return the environments that have one of *labels*."""
    given = (line.partition("=") for line in _section(parser, "tox").get("labels", "").split("\n"))
    found = {name.strip(): names for name, _, names in given}
    refuse_if(not set(labels) <= found.keys())
    refuse_if(any(":" in section and "labels" in parser[section] for section in parser))
    named = (name for label in labels for name in re.split(r",(?![^{]*\})", found[label]))
    return [each for name in named for each in _expanded(name.strip())]


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
    name: str, parser: configparser.ConfigParser, text: str, posargs: list[str] | None
) -> list[Line]:
    section = f"testenv:{name}"
    known = section in parser or _FACTORS.fullmatch(name) or name in _listed(parser)
    refuse_if(not known)
    own = {**_section(parser, "testenv"), **_section(parser, section)}
    refuse_if({"changedir", "change_dir", "platform", "base", "ignore_outcome"} & own.keys())
    place = section if "commands" in _section(parser, section) else "testenv"
    start = line_of(rf"^\[{re.escape(place)}\]", text)
    commands = own.get("commands", "").replace("\\\n", " ").strip()
    variables = own.get("set_env", own.get("setenv", "")).split("\n")
    given = (line.partition("=") for line in _conditional(variables, name))
    environment = {variable.strip(): value.strip() for variable, _, value in given}
    return [
        _line(written, text, start, posargs, environment)
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


def _line(
    written: str, text: str, start: int, posargs: list[str] | None, environment: dict[str, str]
) -> Line:
    defaults: dict[str, str] = {}

    def variable(found: re.Match[str]) -> str:
        if found[1] in environment or re.search(r"[\\\"'`$]", found[2]):
            return environment.get(found[1], found[0])
        defaults[found[1]] = found[2]
        return f"${{{found[1]}}}"

    command = re.sub(r"\{env:(\w+):([^{}]*)\}", variable, written)
    command = re.sub(
        r"\{posargs(?::((?:[^{}]|\{[^{}]*\})*))?\}",
        lambda found: found[1] or "" if posargs is None else shlex.join(posargs),
        command,
    ).replace("{toxinidir}", ".").replace("{tox_root}", ".")  # fmt: skip
    command = re.sub(r"\{env_?python\}|\{envbindir\}/python", "python", command)
    ignored = command.startswith("-")
    command = command.removeprefix("-").removeprefix("!").strip()
    refuse_if(re.search(r"(?<!\$)\{[\w:\[/]", command))
    first = " ".join(written.split()[:2])
    below = enumerate(text.split("\n")[start:], start + 1)
    number = next((n for n, line in below if first in " ".join(line.split())), start)
    return Line(
        text=without_shell(command), line=number, ignored=ignored, defaults=tuple(defaults.items())
    )


#: What an environment may say that changes where or whether its commands run.
_LIMITS = frozenset({"change_dir", "platform", "base", "ignore_outcome"})


def _listed_in_toml(data: dict[str, Any], labels: list[str]) -> list[str]:
    """Return the environments that have one of *labels*; that run by themselves, without any."""
    if not labels:
        return strings(data.get("env_list", ["py"]))
    refuse_if(any("labels" in env for env in data.get("env", {}).values()))
    return [name for label in labels for name in strings(data.get("labels", {}).get(label))]


def _toml_lines(
    name: str, data: dict[str, Any], text: str, posargs: list[str] | None
) -> list[Line]:
    """Return the commands of the environment *name*."""
    own, base = data.get("env", {}).get(name), data.get("env_run_base", {})
    refuse_if(own is None and not re.fullmatch(r"(?:graalpy|pypy|python|py)?[\d.]*t?", name))
    both = {**base, **(own or {})}
    refuse_if(_LIMITS & both.keys() or "ADDOPTS" in text)
    named = rf'env\.(["\']?){re.escape(name)}\1' if own and "commands" in own else "env_run_base"
    start = line_of(rf"{named}\]\s*$", text)
    commands = _with_posargs(both.get("commands", []), posargs)
    return [_toml_line(_with_posargs(command, posargs), start) for command in commands]


def _with_posargs(parts: Any, posargs: list[str] | None) -> list[Any]:
    """Return *parts*, a command or a list of commands, with what follows ``--`` put in."""
    found: list[Any] = []
    for part in parts if isinstance(parts, list) else [None]:
        if isinstance(part, dict) and part.get("replace") == "posargs" and part.get("extend"):
            found += part.get("default", []) if posargs is None else posargs
        else:
            found.append(part)
    return found


def _toml_line(command: list[Any], start: int) -> Line:
    ignored = command[:1] == ["-"]
    defaults: dict[str, str] = {}
    text = " ".join(_word(part, defaults) for part in command[ignored:])
    # Folders of tox are values of options; what runs is plain.
    refuse_if(re.match(r"'?\{", text))
    return Line(text=text, line=start, ignored=ignored, defaults=tuple(defaults.items()))


def _word(part: Any, defaults: dict[str, str]) -> str:
    """Return a word as it is given to a shell, and add to *defaults* what it is by itself."""
    if isinstance(part, dict) and part.get("replace") == "env" and not part.get("extend"):
        name, default = part["name"], part.get("default", "")
        if re.fullmatch(r"\w+", name) and re.fullmatch(r"[\w./: -]*", default):
            defaults[name] = default
            return f'"${{{name}}}"'
    refuse_if(not isinstance(part, str))
    return shlex.quote(part)
