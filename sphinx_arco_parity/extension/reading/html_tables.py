"""Tables written in HTML, which are not read: those of a page that seem to declare.

Used by :mod:`.tables`, so that what they hold is not lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from sphinx_arco_parity.declarations.columns import Columns, is_legend, recognise
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from docutils import nodes

#: A title may stand in the rows before the headers.
_ROWS = 3


def html_tables(
    parts: Iterable[nodes.raw], kinds: Sequence[str], settings: Settings
) -> Iterator[tuple[nodes.raw, int, Columns]]:
    """Yield each table of one of *kinds* in *parts*, of one page: where it begins, and its line.

    Markdown cuts HTML at an empty line, so that a table may go on in a later part.
    """
    parser = _Parser()
    for part in parts:
        if "html" in part.get("format", "").split():
            parser.part, parser.before = part, parser.getpos()[0] - (part.line or 1)
            parser.feed(f"{part.astext()}\n")
    for part, line, rows in parser.tables:
        texts = [[" ".join(cell.split()) for cell in row] for row in rows]
        heads = (recognise(head, kinds, settings, texts[1:]) for head in texts)
        columns = next(filter(None, heads), None)
        if columns is not None and not is_legend(columns, texts[1:], settings):
            yield part, line, columns


class _Parser(HTMLParser):
    part: nodes.raw
    before: int
    """What a line of the parser is more than one of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[nodes.raw, int, list[list[str]]]] = []
        self._open: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[object]) -> None:  # noqa: ARG002
        if tag == "table":
            self._open.append([])
            self.tables.append((self.part, self.getpos()[0] - self.before, self._open[-1]))
        rows = self._open[-1] if self._open else None
        if rows is not None and tag == "tr" and len(rows) < _ROWS:
            rows.append([])
        elif rows and tag in {"td", "th"}:
            rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        rows = self._open[-1] if self._open else None
        if rows and rows[-1]:
            rows[-1][-1] += data
