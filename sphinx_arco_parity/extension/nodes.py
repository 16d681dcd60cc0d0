"""The nodes that stand in a page between reading and writing.

``item`` and ``view`` are made when a page is read.  HTML visitors write them, in the
workers where there are some; for every other builder a post-transform puts docutils'
own nodes in their place, so that none of ours reaches a writer that does not know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.util.nodes import make_id, traverse_parent


class item(nodes.General, nodes.Element):
    """A declaration by directive; its children are the body.

    Attributes: ``ids``, ``docname``, ``kind`` (``exception``, ``row`` or ``claim``).
    """


class view(nodes.General, nodes.Element):
    """A place where collected things are shown.  Attributes: ``ids``, ``docname``."""


class captioned_view(view):
    """A table with a caption, which ``numref`` counts.  Attribute: ``caption``."""


def view_node(docname: str, caption: str) -> view:
    """Return a place of page *docname* where something is shown under *caption*, if any."""
    if caption:
        return captioned_view(docname=docname, caption=caption)
    return view(docname=docname)


class words(nodes.inline):
    """Words for the search alone; no writer shows them."""


class claim(nodes.inline):
    """A claim in running text, while a page is read; then it is an ``inline``.

    Attributes: ``ids``, ``exceptions`` (the text of those that it cites).
    """


class DeclaringTable(NamedTuple):
    """What is known of a table whose rows are declarations."""

    docname: str
    kind: str
    """``exceptions`` or ``matrix``."""
    fields: tuple[str, ...]
    """The field of each column that is shown; empty for a column of the author's."""


#: The attribute of a table that holds a :class:`DeclaringTable`, from when it is read.
DECLARING = "parity_declaring"


def give_id(document: nodes.document, node: Any, kind: str, word: str | None) -> str:
    """Give *node* an id of its own on the page, made of *kind* and *word*; return it."""
    node_id = make_id(document.settings.env, document, kind, word)
    node["ids"].append(node_id)
    document.ids[node_id] = node
    return node_id


def around(node: Any, kinds: Any = None) -> Iterator[Any]:
    """Yield *node* and what it stands in, from the nearest on: those that are of *kinds*."""
    yield from traverse_parent(node, kinds)
