"""Markdown and reStructuredText files outside the documentation as blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.prose import LITERAL, markdown_blocks, rst_blocks

MARKDOWN = """\
---
title: Matches Dagster OSS
---
# Arco *Flow*

<!-- Arco Flow matches
Dagster OSS. -->

First line with `code` and
a [link](docs/x.md) ~~struck~~ <b>bold</b>.

    indented code

```text
fenced
```

> quoted

> [!NOTE]
> An alert.

We support:

- one
  - nested
- two

  more of two

## Second

| Capability | State |
| --- | --- |
| UI | **none** |

<p align="center">
  Raw <i>words</i>
</p>
"""

RST = """\
=========
Arco Flow
=========

.. image:: x.png
   :alt: Arco Flow matches Dagster OSS

First line with ``code`` and
a `link <docs/x.md>`_ and :ref:`words <target>`, **bold**::

    literal block

.. note::

   A note.

We support:

- one
- two
  goes on

  more of two

#. three

After the list.

    quoted

Second
------

+----+----+
| a  | b  |
+----+----+

Last.
"""


def shape(blocks):
    return [(b.kind, b.text, b.line, b.section, b.intro) for b in blocks]


def test_markdown() -> None:
    blocks = markdown_blocks(MARKDOWN)
    assert shape(blocks) == [
        ("heading", "Arco Flow", 4, (1,), None),
        (
            "paragraph",
            f"First line with {LITERAL} and\na link  bold.",
            9,
            (1,),
            None,
        ),
        ("quote", "quoted", 18, (1,), None),
        ("paragraph", "An alert.", 21, (1,), None),
        ("paragraph", "We support:", 23, (1,), None),
        ("item", "one", 25, (1,), 4),
        ("item", "nested", 26, (1,), 5),
        ("item", "two", 27, (1,), 4),
        ("item", "more of two", 29, (1,), 4),
        ("heading", "Second", 31, (1, 1), None),
        ("cell", "Capability", 33, (1, 1), None),
        ("cell", "State", 33, (1, 1), None),
        ("cell", "UI", 35, (1, 1), None),
        ("cell", "none", 35, (1, 1), None),
        ("paragraph", "Raw words", 38, (1, 1), None),
    ]
    assert blocks[1].literals == ("code",)
    assert blocks[1].links == ("docs/x.md",)
    assert (blocks[13].label, blocks[13].column) == ("UI", "State")


def test_rst() -> None:
    blocks = rst_blocks(RST)
    assert shape(blocks) == [
        ("heading", "Arco Flow", 2, (1,), None),
        (
            "paragraph",
            f"First line with {LITERAL} and\na link and words, bold",
            8,
            (1,),
            None,
        ),
        ("paragraph", "A note.", 15, (1,), None),
        ("paragraph", "We support:", 17, (1,), None),
        ("item", "one", 19, (1,), 3),
        ("item", "two\ngoes on", 20, (1,), 3),
        ("item", "more of two", 23, (1,), 3),
        ("item", "three", 25, (1,), 3),
        ("paragraph", "After the list.", 27, (1,), None),
        ("quote", "quoted", 29, (1,), None),
        ("heading", "Second", 31, (1, 1), None),
        ("paragraph", "Last.", 38, (1, 1), None),
    ]
    assert blocks[1].literals == ("code",)
    assert blocks[1].links == ("docs/x.md", "target")


def test_items_of_restructured_text_know_the_item_above() -> None:
    text = "Both:\n\n- one\n\n  more of one\n- two\n\n  - nested\n"
    assert shape(rst_blocks(text)) == [
        ("paragraph", "Both:", 1, (), None),
        ("item", "one", 3, (), 0),
        ("item", "more of one", 5, (), 0),
        ("item", "two", 6, (), 0),
        ("item", "nested", 8, (), 3),
    ]


def test_myst_boxes_are_read_and_fences_are_not() -> None:
    text = ":::{note} A\nIn a box.\n:::\n\n```{note}\nIn a fence.\n```\n\nAfter.\n"
    assert [block.text for block in markdown_blocks(text)] == ["In a box.", "After."]


def test_links_are_found_by_their_label() -> None:
    (block,) = markdown_blocks("See [EX-01][x] and [y].\n\n[X]: a.md\n[y]: <b.md> 't'\n")
    assert block.text == "See EX-01 and y."
    assert block.links == ("a.md", "b.md")


def test_sections_are_numbered_by_their_place() -> None:
    text = "## A\n\n#### B\n\n### C\n\n## D\n\n# E\n\n## F\n"
    assert [block.section for block in markdown_blocks(text)] == [
        (1,),
        (1, 1),
        (1, 2),
        (2,),
        (3,),
        (3, 1),
    ]


LINES = st.lists(
    st.sampled_from(
        ["", "word one", "- item", "  more", "# Head", "Title", "=====", "-----", "> q",
         "```", "| a | b |", "|---|---|", ".. note::", ".. x", "   body::", "``a`` `b`_",
         "<p>", "</p>", "1. n", "* s", "---", "+---+"]
    ),
    max_size=14,
)  # fmt: skip


@given(LINES)
def test_every_block_stands_on_its_own_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    for blocks in (markdown_blocks(text), rst_blocks(text)):
        for number, block in enumerate(blocks):
            assert 1 <= block.line <= len(lines)
            first = block.full_text.split("\n")[0].strip()[:1]
            assert first in lines[block.line - 1]
            assert block.intro is None or block.intro < number
