"""``arco-parity history``: since when each row has its status, from git."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from sphinx_arco_parity.cli.console import (
    DONE,
    CannotRunError,
    Console,
    MachineError,
    Progress,
    from_here,
    replace_text,
)
from sphinx_arco_parity.cli.find_docs import asked
from sphinx_arco_parity.cli.revisions import Revisions, revisions
from sphinx_arco_parity.cli.running import Run, checked
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.model.parity_document import EMPTY
from sphinx_arco_parity.repository.checkout import (
    Commit,
    commits_of,
    is_ancestor,
    place_before,
    toplevel,
)
from sphinx_arco_parity.repository.git import SHALLOW, GitError, is_shallow
from sphinx_arco_parity.repository.safe_path import refusal
from sphinx_arco_parity.review.history import (
    History,
    HistoryError,
    Snapshot,
    history_of,
    history_text,
    parse_history,
    snapshot_of,
)

#: The name of the file, beside ``conf.py``.
FILE = "parity.history.json"


def history(arguments: Namespace, console: Console) -> int:
    """Write the file; return the exit status."""
    docs, options = asked(arguments.docs, arguments)
    now = checked(docs, options, console)
    path = Path(arguments.output) if arguments.output else now.project.confdir / FILE
    before, commits = _to_walk(path, now, docs, arguments.limit, console)
    with revisions(docs, now.project.root, options) as builder:
        after = history_of(_snapshots(commits, builder, console), before)
    changed = replace_text(path, history_text(after))
    said = f"{len(after.rows)} rows, {plural(len(commits), 'revision')} looked at"
    console.write(f"{from_here(path.resolve())}: {said}{'' if changed else ', nothing is new'}\n")
    return DONE


def _to_walk(
    path: Path, now: Run, docs: Path, limit: int, console: Console
) -> tuple[History | None, list[Commit]]:
    """Return what the file knows, if git goes on from there, and the commits to come."""
    before = _known(path)
    try:
        top = Path(toplevel(now.project.root)).resolve()
        paths, shallow = _paths(now, docs, top), is_shallow(top)
        since = before.commit if before is not None else None
        if since is None or not is_ancestor(top, since):
            if since is not None and shallow:
                raise CannotRunError(f"the history ends at {since[:12]}, and {SHALLOW}")
            before, since = None, None
        commits = commits_of(top, paths, since=since)
        every = commits if before is None else []
        if before is not None and before.start and not shallow:
            every = commits_of(top, paths, since=None)
        moved = bool(every) and _has_come(top, now, every[0])
        if every and len(every) <= limit and not (moved and before):
            # If it began too late, and all can be walked now, no date need stay unknown.
            before, commits = None, every
    except GitError as error:
        raise CannotRunError(str(error)) from error
    why = SHALLOW if shallow else "before it the documentation lay elsewhere" if moved else ""
    return _limited(before, commits, limit, console, why)


def _has_come(top: Path, now: Run, commit: Commit) -> bool:
    """Tell whether the documentation, which *commit* is the oldest to touch, lay elsewhere."""
    conf = now.project.confdir / "conf.py"
    if not conf.is_relative_to(top):
        return False
    path = conf.relative_to(top).as_posix()
    try:
        return place_before(top, path, f"{commit.hash}^", commit.hash) is not None
    except GitError:
        return False  # it is the very first


def _limited(
    before: History | None, commits: list[Commit], limit: int, console: Console, why: str
) -> tuple[History | None, list[Commit]]:
    """Take the newest only, and let the history say where it begins, if that is too late.

    :param why: why the oldest may not be the first, if that is so.
    """
    left_out = len(commits) > limit
    if left_out:
        console.say(
            f"the newest {limit} of {len(commits)} revisions are walked; `--limit "
            f"{len(commits)}` takes them all"
        )
    elif why and before is None:
        console.say(f"rows of the oldest revision have no date: {why}")
    commits = commits[-limit:]
    if commits and (left_out or (why and before is None)):
        before = History(start=commits[0].hash)
    return before, commits


def _known(path: Path) -> History | None:
    if refusal(path, path.parent):
        return None
    try:
        return parse_history(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, HistoryError):
        # What cannot be read is written anew: git knows it all.
        return None


def _paths(now: Run, docs: Path, top: Path) -> list[str]:
    """Return what a row may stand in: the documentation, and files that it includes."""
    root = now.project.root
    declaring = {root / row.place.path for row in now.assessment.register.rows}
    found = {docs, now.project.confdir}
    found |= {path for path in declaring if not path.is_relative_to(docs)}
    return sorted(path.relative_to(top).as_posix() for path in found if path.is_relative_to(top))


def _snapshots(
    commits: Sequence[Commit], builder: Revisions, console: Console
) -> Iterator[Snapshot]:
    progress = Progress(console.err) if console.err.isatty() else None
    if progress is not None:
        progress.begin("walking revisions", len(commits))
    for commit in commits:
        try:
            seen = builder.judge(commit)
        except MachineError:
            # Later runs would go on behind it, and its rows be dated too late for good.
            raise
        except CannotRunError as error:
            console.say(f"left out: {error.message}")
            continue
        finally:
            if progress is not None:
                progress.step()
        document = seen.document if seen is not None else EMPTY
        yield snapshot_of(document, commit=commit.hash, date=commit.date)
    if progress is not None:
        progress.clear()
