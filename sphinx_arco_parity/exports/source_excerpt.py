"""A line of source with the place underlined, as a terminal shows it.

Used by the text report.
"""

from __future__ import annotations

import re
import unicodedata

from sphinx_arco_parity.text.places import find_written

_QUOTED = re.compile(r"`([^`\n]+)`")
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


def excerpt(
    line: str, message: str, item: str, width: int, written: tuple[str, int] | None = None
) -> tuple[str, str]:
    """Return *line*, cut to *width* columns, and a line of marks beneath the place.

    The place is the longest word quoted in *message* that the line holds, else *item*,
    else the whole line.

    :param written: what the finding is about, if that is known: the text as written, and
        how often it stands before; the place is within it.
    """
    shown = printable(line.rstrip())
    start, end = _within(shown, message, written) or _place(shown, message, item)
    shown, start, end = _window(shown, start, end, max(20, width))
    marks = " " * columns(shown[:start]) + "^" * max(1, columns(shown[start:end]))
    return shown, marks


def _within(line: str, message: str, written: tuple[str, int] | None) -> tuple[int, int] | None:
    """Return the place in what is *written*, or ``None`` if the line has it not."""
    if written is None:
        return None
    text = written[0].split("\n")[0]
    # What repeats it may stand on other lines.
    match = find_written(text, line, written[1]) or find_written(text, line, 0)
    if match is None:
        return None
    at, end = _place(match[0], message, "")
    return match.start() + at, match.start() + end


def _place(line: str, message: str, item: str) -> tuple[int, int]:
    words = sorted(_QUOTED.findall(message), key=len, reverse=True)
    for word in [*map(printable, words), printable(item)]:
        at = _word_at(line, word) if word.strip() else -1
        if at >= 0:
            return at, at + len(word)
    return len(line) - len(line.lstrip()), len(line)


def _word_at(line: str, word: str) -> int:
    """Return where *word* stands as a whole word, else anywhere, else -1."""
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)
    return match.start() if match else line.find(word)


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
