"""Moved evidence: what is to be rewritten where, as edits of a document's text.

Pure; ``arco-parity fix`` reads and replaces the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.blocks import end_of_block
from sphinx_arco_parity.notation import renumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_arco_parity.assessment import Assessment
    from sphinx_arco_parity.records import Place

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One cited line that is to become another."""

    place: Place
    """Of the declaration that cites it."""
    item: str
    docname: str
    message: str
    """What the finding says."""
    path: str
    """As written."""
    old: int
    new: int
    texts: tuple[str, ...]
    """The items of evidence as written, if they are known."""


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


def moves_of(assessment: Assessment) -> list[Move]:
    """Return all that can be rewritten, in the order of places."""
    texts: dict[tuple[object, ...], list[str]] = {}
    for proven in assessment.proofs:
        for one, verdict in zip(proven.evidence, proven.verdicts, strict=True):
            if verdict.fix is not None:
                declared = proven.declaration
                key = (declared.place, declared.id, one.path, *verdict.fix)
                texts.setdefault(key, []).append(one.text)
    return [
        Move(
            place=found.place,
            item=found.item,
            docname=found.docname,
            message=found.message,
            path=found.fix[0],
            old=found.fix[1],
            new=found.fix[2],
            texts=tuple(
                dict.fromkeys(texts.get((found.place, found.item, *found.fix), ()))
            ),
        )
        for found in assessment.findings
        if found.fix is not None
    ]


def places_of(assessment: Assessment) -> dict[str, list[int]]:
    """Return the lines of all declarations of each file, sorted."""
    register = assessment.register
    found: dict[str, set[int]] = {}
    for one in (*register.exceptions, *register.rows, *register.claims):
        found.setdefault(one.place.path, set()).add(one.place.line)
    return {path: sorted(lines) for path, lines in found.items()}


def rewrite(
    text: str, path: str, moves: Sequence[Move], declared: Sequence[int]
) -> Rewritten:
    """Return *text*, the document at *path*, with the lines of *moves* rewritten.

    :param declared: the lines of all its declarations, sorted.
    """
    result = Rewritten(text)
    edits: list[tuple[Move, list[Edit]]] = []
    for move in moves:
        start, end = _block(text, path, move.place.line, declared)
        found = list(_edits(move, text[start:end], start))
        if found:
            edits.append((move, found))
        else:
            why = "it is not written there, or more than once"
            result.left.append((move, why))
    kept = []
    for move, found in edits:
        others = [e for other, more in edits if other is not move for e in more]
        if any(_contradict(one, other) for one in found for other in others):
            why = "its line would have to become several"
            result.left.append((move, why))
        else:
            result.done.append(move)
            kept += found
    result.text = _applied(text, kept)
    return result


def _block(text: str, path: str, line: int, declared: Sequence[int]) -> tuple[int, int]:
    """Return where the declaration on *line* begins and ends in *text*."""
    starts, lines = [], []
    for match in _LINE.finditer(text):
        starts.append(match.start())
        lines.append(match[0])
    starts.append(len(text))
    if line > len(lines):
        return len(text), len(text)
    following = next((one for one in declared if one > line), len(lines) + 1)
    end = end_of_block(lines, line, following, path)
    return starts[line - 1], starts[min(end - 1, len(lines))]


def _edits(move: Move, block: str, offset: int) -> Iterator[Edit]:
    """Give the edits for *move*: in the item as written, else in the whole block."""
    found = False
    for written in move.texts:
        new = renumber(written, move.path, move.old, move.new)
        if new == written:
            continue
        for match in re.finditer(re.escape(written), block):
            found = True
            yield _smallest(written, new, offset + match.start())
    if not found:
        new = renumber(block, move.path, move.old, move.new)
        if new != block:
            yield _smallest(block, new, offset)


def _smallest(old: str, new: str, offset: int) -> Edit:
    """Return the edit that makes *new* of *old* and touches as little as can be."""
    start = _alike(old, new)
    rest = _alike(old[start:][::-1], new[start:][::-1])
    return Edit(
        start=offset + start,
        end=offset + len(old) - rest,
        text=new[start : len(new) - rest],
    )


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _contradict(one: Edit, other: Edit) -> bool:
    if one == other:
        return False
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _applied(text: str, edits: Iterable[Edit]) -> str:
    ordered = sorted({(e.start, e.end, e.text) for e in edits}, reverse=True)
    for start, end, new in ordered:
        text = text[:start] + new + text[end:]
    return text
