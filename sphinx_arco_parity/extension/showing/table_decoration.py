"""Rows of tables that stand in the page: status, verdicts, backlinks and findings.

The table is the author's; what we know of each row is added to its cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.extension.showing.emit_html import FOLD_END, fold_html
from sphinx_arco_parity.extension.showing.emit_nodes import break_code, keep_breaks, width_of
from sphinx_arco_parity.extension.showing.evidence_marks import link_words, mark_evidence
from sphinx_arco_parity.extension.showing.targets import shown_anchor
from sphinx_arco_parity.model.fields import MATRIX, evidence_fields
from sphinx_arco_parity.views.marks import class_of, glyph_of

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_arco_parity.extension.nodes import DeclaringTable
    from sphinx_arco_parity.extension.showing.emit_nodes import NodeEmitter
    from sphinx_arco_parity.extension.showing.page_model import RowMarks
    from sphinx_arco_parity.extension.showing.page_models import PageModels

_EVIDENCE_FIELDS = frozenset(name for name, _ in evidence_fields(MATRIX))


def decorate_rows(
    table: nodes.table,
    declared: DeclaringTable,
    pages: PageModels,
    emitter: NodeEmitter,
    builder: Builder,
) -> set[tuple[str, str]]:
    """Add to the rows of *table* what is known of them; return which they were."""
    docname, _kind, names = declared
    model = pages.model(docname)
    placed: set[tuple[str, str]] = set()
    for row in _rows(table):
        for anchor in list(row["ids"]):
            marks = model.rows.get(anchor)
            if marks is None:
                continue
            _decorate_row(row, marks, names, emitter)
            placed.add((docname, anchor))
            below: list[nodes.Node] = [emitter.cited(marks.cited)] if marks.cited else []
            _put_below(row, [*below, *emitter.findings(model.findings.get(anchor, ()))], emitter)
            row["ids"][row["ids"].index(anchor)] = shown_anchor(builder, docname, anchor)
            cells = entries(row)
            if builder.format != "html" and cells:
                row["ids"].remove(anchor)
                cells[0].insert(0, nodes.target("", "", ids=[anchor]))
    keep_breaks(table, builder)
    if builder.format == "html":
        _dress(table, names)
    elif builder.format == "latex":
        _fit(table)
        break_code(table)
    return placed


def _parts(table: nodes.table) -> list[nodes.Element]:
    """Return the heads and bodies of *table*, without those of tables within it."""
    groups = (child for child in table.children if isinstance(child, nodes.tgroup))
    kinds = (nodes.thead, nodes.tbody)
    return [part for group in groups for part in group.children if isinstance(part, kinds)]


def _rows(table: nodes.table) -> list[nodes.row]:
    return [row for part in _parts(table) for row in part.children if isinstance(row, nodes.row)]


def _fit(table: nodes.table) -> None:
    """Let a table run over pages, with columns as wide as their words want.

    LaTeX cuts any other table at the page's end, and gives each column the same room.
    """
    specs = list(table.findall(nodes.colspec))
    rows = [entries(row) for row in table.findall(nodes.row)]
    texts = [[cell.astext() for cell in row] for row in rows if len(row) == len(specs)]
    for number, spec in enumerate(specs):
        spec["colwidth"] = width_of([row[number] for row in texts])
    table["classes"] += ["longtable", "colwidths-given"]


def _dress(table: nodes.table, names: Sequence[str]) -> None:
    """Name the columns for the style sheet, and let a wide table scroll by itself."""
    for part in _parts(table):
        if isinstance(part, nodes.tbody):
            continue
        for row in part.children:
            for name, cell in zip(names, row.children, strict=False):
                if name and isinstance(cell, nodes.entry):
                    cell["classes"].append(f"parity-col-{name}")
    frame = nodes.container(classes=["parity-scroll"])
    table.parent.replace(table, frame)  # `replace_self` would give it the table's ids
    frame += table


def _decorate_row(
    row: nodes.row, marks: RowMarks, names: Sequence[str], emitter: NodeEmitter
) -> None:
    row["classes"] += marks.classes
    seen = Counter[str]()
    for name, cell in zip(names, row.children, strict=False):
        if name == "status":
            _mark_status(cell, marks, emitter)
        elif name == "type" and marks.type:
            paragraph = next(cell.findall(nodes.paragraph), None)
            if paragraph is not None:
                _marked(paragraph, class_of("type", marks.type))
        elif name in _EVIDENCE_FIELDS and marks.evidence:
            place = (name, seen[name])
            here = [mark for mark in marks.evidence if (mark.column, mark.number) == place]
            mark_evidence(cell, here, emitter)
            if here and emitter.html and isinstance(cell, nodes.entry):
                # What it cites goes behind a line that counts the verdicts.
                counts = fold_html(Counter(mark.verdict for mark in here))
                cell.insert(0, nodes.raw("", counts, format="html"))
                cell.append(nodes.raw("", FOLD_END, format="html"))
        seen[name] += 1
        words = {word: link for field, word, link in marks.links if field in {"", name}}
        if words:
            link_words(cell, words, emitter)


def entries(row: nodes.row) -> list[nodes.entry]:
    """Return the cells of *row*."""
    return [child for child in row.children if isinstance(child, nodes.entry)]


def _mark_status(cell: nodes.Node, marks: RowMarks, emitter: NodeEmitter) -> None:
    """Give the author's label the colour of its status, and what it lacks.

    That is the glyph, where it begins with a letter, and the word, where it has none.
    """
    paragraph, status = next(cell.findall(nodes.paragraph), None), marks.status
    if status is None or paragraph is None:
        return
    label = paragraph.astext()
    mark = _marked(paragraph, class_of("status", status))
    if not label[:1].isalnum():
        mark["classes"].append("parity-own-glyph")
    elif emitter.html:
        mark.insert(0, nodes.Text(f"{glyph_of('status', status)} "))
    if emitter.html and not any(map(str.isalnum, label)):
        mark += nodes.Text(f" {_(status)}")
    if marks.disputed:
        paragraph += [nodes.Text(" "), emitter.mark("severity", "disputed")]


def _marked(paragraph: nodes.paragraph, name: str) -> nodes.inline:
    """Put all of *paragraph* into a mark with the class *name*; return that."""
    mark = nodes.inline("", "", *paragraph.children, classes=["parity-mark", name])
    paragraph.children = []
    paragraph += mark
    return mark


def _put_below(row: nodes.row, content: list[nodes.Node], emitter: NodeEmitter) -> None:
    """Put *content* across the table below *row*, and below what spans it and more rows."""
    if not content:
        return
    body: Any = row.parent
    last = body.index(row)
    for number, other in enumerate(body.children):
        if number <= last:
            more = max((cell.get("morerows", 0) for cell in entries(other)), default=0)
            last = max(last, number + more)
    below = emitter.across(content, body.parent["cols"])
    below["classes"].append("parity-below")
    while last + 1 < len(body) and "parity-below" in body[last + 1]["classes"]:
        last += 1
    body.insert(last + 1, below)
