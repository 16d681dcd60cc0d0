"""Where the literal stands that a finding is about."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.exports.spans import item_of, span_of, words_of
from sphinx_arco_parity.model.records import Place

ROW = "| `tick` | `tick_all` of EX-1 |  | `a.py:1` (`tick`) |"


@pytest.fixture
def found(finding):
    """Return what :func:`span_of` finds for a finding on the first of *lines*."""

    def find(lines, message="nothing quoted", item="EX-1", **more):
        made = finding(message=message, item=item, place=Place(path="a.md", line=1), **more)
        text = lines.splitlines()
        return span_of(made, lambda _path, line: text[line - 1] if line <= len(text) else None)

    return find


def said(span):
    return span.text[span.start : span.end]


def test_it_is_the_longest_word_that_the_message_quotes(found):
    assert said(found(ROW, "`tick` and `tick_all` and `gone`")) == "tick_all"


def test_a_whole_word_comes_first(found):
    span = found("ticket tick", "`tick`")
    assert (span.start, span.end, span.exact) == (7, 11, True)


def test_else_it_is_the_declared_item_and_else_the_line(found):
    assert said(found("  EX-1 x")) == "EX-1"
    line = found("  abc ")
    assert (said(line), line.exact) == ("abc", False)


@pytest.mark.parametrize(
    ("column", "message", "literal", "exact"),
    [
        (0, "`tick` is elsewhere", "tick", True),
        (1, "`tick` is elsewhere", "tick", True),
        (1, "cites EX-1", "EX-1", True),
        (2, "cites nothing", "", False),
        (3, "`tick` is elsewhere", "tick", True),
        (3, "`a.py:1`", "a.py:1", True),
        (7, "`a.py:1`", "a.py:1", True),
    ],
)
def test_what_is_wrong_is_looked_for_in_its_own_cell(found, column, message, literal, exact):
    span = found(ROW, message, column=column)
    assert (said(span), span.exact) == (literal, exact)
    if column < 4:
        assert ROW.count("|", 0, span.start) == column + 1


@pytest.mark.parametrize(
    "row", ["> | a | `x` |", "a | `x`", "  | a | `x` |  ", "| a\\|b | `x` |", "| a | `x` |"]
)
def test_rows_may_be_quoted_indented_or_without_bars_at_the_edge(found, row):
    assert said(found(row, column=1)) == "`x`"


@pytest.mark.parametrize(
    ("line", "written", "place"),
    [
        ("| `tick` | `a.py:1` (`tick`) |", ("`a.py:1` (`tick`)", 0), (22, 26)),
        ("| `a.py:1` | `a.py:1` |", ("`a.py:1`", 1), (13, 21)),
        ("     - ``a.py:1``", ("`a.py:1`", 0), (7, 17)),
        ("   `a.py:1`", ("`a.py:1`\n(`x`)", 1), (3, 11)),
    ],
)
def test_within_the_evidence_that_the_finding_is_about(found, line, written, place):
    span = found(line, "`tick` is elsewhere", item="", written=written)
    assert (span.start, span.end) == place


def test_cells_of_a_list_table_may_stand_on_lines_of_their_own(found):
    row = "   * - EX-1\n     - text\n       `b` goes on\n     - `b`\n   * - EX-2\n     - `b`"
    span = found(row, "`b`", column=2)
    assert (span.line, span.start, said(span)) == (4, 8, "b")
    assert found(row, "`b`", column=0).line == 1
    # The row ends before it has that many cells.
    assert found(row, "`b`", column=3).line == 1


@pytest.mark.parametrize("colon", [":", ""])
def test_an_option_is_looked_for_below_its_directive(found, colon):
    text = f":::{{parity-row}}\n{colon}status: Done\n{colon}code: `a.py:1`\n:::\n{colon}ci: x"
    span = found(text, "no such status", field="status", item="")
    assert (span.line, said(span)) == (2, "Done")
    assert found(text, "nothing", field="ci", item="").line == 1


def test_without_its_line_there_is_no_place(found, finding):
    assert found("") is None
    assert item_of(finding(place=Place(path="a.md", line=1)), lambda *_: "x") is None


@pytest.mark.parametrize(
    ("message", "literal"),
    [
        ("row x: src/a.py is not in the repository", "src/a.py"),
        ("row x: src/a.py is not there. See `tick`", "tick"),
        ("row x: nothing of the kind", "`src/a.py` (`tick`)"),
    ],
)
def test_a_path_that_the_message_names_is_underlined_alone(found, message, literal):
    row = "| x | `src/a.py` (`tick`) |"
    span = found(row, message, item="x", column=1, written=("`src/a.py` (`tick`)", 0))
    assert said(span) == literal


@pytest.mark.parametrize(
    ("line", "written", "words"),
    [
        ("| a | see `a/x.py` (`tick`) |", ("`a/x.py` (`tick`)", 0), ["a/x.py", "tick"]),
        ("| a | `tick` and a/x.py, see tick_all |", None, ["a/x.py", "tick"]),
        ("| a | nothing |", None, []),
        ("", None, []),
    ],
)
def test_every_word_that_the_message_names(finding, line, written, words):
    made = finding(
        message="`tick` is not in `a/x.py`", item="a", column=1, written=written,
        place=Place(path="a.md", line=1),
    )  # fmt: skip
    assert [said(span) for span in words_of(made, lambda _path, _line: line)] == words
