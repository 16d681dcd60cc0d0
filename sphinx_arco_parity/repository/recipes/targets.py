"""Targets of a Makefile and recipes of a justfile.

Called by :mod:`.start`.  What a file computes is not followed: conditionals, included
files, variables other than plain ones, pattern rules.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import Line, Recipe, UnreadableRecipeError
from sphinx_arco_parity.repository.shell.folders import join, upwards

_COMPUTED = re.compile(
    r"(?m)^(?:-?s?include|if(?:n?eq|n?def)|define|export|unexport|override|SHELL|MAKEFLAGS"
    r"|vpath|\.ONESHELL|\.RECIPEPREFIX|\.DEFAULT)\b"
)
_PHONY = re.compile(r"(?m)^\.PHONY\s*:([^#\n]*)")
_RULE = re.compile(r"([^\s:=#][^:=#]*+):(?![:=])([^=#;]*)(?:#.*)?")
_MAKE_VARIABLE = re.compile(r"([A-Za-z_]\w*)\s*([:?+!]*)=\s*(.*?)\s*(?:#.*)?")
_REFERENCE = re.compile(r"\$(?:\((\w+)\)|\{(\w+)\}|(\$)|(.))")
_JUST_COMPUTED = re.compile(
    r"(?m)^(?:(?:import|mod|export)\b|set\s+(?!quiet|positional|shell\b.*[\"'](?:ba|z)?sh[\"'])"
    r"|\[(?!group|private|doc))"
)
_JUST_RULE = re.compile(r"@?([A-Za-z_][\w-]*)((?:\s+[*+$]?[\w-]+)*)\s*:(?!=)\s*([^#]*)(?:#.*)?")
_JUST_NAMES = ("justfile", "Justfile", ".justfile")
_MAKE_NAMES = ("GNUmakefile", "makefile", "Makefile")
_MAKE_FLAGS = frozenset({"-s", "--silent", "--quiet", "-B", "--no-print-directory"})


@dataclass(slots=True)
class _Target:
    needs: list[str]
    lines: list[Line] = field(default_factory=list)
    parameters: bool = False


def make(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``make`` with *words* runs in *directory*."""
    names: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word in {"-C", "--directory"} and at < len(words):
            directory = _below(directory, words[at])
            at += 1
        elif re.fullmatch(r"-j\d*|--jobs=\d+", word):
            at += word == "-j" and at < len(words) and words[at].isdigit()
        elif (word.startswith("-") and word not in _MAKE_FLAGS) or "=" in word:
            raise UnreadableRecipeError(word)
        elif not word.startswith("-"):
            names.append(word)
    path = _first(_MAKE_NAMES, [directory], repository)
    text = repository.read(path).text
    if _COMPUTED.search(text):
        raise UnreadableRecipeError(path)
    targets = _makefile(text)
    phony = set(re.findall(r"\S+", " ".join(_PHONY.findall(text))))
    for name in targets.keys() - phony:
        file = posixpath.join(directory, name)
        if repository.is_file(file) or repository.is_directory(file):
            del targets[name]  # it is there: make has nothing to do
    return _recipe(path, directory, targets, names)


def just(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``just`` with *words* runs in *directory*."""
    if any(word.startswith("-") or "=" in word for word in words):
        raise UnreadableRecipeError(words)
    path = _first(_JUST_NAMES, upwards(directory), repository)
    text = repository.read(path).text
    if _JUST_COMPUTED.search(text):
        raise UnreadableRecipeError(path)
    return _recipe(path, posixpath.dirname(path), _justfile(text), words)


def _below(directory: str, given: str) -> str:
    found = join(directory, given)
    if found is None:
        raise UnreadableRecipeError(given)
    return found


def _first(names: tuple[str, ...], folders: Iterable[str], repository: Repository) -> str:
    paths = (posixpath.join(folder, name) for folder in folders for name in names)
    found = next(filter(repository.is_file, paths), None)
    if found is None:
        raise UnreadableRecipeError(names)
    return found


def _recipe(path: str, directory: str, targets: dict[str, _Target], names: list[str]) -> Recipe:
    """Return the lines of the targets *names* and of all that they need, once each."""
    lines: list[Line] = []
    seen: set[str] = set()

    def run(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        target = targets.get(name)
        if target is None or target.parameters:
            raise UnreadableRecipeError(name)
        for needed in target.needs:
            run(needed)
        lines.extend(target.lines)

    start = names or [name for name in targets if not name.startswith(".")][:1]
    for name in start:
        run(name)
    if not start:
        raise UnreadableRecipeError(path)
    return Recipe(path=path, directory=directory, lines=tuple(lines))


# --- Makefile ---------------------------------------------------------------------------


def _makefile(text: str) -> dict[str, _Target]:
    targets: dict[str, _Target] = {}
    variables: dict[str, str | None] = {"MAKE": "make"}
    current: list[_Target] = []
    for number, line in _joined(text):
        if line.startswith("\t"):
            for target in current:
                target.lines += _line(line[1:], number, variables)
        elif rule := _RULE.fullmatch(line.rstrip()):
            current = _rule(rule, line, targets)
        elif given := _MAKE_VARIABLE.fullmatch(line):
            plain = given[2] in {"", ":", "::", "?"} and "$" not in given[3]
            known = given[1] in variables or not plain
            variables[given[1]] = None if known else given[3]
        elif line.strip() and not line.lstrip().startswith("#"):
            raise UnreadableRecipeError(line)
    return targets


def _rule(rule: re.Match[str], line: str, targets: dict[str, _Target]) -> list[_Target]:
    names, needs = rule[1].split(), rule[2].replace("|", " ").split()
    if names == [".PHONY"]:
        return []
    if "$" in line or "%" in line or any(name in targets for name in names):
        raise UnreadableRecipeError(line)
    for name in names:
        targets[name] = _Target(needs)
    return [targets[name] for name in names]


def _joined(text: str) -> list[tuple[int, str]]:
    """Return the lines with their numbers, those that go on joined."""
    found: list[tuple[int, str]] = []
    open_ = False
    for number, line in enumerate(text.split("\n"), 1):
        if open_:
            found[-1] = (found[-1][0], found[-1][1][:-1] + line.strip())
        else:
            found.append((number, line))
        open_ = line.endswith("\\")
    return found


def _line(text: str, number: int, variables: dict[str, str | None]) -> list[Line]:
    command = text.strip().lstrip("@+- ")
    if not command or command.startswith("#"):
        return []

    def put(match: re.Match[str]) -> str:
        if match[3]:
            return "$"
        value = variables.get(match[1] or match[2] or "")
        if value is None:
            raise UnreadableRecipeError(match[0])
        return value

    ignored = "-" in text[: text.index(command)]
    return [Line(text=_REFERENCE.sub(put, command), line=number, ignored=ignored)]


# --- justfile ---------------------------------------------------------------------------


def _justfile(text: str) -> dict[str, _Target]:
    targets: dict[str, _Target] = {}
    current: _Target | None = None
    for number, line in _joined(text):
        if line[:1] in {" ", "\t"}:
            if current is not None and line.strip():
                current.lines += _just_line(line.strip(), number, first=not current.lines)
        elif rule := _JUST_RULE.fullmatch(line.rstrip()):
            if "(" in rule[3] or "&&" in rule[3] or rule[1] in targets:
                raise UnreadableRecipeError(line)
            current = _Target(rule[3].split(), parameters=bool(rule[2].strip()))
            targets[rule[1]] = current
        elif re.match(r"[^\s#:\[][^:]*:(?!=)", line):
            raise UnreadableRecipeError(line)
        else:
            current = current if not line.strip() or line.startswith("#") else None
    return targets


def _just_line(text: str, number: int, *, first: bool) -> list[Line]:
    if "{{" in text or (first and text.startswith("#!")):
        raise UnreadableRecipeError(text)
    command = text.lstrip("@-").strip()
    if not command or command.startswith("#"):
        return []
    return [Line(text=command, line=number, ignored="-" in text[: text.index(command)])]
