"""What the repository room gives out: files as text, and the names defined in them.

Values only; :mod:`.files` reads files, :mod:`.definitions` finds the names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol


class UnreadableFileError(Exception):
    """A tracked file cannot be given as text.

    :param path: relative to the repository.
    :param reason: for people: "is larger than 5 MiB", "is no text", "Permission denied".
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file of the repository, decoded."""

    path: str
    """Relative to the repository, with ``/``."""
    text: str
    """Line ends are ``\\n``."""
    digest: str
    """Of the bytes; the key of caches."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends; line *n* is ``lines[n - 1]``."""
        return tuple(self.text.split("\n"))


class SourceFiles(Protocol):
    """The files of a repository, as those read them who look for names."""

    def files(self) -> tuple[str, ...]:
        """Return the paths, sorted."""

    def read(self, path: str) -> SourceFile:
        """Return a file as text; raises :class:`UnreadableFileError`."""

    def text(self, path: str) -> str | None:
        """Return the text of a file; ``None`` if it cannot be read."""

    def read_bytes(self, path: str) -> bytes:
        """Return the bytes of a file; raises as :meth:`read`."""

    def digest(self, path: str) -> str:
        """Return the digest of a file's bytes; raises as :meth:`read`."""


#: The attribute that keeps a Rust test from running unless it is asked for.
_IGNORE = re.compile(r"#\[(?:\w+\s*::\s*)*ignore\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is said of a test, of what is around it, or of all tests of a file."""

    marks: tuple[str, ...] = ()
    """pytest's marks, or what other runners call tags."""
    disabled: str | None = None
    """Why it never runs, as written: ``#[ignore]``, ``@pytest.mark.skip``…"""
    gates: tuple[str, ...] = ()
    """Conditions under which it is compiled or run, as written: ``feature = "aws"``."""
    fails: str | None = None
    """What marks it as expected to fail: ``@pytest.mark.xfail``, ``it.fails``…"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Marks):
    """A name that a source file defines."""

    name: str
    """The last word: ``tick``."""
    scope: tuple[str, ...] = ()
    """The names around it, outermost first: modules, types, classes, functions."""
    kind: str
    """``function``, ``method``, ``type``, ``variant``, ``field``, ``constant``,
    ``module``, ``macro``, ``test``, …"""
    line: int
    """Where its name stands."""
    first_line: int
    """The first line of its attributes, decorators or doc comment."""
    last_line: int
    """The last line of its body."""
    is_test: bool = False
    failing: tuple[str, ...] = ()
    """The parameters, as pytest writes them, with which it is expected to fail."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names around it, and its own."""
        return (*self.scope, self.name)

    @property
    def whole_name(self) -> str:
        """The name with all that is around it: ``Suite::case``."""
        return "::".join(self.names)

    @property
    def is_ignored(self) -> bool:
        """Whether Rust's ``#[ignore]`` keeps it from running: a command may ask for it."""
        return self.disabled is not None and _IGNORE.match(self.disabled) is not None


@dataclass(frozen=True, kw_only=True)
class Definitions(Marks):
    """All names that a file defines, in the order of their lines, and what is said of the file."""

    definitions: tuple[Definition, ...]
