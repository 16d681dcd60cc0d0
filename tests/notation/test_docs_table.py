"""The tables of the reference page are read as they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "notation.md"
_COLUMN = re.compile(r"(?<!\\) \| ")
_FENCED = re.compile(r"(`+)(.+)\1", re.DOTALL)


def _unfenced(text: str) -> str:
    match = _FENCED.fullmatch(text.strip())
    assert match is not None, text
    return match[2].strip() if len(match[1]) > 1 else match[2]


def _rows() -> list[tuple[str, str, tuple[str, ...]]]:
    rows = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = _COLUMN.split(line.removeprefix("| ").removesuffix(" |"))
        if not line.startswith("| ") or cells[0] == "Column":
            continue
        column, written, expected = cells
        rows.append((column, _unfenced(written), tuple(expected.split("<br>"))))
    return rows


@pytest.mark.parametrize(("kind", "text", "expected"), _rows())
def test_example_is_read_as_the_page_says(read, kind, text, expected):
    found = ["remark" if line.startswith("# ") else f"`{line}`" for line in read(text, kind)]
    assert found == list(expected)


def test_page_has_its_examples():
    kinds = [kind for kind, _, _ in _rows()]
    assert len(kinds) > 80
    assert set(kinds) == {"code", "test", "ci", "adr", "any"}
