"""A cited line is replaced where it was written, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.model.records import Fix
from sphinx_arco_parity.notation import rewritten
from sphinx_arco_parity.notation.renumbering import renumber


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| `a/x.rs:12` (`t`) |", "| `a/x.rs:17` (`t`) |"),
        ("a/x.rs:12.", "a/x.rs:17."),
        ("`a/x.rs:12-40`", "`a/x.rs:17-45`"),
        ("`a/x.rs:12–40`", "`a/x.rs:17–45`"),
        ("`a/x.rs#L12-L40`", "`a/x.rs#L17-L45`"),
        ("`a/x.rs:12:5`", "`a/x.rs:17:5`"),
        ("`a/x.rs:12::tick`", "`a/x.rs:17::tick`"),
        ("`a/x.rs`:12", "`a/x.rs`:17"),
        ("`a\\x.rs:12`", "`a\\x.rs:17`"),
        ("**`a/x.rs`**:12", "**`a/x.rs`**:17"),
        ("`a/x.rs, L12`", "`a/x.rs, L17`"),
        ("`a/x.rs@L12`", "`a/x.rs@L17`"),
        ("`a/x.rs` line 12", "`a/x.rs` line 17"),
        ("`a/x.rs` (lines 12-40)", "`a/x.rs` (lines 17-45)"),
        ("[x.rs](../../a/x.rs#L12-L20)", "[x.rs](../../a/x.rs#L17-L25)"),
        ("[a/x.rs:12](/a/x.rs#L12)", "[a/x.rs:17](/a/x.rs#L17)"),
        ("[x.rs](a/x.rs#L12)", "[x.rs](a/x.rs#L17)"),
        ("[`x.rs:12`](/a/x.rs#L12)", "[`x.rs:17`](/a/x.rs#L17)"),
        (
            "[`a/x.rs:12`](https://h/o/r/blob/1a2b/a/x.rs#L12)",
            "[`a/x.rs:17`](https://h/o/r/blob/1a2b/a/x.rs#L12)",
        ),
        ("[a/x.rs:12](guide.md)", "[a/x.rs:17](guide.md)"),
        ("[tick](<../a/x.rs#L12>)", "[tick](<../a/x.rs#L17>)"),
        ("`tick <../../a/x.rs#L12>`__", "`tick <../../a/x.rs#L17>`__"),
        ("`a/x.rs:1`\r\n`a/x.rs:12`\t\n", "`a/x.rs:1`\r\n`a/x.rs:17`\t\n"),
        (
            "https://h/o/r/blob/main/a/x.rs#L12 `a/x.rs:12`",
            "https://h/o/r/blob/main/a/x.rs#L12 `a/x.rs:17`",
        ),
    ],
)
def test_number_is_replaced(text, expected):
    assert renumber(text, "a/x.rs", 12, 17) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`a/x.rs:12` and `a/x.rs:12`",
        "[x](/a/x.rs#L12) and `a/x.rs:12`",
        "`a/x.rs:120`",
        "`a/x.rs:112`",
        "`b/a/x.rs:12`",
        "`b-a/x.rs:12`",
        "`a/x.rs.bak:12`",
        "`a/x.rs:12,40`",
        "`a/xyrs:12`",
        "https://h/o/r/blob/main/a/x.rs#L12",
        "",
    ],
)
def test_text_stays_without_exactly_one_place(text):
    assert renumber(text, "a/x.rs", 12, 17) == text


def test_numbers_of_other_lengths_are_replaced_in_text_and_target():
    text = "| [a/x.rs:12](/a/x.rs#L12) and `b/y.rs:12` |"
    changed = renumber(text, "a/x.rs", 12, 1040)
    assert changed == "| [a/x.rs:1040](/a/x.rs#L1040) and `b/y.rs:12` |"
    assert renumber(changed, "a/x.rs", 1040, 12) == text


def test_range_that_would_begin_before_the_file_stays():
    assert renumber("`a/x.rs:12-14`", "a/x.rs", 12, 0) == "`a/x.rs:12-14`"
    assert renumber("`a/x.rs:12-14`", "a/x.rs", 12, 1) == "`a/x.rs:1-3`"


@pytest.mark.parametrize(
    ("text", "to", "lines", "expected"),
    [
        ("`a/x.rs:12` (`t`)", "a/x.rs", (12, 17), "`a/x.rs:17` (`t`)"),
        ("`a/x.rs` (`t`)", "b/x.rs", (0, 0), "`b/x.rs` (`t`)"),
        ("`a/x.rs:12` (`t`)", "b/x.rs", (12, 12), "`b/x.rs:12` (`t`)"),
        ("`a/x.rs:12` (`t`)", "b/x.rs", (12, 17), "`b/x.rs:17` (`t`)"),
        ("`a/x.rs:30` (`t`)", "b/x.rs", (12, 17), "`a/x.rs:30` (`t`)"),
        ("`a/x.rs` and `a/x.rs`", "b/x.rs", (0, 0), "`a/x.rs` and `a/x.rs`"),
        ("`a/x.rs` and `b/a/x.rs`", "b/x.rs", (0, 0), "`b/x.rs` and `b/a/x.rs`"),
        ("`a/x.rs` and `a/x.rs.bak`", "b/x.rs", (0, 0), "`b/x.rs` and `a/x.rs.bak`"),
        ("a/x.rs.", "b/x.rs", (0, 0), "b/x.rs."),
        ("[x](/a/x.rs)", "b/x.rs", (0, 0), "[x](/a/x.rs)"),
        ("`a/x.rs`", "b/my x.rs", (0, 0), "`a/x.rs`"),
        ("`a/x.rs`", r"b/\1.rs", (0, 0), "`a/x.rs`"),
    ],
)
def test_path_and_line_are_replaced_together(text, to, lines, expected):
    def fix(option):
        (old, new) = lines
        return Fix(path="a/x.rs", new_path=to, file=to, line=old, new_line=new, option=option)

    assert rewritten(text, fix("")) == expected
    assert rewritten(text, fix("--paths")) == expected


@pytest.mark.parametrize("text", ["[x](/a/x.rs#L12)", "`a/x.rs:12`, `a/x.rs`"])
def test_a_path_that_stays_gets_the_line_alone_if_it_means_the_same_file(text):
    moved = Fix(path="a/x.rs", new_path="b/x.rs", file="b/x.rs", line=12, new_line=17)
    assert rewritten(text, moved) == text.replace("12", "17")
    assert rewritten(text, replace(moved, option="--paths")) == text
