"""Which of the new rows and exceptions are old ones with another id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.review.digests import exception_digest, row_digest
from sphinx_arco_parity.review.lock import Lock

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


def paired_ids(
    new: Mapping[str, str], old: Mapping[str, str], *, telling: set[str]
) -> dict[str, str]:
    """Return new id to old id of those with the same content, the most alike first.

    :param telling: the new ids whose content alone tells, if no other has the same.
    """
    if not new or not old:
        return {}
    by_digest = defaultdict[str, list[str]](list)
    for old_id in sorted(old):
        by_digest[old[old_id]].append(old_id)
    same = defaultdict[str, int](int)
    for found in new.values():
        same[found] += 1
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
    return _best(candidates)


def _best(candidates: list[tuple[float, str, str]]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, new_id, old_id in sorted(candidates):
        if new_id not in pairs and old_id not in taken:
            pairs[new_id] = old_id
            taken.add(old_id)
    return pairs
