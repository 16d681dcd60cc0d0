"""Moved evidence: what is to be rewritten where, as edits of a document's text.

Pure; ``arco-parity fix`` reads and replaces the files.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from posixpath import commonprefix

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.model.records import Fix, Place
from sphinx_arco_parity.notation import rewritten
from sphinx_arco_parity.text.blocks.tables import cell_end
from sphinx_arco_parity.text.places import find_written

#: What `fix` rewrites only when it is asked to.
OPTIONS = ("--paths", "--inferred", "--across-files")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One reference that is to be written anew."""

    place: Place
    """Of the citation, as near as it is known."""
    declared: int = 0
    """The line on which the declaration begins, if it is known."""
    item: str
    docname: str
    message: str
    """What the finding says."""
    fix: Fix
    items: tuple[tuple[str, int], ...]
    """The items of evidence that cite it, if they are known: the text, and how often that
    stands in the declaration before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """New text for the characters ``[start, end)`` of a document."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Rewritten:
    """A document with its edits."""

    text: str
    done: list[Move] = field(default_factory=list)
    left: list[tuple[Move, str]] = field(default_factory=list)
    """With the reason why it cannot be rewritten."""


def moves_of(assessment: Assessment, options: Collection[str] = ()) -> list[Move]:
    """Return all that *options* let be rewritten, in the order of places."""
    cited: dict[tuple[object, ...], list[tuple[int, tuple[str, int]]]] = {}
    for proven in assessment.proofs:
        declared = proven.declaration
        for piece, verdict in proven.judged():
            if verdict.fix is not None:
                key = (declared.place.path, declared.id, verdict.fix)
                item = (piece.text, piece.repeats)
                cited.setdefault(key, []).append((declared.place.line, item))
    moves = []
    for found in assessment.findings:
        if found.fix is None or found.fix.option not in {"", *options}:
            continue
        citing = cited.get((found.place.path, found.item, found.fix), [])
        moves.append(
            Move(
                place=found.place,
                declared=max((line for line, _ in citing if line <= found.place.line), default=0),
                item=found.item,
                docname=found.docname,
                message=found.message,
                fix=found.fix,
                items=tuple(dict.fromkeys(item for _, item in citing)),
            )
        )
    return moves


def places_of(assessment: Assessment) -> dict[str, list[int]]:
    """Return the lines of all declarations of each file, sorted."""
    register = assessment.register
    found: dict[str, set[int]] = {}
    for declared in (*register.exceptions, *register.rows, *register.claims):
        found.setdefault(declared.place.path, set()).add(declared.place.line)
    return {path: sorted(lines) for path, lines in found.items()}


def rewrite(text: str, path: str, moves: Sequence[Move], declared: Sequence[int]) -> Rewritten:
    """Return *text*, the document at *path*, with the lines of *moves* rewritten.

    :param declared: the lines of all its declarations, sorted.
    """
    result = Rewritten(text)
    edits: list[tuple[Move, list[Edit]]] = []
    for move in moves:
        if found := _found(text, path, move, declared):
            edits.append((move, found))
        else:
            result.left.append((move, "it is not written there, or more than once"))
    kept = []
    for move, found in edits:
        others = [e for other, more in edits if other is not move for e in more]
        if any(_contradict(edit, other) for edit in found for other in others):
            result.left.append((move, "its line would have to become several"))
        else:
            kept.append((move, found))
    blanks, full = _blanks(text, [edit for _, found in kept for edit in found])
    for move, found in kept:
        if full.isdisjoint(found):
            result.done.append(move)
            blanks += found
        else:
            result.left.append((move, "its column of the table is too narrow: widen it first"))
    for edit in sorted(set(blanks), key=attrgetter("start", "end", "text"), reverse=True):
        result.text = result.text[: edit.start] + edit.text + result.text[edit.end :]
    return result


def _blanks(text: str, edits: Iterable[Edit]) -> tuple[list[Edit], set[Edit]]:
    """Return the edits of blanks that keep the columns of text tables in which *edits* are.

    Those of *edits* for which a cell has no room come second.
    """
    cells = defaultdict[tuple[int, int, str], set[Edit]](set)
    lines = text.split("\n")
    for edit in edits:
        index = text.count("\n", 0, edit.start)
        start = text.rfind("\n", 0, edit.start) + 1
        end = cell_end(lines, index, edit.start - start)
        if end is not None:
            cells[start, end, lines[index].rstrip()].add(edit)
    blanks, full = [], set[Edit]()
    for (start, end, line), inside in cells.items():
        more = sum(len(edit.text) - (edit.end - edit.start) for edit in inside)
        first, last = (start + min(place, len(line)) for place in (end - max(more, 0), end))
        if line.ljust(end)[end - max(more, 0) : end].strip():
            full |= inside
        elif more:
            blanks.append(Edit(start=first, end=last, text=" " * -more))
    return blanks, full


def _found(text: str, path: str, move: Move, declared: Sequence[int]) -> list[Edit]:
    """Return the edits for *move*: of its items as written, else of its only place."""
    lines = (move.declared, move.place.line)
    blocks = [_block(text, path, line, declared) for line in lines]
    for start, block in blocks:
        # A remark before the evidence, or prose after it, may hold the same text.
        matches = [find_written(item, block, repeats) for item, repeats in move.items]
        found = [
            smallest(match[0], new, start + match.start())
            for match in matches
            if match and (new := rewritten(match[0], move.fix)) != match[0]
        ]
        if found:
            return found
    for start, block in reversed(blocks):
        new = rewritten(block, move.fix)
        if new != block:
            return [smallest(block, new, start)]
    return []


def _block(text: str, path: str, line: int, declared: Sequence[int]) -> tuple[int, str]:
    """Return where the declaration on *line* begins in *text*, and its own text."""
    found = [*_LINE.finditer(text)]
    starts, lines = [*(match.start() for match in found), len(text)], [match[0] for match in found]
    if not 0 < line <= len(lines):
        return len(text), ""
    following = next((other for other in declared if other > line), len(lines) + 1)
    end = end_of_block(lines, line, following, path)
    return starts[line - 1], text[starts[line - 1] : starts[min(end - 1, len(lines))]]


def smallest(old: str, new: str, offset: int) -> Edit:
    """Return the edit that makes *new* of *old* and touches as little as can be."""
    start = len(commonprefix([old, new]))
    rest = len(commonprefix([old[start:][::-1], new[start:][::-1]]))
    return Edit(
        start=offset + start, end=offset + len(old) - rest, text=new[start : len(new) - rest]
    )


def _contradict(edit: Edit, other: Edit) -> bool:
    if edit.start == edit.end or other.start == other.end:
        return edit != other and edit.start <= other.end and other.start <= edit.end
    return edit != other and edit.start < other.end and other.start < edit.end


_DATA_FILES = (".csv", ".tsv", ".yaml", ".yml", ".json")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,}|:{3,})")
#: A cell of a CSV table in the page goes on up to its closing quote.
_QUOTED_CELL = re.compile(r'(?:^|,)[ \t]*"')
_BORDER = re.compile(r"\s*\+[-=+]+\+\s*$")


def end_of_block(lines: Sequence[str], first: int, following: int, path: str) -> int:
    """Return the line after the last of the declaration that begins on line *first*.

    :param lines: of the file, with or without their ends; numbers count from 1.
    :param following: the line of the next declaration, or past the end.
    :param path: of the file; data files have entries, not markup.
    """
    limit = min(max(following, first + 1), len(lines) + 1)
    if path.lower().endswith(_DATA_FILES):
        return limit
    start = lines[first - 1]
    fence = _FENCE.match(start)
    if start.lstrip().startswith("|"):
        if first < 2 or not _BORDER.match(lines[first - 2]):
            return first + 1  # a row of a pipe table
        closing = _BORDER
    elif fence:
        closing = re.compile(rf"\s*{re.escape(fence['fence'][0])}{{{len(fence['fence'])},}}\s*$")
    else:
        return _end_of_indented(lines, first, limit)
    return next((end for end in range(first + 1, limit) if closing.match(lines[end - 1])), limit)


def _end_of_indented(lines: Sequence[str], first: int, limit: int) -> int:
    margin = _indent(lines[first - 1])
    end = first + 1
    quotes = lines[first - 1].count('"') if _QUOTED_CELL.search(lines[first - 1]) else 0
    while end < limit:
        line = lines[end - 1]
        if line.strip() and _indent(line) <= margin and not quotes % 2:
            break
        quotes += line.count('"')
        end += 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_PATCH_LINE = re.compile(r"[^\n]*\n|[^\n]+$")


def patch_of(path: str, before: bytes, after: bytes) -> str:
    """Return the patch from *before* to *after*; empty if they are the same.

    Bytes that are no UTF-8 are half surrogates, for a stream that gives them back.

    :param path: relative to the repository; of a file that is new if *before* is empty.
    """
    if before == after:
        return ""
    old, new = (
        _PATCH_LINE.findall(raw.decode("utf-8", "surrogateescape")) for raw in (before, after)
    )
    origin = f"a/{path}" if before else "/dev/null"
    lines = difflib.unified_diff(old, new, origin, f"b/{path}", n=3)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
