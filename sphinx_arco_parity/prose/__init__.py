"""Parity claims that nobody marked: from blocks of text to sentences that say parity."""

from __future__ import annotations

from sphinx_arco_parity.prose.blocks import LITERAL, Block, Scope, scope_of
from sphinx_arco_parity.prose.claims import FoundClaim, find_claims
from sphinx_arco_parity.prose.markdown import markdown_blocks
from sphinx_arco_parity.prose.related import related_exceptions
from sphinx_arco_parity.prose.restructured import rst_blocks

__all__ = [
    "LITERAL", "Block", "FoundClaim", "Scope", "find_claims", "markdown_blocks",
    "related_exceptions", "rst_blocks", "scope_of",
]  # fmt: skip
