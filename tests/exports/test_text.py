"""The report for a terminal."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.exports.presentation import Presentation, path_from
from sphinx_arco_parity.exports.spans import Span, span_of
from sphinx_arco_parity.exports.text import columns, excerpt, text
from sphinx_arco_parity.model.records import Place

ROW = "| Sensor | who knows | EX-07, EX-09 |"


def test_the_whole_report(sample):
    shown = Presentation(source_line=lambda _, line: ROW if line == 31 else None)
    assert text(sample, shown) == (
        "docs/parity.md:13: info: exception EX-07: nothing cites it [parity.exception-uncited]\n"
        "  help: cite `crates/flow/src/tick.rs:41`\n\n"
        "docs/parity.md:30: warning: row schedule-tick: `tick` is at line 41 [parity.evidence-moved]\n"
        "  help: cite `crates/flow/src/tick.rs:41`\n"
        "\n"
        "docs/parity.md:31: error: row sensor: `who knows` is no status [parity.row-status]\n"
        "  31 | | Sensor | who knows | EX-07, EX-09 |\n"
        "     |            ^^^^^^^^^\n"
        "  help: cite `crates/flow/src/tick.rs:41`\n"
        "\n"
        "2 exceptions, 2 rows, 1 claim, 1 of 3 pieces of evidence verified, 1 unknown\n"
        "1 exception-uncited, 1 evidence-moved, 1 row-status\n"
        "sphinx-arco-parity: 1 error(s), 1 warning(s) in 1 file(s)\n"
    )


def test_findings_of_one_cause_are_told_once(with_findings, finding):
    gone = [
        finding(
            rule="evidence-not-found",
            message=f"row {name}: old/{name}.rs is not in the repository",
            help="cite what proves it now",
            place=Place(path=path, line=line),
            cause="old/",
        )
        for name, path, line in (
            ("a", "docs/a.md", 3),
            ("b", "docs/a.md", 7),
            ("c", "docs/b.md", 2),
        )
    ]
    report = text(with_findings(*gone), Presentation())
    assert report.startswith(
        f"docs/a.md:3: {gone[0].severity}: row a: old/a.rs is not in the repository [parity.evidence-not-found]\n"
        "  help: cite what proves it now\n"
        "  and 2 more for the same reason:\n"
        "    docs/a.md:7; docs/b.md:2\n"
        "\n"
    )
    assert "old/b.rs" not in report


def test_nothing_found(empty):
    assert text(empty, Presentation()).endswith("\nsphinx-arco-parity: no errors, no warnings\n")


def test_colours_only_when_asked(sample):
    plain, coloured = (text(sample, Presentation(colour=one)) for one in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[31merror:\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_text_cannot_command_the_terminal(with_findings, finding):
    odd = finding(
        message="\x1b]0;x\x07 \x9b31m \u202e",
        help="\x1b[2J",
        place=Place(path="\x1b.md", line=1),
    )
    report = text(with_findings(odd), Presentation(source_line=lambda *_: "\x1b[31m"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", report)


def test_paths_are_seen_from_here(sample):
    root = str(PurePosixPath("/w/project"))
    shown = Presentation(shown_path=path_from("/w/project/docs", root))
    assert text(sample, shown).startswith("parity.md:13: ")
    shown = Presentation(shown_path=path_from("/w/other", root))
    assert text(sample, shown).startswith("../project/docs/parity.md:13: ")


@pytest.fixture
def marked(finding):
    """Show a line as the report does: the line and the marks below it."""

    def show(line, message, width=80, **more):
        found = finding(message=message, place=Place(path="a.md", line=1), **more)
        span = span_of(found, lambda _path, number: line if number == 1 else None)
        return excerpt(span, width)

    return show


def test_wide_characters_and_tabs_stay_aligned(marked):
    line, marks = marked("日本\t`x`", "`x`")
    assert marks == " " * columns("日本 `") + "^"
    assert line == "日本 `x`"


def test_a_long_line_is_cut_around_the_place(marked):
    line, marks = marked("a" * 500 + " here " + "b" * 500, "`here`", 60)
    assert columns(line) <= 60
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[marks.index("^") : len(marks)] == "here"


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(20, 120))
def test_marks_are_under_the_line(line, start, length, width):
    start = min(start, len(line))
    span = Span(1, line, start, min(start + length, len(line)))
    shown, marks = excerpt(span, width)
    assert columns(shown) <= max(20, width)
    assert "^" in marks
    assert "\n" not in shown
    assert len(marks) <= columns(shown) + 1
