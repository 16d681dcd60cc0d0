"""Cited ADRs by the numbers of their files.

Used by the exports that list ADRs.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import Citation
from sphinx_arco_parity.repository.adrs import resolve_adr


def adr_numbers(register: Register, cited: Iterable[Citation]) -> list[str]:
    """Return the number of each cited ADR, or what was written if there is none."""
    numbers: dict[str, None] = {}
    for citation in cited:
        adr = resolve_adr(citation.target, register.adrs)
        numbers[citation.target if adr is None else adr.number] = None
    return list(numbers)
