"""A progress bar on standard error, for a terminal and only when it takes long.

Sphinx's own status would put its banner and its configuration above every report.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TextIO

#: Seconds that pass before the bar is drawn at all.
AFTER = 1.0
#: Seconds between two drawings.
EVERY = 0.1
_CELLS = 24
_CLEAR = "\r\x1b[K"


class Progress:
    """What is being done, as a line that is drawn over and over.

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
        self._stream.write(f"{_CLEAR}{self._line(at - self._begin)}")
        self._stream.flush()

    def _line(self, seconds: float) -> str:
        if not self._total:
            return f"{self._what} … {seconds:.0f} s"
        full = min(_CELLS, _CELLS * self._done // self._total)
        bar = "#" * full + "-" * (_CELLS - full)
        return f"{self._what} [{bar}] {self._done}/{self._total} {seconds:.0f} s"
