"""Tables of a page that declare: which they are, their rows, and the line of each row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.declarations.columns import (
    Columns,
    is_legend,
    is_tally,
    map_columns,
    recognise,
    telling_header,
)
from sphinx_arco_parity.extension.nodes import DECLARING, DeclaringTable
from sphinx_arco_parity.extension.reading.cell_text import CellReader, roles_within
from sphinx_arco_parity.extension.reading.html_tables import html_tables
from sphinx_arco_parity.extension.reading.lines import find_row, inline_links, lines_of, row_words
from sphinx_arco_parity.extension.reading.table_rows import (
    declare,
    floor_of,
    positions,
    section_of,
    show_columns,
    source_of,
)
from sphinx_arco_parity.model.records import ParityException, ParityRow, Place, Problem
from sphinx_arco_parity.text.blocks import split_row
from sphinx_arco_parity.text.words import header_key, plain, value

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.reading.document_data import WrappedTable

#: A heading of one word and a digit is an id.
_BARE_ID = re.compile(r"^(?=\S*\d)\S+$").match

#: Rows found further away than this from where they should be are not ours.
_NEAR = 3

#: Lines that a row of a list table may take, and more.
_LONGEST_ROW = 100


@dataclass(slots=True)
class TableRow:
    """A row of the body, with the texts of its cells."""

    node: nodes.row
    texts: list[str]
    line: int = 0


class TableReader:
    """Reads the declaring tables of one page into records."""

    def __init__(self, env: BuildEnvironment, document: nodes.document, cells: CellReader) -> None:
        self.env = env
        self.document = document
        self.cells = cells
        self.settings = cells.project.settings
        self.exceptions: list[ParityException] = []
        self.rows: list[ParityRow] = []
        self.problems: list[Problem] = []
        self.taken: list[str] = []
        self.read_tables: list[nodes.table] = []
        """The tables that were read."""
        self.cut = False
        """Whether one of them has lost columns."""
        self._page = str(env.doc2path(env.docname))

    def read(self, table: nodes.table, kinds: Sequence[str], wrapped: WrappedTable | None) -> bool:
        """Read *table* if it is one of *kinds*; tell whether it was.

        A wrapped table is read whatever it is, and a problem says what it lacks.
        """
        head, body = self._split(table)
        if not head:
            return False
        texts = [row.texts for row in body]
        if wrapped:
            columns: Columns | None = map_columns(head, wrapped.kind, self.settings, texts)
            if columns and columns.missing:
                self._lacks(table, columns)
                return False
        else:
            columns = recognise(head, kinds, self.settings, texts)
        if columns is None:
            self._not_recognised(table, head, texts, kinds)
            return False
        if not wrapped and is_legend(columns, texts, self.settings):
            return True
        if not wrapped and is_tally(columns, texts, self.settings):
            self._not_read(
                table,
                columns,
                "its statuses are numbers",
                "if they are statuses, say what each means: `parity_statuses = "
                f'{{"{texts[0][columns.fields.index("status")]}": "Implemented"}}`',
            )
            return False
        self._find_lines(table, body)
        self._declare(table, columns, body, wrapped)
        self.taken.append(columns.kind)
        shown = list(range(len(columns.fields)))
        if wrapped and wrapped.columns:
            shown = self._show(table, columns, wrapped) or shown
        names = tuple(columns.fields[position] or "" for position in shown)
        self.read_tables.append(table)
        table[DECLARING] = DeclaringTable(self.env.docname, columns.kind, names)
        table["classes"] += ["parity-table", f"parity-{columns.kind}"]
        return True

    def _show(self, table: nodes.table, columns: Columns, wrapped: WrappedTable) -> list[int]:
        """Leave the columns that the directive names; return their positions."""
        chosen, unknown = positions(columns, wrapped.columns)
        for name in unknown:
            self._problem(
                table,
                f"parity-{columns.kind}: `columns` names “{name}”, which is no column of the table",
                f"its columns are {', '.join(columns.headers)}",
                f"parity-{columns.kind}",
            )
        if not chosen or not show_columns(table, chosen):
            return []
        self.cut = True
        return chosen

    def _split(self, table: nodes.table) -> tuple[list[str], list[TableRow]]:
        """Return the texts of the header, and the rows of the body."""
        group = next(table.findall(nodes.tgroup), None)
        if group is None:
            return [], []
        head = next((n for n in group.children if isinstance(n, nodes.thead)), None)
        body = next((n for n in group.children if isinstance(n, nodes.tbody)), None)
        rows = [row for row in (body.children if body else []) if isinstance(row, nodes.row)]
        if head is not None and head.children:
            headers = self._texts(list(head.children))[-1]
        elif rows:  # list-table without header-rows: the first row is the header
            headers, rows = self._texts(rows[:1])[0], rows[1:]
        else:
            return [], []
        texts = self._texts(rows)
        return headers, [TableRow(r, t) for r, t in zip(rows, texts, strict=True)]

    def _texts(self, rows: Sequence[nodes.Node]) -> list[list[str]]:
        """Return the texts of the cells; what spans stands in each place it covers."""
        below = defaultdict[int, list[str]](list)
        result = []
        for row in rows:
            texts: list[str] = []
            for entry in (*row.children, None):
                while below[len(texts)]:
                    texts.append(below[len(texts)].pop())
                if isinstance(entry, nodes.Element):
                    text = self.cells.text(entry)
                    for _ in range(entry.get("morecols", 0) + 1):
                        below[len(texts)] = [text] * entry.get("morerows", 0)
                        texts.append(text)
            result.append(texts)
        return result

    def _find_lines(self, table: nodes.table, body: Sequence[TableRow]) -> None:
        """Set the line of each row: a pipe table's rows follow its header."""
        source = source_of(table, self._page)
        lines = lines_of(source)
        first = table.line if "colwidths-auto" in table["classes"] else None
        floor = floor_of(table, source)
        for number, row in enumerate(body):
            words = row_words(map(plain, row.texts))
            if first:
                row.line = _pipe_line_of(words, lines, first + 2 + number)
                self._find_targets(row, lines, 1)
                self._check_cells(table, row, lines)
            else:
                row.line = _line_of(row, words, lines, floor)
                self._find_targets(row, lines, _LONGEST_ROW)
            floor = row.line + 1

    def _find_targets(self, row: TableRow, lines: Sequence[str], reach: int) -> None:
        """Give back the lines of links that the parser has dropped."""
        if not any("](/" in text for text in row.texts):
            return
        first = max(row.line - 1, 0)
        source = inline_links("\n".join(lines[first : first + reach]), lines)
        row.texts = self.cells.with_lines(row.texts, source)

    def _check_cells(self, table: nodes.table, row: TableRow, lines: Sequence[str]) -> None:
        """Report a row of a pipe table that has more cells than columns.

        Markdown drops the rest in silence; most often a ``|`` in code is not escaped.
        """
        if not 0 < row.line <= len(lines):
            return
        line = lines[row.line - 1]
        if line.count("|") <= len(row.texts) + line.rstrip().endswith("|"):
            return  # each cell begins with one
        column = len(line) - len(line.lstrip("> \t"))
        width = len(row.texts)
        split = split_row(line[column:], row.line, column, width=width)
        cells = split.cells if line[column : column + 1] == "|" else ()
        if any(cell.text for cell in cells[width:]):
            if split.meant:
                # One mistake is one finding: the cells are taken as they were meant.
                row.texts = split.texts
            lost = " | ".join(line[cell.start : cell.end] for cell in cells[width:])
            self._problem(
                table,
                f"the row has {len(cells)} cells where the table has {len(row.texts)}; "
                f"“{lost}” is dropped",
                r"write a | that belongs to a cell as \|, in code too",
                plain(row.texts[0]) if row.texts else "",
                row.line,
            )

    def _lacks(self, table: nodes.table, columns: Columns) -> None:
        missing = " and ".join(f"`{name}`" for name in columns.missing)
        self._problem(
            table,
            f"parity-{columns.kind}: the table has no column for {missing}; its headers "
            f"are {', '.join(h or '(empty)' for h in columns.headers)}",
            "rename a header, or map it with `parity_columns = "
            f'{{"{columns.kind}": {{"Header": "{columns.missing[0]}"}}}}`',
            f"parity-{columns.kind}",
        )

    def note_html(self, kinds: Sequence[str]) -> None:
        """Report the HTML tables of the page that seem to be of one of *kinds*."""
        if any("<table" in line.lower() for line in lines_of(self._page)):
            parts = self.document.findall(nodes.raw)
            for part, line, columns in html_tables(parts, kinds, self.settings):
                help_text = "if it belongs here, write it in Markdown or reStructuredText"
                self._not_read(part, columns, "it is written in HTML", help_text, line)

    def _not_recognised(
        self,
        table: nodes.table,
        head: Sequence[str],
        texts: Sequence[Sequence[str]],
        kinds: Sequence[str],
    ) -> None:
        kind = "matrix" if "matrix" in kinds else kinds[0]
        columns = map_columns(head, kind, self.settings)
        missing = columns.missing[-1]
        self._not_read(
            table,
            columns,
            f"no column is the {missing}",
            "if it belongs here, map a header, as in `parity_columns = "
            f'{{"{kind}": {{"{telling_header(columns, texts)}": "{missing}"}}}}`',
        )

    def _not_read(
        self, table: nodes.Element, columns: Columns, why: str, help_text: str, line: int = 0
    ) -> None:
        headers = ", ".join(f"`{header}`" for header in columns.headers if header)
        self._problem(
            table,
            f"the table with the headers {headers} is not read: {why}",
            help_text,
            " ".join(columns.headers),
            line,
            rule="table-not-read",
        )

    def _problem(
        self,
        table: nodes.Element,
        message: str,
        help_text: str,
        item: str,
        line: int | None = None,
        *,
        rule: str = "malformed-declaration",
    ) -> None:
        self.problems.append(
            Problem(
                rule=rule,
                message=message,
                help=help_text,
                item=item,
                docname=self.env.docname,
                place=Place(path=self._path(table), line=line or table.line or 1),
            )
        )

    def _declare(
        self,
        table: nodes.table,
        columns: Columns,
        body: Sequence[TableRow],
        wrapped: WrappedTable | None,
    ) -> None:
        section = (wrapped.section if wrapped else "") or section_of(table)
        path = self._path(table)
        for row in body:
            heading = _group_heading(row, columns)
            if heading:
                section = heading
            elif any(map(value, row.texts)) and not _is_header(row, columns):
                place = Place(path=path, line=row.line)
                roles = [(kind, name, place) for _xref, kind, name in roles_within(row.node)]
                declare(self.document, self, row.node, columns, row.texts, place, section, roles)

    def _path(self, table: nodes.Element) -> str:
        return self.cells.project.relative_source(source_of(table, self._page))


def _pipe_line_of(words: Sequence[str], lines: Sequence[str], guess: int) -> int:
    """Return the line of a row that should stand on the line *guess*."""
    around = [g for d in range(1, _NEAR + 1) for g in (guess + d, guess - d)]
    found = find_row(lines, words, [guess, *around])
    if not found and "|" not in "".join(lines[guess - 1 : guess]):
        # MyST 4 miscounts the lines of a part that a page includes.
        found = find_row(lines, words, range(1, len(lines) + 1))
    return found or guess


def _line_of(row: TableRow, words: Sequence[str], lines: Sequence[str], floor: int) -> int:
    """Return the line of a row that stands at or below the line *floor*."""
    own = next((part.line for part in row.node.findall(nodes.paragraph) if part.line), None)
    first = row_words([next(filter(None, map(plain, row.texts)), "")])[:2]
    if own and floor <= own <= len(lines) and find_row(lines, first, [own]):
        return own
    below = range(floor, len(lines) + 1)
    # Its first cells stand on one line, or its first cell does where they have several.
    found = find_row(lines, words[:4], below) or find_row(lines, first, below)
    return found or own or floor


def _group_heading(row: TableRow, columns: Columns) -> str:
    """Return the text of a row that says one thing alone: a heading within its table."""
    filled = [text for text in row.texts if text]
    spanning = all(row.texts) and len(set(filled)) == 1
    if len(columns.fields) < 3 or not (len(filled) == 1 or spanning):
        return ""
    heading = plain(filled[0])
    place = columns.index("id")
    if place is not None and row.texts[place] and not spanning and _BARE_ID(heading):
        return ""  # an id without anything else is an incomplete declaration
    return heading


def _is_header(row: TableRow, columns: Columns) -> bool:
    """Tell whether the row repeats the header, as long tables do."""
    return len(row.texts) == len(columns.headers) and all(
        header_key(text) == header_key(header)
        for text, header in zip(row.texts, columns.headers, strict=True)
    )
