"""What a declaration shows of itself: fields, what cites it, and its findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX, labels, ordered
from sphinx_arco_parity.model.records import ParityClaim, ParityException, ParityRow
from sphinx_arco_parity.text.words import plain
from sphinx_arco_parity.views.inline import Cell, Part, parts_of

if TYPE_CHECKING:
    from sphinx_arco_parity.views.cells import Entry
    from sphinx_arco_parity.views.entries import Entries


class Card(NamedTuple):
    """A declaration as every builder shows it."""

    kind: str
    """``exception``, ``row`` or ``claim``."""
    id: str
    title: Cell = ()
    """The capability, after the id."""
    marks: Cell = ()
    """Status or type."""
    fields: tuple[tuple[str, Cell], ...] = ()
    """English label, text."""
    cited: Cell = ()
    """What cites it."""
    findings: tuple[Cell, ...] = ()

    @property
    def words(self) -> str:
        """All words of the card, for the search."""
        cells = [self.title, *(cell for _, cell in self.fields)]
        return " ".join([self.id, *(p.text for cell in cells for p in cell)])


def exception_card(
    exception: ParityException, entry: Entry, entries: Entries, findings: Sequence[Cell]
) -> Card:
    """Return the card of an exception; *entry* is its line in a table."""
    return Card(
        kind="exception",
        id=exception.id,
        title=parts_of(exception.capability),
        marks=(Part(plain(exception.type), "type"),) if exception.type else (),
        fields=_fields(EXCEPTIONS, entry),
        cited=entries.cited_cell(exception.id),
        findings=tuple(findings),
    )


def row_card(row: ParityRow, entry: Entry, findings: Sequence[Cell]) -> Card:
    """Return the card of a row; *entry* is its line in a table."""
    return Card(
        kind="row",
        id=row.id,
        title=parts_of(row.capability),
        marks=entry.cells.get("status", ()),
        fields=_fields(MATRIX, entry),
        findings=tuple(findings),
    )


def claim_card(claim: ParityClaim, entry: Entry, findings: Sequence[Cell]) -> Card:
    """Return the card of a claim; *entry* is its line in a table."""
    fields = [
        (label, entry.cells[key])
        for key, label in (("exceptions", "Exceptions"), ("rows", "Rows"))
        if entry.cells.get(key)
    ]
    return Card(
        kind="claim",
        id="" if claim.derived_id else claim.id,
        fields=tuple(fields),
        findings=tuple(findings),
    )


def _fields(kind: str, entry: Entry) -> tuple[tuple[str, Cell], ...]:
    """Return what a card lists: our fields that say something, then the project's."""
    found = [
        (field.label, cell)
        for field in ordered(kind)
        if field.card and (cell := entry.cells[field.name])
    ]
    ours = labels(kind)
    found += [
        (key.replace("-", " ").title(), cell)
        for key in entry.cells
        if key not in ours and (cell := entry.cells[key])
    ]
    return tuple(found)
