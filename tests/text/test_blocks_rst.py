"""reStructuredText as blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.text.blocks import (
    Code,
    Directive,
    Heading,
    Items,
    Paragraph,
    Quote,
    Raw,
    Table,
    read_blocks,
)
from sphinx_arco_parity.text.blocks.tables import cell_end

PAGE = """\
=====
Title
=====

:Status: Accepted

1. Numbered
===========

Words
of text::

    code
      more

    end

.. note:: An argument
   :class: x

   In it.

   - one

     - two

.. code-block:: python

   x = 1

.. a comment
   of two lines

| line
| block

  quoted

Last.
"""


def outline(text):
    return read_blocks(text, "x.rst")


def tables(text):
    return [
        (
            [cell.text for cell in table.header],
            [(row.line, row.texts) for row in table.rows],
        )
        for table in outline(text).tables()
    ]


def test_every_kind_of_block_with_its_lines():
    found = list(outline(PAGE).walk())
    assert [(type(block), block.line, block.last) for block in found] == [
        (Heading, 2, 3),
        (Raw, 5, 5),
        (Heading, 7, 8),
        (Paragraph, 10, 11),
        (Code, 13, 16),
        (Directive, 18, 25),
        (Paragraph, 21, 21),
        (Items, 23, 25),
        (Paragraph, 23, 23),
        (Items, 25, 25),
        (Paragraph, 25, 25),
        (Code, 27, 29),
        (Raw, 31, 32),
        (Raw, 34, 35),
        (Quote, 37, 37),
        (Paragraph, 37, 37),
        (Paragraph, 39, 39),
    ]
    title, _, numbered, _, literal, note = found[:6]
    assert isinstance(title, Heading)
    assert isinstance(numbered, Heading)
    assert (title.level, title.text, title.first) == (1, "Title", 1)
    assert (numbered.level, numbered.text, numbered.first) == (2, "1. Numbered", 7)
    assert isinstance(literal, Code)
    assert (literal.text, literal.is_marked) == ("code\n  more\n\nend", False)
    assert isinstance(note, Directive)
    assert (note.name, note.argument, note.mark) == ("note", "An argument", "..")
    code = found[11]
    assert isinstance(code, Code)
    assert (code.text.strip(), code.info) == ("x = 1", "code-block python")


def test_a_numbered_title_ends_a_list():
    found = outline("1. one\n\n2. Two\n------\n\ntext\n").blocks
    assert [type(block) for block in found] == [Items, Heading, Paragraph]


GRID = """\
+------+---------+
| A    | B | b   |
+======+=========+
| a    | 1       |
|      | 2       |
+------+---------+
| ä|b  | c       |
+------+---------+
"""
SIMPLE = """\
====  =====
A     B
====  =====
a     1
      2

c     d
====  =====
"""
LISTED = """\
.. list-table:: Title
   :header-rows: 1

   * - A
     - B
   * - a
     -
   * - c

       d
     - e
"""


@pytest.mark.parametrize(
    ("text", "header", "rows"),
    [
        (GRID, ["A", "B | b"], [(4, ["a", "1\n2"]), (7, ["ä|b", "c"])]),
        (SIMPLE, ["A", "B"], [(4, ["a", "1\n2"]), (7, ["c", "d"])]),
        (LISTED, ["A", "B"], [(6, ["a", ""]), (8, ["c\n\nd", "e"])]),
        (GRID.replace("=", "-"), [], None),
        (SIMPLE.replace("A     B\n====  =====\n", "", 1), [], None),
    ],
    ids=["grid", "simple", "list", "grid without header", "simple without header"],
)
def test_tables(text, header, rows):
    ((found, body),) = tables(text)
    assert found == header
    assert rows is None or body == rows
    ((_, shifted),) = tables(f"text\n\n{text}\nmore\n")
    assert shifted == [(line + 2, texts) for line, texts in body]


def test_tables_in_a_list_and_in_a_directive():
    inner = "".join(f"   {line}\n" for line in GRID.splitlines())
    assert len(tables(f".. table:: x\n\n{inner}")) == 1
    assert len(tables(f"#. x\n\n{inner}")) == 1
    assert tables(f"::\n\n{inner}") == []
    assert tables(f".. code-block:: rst\n\n{inner}") == []


def test_a_grid_that_is_not_aligned_is_split_at_its_bars():
    text = "+---+---+\n| aaaa | b |\n+---+---+\n"
    assert tables(text) == [([], [(2, ["aaaa", "b"])])]


def test_a_simple_table_without_an_end_is_no_table():
    found = outline("====  ====\na     b\n\ntext\n\n====  ====\nc     d\n").blocks
    assert [type(block) for block in found] == [Raw, Paragraph, Raw]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("# Title\n\ntext\n", "# Title"),
        ("x\n\n```\ncode\n```\n", "```"),
        ("| a |\n| - |\n", "| a |"),
    ],
)
def test_a_text_file_is_what_its_marks_say(text, first):
    assert first in text
    marked, plain = read_blocks(text, "x.txt"), read_blocks(PAGE, "x.txt")
    assert marked == read_blocks(text, "x.md")
    assert plain == read_blocks(PAGE, "x.rst")
    assert read_blocks(text, "X.RST") != marked


LINES = st.lists(
    st.sampled_from(
        ["", "a", "  b", "- x", "  - y", "1. z", "* - q", "Title", "=====", "-----",
         ".. note:: n", "   in", ".. x", "text::", "    code", "+--+--+", "|a | b|",
         "+==+==+", "==  ==", "a   b", ":f: v", "| l", "-", "::", "\tt", "#. k"]
    ),
    max_size=14,
)  # fmt: skip


@given(st.one_of(LINES.map("\n".join), st.text(max_size=80)))
def test_every_block_has_its_place(text):
    found = outline(text)
    after = 0
    for block in found.blocks:
        assert after < block.line <= block.last <= len(found.lines)
        after = block.last
    for block in found.walk():
        assert 1 <= block.line <= block.last <= len(found.lines)
        if isinstance(block, Table):
            assert all(block.line < row.line < block.last for row in block.rows)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 2_000,
        "".join(f"{' ' * depth}- x\n" for depth in range(300)),
        "".join(f"{' ' * depth}.. note::\n" for depth in range(300)),
        "==  ==\nx\n\n" * 1_000,
        "==  ==\nx   y\n==  ==\n\n" * 1_000,
        "+--+\n| a|\n" * 2_000,
        "a::\n\n b\n" * 1_000,
        "=====\n" * 2_000,
    ],
    ids=range(8),
)
def test_twice_as_much_takes_no_more_than_twice_the_steps(text, steps_of):
    half = text[: len(text) // 2]
    few, many = steps_of(lambda: outline(half)), steps_of(lambda: outline(text))
    assert many <= 2.5 * few + 2_000


GRID = """\
+----+-----+
| ab | c   |
+====+=====+
| 文 | x y |
|    | z   |
+----+-----+"""
SIMPLE = """\
==  ====  ==
ab  c     d
==  ====  ==
ef  g h   i
==  ====  =="""


@pytest.mark.parametrize(
    ("text", "line", "column", "end"),
    [
        (GRID, 1, 2, 5), (GRID, 1, 7, 11), (GRID, 3, 2, 4), (GRID, 3, 6, 10), (GRID, 4, 7, 11),
        (GRID, 1, 12, None), (SIMPLE, 1, 0, 2), (SIMPLE, 1, 4, 8), (SIMPLE, 1, 10, None),
        (SIMPLE, 3, 4, 8), ("a | b", 0, 0, None), ("| a | b |", 0, 2, None),
        ("==  ==\n\nab", 2, 0, None), ("  ==  ==\n  ab  c", 1, 2, 4),
    ],
)  # fmt: skip
def test_where_a_cell_ends_that_cannot_grow(text, line, column, end):
    assert cell_end(text.splitlines(), line, column) == end
