"""Where a word stands in a source file: the lines that parsers lose or bend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import docutils
from docutils import nodes

#: What directives may stand in without standing in another one.
ROOTS = (nodes.document, nodes.section)

#: How many lines a line may be off because of directives within directives.
NESTED = 8

_WORD = re.compile(r"\w+")
#: Markdown has no other line ends; docutils takes U+2028, U+0085 and U+001C for some.
_LINE_END = re.compile(r"\r\n|\r|\n")
#: What docutils takes for a blank.
_BLANK = re.compile(r"[\v\f]")
_ODD_END = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Before, these end a line while a file is read, and are no blanks afterwards.
_KEEPS_BLANKS = (0, 22)
_ROLE = re.compile(r"^:(?P<name>[\w:+.-]+):(?P<text>`.*)$")
_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\]]+)\]:\s*<?(?P<target>[^\s<>]+)>?")
_REFERRED = re.compile(r"\[(?P<text>[^\[\]]*)\]\[(?P<label>[^\[\]]*)\]")


#: Absolute paths of files that an editor has changed and not saved, with their texts.
UNSAVED: dict[str, str] = {}


def _unsaved(path: str) -> str | None:
    return UNSAVED.get(str(Path(path).absolute())) if UNSAVED else None


def _text(path: str) -> str:
    unsaved = _unsaved(path)
    if unsaved is not None:
        return unsaved
    return Path(path).read_text(encoding="utf-8-sig", errors="replace")


@lru_cache(maxsize=16)
def _read(path: str, _stamp: int, _unsaved: int) -> tuple[str, ...]:
    try:
        text = _text(path)
    except OSError:
        return ()
    if path.endswith((".rst", ".txt")):
        return tuple(_without_blanks(text).splitlines())
    if path.endswith((".csv", ".tsv")):
        return tuple(text.splitlines())
    return tuple(_LINE_END.split(text.removesuffix("\n")))


def _without_blanks(text: str) -> str:
    return _BLANK.sub(" ", text) if docutils.__version_info__ >= _KEEPS_BLANKS else text


def lines_of(path: str) -> tuple[str, ...]:
    """Return the lines of a file; nothing if it cannot be read.

    ``path`` is absolute or relative to the working folder, as parsers give it.
    """
    try:
        stamp = Path(path).stat().st_mtime_ns
    except OSError:
        return ()
    return _read(path, stamp, hash(_unsaved(path)))


def line_in_file(path: str) -> Callable[[int], int] | None:
    """Return what makes a line of docutils one of the file, ``None`` if they are the same."""
    if not path.endswith((".rst", ".txt")):
        return None
    try:
        text = _text(path)
    except OSError:
        return None
    if not _ODD_END.search(text):
        return None
    lines = enumerate(_without_blanks(text).split("\n"), 1)
    found = [number for number, line in lines for _ in f"{line}\n".splitlines()]
    return lambda line: found[min(max(line, 1), len(found)) - 1]


def find_text(lines: Sequence[str], text: str, start: int, reach: int = 60) -> int:
    """Return the first line from *start* on that holds *text*, or *start*.

    Lines count from 1; at most *reach* lines are looked at, and a blank line after the
    first ends the paragraph.
    """
    first = max(start, 1)
    for number in range(first, min(first + reach, len(lines) + 1)):
        if text in lines[number - 1]:
            return number
    return first


def find_line(lines: Sequence[str], text: str, line: int) -> int:
    """Return the first line from *line* on that says just *text*, or *line*."""
    wanted = text.strip()
    for number in range(max(line, 1), len(lines) + 1):
        if lines[number - 1].strip() == wanted:
            return number
    return line


def find_fence(lines: Sequence[str], name: str, line: int) -> int:
    """Return the line of the fence of the MyST directive *name* that is given as *line*.

    MyST counts a line too many for each directive around it whose body begins at once
    with another directive.
    """
    for number in range(min(line, len(lines)), max(line - NESTED, 0), -1):
        if f"{{{name}}}" in lines[number - 1]:
            return number
    return line


def find_markup(
    lines: Sequence[str], markup: str, start: int, reach: int = 60, before: int = 0
) -> int | None:
    """Return the line on which the inline *markup* of a role begins, or ``None``.

    It is looked for from *start* on, and may go over several lines; if *start* itself has
    none, in the *before* lines above it.  MyST's own form is tried too, because its
    parser gives roles as reStructuredText writes them.
    """
    match = _ROLE.match(" ".join(markup.split()))
    if match is None:
        return None
    name, rest = re.escape(match["name"]), re.escape(match["text"])
    wanted = re.compile(rf"(?<![\w:+.-])(?::{name}:|\{{{name}\}}){rest}")
    here = lines[start - 1 : start]
    if before and not any(map(wanted.search, here)):
        above = _first_match(lines, wanted, max(start - before, 1), before)
        if above is not None:
            return above
    return _first_match(lines, wanted, max(start, 1), reach)


def _first_match(
    lines: Sequence[str], wanted: re.Pattern[str], first: int, reach: int
) -> int | None:
    """Return the line on which the first match of *wanted* begins."""
    text, begins = "", []
    for number in range(first, min(first + reach, len(lines) + 1)):
        begins.append((len(text), number))
        text += " ".join(lines[number - 1].lstrip("> \t").split()) + " "
    found = wanted.search(text)
    if found is None:
        return None
    return max(number for at, number in begins if at <= found.start())


def find_row(lines: Sequence[str], words: Sequence[str], guesses: Iterable[int]) -> int | None:
    """Return the first of *guesses* whose line holds all *words* of a table's row.

    ``None`` if there is none, or if the row has no words.
    """
    wanted = [word for word in words if word]
    if not wanted:
        return None
    for number in guesses:
        if 0 < number <= len(lines) and all(word in lines[number - 1] for word in wanted):
            return number
    return None


def row_words(cells: Iterable[str]) -> list[str]:
    """Return words by which a row's line is known: those of its first cells."""
    found: list[str] = []
    for cell in cells:
        found += _WORD.findall(cell)[:6]
        if len(found) >= 4:
            break
    return found[:12]


def inline_links(text: str, lines: Sequence[str]) -> str:
    """Return *text* with Markdown's ``[x][label]`` as ``[x](target)``.

    The labels are those that *lines*, the whole file, define.
    """
    if "][" not in text:
        return text
    found = (_DEFINITION.match(line) for line in lines)
    targets = {_label(match["label"]): match["target"] for match in found if match}

    def inlined(match: re.Match[str]) -> str:
        target = targets.get(_label(match["label"] or match["text"]))
        return f"[{match['text']}]({target})" if target else match[0]

    return _REFERRED.sub(inlined, text)


def _label(text: str) -> str:
    return " ".join(text.casefold().split())
