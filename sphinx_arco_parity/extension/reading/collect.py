"""From a page that has just been parsed to its records.

Runs before translation (priority 20), because headers, ids and words are compared as the
author wrote them, and before typographic quotes (750).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_arco_parity.declarations.records_from import Written, claim_from
from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.nodes import around, claim, give_id, item
from sphinx_arco_parity.extension.reading.cell_text import CellReader, cited, place_of, roles_of
from sphinx_arco_parity.extension.reading.document_data import InlineClaim, collected
from sphinx_arco_parity.extension.reading.lines import (
    find_markup,
    find_text,
    line_in_file,
    lines_of,
)
from sphinx_arco_parity.extension.reading.malformed import malformed
from sphinx_arco_parity.extension.reading.node_index import index_nodes
from sphinx_arco_parity.extension.reading.notebooks import (
    in_their_files,
    with_lines,
    with_lines_of_file,
)
from sphinx_arco_parity.extension.reading.option_block import OptionBlock, OptionText
from sphinx_arco_parity.extension.reading.table_rows import section_of
from sphinx_arco_parity.extension.reading.tables import TableReader
from sphinx_arco_parity.model.records import (
    Condition,
    DocumentRecords,
    Mention,
    ParityClaim,
    Place,
    ProseClaim,
    View,
)
from sphinx_arco_parity.text.patterns import matches, page_globs
from sphinx_arco_parity.text.words import plain

#: Lines that a claim may take, and more.
_LONGEST = 100
_WORD = re.compile(r"[\w.-]+")
_LINK = re.compile(r"\]\(([^()\s]+)\)")


class CollectRecords(SphinxTransform):
    """Makes the records of one page and gives them to the domain."""

    default_priority = 8

    def apply(self, **_kwargs: Any) -> None:
        """Collect; called by docutils for each page that is read."""
        build = build_of(self.env)
        self.project = build.project
        self.cells = CellReader(self.project, self.env)
        self.found = collected(self.env)
        self.index = index_nodes(self.document)
        tables = self._tables()
        if tables.cut:
            self.index = index_nodes(self.document)
        in_tables = tuple(row.anchor for row in (*tables.exceptions, *tables.rows))
        self._row_anchors = set(in_tables)
        records = DocumentRecords(
            docname=self.env.docname,
            path=self.cells.page,
            exceptions=(*self.found.exceptions, *tables.exceptions),
            rows=(*self._sections(), *tables.rows),
            claims=tuple(self._claims()),
            mentions=tuple(self._mentions()),
            prose=tuple(self._prose()),
            problems=(
                *self.found.problems,
                *tables.problems,
                *malformed(self.document, self.index, self.env, self.project, self.found),
            ),
            views=tuple(self.found.views),
            tables=tuple(tables.taken),
            in_tables=in_tables,
            conditions=tuple(_conditions(self.document, self.found.views)),
        )
        file = str(self.env.doc2path(self.env.docname))
        if records.path.endswith(".ipynb"):
            records = with_lines_of_file(records, "\n".join(lines_of(file)))
        elif line := line_in_file(file):
            records = with_lines(records, line)
        records = in_their_files(records, self.project.root)
        build.domain.note_records(records)
        self.found.tables = tables.read_tables

    def _tables(self) -> TableReader:
        reader = TableReader(self.env, self.document, self.cells)
        # The kinds of plain table that are looked for on this page.
        kinds = [
            kind
            for kind, globs in self.project.settings.tables.items()
            if matches(self.env.docname, page_globs(globs))
        ]
        if not kinds and not self.found.wrapped:
            return reader
        for table in self.index.tables:
            wrapped = self.found.wrapped.get(table)
            if wrapped or kinds:
                reader.read(table, kinds, wrapped)
        if kinds:
            reader.note_html(kinds)
        return reader

    def _prose(self) -> Iterator[ProseClaim]:
        settings = self.project.settings
        if not settings.prose or not matches(self.env.docname, settings.prose_pages):
            return
        # Brings the grammar of claims with it, which most projects do not use.
        from sphinx_arco_parity.extension.reading import prose_blocks  # noqa: PLC0415

        yield from prose_blocks.prose_claims(self.document, self.cells)

    def _sections(self) -> Iterator[Any]:
        """Yield the rows by directive, with the title of the section around them."""
        if not self.found.rows:
            return
        titles = {
            node["ids"][0]: section_of(node) for node in self.index.items if node["kind"] == "row"
        }
        for row in self.found.rows:
            yield replace(row, section=row.section or titles.get(row.anchor, ""))

    def _claims(self) -> Iterator[ParityClaim]:
        for node, block, identifier in self.found.claims:
            text = self.cells.text(node)
            yield self._claim(node, text, block, identifier, self._place(node))
        for inline in self.index.claims:
            yield self._inline_claim(inline)

    def _inline_claim(self, node: claim) -> ParityClaim:
        exceptions = str(node["exceptions"])
        text = node.astext()
        node_id = give_id(self.document, node, "claim", _first_words(text))
        # The text in which it stands: what a translator translates as one.
        blocks: list[nodes.Element] = list(around(node.parent))
        block_of = (block for block in blocks if not isinstance(block, nodes.Inline))
        found = InlineClaim(node_id, exceptions, node, next(block_of, blocks[-1]))
        self.found.inline_claims.append(found)
        start = self._place(node)
        lines = lines_of(self.cells.source(node))
        line = find_markup(lines, node.rawsource, start.line)
        if line is None:
            line = find_text(lines, " ".join(text.split()[:2]), start.line)
        place = Place(path=start.path, line=line)
        block = OptionBlock(options={"exceptions": OptionText(exceptions, line, line)})
        return self._claim(node, text, block, "", place, inline=True)

    def _claim(
        self,
        node: nodes.Element,
        text: str,
        block: OptionBlock,
        identifier: str,
        place: Place,
        *,
        inline: bool = False,
    ) -> ParityClaim:
        derived = _first_words(text)
        written = Written(
            docname=self.env.docname,
            anchor=node["ids"][0],
            place=place,
            how="option",
            roles=roles_of(node, place, self.cells.source(node)),
            lines=block.lines,
        )
        made = claim_from(
            text,
            block.texts,
            written,
            identifier=identifier or derived,
            derived=not identifier,
            links=[link.lstrip("/").split("#")[0] for link in _LINK.findall(text)],
            inline=inline,
        )
        return replace(made, lines=_id_lines(lines_of(self.cells.source(node)), text, place.line))

    def _mentions(self) -> Iterator[Mention]:
        """Yield the roles that stand in no declaration."""
        for node in self.index.citing:
            role = cited(node)
            if role is None or role[0] == "claim" or self._within(node):
                continue
            source = self.cells.source(node)
            place = place_of(node, self._place(node.parent), source, role[1])
            yield Mention(
                role=role[0],
                target=role[1],
                docname=self.env.docname,
                anchor=next((str(a["ids"][0]) for a in around(node.parent) if a["ids"]), ""),
                place=place,
            )

    def _within(self, node: nodes.Node) -> bool:
        """Tell whether *node* is part of a declaration, whose record has it."""
        for above in around(node.parent, (item, nodes.row)):
            if isinstance(above, item):
                return True
            if above["ids"]:
                return above["ids"][0] in self._row_anchors
        return False

    def _place(self, node: nodes.Node) -> Place:
        for above in around(node):
            if above.line:
                return Place(path=self.cells.path(above), line=above.line)
        return Place(path=self.cells.page, line=1)


def _id_lines(lines: Sequence[str], text: str, first: int) -> tuple[tuple[str, int], ...]:
    """Return the line, from *first* on, of each word of a claim's *text* that may be an id."""
    words = {word for word in _WORD.findall(text) if any(map(str.isdecimal, word))}
    found: dict[str, int] = {}
    if words:
        for number, line in enumerate(lines[first - 1 : first + _LONGEST], first):
            for word in words.intersection(_WORD.findall(line)):
                found.setdefault(word, number)
    return tuple(sorted(found.items()))


def _first_words(text: str) -> str:
    """Return what a claim without an id is called by."""
    return " ".join(plain(text).split()[:8])


def _conditions(document: nodes.document, views: list[View]) -> Iterator[Condition]:
    """Yield the parts that ``only`` and ``ifconfig`` may leave out, from their nodes' lines."""
    files = {view.anchor: dict(view.options).get("anchors", "").split("\n") for view in views}
    for node in document.findall(nodes.Element):
        if node.tagname in {"only", "ifconfig"} and node.line is not None:
            within = list(node.findall(nodes.Element))
            lines = [inner.line for inner in within if inner.line]
            ids = [name for inner in within for name in inner["ids"]]
            yield Condition(
                kind=node.tagname,
                expression=node["expr"],
                first=node.line,
                last=max(lines, default=node.line),
                anchors=frozenset(ids).union(*(files.get(name, ()) for name in ids)),
            )
