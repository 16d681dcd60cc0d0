"""A recipe as values.  Made by the readers of this room."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.shell.commands import join

_T = TypeVar("_T")


class UnreadableRecipeError(Exception):
    """The recipe says something that is not followed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that a recipe gives to the shell."""

    text: str
    line: int
    """From 1, in the recipe's file."""
    ignored: bool = False
    """Its failure does not stop the recipe (``-`` before it)."""
    many: bool = False
    """:attr:`text` is a whole script, whose first line has the number :attr:`line`."""
    path: str = ""
    """The file that has it, if that is not the recipe's."""
    directory: str | None = None
    """Where it runs, if that is not where the recipe does."""
    defaults: tuple[tuple[str, str], ...] = ()
    """Variables that are set for it, unless the environment sets them."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables that are set for it in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a command runs."""

    path: str
    """The file that says so, relative to the repository."""
    directory: str
    """Where the lines run."""
    lines: tuple[Line, ...]


def refuse_if(computed: object) -> None:
    """Give the recipe up if *computed*: it says something that is not followed here.

    :raises UnreadableRecipeError: then.
    """
    if computed:
        raise UnreadableRecipeError


def known(found: _T | None) -> _T:
    """Return what was *found*.

    :raises UnreadableRecipeError: if it is ``None``.
    """
    if found is None:
        raise UnreadableRecipeError
    return found


def strings(value: Any) -> list[str]:
    """Return a list of texts.

    :raises UnreadableRecipeError: if *value* is something else.
    """
    refuse_if(not isinstance(value, list) or not all(isinstance(text, str) for text in value))
    return list(value)


def parted(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words before ``--``, and those behind it."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


def line_of(pattern: str, text: str, start: int = 0) -> int:
    """Return the line of *text* on which *pattern* begins, from *start* on; else the first."""
    match = re.compile(pattern, re.MULTILINE).search(text, start)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def filled(text: str, pattern: re.Pattern[str], values: Mapping[str, str | None]) -> str:
    """Return *text* with *values* put in for *pattern*, whose group is the name of one.

    :raises UnreadableRecipeError: if one is not known, or something else is computed.
    """
    found = pattern.sub(lambda match: known(values.get(match[1])), text)
    refuse_if("{{" in found)
    return found


def without_shell(text: str) -> str:
    """Return *text*, which a tool cuts into words and gives to no shell.

    :raises UnreadableRecipeError: if it has what only a shell would take for an operator.
    """
    refuse_if(re.search(r"(?<!\S)(?:&&?|\|\|?|;|[<>]+)(?!\S)|;(?!\S)", text))
    return text


def below(directory: str, given: str) -> str:
    """Return the folder or file *given* as seen from *directory*.

    :raises UnreadableRecipeError: if it is outside the repository.
    """
    return known(join(directory, given))


def first_file(names: Iterable[str], folders: Iterable[str], repository: Repository) -> str:
    """Return the first file that is called one of *names*, folder by folder.

    :raises UnreadableRecipeError: if there is none.
    """
    paths = (posixpath.join(folder, name) for folder in folders for name in names)
    return known(next(filter(repository.is_file, paths), None))
