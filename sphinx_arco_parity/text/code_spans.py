"""Code spans: where a run of back-ticks opens one, and where that ends.

Called by :mod:`.inline`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape

_RUN = re.compile(r"`+")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_END = re.compile(r"\n|<br[ \t]{0,9}/?>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """Return *text* without the characters that nobody sees, such as soft hyphens."""
    return _INVISIBLE.sub("", text)


def literal(inside: str) -> str:
    """Return what a code span means whose source is *inside*."""
    text = visible(inside.replace("\\|", "|"))
    text = ENTITY.sub(lambda match: unescape(match[0]), text)
    return _SPACE.sub(" ", text).strip()


def code_span(text: str) -> str:
    """Return *text* as a code span, with as many back-ticks as it needs."""
    if "`" not in text:
        return f"`{text}`"
    ticks = "`" * (max(len(run) for run in _RUN.findall(text)) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


class CodeSpans:
    """The runs of back-ticks of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs = {match.start(): len(match[0]) for match in _RUN.finditer(text)}
        self._starts: dict[int, list[int]] = {}
        for start, length in self._runs.items():
            self._starts.setdefault(length, []).append(start)
        self._ends = [match.start() for match in _LINE_END.finditer(text)]
        self._hard = {m.start() for m in _LINE_END.finditer(text) if m[0] != "\n"}

    def at(self, position: int) -> tuple[str, int] | None:
        """Return what the span at *position* encloses and where it ends.

        ``None`` if the run of back-ticks there opens none.  A span ends on its line, or
        on the next one if both have an odd number of such runs: it was wrapped.
        """
        length = self._runs.get(position)
        if length is None:
            return None
        starts = self._starts[length]
        following = bisect_right(starts, position)
        if following == len(starts):
            return None
        closing = starts[following]
        lines = self._line(closing) - self._line(position)
        if lines and not (lines == 1 and self._is_wrapped(starts, position)):
            return None
        inside = self._text[position + length : closing]
        return (inside, closing + length) if inside.strip() else None

    def _line(self, position: int) -> int:
        return bisect_right(self._ends, position)

    def _is_wrapped(self, starts: list[int], position: int) -> bool:
        line = self._line(position)
        if self._ends[line] in self._hard:
            return False
        limits = [*self._ends[line : line + 2], len(self._text)]
        here = bisect_right(starts, limits[1]) - bisect_right(starts, limits[0])
        return here % 2 == 1
