"""The running text of a page as blocks, for the reader of unmarked claims."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from sphinx_arco_parity.extension.nodes import DECLARING, claim, item, view
from sphinx_arco_parity.extension.reading.cell_text import CellReader, roles_of
from sphinx_arco_parity.model.records import Citation, Place, ProseClaim
from sphinx_arco_parity.prose import LITERAL, Block, find_claims, scope_of

#: What holds no running text, or text that is marked or quoted.
_SKIPPED = (
    item,
    view,
    nodes.literal_block,
    nodes.doctest_block,
    nodes.comment,
    nodes.system_message,
    nodes.raw,
    nodes.substitution_definition,
    nodes.footnote,
    nodes.citation,
    nodes.math_block,
)


def prose_claims(document: nodes.document, cells: CellReader) -> Iterator[ProseClaim]:
    """Yield the unmarked claims of a page."""
    settings = cells.project.settings
    reader = _BlockReader(cells)
    reader.walk(document, ())
    for found in find_claims(reader.blocks, settings):
        scope = scope_of(reader.blocks, found.block, settings.prose_scope)
        node = reader.nodes[found.block]
        place = Place(path=reader.path(node), line=found.line)
        roles = [
            Citation(target=target, how="role", place=at)
            for index in scope.blocks
            for kind, target, at in roles_of(reader.nodes[index], place, "")
            if kind == "exception"
        ]
        yield ProseClaim(
            text=found.text,
            reason=found.reason,
            docname=cells.env.docname,
            anchor=_section_id(node),
            place=place,
            scope_text=scope.text,
            scope_roles=tuple(roles),
            scope_links=tuple(path.lstrip("/") for path in scope.paths),
        )


class _BlockReader:
    """Walks a page in the order of its text."""

    def __init__(self, cells: CellReader) -> None:
        self.cells = cells
        self.blocks: list[Block] = []
        self.nodes: list[nodes.Element] = []
        self._line = 1

    def path(self, node: nodes.Node) -> str:
        """Return the file in which *node* stands."""
        current: nodes.Node | None = node
        while current is not None:
            if current.source:
                return self.cells.project.relative_source(str(current.source))
            current = current.parent
        return self.cells.page

    def walk(self, node: nodes.Element, section: tuple[int, ...], intro: int | None = None) -> None:
        """Add the blocks below *node*."""
        subsections = 0
        for child in node.children:
            if isinstance(child, _SKIPPED) or not isinstance(child, nodes.Element):
                continue
            if isinstance(child, nodes.section):
                subsections += 1
                self.walk(child, (*section, subsections))
            elif isinstance(child, nodes.table):
                self._table(child, section)
            elif isinstance(child, nodes.TextElement):
                self._text(child, section, intro)
            elif isinstance(child, (nodes.bullet_list, nodes.enumerated_list)):
                self._list(child, section)
            elif isinstance(child, nodes.block_quote):
                self._quote(child, section)
            else:
                self.walk(child, section, intro)

    def _text(self, node: nodes.TextElement, section: tuple[int, ...], intro: int | None) -> None:
        if isinstance(node, (nodes.title, nodes.subtitle, nodes.rubric, nodes.term)):
            self._add("heading", node, section)
        elif isinstance(node, nodes.caption):
            self._add("caption", node, section)
        elif intro is not None or isinstance(node.parent, nodes.list_item):
            self._add("item", node, section, intro=intro)
        else:
            self._add("paragraph", node, section)

    def _list(self, node: nodes.Element, section: tuple[int, ...]) -> None:
        last = len(self.blocks) - 1
        follows = last >= 0 and self.blocks[last].kind in {"paragraph", "item"}
        intro = last if follows and self.blocks[last].section == section else None
        for child in node.children:
            if isinstance(child, nodes.list_item):
                self.walk(child, section, intro)

    def _quote(self, node: nodes.Element, section: tuple[int, ...]) -> None:
        for paragraph in node.findall(nodes.paragraph):
            self._add("quote", paragraph, section)

    def _table(self, table: nodes.table, section: tuple[int, ...]) -> None:
        if DECLARING in table:  # its rows are declarations, not running text
            return
        headers: list[str] = []
        for row in table.findall(nodes.row):
            cells = [c for c in row.children if isinstance(c, nodes.entry)]
            if isinstance(row.parent, nodes.thead):
                headers = [cell.astext().strip() for cell in cells]
                continue
            label = cells[0].astext().strip() if cells else ""
            for number, cell in enumerate(cells):
                column = headers[number] if number < len(headers) else ""
                for paragraph in cell.findall(nodes.paragraph):
                    self._add(
                        "cell", paragraph, section, label=label if number else "", column=column
                    )

    def _add(
        self,
        kind: str,
        node: nodes.Element,
        section: tuple[int, ...],
        *,
        intro: int | None = None,
        label: str = "",
        column: str = "",
    ) -> None:
        literals: list[str] = []
        links: list[str] = []
        text = "".join(self._words(node, literals, links))
        self._line = node.line or self._line
        self.blocks.append(
            Block(
                kind=kind,
                text=text,
                line=self._line,
                section=section,
                intro=intro,
                label=label,
                column=column,
                literals=tuple(literals),
                links=tuple(links),
            )
        )
        self.nodes.append(node)

    def _words(self, node: nodes.Node, literals: list[str], links: list[str]) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, nodes.Text):
                yield str(child)
            elif isinstance(child, nodes.literal):
                literals.append(child.astext())
                yield LITERAL
            elif isinstance(child, (nodes.raw, nodes.math, nodes.footnote_reference)):
                yield " "
            elif isinstance(child, claim):
                yield LITERAL  # a marked claim is judged as such
                literals.append(child.astext())
            elif isinstance(child, nodes.Element):
                target = self.cells.target(child)
                if target:
                    links.append(target)
                yield from self._words(child, literals, links)


def _section_id(node: nodes.Node) -> str:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section) and parent.get("ids"):
            return str(parent["ids"][0])
        parent = parent.parent
    return ""
