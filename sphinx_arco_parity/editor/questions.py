"""What the server and a worker say to each other, pickled, over the worker's pipes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Asks for the diagnostics of the whole project: absolute path to those of the file.
CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question to a project."""

    method: str
    """A method of the protocol, or :data:`CHECK`."""
    encoding: str
    """In which the editor counts the characters of a line."""
    unsaved: Mapping[str, str] = field(default_factory=dict)
    """Absolute path to text, of all documents that are changed in the editor."""
    path: str = ""
    """Absolute, of the file that is asked about."""
    text: str = ""
    params: Any = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is to be told the editor."""

    value: Any = None
    refused: str = ""
    """Why it is not done, for people."""
    same: bool = False
    """Nothing has changed since the last check, whose answer holds."""
    took: float | None = None
    """Seconds in which the project was judged again for it."""


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The project cannot be checked; its worker has ended."""

    message: str
    help_text: str = ""
    nothing: bool = False
    """There is nothing to read, which is no fault."""


@dataclass(frozen=True)
class Again:
    """The configuration has changed: a new worker must be asked."""
