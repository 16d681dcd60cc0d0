"""How a table is laid out: order, groups, columns, what stands around it, and its notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.model.records import STATUSES, VERDICTS
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.views.cells import Entry
from sphinx_arco_parity.views.inline import Part
from sphinx_arco_parity.views.tables import (
    build_table,
    declarations_shown,
    legend_table,
    natural_key,
    own_columns,
)


@pytest.fixture
def ids(table, text_of):
    """Return a function that gives the first word of each line of a table."""
    return lambda *args, **options: [
        line.partition("->")[0] for line in text_of(table(*args, **options))[1:]
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["EX-2", "EX-10", "EX-3"]),
        ("id", ["EX-2", "EX-3", "EX-10"]),
        ("-id", ["EX-10", "EX-3", "EX-2"]),
        ("capability", ["EX-10", "EX-3", "EX-2"]),
        ("revisit", ["EX-3", "EX-2", "EX-10"]),
        ("-revisit", ["EX-2", "EX-3", "EX-10"]),
        ("Risk Level", ["EX-2", "EX-10", "EX-3"]),
        ("-risk-level", ["EX-10", "EX-2", "EX-3"]),
        ("nothing", ["EX-2", "EX-10", "EX-3"]),
    ],
)
def test_lines_are_sorted_naturally_and_those_that_lack_the_field_come_last(sort, order, ids):
    assert ids("exceptions", sort=sort) == order


@pytest.mark.parametrize(
    ("sort", "order"),
    [("section", ["tick", "later", "sensor"]), ("-section", ["sensor", "tick", "later"])],
)
def test_lines_of_the_same_text_keep_their_order(sort, order, ids):
    assert ids("matrix", sort=sort, columns="id, section") == order


def test_numbers_sort_by_value_before_words_whatever_their_case():
    names = ["b2", "B10", "10", "9", "a", "ex-2", "EX-10"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "b2", "B10", "ex-2", "EX-10"]


def test_groups_keep_the_order_of_their_first_line_and_their_column_goes(table, text_of):
    found = table("matrix", columns="id, section", group_by="Section")
    assert text_of(found) == ["ID", "tick->row:tick", "later->row:later", "sensor->row:sensor"]
    assert [line.group for line in found.lines] == ["Schedules", "Schedules", "Sensors"]


def test_lines_can_be_grouped_by_a_column_of_the_project_s_own(table):
    found = table("exceptions", columns="id", group_by="risk level")
    assert [line.group for line in found.lines] == ["high", "low", ""]


def test_lines_that_are_not_grouped_have_no_group(table):
    assert {line.group for line in table("matrix").lines} == {""}


def test_columns_are_shown_in_the_order_asked_for_and_unknown_ones_left_out(table, text_of):
    found = text_of(table("exceptions", columns="Risk Level, nothing, id"))
    assert found == [
        "Risk Level | ID",
        "<code 'high'> | EX-2->exception:EX-2",
        "low | EX-10->exception:EX-10",
        " | EX-3->exception:EX-3",
    ]


def test_own_columns_are_those_that_no_label_names_each_once():
    entries = [Entry(cells={"id": (), "risk-level": ()}), Entry(cells={"risk-level": (), "a": ()})]
    assert own_columns(entries, {"id": "ID"}) == {"risk-level": "Risk Level", "a": "A"}


def test_an_empty_column_is_left_out_unless_its_emptiness_says_something(table, text_of):
    found = text_of(table("exceptions", documents="more/*"))[0]
    assert found == "ID | Capability | Decision | Type | Revisit Trigger | Cited by"
    assert text_of(table("matrix", section="Sensors"))[0] == "Section | Capability | Status"


def test_a_table_without_lines_has_all_its_usual_columns(table, text_of):
    found = table("matrix", status="nothing")
    assert text_of(found) == [
        "Section | Capability | Feature | Status | Proof Level | Exceptions | Evidence | Owner"
    ]


def test_what_stands_around_a_table_is_as_its_options_say(table):
    found = table("exceptions", caption="All", empty="None yet.", per_page="25")
    assert (found.kind, found.caption, found.empty, found.per_page) == (
        "exceptions",
        "All",
        "None yet.",
        25,
    )
    bare = table("exceptions", per_page="")
    assert (bare.caption, bare.empty, bare.per_page) == ("", "", 0)
    assert table("exceptions").per_page == 0


def test_a_table_of_the_page_shows_its_declarations_in_place_with_the_own_columns(table, text_of):
    found = table("exceptions", anchors="ex-10, ex-2")
    assert text_of(found)[0].endswith("Type | Revisit Trigger | Owner | Cited by | Risk Level")
    assert [line.anchor for line in found.lines] == ["ex-10", "ex-2"]


def test_lines_elsewhere_bear_no_anchor(table):
    assert {line.anchor for line in table("exceptions").lines} == {""}


def test_the_words_of_a_table_are_those_of_its_cells(table):
    assert table("exceptions", columns="id, decision").words == (
        "EX-2 Deferred | later EX-10 REST only EX-3 No"
    )


def test_traceability_lists_below_it_what_nothing_cites(table, cell_text):
    assert list(map(cell_text, table("traceability").notes)) == [
        "Cited by no row and no claim: EX-10->exception:EX-10, EX-3->exception:EX-3.",
        "1 of 3 rows are named by no claim and cite no exception.",
    ]


@pytest.mark.parametrize(
    "options", [{"milestone": "M2"}, {"type": "deferral"}, {"owner": "x"}, {"documents": "*"}]
)
def test_a_table_of_a_part_has_no_note_on_the_whole(options, table):
    assert table("traceability", **options).notes == ()


@pytest.mark.parametrize("kind", ["exceptions", "matrix", "claims"])
def test_other_tables_have_no_notes(kind, table):
    assert table(kind).notes == ()


def test_where_all_is_cited_and_no_claim_is_there_nothing_is_noted(entries, view, smaller):
    entries = smaller(entries, exceptions=1, claims=0)
    assert build_table(view("traceability"), entries).notes == ()


def test_the_legend_explains_each_status_then_each_verdict_translated(view, text_of):
    found = legend_table(
        view("legend", caption="Marks"),
        Settings(),
        say=lambda text: text.upper().replace("{KINDS}", "{kinds}"),
    )
    text = text_of(found)
    assert text[:2] == [
        "Mark | Meaning",
        (
            "<status 'Implemented'> | "
            "THE PRODUCT DOES WHAT THE REFERENCE DOES, AND THE EVIDENCE IS CHECKED. "
            "IT NEEDS EVIDENCE: CODE, TESTS, CI. IT CITES NO EXCEPTION"
        ),
    ]
    marks = [("status", STATUSES), ("verdict", (*VERDICTS, "unread"))]
    assert [line.split(" | ")[0] for line in text[1:]] == [
        f"<{kind} {word!r}>" for kind, words in marks for word in words
    ]
    assert (found.kind, found.caption) == ("legend", "Marks")
    assert legend_table(view("legend"), Settings()).caption == ""
    assert text_of(legend_table(view("legend"), Settings()))[-1].endswith(
        "it is shaped like a path, a name or a command, but was not understood"
    )


def test_the_legend_says_what_the_rules_that_are_on_demand(view, text_of):
    settings = Settings(
        required_evidence={"Partial": ["code"], "Implemented": ["tests"]},
        rules={"row-cites-exception": "off"},
    )
    said = [line.partition(" | ")[2] for line in text_of(legend_table(view("legend"), settings))]
    assert [line.partition(". ")[2] for line in said[1:6]] == [
        "It needs evidence: tests",
        "It needs evidence: code",
        "",
        "",
        "It needs a declared exception",
    ]
    off = Settings(rules={"row-without-evidence": "off", "row-without-exception": "off"})
    text = "".join(text_of(legend_table(view("legend"), off)))
    assert ("needs" in text, "It cites no exception" in text) == (False, True)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, {"EX-2", "EX-10", "EX-3", "tick", "sensor", "later", "all"}),
        ({"caption": "x"}, {"EX-2", "EX-10", "EX-3", "tick", "sensor", "later", "all"}),
        ({"documents": "register"}, {"EX-2", "EX-10"}),
        ({"status": "Planned"}, {"EX-2", "EX-10", "EX-3", "later", "all"}),
        ({"type": "deferral", "section": "Sensors"}, {"EX-2", "sensor", "all"}),
    ],
)
def test_a_picture_shows_what_is_within_the_filters_that_its_kind_can_meet(
    options, shown, entries, view
):
    is_shown = declarations_shown(view("graph", **options), entries)
    register = entries.register
    declared = [*register.exceptions, *register.rows, *register.claims]
    assert {declaration.id for declaration in declared if is_shown(declaration)} == shown


def test_a_declaration_of_the_same_anchor_on_another_page_is_not_shown(entries, view):
    is_shown = declarations_shown(view("graph", documents="register"), entries)
    first = entries.register.exceptions[0]
    assert is_shown(first)
    assert not is_shown(replace(first, docname="matrix"))


def test_a_table_from_other_repositories_shows_theirs_by_product(entries, view, text_of):
    theirs = {"product": "Beta", "rows": [{"id": "r", "capability": "Tick", "status": "Planned"}]}
    found = build_table(view("matrix", **{"from": "x.json"}), entries, [theirs, theirs])
    assert (
        text_of(found)
        == ["Product | Capability | Status"] + ["Beta | Tick | <status 'Planned'>"] * 2
    )
    assert [line.classes for line in found.lines] == [("parity-status-planned",)] * 2
    nothing = build_table(view("traceability", **{"from": "x.json"}), entries)
    assert (nothing.lines, nothing.notes) == ((), ())


def test_cells_of_no_kind_of_ours_are_titled_by_their_name():
    assert own_columns([Entry(cells={"product": (Part("A"),)})], {}) == {"product": "Product"}
