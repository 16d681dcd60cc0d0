"""How words are compared: markup, emptiness, labels, ids, slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.text.words import (
    IdShapes,
    half_character,
    header_key,
    is_empty,
    label_key,
    nearest,
    plain,
    plain_value,
    slug,
    split_list,
    value,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** and _soft_", "bold and soft"),
        ("`code` in [a link](x.md#y)", "code in a link"),
        ("a<br>b<br/>c", "a b c"),
        ("{exception}`EX-01` and :adr:`024`", "EX-01 and 024"),
        ("<b>bold</b> `Vec<T>` Vec<T>", "bold Vec<T> Vec<T>"),
        ("snake_case_name * 2", "snake_case_name * 2"),
        ("``a ` b``", "a ` b"),
        ("~~gone~~ ***both***", "gone both"),
        ("**C**ode, _`x`_", "Code, x"),
        ("Delete `DELETE /v1/{id}`", "Delete DELETE /v1/{id}"),
        ("`{{ x }}`, `${HOME}` and `{name}`", "{{ x }}, ${HOME} and {name}"),
        ("{exception}`EX-01` and `{id}`", "EX-01 and {id}"),
        ("`__init__` in pkg/__init__.py", "__init__ in pkg/__init__.py"),
        ("`*args` of `**/*.py`", "*args of **/*.py"),
        ("crates/**/*.rs and src/**/*.py", "crates/**/*.rs and src/**/*.py"),
        ("`` {exception}`EX-01` ``", "{exception}`EX-01`"),
        ("[`a` and **b**](x.md)<br/>c", "a and b c"),
    ],
)
def test_plain_keeps_the_words_and_drops_the_markup(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize("text", ["", "-", "–", "—", "n/a", "N/A", " None ", "**no**"])
def test_what_means_nothing(text):
    assert is_empty(text)


@pytest.mark.parametrize("text", ["no UI", "nothing", "0", "--", "x"])
def test_what_means_something(text):
    assert not is_empty(text)


def test_headers_are_compared_without_case_markup_and_punctuation():
    assert header_key("**Evidence (Code)**") == header_key("evidence — code")
    assert header_key("#") == "#"
    assert header_key("#") != header_key("")


@pytest.mark.parametrize(
    "label", ["Implemented", "✅ implemented", "**IMPLEMENTED**", "implemented ✔️"]
)
def test_labels_are_compared_without_emoji_around_them(label):
    assert label_key(label) == "implemented"


def test_a_label_that_is_only_an_emoji_is_that_emoji():
    assert label_key("✅") == label_key("✅️") != label_key("🚧")


def test_a_slug_is_words_joined():
    assert slug("Full **orchestration** web UI — parity") == ("full-orchestration-web-ui-parity")
    assert slug("Größe") == "große".replace("ß", "ss")
    assert slug("日本") == ""


SHAPES = IdShapes.of(["EX-01", "EX-05a", "no-ui"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EX-01, EX-99 and (EX-05a).", ["EX-01", "EX-99", "EX-05a"]),
        ("EX-03/EX-04; EX-01–EX-02", ["EX-03", "EX-04", "EX-01", "EX-02"]),
        ("see docs/EX-01-notes.md and EX-01.md", []),
        ("no-ui", ["no-ui"]),
        ("AEX-01 EX-01b-c EX-1A", []),
        ("[EX-01](x.md) `EX-02`", ["EX-01", "EX-02"]),
    ],
)
def test_whole_tokens_shaped_like_ids(text, found):
    assert SHAPES.tokens(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EX-01 to EX-04", ["EX-01", "EX-02", "EX-03a", "EX-04"]),
        ("EX-02 through EX-03", ["EX-02", "EX-03a", "EX-03"]),
        ("`EX-02` – `EX-04`", ["EX-02", "EX-03a", "EX-04"]),
        ("EX-01–EX-02 and EX-04", ["EX-01", "EX-02", "EX-04"]),
        ("EX-01..EX-02, EX-01…EX-02", ["EX-01", "EX-02"]),
        ("EX-03a to EX-03a", ["EX-03a"]),
        ("EX-02 to EX-03", ["EX-02", "EX-03a", "EX-03"]),
        ("EX-01 and EX-04", ["EX-01", "EX-04"]),
        ("EX-01/EX-04", ["EX-01", "EX-04"]),
        ("EX-01 to AD-04", ["EX-01", "AD-04"]),
        ("EX-04 to EX-01", ["EX-04", "EX-01"]),
        ("EX-01 to the end, EX-04", ["EX-01", "EX-04"]),
        ("to EX-04", ["EX-04"]),
    ],
)
def test_between_the_ends_of_a_range_stand_the_declared_ids(text, found):
    declared = ["EX-04", "EX-01", "EX-02", "EX-03a", "EX-10", "AD-01", "AD-04"]
    assert IdShapes.of(declared).tokens(text) == found


def test_a_capital_letter_counts_only_where_declared_ids_have_one():
    assert not IdShapes.of(["E1", "E2"]).tokens("E2E tests")
    assert IdShapes.of(["E1A", "E2"]).tokens("E2E tests") == ["E2E"]


def test_without_declared_ids_nothing_is_a_citation():
    assert IdShapes.of([]).tokens("EX-01") == []


def test_lists_split_at_commas_and_lines():
    assert split_list("a, b\nc<br>d; none, -") == ["a", "b", "c", "d"]


def test_the_nearest_name_is_offered_in_its_own_spelling():
    assert nearest("implementd", ["Implemented", "Planned"]) == "Implemented"
    assert nearest("zzz", ["Implemented"]) is None


@given(st.text())
def test_any_text_is_compared_without_an_exception(text):
    assert plain(plain(text)) is not None
    assert "\n" not in header_key(text)
    assert label_key(text) == label_key(f" {text} ")
    SHAPES.tokens(text)


@given(st.lists(st.from_regex(r"EX-\d{1,3}[a-z]?", fullmatch=True), unique=True))
def test_every_declared_id_is_found_in_a_list_of_them(ids):
    assert IdShapes.of(ids).tokens(", ".join(ids)) == ids


@given(
    st.text()
    | st.text(alphabet="no N/a-–—`*_ \t\u3000x")
    | st.sampled_from(["none", "**none**", " No ", "n/a", "–", "`-`"])
)
def test_an_empty_text_has_no_plain_value(text):
    assert plain_value(text) == plain(value(text))


def test_white_space_of_every_kind_is_folded():
    spaces = [one for one in map(chr, range(0x110000)) if one.isspace()]
    assert len(spaces) > 20
    assert {plain(f"a{one}b") for one in spaces} == {"a b"}


@pytest.mark.parametrize(
    ("word", "shaped"),
    [
        ("EX-7", True),
        ("EX-7b", True),
        ("EX-٣", True),
        ("EX-", False),
        ("EX-7bc", False),
    ],
)
def test_a_word_is_shaped_like_an_id_by_its_digits(word, shaped):
    assert IdShapes.of(["EX-01", "EX-02B"]).has(word) is shaped


@pytest.mark.parametrize(
    ("json_text", "line"),
    [
        (r'"\ud800"', 1),
        ('[\n"a",\n"\\uDFFF"]', 3),
        (r'"\ud83d\ud83d\ude00"', 1),
        (r'"\ud83d\ude00"', None),
        (r'"\\ud800"', None),
        (r'"\\\ud800"', 1),
        ('"\U0001f600 \\n \\u00e9"', None),
    ],
)
def test_half_of_a_character_is_found_in_json(json_text, line):
    assert half_character(json_text) == line
