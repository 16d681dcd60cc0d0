"""The roles: cross-references to declarations, and the claim in a sentence.

Roles only make nodes; they run again on translated text, so nothing is noted here.  A claim is
recorded from the author's text: afterwards each claim of the translation is given the id of
its record; where the translation has left the role out, the paragraph carries the id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.roles import XRefRole
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole

from sphinx_arco_parity.extension.nodes import claim
from sphinx_arco_parity.extension.reading.document_data import collected

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message

    from sphinx_arco_parity.extension.reading.document_data import InlineClaim


class DeclarationRole(XRefRole):
    """``exception``, ``adr`` and ``parity-row``, flat or in the domain.

    A flat role belongs to no domain, and would never be resolved: it takes the name that
    the domain knows.
    """

    innernodeclass = nodes.inline

    def __init__(self, reftype: str) -> None:
        super().__init__()
        self._reftype = reftype

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return a cross-reference that only our own transform resolves."""
        self.name = f"parity:{self._reftype}"
        return super().run()


class ClaimRole(SphinxRole):
    """``parity-claim``: a claim in running text, with the exceptions that it cites."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the claim's words as an inline node."""
        from sphinx_arco_parity.declarations import records_from  # noqa: PLC0415 - late

        title, target = records_from.split_target(self.text)
        exceptions = "" if target == title and "<" not in self.text else target
        collected(self.env).has_claims = True
        node = claim(self.rawtext, "", classes=["parity-claim"], exceptions=exceptions)
        node += nodes.Text(title)
        self.set_source_info(node)
        return [node], []


#: Every role by its flat name.
ROLES = {
    "exception": DeclarationRole("exception"),
    "adr": DeclarationRole("adr"),
    "parity-row": DeclarationRole("row"),
    "parity-claim": ClaimRole(),
}

#: And by its name in the domain.
DOMAIN_ROLES = {name.removeprefix("parity-"): role for name, role in ROLES.items()}


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
            del node["exceptions"]
            plain = nodes.inline(node.rawsource, "", *node.children, **node.attributes)
            plain.source, plain.line = node.source, node.line
            node.parent.replace(node, plain)
            self.document.ids.update(dict.fromkeys(plain["ids"], plain))

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
