r"""Pipe, grid and simple tables, line by line.

Pipe tables are split as GitHub does: a ``|`` ends a cell, in code too, unless ``\`` stands
before it.  Used by the readers of :mod:`sphinx_arco_parity.text.blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from unicodedata import east_asian_width

from sphinx_arco_parity.text.blocks.model import Cell, Row, Table

_BAR = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(
    r"(?!-[ \t])\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+"
)
_SPAN = re.compile(r"(?<!`)(`++)(?:(?!\1).)+?(?<!`)\1(?!`)")
_BORDER = re.compile(r"\+(?:[-=]++\+)++[ \t]*+")
_SIMPLE = re.compile(r"={2,}+(?: ++={2,}+)++[ \t]*+")
_CORNER = re.compile(r"(?<=[-=])\+|\+(?=[-=])")


def delimiter_width(line: str) -> int:
    """Return the columns of a line between header and rows; 0 if it is none.

    A line of hyphens alone underlines a heading, and one with a space after the first
    begins a list.
    """
    if not _DELIMITER.fullmatch(line) or not line.rstrip().strip("-"):
        return 0
    return len(re.findall("-+", line))


def is_delimiter(line: str) -> bool:
    """Return whether *line* stands between rows of a pipe table or a grid table."""
    bare = line.strip()
    return delimiter_width(bare) > 0 or _BORDER.fullmatch(bare) is not None


def split_row(text: str, line: int = 1, column: int = 0, *, width: int | None = None) -> Row:
    r"""Return a row of a pipe table.

    :param text: the line, without marks of a list or quotation before the row.
    :param line: its number.
    :param column: where *text* begins in the source line.
    :param width: how many cells the row should have, which decides what is meant.
    """
    cells = _cells(text, text, line, column)
    meant: tuple[Cell, ...] = ()
    if width is not None and len(cells) > width and "`" in text:
        masked = _SPAN.sub(lambda match: match[0].replace("|", "\0"), text)
        meant = _cells(text, masked, line, column)
    return Row(cells=cells, line=line, meant=meant if len(meant) == width else ())


def _cells(text: str, masked: str, line: int, column: int) -> tuple[Cell, ...]:
    """Split *text* at the bars of *masked*, which is as long."""
    end = len(masked.rstrip())
    start = len(masked) - len(masked.lstrip())
    bars = [bar.start() for bar in _BAR.finditer(masked, start, end)]
    if bars and bars[0] == start:
        start = bars.pop(0) + 1
    if start >= end:
        return ()
    if bars and bars[-1] == end - 1:
        end = bars.pop()
    cells = []
    for before, after in pairwise([start - 1, *bars, end]):
        raw = text[before + 1 : after]
        bare = raw.strip()
        first = column + before + 1 + (len(raw) - len(raw.lstrip()) if bare else 0)
        said = bare.replace("\\|", "|")
        cells.append(Cell(text=said, line=line, start=first, end=first + len(bare)))
    return tuple(cells)


def grid_table(lines: Sequence[str], first: int) -> Table | None:
    """Return the grid table that *lines* are, the first of which has number *first*."""
    border = lines[0].strip()
    if not _BORDER.fullmatch(border):
        return None
    edges = [index for index, mark in enumerate(border) if mark == "+"]
    header: tuple[Cell, ...] = ()
    rows: list[Row] = []
    part: list[list[str]] = []
    for number, line in enumerate(lines[1:], first + 1):
        bare = line.strip()
        if not bare.startswith("+"):
            part.append(_grid_texts(bare, edges))
            continue
        if part:
            texts = ["\n".join(column).strip() for column in zip(*part, strict=False)]
            rows.append(_row(texts, number - len(part)))
        if "=" in bare and not header and rows:
            header = rows.pop(0).cells
        part = []
    last = first + len(lines) - 1
    return Table(header=header, rows=tuple(rows), line=first, last=last)


def _grid_texts(line: str, edges: Sequence[int]) -> list[str]:
    """Return the cells of a line, by the places of the border where it keeps to them."""
    if all(line[edge : edge + 1] == "|" for edge in edges):
        pairs = pairwise(edges)
        return [line[left + 1 : right].strip() for left, right in pairs]
    return split_row(line).texts


def simple_table(lines: Sequence[str], at: int) -> Table | None:
    """Return the simple table that begins at ``lines[at]``; ``None`` if it never ends."""
    borders: list[int] = []
    for index in range(at, len(lines)):
        if _SIMPLE.fullmatch(lines[index].strip()):
            borders.append(index)
            closes = index + 1 == len(lines) or not lines[index + 1].strip()
            if closes and len(borders) > 1:
                break
    else:
        return None
    columns = [match.start() for match in re.finditer("=+", lines[at])]
    head = _simple_rows(lines, at + 1, borders[-2], columns)
    header = next(head, None)
    return Table(
        header=header.cells if header else (),
        rows=tuple(_simple_rows(lines, borders[-2] + 1, borders[-1], columns)),
        line=at + 1,
        last=borders[-1] + 1,
    )


def _simple_rows(
    lines: Sequence[str], start: int, end: int, columns: Sequence[int]
) -> Iterator[Row]:
    """Give the rows between two borders; a line with an empty first column goes on."""
    edges = [*columns, None]
    row: list[str] = []
    number = 0
    for index in range(start, end):
        texts = [lines[index][left:right].strip() for left, right in pairwise(edges)]
        if row and not texts[0]:
            row = [f"{text}\n{more}".strip() for text, more in zip(row, texts, strict=True)]
            continue
        if row:
            yield _row(row, number)
        row, number = (texts, index + 1) if any(texts) else ([], 0)
    if row:
        yield _row(row, number)


def cell_end(lines: Sequence[str], index: int, column: int) -> int | None:
    """Return where the cell of a grid or simple table ends that has *column* of a line.

    :param index: of the line; a simple table may end right of its last character.
    :returns: ``None`` if that is in no such cell, or in one whose text may grow.
    """
    padded = _padded(lines[index])
    column = len(_padded(lines[index][:column]))
    if padded.lstrip().startswith("|"):
        above = takewhile(lambda line: line.lstrip().startswith(("|", "+")), lines[:index][::-1])
        edges = {corner.start() for line in above for corner in _CORNER.finditer(_padded(line))}
        ends = [end for end in edges if padded[end : end + 1] == "|"]
    else:
        ends = _simple_edges(lines[: index + 1])
    end = min((end for end in ends if end >= column), default=None)
    return None if end is None else end - padded.count("\0", 0, end)


def _simple_edges(lines: Sequence[str]) -> list[int]:
    """Return where the columns end, the last apart, of the simple table around the last line."""
    for below, border in pairwise(reversed(lines)):
        if _SIMPLE.fullmatch(border.strip()):
            ends = [run.end() for run in re.finditer("=+", border)]
            return ends[:-1] if below.strip() else []
    return []


def _padded(line: str) -> str:
    """Return *line* with a character for each of its columns, as docutils counts them."""
    wide = (f"{mark}\0" if east_asian_width(mark) in "WF" else mark for mark in line)
    return line if line.isascii() else "".join(wide)


def _row(texts: Sequence[str], line: int) -> Row:
    return Row(cells=tuple(Cell(text=text, line=line) for text in texts), line=line)
