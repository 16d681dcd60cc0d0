"""Links against the document's folder, and the items of a cell."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation import parse_cell, split_items


@pytest.mark.parametrize(
    ("text", "folder", "expected"),
    [
        ("[x.rs](../../a/x.rs#L12)", "docs/parity", ["code a/x.rs:12"]),
        ("[x.rs](../../../a/x.rs#L12)", "docs/parity", ["code ../a/x.rs:12"]),
        ("[tick](x.rs#L3)", "src", ["code src/x.rs:3"]),
        ("[`tick`](../src/x.rs#L3)", "docs", ["code src/x.rs:3 tick"]),
        ("`text <../a/x.rs#L1>`_", "docs", ["code a/x.rs:1"]),
        ("`` `tick` <../a/x.rs>`_", "docs", ["# `` `tick` <../a/x.rs>`_"]),
        ("`../a/x.rs <../a/x.rs>`__ (``tick``)", "docs", ["code a/x.rs tick"]),
        ("`<../a/x.rs>`_", "docs", ["code a/x.rs"]),
        ("[my file](/a/my%20file.rs#L12)", "", ["code a/my file.rs:12"]),
        ('[x.rs](</a/x.rs> "title")', "", ["code a/x.rs"]),
        ("![x.rs](/a/x.rs)", "", ["# ![x.rs](/a/x.rs)"]),
        ("[the guide](/docs/guide.md)", "", ["# [the guide](/docs/guide.md)"]),
        ("[the build](../Makefile)", "docs", ["code Makefile"]),
        ("[the answer](../tests/answer.txt)", "docs", ["code tests/answer.txt"]),
        # A path that the text names is another than that of the target.
        ("[b/y.rs](/a/x.rs#L3)", "", ["code a/x.rs:3"]),
        ("[b/y.rs:4](../a/x.rs)", "docs", ["code a/x.rs"]),
        # Where the target is none, or a page, the text counts.
        ("[a/x.rs:3](javascript:b)", "docs", ["code a/x.rs:3"]),
        ("[a/x.rs:3](#a-section) (`tick`)", "docs", ["code a/x.rs:3 tick"]),
        ("[`a/x.rs`](guide.md)", "docs", ["code a/x.rs"]),
        ("`a/x.rs` ([`tick`](label:tick))", "docs", ["code a/x.rs tick"]),
        ("[`a/x.rs`](https://h/why)", "docs", ["code a/x.rs"]),
        # That is a file of the other site.
        ("[`x.rs`](https://h/a/x.rs#L12)", "docs", ["# [`x.rs`](https://h/a/x.rs#L12)"]),
        ("[x.rs](https://h/a/x.rs#L12)", "docs", ["# [x.rs](https://h/a/x.rs#L12)"]),
        ("[tick](https://h/a/x.rs#L12)", "docs", ["# [tick](https://h/a/x.rs#L12)"]),
    ],
)
def test_link_is_read_against_its_folder(read, text, folder, expected):
    assert read(text, "code", folder) == expected


def test_a_path_that_another_site_shows_is_unread():
    for text in ("[`a/x.rs`](https://h/a/x.rs)", "`b.rs`, [a/x.rs](https://h/a/x.rs#L1)"):
        assert [piece.text for piece in parse_cell(text, "code").unread] == ["a/x.rs"]
    assert parse_cell("[the port](https://h/a/x.rs)", "code").unread == ()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h/o/r/blob/main/a/x.rs#L12-L14", ["code a/x.rs:12-14"]),
        ("https://h/o/r/blob/main/a/x.rs?plain=1#L12", ["code a/x.rs:12"]),
        ("https://h/o/r/raw/v1.2/a/my%20x.rs", ["code a/my x.rs"]),
        # The line is one of that commit, and may be another today.
        ("https://h/o/r/blob/0123abc/a/x.rs#L12", ["code a/x.rs"]),
        ("https://h/o/other/blob/main/a/x.rs#L12", []),
        ("https://h.evil/o/r/blob/main/a/x.rs#L12", []),
        ("https://h/o/r/issues/12", []),
    ],
)
def test_a_link_to_the_site_of_the_repository_is_its_path(read, url, expected):
    site = "https://h/o/r/blob/{commit}/{path}#L{line}"
    assert read(f"[tick]({url})", "code", "docs", site) == (expected or [f"# [tick]({url})"])
    assert read(f"[tick]({url})", "code", "docs") == [f"# [tick]({url})"]
    assert read(f"`tick <{url}>`__", "code", "docs", site)[:1] == (
        expected or [f"# `tick <{url}>`__"]
    )


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
