"""What a table can show: an entry for each exception, row, claim, ADR or finding.

Made from the assessment; :mod:`.tables` filters, sorts and lays them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX
from sphinx_arco_parity.model.records import ParityClaim, ParityException, ParityRow
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.review.history import History
from sphinx_arco_parity.review.triggers import parse_trigger
from sphinx_arco_parity.rules.review import change_text
from sphinx_arco_parity.text.words import plain
from sphinx_arco_parity.views.cells import (
    DISPUTED,
    TRACE_CELLS,
    CellSource,
    Entry,
    LazyCells,
    field_cells,
    reference_cell,
    status_cell,
    verdict_cell,
    words_cell,
)
from sphinx_arco_parity.views.inline import Part, joined, labelled, lines, parts_of
from sphinx_arco_parity.views.marks import class_of


class Entries(CellSource):
    """Makes the entries of each kind of table from one assessment.

    :param title_of: gives the title of a page by its name.
    """

    def __init__(
        self,
        assessment: Assessment,
        history: History | None = None,
        title_of: Callable[[str], str] = str,
    ) -> None:
        super().__init__(assessment, title_of)
        self.history_file = history

    def exceptions(self) -> Iterator[Entry]:
        """One entry for each declared exception."""
        return map(self.of_exception, self.register.exceptions)

    def of_exception(self, exception: ParityException) -> Entry:
        """Return the entry of one exception."""
        return Entry(
            cells=LazyCells(self, exception, field_cells(EXCEPTIONS)),
            facts=self._exception_facts(exception),
            anchor=exception.anchor,
            declared=(exception.docname, exception.anchor),
            classes=self.classes_of(exception),
        )

    def classes_of(self, record: ParityException | ParityRow) -> tuple[str, ...]:
        """Return the style classes of an exception or row, by its type or status."""
        if isinstance(record, ParityRow):
            status = self.register.status(record)
            disputed = [DISPUTED] if self.disputed_cell(record) else []
            marks = [Part(status, "status")] if status else []
            return tuple(class_of(mark.kind, mark.text) for mark in (*marks, *disputed))
        kind = self.settings.exception_type(record.type)
        return (class_of("type", kind),) if kind else ()

    def _exception_facts(self, exception: ParityException) -> dict[str, Sequence[str]]:
        trigger = parse_trigger(exception.revisit, self.settings.milestones)
        return {
            "type": [self.settings.exception_type(exception.type) or plain(exception.type)],
            "milestone": tuple(trigger.milestones),
            "owner": [exception.owner],
            "documents": [exception.docname],
        }

    @cached_property
    def declared(self) -> dict[tuple[str, str], ParityException | ParityRow]:
        """Exceptions and rows by page and anchor."""
        declared: list[ParityException | ParityRow]
        declared = [*self.register.exceptions, *self.register.rows]
        return {(record.docname, record.anchor): record for record in declared}

    def at(self, docname: str, anchors: Sequence[str]) -> Iterator[Entry]:
        """Yield the entries of the declarations at *anchors* of one page, in order."""
        found = (self.declared.get((docname, anchor)) for anchor in anchors)
        for record in found:
            if isinstance(record, ParityRow):
                yield self.of_row(record)
            elif record is not None:
                yield self.of_exception(record)

    def matrix(self) -> Iterator[Entry]:
        """One entry for each row."""
        return map(self.of_row, self.register.rows)

    def of_row(self, row: ParityRow) -> Entry:
        """Return the entry of one row."""
        status = self.register.status(row)
        return Entry(
            cells=LazyCells(self, row, field_cells(MATRIX)),
            facts=_row_facts(row, status),
            anchor=row.anchor,
            declared=(row.docname, row.anchor),
            classes=self.classes_of(row),
        )

    def claims(self) -> Iterator[Entry]:
        """One entry for each marked claim."""
        for claim in self.register.claims:
            yield Entry(
                cells={
                    "id": self.id_cell("claim", claim.id),
                    "text": (Part(plain(claim.text), link=("claim", claim.id)),),
                    "exceptions": self.exception_cell(self.register.cited_by_claim(claim)),
                    "rows": joined([self.named("row", c.target) for c in claim.rows]),
                    "page": (self._page(claim.docname),),
                },
                facts={"documents": [claim.docname]},
                anchor=claim.anchor,
                declared=(claim.docname, claim.anchor),
            )

    def adrs(self) -> Iterator[Entry]:
        """One entry for each ADR."""
        citing = self._adr_citations()
        for adr in self.register.adrs:
            successor = adr.superseded_by
            yield Entry(
                cells={
                    "number": (Part(adr.number, link=("adr", adr.key)),),
                    "title": words_cell(adr.title),
                    "status": words_cell(adr.status),
                    "superseded-by": (Part(successor, link=("adr", successor)),)
                    if successor
                    else (),
                    "path": (Part(adr.path, "code", link=("file", adr.path)),),
                    "cited-by": labelled(citing.get(adr.key, {})),
                },
                facts={"status": [adr.status], "documents": [adr.path]},
            )

    def _adr_citations(self) -> dict[str, dict[str, list[Part]]]:
        found: dict[str, dict[str, list[Part]]] = {}
        kinds: tuple[tuple[str, str, Sequence[ParityException | ParityRow | ParityClaim]], ...]
        kinds = (
            ("Exceptions", "exception", self.register.exceptions),
            ("Rows", "row", self.register.rows),
            ("Claims", "claim", self.register.claims),
        )
        for label, kind, declared in kinds:
            for declaration in declared:
                cited = (resolve_adr(adr.target, self.register.adrs) for adr in declaration.adrs)
                paths = {adr.key for adr in cited if adr}
                for path in sorted(
                    paths.union(e.path for e in getattr(declaration, "evidence", ()))
                ):
                    parts = found.setdefault(path, {}).setdefault(label, [])
                    parts.append(self.named(kind, declaration.id))
        return found

    def evidence(self) -> Iterator[Entry]:
        """One entry for each reference into the repository."""
        for proven in self.assessment.proofs:
            declared = proven.declaration
            row = declared if isinstance(declared, ParityRow) else None
            kind = "row" if row else "exception"
            for piece, verdict in proven.shown():
                yield Entry(
                    cells={
                        "item": (self.named(kind, declared.id),),
                        "kind": words_cell(piece.kind),
                        "evidence": reference_cell(piece),
                        "verdict": verdict_cell(verdict),
                        "detail": parts_of(verdict.detail),
                    },
                    facts={
                        "status": [self.register.status(row) or "" if row else ""],
                        "section": [row.section if row else ""],
                        "owner": [getattr(declared, "owner", "")],
                        "type": [piece.kind],
                        "documents": [declared.docname],
                    },
                    declared=(declared.docname, declared.anchor),
                    classes=(class_of("verdict", verdict.name),),
                )

    def traceability(self) -> Iterator[Entry]:
        """One entry for each exception, with all that hangs on it."""
        for exception in self.register.exceptions:
            yield Entry(
                cells=LazyCells(self, exception, TRACE_CELLS),
                facts=self._exception_facts(exception),
                declared=(exception.docname, exception.anchor),
                classes=self.classes_of(exception),
            )

    def review(self) -> Iterator[Entry]:
        """One entry for each exception: when it was reviewed, and what comes next."""
        for exception in self.register.exceptions:
            state = self.states.get((exception.docname, exception.anchor))
            if state is None:
                continue
            yield Entry(
                cells={
                    "id": self.id_cell("exception", exception.id),
                    "capability": parts_of(exception.capability),
                    "revisit": parts_of(exception.revisit),
                    "state": (Part(state.word, "review"),),
                    **{
                        name: words_cell(getattr(state.reviewed, name, None) or "")
                        for name in ("milestone", "date", "by", "note")
                    },
                    "changes": lines([parts_of(change_text(c)) for c in state.changes]),
                    "next": words_cell(", ".join(state.due) or state.upcoming or ""),
                },
                facts={**self._exception_facts(exception), "status": [state.word]},
                declared=(exception.docname, exception.anchor),
                classes=(class_of("review", state.word),),
            )

    def history(self) -> Iterator[Entry]:
        """One entry for each row: since when it has its status."""
        for row in self.register.rows:
            status = self.register.status(row)
            history = self.history_file
            step = history.since(row.id, status) if history else None
            yield Entry(
                cells={
                    "id": self.id_cell("row", row.id),
                    "section": words_cell(row.section),
                    "capability": (Part(row.capability, link=("row", row.id)),),
                    "status": status_cell(status, row.status),
                    "since": words_cell(step.date if step else ""),
                    "commit": (Part(step.commit[:10], "code"),) if step else (),
                    "before": words_cell(self._before(row.id)),
                },
                facts=_row_facts(row, status),
                declared=(row.docname, row.anchor),
                classes=(class_of("status", status),) if status else (),
            )

    def _before(self, row_id: str) -> str:
        history = self.history_file
        steps = history.rows.get(row_id, ())[:-1] if history else ()
        dates = ["" if history and s.commit == history.start else f" {s.date}" for s in steps]
        return ", ".join(f"{s.status or 'removed'}{d}" for s, d in zip(steps, dates, strict=True))

    def findings(self) -> Iterator[Entry]:
        """One entry for each finding of this build."""
        for finding in self.assessment.findings:
            severity = finding.severity.value
            place = f"{finding.place.path}:{finding.place.line}"
            yield Entry(
                cells={
                    "severity": (Part(severity, "severity"),),
                    "rule": (Part(finding.rule, "code", link=("rule", finding.rule)),),
                    "item": words_cell(finding.item),
                    "message": parts_of(finding.message),
                    "help": parts_of(finding.help),
                    "place": (Part(place, "code", link=("file", place)),),
                },
                facts={
                    "type": [finding.rule],
                    "status": [severity],
                    "documents": [finding.docname],
                },
                declared=(finding.docname, finding.anchor),
                classes=(class_of("severity", severity),),
            )


def _row_facts(row: ParityRow, status: str | None) -> dict[str, Sequence[str]]:
    return {
        "status": [status or plain(row.status)],
        "section": [row.section],
        "owner": [row.owner],
        "documents": [row.docname],
    }
