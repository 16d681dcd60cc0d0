"""What each page shows: the models of its cards, tables and rows, made on demand.

One instance serves a build, once it is judged.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.extension.links import find_target
from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.findings import Finding, Severity
from sphinx_arco_parity.table_columns import COLUMNS
from sphinx_arco_parity.views.cards import Card, claim_card, exception_card, row_card
from sphinx_arco_parity.views.entries import Entries
from sphinx_arco_parity.views.others import OtherProjectError, parse_other
from sphinx_arco_parity.views.pictures.graph import graph_picture
from sphinx_arco_parity.views.pictures.picture import Picture
from sphinx_arco_parity.views.pictures.summary import summary_pictures
from sphinx_arco_parity.views.tables import (
    Table,
    build_table,
    declarations_shown,
    legend_table,
)
from sphinx_arco_parity.words import split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_arco_parity.assessment import Assessment
    from sphinx_arco_parity.extension.domain import ParityDomain
    from sphinx_arco_parity.records import (
        DocumentRecords,
        ParityClaim,
        ParityException,
        ParityRow,
        View,
    )
    from sphinx_arco_parity.views.entry import Entry
    from sphinx_arco_parity.views.inline import Cell

Key = tuple[str, str]

#: What a view shows: a table, or pictures.
Shown = Table | tuple[Picture, ...]


class Pages:
    """Models by page and anchor."""

    def __init__(self, domain: ParityDomain, assessment: Assessment) -> None:
        self.domain = domain
        self.assessment = assessment
        self.register = assessment.register
        self.entries = Entries(assessment, domain.history)
        self._page = ""
        self._cards: dict[Key, Card] = {}
        self._views: dict[Key, Shown] = {}

    @cached_property
    def exceptions(self) -> dict[Key, ParityException]:
        """Exceptions by page and anchor."""
        return {(one.docname, one.anchor): one for one in self.register.exceptions}

    @cached_property
    def rows(self) -> dict[Key, ParityRow]:
        """Rows by page and anchor."""
        return {(one.docname, one.anchor): one for one in self.register.rows}

    @cached_property
    def claims(self) -> dict[Key, tuple[ParityClaim, Entry]]:
        """Claims by page and anchor, with their entries."""
        pairs = zip(self.register.claims, self.entries.claims(), strict=True)
        return {(one.docname, one.anchor): (one, entry) for one, entry in pairs}

    @cached_property
    def findings(self) -> dict[Key, list[Finding]]:
        """Errors and warnings by page and anchor."""
        found = defaultdict[Key, list[Finding]](list)
        for one in self.assessment.findings:
            if one.severity in {Severity.ERROR, Severity.WARNING} and one.docname:
                found[one.docname, one.anchor].append(one)
        return dict(found)

    @cached_property
    def findings_by_page(self) -> dict[str, dict[Key, list[Finding]]]:
        """The same for each page."""
        found = defaultdict[str, dict[Key, list[Finding]]](dict)
        for key, findings in self.findings.items():
            found[key[0]][key] = findings
        return dict(found)

    @cached_property
    def views(self) -> dict[Key, View]:
        """Views by page and anchor."""
        return {
            (one.docname, one.anchor): one
            for document in self.register.documents
            for one in document.views
        }

    def card(self, docname: str, anchor: str) -> Card:
        """Return the card of the declaration at *anchor* of page *docname*."""
        key = (docname, anchor)
        self._turn_to(docname)
        if key not in self._cards:
            self._cards[key] = self._make_card(key)
        return self._cards[key]

    def _turn_to(self, docname: str) -> None:
        """Keep the models of one page: those of all would fill the memory."""
        if docname != self._page:
            self._page = docname
            self._cards.clear()
            self._views.clear()

    def _make_card(self, key: Key) -> Card:
        findings = self.findings.get(key, ())
        if key in self.exceptions:
            one = self.exceptions[key]
            entry = self.entries.of_exception(one)
            return exception_card(one, entry, self.entries, findings)
        if key in self.rows:
            row = self.rows[key]
            return row_card(row, self.entries.of_row(row), findings)
        if key in self.claims:
            claim, entry = self.claims[key]
            return claim_card(claim, entry, findings)
        return Card(kind="claim", id="", findings=tuple(findings))

    def view(self, docname: str, anchor: str) -> Shown:
        """Return what the view at *anchor* of page *docname* shows."""
        key = (docname, anchor)
        self._turn_to(docname)
        if key not in self._views:
            view = self.views.get(key)
            self._views[key] = self._make_view(view) if view else ()
        return self._views[key]

    def _make_view(self, view: View) -> Shown:
        if view.kind == "legend":
            return legend_table(view, _)
        if view.kind in COLUMNS:
            return build_table(view, self.entries, self._others(view))
        if view.kind == "summary":
            shows = declarations_shown(view, self.entries)
            return summary_pictures(
                self.assessment, prefix=view.anchor, shows=shows, say=_
            )
        shows = declarations_shown(view, self.entries)
        picture = graph_picture(self.assessment, prefix=view.anchor, shows=shows, say=_)
        return (picture,) if picture else ()

    def _others(self, view: View) -> list[dict[str, Any]]:
        """Return the contents of the files of other repositories that a view names."""
        found = []
        for name in split_list(dict(view.options).get("from", "")):
            path = self.domain.project.srcdir / name
            # What cannot be read is a finding of the page; see view_directives.
            with suppress(OSError, OtherProjectError, UnicodeDecodeError):
                found.append(parse_other(path.read_text(encoding="utf-8-sig")))
        return found

    def digest(self, records: DocumentRecords) -> str:
        """Return a digest of all that the page of *records* shows, without lines."""
        docname = records.docname
        shown: list[object] = [
            self.card(docname, one.anchor)
            for one in (*records.exceptions, *records.rows, *records.claims)
        ]
        shown += [self.view(docname, one.anchor) for one in records.views]
        for findings in self.findings_by_page.get(docname, {}).values():
            shown += findings
        links = {(one.role, one.target) for one in records.mentions}
        links |= set(_links(shown))
        resolved = [(link, find_target(self.domain, *link)) for link in sorted(links)]
        text = repr((_without_lines(shown), resolved))
        return blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()


def _links(shown: Iterable[object]) -> Iterator[tuple[str, str]]:
    for model in shown:
        for cell in _cells(model):
            for part in cell:
                if part.link is not None:
                    yield part.link


def _cells(model: object) -> Iterator[Cell]:
    if isinstance(model, Card):
        yield from (model.title, model.cited, *(cell for _, cell in model.fields))
    elif isinstance(model, Table):
        yield from (cell for line in model.lines for cell in line.cells)
        yield from model.notes


def _without_lines(shown: Iterable[object]) -> list[object]:
    """Return models as they are printed; a finding without its place."""
    return [
        (one.rule, one.severity, one.message, one.help)
        if isinstance(one, Finding)
        else one
        for one in shown
    ]
