"""What became of pieces of evidence, and a cited test with what it means.

Made by :class:`sphinx_arco_parity.proof.Prover` and what it asks; :mod:`.ci` holds quoted
commands against the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import messages
from sphinx_arco_parity.repository.source import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and what the symbol of a test means."""

    verdict: Verdict
    path: str = ""
    """As git writes it."""
    meant: Definition | None = None
    """The test, if exactly one is meant, or the one at the cited line."""
    past_the_end: bool = False
    ignored: bool = False
    """It never runs because of Rust's ``#[ignore]``: a command may ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTest:
    """A piece of evidence of kind ``test``."""

    evidence: Evidence
    """As written; its path may be a folder or a glob, its symbol may be missing."""
    definition: Definition | None = None
    """The test that is meant, if exactly one is, or the one at the cited line."""


def settled(evidence: Sequence[Evidence], judged: Mapping[int, Judged]) -> dict[int, Verdict]:
    """Return the verdicts that *judged* has, by their index in *evidence*, seen together.

    Of several symbols of one item at one line the line is right if one of them is there; a line
    that is wrong is one finding.
    """
    verdicts = {index: found.verdict for index, found in judged.items()}
    groups: dict[tuple[object, ...], list[int]] = {}
    for index in judged:
        piece = evidence[index]
        if piece.symbol is not None and piece.line is not None:
            place = (piece.kind, piece.item, piece.text, piece.path, piece.line)
            groups.setdefault(place, []).append(index)
    for group in groups.values():
        right = next((i for i in group if verdicts[i].name == "verified"), None)
        moved = [i for i in group if verdicts[i].name == "moved"]
        past = [i for i in group if judged[i].past_the_end]
        if right is None:
            for index in (*moved[1:], *past[1:]):
                verdicts[index] = replace(verdicts[index], rule=None, help="", fix=None)
            continue
        for index in moved:
            before, path = verdicts[index], judged[index].path
            verdicts[index] = messages.beside(evidence[index], evidence[right], before, path)
    return verdicts
