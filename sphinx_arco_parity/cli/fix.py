"""``arco-parity fix``: rewrites the line numbers of moved evidence, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.build_options import asked
from sphinx_arco_parity.cli.cache_folder import working_folder
from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.cli.errors import DONE, FAILED, FINDINGS
from sphinx_arco_parity.cli.line_edits import Move, moves_of, places_of, rewrite
from sphinx_arco_parity.cli.patch import patch_of
from sphinx_arco_parity.cli.running import run
from sphinx_arco_parity.cli.showing import shown_path
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.rewriting import UnwritableFileError, replace_file, replaceable
from sphinx_arco_parity.repository.source import UnreadableFileError

if TYPE_CHECKING:
    from argparse import Namespace

    from sphinx_arco_parity.cli.running import Run


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
    docs, options = asked(arguments.docs, arguments)
    with working_folder(docs, options) as work:
        seen = run(docs, work, console, options=options)
    documents = _documents(seen)
    if arguments.diff:
        for document in documents:
            console.write_exactly(patch_of(document.path, document.before, document.after))
        _say_left(documents, seen, console)
        changed = any(document.before != document.after for document in documents)
        return FINDINGS if changed else DONE
    return _rewrite(documents, seen, console)


def _documents(seen: Run) -> list[_Document]:
    by_path = defaultdict[str, list["Move"]](list)
    for move in moves_of(seen.assessment):
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
        elif not _is_as_judged(move.path, seen, fresh):
            left_out.append((move, f"{move.path} has changed while it was checked"))
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
    shown, done, files, failed = shown_path(seen), 0, 0, 0
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
        for move in document.done:
            place = console.paint(f"{shown(document.path)}:{move.place.line}", "bold")
            console.write(f"{place}: {move.item}: {move.path}:{move.old} -> {move.new}\n")
    left = _say_left(documents, seen, console)
    console.write(_closing(done, files, left + failed))
    return FAILED if failed else DONE


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


def _closing(done: int, files: int, left: int) -> str:
    if not done and not left:
        return "nothing has moved\n"
    references = f"{done} reference{'' if done == 1 else 's'}"
    text = f"rewrote {references} in {files} file{'' if files == 1 else 's'}"
    return f"{text}, left {left}\n" if left else f"{text}\n"
