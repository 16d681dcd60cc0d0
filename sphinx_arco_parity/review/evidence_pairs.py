"""Which evidence of today stands for which of an earlier revision, and how good each is.

Used by :mod:`.comparison`; a piece is an entry of ``parity.json``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from sphinx_arco_parity.model.parity_document import EvidenceEntry

#: How good a verdict is; all others are failures.  A moved line is still proven.
PROVEN = 2
_GOODNESS = {"verified": PROVEN, "moved": PROVEN, "unknown": 1}


def paired_evidence(
    old: Sequence[EvidenceEntry], new: Sequence[EvidenceEntry]
) -> Iterator[tuple[EvidenceEntry | None, EvidenceEntry | None]]:
    """Pair each piece with what it was: itself, the one at another line, one of its kind.

    Among several the best is taken first, so that no order of cells makes anything worse.
    """
    keys: tuple[Callable[[EvidenceEntry], object], ...] = (
        lambda piece: (cited_as(piece), piece.get("line")),
        cited_as,
        lambda piece: piece["kind"],
    )
    for key in keys:
        before: defaultdict[object, list[EvidenceEntry]] = defaultdict(list)
        for piece in sorted(old, key=goodness, reverse=True):
            before[key(piece)].append(piece)
        rest = []
        for piece in sorted(new, key=goodness, reverse=True):
            if before[key(piece)]:
                yield before[key(piece)].pop(0), piece
            else:
                rest.append(piece)
        old, new = [piece for left in before.values() for piece in left], rest
    yield from ((piece, None) for piece in old)
    yield from ((None, piece) for piece in new)


def goodness(piece: EvidenceEntry) -> int:
    """Return how much *piece* proves, up to :data:`PROVEN`."""
    return _GOODNESS.get(piece["verdict"], 0)


def cited_as(piece: EvidenceEntry) -> tuple[str | None, ...]:
    """Return what a piece of evidence is known by, in whichever column and line it stands."""
    return (piece.get("path"), piece.get("symbol"), piece.get("job"), piece.get("command"))
