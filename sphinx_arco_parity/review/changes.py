"""What has changed since the last review, and which exceptions each change touches.

Used by the rules on the review cadence, by views and by ``arco-parity review``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import ParityRow
from sphinx_arco_parity.review.lock import Lock, LockedRow, Reviewed
from sphinx_arco_parity.review.renames import exception_digest, renamed_exceptions, renamed_rows
from sphinx_arco_parity.review.triggers import parse_trigger
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import label_key


class Scope:
    """Answers for one register; every answer is in the order of the register."""

    def __init__(self, register: Register, settings: Settings) -> None:
        """Answer for *register* as *settings* say."""
        self._register = register
        self._settings = settings
        said = settings.review_scope
        self.is_all = said == "all"
        """Every change touches every exception, which is the literal reading."""
        by_section = {} if isinstance(said, str) else said
        self._of_section = {label_key(section): list(ids) for section, ids in by_section.items()}
        self._is_linked = said == "linked"

    def of_row(self, row: ParityRow | None, old: LockedRow | None) -> tuple[str, ...]:
        """Return the exceptions that a change from *old* to *row* touches."""
        if self.is_all:
            return self._every
        sections = [row.section] if row else []
        sections += [old.section] if old else []
        keys = {label_key(section) for section in sections if section.strip()}
        if not self._is_linked:
            return self._declared(item for key in keys for item in self._of_section.get(key, ()))
        cited = list(self._register.cited_by_row(row)) if row else []
        cited += old.exceptions if old else ()
        cited += [item for key in keys for item in self._cited_in_section[key]]
        return self._declared(cited)

    def of_milestone(self, milestone: str | None) -> tuple[str, ...]:
        """Return the exceptions that reaching *milestone* touches.

        With ``linked`` those whose trigger names it, with a mapping all that it holds.
        """
        if self.is_all:
            return self._every
        if not self._is_linked:
            return self._declared(item_id for ids in self._of_section.values() for item_id in ids)
        return tuple(
            exception.id
            for exception in self._register.exceptions_by_id.values()
            if milestone in parse_trigger(exception.revisit, self._settings.milestones).milestones
        )

    @cached_property
    def _every(self) -> tuple[str, ...]:
        return tuple(self._register.exceptions_by_id)

    @cached_property
    def _cited_in_section(self) -> dict[str, list[str]]:
        cited = defaultdict[str, list[str]](list)
        for row in self._register.rows:
            if row.section.strip():
                cited[label_key(row.section)] += self._register.cited_by_row(row)
        return cited

    def _declared(self, ids: Iterable[str]) -> tuple[str, ...]:
        given = set(ids)
        return tuple(key for key in self._register.exceptions_by_id if key in given)


class ChangeKind(StrEnum):
    """What changed."""

    MILESTONE = "milestone"
    ROW_STATUS = "row-status"
    ROW_ADDED = "row-added"
    ROW_RENAMED = "row-renamed"
    ROW_REMOVED = "row-removed"
    EXCEPTION_CHANGED = "exception-changed"
    EXCEPTION_ADDED = "exception-added"
    EXCEPTION_RENAMED = "exception-renamed"
    EXCEPTION_REMOVED = "exception-removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between the lock and the register."""

    kind: ChangeKind
    item: str
    """The id; of what was removed, the one it had.  Empty for the milestone."""
    was: str | None = None
    """The status or the milestone at the last review."""
    now: str | None = None
    """The status or the milestone now."""
    old_id: str | None = None
    """Of what was renamed."""
    reviewed: Reviewed | None = None
    """The last review of a changed exception."""
    touches: tuple[str, ...] = ()
    """The exceptions to be reviewed for it, in the order of the register."""
    owed: bool = True
    """Whether a review is owed for it: not if ``parity_review_scope`` gives none."""


def changes(register: Register, lock: Lock | None, settings: Settings) -> tuple[Change, ...]:
    """Return what has changed since *lock*: the milestone, rows, then exceptions.

    Without a lock nothing: the cadence begins with the first review.  Where only single
    exceptions have been reviewed so far, these are compared and nothing else.
    """
    if lock is None:
        return ()
    scope = Scope(register, settings)
    return (
        *_milestone_change(lock, settings, scope),
        *_row_changes(register, lock, scope),
        *_exception_changes(register, lock),
    )


def row_status(register: Register, row: ParityRow) -> str:
    """Return the canonical status of *row*, or its label where there is none."""
    return register.status(row) or row.status


def _milestone_change(lock: Lock, settings: Settings, scope: Scope) -> Iterator[Change]:
    if lock.rows is not None and lock.milestone != settings.milestone:
        yield Change(
            kind=ChangeKind.MILESTONE,
            item="",
            was=lock.milestone,
            now=settings.milestone,
            touches=scope.of_milestone(settings.milestone),
        )


def _row_changes(register: Register, lock: Lock, scope: Scope) -> Iterator[Change]:
    if lock.rows is None:
        return
    renamed = renamed_rows(register, lock)
    for row in register.rows_by_id.values():
        old_id, now = renamed.get(row.id, row.id), row_status(register, row)
        old = lock.rows.get(old_id)
        if old is None:
            change = Change(kind=ChangeKind.ROW_ADDED, item=row.id, now=now)
        elif old_id != row.id:
            kind = ChangeKind.ROW_RENAMED
            change = Change(kind=kind, item=row.id, was=old.status, now=now, old_id=old_id)
        elif old.status != now:
            change = Change(kind=ChangeKind.ROW_STATUS, item=row.id, was=old.status, now=now)
        else:
            continue
        yield _touching(change, scope.of_row(row, old), scope)
    gone = set(lock.rows) - set(register.rows_by_id) - set(renamed.values())
    for old_id in sorted(gone):
        last = lock.rows[old_id]
        change = Change(kind=ChangeKind.ROW_REMOVED, item=old_id, was=last.status)
        yield _touching(change, scope.of_row(None, last), scope)


def _touching(change: Change, touched: tuple[str, ...], scope: Scope) -> Change:
    return replace(change, touches=touched, owed=scope.is_all or bool(touched))


def _exception_changes(register: Register, lock: Lock) -> Iterator[Change]:
    renamed = renamed_exceptions(register, lock)
    for exception in register.exceptions_by_id.values():
        old_id = renamed.get(exception.id, exception.id)
        old = lock.exceptions.get(old_id)
        kind: ChangeKind | None = None
        if old is None:
            # Before the first full review the others are still to come.
            kind = ChangeKind.EXCEPTION_ADDED if lock.rows is not None else None
        elif old_id != exception.id:
            kind = ChangeKind.EXCEPTION_RENAMED
        elif old.digest != exception_digest(exception):
            kind = ChangeKind.EXCEPTION_CHANGED
        if kind is not None:
            was = old_id if old_id != exception.id else None
            yield Change(
                kind=kind, item=exception.id, old_id=was, reviewed=old, touches=(exception.id,)
            )
    gone = set(lock.exceptions) - set(register.exceptions_by_id) - set(renamed.values())
    for old_id in sorted(gone):
        last = lock.exceptions[old_id]
        yield Change(kind=ChangeKind.EXCEPTION_REMOVED, item=old_id, reviewed=last)
