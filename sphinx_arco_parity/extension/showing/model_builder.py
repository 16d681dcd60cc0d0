"""What each page shows, made from the assessment of a build; see :mod:`.page_model`."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.extension.showing.page_model import (
    EvidenceMark,
    PageModel,
    RoleMarks,
    RowMarks,
    Shown,
    links_of,
)
from sphinx_arco_parity.extension.showing.targets import find_target
from sphinx_arco_parity.model.fields import cell_of
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.records import (
    Declaration,
    DocumentRecords,
    Evidence,
    ParityClaim,
    ParityException,
    ParityRow,
    Verdict,
    View,
)
from sphinx_arco_parity.model.table_columns import COLUMNS
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.rules.messages import label_of
from sphinx_arco_parity.text.inline import parse
from sphinx_arco_parity.text.words import plain, split_list
from sphinx_arco_parity.views.cards import Card, claim_card, exception_card, row_card
from sphinx_arco_parity.views.cells import finding_cell
from sphinx_arco_parity.views.entries import Entries
from sphinx_arco_parity.views.inline import Cell, Part, parts_of
from sphinx_arco_parity.views.others import OtherProjectError, parse_other
from sphinx_arco_parity.views.pictures.graph import graph_picture
from sphinx_arco_parity.views.pictures.summary import summary_pictures
from sphinx_arco_parity.views.tables import build_table, declarations_shown, legend_table

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build
    from sphinx_arco_parity.extension.showing.page_model import Link
    from sphinx_arco_parity.views.cells import Entry


class ModelBuilder:
    """Makes the models of pages from one assessment."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.assessment = build.assessment
        self.register = self.assessment.register
        self.entries = Entries(self.assessment, build.history, self._title_of)

    def _title_of(self, docname: str) -> str:
        title = self.build.env.titles.get(docname)
        return title.astext() if title is not None else docname

    @cached_property
    def documents(self) -> dict[str, DocumentRecords]:
        """The records of each page by its name."""
        return {page.docname: page for page in self.register.documents}

    @cached_property
    def findings(self) -> dict[str, dict[str, list[Cell]]]:
        """Errors and warnings by page, and there by anchor; what has the place is not named."""
        declared: list[Declaration]
        declared = [*self.register.exceptions, *self.register.rows, *self.register.claims]
        at = {(declaration.docname, declaration.anchor): declaration for declaration in declared}
        found: dict[str, dict[str, list[Cell]]] = defaultdict(dict)
        first: dict[tuple[str, ...], Declaration] = {}
        for finding in self.assessment.findings:
            if finding.severity in {Severity.ERROR, Severity.WARNING} and finding.docname:
                home = found[finding.docname].setdefault(finding.home, [])
                own = at.get((finding.docname, finding.anchor))
                said = (
                    finding.message.removeprefix(f"{label_of(own)}: ") if own else finding.message
                )
                same = (finding.docname, finding.rule, finding.cause, finding.help)
                like = first.setdefault(same, own) if own and finding.cause else own
                as_for = _as_for(like) if like is not own and like else ()
                home.append(finding_cell(replace(finding, message=said), instead_of_help=as_for))
        # A role that stands there twice has one finding each time, and each is shown.
        return {
            docname: {home: list(dict.fromkeys(told)) for home, told in homes.items()}
            for docname, homes in found.items()
        }

    @cached_property
    def claims(self) -> dict[tuple[str, str], Entry]:
        """The entry of each claim, by page and anchor."""
        return {entry.declared: entry for entry in self.entries.claims()}

    def make(self, docname: str) -> PageModel:
        """Return what page *docname* shows."""
        findings = self.findings.get(docname, {})
        records = self.documents.get(docname)
        if records is None:
            return PageModel(findings=findings)
        model = PageModel(
            cards=self._cards(records, findings),
            rows=self._rows(records),
            views={view.anchor: self._view(view, findings) for view in records.views},
            findings=findings,
            roles={link: self.role_marks(*link) for link in _roles(records)},
        )
        links = {*model.roles, *links_of(model)}
        model.targets.update((link, find_target(self.build, *link)) for link in sorted(links))
        return model

    def _cards(self, records: DocumentRecords, findings: dict[str, list[Cell]]) -> dict[str, Card]:
        # What is declared in files is shown by tables.
        in_views = (dict(view.options).get("anchors", "") for view in records.views)
        elsewhere = {*records.in_tables, *(name for text in in_views for name in split_list(text))}
        declared: list[ParityException | ParityRow | ParityClaim] = [
            *records.exceptions,
            *records.rows,
            *(claim for claim in records.claims if not claim.inline),
        ]
        return {
            item.anchor: self._card(item, findings.get(item.anchor, []))
            for item in declared
            if item.anchor not in elsewhere
        }

    def _card(
        self, declared: ParityException | ParityRow | ParityClaim, findings: list[Cell]
    ) -> Card:
        if isinstance(declared, ParityException):
            entry = self.entries.of_exception(declared)
            return exception_card(declared, entry, self.entries, findings)
        if isinstance(declared, ParityRow):
            return row_card(declared, self.entries.of_row(declared), findings)
        return claim_card(declared, self.claims[declared.docname, declared.anchor], findings)

    def _rows(self, records: DocumentRecords) -> dict[str, RowMarks]:
        # As the register has them: what was read has no derived ids yet.
        known = self.entries.declared
        declared = [known.get((records.docname, anchor)) for anchor in records.in_tables]
        return {record.anchor: self._row_marks(record) for record in declared if record is not None}

    def _row_marks(self, record: ParityException | ParityRow) -> RowMarks:
        classes, register = self.entries.classes_of(record), self.register
        named = [cited.target for cited in record.adrs if cited.how == "column"]
        adrs = ((name, resolve_adr(name, register.adrs)) for name in named)
        links = tuple(("adrs", name, ("adr", adr.key)) for name, adr in adrs if adr)
        if isinstance(record, ParityException):
            return RowMarks(
                classes=classes,
                type=register.settings.exception_type(record.type),
                cited=self.entries.cited_cell(record.id),
                links=links,
            )
        exceptions = filter(register.is_declared, register.cited_by_row(record))
        return RowMarks(
            classes=classes,
            status=register.status(record),
            disputed=bool(self.entries.disputed_cell(record)),
            evidence=tuple(
                self._evidence_mark(record, piece, verdict)
                for piece, verdict in self.entries.verdicts_of(record)
            ),
            links=(*(("", name, ("exception", name)) for name in exceptions), *links),
        )

    def _evidence_mark(self, row: ParityRow, piece: Evidence, verdict: Verdict) -> EvidenceMark:
        adr = resolve_adr(piece.path, self.register.adrs) if piece.kind == "adr" else None
        cells = [text for name, text in row.cells if name == cell_of(piece)]
        cell = parse(cells[piece.column] if piece.column < len(cells) else "")
        line = verdict.found_line or piece.line
        return EvidenceMark(
            cell_of(piece),
            piece.column,
            piece.start,
            piece.literal,
            cell.literals_before(piece.start),
            cell.shown(piece.start, piece.end),
            f"{piece.path}:{line}" if line else piece.path,
            verdict.name,
            verdict.detail,
            adr=adr.key if adr else "",
            result=verdict.result or "",
            result_detail=verdict.result_detail,
        )

    def _view(self, view: View, findings: dict[str, list[Cell]]) -> Shown:
        if view.kind == "legend":
            return legend_table(view, self.register.settings, _)
        if view.kind in COLUMNS:
            table = build_table(view, self.entries, self._others(view))
            if "anchors" not in dict(view.options):
                return table
            lines = (
                line._replace(below=tuple(findings.get(line.anchor, ()))) for line in table.lines
            )
            return table._replace(lines=tuple(lines))
        shows = declarations_shown(view, self.entries)
        if view.kind == "summary":
            return summary_pictures(
                self.assessment,
                prefix=view.anchor,
                shows=shows,
                history=self.build.history,
                say=_,
            )
        picture = graph_picture(self.assessment, prefix=view.anchor, shows=shows, say=_)
        return (picture,) if picture else ()

    def _others(self, view: View) -> list[dict[str, Any]]:
        """Return the contents of the files of other repositories that a view names."""
        found = []
        for name in split_list(dict(view.options).get("from", "")):
            path = self.build.project.srcdir / name
            # What cannot be read is a finding of the page; see view_directives.
            with suppress(OSError, OtherProjectError, UnicodeDecodeError):
                found.append(parse_other(path.read_text(encoding="utf-8-sig")))
        return found

    def role_marks(self, kind: str, name: str) -> RoleMarks:
        """Return what is said of the *kind* *name* where a role names it."""
        if kind == "adr":
            adr = resolve_adr(name, self.register.adrs)
            return RoleMarks(known=True, number=adr.number) if adr else RoleMarks()
        if kind == "exception":
            return RoleMarks(known=self.register.is_declared(name))
        row = self.register.rows_by_id.get(name) if kind == "row" else None
        if row is None:
            return RoleMarks()
        title = plain(row.capability) if row.derived_id else ""
        return RoleMarks(status=self.register.status(row), title=title)


def _as_for(first: Declaration) -> Cell:
    """Say that what to do is said at *first*, which has the same cause."""
    kind = "exception" if isinstance(first, ParityException) else "row"
    before, _id, after = _("as for {item}, for the same reason").partition("{item}")
    link = None if isinstance(first, ParityClaim) else (kind, first.id)
    return (*parts_of(before), Part(first.id, link=link), *parts_of(after))


def _roles(records: DocumentRecords) -> list[Link]:
    """Return what the roles of a page may name: all that it mentions or cites."""
    found = {(mention.role, mention.target) for mention in records.mentions}
    declared: list[ParityException | ParityRow | ParityClaim]
    declared = [*records.exceptions, *records.rows, *records.claims]
    for item in declared:
        found.update(("adr", cited.target) for cited in item.adrs)
    for exception in records.exceptions:
        found.update(("exception", cited.target) for cited in exception.roles)
    for row in records.rows:
        found.update(("exception", cited.target) for cited in row.exceptions)
    for claim in records.claims:
        found.update(("exception", cited.target) for cited in claim.exceptions)
        found.update(("row", cited.target) for cited in claim.rows)
    return sorted(found)
