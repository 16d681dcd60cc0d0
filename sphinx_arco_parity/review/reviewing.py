"""Reviews: a new lock from the register and the old lock.

Used by ``arco-parity review``, which shows the changes first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import ParityException, ParityRow
from sphinx_arco_parity.review.changes import row_status
from sphinx_arco_parity.review.lock import Lock, LockedRow, Reviewed
from sphinx_arco_parity.review.renames import exception_digest, renamed_exceptions, row_digest
from sphinx_arco_parity.text.words import word_set

#: Rules whose errors mean that something is not in the register, or not as it is meant.
INCOMPLETE_RULES = word_set("""
    configuration unreadable-file malformed-declaration duplicate-id exception-incomplete
    exception-type row-incomplete row-status table-not-recognised
    """)


class UnknownExceptionsError(ValueError):
    """Exceptions are named for review that neither the register nor the lock has."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(f"not declared: {', '.join(ids)}")
        self.ids = ids


def incompleteness(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that leave the register incomplete, so that no review counts.

    A pattern without tables is among them although it is a warning: what a mistyped
    pattern loses would be taken for removed.
    """
    return tuple(
        finding
        for finding in findings
        if finding.rule in INCOMPLETE_RULES
        and (finding.severity is Severity.ERROR or finding.rule == "table-not-recognised")
    )


def reviewed(
    register: Register,
    lock: Lock | None,
    *,
    by: str,
    date: str,
    milestone: str | None,
    note: str | None = None,
    ids: Collection[str] | None = None,
) -> Lock:
    """Return the lock after a review of all, or of the exceptions *ids* only.

    :param date: ``YYYY-MM-DD``.
    :param milestone: the one that is reached now.
    :param note: with ``None`` each exception keeps the note that it has.
    :param ids: with these, only their lines are new; an id that is declared no more
        loses its line, and so does the old id of one that was renamed.
    :raises UnknownExceptionsError: if neither register nor lock has one of *ids*.
    """
    old = lock or Lock(exceptions={})
    renamed = renamed_exceptions(register, old)

    def line(exception: ParityException) -> Reviewed:
        last = old.exceptions.get(renamed.get(exception.id, exception.id))
        return Reviewed(
            digest=exception_digest(exception),
            date=date,
            by=by,
            milestone=milestone,
            note=note if note is not None else last.note if last else "",
        )

    declared = register.exceptions_by_id
    if ids is None:
        rows = {key: locked_row(register, row) for key, row in sorted(register.rows_by_id.items())}
        lines = {key: line(exception) for key, exception in sorted(declared.items())}
        return Lock(exceptions=lines, rows=rows, milestone=milestone)
    unknown = tuple(key for key in ids if key not in declared and key not in old.exceptions)
    if unknown:
        raise UnknownExceptionsError(unknown)
    dropped = {renamed.get(key, key) for key in ids if key in renamed or key not in declared}
    kept = {key: review for key, review in old.exceptions.items() if key not in dropped}
    new = {key: line(declared[key]) for key in ids if key in declared}
    return replace(old, exceptions=dict(sorted({**kept, **new}.items())), lines={})


def locked_row(register: Register, row: ParityRow) -> LockedRow:
    """Return *row* as a full review writes it down."""
    return LockedRow(
        status=row_status(register, row),
        section=row.section.strip(),
        exceptions=tuple(sorted(register.cited_by_row(row))),
        digest=row_digest(row),
    )
