"""How well and how fast unmarked parity claims are found.

Precision and recall on both halves of the corpus with every mistake, and the time that
1,000 pages take.

Run from the root of the repository: ``python benchmarks/prose.py [--tune]``.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from sphinx_arco_parity.prose import Block, find_claims
from sphinx_arco_parity.settings.options import Settings

CORPUS = Path(__file__).parent.parent / "tests" / "prose" / "corpus"
KINDS = {
    "p": "paragraph",
    "i": "item",
    "h": "heading",
    "c": "caption",
    "t": "cell",
    "q": "quote",
}


def rows(name: str) -> list[list[str]]:
    """Return the rows of a file of the corpus."""
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def pairs() -> dict[str, Settings]:
    """Return the settings for each pair of product and reference."""
    found = {}
    for key, product, reference, ours, theirs in rows("pairs.tsv"):
        aliases = {
            "product": [name for name in ours.split("|") if name],
            "reference": [name for name in theirs.split("|") if name],
        }
        found[key] = Settings(product=product, reference=reference, aliases=aliases)
    return found


def score(name: str) -> None:
    """Print precision, recall and each mistake of one half."""
    known = pairs()
    right = false = missed = 0
    mistakes = []
    for label, pair, kind, text in rows(name):
        block = Block(kind=KINDS[kind], text=text, line=1)
        claims = find_claims([block], known[pair])
        if claims and label == "claim":
            right += 1
        elif claims:
            false += 1
            mistakes.append(f"  false alarm ({label}, {claims[0].rule}): {text}")
        elif label == "claim":
            missed += 1
            mistakes.append(f"  missed: {text}")
    precision = right / (right + false) if right + false else 0.0
    recall = right / (right + missed)
    print(f"{name}: {len(rows(name))} sentences, {right + missed} claims")
    print(f"  precision {precision:.3f}, recall {recall:.3f}")
    print("\n".join(mistakes))


def pages(count: int) -> list[list[Block]]:
    """Return pages of 40 paragraphs of four sentences, one in ten about parity."""
    chance = random.Random(1)  # noqa: S311 - pages, not secrets
    parity = [row[3] for row in rows("tune.tsv") if row[1] == "flow"]
    plain = [
        "The scheduler keeps one cursor for each sensor and writes it after every tick.",
        "Set the option in the configuration file, then restart the service.",
        "Runs are shown with the newest first; a filter narrows them by tag.",
        "A partition is a slice of an asset, and its key is stable across runs.",
    ]
    return [
        [
            Block(
                kind="paragraph",
                text="\n".join(
                    chance.choice(parity if chance.random() < 0.1 else plain) for _ in range(4)
                ),
                line=number * 6 + 1,
                section=(1, number // 8),
            )
            for number in range(40)
        ]
        for _ in range(count)
    ]


def main() -> None:
    """Print everything."""
    score("tune.tsv")
    if "--tune" in sys.argv:
        return
    score("held-back.tsv")
    settings = pairs()["flow"]
    made = pages(200)
    start = time.process_time()
    for page in made:
        find_claims(page, settings)
    print(f"{(time.process_time() - start) * 5:.2f} CPU seconds for 1,000 pages")


if __name__ == "__main__":
    main()
