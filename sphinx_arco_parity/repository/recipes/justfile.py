"""Recipes of a justfile.

Called by :mod:`.start`.  Source of the rules: the manual of just (1.40).  What a file computes is
not followed: a recipe that needs it cannot be read, the others can.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.makefile import joined_lines
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    filled,
    first_file,
)
from sphinx_arco_parity.repository.shell.commands import upwards

_NAMES = ("justfile", "Justfile", ".justfile")
_COMPUTED = re.compile(
    r"(?m)^(?:(?:import|mod|export)\b|set\s+(?!quiet|positional|shell\b.*[\"'](?:ba|z)?sh[\"'])"
    r"|\[(?!group|private|doc))"
)
_RULE = re.compile(r"@?([A-Za-z_][\w-]*)((?:\s+[*+$]?[\w-]+(?:='[^'\n]*'|=\"[^\"\n\\]*\")?)*)\s*:(?!=)\s*([^#]*)(?:#.*)?")  # fmt: skip
_VARIABLE = re.compile(r"([A-Za-z_][\w-]*)\s*:=\s*(?:'([^'\n]*)'|\"([^\"\n\\]*)\")\s*(?:#.*)?")
_ANY_VARIABLE = re.compile(r"([A-Za-z_][\w-]*)\s*:=")
_PARAMETER = re.compile(r"([*+])?([\w-]+)(?:=(['\"])(.*)\3)?")
_PUT = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")


@dataclass(slots=True)
class _Target:
    parameters: list[str]
    needs: str
    lines: list[tuple[int, str]] = field(default_factory=list)


def just(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``just`` with *words* runs in *directory*."""
    path = first_file(_NAMES, upwards(directory), repository)
    text = repository.read(path).text
    if _COMPUTED.search(text) or any(word.startswith("-") for word in words[:1]):
        raise UnreadableRecipeError(path)
    targets, variables = _read(text)
    words = words or [next(iter(targets), "")]
    lines: list[Line] = []
    seen: set[str] = set()
    while words:
        target = targets.get(words[0])
        if target is None:
            raise UnreadableRecipeError(words[0])
        values, rest = _bound(target.parameters, words[1:])
        lines += _run(words[0], {**variables, **values}, targets, variables, seen)
        words = rest
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
            if rule[1] in targets:
                raise UnreadableRecipeError(line)
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
        found = _PARAMETER.fullmatch(written)
        if found is None:
            raise UnreadableRecipeError(written)
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
    target = targets.get(name)
    given = target.parameters if target else []
    call = f"{name} {[values.get(part.lstrip('*+$').partition('=')[0]) for part in given]}"
    if call in seen:
        return
    seen.add(call)
    if target is None or re.search(r"[(&]", target.needs):
        raise UnreadableRecipeError(name)
    for needed in target.needs.split():
        own, _ = _bound(targets[needed].parameters if needed in targets else [], [])
        yield from _run(needed, {**variables, **own}, targets, variables, seen)
    if target.lines and target.lines[0][1].startswith("#!"):
        raise UnreadableRecipeError(name)
    for number, text in target.lines:
        command = text.lstrip("@-").strip()
        if command and not command.startswith("#"):
            ignored = "-" in text[: text.index(command)]
            yield Line(text=filled(command, _PUT, values), line=number, ignored=ignored)
