"""Tables and cards as docutils' own nodes, for every builder that is not HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.extension.showing.targets import Target, reference
from sphinx_arco_parity.views.inline import Part, plain_text
from sphinx_arco_parity.views.marks import MARKS, class_of, glyph_of
from sphinx_arco_parity.views.tables import Column, Line, Table

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_arco_parity.views.cards import Card
    from sphinx_arco_parity.views.inline import Cell
    from sphinx_arco_parity.views.pictures.drawing import Picture


_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_JOINTS = re.compile(r"(?<=[/_.:\-{},])(?=[A-Za-z0-9])|(?<=[a-z])(?=[A-Z])")


def keep_breaks(table: nodes.table, builder: Builder) -> None:
    """Put what *builder* can write in the place of each ``<br>`` of an author's *table*.

    That is raw HTML: strict XHTML refuses it unclosed, and every other builder drops it and
    runs the lines together.
    """
    for raw in list(table.findall(nodes.raw)):
        if _BREAK.fullmatch(raw.astext().strip()):
            raw.parent.replace(raw, line_break(builder.format))


def break_code(table: nodes.table) -> None:
    """Let LaTeX break the code in *table* where a path or a name has joints.

    Its cells are narrow, and code that cannot be broken runs into the next one.
    """
    for literal in list(table.findall(nodes.literal)):
        pieces = _JOINTS.split(literal.astext())
        broken: list[nodes.Node] = []
        for piece in filter(None, pieces):
            if broken:
                broken.append(nodes.raw("", r"\allowbreak{}", format="latex"))
            broken.append(nodes.literal(piece, piece))
        if len(broken) > 1:
            literal.parent.replace(literal, broken)


def line_break(output: str) -> nodes.Node:
    """Return a break as *output*, the format of a builder, writes it."""
    if output == "html":
        return nodes.raw("", "<br />", format="html")
    if output == "latex":
        return nodes.raw("", r"\newline ", format="latex")
    return nodes.Text("; ")


#: Builders whose output cannot show every glyph; the word says the same.
_WORDS_ONLY = {"latex", "texinfo", "man"}

#: Builders whose tables have no cells that span columns.
_NO_SPANS = {"man", "texinfo"}

#: A column is at least and at most this many characters wide.
_NARROW, _WIDE = 6, 40


class NodeEmitter:
    """Makes nodes for one page and builder."""

    def __init__(
        self, builder: Builder, docname: str, find: Callable[[tuple[str, str]], Target | None]
    ) -> None:
        self.builder = builder
        self.docname = docname
        self.find = find
        self.glyphs = builder.format not in _WORDS_ONLY
        self.html = builder.format == "html"

    def table(self, table: Table, anchor: str) -> list[nodes.Node]:
        """Return *table*, or a paragraph if nothing matches."""
        if not table.lines:
            return [_empty(anchor, table.empty)]
        classes = ["parity-table", f"parity-{table.kind}"]
        node = nodes.table("", classes=classes, ids=[anchor])
        if table.caption:
            node += nodes.title("", table.caption)
        group = nodes.tgroup("", cols=len(table.columns))
        node += group
        for width in widths(table):
            group += nodes.colspec("", colwidth=width)
        head = nodes.row()
        for column in table.columns:
            head += nodes.entry("", nodes.paragraph("", _(column.label)))
        group += nodes.thead("", head)
        group += nodes.tbody("", *self._lines(table))
        notes = [nodes.paragraph("", "", *self.cell(note)) for note in table.notes]
        return [node, *notes]

    def pictures(self, pictures: Sequence[Picture], anchor: str) -> list[nodes.Node]:
        """Return the table behind each picture, with the picture's title."""
        if not pictures:
            return [_empty(anchor)]
        found: list[nodes.Node] = [nodes.target("", "", ids=[anchor])]
        for picture in pictures:
            labels = [Column(header, header) for header in picture.table.headers]
            lines = [Line(tuple((Part(text),) for text in row)) for row in picture.table.rows]
            table = Table(
                kind=picture.name, columns=tuple(labels), lines=tuple(lines), caption=picture.title
            )
            found += self.table(table, f"{anchor}-{picture.name}")
            found.append(nodes.paragraph("", picture.description))
        return found

    def _lines(self, table: Table) -> list[nodes.row]:
        rows: list[nodes.row] = []
        group = ""
        for line in table.lines:
            if line.group and line.group != group:
                name = nodes.paragraph("", "", nodes.strong("", line.group))
                rows.append(self.across([name], len(table.columns)))
            group = line.group
            cells = [nodes.paragraph("", "", *self.cell(cell)) for cell in line.cells]
            entries = [nodes.entry("", cell) for cell in cells]
            if line.anchor:
                entries[0].insert(0, nodes.target("", "", ids=[line.anchor]))
            rows.append(nodes.row("", *entries, classes=list(line.classes)))
            if line.below:
                rows.append(self.across(self.findings(line.below), len(table.columns)))
        return rows

    def across(self, content: Sequence[nodes.Node], width: int) -> nodes.row:
        """Return a row of one cell over *width* columns, with *content*."""
        entry = nodes.entry("", *content)
        if self.builder.format in _NO_SPANS:
            empty = (nodes.entry("", nodes.paragraph()) for _column in range(width - 1))
            return nodes.row("", entry, *empty)
        entry["morecols"] = width - 1
        return nodes.row("", entry)

    def cell(self, cell: Cell) -> list[nodes.Node]:
        """Return the parts of *cell*."""
        return [self._part(part) for part in cell]

    def _part(self, part: Part) -> nodes.Node:
        if part.kind == "break":
            return line_break(self.builder.format)
        if part.kind in MARKS:
            return self.mark(part.kind, part.text)
        if part.kind == "label":
            return nodes.inline("", f"{_(part.text)}:", classes=["parity-label"])
        inner: nodes.Node
        if part.kind == "code":
            inner = nodes.literal(part.text, part.text)
        elif part.kind == "strong":
            inner = nodes.strong("", part.text)
        else:
            inner = nodes.Text(part.text)
        return (self.link(part.link, [inner]) if part.link else None) or inner

    def link(self, link: tuple[str, str], children: Sequence[nodes.Node]) -> nodes.reference | None:
        """Return a link around *children*, or ``None`` if it leads nowhere."""
        target = self.find(link)
        return reference(self.builder, self.docname, target, children) if target else None

    def mark(self, kind: str, word: str) -> nodes.inline:
        """Return a status, verdict or severity as words with a class."""
        glyph = glyph_of(kind, word) if self.glyphs else ""
        text = f"{glyph} {_(word)}".strip()
        classes = ["parity-mark", class_of(kind, word)]
        return nodes.inline("", text, classes=classes)

    def card(self, card: Card, anchor: str, body: list[nodes.Node]) -> list[nodes.Node]:
        """Return a declaration: its title, fields, body, and what cites it."""
        target = nodes.target("", "", ids=[anchor])
        if card.kind == "claim" and not (card.id or card.fields or card.findings):
            return [target, *body]
        term = nodes.term("", "")
        if card.id:
            term += nodes.strong("", card.id)
            term += nodes.Text(" ")
        term += self.cell(card.title)
        if card.marks:
            term += nodes.Text(" — ")
            term += self.cell(card.marks)
        definition = nodes.definition()
        if card.fields:
            fields = nodes.field_list()
            for label, cell in card.fields:
                text = nodes.field_body("", nodes.paragraph("", "", *self.cell(cell)))
                fields += nodes.field("", nodes.field_name("", _(label)), text)
            definition += fields
        definition += body
        if card.cited:
            definition += self.cited(card.cited)
        definition += self.findings(card.findings)
        if not term.children:
            return [target, *definition.children]
        if not definition.children:
            definition += nodes.paragraph()
        entry = nodes.definition_list_item("", term, definition)
        return [target, nodes.definition_list("", entry)]

    def cited(self, cell: Cell) -> nodes.paragraph:
        """Return what cites a declaration as a paragraph."""
        words = nodes.Text(f"{_('Cited by')} — ")
        return nodes.paragraph("", "", words, *self.cell(cell), classes=["parity-cited"])

    def findings(self, findings: Sequence[Cell]) -> list[nodes.Node]:
        """Return each finding as a paragraph of its own; its first part is its severity."""
        return [
            nodes.paragraph(
                "",
                "",
                *self.cell(cell),
                classes=["parity-finding", class_of("severity", cell[0].text)],
            )
            for cell in findings
        ]


def _empty(anchor: str, text: str = "") -> nodes.paragraph:
    shown = text or _("Nothing matches.")
    return nodes.paragraph("", shown, ids=[anchor], classes=["parity-empty"])


def widths(table: Table) -> list[int]:
    """Return the widths of the columns in characters, by what stands in them.

    Equal widths would make the text builder print one letter a line.
    """
    return [
        width_of([column.label, *(plain_text(line.cells[number]) for line in table.lines)])
        for number, column in enumerate(table.columns)
    ]


def width_of(texts: Sequence[str]) -> int:
    """Return how wide a column with *texts* is, in characters; one of them its header.

    As wide as its longest word and as most of its cells, within limits.
    """
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    usual = sorted(len(text) for text in texts)[len(texts) * 3 // 4] if texts else 0
    return min(max(longest, usual, _NARROW), _WIDE)
