"""Where in its document the very literal stands that a finding is about.

Used by the report for a terminal and by the formats that know columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.text.blocks import split_row
from sphinx_arco_parity.text.places import find_written

SourceLine = Callable[[str, int], str | None]


def no_source(_path: str, _line: int) -> None:
    """Return no line: where the documents cannot be had."""


_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?<![\w`/.-])\.?[\w-]++(?:[./]++[\w-]++)++")
_LIST_ROW = re.compile(r"\s*[*+-] +[*+-] ")
_LIST_CELL = re.compile(r"\s*[*+-] (?! *[*+-] )")
#: Lines that a declaration may take, and more.
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a line, ``[start, end)``, from 0; a cell that is empty has none."""

    line: int
    text: str
    """The whole line."""
    start: int
    end: int
    exact: bool = True
    """Whether it is what is wrong, and not only where that is."""

    def within(self, start: int, end: int) -> Span:
        """Return a part, from its own beginning."""
        return Span(self.line, self.text, self.start + start, self.start + end)


def span_of(finding: Finding, source_line: SourceLine) -> Span | None:
    """Return where the wrong literal stands; ``None`` if the line cannot be had.

    Within the item that the finding is about, or else within its cell or option: the longest
    word that the message quotes; else that item or cell.

    :param source_line: gives the line with a number from 1 of a path of the repository.
    """
    region = region_of(finding, source_line)
    if region is None:
        return None
    item = _item(finding, region)
    words = _words(region, finding, finding.item) if item is None else _words(item, finding)
    return next(words, item or region)


def literal_of(finding: Finding, source_line: SourceLine) -> Span | None:
    """Return :func:`span_of` if it is the very literal, and on the line of the finding."""
    span = span_of(finding, source_line)
    return span if span and span.exact and span.line == finding.place.line else None


def item_of(finding: Finding, source_line: SourceLine) -> Span | None:
    """Return where the item of evidence stands that the finding is about, if that is known."""
    region = region_of(finding, source_line)
    return _item(finding, region) if region is not None else None


def words_of(finding: Finding, source_line: SourceLine) -> list[Span]:
    """Return all words of the item, cell or line that the message names, the longest first."""
    region = item_of(finding, source_line) or region_of(finding, source_line)
    return list(_words(region, finding)) if region is not None else []


def region_of(finding: Finding, source_line: SourceLine) -> Span | None:
    """Return the cell or option of the finding, else its whole line."""
    path, first = finding.place.path, finding.place.line
    text = source_line(path, first)
    if text is None or not text.strip():
        return None
    if finding.column is not None:
        return _cell(path, first, text, finding.column, source_line) or _whole(first, text)
    if finding.field:
        option = re.compile(rf"\s*:?{re.escape(finding.field)}: *")
        for line in range(first, first + _LONGEST):
            below = source_line(path, line)
            if below is None or (line > first and below.strip() in {"", ":::", "```"}):
                break
            if match := option.match(below):
                return Span(line, below, match.end(), len(below.rstrip()), exact=False)
    return _whole(first, text)


def _whole(line: int, text: str) -> Span:
    return Span(line, text, len(text) - len(text.lstrip()), len(text.rstrip()), exact=False)


def _cell(path: str, line: int, text: str, column: int, source_line: SourceLine) -> Span | None:
    """Return the cell of the row that begins on *line*."""
    if match := _LIST_ROW.match(text):
        start = match.end()
        while column and text is not None:
            line += 1
            text = source_line(path, line) or ""
            if not text.strip() or _LIST_ROW.match(text):
                return None
            if match := _LIST_CELL.match(text):
                column, start = column - 1, match.end()
        return Span(line, text, start, len(text.rstrip()), exact=False)
    margin = len(text) - len(text.lstrip("> \t"))
    cells = split_row(text[margin:], line, margin).cells
    if len(cells) < 2 or column >= len(cells):
        return None
    cell = cells[column]
    return Span(line, text, cell.start or 0, cell.end or 0, exact=False)


def _item(finding: Finding, region: Span) -> Span | None:
    """Return where the item stands in *region*, or ``None``."""
    if finding.written is None:
        return None
    item, repeats = finding.written
    item = item.split("\n")[0]
    match = find_written(item, region.text, repeats)
    if match is not None and region.start <= match.start() and match.end() <= region.end:
        return Span(region.line, region.text, *match.span())
    match = find_written(item, region.text[region.start : region.end], 0)
    return region.within(*match.span()) if match is not None else None


def _words(region: Span, finding: Finding, *more: str) -> Iterator[Span]:
    """Yield the words of *region* that the message quotes, the longest first, then paths."""
    text = region.text[region.start : region.end]
    quoted = sorted(_QUOTED.findall(finding.message), key=len, reverse=True)
    for word in (*quoted, *_PATH.findall(finding.message), *more):
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) if word.strip() else None
        at = match.start() if match else text.find(word) if word.strip() else -1
        if at >= 0:
            yield region.within(at, at + len(word))
