"""``arco-parity fix``: rewrites references to evidence that has moved, and nothing else."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.cli.console import DONE, FAILED, FINDINGS, Console
from sphinx_arco_parity.cli.find_docs import asked
from sphinx_arco_parity.cli.line_edits import Move, moves_of, patch_of, places_of, rewrite
from sphinx_arco_parity.cli.narrowing import folder_of, narrowing
from sphinx_arco_parity.cli.running import Run, checked, shown_path
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.replacing import UnwritableFileError, replace_file, replaceable
from sphinx_arco_parity.repository.source import UnreadableFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """A file before and after."""

    path: str
    before: bytes
    after: bytes
    done: tuple[Move, ...] = ()
    left: tuple[tuple[Move, str], ...] = ()


def fix(arguments: Namespace, console: Console) -> int:
    """Rewrite what has moved, or show the patch; return the exit status."""
    docs, options = asked(folder_of(arguments.paths), arguments)
    wanted = narrowing(arguments, docs)
    seen = wanted(checked(docs, options, console))
    documents = _documents(seen, arguments.options)
    if arguments.diff:
        if console.out.isatty():
            _show_words(documents, seen, console)
        for document in documents:
            console.write_exactly(patch_of(document.path, document.before, document.after))
        _say_left(documents, seen, console)
        _say_options(arguments.options, seen, console)
        changed = any(document.before != document.after for document in documents)
        return FINDINGS if changed else DONE
    status = _rewrite(documents, seen, console)
    _say_options(arguments.options, seen, console)
    return status


def _documents(seen: Run, options: Sequence[str]) -> list[_Document]:
    by_path = defaultdict[str, list["Move"]](list)
    for move in moves_of(seen.assessment, options):
        if "--paths" in options and move.fix.path == move.fix.new_path:
            # Of a short path that has moved, the finding says only that; a second run would not.
            move = replace(move, fix=replace(move.fix, new_path=move.fix.file))  # noqa: PLW2901
        by_path[move.place.path].append(move)
    declared = places_of(seen.assessment)
    # What was judged may have been known from an earlier run; this reads it again.
    fresh = Repository.open(seen.repository.root)
    return [
        _document(path, moves, declared.get(path, []), seen, fresh)
        for path, moves in sorted(by_path.items())
    ]


def _document(
    path: str, moves: list[Move], declared: list[int], seen: Run, fresh: Repository
) -> _Document:
    try:
        file = replaceable(fresh.root, path)
        changed_at = file.stat().st_mtime_ns // 1000
        before = fresh.read_bytes(path)
    except (OSError, UnwritableFileError, UnreadableFileError) as error:
        reason = getattr(error, "reason", None) or str(error)
        left = tuple((move, f"{path} {reason}") for move in moves)
        return _Document(path=path, before=b"", after=b"", left=left)
    usable, left_out = [], []
    for move in moves:
        if changed_at > seen.read_at.get(move.docname, changed_at):
            left_out.append((move, f"{path} has changed while it was checked"))
        elif not _is_as_judged(move.fix.file, seen, fresh):
            left_out.append((move, f"{move.fix.file} has changed while it was checked"))
        else:
            usable.append(move)
    # Bytes that are no UTF-8 stay what they are.
    text = before.decode("utf-8", "surrogateescape")
    result = rewrite(text, path, usable, declared)
    return _Document(
        path=path,
        before=before,
        after=result.text.encode("utf-8", "surrogateescape"),
        done=tuple(result.done),
        left=(*left_out, *result.left),
    )


def _is_as_judged(path: str, seen: Run, fresh: Repository) -> bool:
    """Tell whether the file that evidence cites still is what was looked into."""
    try:
        return fresh.read(path).digest == seen.repository.digest(path)
    except UnreadableFileError:
        return False


def _rewrite(documents: list[_Document], seen: Run, console: Console) -> int:
    done, files, failed = 0, 0, 0
    for document in documents:
        if document.before == document.after:
            continue
        try:
            replace_file(seen.repository.root, document.path, document.before, document.after)
        except UnwritableFileError as error:
            console.say(f"arco-parity: {error}")
            failed += len(document.done)
            continue
        files, done = files + 1, done + len(document.done)
        _show_words([document], seen, console)
    left = _say_left(documents, seen, console)
    left += failed
    closing = f"rewrote {plural(done, 'reference')} in {plural(files, 'file')}"
    closing += f", left {left}" if left else ""
    console.write(f"{closing}\n" if done or left else "nothing has moved\n")
    return FAILED if failed else DONE


def _show_words(documents: list[_Document], seen: Run, console: Console) -> None:
    """Show what becomes of each reference, a line for each."""
    shown = shown_path(seen)
    for document in documents:
        for move in document.done:
            place = console.paint(f"{shown(document.path)}:{move.place.line}", "bold")
            console.write(f"{place}: {move.item}: {move.fix}\n")


def _say_options(options: Sequence[str], seen: Run, console: Console) -> None:
    """Say what an option that was not given would let be rewritten."""
    fixes = [f.fix.option for f in seen.assessment.findings if f.fix is not None]
    for option, number in sorted(Counter(fixes).items()):
        if option not in {"", *options}:
            console.say(f"{number} more can be rewritten with `{option}`")


def _say_left(documents: list[_Document], seen: Run, console: Console) -> int:
    """Say what has moved and is left as it is, and why; return how many."""
    shown = shown_path(seen)
    left = [
        (move.place, move.message, why) for document in documents for move, why in document.left
    ]
    left += [
        (finding.place, finding.message, "more than one definition can be meant")
        for finding in seen.assessment.findings
        if finding.rule == "evidence-moved" and finding.fix is None
    ]
    for place, message, why in sorted(left):
        console.say(f"{shown(place.path)}:{place.line}: {message}")
        console.say(f"  not rewritten: {why}")
    return len(left)
