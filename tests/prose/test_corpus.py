"""The labelled corpus: sentences of many kinds of documentation, of our own writing.

``tune.tsv`` is what the grammar was made with, ``held-back.tsv`` was written before it
and only measured.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_arco_parity.prose import Block, find_claims
from sphinx_arco_parity.settings.options import Settings

CORPUS = Path(__file__).parent / "corpus"
KINDS = {
    "p": "paragraph",
    "i": "item",
    "h": "heading",
    "c": "caption",
    "t": "cell",
    "q": "quote",
}
LABELS = {"claim", "not:negated", "not:other", "not:goal", "not:mention"}


def rows(name: str) -> list[list[str]]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def pairs() -> dict[str, Settings]:
    return {
        key: Settings(
            product=product,
            reference=reference,
            aliases={
                "product": [name for name in ours.split("|") if name],
                "reference": [name for name in theirs.split("|") if name],
            },
        )
        for key, product, reference, ours, theirs in rows("pairs.tsv")
    }


def score(name: str) -> tuple[float, float, list[str]]:
    known = pairs()
    right = false = missed = 0
    mistakes = []
    for label, pair, kind, text in rows(name):
        block = Block(kind=KINDS[kind], text=text, line=1)
        found = bool(find_claims([block], known[pair]))
        right += found and label == "claim"
        false += found and label != "claim"
        missed += not found and label == "claim"
        if found != (label == "claim"):
            mistakes.append(f"{label}: {text}")
    return right / (right + false), right / (right + missed), mistakes


@pytest.mark.parametrize("name", ["tune.tsv", "held-back.tsv"])
def test_precision_and_recall(name: str) -> None:
    precision, recall, mistakes = score(name)
    assert precision >= 0.95, mistakes
    assert recall >= 0.80, mistakes


def test_the_corpus_is_large_and_well_formed() -> None:
    tune, held_back = rows("tune.tsv"), rows("held-back.tsv")
    everything = [*tune, *held_back]
    assert len(everything) >= 400
    assert len(held_back) >= 200
    assert {row[0] for row in everything} == LABELS
    assert {row[1] for row in everything} <= set(pairs())
    assert {row[2] for row in everything} <= set(KINDS)
    texts = [(row[1], row[2], row[3]) for row in everything]
    assert len(set(texts)) == len(texts)
