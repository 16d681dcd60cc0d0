"""A recipe as values.  Made by the readers of this room."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.shell.commands import join


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

    def put(match: re.Match[str]) -> str:
        value = values.get(match[1])
        if value is None:
            raise UnreadableRecipeError(match[0])
        return value

    found = pattern.sub(put, text)
    if "{{" in found:
        raise UnreadableRecipeError(text)
    return found


def without_shell(text: str) -> str:
    """Return *text*, which a tool cuts into words and gives to no shell.

    :raises UnreadableRecipeError: if it has what only a shell would take for an operator.
    """
    if re.search(r"(?<!\S)(?:&&?|\|\|?|;|[<>]+)(?!\S)|;(?!\S)", text):
        raise UnreadableRecipeError(text)
    return text


def below(directory: str, given: str) -> str:
    """Return the folder or file *given* as seen from *directory*.

    :raises UnreadableRecipeError: if it is outside the repository.
    """
    found = join(directory, given)
    if found is None:
        raise UnreadableRecipeError(given)
    return found


def first_file(names: Iterable[str], folders: Iterable[str], repository: Repository) -> str:
    """Return the first file that is called one of *names*, folder by folder.

    :raises UnreadableRecipeError: if there is none.
    """
    paths = (posixpath.join(folder, name) for folder in folders for name in names)
    found = next(filter(repository.is_file, paths), None)
    if found is None:
        raise UnreadableRecipeError(names)
    return found
