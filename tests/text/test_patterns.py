"""Globs over names with slashes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.text.patterns import is_glob, matches, select, select_sorted


@pytest.mark.parametrize(
    ("name", "globs", "given_"),
    [
        ("docs/adr/adr-1.md", ["docs/adr/**"], True),
        ("docs/adr/old/adr-1.md", ["docs/adr/**"], True),
        ("docs/adrs/adr-1.md", ["docs/adr/**"], False),
        ("parity/x-matrix", ["parity/*-matrix"], True),
        ("parity/sub/x-matrix", ["parity/*-matrix"], False),
        ("src/a.py", ["**", "!docs/**"], True),
        ("docs/a.md", ["**", "!docs/**"], False),
        ("docs/keep/a.md", ["**", "!docs/**", "docs/keep/**"], True),
        ("a/b/c.rs", ["**/c.rs"], True),
        ("c.rs", ["**/c.rs"], True),
        ("a1", ["a[0-9]"], True),
        ("a/", ["a?"], False),
        ("ab", ["a[!b]"], False),
        ("a[b", ["a[b"], True),
        ("x", [], False),
    ],
)
def test_matching(name, globs, given_):
    assert matches(name, globs) is given_


def test_selecting_keeps_the_order():
    assert select(["b.md", "a.md", "c.rst"], ["*.md"]) == ["b.md", "a.md"]


def test_a_glob_has_a_wildcard():
    assert is_glob("a/*.rs")
    assert not is_glob("a/b.rs")


@given(st.text(alphabet="ab/*?[]!-", max_size=12), st.text(max_size=12))
def test_any_glob_is_tried_without_an_exception(glob, name):
    assert matches(name, [glob]) in {True, False}


@given(st.text(alphabet="abc/.-_", max_size=20))
def test_a_name_matches_itself(name):
    assert matches(name, [name])


@pytest.mark.parametrize(
    ("glob", "name", "given_"),
    [
        ("a[b&&c]", "a&", True),
        ("a[b&&c]", "ac", True),
        ("a[b||c]", "a|", True),
        ("a[b~~c]", "a~", True),
        ("a[+--]", "a,", True),
        ("a[+--]", "a.", False),
        ("a[[:x]", "a:", True),
        ("a[!&&]", "ab", True),
        ("a[!]", "a[!]", True),
        ("a[!]", "ab", False),
        ("a[^]*b*c**/*d", "a[^]*b*c**/*d", True),
        ("a[^]*b*c**/*d", "a[^]xbyc/zd", False),
        ("**[!]**/*/*", "a[!]b/c/d", True),
        ("a[!&&]", "a&", False),
    ],
)
def test_a_set_is_of_characters_and_warns_of_nothing(glob, name, given_):
    assert matches(name, [glob]) is given_


@given(st.lists(st.sampled_from(["*", "**", "a", "?"]), max_size=7).map("".join))
def test_wildcards_side_by_side_are_one(glob):
    merged = re.sub(r"\*{3,}", "**", glob)
    for name in ("", "a", "aa", "a/a", "/", "a/"):
        assert matches(name, [glob]) == matches(name, [merged])


def test_what_is_longer_than_a_glob_is_a_name():
    assert matches("a" * 1000, ["*" * 1000])
    assert not matches("a" * 1001, ["*" * 1001])
    assert matches("*" * 1001, ["*" * 1001])


NAMES = sorted(["a.rs", "a/b.rs", "a/b/c.rs", "b/a/b.rs", "b/a/b/c.py", "b/é.rs", "c/a.rs"])


@given(st.lists(st.sampled_from(["**/", "*", "a", "b", "/", ".rs", "?", "[ab]", "!"]), max_size=6))
def test_sorted_names_are_selected_as_any_others(parts):
    glob = "".join(parts)

    def ending_in(folder):
        above = {name[:at] for name in NAMES for at, sign in enumerate(name) if sign == "/"}
        return sorted(path for path in above if f"/{path}".endswith(f"/{folder}"))

    expected = [] if glob.startswith("!") else select(NAMES, [glob])
    assert select_sorted(NAMES, glob, ending_in) == expected
