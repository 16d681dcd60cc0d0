"""The roles: cross-references to declarations, and the claim in a sentence.

Roles only make nodes; they run again on translated text, so nothing is noted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from sphinx_arco_parity.extension.nodes import claim
from sphinx_arco_parity.extension.reading.document_data import collected

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message


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
        from sphinx_arco_parity.declarations.records_from import (  # noqa: PLC0415 - late
            split_target,
        )

        title, target = split_target(self.text)
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
