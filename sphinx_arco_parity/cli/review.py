"""``arco-parity review``: what has changed since the last review, and a new one."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sphinx_arco_parity.cli.console import (
    DONE,
    FINDINGS,
    Console,
    WrongUsageError,
    from_here,
    replace_text,
)
from sphinx_arco_parity.cli.find_docs import BuildOptions, asked
from sphinx_arco_parity.cli.revisions import named_commit, revisions
from sphinx_arco_parity.cli.running import Run, checked, shown_path
from sphinx_arco_parity.model.records import ParityException
from sphinx_arco_parity.review.changes import Change, ChangeKind, changes
from sphinx_arco_parity.review.due import Due, due_exceptions
from sphinx_arco_parity.review.lock import Lock, Reviewed, lock_text, parse_lock
from sphinx_arco_parity.review.reviewing import incompleteness, reviewed
from sphinx_arco_parity.text.words import nearest, plain

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
        lines += [f"  {_line(change, seen)}" for change in changes]
    if due:
        lines += [console.paint("to be decided again", "bold")]
        lines += [
            f"  exception {overdue.exception.id}: {overdue.trigger.text} "
            f"({_last_review(overdue.reviewed)})"
            for overdue in due
        ]
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


def _line(change: Change, seen: Run) -> str:
    said = _SAID[change.kind].format(
        item=change.item, was=change.was or "none", now=change.now or "none", old=change.old_id
    )
    if change.was == change.now:
        said = said.removesuffix(f", {change.was} -> {change.now}")
    last = change.reviewed
    since = f" since {last.date} ({last.by})" if last is not None else ""
    return f"{said}{since}{_touched(change, seen)}"


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


def _last_review(last: Reviewed | None) -> str:
    if last is None:
        return "never reviewed"
    at = f" at {last.milestone}" if last.milestone else ""
    return f"last reviewed{at} on {last.date} by {last.by}"


def review(arguments: Namespace, console: Console) -> int:
    """Show what is owed and, unless asked to check only, write the lock."""
    named, ids = _folder_and_ids(arguments.words)
    docs, options = asked(named, arguments)
    seen = checked(docs, options, console)
    if _refuses(seen, console):
        return FINDINGS
    lock = seen.assessment.lock
    if arguments.since is not None:
        lock = _lock_since(arguments.since, seen, docs, options)
    register, settings = seen.assessment.register, seen.project.settings
    found, due = changes(register, lock, settings), due_exceptions(register, lock, settings)
    _refuse_unknown(ids, seen)
    ids_by = register.exceptions_by_id
    console.write(changes_text(found, due, lock, seen, console))
    if arguments.check:
        return FINDINGS if due or any(change.owed for change in found) else DONE
    if not arguments.by or not arguments.by.strip():
        raise WrongUsageError(
            "nothing is written: who reviews is not said",
            help_text="say it with `--by NAME`, or only look with `--check`",
        )
    signed = [ids_by[name] for name in ids if name in ids_by] if ids else [*ids_by.values()]
    console.write(signed_text(signed, seen.assessment.lock, found, console))
    if not ids and not arguments.all:
        what = f"all {len(signed)} exceptions"
        if not console.asks:
            raise WrongUsageError(
                "nothing is written: which exceptions are reviewed is not said",
                help_text=f"name them, or sign {what} with `--all`",
            )
        if not console.ask(f"Sign {what} as reviewed by {arguments.by.strip()}?"):
            console.write("nothing is written\n")
            return DONE
    return _write(arguments, ids, seen, console)


def _folder_and_ids(words: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """Tell the folder of the pages, if one is named, from the exceptions."""
    folders = [word for word in words if Path(word).is_dir() or os.sep in word]
    if len(folders) > 1:
        raise WrongUsageError(f"more than one folder is named: {', '.join(folders)}")
    ids = [word for word in words if word not in folders]
    return folders[0] if folders else None, tuple(dict.fromkeys(ids))


def _refuses(seen: Run, console: Console) -> bool:
    """Say what leaves the register incomplete, if anything does."""
    shown = shown_path(seen)
    wrong = incompleteness(seen.assessment.findings)
    for finding in wrong:
        console.say(
            f"{shown(finding.place.path)}:{finding.place.line}: {finding.severity}: {finding.message} "
            f"[parity.{finding.rule}]"
        )
    if wrong:
        console.say("arco-parity: not reviewed: the register is incomplete")
        console.say("  help: fix the errors above, then review again")
    return bool(wrong)


def _lock_since(revision: str, seen: Run, docs: Path, options: BuildOptions) -> Lock:
    """Return the lock that a review at *revision* would have written."""
    root = seen.project.root
    commit = named_commit(root, revision)
    with revisions(docs, root, options) as builder:
        then = builder.judge(commit)
    return parse_lock(then.review) if then is not None else Lock(exceptions={}, rows={})


def _refuse_unknown(ids: tuple[str, ...], seen: Run) -> None:
    declared = seen.assessment.register.exceptions_by_id
    lock = seen.assessment.lock
    known = [*declared, *(lock.exceptions if lock else ())]
    for item_id in ids:
        if item_id not in known:
            guess = nearest(item_id, known)
            raise WrongUsageError(
                f"{item_id} is neither a declared exception nor a folder",
                help_text=f"did you mean {guess}?" if guess else "",
            )


def _write(arguments: Namespace, ids: tuple[str, ...], seen: Run, console: Console) -> int:
    settings = seen.project.settings
    lock = reviewed(
        seen.assessment.register,
        seen.assessment.lock,
        by=arguments.by.strip(),
        date=today().isoformat(),
        milestone=settings.milestone,
        note=None if arguments.note is None else arguments.note.strip(),
        ids=ids or None,
    )
    path = seen.project.confdir / settings.lock
    changed = replace_text(path, lock_text(lock))
    what = ", ".join(ids) if ids else f"all {len(lock.exceptions)} exceptions"
    said = f"reviewed {what}" if changed else "nothing is new"
    console.write(f"{from_here(path)}: {said}\n")
    return DONE


def today() -> date:
    """Return the day that a review bears; ``SOURCE_DATE_EPOCH`` sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    return datetime.now().astimezone().date()
