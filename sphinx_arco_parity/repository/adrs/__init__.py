"""Architecture decision records: found, numbered, read, and looked up.

Called once in a build for :func:`read_adrs`; rules and roles use the rest.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.adrs.in_force import (
    duplicates,
    first_word,
    resolve_adr,
    standing,
    status_word,
    successor_chain,
)
from sphinx_arco_parity.repository.adrs.names import number_key
from sphinx_arco_parity.repository.adrs.reading import Adrs, read_adrs

__all__ = [
    "Adrs", "duplicates", "first_word", "number_key", "read_adrs", "resolve_adr", "standing",
    "status_word", "successor_chain",
]  # fmt: skip
