"""Links against the document's folder, and the items of a cell."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation import parse_cell, split_items


@pytest.mark.parametrize(
    ("text", "folder", "expected"),
    [
        ("[x.rs](../../a/x.rs#L12)", "docs/parity", ["code a/x.rs:12"]),
        ("[x.rs](../../a/x.rs#L12)", None, ["# [x.rs](../../a/x.rs#L12)"]),
        ("[a/x.rs](../../a/x.rs#L12)", None, ["code a/x.rs:12"]),
        ("[tick](x.rs#L3)", "src", ["code src/x.rs:3"]),
        ("[`tick`](../src/x.rs#L3)", "docs", ["code src/x.rs:3 tick"]),
        ("`text <../a/x.rs#L1>`_", "docs", ["code a/x.rs:1"]),
        ("[my file](/a/my%20file.rs#L12)", None, ["code a/my file.rs:12"]),
        ('[x.rs](</a/x.rs> "title")', None, ["code a/x.rs"]),
        ("[x.rs](javascript:a/x.rs)", "docs", ["# [x.rs](javascript:a/x.rs)"]),
        ("![x.rs](/a/x.rs)", None, ["# ![x.rs](/a/x.rs)"]),
        ("[the guide](/docs/guide.md)", None, ["# [the guide](/docs/guide.md)"]),
        ("[b/y.rs](/a/x.rs#L3)", None, ["code b/y.rs"]),
    ],
)
def test_link_is_read_against_its_folder(read, text, folder, expected):
    assert read(text, "code", folder) == expected


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("a, b; c", ["a", "b", "c"]),
        ("`a, b`; (c, d; e)", ["`a, b`", "(c, d; e)"]),
        ("a<br>b<br/>c<BR />d", ["a", "b", "c", "d"]),
        ("- a\n* b\n1. c\n- [x] d", ["a", "b", "c", "d"]),
        ("- a\n  b\n- c", ["a\n  b", "c"]),
        ("a (b\nc) d\ne", ["a (b\nc) d", "e"]),
        ("a (b, c", ["a (b", "c"]),
        ("a), b", ["a)", "b"]),
        ("1,000 runs", ["1,000 runs"]),
        ("`a\nb` c", ["`a\nb` c"]),
        ("`a\n`b`", ["`a", "`b`"]),
        ("**a**, *b*", ["**a**", "*b*"]),
        ("Missing a, b, `c/d.rs` e", ["Missing a, b", "`c/d.rs` e"]),
        ("Missing: a, b, `c/d.rs` e", ["Missing: a, b, `c/d.rs` e"]),
        ("x &amp; y; z", ["x &amp; y", "z"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
    ],
)
def test_items_are_split(text, items):
    assert split_items(text) == items


@pytest.mark.parametrize("text", ["", "-", "–", "—", "n/a", "N/A", "none", "no", "*none*", " "])
def test_empty_cell_says_nothing(text):
    cell = parse_cell(text, "code")
    assert (cell.evidence, cell.remarks) == ((), ())


def test_evidence_knows_its_item_as_written():
    cell = parse_cell("no x; Rust: **`a/x.rs:1`** (`p` + `q`)<br>- `b/y.rs`", "code")
    assert [(e.item, e.text, e.symbol) for e in cell.evidence] == [
        (1, "Rust: **`a/x.rs:1`** (`p` + `q`)", "p"),
        (1, "Rust: **`a/x.rs:1`** (`p` + `q`)", "q"),
        (2, "`b/y.rs`", None),
    ]
