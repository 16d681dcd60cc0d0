"""The examples of the reference page are what the reader does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.prose import Block, find_claims

if TYPE_CHECKING:
    from sphinx_arco_parity.settings.options import Settings

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "prose.md"


def examples(heading: str) -> list[tuple[str, str]]:
    text = PAGE.read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [(sentence, what) for sentence, what in cells if sentence.endswith((".", "?"))]


def found(sentence: str, settings: Settings) -> list[str]:
    block = Block(kind="paragraph", text=sentence, line=1)
    return [claim.rule for claim in find_claims([block], settings)]


@pytest.mark.parametrize(("sentence", "rule"), examples("What is a claim"))
def test_claims(settings: Settings, sentence: str, rule: str) -> None:
    assert found(sentence, settings) == [rule]


@pytest.mark.parametrize(("sentence", "_why"), examples("What is not a claim"))
def test_no_claims(settings: Settings, sentence: str, _why: str) -> None:
    assert found(sentence, settings) == []


def test_both_tables_are_read() -> None:
    assert len(examples("What is a claim")) >= 15
    assert len(examples("What is not a claim")) >= 20
