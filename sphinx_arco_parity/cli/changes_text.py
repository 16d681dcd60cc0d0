"""What a review is owed for, as text for a terminal.  Used by ``arco-parity review``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.model.records import ParityException
from sphinx_arco_parity.review.changes import Change, ChangeKind
from sphinx_arco_parity.review.due import Due
from sphinx_arco_parity.review.lock import Lock, Reviewed
from sphinx_arco_parity.text.words import plain

if TYPE_CHECKING:
    from sphinx_arco_parity.cli.running import Run

_SAID = {
    ChangeKind.MILESTONE: "milestone: {was} -> {now}",
    ChangeKind.ROW_STATUS: "row {item}: {was} -> {now}",
    ChangeKind.ROW_ADDED: "row {item}: new, {now}",
    ChangeKind.ROW_REMOVED: "row {item}: gone, was {was}",
    ChangeKind.ROW_RENAMED: "row {item}: was called {old}, {was} -> {now}",
    ChangeKind.EXCEPTION_CHANGED: "exception {item}: changed",
    ChangeKind.EXCEPTION_ADDED: "exception {item}: new",
    ChangeKind.EXCEPTION_REMOVED: "exception {item}: gone",
    ChangeKind.EXCEPTION_RENAMED: "exception {item}: was called {old}",
}

#: More exceptions than these are counted, not named.
_NAMED = 8


def changes_text(
    changes: Sequence[Change], due: Sequence[Due], lock: Lock | None, seen: Run, console: Console
) -> str:
    """Return the changes since *lock* and what is due, a line for each."""
    lines = []
    if lock is None:
        lines.append("no review has been recorded yet: the first one starts the cadence")
    elif not changes and not due:
        lines.append("nothing has changed since the last review")
    if changes:
        lines += [console.paint("changed since the last review", "bold")]
        lines += [f"  {line}" for change in changes for line in _lines(change, seen)]
    if due:
        lines += [console.paint("to be decided again", "bold")]
        lines += [f"  {_due(overdue)}" for overdue in due]
    return "\n".join([*lines, ""])


def signed_text(
    exceptions: Sequence[ParityException],
    lock: Lock | None,
    changes: Sequence[Change],
    console: Console,
) -> str:
    """Return what is signed: the decision of each exception, its trigger and its last review.

    :param changes: since *lock*; a renamed exception was reviewed under its old id.
    """
    lines = [console.paint("signed", "bold")] if exceptions else []
    known = {change.item: change.reviewed for change in changes if change.old_id}
    known |= lock.exceptions if lock is not None else {}
    for exception in exceptions:
        said = [plain(exception.decision), plain(exception.revisit)]
        lines.append(
            f"  {console.paint(exception.id, 'bold')} {plain(exception.capability)}: "
            f"{'; '.join([*filter(None, said), _last_review(known.get(exception.id))])}"
        )
    return "".join(f"{line}\n" for line in lines)


def _lines(change: Change, seen: Run) -> Iterator[str]:
    said = _SAID[change.kind].format(
        item=change.item, was=change.was or "none", now=change.now or "none", old=change.old_id
    )
    if change.was == change.now:
        said = said.removesuffix(f", {change.was} -> {change.now}")
    yield f"{said}{_reviewed(change)}{_touched(change, seen)}"


def _reviewed(change: Change) -> str:
    last = change.reviewed
    return f" since {last.date} ({last.by})" if last is not None else ""


def _touched(change: Change, seen: Run) -> str:
    """Return which exceptions a change touches, where that is not plain."""
    if not change.owed:
        return " (no review is owed)"
    if change.touches in {(), (change.item,)}:
        return ""
    every = len(seen.assessment.register.exceptions_by_id)
    if len(change.touches) == every:
        return f" (touches all {every} exceptions)"
    if len(change.touches) > _NAMED:
        return f" (touches {len(change.touches)} exceptions)"
    return f" (touches {', '.join(change.touches)})"


def _due(due: Due) -> str:
    return f"exception {due.exception.id}: {due.trigger.text} ({_last_review(due.reviewed)})"


def _last_review(last: Reviewed | None) -> str:
    if last is None:
        return "never reviewed"
    at = f" at {last.milestone}" if last.milestone else ""
    return f"last reviewed{at} on {last.date} by {last.by}"
