from __future__ import annotations

import pytest

from sphinx_arco_parity.prose import LITERAL, Block, markdown_blocks, scope_of

PAGE = """\
# Guide

Arco Flow matches Dagster OSS.

See EX-01.

## Schedules

The following match:

- ticks, see [the register](audits/exceptions.md)
- cursors `EX-05a`

### Time zones

Zones match, EX-06.

## Sensors

| Sensor | State |
|---|---|
| cursor | matches, EX-09 |
| tick | matches |
"""


def index_of(blocks: list[Block], text: str) -> int:
    return next(i for i, block in enumerate(blocks) if block.text.startswith(text))


@pytest.mark.parametrize(
    ("text", "scope", "inside", "outside"),
    [
        ("Arco Flow", "paragraph", "matches Dagster", "EX-01"),
        ("Arco Flow", "section", "EX-01", "EX-05a"),
        ("Arco Flow", "page", "EX-09", "EX-99"),
        ("cursors", "paragraph", "The following match", "ticks"),
        ("cursors", "paragraph", "EX-05a", "EX-06"),
        ("The following", "section", "EX-06", "EX-09"),
        ("Zones", "section", "EX-06", "EX-05a"),
        ("cursor", "paragraph", "EX-09", "tick"),
    ],
)
def test_scope(text: str, scope: str, inside: str, outside: str) -> None:
    blocks = markdown_blocks(PAGE)
    index = index_of(blocks, "matches, EX-09") if text == "cursor" else index_of(blocks, text)
    near = scope_of(blocks, index, scope)
    assert inside in near.text
    assert outside not in near.text
    assert index in near.blocks


def test_a_scope_has_the_links_and_literals_of_its_blocks() -> None:
    blocks = markdown_blocks(PAGE)
    near = scope_of(blocks, index_of(blocks, "The following"), "section")
    assert near.links == ("audits/exceptions.md", "EX-05a")


def test_the_paths_of_a_scope_have_neither_lines_nor_fragments() -> None:
    text = "See `docs/x.md:7`, `docs/y.md:7-12`, [z](z.md#a) and `EX-01`.\n"
    near = scope_of(markdown_blocks(text), 0, "paragraph")
    assert set(near.paths) == {"docs/x.md", "docs/y.md", "z.md", "EX-01"}


def test_a_title_of_the_first_level_reaches_to_the_next_heading() -> None:
    blocks = markdown_blocks("# A\n\nClaim.\n\n## B\n\nEX-01.\n")
    assert "EX-01" not in scope_of(blocks, 1, "section").text
    below = markdown_blocks("# T\n\n## A\n\nClaim.\n\n### B\n\nEX-01.\n")
    assert "EX-01" in scope_of(below, index_of(below, "Claim"), "section").text


def test_full_text_puts_literals_back() -> None:
    block = Block(
        kind="paragraph",
        text=f"a {LITERAL} b {LITERAL} c {LITERAL}",
        line=1,
        literals=("x", "y"),
    )
    assert block.full_text == f"a x b y c {LITERAL}"
