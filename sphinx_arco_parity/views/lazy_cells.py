"""The cells of an exception and of a row, each made when a table or card asks for it.

Most tables show few of the columns that a declaration has.  Used by :mod:`.entries`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Protocol

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.fields import MATRIX, Field, Shape, fields_of, kind_of, text_of
from sphinx_arco_parity.model.records import Citation, ParityException, ParityRow
from sphinx_arco_parity.model.table_columns import own_key
from sphinx_arco_parity.text.words import plain
from sphinx_arco_parity.views.inline import Cell, Part, joined, parts_of

Makers = Mapping[str, Callable[["CellSource", Any], Cell]]


class CellSource(Protocol):
    """What cells are made from: the register, and what is known of each declaration."""

    register: Register

    def id_cell(self, kind: str, identifier: str) -> Cell:
        """Return an id as a link to its declaration."""

    def named(self, kind: str, identifier: str) -> Part:
        """Return a row or claim as a link, by its words where its id is made of them."""

    def exception_cell(self, ids: Sequence[str]) -> Cell:
        """Return exceptions as links."""

    def adr_cell(self, citations: Sequence[Citation]) -> Cell:
        """Return ADRs as links."""

    def cited_cell(self, identifier: str) -> Cell:
        """Return what cites an exception."""

    def marks_cell(self, exception: ParityException) -> Cell:
        """Return the tests that are marked with an exception."""

    def review_cell(self, exception: ParityException) -> Cell:
        """Return the state of review of an exception."""

    def evidence_cell(self, declared: ParityException | ParityRow, kind: str = "") -> Cell:
        """Return the evidence of *kind*, or all, each with its verdict."""

    def disputed_cell(self, declared: ParityException | ParityRow) -> Cell:
        """Return the mark of a declaration with a finding of level error, or nothing."""

    def share_cell(self, declared: ParityException | ParityRow) -> Cell:
        """Return how much of the evidence is verified."""


class LazyCells(Mapping[str, Cell]):
    """Column to cell for record declaration, the project's own columns last."""

    __slots__ = ("_entries", "_makers", "_own", "_record")

    def __init__(
        self, entries: CellSource, record: ParityException | ParityRow, makers: Makers
    ) -> None:
        self._entries = entries
        self._record = record
        self._makers = makers
        self._own = {own_key(header): text for header, text in record.fields if header}

    def __getitem__(self, key: str) -> Cell:
        if key in self._own:
            return parts_of(self._own[key])
        return self._makers[key](self._entries, self._record)

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


def _citing_rows(entries: CellSource, record: ParityException) -> Cell:
    cited = entries.register.cited_by.get(record.id)
    return joined([entries.named("row", r) for r in cited.rows] if cited else [])


def _citing_claims(entries: CellSource, record: ParityException) -> Cell:
    cited = entries.register.cited_by.get(record.id)
    return joined([entries.named("claim", c) for c in cited.claims] if cited else [])


def _title(row: ParityRow) -> Cell:
    return (Part(plain(row.capability) or row.id, link=("row", row.id)),)


def _id(entries: CellSource, declared: ParityException | ParityRow, _f: Field) -> Cell:
    kind = "row" if kind_of(declared) == MATRIX else "exception"
    return entries.id_cell(kind, declared.id)


#: How the column of a field is made, by the field's shape.
CELLS: Mapping[Shape, Callable[[CellSource, Any, Field], Cell]] = {
    Shape.ID: _id,
    Shape.TEXT: lambda _, record, field: parts_of(text_of(record, field)),
    Shape.TRIGGER: lambda _, record, field: parts_of(text_of(record, field)),
    Shape.WORDS: lambda _, record, field: words_cell(text_of(record, field)),
    Shape.PROOF_LEVEL: lambda _, record, field: words_cell(text_of(record, field)),
    Shape.TITLE: lambda _, row, _field: _title(row),
    Shape.TYPE: lambda _, record, field: type_cell(text_of(record, field)),
    Shape.STATUS: lambda entries, row, _field: (
        *status_cell(entries.register.status(row), row.status),
        *entries.disputed_cell(row),
    ),
    Shape.EVIDENCE: lambda entries, record, field: entries.evidence_cell(
        record, "" if field.evidence == "any" else field.evidence
    ),
    Shape.SHARE: lambda entries, row, _field: entries.share_cell(row),
    Shape.EXCEPTIONS: lambda entries, row, _field: entries.exception_cell(
        entries.register.cited_by_row(row)
    ),
    Shape.ADRS: lambda entries, record, _field: entries.adr_cell(record.adrs),
    Shape.CITED_BY: lambda entries, record, _field: entries.cited_cell(record.id),
    Shape.MARKS: lambda entries, record, _field: entries.marks_cell(record),
    Shape.REVIEW: lambda entries, record, _field: entries.review_cell(record),
}


@cache
def field_cells(kind: str) -> Makers:
    """Return what makes the columns of exceptions or of rows."""
    return {
        field.name: partial(_field_cell, field=field) for field in fields_of(kind) if field.label
    }


def _field_cell(entries: CellSource, declared: ParityException | ParityRow, field: Field) -> Cell:
    return CELLS[field.shape](entries, declared, field)


#: The columns of an exception with all that hangs on it.
TRACE_CELLS: Makers = {
    "id": lambda entries, record: entries.id_cell("exception", record.id),
    "capability": lambda _, record: parts_of(record.capability),
    "type": lambda _, record: type_cell(record.type),
    "revisit": lambda _, record: parts_of(record.revisit),
    "rows": _citing_rows,
    "claims": _citing_claims,
    "adrs": lambda entries, record: entries.adr_cell(record.adrs),
    "evidence": lambda entries, record: entries.share_cell(record),
    "review": lambda entries, record: entries.review_cell(record),
    "owner": lambda _, record: words_cell(record.owner),
}
