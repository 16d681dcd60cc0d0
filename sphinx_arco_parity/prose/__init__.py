"""Parity claims that nobody marked: from blocks of text to sentences that say parity."""

from __future__ import annotations

from sphinx_arco_parity.prose.blocks import LITERAL, Block, Scope, scope_of
from sphinx_arco_parity.prose.claims import FoundClaim, find_claims
from sphinx_arco_parity.prose.from_outline import markdown_blocks, rst_blocks

__all__ = [
    "LITERAL", "Block", "FoundClaim", "Scope", "find_claims", "markdown_blocks",
    "rst_blocks", "scope_of",
]  # fmt: skip
