"""Puts together what belongs to one item: several symbols at one line.

The line is right if one of the symbols is there; a line that is wrong is one finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import messages
from sphinx_arco_parity.proof.judged import Judged


def settle(evidence: Sequence[Evidence], judged: Sequence[Judged]) -> list[Verdict]:
    """Return the verdicts of the symbols of each item, seen together."""
    verdicts = [found.verdict for found in judged]
    for group in _groups(evidence):
        _settle_line(group, evidence, judged, verdicts)
    return verdicts


def _groups(evidence: Sequence[Evidence]) -> list[list[int]]:
    """The places of pieces that share item, path and line, where several do."""
    found: dict[tuple[object, ...], list[int]] = {}
    for index, piece in enumerate(evidence):
        if piece.symbol is not None and piece.line is not None:
            key = (piece.kind, piece.item, piece.text, piece.path, piece.line)
            found.setdefault(key, []).append(index)
    return [group for group in found.values() if len(group) > 1]


def _settle_line(
    group: Sequence[int],
    evidence: Sequence[Evidence],
    judged: Sequence[Judged],
    verdicts: list[Verdict],
) -> None:
    right = next((i for i in group if verdicts[i].name == "verified"), None)
    moved = [i for i in group if verdicts[i].name == "moved"]
    past = [i for i in group if judged[i].past_the_end]
    if right is None:
        for index in (*moved[1:], *past[1:]):
            verdicts[index] = replace(verdicts[index], rule=None, help="", fix=None)
        return
    for index in moved:
        verdicts[index] = messages.beside(
            evidence[index], evidence[right], verdicts[index], judged[index].path
        )
