"""What the readers of a page look for in its tree, found in one walk.

A search with docutils' ``findall`` costs 2 µs for each node, and there are ten things to
be looked for; :func:`index_nodes` visits each node once, at a fifth of that.  Called by
:mod:`.collect` once the page is parsed, and again where a table has lost columns by then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_arco_parity.extension.nodes import claim, item
from sphinx_arco_parity.extension.reading.cell_text import (
    EXTERNAL_SIGN,
    cited,
    unloaded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

(
    _WORDS,
    _SOURCE,
    _TABLE,
    _XREF,
    _CLAIM,
    _ITEM,
    _MESSAGE,
    _PARAGRAPH,
    _LITERAL,
    _VERBATIM,
) = (1 << bit for bit in range(10))
_LOOKED_FOR: tuple[tuple[int, tuple[type, ...]], ...] = (
    (_WORDS, (nodes.Text,)),
    (_SOURCE, (nodes.TextElement,)),
    (_TABLE, (nodes.table,)),
    (_XREF, (addnodes.pending_xref,)),
    (_CLAIM, (claim,)),
    (_ITEM, (item,)),
    (_MESSAGE, (nodes.system_message, addnodes.desc)),
    (_PARAGRAPH, (nodes.paragraph,)),
    (_LITERAL, (nodes.literal,)),
    (_VERBATIM, (nodes.comment, nodes.literal_block)),
)
_SELDOM = _TABLE | _XREF | _CLAIM | _ITEM | _MESSAGE
#: With one of these begins each paragraph that may be a directive of the other markup.
_MARKUP = frozenset(".`~:")


@dataclass
class NodeIndex:
    """What was found, each in the order of the page."""

    tables: list[nodes.table] = field(default_factory=list)
    """Those that are no part of another."""
    citing: list[nodes.Element] = field(default_factory=list)
    """Cross-references of ours; see :func:`.cited`."""
    sources: list[nodes.Element] = field(default_factory=list)
    """What may cite a project whose inventory could not be loaded."""
    claims: list[claim] = field(default_factory=list)
    """Claims by role."""
    items: list[nodes.Element] = field(default_factory=list)
    """Declarations by directive."""
    messages: list[nodes.Element] = field(default_factory=list)
    """What docutils says of what it dropped, and descriptions of Python's objects."""
    suspects: list[nodes.Node] = field(default_factory=list)
    """What may be taken for ours; :mod:`.lookalikes` looks closely."""

    def roles_within(self, row: nodes.row) -> list[tuple[str, str]]:
        """Return kind and target of the roles within *row*, as :func:`.roles_of` does."""
        found = [cited(node) or ("", "") for node in self._citing.get(row, ())]
        named = {target for _, target in found}
        sources = self._sources.get(row, ())
        return found + [role for role in unloaded(sources) if role[1] not in named]

    @cached_property
    def _citing(self) -> dict[nodes.row, list[nodes.Element]]:
        return _by_row(self.citing)

    @cached_property
    def _sources(self) -> dict[nodes.row, list[nodes.Element]]:
        return _by_row(self.sources)


def _by_row(found: Iterable[nodes.Element]) -> dict[nodes.row, list[nodes.Element]]:
    """Return what stands in each row of a table."""
    rows: dict[nodes.row, list[nodes.Element]] = {}
    for node in found:
        parent = node.parent
        while parent is not None:
            if isinstance(parent, nodes.row):
                rows.setdefault(parent, []).append(node)
            parent = parent.parent
    return rows


@lru_cache(maxsize=256)
def _what(kind: type) -> int:
    """Return for what nodes of the class *kind* are looked at."""
    return sum(bit for bit, kinds in _LOOKED_FOR if issubclass(kind, kinds))


def index_nodes(document: nodes.document) -> NodeIndex:
    """Look at each node of a page that was just parsed."""
    found = NodeIndex()
    waiting: list[Any] = [document]
    colon: nodes.Node | None = None
    while waiting:
        node = waiting.pop()
        what = _what(node.__class__)
        if what == _WORDS:
            if node.endswith(":"):
                colon = node
            if "}`" in node:
                found.suspects.append(node)
            continue
        if what & _SOURCE:
            if EXTERNAL_SIGN in node.rawsource:
                found.sources.append(node)
            if _is_suspect(node, what, colon):
                found.suspects.append(node)
        if what & _SELDOM:
            _note(found, node, what)
        waiting += node.children[::-1]
    return found


def _is_suspect(node: nodes.TextElement, what: int, colon: nodes.Node | None) -> bool:
    """Tell whether *node* may be markup of ours; *colon* is the last text with one."""
    if what & _PARAGRAPH:
        return node.rawsource[:1] in _MARKUP
    if what & _LITERAL:
        return colon is not None and colon.parent is node.parent
    return bool(what & _VERBATIM)


def _note(found: NodeIndex, node: nodes.Element, what: int) -> None:
    if isinstance(node, nodes.table) and not _is_nested(node):
        found.tables.append(node)
    if what & _XREF and cited(node) is not None:
        found.citing.append(node)
    if isinstance(node, claim):
        found.claims.append(node)
    if what & _ITEM:
        found.items.append(node)
    if what & _MESSAGE:
        found.messages.append(node)


def _is_nested(table: nodes.Element) -> bool:
    parent = table.parent
    while parent is not None and not isinstance(parent, nodes.table):
        parent = parent.parent
    return parent is not None
