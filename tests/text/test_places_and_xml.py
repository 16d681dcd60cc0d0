"""Where a text is written in its document, and text that may stand in XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.text.patterns import compile_glob, select, select_sorted
from sphinx_arco_parity.text.places import find_written
from sphinx_arco_parity.text.words import IdShapes, digest, plain_value, value
from sphinx_arco_parity.text.xml_text import xml_attribute, xml_characters, xml_text


@pytest.mark.parametrize(
    ("text", "source", "repeats", "written"),
    [
        ("`a.rs:1`", "x `a.rs:1` y", 0, "`a.rs:1`"),
        ("`a.rs:1`", "x ``a.rs:1`` y", 0, "``a.rs:1``"),
        ("`a` (b c)", "`a`\n  (b\nc)", 0, "`a`\n  (b\nc)"),
        ("a.b", "axb a.b", 0, "a.b"),
        ("a", "b", 0, None),
        ("a", "a", 1, None),
    ],
)
def test_an_item_is_found_as_it_is_written_in_the_document(text, source, repeats, written):
    found = find_written(text, source, repeats)
    assert (found and found[0]) == written


def test_the_place_is_that_after_the_repeats():
    starts = [find_written("`a`", "`a` `b` ``a`` `a`", repeats).start() for repeats in range(3)]
    assert starts == [0, 8, 14]


def test_xml_holds_only_its_characters_and_markup_is_escaped():
    assert xml_text("a<b>&\"c' \x00\x1b\ufffe é\n") == (
        "a&lt;b&gt;&amp;&quot;c&#x27; \ufffd\ufffd\ufffd é\n"
    )
    assert xml_characters("a\x08<") == "a\ufffd<"
    assert xml_attribute("a\t<b\nc\r") == "a&#9;&lt;b&#10;c&#13;"


NAMES = ["", "a", "a-b", "a/b", "a/b.py", "a/b/c.py", "a\U0010ffff", "ab", "b/a.py", "[b", "c"]
GLOBS = [
    "**/b/*.py",
    "**/a/b/*",
    "**/b/**",
    "a",
    "a/*",
    "a/**",
    "**",
    "*",
    "**/*.py",
    "a?b",
    "[ab]",
    "!a",
    "!**",
    "",
    "z*",
    "a/b.py",
]


def folders_of(names):
    """Return what tells the folders of *names* of which a path is the ending."""
    folders = sorted({name[:at] for name in names for at, c in enumerate(name) if c == "/"})
    return lambda path: [one for one in folders if f"/{one}".endswith(f"/{path}")]


@pytest.mark.parametrize("glob", GLOBS)
def test_sorted_names_are_selected_as_all_are(glob):
    names = sorted(NAMES)
    assert select_sorted(names, glob, folders_of(names)) == select(names, [glob])


@given(
    st.sets(st.text(alphabet="ab/.", max_size=5)).map(sorted),
    st.sampled_from(["", "**/", "**/a/"]).flatmap(
        lambda begin: st.text("ab/.*?!", max_size=4).map(lambda rest: begin + rest)
    ),
)
def test_any_sorted_names_are_selected_as_all_are(names, glob):
    assert select_sorted(names, glob, folders_of(names)) == select(names, [glob])


@pytest.mark.parametrize("glob", ["**/a*b*c*.py", "a/**/b/**/c/**", "*a*a*a*", "**/**/x/**/*[ab]?"])
@pytest.mark.parametrize(
    "name",
    [
        "a1b2c3.py",
        "x/y/abc.py",
        "x/a/bc.py",
        "a/b/c/",
        "a/b/c/d",
        "a/x/b/c/d",
        "a/xb/c/d",
        "a/b/xc/d",
        "aaa",
        "aa",
        "baaab",
        "a/aa",
        "x/yab",
        "q/x/r/sba",
        "x/ya",
    ],
)
def test_many_wildcards_match_what_the_regular_expression_would(glob, name):
    ready = compile_glob(glob)
    assert ready.fullmatch(name) is (ready.whole.fullmatch(name) is not None)


def test_a_few_wildcards_match_long_names_as_short_ones():
    glob = compile_glob("a/**/b*.py")
    assert glob.fullmatch("a/" + "x/" * 300 + "bc.py")
    assert not glob.fullmatch("a/" + "x/" * 300 + "b/c.py")
    assert not glob.fullmatch("ba/" + "x/" * 300 + "bc.py")


def test_a_digest_is_two_hex_digits_for_each_byte_and_takes_any_text():
    assert digest("a") == "ca234c55"
    assert len(digest("a", 8)) == 16
    assert digest("\ud800") == digest("?")


def test_a_value_is_stripped_and_keeps_its_markup():
    assert value("  **a** ") == "**a**"
    assert value(" `-` ") == ""
    assert plain_value("  **a** ") == "a"
    assert plain_value(" None ") == plain_value("`n/a`") == ""


def test_ids_are_tokens_once_each_and_without_marks_at_their_edges():
    shapes = IdShapes.of(["EX-01", "plain"])
    assert shapes.tokens("~EX-01~ _EX-01_: EX-02? EX-02a! EX-02A plain. plain-er") == [
        "EX-01",
        "EX-02",
        "EX-02a",
        "plain",
    ]
    assert shapes.tokens("EX-01..EX-03 EX-04…EX-05 EX-06+x EX-1&EX-2") == [
        "EX-01",
        "EX-03",
        "EX-04",
        "EX-05",
        "EX-1",
        "EX-2",
    ]
