"""Short digests of what a review looked at.

They change when the meaning may have changed: neither markup nor white space nor the
line numbers of evidence, which ``arco-parity fix`` rewrites, count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX, Field, Shape, fields_of, text_of
from sphinx_arco_parity.model.records import Citation, Evidence, ParityException, ParityRow
from sphinx_arco_parity.text.words import digest, label_key, plain

#: Shapes that are compared as labels are.
_LABELS = frozenset({Shape.TYPE, Shape.PROOF_LEVEL})


def exception_digest(exception: ParityException) -> str:
    """Return eight hex digits of all fields of *exception* but its id."""
    return _digest(exception, EXCEPTIONS)


def row_digest(row: ParityRow) -> str:
    """Return eight hex digits of what *row* has besides id, capability and status.

    A row that is renamed keeps it.
    """
    return _digest(row, MATRIX)


def _digest(record: ParityException | ParityRow, kind: str) -> str:
    said = {field.key: _value(record, field) for field in fields_of(kind) if field.digest}
    said["fields"] = _fields(record.fields)
    kept = {name: value for name, value in said.items() if value}
    return digest(json.dumps(kept, sort_keys=True, ensure_ascii=False))


def _value(record: ParityException | ParityRow, field: Field) -> object:
    if field.shape is Shape.ADRS:
        return _targets(record.adrs)
    if field.shape in {Shape.EVIDENCE, Shape.SHARE}:
        return _evidence(record.evidence)
    text = text_of(record, field)
    return label_key(text) if field.shape in _LABELS else plain(text)


def _targets(citations: Iterable[Citation]) -> list[str]:
    return sorted({citation.target.casefold() for citation in citations})


def _evidence(evidence: Iterable[Evidence]) -> list[list[str]]:
    return sorted([e.kind, e.path, e.symbol or "", e.job or "", e.command or ""] for e in evidence)


def _fields(fields: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the fields that say something: an empty column may come and go."""
    return sorted([label_key(name), plain(text)] for name, text in fields if plain(text))
