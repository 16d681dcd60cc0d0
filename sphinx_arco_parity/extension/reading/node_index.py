"""What the readers of a page look for in its tree, found in one walk.

There are eight things to be looked for.  Called by :mod:`.collect` once the page is parsed,
and again where a table has lost columns by then.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

from sphinx_arco_parity.extension.nodes import around, claim, item
from sphinx_arco_parity.extension.reading.cell_text import cited

#: With one of these begins each paragraph that may be a directive of the other markup.
_MARKUP = frozenset(".`~:")


@dataclass
class NodeIndex:
    """What was found, each in the order of the page."""

    tables: list[nodes.table] = field(default_factory=list)
    """Those that are no part of another."""
    citing: list[nodes.Element] = field(default_factory=list)
    """Cross-references of ours; see :func:`.cited`."""
    claims: list[claim] = field(default_factory=list)
    """Claims by role."""
    items: list[nodes.Element] = field(default_factory=list)
    """Declarations by directive."""
    messages: list[nodes.Element] = field(default_factory=list)
    """What docutils says of what it dropped, and descriptions of Python's objects."""
    suspects: list[nodes.Node] = field(default_factory=list)
    """What may be taken for ours; :mod:`.malformed` looks closely."""


def index_nodes(document: nodes.document) -> NodeIndex:
    """Look at each node of a page that was just parsed."""
    found = NodeIndex()
    colon: nodes.Text | None = None
    for node in document.findall():
        if isinstance(node, nodes.Text):
            colon = node if node.endswith(":") else colon
            if "}`" in node:
                found.suspects.append(node)
        elif isinstance(node, nodes.TextElement):
            _note_words(found, node, colon)
        else:
            _note_block(found, node)
    return found


def _note_words(found: NodeIndex, node: nodes.TextElement, colon: nodes.Text | None) -> None:
    if isinstance(node, claim):
        found.claims.append(node)
    elif _is_suspect(node, colon):
        found.suspects.append(node)


def _note_block(found: NodeIndex, node: nodes.Node) -> None:
    if isinstance(node, nodes.table) and not any(around(node.parent, nodes.table)):
        found.tables.append(node)
    elif isinstance(node, addnodes.pending_xref) and cited(node) is not None:
        found.citing.append(node)
    elif isinstance(node, item):
        found.items.append(node)
    elif isinstance(node, (nodes.system_message, addnodes.desc)):
        found.messages.append(node)


def _is_suspect(node: nodes.TextElement, colon: nodes.Text | None) -> bool:
    """Tell whether *node* may be markup of ours; *colon* is the last text with one."""
    if isinstance(node, nodes.paragraph):
        return node.rawsource[:1] in _MARKUP
    if isinstance(node, nodes.literal):
        return colon is not None and colon.parent is node.parent
    return isinstance(node, (nodes.comment, nodes.literal_block))
