"""Moved evidence: what is to be rewritten where, as edits of a document's text.

Pure; ``arco-parity fix`` reads and replaces the files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.cli.blocks import end_of_block
from sphinx_arco_parity.model.findings import Finding
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
        if found.fix is not None and found.fix.option in {"", *options}:
            key = (found.place.path, found.item, found.fix)
            moves.append(_move(found, found.fix, cited.get(key, ())))
    return moves


def _move(found: Finding, fix: Fix, cited: Sequence[tuple[int, tuple[str, int]]]) -> Move:
    before = [line for line, _ in cited if line <= found.place.line]
    return Move(
        place=found.place,
        declared=max(before, default=0),
        item=found.item,
        docname=found.docname,
        message=found.message,
        fix=fix,
        items=tuple(dict.fromkeys(item for _, item in cited)),
    )


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
        found = _found(text, path, move, declared)
        if found:
            edits.append((move, found))
        else:
            why = "it is not written there, or more than once"
            result.left.append((move, why))
    kept = []
    for move, found in edits:
        others = [e for other, more in edits if other is not move for e in more]
        if any(_contradict(edit, other) for edit in found for other in others):
            why = "its line would have to become several"
            result.left.append((move, why))
        else:
            kept.append((move, found))
    blanks, full = _blanks(text, [edit for _, found in kept for edit in found])
    for move, found in kept:
        if full.isdisjoint(found):
            result.done.append(move)
            blanks += found
        else:
            result.left.append((move, "its column of the table is too narrow: widen it first"))
    result.text = _applied(text, blanks)
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
    for line in (move.declared, move.place.line):
        start, end = _block(text, path, line, declared)
        found = list(_in_items(move, text[start:end], start))
        if found:
            return found
    for line in (move.place.line, move.declared):
        start, end = _block(text, path, line, declared)
        block = text[start:end]
        new = rewritten(block, move.fix)
        if new != block:
            return [smallest(block, new, start)]
    return []


def _block(text: str, path: str, line: int, declared: Sequence[int]) -> tuple[int, int]:
    """Return where the declaration on *line* begins and ends in *text*."""
    starts, lines = [], []
    for match in _LINE.finditer(text):
        starts.append(match.start())
        lines.append(match[0])
    starts.append(len(text))
    if not 0 < line <= len(lines):
        return len(text), len(text)
    following = next((other for other in declared if other > line), len(lines) + 1)
    end = end_of_block(lines, line, following, path)
    return starts[line - 1], starts[min(end - 1, len(lines))]


def _in_items(move: Move, block: str, offset: int) -> Iterator[Edit]:
    """Yield the edits of the items of *block* that *move* is about.

    A remark before the evidence, or prose after it, may hold the same text.
    """
    for item, repeats in move.items:
        match = find_written(item, block, repeats)
        if match is not None:
            new = rewritten(match[0], move.fix)
            if new != match[0]:
                yield smallest(match[0], new, offset + match.start())


def smallest(old: str, new: str, offset: int) -> Edit:
    """Return the edit that makes *new* of *old* and touches as little as can be."""
    start = _alike(old, new)
    rest = _alike(old[start:][::-1], new[start:][::-1])
    return Edit(
        start=offset + start, end=offset + len(old) - rest, text=new[start : len(new) - rest]
    )


def _alike(text: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = zip(text, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _contradict(edit: Edit, other: Edit) -> bool:
    if edit == other:
        return False
    if edit.start == edit.end or other.start == other.end:
        return edit.start <= other.end and other.start <= edit.end
    return edit.start < other.end and other.start < edit.end


def _applied(text: str, edits: Iterable[Edit]) -> str:
    ordered = sorted({(e.start, e.end, e.text) for e in edits}, reverse=True)
    for start, end, new in ordered:
        text = text[:start] + new + text[end:]
    return text
