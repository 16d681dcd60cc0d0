"""Ids in the cells of an author's table: links to what they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_arco_parity.extension.showing.targets import reference

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.showing.emit_nodes import NodeEmitter
    from sphinx_arco_parity.extension.showing.page_model import Link


def link_words(cell: nodes.Node, words: Mapping[str, Link], emitter: NodeEmitter) -> None:
    """Link each of *words* that stands in *cell* by itself, or as all of a literal."""
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    token = re.compile(rf"(?<![\w-])(?:ADR[- ])?({'|'.join(longest)})(?![\w-]|[.:]\w)")
    for text in list(cell.findall(nodes.Text)):
        if _is_linked(text, cell):
            continue
        if isinstance(text.parent, nodes.literal):
            if match := token.fullmatch(text):
                link_node(text.parent, words[match[1]], emitter)
        else:
            _split(text, token, words, emitter)


def link_node(node: nodes.Node, link: Link, emitter: NodeEmitter) -> nodes.Node:
    """Put a link to *link* around *node*, unless it leads nowhere; return what stands there."""
    parent, target = node.parent, emitter.find(link)
    made = target and reference(emitter.builder, emitter.docname, target, [node.deepcopy()])
    if made is None:
        return node
    parent.replace(node, made)
    return made


def _split(
    text: nodes.Text, token: re.Pattern[str], words: Mapping[str, Link], emitter: NodeEmitter
) -> None:
    pieces: list[nodes.Node] = []
    end = 0
    for match in token.finditer(text):
        target = emitter.find(words[match[1]])
        inner = [nodes.Text(match[0])]
        made = target and reference(emitter.builder, emitter.docname, target, inner)
        if made:
            pieces += [nodes.Text(text[end : match.start()]), made]
            end = match.end()
    if pieces:
        rest = nodes.Text(text[end:])
        text.parent.replace(text, [piece for piece in (*pieces, rest) if piece.astext()])


def _is_linked(node: nodes.Node, cell: nodes.Node) -> bool:
    """Tell whether *node* stands in a link, or in a mark of ours, within *cell*."""
    while node is not cell:
        node = node.parent
        if isinstance(node, (nodes.reference, pending_xref)) or "parity-mark" in node.get(
            "classes", ()
        ):
            return True
    return False
