"""Short digests of what a review looked at.

They change when the meaning may have changed: neither markup nor white space nor the
line numbers of evidence, which ``arco-parity fix`` rewrites, count.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinx_arco_parity.text.words import digest, label_key, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_arco_parity.model.records import (
        Citation,
        Evidence,
        ParityException,
        ParityRow,
    )


def exception_digest(exception: ParityException) -> str:
    """Return eight hex digits of all fields of *exception* but its id."""
    return _digest(
        {
            "capability": plain(exception.capability),
            "decision": plain(exception.decision),
            "type": label_key(exception.type),
            "revisit": plain(exception.revisit),
            "rationale": plain(exception.rationale),
            "owner": plain(exception.owner),
            "adrs": _targets(exception.adrs),
            "evidence": _evidence(exception.evidence),
            "fields": _fields(exception.fields),
        }
    )


def row_digest(row: ParityRow) -> str:
    """Return eight hex digits of what *row* has besides id, capability and status.

    A row that is renamed keeps it.
    """
    return _digest(
        {
            "feature": plain(row.feature),
            "proof_level": label_key(row.proof_level),
            "owner": plain(row.owner),
            "notes": plain(row.notes),
            "adrs": _targets(row.adrs),
            "evidence": _evidence(row.evidence),
            "fields": _fields(row.fields),
        }
    )


def _digest(said: dict[str, object]) -> str:
    kept = {name: value for name, value in said.items() if value}
    return digest(json.dumps(kept, sort_keys=True, ensure_ascii=False))


def _targets(citations: Iterable[Citation]) -> list[str]:
    return sorted({one.target.casefold() for one in citations})


def _evidence(evidence: Iterable[Evidence]) -> list[list[str]]:
    return sorted(
        [e.kind, e.path, e.symbol or "", e.job or "", e.command or ""] for e in evidence
    )


def _fields(fields: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the fields that say something: an empty column may come and go."""
    return sorted(
        [label_key(name), plain(text)] for name, text in fields if plain(text)
    )
