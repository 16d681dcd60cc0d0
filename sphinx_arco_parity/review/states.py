"""The state of review of each exception: a line of ``parity-table review``.

Used by views; the traceability table and the exception's card show the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import ParityException
from sphinx_arco_parity.review.changes import Change, changes
from sphinx_arco_parity.review.due import due_exceptions, next_milestone
from sphinx_arco_parity.review.lock import Lock, Reviewed
from sphinx_arco_parity.review.renames import renamed_exceptions
from sphinx_arco_parity.review.triggers import Trigger, parse_trigger
from sphinx_arco_parity.settings.options import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """Where one exception stands in the cadence."""

    exception: ParityException
    trigger: Trigger
    reviewed: Reviewed | None
    """Its last review."""
    changes: tuple[Change, ...]
    """What a review of it is owed for."""
    due: tuple[str, ...]
    """Milestones of its trigger that are reached and at which it was not reviewed."""
    overdue: bool
    """Its trigger has come: a milestone, or the date that was asked about."""
    upcoming: str | None
    """The next milestone of its trigger."""

    @property
    def word(self) -> str:
        """``revisit due``, ``review due``, ``reviewed`` or ``not reviewed``."""
        if self.overdue:
            return "revisit due"
        if self.changes:
            return "review due"
        return "reviewed" if self.reviewed else "not reviewed"


def review_states(
    register: Register, lock: Lock | None, settings: Settings, *, as_of: date | None = None
) -> tuple[ReviewState, ...]:
    """Return the state of each exception, in the order of the register."""
    due = {
        overdue.exception.id: overdue.milestones
        for overdue in due_exceptions(register, lock, settings, as_of=as_of)
    }
    owed: dict[str, list[Change]] = {}
    for change in changes(register, lock, settings):
        for touched in change.touches:
            owed.setdefault(touched, []).append(change)
    old_ids = renamed_exceptions(register, lock) if lock else {}
    states = []
    for exception in register.exceptions_by_id.values():
        trigger = parse_trigger(exception.revisit, settings.milestones)
        key = old_ids.get(exception.id, exception.id)
        states.append(
            ReviewState(
                exception=exception,
                trigger=trigger,
                reviewed=lock.exceptions.get(key) if lock else None,
                changes=tuple(owed.get(exception.id, ())),
                due=due.get(exception.id, ()),
                overdue=exception.id in due,
                upcoming=next_milestone(trigger, settings),
            )
        )
    return tuple(states)
