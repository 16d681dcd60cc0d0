"""What every rule is given, and how it says what it found.

Made by :mod:`sphinx_arco_parity.assessment.assess`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.fields import cell_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import (
    Declaration,
    Evidence,
    ParityRow,
    Place,
    Verdict,
)
from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.model.rule_names import RULES_BY_NAME
from sphinx_arco_parity.repository.expected_failures import ListError
from sphinx_arco_parity.results.changes import Changes
from sphinx_arco_parity.review.lock import Lock
from sphinx_arco_parity.rules.messages import label_of
from sphinx_arco_parity.settings.options import Settings

#: The most that a row of this status lets a finding about evidence be.
_CEILING = {
    "Partial": Severity.WARNING,
    **dict.fromkeys(("Designed", "Planned", "Exception"), Severity.INFO),
}
_RANK = {Severity.OFF: 0, Severity.INFO: 1, Severity.WARNING: 2, Severity.ERROR: 3}


#: What is said of a piece that was not understood.
UNREAD = Verdict(name="unread", detail="this is not understood as evidence")


@dataclass(frozen=True, kw_only=True)
class Proven:
    """A declaration with the verdicts on its evidence, one for each piece."""

    declaration: Declaration
    evidence: Sequence[Evidence]
    verdicts: Sequence[Verdict]
    unread: Sequence[Evidence] = ()
    """What seems to be evidence and was not understood."""
    unit_tests: frozenset[str] = frozenset()
    """Paths, as written, of cited tests inside the library's own source."""

    def judged(self) -> list[tuple[Evidence, Verdict]]:
        """Return each piece with its verdict."""
        return list(zip(self.evidence, self.verdicts, strict=True))

    def shown(self) -> list[tuple[Evidence, Verdict]]:
        """Return all pieces with their verdicts, and then what is unread."""
        return self.judged() + [(piece, UNREAD) for piece in self.unread]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a project is judged by, beside what it declares.  Paths are relative to the repository."""

    settings: Settings
    results: Results | None = None
    """What was reported of tests; ``None``: nothing was read."""
    lock: Lock | None = None
    lock_path: str = "parity.lock.json"
    as_of: date | None = None
    """Triggers that are dates are judged as of this day; ``None``: they are not."""
    config_path: str = "conf.py"
    config_lines: Mapping[str, int] = field(default_factory=dict)
    """Name of an option, with its prefix, to the line of ``conf.py`` that sets it."""
    config_places: Mapping[str, Place] = field(default_factory=dict)
    """The same of what is set in another file."""
    pages: Sequence[str] = ()
    """The names of all pages of the documentation."""


@dataclass(frozen=True, kw_only=True)
class Context(Given):
    """What a rule may look at."""

    register: Register
    proofs: Sequence[Proven] = ()
    marks: Sequence[Mark] = ()
    changes: Changes | None = None
    """Since the commit of the results."""
    unread_lists: Sequence[ListError] = ()
    """Lists of expected failures that cannot be used."""

    @cached_property
    def _by_place(self) -> dict[Place, list[Proven]]:
        found: dict[Place, list[Proven]] = {}
        for proven in self.proofs:
            found.setdefault(proven.declaration.place, []).append(proven)
        return found

    def cited(self, row: ParityRow) -> tuple[Sequence[Evidence], Sequence[Evidence]]:
        """Return the evidence of *row* as it is meant, and what of it is unread."""
        proven = next((p for p in self._by_place.get(row.place, ()) if p.declaration is row), None)
        if proven is not None:
            return proven.evidence, proven.unread
        return self.settings.with_kinds(row.evidence), row.unread

    def config_place(self, option: str) -> Place:
        """Return where *option* (``parity_tables``) is set."""
        other = self.config_places.get(option)
        return other or Place(path=self.config_path, line=self.config_lines.get(option, 1))

    def severity(
        self, rule: str, status: str | None = None, usual: Severity | None = None
    ) -> Severity:
        """Return how grave a finding of *rule* is for a row of *status*.

        An explicit ``parity_rules`` wins over what the status would soften.  *usual* is
        given where it is not the rule's own.
        """
        chosen = self.settings.rules.get(rule)
        if chosen is not None:
            return Severity(chosen)
        severity = usual or RULES_BY_NAME[rule].severity
        ceiling = _CEILING.get(status or "")
        if RULES_BY_NAME[rule].evidence and ceiling is not None:
            return min(severity, ceiling, key=_RANK.__getitem__)
        return severity

    def found(
        self,
        rule: str,
        at: Declaration,
        message: str,
        help_text: str,
        *,
        place: Place | None = None,
        usual: Severity | None = None,
        field: str = "",
        evidence: Evidence | None = None,
    ) -> Finding:
        """Return a finding on the declaration *at*; *place* if it is not its own.

        :param message: what is wrong, without the words that name *at*.
        :param usual: as for :meth:`severity`.
        :param field: what of it is wrong, if that is no piece of *evidence*.
        """
        status = self.register.status(at) if isinstance(at, ParityRow) else None
        if evidence is not None:
            field = cell_of(evidence)
            place = None if evidence.at is None else Place(path=at.place.path, line=evidence.at)
        return Finding(
            rule=rule,
            severity=self.severity(rule, status, usual),
            message=f"{label_of(at)}: {message}",
            help=help_text,
            place=place or (at.place if evidence else at.place_of(field)),
            item=at.id,
            docname=at.docname,
            anchor=at.anchor,
            written=(evidence.text, evidence.repeats) if evidence else None,
            field=field,
            column=at.column_of(field, evidence.column if evidence else 0),
        )

    def found_at(self, rule: str, place: Place, item: str, message: str, help_text: str) -> Finding:
        """Return a finding at *place*, which belongs to no declaration."""
        return Finding(
            rule=rule,
            severity=self.severity(rule),
            message=message,
            help=help_text,
            place=place,
            item=item,
        )
