"""The lines of tables before they are laid out, and their cells.

Each cell of an exception or a row is made when a table or card asks for it: most tables show
few of the columns that a declaration has.  Used by :mod:`.entries`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.fields import (
    EXCEPTIONS,
    MATRIX,
    Field,
    Shape,
    fields_of,
    kind_of,
    text_of,
)
from sphinx_arco_parity.model.records import Citation, Evidence, ParityException, ParityRow, Verdict
from sphinx_arco_parity.model.table_columns import COLUMNS, own_key
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.review.due import ReviewState, review_states
from sphinx_arco_parity.text.words import plain
from sphinx_arco_parity.views.inline import Cell, Part, joined, labelled, lines, parts_of

if TYPE_CHECKING:
    from sphinx_arco_parity.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a table before it is laid out."""

    cells: Mapping[str, Cell]
    """Column to cell."""
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What filters compare: ``status``, ``type``, ``milestone``, ``section``,
    ``owner``, ``documents``."""
    anchor: str = ""
    """Of the declaration, as ``kind-id``; used for permalinks."""
    declared: tuple[str, str] = ("", "")
    """Page and anchor of the declaration."""
    classes: tuple[str, ...] = ()


Makers = Mapping[str, Callable[["CellSource", Any], Cell]]


#: Behind a status that an error speaks against.
DISPUTED = Part("disputed", "severity", title="a finding of level error speaks against it")


class CellSource:
    """Makes cells of what is known of each declaration.

    :param title_of: gives the title of a page by its name.
    """

    def __init__(self, assessment: Assessment, title_of: Callable[[str], str] = str) -> None:
        self.title_of = title_of
        self.assessment = assessment
        self.register: Register = assessment.register
        self.settings = assessment.register.settings
        self._proofs = {
            (proven.declaration.docname, proven.declaration.anchor): proven
            for proven in assessment.proofs
        }

    @cached_property
    def states(self) -> dict[tuple[str, str], ReviewState]:
        """The state of review of each exception, by page and anchor."""
        found = review_states(
            self.register, self.assessment.lock, self.settings, as_of=self.assessment.as_of
        )
        return {(s.exception.docname, s.exception.anchor): s for s in found}

    def review_cell(self, exception: ParityException) -> Cell:
        """Return the state of review of an exception; nothing without a cadence."""
        state = self.states.get((exception.docname, exception.anchor))
        if state is None or (self.assessment.lock is None and not state.overdue):
            return ()
        last = state.reviewed
        at = f" at {last.milestone}" if last and last.milestone else ""
        title = f"{last.date}{at}, {last.by}" if last else ""
        return (Part(state.word, "review", title=title),)

    def marks_cell(self, exception: ParityException) -> Cell:
        """Return the tests that fail, or do not run, because of an exception."""
        return lines([
            (Part(mark.test, "code", link=("file", f"{mark.place.path}:{mark.place.line}")),
             Part(" "), Part(mark.verdict, "verdict", title=mark.reason))
            for mark in self._judged.marks(exception.id)
        ])  # fmt: skip

    def id_cell(self, kind: str, identifier: str) -> Cell:
        """Return an id as a link to its declaration."""
        return (Part(identifier, link=(kind, identifier)),)

    def named(self, kind: str, identifier: str) -> Part:
        """Return a declaration as a link, by its words where its id is made of them."""
        text = identifier
        if kind == "row" and (row := self.register.rows_by_id.get(identifier)):
            text = plain(row.capability) if row.derived_id else text
        if kind == "claim" and (claim := self.register.claims_by_id.get(identifier)):
            text = plain(claim.text) if claim.derived_id else text
        return Part(shorten(text, 60, placeholder="…") or identifier, link=(kind, identifier))

    def _page(self, docname: str) -> Part:
        return Part(self.title_of(docname), link=("page", docname))

    def exception_cell(self, ids: Sequence[str]) -> Cell:
        """Return exceptions as links, in the order of the author."""
        return joined(Part(identifier, link=("exception", identifier)) for identifier in ids)

    def adr_cell(self, citations: Sequence[Citation]) -> Cell:
        """Return ADRs as links, by their number."""
        parts = []
        for cited in citations:
            adr = resolve_adr(cited.target, self.register.adrs)
            text = f"ADR-{adr.number}" if adr else cited.target
            parts.append(Part(text, link=("adr", adr.key if adr else cited.target)))
        return joined(dict.fromkeys(parts))

    def cited_cell(self, identifier: str) -> Cell:
        """Return what cites an exception."""
        cited = self.register.cited_by.get(identifier)
        if cited is None:
            return ()
        groups = self.citing(identifier)
        groups["Rows"] += [self.named("row", row) for row in cited.named_by_rows]
        groups["Pages"] = [self._page(mention.docname) for mention in cited.mentions]
        return labelled(groups)

    def citing(self, identifier: str) -> dict[str, list[Part]]:
        """Return the rows and the claims that cite an exception."""
        cited = self.register.cited_by.get(identifier)
        return {
            "Rows": [self.named("row", row) for row in cited.rows] if cited else [],
            "Claims": [self.named("claim", claim) for claim in cited.claims] if cited else [],
        }

    def verdicts_of(self, record: ParityException | ParityRow) -> list[tuple[Evidence, Verdict]]:
        """Return the evidence of a declaration with its verdicts, and what is unread."""
        proven = self._proofs.get((record.docname, record.anchor))
        return proven.shown() if proven is not None else []

    def evidence_cell(self, record: ParityException | ParityRow, kind: str = "") -> Cell:
        """Return the evidence of *kind* (or all), each with its verdict."""
        pairs = [p for p in self.verdicts_of(record) if not kind or p[0].kind == kind]
        return lines([(*reference_cell(e), Part(" "), *verdict_cell(v)) for e, v in pairs])

    @cached_property
    def _judged(self) -> Proofs:
        return Proofs(self.assessment)

    def disputed_cell(self, record: ParityException | ParityRow) -> Cell:
        """Return the mark of a declaration with a finding of level error, or nothing."""
        return (Part(" "), DISPUTED) if self._judged.is_disputed(record) else ()

    def share_cell(self, record: ParityException | ParityRow) -> Cell:
        """Return how much of the evidence is verified, and what the rest is."""
        verdicts = Counter(verdict.name for _, verdict in self.verdicts_of(record))
        total = sum(verdicts.values()) - verdicts["unread"]
        if not verdicts:
            return ()
        good = verdicts.pop("verified", 0)
        rest = [Part(name, "verdict", title=f"{n} of {total}") for name, n in verdicts.items()]
        share = Part(f"{good} of {total}", title=f"{good} of {total} pieces verified")
        return (share, *(part for word in rest for part in (Part(" "), word)))


class LazyCells(Mapping[str, Cell]):
    """Column to cell of a declaration, the project's own columns last."""

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


#: How the column of a field is made, by the field's shape.
CELLS: Mapping[Shape, Callable[[CellSource, Any, Field], Cell]] = {
    Shape.ID: lambda entries, record, _field: entries.id_cell(
        "row" if kind_of(record) == MATRIX else "exception", record.id
    ),
    Shape.TEXT: lambda _, record, field: parts_of(text_of(record, field)),
    Shape.TRIGGER: lambda _, record, field: parts_of(text_of(record, field)),
    Shape.WORDS: lambda _, record, field: words_cell(text_of(record, field)),
    Shape.PROOF_LEVEL: lambda _, record, field: words_cell(text_of(record, field)),
    Shape.TITLE: lambda _, row, _field: (
        Part(plain(row.capability) or row.id, link=("row", row.id)),
    ),
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
    **{
        name: make
        for name, make in field_cells(EXCEPTIONS).items()
        if name in COLUMNS["traceability"]
    },
    "rows": lambda entries, record: joined(entries.citing(record.id)["Rows"]),
    "claims": lambda entries, record: joined(entries.citing(record.id)["Claims"]),
    "evidence": lambda entries, record: entries.share_cell(record),
}


def verdict_cell(verdict: Verdict) -> Cell:
    """Return a verdict as a mark that says why, and what was reported of a test."""
    mark = Part(verdict.name, "verdict", title=verdict.detail)
    if verdict.result is None:
        return (mark,)
    return (mark, Part(" "), Part(verdict.result, "result", title=verdict.result_detail))


def reference_cell(piece: Evidence) -> Cell:
    """Return a reference: the file, linked, and what is looked for in it."""
    place = f"{piece.path}:{piece.line}" if piece.line else piece.path
    named = (piece.symbol, piece.job and f"job {piece.job}", piece.command)
    parts = [Part(what, "code") for what in named if what]
    if place or not parts:
        parts.insert(0, Part(place or piece.text, "code", link=("file", place) if place else None))
    return joined(parts, " ")


def finding_cell(finding: Finding, *, instead_of_help: Cell = ()) -> Cell:
    """Return one finding as it stands in a page: what is wrong, then what to do."""
    rule = Part(f"parity.{finding.rule}", "code", link=("rule", finding.rule))
    help_ = instead_of_help or parts_of(finding.help)
    helped = (Part("\n", "break"), Part("→ "), *help_) if finding.help else ()
    mark = Part(finding.severity.value, "severity")
    return (mark, Part(" "), *parts_of(finding.message), Part(" "), rule, *helped)
