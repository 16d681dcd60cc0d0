"""Code spans and emphasis: what opens, what closes, and what is text."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.text.code_spans import CodeSpans, code_span, literal
from sphinx_arco_parity.text.inline import Kind, code_text, mark_role, paired, parse, unescaped


@pytest.mark.parametrize(
    ("inside", "meaning"),
    [
        ("a\\|b", "a|b"),
        (" a  \n b ", "a b"),
        ("a\u200bb\u00adc", "abc"),
        ("&lt;T&gt; &amp;amp; &#65;&#x42;", "<T> &amp; AB"),
        ("a & b &nope", "a & b &nope"),
    ],
)
def test_code_means_its_words_with_entities_resolved_and_white_space_folded(inside, meaning):
    assert literal(inside) == meaning
    (code,) = [span for span in parse(f"`{inside}`").spans if span.kind is Kind.CODE]
    assert code_text(code) == meaning


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("a``b`c", "```a``b`c```"),
        ("`a", "`` `a ``"),
        ("a`", "`` a` ``"),
    ],
)
def test_code_is_written_with_as_many_back_ticks_as_it_needs(text, written):
    assert code_span(text) == written
    assert CodeSpans(written).at(0)[0].strip() == text


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [
        ("`a` b", 0, ("a", 3)),
        ("x ``a`b`` c", 2, ("a`b", 9)),
        ("`a` `b`", 2, None),
        ("`a", 0, None),
        ("` `", 0, None),
        ("a", 0, None),
        ("`a\nb`", 0, ("a\nb", 5)),
        ("`a\n`b` c`", 0, ("a\n", 4)),
        ("`a\nb` `c`", 0, ("a\nb", 5)),
        ("`a\n`b`", 0, None),
        ("`a\n\nb`", 0, None),
        ("`a\nb\nc`", 0, None),
        ("`a<br>b`", 0, None),
        ("`a<br/>b`", 0, None),
        ("x\n`a\nb`\ny", 2, ("a\nb", 7)),
        ("x\n`a\nb` `c\nd`", 2, None),
    ],
)
def test_a_span_ends_on_its_line_or_was_wrapped_to_the_next(text, position, found):
    assert CodeSpans(text).at(position) == found


@pytest.mark.parametrize(
    ("before", "marker", "after", "role"),
    [
        ("", "*", "a", "o"),
        ("a", "*", "", "c"),
        (" ", "*", "a", "o"),
        ("(", "**", "`", "o"),
        ("a", "*", "b", ""),
        ("a", "**", "b", "c"),
        ("a", "*", " ", "c"),
        (" ", "*", " ", ""),
        ("", "*", "", ""),
        ("/", "*", "", ""),
        ("/", "*", ".", ""),
        ("a", "*", ".", "c"),
        ("a", "*", ".r", ""),
        ("a", "*", ",r", "c"),
        ("a", "_", "_", "c"),
        ("*", "_", "a", "o"),
        (" ", "*", "✅", "o"),
        (" ", "*", "+", ""),
        ("*", "_", "*", "oc"),
        ("—", "_", "a", "o"),
        ("a", "*", "/", ""),
        (" ", "*", "/", ""),
    ],
)
def test_a_marker_opens_or_closes_by_what_stands_around_it(before, marker, after, role):
    text = before + marker + after
    assert mark_role(text, len(before), len(before) + len(marker)) == role


@pytest.mark.parametrize(
    ("marks", "pairs"),
    [
        ([("*", "o"), ("*", "c")], {0: "o", 1: "c"}),
        ([("*", "o"), ("_", "c")], {}),
        ([("*", "c"), ("*", "o")], {}),
        ([("*", "o"), ("_", "o"), ("*", "c"), ("_", "c")], {0: "o", 1: "o", 2: "c", 3: "c"}),
        ([("*", "o"), ("*", "o"), ("*", "c")], {1: "o", 2: "c"}),
        ([("*", "oc"), ("*", "oc"), ("*", "oc")], {0: "o", 1: "c"}),
        ([("*", "o"), ("*", ""), ("*", "c")], {0: "o", 2: "c"}),
    ],
)
def test_markers_pair_with_the_nearest_of_their_kind(marks, pairs):
    assert paired(marks) == pairs


SPANS = [
    ("<https://a.b/c> d", [("address", "https://a.b/c", 0, 15), ("text", " d", 15, 17)]),
    ("a\r\nb", [("text", "a", 0, 1), ("break", "\r\n", 1, 3), ("text", "b", 3, 4)]),
    ("<!-- x -->a", [("open", "<!-- x -->", 0, 10), ("text", "a", 10, 11)]),
    ("<kbd>a</kbd>", [("code", "a", 0, 12)]),
    ("<kbd>a</tt>", [("open", "<kbd>", 0, 5), ("text", "a", 5, 6), ("close", "</tt>", 6, 11)]),
    ("<foo>", [("text", "<foo>", 0, 5)]),
    ("</p>a", [("break", "</p>", 0, 4), ("text", "a", 4, 5)]),
    ("{a*b*}", [("text", "{a*b*}", 0, 6)]),
    ("~~a~~", [("open", "~~", 0, 2), ("text", "a", 2, 3), ("close", "~~", 3, 5)]),
    ("a *b", [("text", "a ", 0, 2), ("text", "*", 2, 3), ("text", "b", 3, 4)]),
]


@pytest.mark.parametrize(("text", "spans"), SPANS)
def test_each_span_has_its_kind_its_words_and_its_place(text, spans):
    assert [
        (span.kind.value, span.text, span.start, span.end) for span in parse(text).spans
    ] == spans


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[a](b.md)", "b.md"),
        ("[a](<b c.md>)", "b c.md"),
        ('[a](b.md "title")', "b.md"),
        ("[a](b.md 'title' )", "b.md"),
        ("[a](b_(c).md)", "b_(c).md"),
        ("[a](b?x=1&amp;y)", "b?x=1&y"),
        ("![a](b.png)", "b.png"),
        ("[a]()", ""),
    ],
)
def test_the_target_of_a_link_has_no_title_and_no_entities(link, target):
    (span,) = parse(link).spans
    assert (span.text, span.target) == ("a", target)


@pytest.mark.parametrize(
    ("text", "role", "written", "ticks"),
    [
        ("see {adr}`24`", "adr", "{adr}`24`", 9),
        ("see :py:func:`f`", "py:func", ":py:func:`f`", 13),
        ("`a`:b:`c`", "b", ":b:`c`", 6),
        ("see `24`", "", "`24`", 4),
        (f"{{{'a' * 60}}}`x`", "a" * 60, f"{{{'a' * 60}}}`x`", 62),
        (f"{{{'a' * 61}}}`x`", "", "`x`", 63),
    ],
)
def test_code_has_its_role_and_where_its_back_ticks_begin(text, role, written, ticks):
    code = [span for span in parse(text).spans if span.kind is Kind.CODE][-1]
    assert (code.role, text[code.start : code.end], code.ticks) == (role, written, ticks)


def test_code_without_back_ticks_says_so():
    (code,) = parse("<tt>a</tt>").spans
    assert (code.kind, code.ticks) == (Kind.CODE, -1)


def test_literals_in_a_link_stand_where_they_are_written():
    inline = parse("x [a `b` `c`](d) `e`")
    places = [(span.text, inline.source[span.start : span.end]) for span in inline.literals]
    assert places == [("b", "`b`"), ("c", "`c`"), ("e", "`e`")]
    assert [inline.literals_before(position) for position in (0, 5, 6, 9, 10, 99)] == [
        0,
        0,
        1,
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 5, "a|b"), (4, 9, "a|b"), (4, 5, "a|b"), (9, 14, " and "), (9, 15, "c"), (0, 4, "see ")],
)
def test_what_begins_within_a_place_is_shown_without_markup(start, end, words):
    assert parse("see `a|b` and [`c`](d)").shown(start, end) == words


def test_entities_are_the_characters_that_they_stand_for():
    assert unescaped("a &lt;b&gt; &eacute; &#233; & &nope;") == "a <b> é é & &nope;"
    assert unescaped("plain") == "plain"
