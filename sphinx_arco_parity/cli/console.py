"""Where a command writes: the report on standard output, all else on standard error.

Here too is why a command stops, with the exit status that says so: raised anywhere in this
room, shown by :func:`.main`, never a traceback.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from sphinx_arco_parity.exports.presentation import painted, path_from
from sphinx_arco_parity.repository.replacing import replace_content
from sphinx_arco_parity.repository.safe_path import target_of
from sphinx_arco_parity.text.visible import visible

#: Exit statuses of every command.
DONE, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


class StopError(Exception):
    """A command cannot go on.

    :param message: what is wrong, for people.
    :param help_text: what to do about it.
    """

    status = FAILED

    def __init__(self, message: str, *, help_text: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help_text = help_text


class WrongUsageError(StopError):
    """What was asked for cannot be: an unknown id, rule, folder or revision."""

    status = USAGE


class CannotRunError(StopError):
    """The check itself could not run: the configuration, Sphinx or git fails."""


class MachineError(CannotRunError):
    """Git, the disk or the memory fails, which says nothing about what is read."""


class NothingToReadError(CannotRunError):
    """No table was found, and nothing says where one is: a check of it would be green."""


#: The colours of a report, and of Sphinx's log.
_PAINT = re.compile(r"\x1b\[(?:[012]|3[1236])m")
_SPHINX_PAINT = re.compile(r"\x1b\[(?:0[0-5]|[39][0-7]|39;49;00)m|\x1b\[2K|\r(?=\x1b\[2K)")

#: Columns of a report that no terminal shows.
_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The two streams of one command."""

    out: TextIO
    err: TextIO
    verbose: bool = False
    """Show Sphinx's log, on a terminal in place of the progress bar."""

    @classmethod
    def standard(cls, *, verbose: bool = False) -> Console:
        """Return the streams of the process, made fit for every character."""
        # A stream that is closed from the start is none; what is opened next takes its number.
        sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        for stream in {sys.stdout, sys.stderr} & {sys.__stdout__, sys.__stderr__}:
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None and stream.isatty():
                reconfigure(errors="backslashreplace")
            elif reconfigure is not None:
                # Programs read it: always UTF-8, and bytes of a patch that are none as they are.
                reconfigure(encoding="utf-8", errors="surrogateescape")
        return cls(out=sys.stdout, err=sys.stderr, verbose=verbose)

    @property
    def colour(self) -> bool:
        """Whether the report is coloured."""
        return wants_colour(self.out)

    @property
    def width(self) -> int:
        """The columns that a line of the report may take."""
        if not self.out.isatty():
            return _WIDTH
        return max(40, shutil.get_terminal_size((_WIDTH, 24)).columns)

    @property
    def asks(self) -> bool:
        """Whether somebody is there to answer."""
        return self.out.isatty() and sys.stdin is not None and sys.stdin.isatty()

    def ask(self, question: str) -> bool:
        """Ask, and tell whether the answer is yes."""
        self.err.write(visible(f"{question} [y/N] "))
        self.err.flush()
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}

    def write(self, text: str) -> None:
        """Write *text* of the report; what would command a terminal is made visible."""
        self.out.write(visible(text, kept=_PAINT if self.colour else None))
        self.out.flush()

    def write_exactly(self, text: str) -> None:
        """Write *text* that a program takes as it is, unless a terminal shows it."""
        if self.out.isatty():
            self.write(text)
            return
        self.out.write(text)
        self.out.flush()

    def say(self, text: str) -> None:
        """Write a line that is not part of the report."""
        self.err.write(f"{visible(text)}\n")
        self.err.flush()

    def paint(self, text: str, colour: str) -> str:
        """Return *text* of the report in *colour*, if colours are wanted."""
        return painted(text, colour) if self.colour else text

    def complain(self, error: StopError) -> None:
        """Say why the command stops."""
        self.say(f"arco-parity: {error.message}")
        if error.help_text:
            self.say(f"  help: {error.help_text}")


def own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams of a process that serves another, out of reach of what it runs."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return questions, answers


def from_here(path: Path) -> str:
    """Return *path* as the user would type it."""
    return path_from(str(Path.cwd()), "/")(str(path))


def replace_text(path: Path, text: str) -> bool:
    """Replace the file at *path* by *text* in one step; tell whether it changed.

    A symbolic link stays, what it leads to is replaced.

    :raises CannotRunError: if it cannot be written, or leads out of the repository; what was
        there stays as it was.
    """
    try:
        return replace_content(target_of(path), text.encode())
    except OSError as error:
        raise CannotRunError(
            f"{from_here(path.absolute())} cannot be written: {error.strerror}"
        ) from error


class Nowhere(io.StringIO):
    """Takes what nobody reads; Sphinx's own stream for that keeps it all."""

    def write(self, text: str) -> int:
        """Write nothing of *text*."""
        return len(text)


class LogStream:
    """Stands for *stream* where Sphinx logs: of all that commands a terminal, only its own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write *text*, with what others have put into it made visible."""
        return self._stream.write(visible(text, kept=_SPHINX_PAINT))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def wants_colour(stream: TextIO) -> bool:
    """Tell whether *stream* takes colours: a terminal, or one says so.

    ``NO_COLOR`` wins over ``FORCE_COLOR``, as https://no-color.org asks.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM", "") != "dumb"


#: Seconds that pass before the bar is drawn at all.
AFTER = 1.0
#: Seconds between two drawings.
EVERY = 0.1
_CELLS = 24
_CLEAR = "\r\x1b[K"


class Progress:
    """What is being done, as a line that is drawn over and over, when it takes long.

    It stands for the terminal: what is written to it is written above the bar.

    :param stream: a terminal.
    """

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._begin = clock()
        self._drawn_at = 0.0
        self._is_drawn = False
        self._what, self._total, self._done = "", 0, 0

    def begin(self, what: str, total: int = 0) -> None:
        """Start to count up to *total*; with 0 nothing is counted."""
        self._what, self._total, self._done = what, total, 0
        self._draw(now=True)

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self._draw(now=self._done >= self._total)

    def clear(self) -> None:
        """Take the line away."""
        if self._is_drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._is_drawn = False

    def write(self, text: str) -> int:
        """Take the bar away, and write *text*."""
        self.clear()
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _draw(self, *, now: bool) -> None:
        at = self._clock()
        due = now or at - self._drawn_at >= EVERY
        if at - self._begin < AFTER or not due:
            return
        self._drawn_at, self._is_drawn = at, True
        said = "…"
        if self._total:
            full = min(_CELLS, _CELLS * self._done // self._total)
            said = f"[{'#' * full}{'-' * (_CELLS - full)}] {self._done}/{self._total}"
        self._stream.write(f"{_CLEAR}{self._what} {said} {at - self._begin:.0f} s")
        self._stream.flush()
