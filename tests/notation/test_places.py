"""Where in its cell each piece of evidence was read: the literal, word or link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.notation import parse_cell
from sphinx_arco_parity.text.inline import parse

A, B = "`src/a.py:3`", "`old/src/a.py`"
CI = "`.github/workflows/ci.yml`"


def places(text, kind="code"):
    return [
        (text[piece.start : piece.end], piece.literal) for piece in parse_cell(text, kind).evidence
    ]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (f"{A} (`send`)", "code", [(A, 0)]),
        (f"Missing: {B}<br>{A} (`send`)", "code", [(A, 1)]),
        (f"None for retries in `src/a.py` yet; {A} (`send`)", "code", [(A, 1)]),
        (f"Rust: {A} (`send`)<br>{A} (`fetch`)", "code", [(A, 0), (A, 2)]),
        (f"{A} and `src/b.py:4`", "code", [(A, 0), ("`src/b.py:4`", 1)]),
        (f"{A}<br>`:40`", "code", [(A, 0), ("`:40`", 1)]),
        (f"**{A}**", "code", [(f"**{A}**", 0)]),
        ("`src/a.py`:3 (`f`)", "code", [("`src/a.py`:3", 0)]),
        ("{file}`src/a.py`", "code", [("{file}`src/a.py`", 0)]),
        ("`x` in src/a.py:3", "code", [("src/a.py:3", None)]),
        ("[`a.py`](/src/a.py#L3)", "code", [("[`a.py`](/src/a.py#L3)", 0)]),
        ("[a.py](/src/a.py#L3)", "code", [("[a.py](/src/a.py#L3)", None)]),
        (f"{A} (`f` + `g`)", "code", [(A, 0), (A, 0)]),
        (f"{CI} (job `a`: `cargo test`)", "ci", [(CI, 0)]),
        (f"{CI} (job `a`)<br>job `b`", "ci", [(CI, 0), ("`b`", 2)]),
    ],
)
def test_where_each_piece_is_read(text, kind, expected):
    assert places(text, kind) == expected


PIECES = (
    A,
    B,
    CI,
    "src/b.rs:4",
    "(`send`)",
    "Missing: ",
    ", ",
    "<br>",
    " ",
    "**",
    "and ",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(["code", "any"]))
def test_places_are_within_their_items_and_in_order(text, kind):
    evidence = parse_cell(text, kind).evidence
    assert [e.start for e in evidence] == sorted(e.start for e in evidence)
    literals = parse(text).literals
    for piece in evidence:
        assert piece.start < piece.end
        assert piece.literal is None or literals[piece.literal].end <= piece.end
