"""A recipe as values.  Made by the readers of this room."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a command runs."""

    path: str
    """The file that says so, relative to the repository."""
    directory: str
    """Where the lines run."""
    lines: tuple[Line, ...]
