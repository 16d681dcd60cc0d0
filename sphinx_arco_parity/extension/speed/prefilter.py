"""Whether a page has anything of ours, in one quick walk.

Most pages of most projects have nothing.  What looks closely, :mod:`.collect`, takes a
twentieth of what Sphinx takes to read such a page, and its modules take 20 ms; this walk
takes a two-hundredth.  In doubt the page is looked at closely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.nodes import claim
from sphinx_arco_parity.extension.reading.document_data import collected

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: What a reference to something of ours is called.
_TYPES = frozenset({"exception", "adr", "row", "claim", "parity-row", "parity-claim"})
#: One of these is in every text that :mod:`.malformed` takes for ours.
_SIGNS = ("parity", ":exception:", "{exception}", ":adr:", "{adr}")
#: With one of these begins each paragraph that it takes for a directive.
_MARKUP = (".", "`", "~", ":")


def may_have_ours(document: nodes.document, env: BuildEnvironment) -> bool:
    """Tell whether a page that was just parsed may declare, cite or mean anything."""
    settings = build_of(env).project.settings
    if settings.tables or settings.prose or collected(env).has_directives:
        return True
    if document.transform_messages:
        return True
    words: list[str] = []
    waiting: list[nodes.Node] = [document]
    while waiting:
        for node in waiting.pop().children:
            if isinstance(node, nodes.Text):
                words.append(node)
            elif isinstance(node, nodes.Element):
                if _tells(node, words):
                    return True
                waiting.append(node)
    text = "\n".join(words)
    return any(sign in text for sign in _SIGNS)


def _tells(node: nodes.Element, words: list[str]) -> bool:
    """Tell whether *node* may be ours whatever its text is; note its other words."""
    if isinstance(node, nodes.paragraph):
        return str(node.rawsource).startswith(_MARKUP)
    if isinstance(node, addnodes.pending_xref):
        return node.get("reftype") in _TYPES
    if isinstance(node, claim):
        return True
    if isinstance(node, nodes.literal_block):
        words.append(str(node.get("language", "")))
        return False
    if isinstance(node, addnodes.desc):
        return str(node.get("objtype")) == "exception"
    return isinstance(node, nodes.system_message)
