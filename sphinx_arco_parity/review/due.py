"""Which exceptions are due to be decided again, and the state of review of each.

Used by the rules on the review cadence, by views and by ``arco-parity review``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import ParityException
from sphinx_arco_parity.review.changes import Change, changes
from sphinx_arco_parity.review.lock import Lock, Reviewed
from sphinx_arco_parity.review.renames import renamed_exceptions
from sphinx_arco_parity.review.triggers import Trigger, TriggerKind, parse_trigger
from sphinx_arco_parity.settings.options import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An exception whose trigger has come."""

    exception: ParityException
    trigger: Trigger
    milestones: tuple[str, ...] = ()
    """Those that the trigger names, that are reached, and at which it was not reviewed."""
    reviewed: Reviewed | None = None
    """Its last review."""


def due_exceptions(
    register: Register, lock: Lock | None, settings: Settings, *, as_of: date | None = None
) -> tuple[Due, ...]:
    """Return the exceptions that are due, in the order of the register.

    One is due when its trigger names a milestone that is reached and later than the one
    on the exception's line of *lock*; with no line, that is reached.

    :param as_of: also judge triggers that are dates, as if today were that day.  Such a
        one is due if it was last reviewed before its date.
    """
    judged = _judged(register, lock, settings, as_of)
    return tuple(due for due, is_overdue in judged if is_overdue)


def _judged(
    register: Register, lock: Lock | None, settings: Settings, as_of: date | None
) -> Iterator[tuple[Due, bool]]:
    """Yield each exception as it would be due, and whether it is."""
    old_ids = renamed_exceptions(register, lock) if lock else {}
    now = position(settings.milestone, settings.milestones)
    for exception in register.exceptions_by_id.values():
        trigger = parse_trigger(exception.revisit, settings.milestones)
        last = lock.exceptions.get(old_ids.get(exception.id, exception.id)) if lock else None
        then = position(last.milestone, settings.milestones) if last else -1
        reached = tuple(
            milestone
            for milestone in trigger.milestones
            if then < position(milestone, settings.milestones) <= now
        )
        day = trigger.date if trigger.kind is TriggerKind.DATE else None
        is_past = as_of is not None and day is not None and day <= as_of
        is_past = is_past and (last is None or last.date < str(day))
        due = Due(exception=exception, trigger=trigger, milestones=reached, reviewed=last)
        yield due, bool(reached) or is_past


def position(milestone: str | None, milestones: Sequence[str]) -> int:
    """Return where *milestone* stands, from 0; -1 if it is none of *milestones*."""
    if milestone is None or milestone not in milestones:
        return -1
    return list(milestones).index(milestone)


def next_milestone(trigger: Trigger, settings: Settings) -> str | None:
    """Return the first milestone that *trigger* names and that is still to come."""
    now = position(settings.milestone, settings.milestones)
    coming = (m for m in trigger.milestones if position(m, settings.milestones) > now)
    return next(coming, None)


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
    owed: dict[str, list[Change]] = {}
    for change in changes(register, lock, settings):
        for touched in change.touches:
            owed.setdefault(touched, []).append(change)
    return tuple(
        ReviewState(
            exception=due.exception,
            trigger=due.trigger,
            reviewed=due.reviewed,
            changes=tuple(owed.get(due.exception.id, ())),
            due=due.milestones,
            overdue=is_overdue,
            upcoming=next_milestone(due.trigger, settings),
        )
        for due, is_overdue in _judged(register, lock, settings, as_of)
    )
