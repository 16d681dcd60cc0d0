"""Which lines of a document belong to one declaration.

Evidence stands on the line of a table's row, or on lines after the first of a directive,
of a row of a list, or of an entry of a data file.  Used by ``arco-parity fix``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATA_FILES = (".csv", ".tsv", ".yaml", ".yml", ".json")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,}|:{3,})")
#: A cell of a CSV table in the page goes on up to its closing quote.
_QUOTED_CELL = re.compile(r'(?:^|,)[ \t]*"')
_BORDER = re.compile(r"\s*\+[-=+]+\+\s*$")


def end_of_block(lines: Sequence[str], first: int, following: int, path: str) -> int:
    """Return the line after the last of the declaration that begins on line *first*.

    :param lines: of the file, with or without their ends; numbers count from 1.
    :param following: the line of the next declaration, or past the end.
    :param path: of the file; data files have entries, not markup.
    """
    limit = min(max(following, first + 1), len(lines) + 1)
    if path.lower().endswith(_DATA_FILES):
        return limit
    start = lines[first - 1]
    if start.lstrip().startswith("|"):
        return _end_of_row(lines, first, limit)
    fence = _FENCE.match(start)
    if fence:
        return _end_of_fence(lines, first, limit, fence["fence"])
    return _end_of_indented(lines, first, limit)


def _end_of_row(lines: Sequence[str], first: int, limit: int) -> int:
    """A row of a pipe table is a line; of a grid table, all up to the next border."""
    if first < 2 or not _BORDER.match(lines[first - 2]):
        return first + 1
    end = first + 1
    while end < limit and not _BORDER.match(lines[end - 1]):
        end += 1
    return end


def _end_of_fence(lines: Sequence[str], first: int, limit: int, fence: str) -> int:
    closing = re.compile(rf"\s*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    end = first + 1
    while end < limit and not closing.match(lines[end - 1]):
        end += 1
    return end


def _end_of_indented(lines: Sequence[str], first: int, limit: int) -> int:
    margin = _indent(lines[first - 1])
    end = first + 1
    quotes = lines[first - 1].count('"') if _QUOTED_CELL.search(lines[first - 1]) else 0
    while end < limit:
        line = lines[end - 1]
        if line.strip() and _indent(line) <= margin and not quotes % 2:
            break
        quotes += line.count('"')
        end += 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
