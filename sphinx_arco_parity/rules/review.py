"""Rules on the review cadence.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import Declaration, Place
from sphinx_arco_parity.review.changes import Change, ChangeKind, changes
from sphinx_arco_parity.review.due import due_exceptions
from sphinx_arco_parity.review.lock import Reviewed
from sphinx_arco_parity.review.triggers import TriggerKind, parse_trigger
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import did_you_mean, listed, quoted
from sphinx_arco_parity.text.words import label_key

#: More exceptions than these are counted, not named.
_NAMED = 12

_REVIEW = "run `arco-parity review --by NAME`"


def revisit_due(context: Context) -> Iterator[Finding]:
    """The milestone of the revisit trigger is reached and the exception has not been decided again."""
    due = due_exceptions(context.register, context.lock, context.settings, as_of=context.as_of)
    for overdue in due:
        name, reached = overdue.exception.id, overdue.milestones
        verb = "is" if len(reached) == 1 else "are"
        why = f"{listed(reached)} {verb} reached" if reached else "the day has come"
        yield context.found(
            "revisit-due",
            overdue.exception,
            f"its trigger {quoted(overdue.trigger.text)} is due: {why}, and it {_last(overdue.reviewed)}",
            f"decide it again, then run `arco-parity review {name} --by NAME`; if it stays, "
            "give it a later trigger",
            place=overdue.exception.place,
            field="revisit",
        )


def _last(reviewed: Reviewed | None) -> str:
    if reviewed is None:
        return "has not been reviewed"
    at = f"at {reviewed.milestone}, " if reviewed.milestone else ""
    by = f" by {reviewed.by}" if reviewed.by else ""
    return f"was last reviewed {at}on {reviewed.date}{by}"


def review_due(context: Context) -> Iterator[Finding]:
    """A status, a row, an exception or the milestone has changed since the exceptions were last reviewed."""
    for change in changes(context.register, context.lock, context.settings):
        if not change.owed:
            continue
        message = f"{_what_changed(change)}{_touched(context, change)}"
        what = "review the exceptions" if change.touches else "see that it is meant"
        help_text = f"{what}, then {_REVIEW}; it rewrites {context.lock_path}"
        if change.kind in {ChangeKind.EXCEPTION_CHANGED, ChangeKind.EXCEPTION_ADDED}:
            help_text = f"review it, then run `arco-parity review {change.item} --by NAME`"
        declared = _declared(context, change)
        if declared is not None:
            yield context.found("review-due", declared, message, help_text)
        else:
            place, item = _elsewhere(context, change)
            message = f"{_subject(change)}: {message}"
            yield context.found_at("review-due", place, item, message, help_text)


def _is_row(change: Change) -> bool:
    return change.kind.startswith("row-")


def _subject(change: Change) -> str:
    if change.kind is ChangeKind.MILESTONE:
        return "parity_milestone"
    return f"{'row' if _is_row(change) else 'exception'} {change.item}"


_SAID = {
    ChangeKind.MILESTONE: "was {was} at the last review and is {now} now",
    ChangeKind.ROW_STATUS: "was {was} at the last review and is {now} now",
    ChangeKind.ROW_ADDED: "is new since the last review ({now})",
    ChangeKind.ROW_REMOVED: "is gone since the last review (it was {was})",
    ChangeKind.ROW_RENAMED: "was called {old} at the last review",
    ChangeKind.EXCEPTION_RENAMED: "was called {old} at the last review",
    ChangeKind.EXCEPTION_ADDED: "is new since the last review",
    ChangeKind.EXCEPTION_REMOVED: "is gone since the last review",
    ChangeKind.EXCEPTION_CHANGED: "has changed since it {last}",
}


def change_text(change: Change) -> str:
    """Return what changed as a sentence without its full stop."""
    return f"{_subject(change)} {_what_changed(change)}"


def _what_changed(change: Change) -> str:
    was, now = (quoted(text or "none") for text in (change.was, change.now))
    said = _SAID[change.kind].format(
        was=was, now=now, old=quoted(change.old_id or ""), last=_last(change.reviewed)
    )
    if change.kind is ChangeKind.ROW_RENAMED and change.was != change.now:
        said += f" and {was}, and is {now} now"
    return said


def _touched(context: Context, change: Change) -> str:
    """Return which exceptions are to be reviewed, where that is not plain."""
    if change.touches in {(), (change.item,)}:
        return ""
    if len(change.touches) > _NAMED:
        every = len(change.touches) == len(context.register.exceptions_by_id)
        amount = f"{'all ' if every else ''}{len(change.touches)} exceptions"
        return f"; to be reviewed: {amount}"
    return f"; to be reviewed: {listed(change.touches)}"


def _declared(context: Context, change: Change) -> Declaration | None:
    """Return the row or exception that shows the change, if it is still there."""
    register = context.register
    if change.kind in {ChangeKind.ROW_REMOVED, ChangeKind.EXCEPTION_REMOVED}:
        return None
    rows, exceptions = register.rows_by_id, register.exceptions_by_id
    return rows.get(change.item) if _is_row(change) else exceptions.get(change.item)


def _elsewhere(context: Context, change: Change) -> tuple[Place, str]:
    """Return where a change stands that no declaration shows, and its item."""
    option = "parity_milestone"
    if change.kind is ChangeKind.MILESTONE and option in {
        *context.config_lines,
        *context.config_places,
    }:
        return context.config_place(option), option
    section = "rows" if _is_row(change) else "exceptions"
    key = (section, change.item)
    if change.kind is ChangeKind.MILESTONE:
        key = ("", "milestone")
    line = context.lock.line(*key) if context.lock else 1
    return Place(path=context.lock_path, line=line), change.item or option


def unknown_milestone(context: Context) -> Iterator[Finding]:
    """A revisit trigger names a milestone that is not among the configured ones."""
    known = context.settings.milestones
    for exception in context.register.exceptions:
        for name in parse_trigger(exception.revisit, known).unknown:
            # `M7` is as near to `M1` as to `M3`: with one digit no guess is better than another.
            offer = did_you_mean(name, known) if len(name) > 3 else ""
            yield context.found(
                "unknown-milestone",
                exception,
                f"the trigger {quoted(exception.revisit)} names {name}, which is not a configured milestone",
                f"{offer}use {listed(known, joint='or')}, or add {name} to `parity_milestones`",
                field="revisit",
            )


def permanent_with_milestone(context: Context) -> Iterator[Finding]:
    """A permanent exception has a milestone for its trigger."""
    for exception in context.register.exceptions:
        trigger = parse_trigger(exception.revisit, context.settings.milestones)
        if trigger.kind is not TriggerKind.MILESTONE:
            continue
        if label_key(exception.type) == "permanent":
            yield context.found(
                "permanent-with-milestone",
                exception,
                f"is permanent, but is to be revisited at {listed(trigger.milestones + trigger.unknown)}",
                "make it a deferral, or let its trigger be an event or `No planned revisit`",
                field="revisit",
            )
