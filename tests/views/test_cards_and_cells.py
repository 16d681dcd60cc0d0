"""The card of a declaration, and the text of a cell as parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.views.cards import claim_card, exception_card, row_card
from sphinx_arco_parity.views.cells import status_cell, type_cell, words_cell
from sphinx_arco_parity.views.inline import Part, joined, lines, parts_of, plain_text
from sphinx_arco_parity.views.marks import class_of, glyph_of


def test_the_card_of_an_exception_shows_what_says_something(entries, cell_text):
    exception = entries.register.exceptions[0]
    finding = entries.assessment.findings[0]
    card = exception_card(exception, entries.of_exception(exception), entries, [finding])
    assert (card.kind, card.id, card.findings) == ("exception", "EX-2", (finding,))
    assert cell_text(card.title) == "Web <strong 'UI'>"
    assert cell_text(card.marks) == "<type 'deferral'>"
    assert (
        cell_text(card.cited)
        == "<label 'Rows'> tick->row:tick · <label 'Claims'> all->claim:all · <label 'Pages'> guide->page:guide"
    )
    assert [(label, cell_text(cell)) for label, cell in card.fields] == [
        ("Decision", "Deferred | later"),
        ("Revisit Trigger", "Revisit at M2"),
        ("ADRs", "ADR-024->adr:docs/adr/024-s.md, 99->adr:99"),
        (
            "Evidence",
            (
                "<code 'docs/adr/024-s.md'>->file:docs/adr/024-s.md "
                "<verdict 'not-found'>(no such file)"
            ),
        ),
        ("Owner", "ui team"),
        ("Review", "<review 'reviewed'>(2026-01-02 at M1, ann)"),
        ("Risk Level", "<code 'high'>"),
    ]


def test_the_type_on_a_card_has_no_markup_and_none_is_no_mark(entries):
    odd = entries.register.exceptions[1]
    entry = entries.of_exception(odd)
    assert exception_card(odd, entry, entries, []).marks == (Part("Odd", "type"),)
    assert exception_card(replace(odd, type=""), entry, entries, []).marks == ()


def test_the_card_of_a_row_shows_what_says_something(entries, cell_text):
    row = entries.register.rows[0]
    finding = entries.assessment.findings[0]
    card = row_card(row, entries.of_row(row), [finding])
    assert (card.kind, card.id, card.findings, card.cited) == ("row", "tick", (finding,), ())
    assert cell_text(card.title) == "Schedule <code 'tick'>"
    assert cell_text(card.marks) == "<status 'Implemented'>(🟢 green)"
    assert [label for label, _ in card.fields] == [
        "Feature",
        "Proof Level",
        "Evidence (Code)",
        "Evidence (Tests)",
        "Evidence (CI)",
        "Exceptions",
        "ADRs",
        "Owner",
    ]


def test_the_card_of_a_claim_names_what_it_rests_on(entries, cell_text):
    claim = entries.register.claims[0]
    finding = entries.assessment.findings[0]
    card = claim_card(claim, next(iter(entries.claims())), [finding])
    assert (card.kind, card.id, card.findings) == ("claim", "all", (finding,))
    assert [(label, cell_text(cell)) for label, cell in card.fields] == [
        ("Exceptions", "EX-2->exception:EX-2"),
        ("Rows", "tick->row:tick, sensor->row:sensor"),
    ]


def test_an_id_that_was_made_for_a_claim_is_not_shown_and_empty_fields_are_left_out(entries):
    claim = replace(entries.register.claims[0], derived_id=True)
    entry = next(iter(entries.claims()))
    bare = replace(entry, cells={**entry.cells, "rows": ()})
    card = claim_card(claim, bare, [])
    assert (card.id, [label for label, _ in card.fields]) == ("", ["Exceptions"])


def test_the_words_of_a_card_are_found_by_the_search(entries):
    exception = entries.register.exceptions[1]
    card = exception_card(exception, entries.of_exception(exception), entries, [])
    assert card.words == "EX-10 GraphQL REST only review due low"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("plain words", [Part("plain words")]),
        ("a `code` b", [Part("a "), Part("code", "code"), Part(" b")]),
        ("`` a` ``", [Part("a`", "code")]),
        ("a **b** c", [Part("a "), Part("b", "strong"), Part(" c")]),
        ("***b***", [Part("b", "strong")]),
        ("**a `b` c**", [Part("a ", "strong"), Part("b", "code"), Part(" c", "strong")]),
        ("**a<br>b**", [Part("a", "strong"), Part("\n", "break"), Part("b", "strong")]),
        ("a<BR/>b", [Part("a"), Part("\n", "break"), Part("b")]),
        ("a\nb", [Part("a"), Part("\n", "break"), Part("b")]),
        ("a\r\nb", [Part("a"), Part("\n", "break"), Part("b")]),
        (r"a \| \*b\* \[c\] \`d\`", [Part("a | *b* [c] `d`")]),
        (r"a \n", [Part(r"a \n")]),
        ("[a](https://x.org/y)", [Part("a", link=("url", "https://x.org/y"))]),
        ("[a](MAILTO:me@x.org)", [Part("a", link=("url", "MAILTO:me@x.org"))]),
        ("[a](ftp://x.org)", [Part("a")]),
        ("[`a`](/docs/x.md#part)", [Part("a", link=("file", "docs/x.md"))]),
        ("[a](docs/x.md)", [Part("a")]),
        ("[](https://x.org)", [Part("https://x.org", link=("url", "https://x.org"))]),
        ("**[a](docs/x.md)**", [Part("a", "strong")]),
        ("![a](https://x.org/a.png) b", [Part("a", link=("url", "https://x.org/a.png")), Part(" b")]),
        ("[a](b c) d", [Part("[a](b c) d")]),
        ("a < b", [Part("a < b")]),
        ("<b>x</b>", [Part("<b>x</b>")]),
    ],
)  # fmt: skip
def test_the_text_of_a_cell_becomes_parts_of_plain_text(text, parts):
    assert list(parts_of(text)) == parts


def test_cells_are_joined_and_set_on_lines_with_nothing_around_them():
    a, b = Part("a"), Part("b", "code")
    assert joined([]) == lines([]) == ()
    assert joined([a, b]) == (a, Part(", "), b)
    assert joined((a, b, a), " / ") == (a, Part(" / "), b, Part(" / "), a)
    assert lines([(a, b), (a,)]) == (a, b, Part("\n", "break"), a)
    assert plain_text((a, Part(", "), b)) == "a, b"


def test_a_status_is_a_mark_that_names_the_project_s_label_where_it_differs():
    assert status_cell("Partial", "*partial*") == (Part("Partial", "status"),)
    assert status_cell("Partial", "**half**") == (Part("Partial", "status", title="half"),)
    assert status_cell(None, "**half**") == (Part("half"),)
    assert status_cell(None, "") == ()


def test_words_and_types_are_shown_without_markup():
    assert words_cell("**a** `b`") == (Part("a b"),)
    assert type_cell("**a**") == (Part("a", "type"),)
    assert words_cell("") == type_cell("") == ()


def test_each_mark_has_a_glyph_and_a_class_of_its_kind():
    assert [glyph_of(*mark) for mark in MARKS] == list("✔✎✔↷▲✖•")
    assert glyph_of("status", "nothing") == glyph_of("type", "Deferral") == ""
    assert class_of("status", "Implemented") == "parity-status-implemented"


MARKS = [
    ("status", "Implemented"),
    ("status", "Designed"),
    ("verdict", "verified"),
    ("verdict", "moved"),
    ("review", "review due"),
    ("review", "revisit due"),
    ("severity", "info"),
]
