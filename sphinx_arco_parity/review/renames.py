"""Digests of what a review looked at, and which of what is new is old with another id.

Digests change when the meaning may have changed: neither markup nor white space nor the line
numbers of evidence, which ``arco-parity fix`` rewrites, count.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX, Field, Shape, fields_of, text_of
from sphinx_arco_parity.model.parity_document import ParityDocument
from sphinx_arco_parity.model.records import ParityException, ParityRow
from sphinx_arco_parity.review.lock import Lock
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
    # An empty column may come and go.
    own = [[label_key(name), plain(text)] for name, text in record.fields if plain(text)]
    said["fields"] = sorted(own)
    kept = {name: value for name, value in said.items() if value}
    return digest(json.dumps(kept, sort_keys=True, ensure_ascii=False))


def _value(record: ParityException | ParityRow, field: Field) -> object:
    if field.shape is Shape.ADRS:
        return sorted({citation.target.casefold() for citation in record.adrs})
    if field.shape in {Shape.EVIDENCE, Shape.SHARE}:
        return sorted(
            [e.kind, e.path, e.symbol or "", e.job or "", e.command or ""] for e in record.evidence
        )
    text = text_of(record, field)
    return label_key(text) if field.shape in _LABELS else plain(text)


#: How alike two ids must be where the content alone does not tell.
_ALIKE = 0.6

#: More pairs of the same content than these say nothing, and would take long to compare.
_MANY = 2_500


def renamed_exceptions(register: Register, lock: Lock) -> dict[str, str]:
    """Return new id to old id of the exceptions that have another id and are the same.

    Two that have the same content are told apart by their ids only if they are alike.
    """
    new = {
        exception.id: exception_digest(exception)
        for exception in register.exceptions_by_id.values()
        if exception.id not in lock.exceptions
    }
    old = {
        key: review.digest
        for key, review in lock.exceptions.items()
        if key not in register.exceptions_by_id
    }
    return paired_ids(new, old, telling=set(new))


def renamed_rows(register: Register, lock: Lock) -> dict[str, str]:
    """Return new id to old id of the rows that have another id and the same content.

    The content tells if there is evidence in it; else the ids must be alike.
    """
    rows = lock.rows or {}
    added = [row for row in register.rows_by_id.values() if row.id not in rows]
    new = {row.id: row_digest(row) for row in added}
    old = {key: row.digest for key, row in rows.items() if key not in register.rows_by_id}
    return paired_ids(new, old, telling={row.id for row in added if row.evidence})


def renamed_by_capability(
    old: ParityDocument, new: ParityDocument, known: Mapping[str, str]
) -> dict[str, str]:
    """Return new id to old id of the other rows of *new* whose capability one row of each has.

    :param known: new id to old id of rows that the content tells.
    """
    before, after = ({row["id"] for row in document["rows"]} for document in (old, new))
    taken = before & after | {*known, *known.values()}
    was, now = _by_capability(old), _by_capability(new)
    return {
        now[capability]: was[capability]
        for capability in sorted(was.keys() & now.keys())
        if taken.isdisjoint({was[capability], now[capability]})
    }


def _by_capability(document: ParityDocument) -> dict[str, str]:
    """Return capability to id of the rows that alone have theirs."""
    named = [(row["capability"], row["id"]) for row in document["rows"]]
    count = Counter(capability for capability, _ in named)
    return {capability: key for capability, key in named if capability and count[capability] == 1}


def paired_ids(
    new: Mapping[str, str], old: Mapping[str, str], *, telling: set[str]
) -> dict[str, str]:
    """Return new id to old id of those with the same content, the most alike first.

    :param telling: the new ids whose content alone tells, if no other has the same.
    """
    by_digest = defaultdict[str, list[str]](list)
    for old_id in sorted(old):
        by_digest[old[old_id]].append(old_id)
    same = Counter(new.values())
    candidates = []
    for new_id in sorted(new):
        olds = by_digest[new[new_id]]
        if len(olds) * same[new[new_id]] > _MANY:
            continue
        certain = new_id in telling and len(olds) == 1 and same[new[new_id]] == 1
        for old_id in olds:
            alike = SequenceMatcher(None, new_id, old_id, autojunk=False).ratio()
            if certain or alike >= _ALIKE:
                candidates.append((-alike, new_id, old_id))
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, new_id, old_id in sorted(candidates):
        if new_id not in pairs and old_id not in taken:
            pairs[new_id] = old_id
            taken.add(old_id)
    return pairs
