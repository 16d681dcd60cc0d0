"""What is shaped like evidence and cannot be read is kept, and never said twice."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation import parse_cell


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("code", "`Scheduler::tick`", ["Scheduler::tick"]),
        ("code", "`tick`", ["tick"]),
        ("code", "tick_once", ["tick_once"]),
        ("code", "Scheduler::tick", ["Scheduler::tick"]),
        ("code", "parse_all()", ["parse_all()"]),
        ("code", "`parse_all()`", ["parse_all()"]),
        ("code", "done", []),
        ("code", "Done", []),
        ("code", "`true`", []),
        ("code", '`format!("{}", a)`', []),
        ("code", "`a/x.rs:1` (`tick`)", []),
        ("code", "`a/x.rs:1` (`tick`), `tock`", ["tock"]),
        ("code", "`a/x.rs` uses `tock` for it", ["tock"]),
        ("code", "`A::{b,c}` in `a/x.rs`", []),
        ("code", "`cargo test -p x`", ["cargo test -p x"]),
        ("test", "`cargo test -p x`", []),
        ("ci", "`.github/workflows/ci.yml` (job `test`: `pytest -q`)", []),
        ("any", "`make`", []),
        ("any", "`cargo test -p abc` for `ab_c` and `ab`", ["ab_c", "ab"]),
        ("any", "Missing: `a/x.rs`", []),
        ("any", "see the tests", []),
        ("any", "", []),
    ],
)
def test_unread_is(kind, text, expected):
    assert [piece.text for piece in parse_cell(text, kind).unread] == expected


def test_unread_says_where_it_stands_and_of_which_kind():
    text = "`a/x.rs:1`, `tock`"
    [piece] = parse_cell(text, "any").unread
    assert text[piece.start : piece.end] == "`tock`"
    assert (piece.kind, piece.path, piece.literal, piece.item) == ("code", "tock", 1, 1)


@pytest.mark.parametrize("text", ["not run by `cargo test`", "make sure that it runs", "go home"])
def test_a_sentence_is_no_command(text):
    assert parse_cell(text, "any").evidence == ()
