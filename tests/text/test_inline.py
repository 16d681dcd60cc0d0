"""The one model of inline markup: what each span is and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.text.inline import Kind, parse


def spans(text):
    return [(span.kind.value, span.text) for span in parse(text).spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", [("text", "a "), ("code", "b"), ("text", " c")]),
        ("``a`b``", [("code", "a`b")]),
        ("`a", [("text", "`a")]),
        ("a<br>b", [("text", "a"), ("break", "<br>"), ("text", "b")]),
        ('[x](y "title")', [("link", "x")]),
        ("![x](y)", [("image", "x")]),
        ("*a*", [("open", "*"), ("text", "a"), ("close", "*")]),
        ("a/*.rs", [("text", "a/*.rs")]),
        ("<code>a</code>", [("code", "a")]),
        ("<b>a</b>", [("open", "<b>"), ("text", "a"), ("close", "</b>")]),
        ("\\`a\\`", [("text", "\\`a\\`")]),
    ],
)
def test_a_text_is_spans(text, expected):
    assert [span for span in spans(text) if span[1]] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("{adr}`024`", "adr"),
        ("see :file:`a.rs`", "file"),
        ("`{adr}`", ""),
        ("`a`{b}", ""),
        ("{adr} `024`", ""),
    ],
)
def test_a_role_stands_before_an_opening_back_tick(text, role):
    (code,) = (span for span in parse(text).spans if span.kind is Kind.CODE)
    assert code.role == role
    assert text[code.ticks] == "`"


def test_literals_in_links_count():
    inline = parse("[a `b`](c) and `d`")
    assert [inline.source[s.start : s.end] for s in inline.literals] == ["`b`", "`d`"]
    assert inline.literals_before(inline.source.index("`d`")) == 1


PIECES = (
    "`a`",
    "``",
    "[x](y)",
    "*",
    "__",
    "<br>",
    "\n",
    "{b}",
    ":c:",
    "<b>",
    "\\",
    "d ",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_the_spans_are_the_text(text):
    assert "".join(text[span.start : span.end] for span in parse(text).spans) == text
    assert all(span.start < span.end for span in parse(text).spans)
