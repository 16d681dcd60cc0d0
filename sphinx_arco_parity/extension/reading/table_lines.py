"""Where a table and its rows stand, as far as parsers say; used by :mod:`.tables`."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes


def source_of(table: nodes.Element, page: str) -> str:
    """Return the file in which the rows stand: a CSV file knows only its cells.

    *page* is the file of the page, which counts where the table says nothing.
    """
    own = str(table.source or page)
    if "colwidths-auto" in table["classes"]:
        return own
    paragraphs = table.findall(nodes.paragraph)
    return next((str(part.source) for part in paragraphs if part.source), own)


def floor_of(table: nodes.table, source: str) -> int:
    """Return a line of *source* before the rows; CSV tables may not know theirs."""
    node: nodes.Element = table
    if table.line and _same_file(str(table.source or source), source):
        return int(table.line)
    while (parent := node.parent) is not None:
        before = parent.children[: parent.index(node)]
        for above in (*reversed(before), parent):
            if above.line and _same_file(str(above.source or source), source):
                return int(above.line)
        node = parent
    return 1


def paragraph_line(row: nodes.row) -> int | None:
    """Return the line of the first paragraph of *row* that has one."""
    return next((p.line for p in row.findall(nodes.paragraph) if p.line), None)


def _same_file(one: str, other: str) -> bool:
    """Compare paths as parsers give them: absolute, or from where we run."""
    return Path(one).absolute() == Path(other).absolute()
