"""Pipe tables of Markdown and grid tables, as far as lists of ADRs need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITER = re.compile(
    r"^\s*+(?:[|+]\s*+)?:?[-=]++:?\s*+(?:[|+]\s*+:?[-=]++:?\s*+)*+(?:[|+]\s*+)?$"
)
_CELL = re.compile(r"(?:\\.|`+[^`]*`+|[^|\\])+|(?<=\|)(?=\|)")
_LIST_TABLE = re.compile(r"^(?P<indent>\s*)(?:\.\. |[`:]{3,}\{)list-table(?:::|\})")
_ROW = re.compile(r"^(?P<indent>\s*)[*-] - (?P<text>.*)$")
_MORE = re.compile(r"^(?P<indent>\s*)- (?P<text>.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its header's cells, and (line, cells) of each row."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def cells_of(line: str) -> list[str]:
    """Return the cells of a line of a pipe table; a bar in code does not end one."""
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells, start, code = [""], 0, False
    while start < len(inner):
        character = inner[start]
        if character == "\\" and start + 1 < len(inner):
            cells[-1] += inner[start : start + 2].replace("\\|", "|")
            start += 2
            continue
        if character == "`" and (code or "`" in inner[start + 1 :]):
            code = not code
        if character == "|" and not code:
            cells.append("")
        else:
            cells[-1] += character
        start += 1
    return [cell.strip() for cell in cells]


def is_delimiter(line: str) -> bool:
    """Tell whether *line* stands between a table's header and its rows."""
    return _DELIMITER.match(line) is not None and set(line.strip()) - set("=") != set()


def tables_of(lines: Sequence[str]) -> Iterator[Table]:
    """Give the pipe, grid and list tables among *lines*, the first of which is 1."""
    yield from _piped(lines)
    yield from _listed(lines)


def _piped(lines: Sequence[str]) -> Iterator[Table]:
    i = 0
    while i < len(lines) - 1:
        if "|" not in lines[i] or not is_delimiter(lines[i + 1]):
            i += 1
            continue
        header, i = tuple(cells_of(lines[i])), i + 2
        rows: list[tuple[int, tuple[str, ...]]] = []
        while i < len(lines) and ("|" in lines[i] or is_delimiter(lines[i])):
            if not is_delimiter(lines[i]):
                rows.append((i + 1, tuple(cells_of(lines[i]))))
            i += 1
        yield Table(header=header, rows=tuple(rows))


def _listed(lines: Sequence[str]) -> Iterator[Table]:
    for i, line in enumerate(lines):
        if _LIST_TABLE.match(line):
            rows = list(_list_rows(lines, i + 1))
            if rows:
                yield Table(header=rows[0][1], rows=tuple(rows[1:]))


def _list_rows(
    lines: Sequence[str], start: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    line, cells = 0, list[str]()
    for number, text in enumerate(lines[start:], start + 1):
        row, more = _ROW.match(text), _MORE.match(text)
        if row:
            if cells:
                yield line, tuple(cells)
            line, cells = number, [row["text"].strip()]
        elif more and cells:
            cells.append(more["text"].strip())
        elif (
            text.strip() and not text.lstrip().startswith(":") and not text[0].isspace()
        ):
            break
    if cells:
        yield line, tuple(cells)
