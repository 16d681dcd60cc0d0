"""A line of source with the place underlined, as a terminal shows it.

Used by the text report.
"""

from __future__ import annotations

import re
import unicodedata

from sphinx_arco_parity.exports.spans import Span

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return *text* without characters that command a terminal or turn its direction."""
    return _CONTROL.sub("\ufffd", text.replace("\t", " "))


def columns(text: str) -> int:
    """Return how many columns *text* takes on a terminal."""
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200c\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(span: Span, width: int) -> tuple[str, str]:
    """Return the line of *span*, cut to *width* columns, and a line of marks beneath it."""
    line = printable(span.text.rstrip())
    shown, start, end = _window(line, span.start, span.end, max(20, width))
    marks = " " * columns(shown[:start]) + "^" * max(1, columns(shown[start:end]))
    return shown, marks


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Cut *line* so that the place is seen; a row of a matrix may be 2,000 wide."""
    if columns(line) <= width:
        return line, start, end
    first = 0 if end < width - 1 else max(0, start - width // 4)
    kept = "…" if first else ""
    shift = first - len(kept)
    room = width - len(kept) - 1
    for character in line[first:]:
        room -= _columns_of(character)
        if room < 0:
            kept += "…"
            break
        kept += character
    return kept, start - shift, min(end - shift, len(kept))
