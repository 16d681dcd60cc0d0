"""The cells of an exception and of a row, each made when a table or card asks for it.

Most tables show few of the columns that a declaration has.  Used by :mod:`.entries`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.model.table_columns import own_key
from sphinx_arco_parity.text.words import plain
from sphinx_arco_parity.views.inline import Cell, Part, joined, parts_of

if TYPE_CHECKING:
    from sphinx_arco_parity.model.records import ParityException, ParityRow
    from sphinx_arco_parity.views.entries import Entries

    Makers = Mapping[str, Callable[[Entries, Any], Cell]]


class LazyCells(Mapping[str, Cell]):
    """Column to cell for one declaration, the project's own columns last."""

    __slots__ = ("_entries", "_makers", "_one", "_own")

    def __init__(
        self, entries: Entries, one: ParityException | ParityRow, makers: Makers
    ) -> None:
        self._entries = entries
        self._one = one
        self._makers = makers
        self._own = {own_key(header): text for header, text in one.fields if header}

    def __getitem__(self, key: str) -> Cell:
        if key in self._own:
            return parts_of(self._own[key])
        return self._makers[key](self._entries, self._one)

    def __iter__(self) -> Iterator[str]:
        yield from self._makers
        yield from (key for key in self._own if key not in self._makers)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def words_cell(text: str) -> Cell:
    """Return *text* without markup as a cell."""
    return (Part(plain(text)),) if text else ()


def type_cell(text: str) -> Cell:
    """Return the type of an exception as a mark."""
    return (Part(plain(text), "type"),) if text else ()


def status_cell(status: str | None, label: str) -> Cell:
    """Return a status as a mark, with the project's own label if it differs."""
    bare = plain(label)
    if status is None:
        return (Part(bare),) if bare else ()
    title = "" if bare.casefold() == status.casefold() else bare
    return (Part(status, "status", title=title),)


def _citing_rows(entries: Entries, one: ParityException) -> Cell:
    cited = entries.register.cited_by.get(one.id)
    return joined([Part(r, link=("row", r)) for r in cited.rows] if cited else [])


def _citing_claims(entries: Entries, one: ParityException) -> Cell:
    cited = entries.register.cited_by.get(one.id)
    return joined([Part(c, link=("claim", c)) for c in cited.claims] if cited else [])


def _row_title(_entries: Entries, row: ParityRow) -> Cell:
    return (Part(plain(row.capability) or row.id, link=("row", row.id)),)


#: The columns of an exception.
EXCEPTION_CELLS: Makers = {
    "id": lambda entries, one: entries.id_cell("exception", one.id),
    "capability": lambda _, one: parts_of(one.capability),
    "decision": lambda _, one: parts_of(one.decision),
    "type": lambda _, one: type_cell(one.type),
    "revisit": lambda _, one: parts_of(one.revisit),
    "owner": lambda _, one: words_cell(one.owner),
    "adrs": lambda entries, one: entries.adr_cell(one.adrs),
    "evidence": lambda entries, one: entries.evidence_cell(one),
    "rationale": lambda _, one: parts_of(one.rationale),
    "cited-by": lambda entries, one: entries.cited_cell(one.id),
    "review": lambda entries, one: entries.review_cell(one),
}

#: The columns of a row.
ROW_CELLS: Makers = {
    "id": lambda entries, row: entries.id_cell("row", row.id),
    "section": lambda _, row: words_cell(row.section),
    "capability": _row_title,
    "feature": lambda _, row: parts_of(row.feature),
    "status": lambda entries, row: status_cell(
        entries.register.status(row), row.status
    ),
    "proof-level": lambda _, row: words_cell(plain(row.proof_level)),
    "code": lambda entries, row: entries.evidence_cell(row, "code"),
    "tests": lambda entries, row: entries.evidence_cell(row, "test"),
    "ci": lambda entries, row: entries.evidence_cell(row, "ci"),
    "evidence": lambda entries, row: entries.share_cell(row),
    "exceptions": lambda entries, row: entries.exception_cell(
        entries.register.cited_by_row(row)
    ),
    "adrs": lambda entries, row: entries.adr_cell(row.adrs),
    "owner": lambda _, row: words_cell(row.owner),
    "notes": lambda _, row: parts_of(row.notes),
}

#: The columns of an exception with all that hangs on it.
TRACE_CELLS: Makers = {
    "id": lambda entries, one: entries.id_cell("exception", one.id),
    "capability": lambda _, one: parts_of(one.capability),
    "type": lambda _, one: type_cell(one.type),
    "revisit": lambda _, one: parts_of(one.revisit),
    "rows": _citing_rows,
    "claims": _citing_claims,
    "adrs": lambda entries, one: entries.adr_cell(one.adrs),
    "evidence": lambda entries, one: entries.share_cell(one),
    "review": lambda entries, one: entries.review_cell(one),
    "owner": lambda _, one: words_cell(one.owner),
}
