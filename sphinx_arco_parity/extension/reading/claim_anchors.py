"""The ids of claims in running text, which stay where a page is translated.

A claim is recorded from the author's text, but Sphinx puts the translation of a paragraph
in the place of all that stood in it, and the role has run again there.  Afterwards each
claim of the translation is given the id of its record; where the translation has left
the role out, the paragraph carries the id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_arco_parity.extension.nodes import claim
from sphinx_arco_parity.extension.reading.document_data import collected

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.reading.document_data import InlineClaim


class PlaceClaims(SphinxTransform):
    """Gives each claim its id, and makes it an ordinary ``inline``."""

    default_priority = 21  # after Sphinx has translated (20)

    def apply(self, **_kwargs: Any) -> None:
        """Place; called by docutils for each page that is read."""
        data = collected(self.env)
        if not data.has_claims:
            return
        blocks: dict[nodes.Element, list[InlineClaim]] = {}
        for declared in data.inline_claims:
            blocks.setdefault(declared.block, []).append(declared)
        for block, declared_there in blocks.items():
            self._place(block, declared_there)
        for node in list(self.document.findall(claim)):
            self._make_plain(node)

    def _place(self, block: nodes.Element, declared: Sequence[InlineClaim]) -> None:
        there = list(block.findall(claim))
        lost = [each for each in declared if not any(each.node is n for n in there)]
        free = [node for node in there if not node["ids"]]
        # First by what they cite: a translation may change their order.
        for same in (True, False):
            for each in list(lost):
                fits = [n for n in free if not same or n["exceptions"] == each.exceptions]
                if fits:
                    self._give(fits[0], each.anchor)
                    free.remove(fits[0])
                    lost.remove(each)
        for each in lost:
            target = nodes.target("", "")
            block.insert(0, target)
            self._give(target, each.anchor)

    def _give(self, node: nodes.Element, anchor: str) -> None:
        node["ids"].append(anchor)
        self.document.ids[anchor] = node

    def _make_plain(self, node: claim) -> None:
        attributes = {k: v for k, v in node.attributes.items() if k != "exceptions"}
        plain = nodes.inline(node.rawsource, "", *node.children, **attributes)
        plain.source, plain.line = node.source, node.line
        node.parent.replace(node, plain)
        for anchor in plain["ids"]:
            self.document.ids[anchor] = plain
