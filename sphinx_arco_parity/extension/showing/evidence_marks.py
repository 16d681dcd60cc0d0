"""The verdict at each reference of a cell: beside the literal that names its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.extension.showing.targets import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_arco_parity.extension.showing.emit_nodes import NodeEmitter
    from sphinx_arco_parity.extension.showing.page_model import EvidenceMark

#: From what is best to what is worst: a mark for several pieces says the worst.
_ORDER = ("verified", "unknown", "moved", "excluded", "disabled", "gone", "not-found")


def mark_evidence(
    cell: nodes.Node, judged: Iterable[EvidenceMark], emitter: NodeEmitter
) -> None:
    """Mark each item of *cell*; one whose literal is not found, at the end."""
    literals = list(cell.findall(nodes.literal))
    for pieces in _items(judged):
        mark = _mark(pieces, emitter)
        position = _position(literals, pieces[0].path)
        if position is None:
            _append(cell, mark)
            continue
        _insert_after(literals[position], mark)
        del literals[: position + 1]


def _items(judged: Iterable[EvidenceMark]) -> list[list[EvidenceMark]]:
    """Return the pieces of each item that was written, in their order."""
    groups: dict[int, list[EvidenceMark]] = {}
    for piece in judged:
        groups.setdefault(piece.item, []).append(piece)
    return list(groups.values())


def _position(literals: Sequence[nodes.literal], path: str) -> int | None:
    return next((i for i, one in enumerate(literals) if path in one.astext()), None)


def _mark(pieces: Sequence[EvidenceMark], emitter: NodeEmitter) -> nodes.Node:
    """Return the worst verdict, why on pointing at it, and a link to the file."""
    piece = max(pieces, key=lambda one: _ORDER.index(one.verdict))
    mark = emitter.mark("verdict", piece.verdict)
    if not emitter.html:
        return mark
    target = emitter.find(("file", piece.place))
    if target is not None and target.url:
        link = reference(emitter.builder, emitter.docname, target, mark.children)
        if link is not None:
            link["reftitle"] = piece.detail or piece.place
            mark.children = []
            mark += link
    elif piece.detail:
        told = nodes.abbreviation("", "", *mark.children, explanation=piece.detail)
        mark.children = []
        mark += told
    return mark


def _insert_after(literal: nodes.literal, mark: nodes.Node) -> None:
    home: nodes.Element = literal
    while isinstance(home.parent, (nodes.reference, nodes.strong, nodes.emphasis)):
        home = home.parent
    parent = home.parent
    parent.insert(parent.index(home) + 1, [nodes.Text(" "), mark])


def _append(cell: nodes.Node, mark: nodes.Node) -> None:
    paragraphs = list(cell.findall(nodes.paragraph))
    if paragraphs:
        paragraphs[-1] += [nodes.Text(" "), mark]
