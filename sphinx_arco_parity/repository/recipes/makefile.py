"""Targets of a Makefile.

Called by :func:`.recipe_of`.  Source of the rules: the manual of GNU make (4.4).  What a file computes
is not followed: a target that needs it cannot be read, the others can.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    below,
    first_file,
    known,
    refuse_if,
)
from sphinx_arco_parity.text.words import word_set

_NAMES = ("GNUmakefile", "makefile", "Makefile")
_FLAGS = word_set("-s --silent --quiet -B --no-print-directory")
#: What changes how every line is read.
_COMPUTED = re.compile(r"(?:unexport|override|vpath|load|undefine)\b|\.(?:ONESHELL|RECIPEPREFIX|SHELLFLAGS|IGNORE|EXPORT_ALL|DEFAULT\b(?!_GOAL))")  # fmt: skip
_SAYS = re.compile(r"\$\((?:info|warning)\b[^\n]*\)")
_INCLUDE = re.compile(r"(-|s)?include\s+([^\n]*)")
_OPENS, _CLOSES = re.compile(r"if(?:n?eq|n?def)\b"), re.compile(r"endif\b")
_VARIABLE = re.compile(r"(export\s+)?([A-Za-z_.]\w*)\s*([:?+!]*)=\s*([^#]*)(?:#[^\n]*)?")
_OWN_VARIABLE = re.compile(r"([^:=#]+):\s*(?:export\s+)?\w+\s*[:?+]*=[^\n]*")
_RULE = re.compile(r"([^:=#]+):(?![:=])([^=#;]*)(?:#[^\n]*)?")
_REFERENCE = re.compile(r"\$(?:\((\w+)\)|\{(\w+)\}|(\$)|(.|\Z))")
_SHELL = re.compile(r"(?:(?:/usr)?/bin/(?:env )?)?(?:ba|z)?sh")
_QUIET = re.compile(r"(?:--no-print-directory|--warn-undefined-variables|--no-builtin-\w+|-[srRj\d]+|\s)*")  # fmt: skip
#: Variables that make has by itself.
_BUILT_IN = re.compile(r"(?:MAKE|CUR|AR|AS|CC|CXX|CPP|FC|LD|LEX|YACC|TEX|RM|SUFFIXES|OUTPUT|GET|CO)\w*")  # fmt: skip
#: How deep files may include, and variables name, each other.
_DEPTH = 8
#: How often variables are put in, whatever a file says.
_MOST = 20_000


@dataclass(slots=True)
class _Target:
    needs: list[str] = field(default_factory=list)
    lines: list[tuple[str, int, str]] = field(default_factory=list)
    """Files, numbers and texts, before variables are put in."""
    computed: bool = False


def make(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``make`` with *words* runs in *directory*."""
    goals: list[str] = []
    given: dict[str, str] = {}
    pending = deque(words)
    while pending:
        word = pending.popleft()
        name, equals, value = word.partition("=")
        if word in {"-C", "--directory"} and pending:
            directory = below(directory, pending.popleft())
        elif re.fullmatch(r"-j\d*|--jobs=\d+", word):
            if word == "-j" and pending and pending[0].isdigit():
                pending.popleft()
        elif word.startswith("-") and word not in _FLAGS:
            raise UnreadableRecipeError(word)
        elif equals:
            given[name] = value
        elif not word.startswith("-"):
            goals.append(word)
    path = first_file(_NAMES, [directory], repository)
    file = _Makefile(directory, repository, given)
    file.read(path, 0)
    return file.recipe(path, goals)


class _Makefile:
    def __init__(self, directory: str, repository: Repository, given: dict[str, str]) -> None:
        self._directory = directory
        self._repository = repository
        self._given = given
        self._variables: dict[str, str | None] = {"MAKE": "make", **given}
        self._defaults: dict[str, str] = {}
        self._exported: dict[str, str] = dict(given)
        self._targets: dict[str, _Target] = {}
        self._phony: set[str] = set()
        self._goal = ""
        self._patterns = False
        self._spent = 0

    # --- reading ------------------------------------------------------------------------

    def read(self, path: str, depth: int) -> None:
        """Read the file *path*, and what it includes."""
        open_, current, defining = 0, list[_Target](), False
        for number, line in joined_lines(self._repository.read(path).text):
            text = line.strip()
            if defining or text.startswith("define "):
                if not defining:
                    self._variables[text.split()[1]] = None
                defining = text != "endef"
            elif line.startswith("\t"):
                for target in current:
                    target.lines.append((path, number, text))
            elif _OPENS.match(text):
                open_ += 1
            elif _CLOSES.match(text):
                open_ -= 1
            elif text and text[0] != "#" and not text.startswith("else") and not _SAYS.fullmatch(text):  # fmt: skip
                current = self._statement(text, depth, sure=not open_)

    def _statement(self, text: str, depth: int, *, sure: bool) -> list[_Target]:
        """Read a line that is no recipe's; return the targets whose lines follow."""
        refuse_if(_COMPUTED.match(text))
        if found := _INCLUDE.fullmatch(text):
            for name in self._put(found[2].partition("#")[0]).split():
                path = below(self._directory, name)
                there = self._repository.is_file(path)
                if there and sure and depth < _DEPTH:
                    self.read(path, depth + 1)
                else:
                    refuse_if(there or not sure or not found[1])
        elif found := _VARIABLE.fullmatch(text):
            self._set(found, sure=sure)
        elif found := _OWN_VARIABLE.fullmatch(text):
            for target in self._opened(found[1], ""):
                target.computed = True
        elif found := _RULE.fullmatch(text):
            targets = self._opened(found[1], found[2])
            for target in targets:
                target.computed = target.computed or not sure
            return targets
        elif sure or not text.startswith("$(error"):
            raise UnreadableRecipeError(text)
        return []

    def _set(self, found: re.Match[str], *, sure: bool) -> None:
        name, sign, value = found[2], found[3], found[4].strip()
        if (name == "SHELL" and not _SHELL.fullmatch(value)) or (
            name == "MAKEFLAGS" and not _QUIET.fullmatch(value)
        ):
            raise UnreadableRecipeError(name)
        if name in self._given:
            return
        if name == ".DEFAULT_GOAL":
            self._goal = value if sure else "\0"
        elif (
            not sure
            or sign not in {"", ":", "::", "?"}
            or name in self._variables.keys() | self._defaults.keys()
            or (sign == "?" and re.search(r"[$\"'\\`]", value))
        ):
            self._variables[name] = None
        elif sign == "?":  # unless the environment has it: the shell is left to look
            self._defaults[name] = value
        else:
            self._variables[name] = self._now(value) if sign else value
        if found[1]:
            self._exported[name] = known(self._now(f"$({name})"))
            refuse_if("$" in self._exported[name])

    def _now(self, value: str) -> str | None:
        try:
            return self._put(value)
        except UnreadableRecipeError:
            return None

    def _opened(self, names: str, needs: str) -> list[_Target]:
        found = []
        wanted = needs.replace("|", " ").split()
        for name in (self._now(names) or names).split():
            if name == ".PHONY":
                self._phony |= set(wanted)
            elif "$" in name and "/" not in name:
                raise UnreadableRecipeError(name)
            elif "%" in name:
                self._patterns = True
            else:
                target = self._targets.setdefault(name, _Target())
                target.computed = target.computed or bool(target.lines)
                target.needs += wanted
                found.append(target)
        return found

    # --- running ------------------------------------------------------------------------

    def recipe(self, path: str, goals: list[str]) -> Recipe:
        """Return what the targets *goals* run, or the first, with all that they need."""
        first = [name for name in self._targets if not name.startswith(".")][:1]
        goals = goals or ([self._goal] if self._goal else first)
        refuse_if(not goals or any(self._is_there(goal) for goal in goals))
        seen: dict[str, None] = {}
        lines = [line for goal in goals for line in self._run(goal, seen)]
        return Recipe(path=path, directory=self._directory, lines=tuple(lines))

    def _is_there(self, name: str) -> bool:
        """Tell whether the target *name* is a file: make may have nothing to do."""
        path = posixpath.join(self._directory, name)
        there = self._repository.is_file(path) or self._repository.is_directory(path)
        return name not in self._phony and there

    def _run(self, name: str, seen: dict[str, None]) -> Iterator[Line]:
        if name in seen or self._is_there(name):
            return
        seen[name] = None
        target = known(self._targets.get(name))
        unmade = not target.lines and name not in self._phony
        refuse_if(target.computed or (unmade and self._patterns))
        for needed in self._put(" ".join(target.needs)).split():
            yield from self._run(needed, seen)
        defaults, environment = tuple(self._defaults.items()), tuple(self._exported.items())
        for path, number, text in target.lines:
            command = text.lstrip("@+- ")
            if command and not command.startswith("#") and not _SAYS.fullmatch(command):
                ignored = "-" in text[: text.index(command)]
                yield Line(
                    text=self._put(command, name), line=number, ignored=ignored, path=path,
                    defaults=defaults, environment=environment,
                )  # fmt: skip

    def _put(self, text: str, target: str = "", depth: int = 0) -> str:
        """Return *text* with the variables put in; those of the environment stay the shell's."""
        self._spent += 1
        refuse_if(depth > _DEPTH or self._spent > _MOST)

        def put(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            if match[3]:
                return "$"
            if match[4] == "@" and target:
                return target
            value = self._variables.get(name or "", "")
            if name is None or value is None or (not value and name not in self._variables and _BUILT_IN.fullmatch(name)):  # fmt: skip
                raise UnreadableRecipeError(match[0])
            if name in self._variables:
                return self._put(value, target, depth + 1) if "$" in value else value
            return f"${{{name}}}"

        return _REFERENCE.sub(put, text)


def joined_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of *text* with their numbers, those that go on joined."""
    found: list[tuple[int, str]] = []
    open_ = False
    for number, line in enumerate(text.split("\n"), 1):
        if open_:
            found[-1] = (found[-1][0], found[-1][1][:-1] + line.strip())
        else:
            found.append((number, line))
        open_ = line.endswith("\\")
    return found
