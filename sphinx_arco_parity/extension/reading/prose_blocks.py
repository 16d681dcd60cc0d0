"""The unmarked claims in the running text of pages, and of files outside the documentation.

The latter are those that ``parity_prose_files`` names: README, changelog.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.declarations.records_from import roles_in
from sphinx_arco_parity.extension.nodes import DECLARING, around, claim, item, view
from sphinx_arco_parity.extension.reading.cell_text import CellReader, roles_of
from sphinx_arco_parity.model.records import Citation, DocumentRecords, Place, Problem, ProseClaim
from sphinx_arco_parity.prose import (
    LITERAL,
    Block,
    FoundClaim,
    Scope,
    find_claims,
    markdown_blocks,
    rst_blocks,
    scope_of,
)
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.text.patterns import select

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build


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
        place = Place(path=cells.path(node), line=found.line)
        roles = [
            role for index in scope.blocks for role in roles_of(reader.nodes[index], place, "")
        ]
        sections = around(node.parent, nodes.section)
        anchor = next((str(section["ids"][0]) for section in sections if section["ids"]), "")
        yield _claim(found, scope, place, roles, "/", cells.env.docname, anchor)


class _BlockReader:
    """Walks a page in the order of its text."""

    def __init__(self, cells: CellReader) -> None:
        self.cells = cells
        self.blocks: list[Block] = []
        self.nodes: list[nodes.Element] = []
        self._line = 1

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
                for paragraph in child.findall(nodes.paragraph):
                    self._add("quote", paragraph, section)
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


_TEXT = re.compile(r"\.(?:md|markdown|rst|txt)$", re.IGNORECASE)


def prose_files(build: Build, problems: list[Problem]) -> Iterator[DocumentRecords]:
    """Yield the unmarked claims of each file that ``parity_prose_files`` names."""
    settings, repository = build.project.settings, build.repository
    if not settings.prose or not settings.prose_files:
        return
    files = [name for name in repository.files() if _TEXT.search(name)]
    for path in select(files, settings.prose_files):
        try:
            source = repository.read(path)
        except UnreadableFileError as error:
            problem = Problem(
                rule="unreadable-file",
                message=f"{error.path}: {error.reason}",
                help="take it out of `parity_prose_files`, or make it readable",
                item=error.path,
                place=Place(path=error.path, line=1),
            )
            problems.append(problem)
            continue
        read = rst_blocks if path.lower().endswith(".rst") else markdown_blocks
        blocks: Sequence[Block] = read(source.text)
        claims = []
        for found in find_claims(blocks, settings):
            scope = scope_of(blocks, found.block, settings.prose_scope)
            place = Place(path=path, line=found.line)
            claims.append(_claim(found, scope, place, roles_in(scope.text, place), "./"))
        if claims:
            # A name that no page can have: these files are shown nowhere.
            yield DocumentRecords(docname=f"/{path}", path=path, prose=tuple(claims))


def _claim(
    found: FoundClaim,
    scope: Scope,
    place: Place,
    roles: Iterable[tuple[str, str, Place]],
    before: str,
    docname: str = "",
    anchor: str = "",
) -> ProseClaim:
    """Return the record of a claim; its links begin after *before*."""
    return ProseClaim(
        text=found.text,
        reason=found.reason,
        docname=docname,
        anchor=anchor,
        place=place,
        scope_text=scope.text,
        scope_roles=tuple(
            Citation(target=target, how="role", place=at)
            for kind, target, at in roles
            if kind == "exception"
        ),
        scope_links=tuple(path.lstrip(before) for path in scope.paths),
    )
