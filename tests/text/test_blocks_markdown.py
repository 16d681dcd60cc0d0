"""Markdown as blocks: every table by GitHub's rules, with the place of each cell."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinx_arco_parity.text.blocks import (
    Code,
    Directive,
    Heading,
    Items,
    Paragraph,
    Quote,
    Raw,
    read_blocks,
)


def outline(text):
    return read_blocks(text, "x.md")


def tables(text):
    """Return each table as its header and (line, texts) of its rows."""
    return [
        (
            [cell.text for cell in table.header],
            [(row.line, [cell.text for cell in row.cells]) for row in table.rows],
        )
        for table in outline(text).tables()
    ]


def cells(text):
    return [
        cell
        for table in outline(text).tables()
        for cell in (*table.header, *(c for row in table.rows for c in row.cells))
    ]


PAGE = """\
---
title: x
---
# One

First
and second.

- item

  more
  1. deep
> quoted

Two
---

```sh
# no heading
```

    indented

<!-- a
b -->

| A |
|---|
| b |

[label]: https://example.org/x "Title"
"""


def test_every_kind_of_block_with_its_lines():
    found = outline(PAGE)
    items = found.blocks[2]
    assert isinstance(items, Items)
    assert [(type(block), block.line, block.last) for block in found.walk()] == [
        (Heading, 4, 4),
        (Paragraph, 6, 7),
        (Items, 9, 12),
        (Paragraph, 9, 9),
        (Paragraph, 11, 11),
        (Items, 12, 12),
        (Paragraph, 12, 12),
        (Quote, 13, 13),
        (Paragraph, 13, 13),
        (Heading, 15, 16),
        (Code, 18, 20),
        (Code, 22, 22),
        (Raw, 24, 25),
        (type(found.blocks[8]), 27, 29),
    ]
    assert found.front is not None
    assert (found.front.lines, found.front.is_toml) == (("title: x",), False)
    assert found.links == {"LABEL": "https://example.org/x"}
    assert [(block.level, block.text) for block in found.blocks if isinstance(block, Heading)] == [
        (1, "One"),
        (2, "Two"),
    ]


def test_text_lines_leave_out_what_is_no_text():
    kept = outline(PAGE + "a <!-- b --> c <!-- d\n").text_lines()
    assert kept[:5] == ["", "", "", "# One", ""]
    assert kept[17:20] == ["", "", ""]
    assert kept[21] == "    indented"
    assert kept[23:25] == ["", ""]
    assert kept[-2] == "a  c <!-- d"
    assert len(kept) == PAGE.count("\n") + 2


HEADED = "| A | B |\n|---|---|\n"


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        (r"| a \| b | c |", ["a | b", "c"]),
        (r"| `a \| b` | c |", ["`a | b`", "c"]),
        ("| `a | b` | c |", ["`a", "b`", "c"]),
        (r"| a \\| b |", [r"a \| b"]),
        ("a | b", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("a | b |", ["a", "b"]),
        ("a", ["a"]),
        ("|  | b |", ["", "b"]),
        ("|| b |", ["", "b"]),
        ("| a | b | c |", ["a", "b", "c"]),
        ("|\ta\t|\tb\t|", ["a", "b"]),
        ("   | a | b |   ", ["a", "b"]),
        ("| a <!-- | --> | b |", ["a <!--", "-->", "b"]),
        ("| ä | 🚧 |", ["ä", "🚧"]),
    ],
)
def test_cells_of_a_row(row, texts):
    assert tables(f"{HEADED}{row}\n") == [(["A", "B"], [(3, texts)])]


def test_a_row_with_a_bar_in_code_says_what_is_meant():
    (table,) = outline(f"{HEADED}| `a|b` | c |\n| `a|b` | c | d |\n").tables()
    first, second = table.rows
    assert [cell.text for cell in first.cells] == ["`a", "b`", "c"]
    assert first.texts == ["`a|b`", "c"]
    assert second.texts == ["`a", "b`", "c", "d"]


@pytest.mark.parametrize(
    "delimiter",
    ["|---|---|", "---|---", "|:-:|-:|", "  | - | :-- |  ", ":--|---", "|\t---\t|---|"],
)
def test_lines_that_make_a_table(delimiter):
    assert tables(f"| A | B |\n{delimiter}\n| a | b |\n")


@pytest.mark.parametrize(
    "text",
    [
        "| A | B |\n|---|\n| a | b |\n",
        "| A |\n| B |\n",
        "A\n:-\n",
        "| A |\n---\n| a |\n",
        "|\n|---|\n",
        "    | A |\n    |---|\n",
        "```\n| A |\n|---|\n```\n",
        "````{code-block} markdown\n```{note}\n| A |\n|---|\n```\n````\n",
        ":::{eval-rst}\n| A |\n|---|\n:::\n",
        "<!--\n| A |\n|---|\n-->\n",
        "<details>\n| A |\n|---|\n</details>\n",
        "| A |\n\n|---|\n",
        "| A | B |\n- | -\n",
        "| A | B |\n|-- x|---|\n",
    ],
)
def test_what_is_no_table(text):
    assert tables(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (HEADED + "| a | b |\n\n| c | d |\n", [3]),
        (HEADED + "| a | b |\n# H\n", [3]),
        (HEADED + "| a | b |\n- c\n", [3]),
        (HEADED + "| a | b |\n> c\n", [3]),
        (HEADED + "| a | b |\n```\n| c | d |\n```\n", [3]),
        (HEADED + "| a | b |\n<!-- x -->\n| c | d |\n", [3]),
        (HEADED + "| a | b |\n    c\n", [3]),
        (HEADED + "| a | b |\nc\n", [3, 4]),
        ("text\n" + HEADED + "| a | b |\n", [4]),
        ("<details>\n<summary>x</summary>\n\n" + HEADED + "| a | b |\n", [6]),
        ("```{parity-matrix}\n:columns: x\n" + HEADED + "| a | b |\n```\n", [5]),
        (":::{note}\n---\na: b\n---\n" + HEADED + "| a | b |\n:::\n", [7]),
        ("\ufeff" + HEADED + "| a | b |\n", [3]),
        ((HEADED + "| a | b |\n").replace("\n", "\r\n"), [3]),
        ((HEADED + "| a | b |\n").replace("\n", "\r"), [3]),
        ("---\na: b\n---\n" + HEADED + "| a | b |\n", [6]),
        ("x\fy\u2028z\n\n" + HEADED + "| a | b |\n", [5]),
    ],
)
def test_where_a_table_begins_and_ends(text, lines):
    ((header, rows),) = tables(text)
    assert header == ["A", "B"]
    assert [line for line, _ in rows] == lines


@pytest.mark.parametrize(
    "before",
    ["", "> ", "- ", "1. ", "> - ", "- > ", "   ", ">\t", "-\t", "\ufeff"],
)
def test_a_cell_is_where_it_says(before):
    again = {"- ": "  ", "1. ": "   ", "> - ": ">   ", "- > ": "  > ", "-\t": "\t"}
    later = again.get(before, before.strip("\ufeff"))
    table = [r"| **A** |  B\|C|", "|---|:-:|", "|`a` | b", "|| \t|"]
    text = "\n".join([before + table[0], *(later + line for line in table[1:])])
    found = cells(text)
    assert [cell.text for cell in found] == ["**A**", "B|C", "`a`", "b", "", ""]
    lines = text.split("\n")
    for cell in found:
        source = lines[cell.line - 1][cell.start : cell.end]
        assert source.replace("\\|", "|") == cell.text
        before_it = lines[cell.line - 1][: cell.start]
        assert not cell.text or before_it.rstrip().endswith("|")


def test_list_tables_are_tables():
    text = """\
:::{list-table} Title
:header-rows: 1

* - A
  - B
* - a

    more
  -
:::
"""
    assert tables(text) == [(["A", "B"], [(6, ["a\n\nmore", ""])])]
    (directive,) = outline(text).blocks
    assert isinstance(directive, Directive)
    assert (directive.name, directive.argument, directive.mark) == (
        "list-table",
        "Title",
        ":::",
    )
    assert (directive.line, directive.last) == (1, 10)
    assert [type(block) for block in directive.blocks] == [Items]


@pytest.mark.parametrize(
    ("opening", "is_directive"),
    [
        ("```{note} a", True),
        ("```{note} a `b`", False),
        ("~~~{note} a `b`", True),
        (":::{note} a `b`", True),
        ("~~~{note} a ~b", True),
    ],
)
def test_a_fence_of_backticks_with_one_in_its_argument_is_text(opening, is_directive):
    first = outline(f"{opening}\ntext\n{opening[:3]}\n").blocks[0]
    assert isinstance(first, Directive) is is_directive


@pytest.mark.parametrize("fence", [":::", "```", "~~~"])
@pytest.mark.parametrize(
    ("before", "kind"), [("Words", Paragraph), ("- item", Items), ("> q", Quote)]
)
def test_a_directive_needs_no_empty_line_before_it(before, kind, fence):
    blocks = outline(f"{before}\n{fence}{{note}} Arg\nx\n{fence}\n").blocks
    assert [(type(block), block.line, block.last) for block in blocks] == [
        (kind, 1, 1),
        (Directive, 2, 4),
    ]


def test_a_directive_ends_where_its_fence_closes():
    text = "````{note}\n```{tip}\na\n```\nb\n````\nc\n- :::{x}\n  d\n\ne\n"
    found = outline(text).blocks
    note = found[0]
    assert isinstance(note, Directive)
    assert [type(block) for block in note.blocks] == [Directive, Paragraph]
    assert [type(block) for block in found] == [Directive, Paragraph, Items, Paragraph]


LINES = st.lists(
    st.sampled_from(
        ["", "a", "| a |", "| a | b |", "a|b", "|---|", "|--|:-:|", "-|-", "> | a | b |",
         "> |--|--|", "- | a | b |", "  |--|--|", "  | c |", r"| a \| `b|c` |", "# h",
         "```", "<!-- | a |", "-->", "1. x", "    | a |", "---", "===", "\t| a |", "\\|",
         "| a\\", ">", "|", "||", "<div>", "***", "[a]: b"]
    ),
    max_size=12,
)  # fmt: skip


def by_the_parser(text):
    """Return the tables as the parser's own rule reads them."""
    found = []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for token, following in pairwise(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in {"th_open", "td_open"}:
            found[-1][-1].append(following.content)
    return found


def underlined(lines):
    """Tell whether hyphens alone stand under a row: a heading on GitHub."""
    return any(
        "|" in line and below.strip("> -\t") == "" and "-" in below
        for line, below in pairwise(lines)
    )


@given(LINES)
def test_tables_are_those_of_the_parser(lines):
    text = "\n".join(lines)
    expected = by_the_parser(text)
    if underlined(lines) or lines[:1] == ["---"]:
        return
    found = [
        [[cell.text for cell in table.header]]
        + [
            (row_texts := [cell.text for cell in row.cells][: len(table.header)])
            + [""] * (len(table.header) - len(row_texts))
            for row in table.rows
        ]
        for table in outline(text).tables()
    ]
    assert found == expected


@given(st.one_of(LINES.map("\n".join), st.text(max_size=80)))
def test_every_cell_and_block_has_its_place(text):
    found = outline(text)
    for cell in cells(text):
        source = found.lines[cell.line - 1][cell.start : cell.end]
        assert source.replace("\\|", "|").replace("\0", "\ufffd") == cell.text
    for block in found.walk():
        assert 1 <= block.line <= block.last <= len(found.lines)
    assert len(found.text_lines()) == len(found.lines)


@pytest.mark.parametrize(
    "text",
    [
        "| a `b` | c |\n|---|---|\n" * 1_500,
        "| a | b |\n|---|---|\n" + "| `x|y` | [z](z.md) |\n" * 1_500,
        "text\n" * 1_500,
        "> " * 1_500,
        "- " * 1_500,
        "```{x}\n" * 1_500,
        ":::{x}\n- " * 1_500,
        "<!-- " * 1_500,
        "|" * 5_000 + "\n" + "|-" * 5_000,
        "[a]: b\n" * 1_500,
    ],
    ids=range(10),
)
def test_twice_as_much_takes_no_more_than_twice_the_steps(text, steps_of):
    half = text[: len(text) // 2]
    few, many = steps_of(lambda: outline(half)), steps_of(lambda: outline(text))
    assert many <= 2.5 * few + 2_000
