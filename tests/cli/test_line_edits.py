"""Which characters a moved reference changes, and which lines are searched for it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.cli.line_edits import Move, end_of_block, rewrite
from sphinx_arco_parity.model.records import Fix, Place


def move(old, new, *, texts=(), path="src/a.rs", line=1, item="row-1"):
    return Move(
        place=Place(path="docs/m.md", line=line),
        item=item,
        docname="m",
        message="moved",
        fix=Fix(path=path, new_path=path, file=path, line=old, new_line=new),
        items=tuple((text, texts[:number].count(text)) for number, text in enumerate(texts)),
    )


def rewritten(text, *moves, declared=(1,), path="docs/m.md"):
    return rewrite(text, path, moves, declared)


def test_only_the_number_changes():
    text = "| `src/a.rs:12` (`f`) | 12 src/b.rs:12 |  \r\nsrc/a.rs:12\r\n"
    assert rewritten(text, move(12, 140)).text == text.replace("rs:12` (", "rs:140` (")


def test_a_range_moves_at_both_ends():
    text = "| `src/a.rs:12-40` (`f`) |"
    assert rewritten(text, move(12, 20)).text == "| `src/a.rs:20-48` (`f`) |"


def test_two_moves_of_a_line_do_not_meet():
    text = "| `src/a.rs:12` (`f`)<br>`src/a.rs:20` (`g`) |"
    done = rewritten(text, move(12, 20), move(20, 30))
    assert done.text == "| `src/a.rs:20` (`f`)<br>`src/a.rs:30` (`g`) |"
    assert len(done.done) == 2


def test_two_may_change_places():
    text = "| `src/a.rs:1` (`f`)<br>`src/a.rs:2` (`g`) |"
    assert rewritten(text, move(1, 2), move(2, 1)).text == (
        "| `src/a.rs:2` (`f`)<br>`src/a.rs:1` (`g`) |"
    )


def test_the_item_as_written_tells_two_of_the_same_line_apart():
    items = ("`src/a.rs:12` (`f`)", "`src/a.rs:12` (`g`)")
    text = f"| {items[0]}<br>{items[1]} |"
    done = rewritten(text, move(12, 20, texts=items[:1]), move(12, 33, texts=items[1:]))
    assert done.text == "| `src/a.rs:20` (`f`)<br>`src/a.rs:33` (`g`) |"


def test_what_is_written_twice_without_an_item_is_left():
    text = "| `src/a.rs:12` (`f`)<br>`src/a.rs:12` (`g`) |"
    done = rewritten(text, move(12, 20))
    assert done.text == text
    assert [why for _, why in done.left] == ["it is not written there, or more than once"]


def test_one_line_that_would_become_two_is_left():
    item = "`src/a.rs:12` (`f` + `g`)"
    text = f"| {item} |"
    done = rewritten(text, move(12, 20, texts=[item]), move(12, 33, texts=[item]))
    assert done.text == text
    assert len(done.left) == 2


GRID_ROW = "+----+{0}+\n| 日 |{1}|\n+----+{0}+\n"
SIMPLE = "== {0} ==\nA  B{1} C\n== {0} ==\na  {2}\n== {0} ==\n"


def grid(cell):
    return GRID_ROW.format("-" * len(cell), cell)


def simple(width, row):
    return SIMPLE.format("=" * width, " " * (width - 1), row)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (grid(" ``src/a.rs:9`` (``f``)   "), grid(" ``src/a.rs:140`` (``f``) "), 2),
        (grid(" ``src/a.rs:9``, x   "), grid(" ``src/a.rs:140``, x "), 2),
        (grid("``src/a.rs:9``  "), grid("``src/a.rs:140``"), 2),
        (simple(16, "``src/a.rs:9``   c"), simple(16, "``src/a.rs:140`` c"), 4),
        (simple(16, "``src/a.rs:9``"), simple(16, "``src/a.rs:140``"), 4),
        (grid("``src/a.rs:9`` "), "", 2),
        (simple(15, "``src/a.rs:9``  c"), "", 4),
        (simple(15, "``src/a.rs:9``"), "", 4),
        (simple(2, "x  ``src/a.rs:9``"), simple(2, "x  ``src/a.rs:140``"), 4),
        ("== ==\na  b\n== ==\n\nsrc/a.rs:9 c", "== ==\na  b\n== ==\n\nsrc/a.rs:140 c", 5),
    ],
)
def test_a_text_table_keeps_its_columns(before, after, line):
    """What has no room is left: a table of another form is dropped with all its rows."""
    done = rewritten(before, move(9, 140, line=line), declared=(line,))
    assert done.text == (after or before)
    reasons = [] if after else ["its column of the table is too narrow: widen it first"]
    assert [why for _, why in done.left] == reasons
    if after:
        back = rewritten(after, move(140, 9, line=line), declared=(line,)).text
        assert [text.rstrip() for text in back.split("\n")] == before.split("\n")


def test_a_place_past_the_end_is_left():
    assert rewritten("one\n", move(12, 20, line=9)).text == "one\n"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_is_rewritten_is_what_was_asked_for(pairs, end):
    cells = [f"`src/f{n}.rs:{old}` (`s`)" for n, (old, _) in enumerate(pairs)]
    wanted = [f"`src/f{n}.rs:{new}` (`s`)" for n, (_, new) in enumerate(pairs)]
    text, expected = (f"é | {' | '.join(c)} |{end}tail" for c in (cells, wanted))
    moves = [
        move(old, new, path=f"src/f{n}.rs") for n, (old, new) in enumerate(pairs) if old != new
    ]
    assert rewritten(text, *moves).text == expected


DIRECTIVE = """\
.. parity-row:: tick
   :code: src/a.rs:12

          src/b.rs:3

Text about src/a.rs:12.
"""
FENCE = """\
```{parity-row} tick
:code: |
  src/a.rs:12
```
"""
GRID = """\
+------+
| ID   |
+======+
| src/ |
| a.rs |
+------+
| src/ |
"""
LIST = """\
   * - Tick
     - src/a.rs:12
   * - Tock
     - src/a.rs:12
"""


@pytest.mark.parametrize(
    ("text", "first", "following", "path", "end"),
    [
        (DIRECTIVE, 1, 99, "a.rst", 6),
        (DIRECTIVE, 1, 3, "a.rst", 3),
        (FENCE, 1, 99, "a.md", 4),
        (GRID, 4, 99, "a.rst", 6),
        ("| a |\n| b |\n", 1, 99, "a.md", 2),
        (LIST, 1, 99, "a.rst", 3),
        ('   x,"a\n   b"\n   y,c\n', 1, 99, "a.rst", 3),
        ('id,code\nx,"a\nb"\ny,c\n', 2, 4, "a.csv", 4),
        ("- id: x\n  code: a\n- id: y\n", 1, 3, "a.yaml", 3),
        ("- id: x\n  code: a\n", 1, 99, "a.yaml", 3),
    ],
)
def test_where_a_declaration_ends(text, first, following, path, end):
    lines = text.splitlines()
    assert end_of_block(lines, first, following, path) == end
