"""Which column of a table is which field."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.declarations.columns import (
    is_legend,
    is_tally,
    map_columns,
    named_cells,
    recognise,
    telling_header,
)
from sphinx_arco_parity.settings.options import Settings

NONE = Settings()


@pytest.mark.parametrize(
    ("headers", "kind", "fields"),
    [
        (
            ["ID", "Capability", "Decision", "Type", "Revisit Trigger"],
            "exceptions",
            ("id", "capability", "decision", "type", "revisit"),
        ),
        (["#", "Scope", "Sunset"], "exceptions", ("id", "capability", "revisit")),
        (
            ["Dagster Capability", "Arco Feature", "**Status**", "Evidence (Code)"],
            "matrix",
            ("capability", "feature", "status", "code"),
        ),
        (
            ["Feature", "Capability", "Status"],
            "matrix",
            ("feature", "capability", "status"),
        ),
        (["Feature", "Status"], "matrix", ("capability", "status")),
        (["Type", "Exception Type"], "exceptions", (None, "type")),
        (["Status", "Status", "Capability"], "matrix", ("status", None, "capability")),
        (["Status (2026)", "Capability"], "matrix", ("status", "capability")),
        (
            ["Proof Level Required", "Tests", "CI"],
            "matrix",
            ("proof-level", "tests", "ci"),
        ),
        (["Risk", "Capability"], "matrix", (None, "capability")),
    ],
)
def test_headers_are_fields(headers, kind, fields):
    assert map_columns(headers, kind, NONE).fields == fields


def test_configured_headers_win():
    settings = Settings(columns={"matrix": {"rust location / FLAGS": "code"}})
    columns = map_columns(["Code", "Rust Location / Flags"], "matrix", settings)
    assert columns.fields == ("code", "code")


def test_a_header_that_leads_to_a_field_of_the_project_is_its_own_column():
    settings = Settings(fields={"exceptions": ["risk"]}, columns={"exceptions": {"Scope": "risk"}})
    assert map_columns(["ID", "Scope"], "exceptions", settings).fields == ("id", None)


def test_a_table_is_recognised_by_what_it_needs():
    both = ("exceptions", "matrix")
    register = recognise(["ID", "Capability", "Decision", "Type"], both, NONE)
    matrix = recognise(["ID", "Capability", "Status", "Tests", "CI"], both, NONE)
    assert register is not None
    assert matrix is not None
    assert (register.kind, matrix.kind) == ("exceptions", "matrix")
    assert recognise(["Risk", "Likelihood"], both, NONE) is None
    assert map_columns(["ID"], "exceptions", NONE).missing == ("capability",)


def test_a_field_of_the_project_with_a_known_header_is_the_known_field():
    """Listing `Owner` among the own fields takes nothing away from our column."""
    settings = Settings(fields={"matrix": ["Owner", "Risk", "Platform Capability"]})
    headers = ["Capability", "Owner", "Risk", "Platform Capability", "Status"]
    assert map_columns(headers, "matrix", settings).fields == (
        "capability",
        "owner",
        None,
        None,
        "status",
    )


def test_columns_know_their_positions_and_bare_headers():
    columns = map_columns(["**ID**", "Owner", "`Status`"], "matrix", NONE)
    assert columns.headers == ("ID", "Owner", "Status")
    assert [columns.index(name) for name in ("id", "status", "code")] == [0, 2, None]
    assert columns.missing == ("capability",)


def test_the_longer_known_header_holds_the_field_and_the_first_of_equal_ones():
    rows = map_columns(["CI", "Evidence (CI)", "Capability"], "matrix", NONE)
    assert rows.fields == ("ci", "ci", "capability")
    twice = map_columns(["Revisit Trigger", "Revisit"], "exceptions", NONE)
    assert twice.fields == ("revisit", None)


def test_a_last_word_makes_a_header_a_capability_and_feature_more_weakly():
    """`Flow Feature` beside `Flow Capability` is the feature; alone, the capability."""
    alone = map_columns(["Flow Feature", "Status"], "matrix", NONE)
    assert alone.fields == ("capability", "status")
    both = map_columns(["Flow Feature", "Flow Capability", "Status"], "matrix", NONE)
    assert both.fields == ("feature", "capability", "status")
    other = map_columns(["Feature flag", "Status"], "matrix", NONE)
    assert other.fields == ("capability", "status")
    register = map_columns(["Flow Feature", "ID"], "exceptions", NONE)
    assert register.fields == ("capability", "id")


def test_a_header_that_is_mapped_to_a_field_of_the_project_is_kept_under_its_name():
    settings = Settings(
        columns={"exceptions": {"State": "risk", "Who": "owner"}},
        fields={"exceptions": ["risk"]},
    )
    columns = map_columns(["ID", "Capability", "state", "Who", "Extra"], "exceptions", settings)
    assert columns.fields == ("id", "capability", None, "owner", None)
    ours, own = named_cells(columns, ["EX-1", "Fly", "high", "Ada", "more"])
    assert ours == {"id": "EX-1", "capability": "Fly", "owner": "Ada"}
    assert own == [("risk", "high"), ("Extra", "more")]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Area", "Status"], ("capability", "status")),
        (["#", "Requirement", "State", "Owner"], ("id", "capability", "status", "owner")),
        (["Supported", "Endpoint", "Notes"], ("status", "capability", "notes")),
        (["Evidence", "Command", "Support"], ("evidence", "capability", "status")),
        (["", "Parity"], ("capability", "status")),
        (["Risk", "Layer", "Status"], (None, "capability", "status")),
        (["Component", "Layer", "Status"], ("capability", None, "status")),
        (["Area", "Grade"], (None, None)),
        (["Owner", "Status", "Notes"], ("owner", "status", "notes")),
    ],
)
def test_a_matrix_without_a_known_capability_has_its_first_free_column_for_it(headers, fields):
    settings = Settings(fields={"matrix": ["Risk"]})
    assert map_columns(headers, "matrix", settings).fields == fields


@pytest.mark.parametrize(
    "header",
    [
        *("Evidence", "EVIDENCE", "Evidence (file:line)", "Proof", "Implementation", "Location"),
        *("Rust Location", "Test Locations", "Source", "Where", "File", "Files", "Source files"),
    ],
)
def test_columns_that_cite_whatever_proves_a_row(header):
    headers = ["Feature", "Status", header, "Tests"]
    fields = ("capability", "status", "evidence", "tests")
    assert map_columns(headers, "matrix", NONE).fields == fields
    own = Settings(columns={"matrix": {header: "notes"}})
    assert map_columns(headers, "matrix", own).fields[2] == "notes"


def test_all_columns_of_evidence_are_read():
    columns = map_columns(["Feature", "Status", "Location", "Evidence", "Tests"], "matrix", NONE)
    assert columns.fields == ("capability", "status", "evidence", "evidence", "tests")
    ours, own = named_cells(columns, ["Fly", "Done", "`a.py`", "`b.py`", "`t.py`"])
    assert ours["evidence"] == "`a.py`\n`b.py`"
    assert own == []


@pytest.mark.parametrize(
    ("headers", "rows", "legend"),
    [
        (["Status", "Meaning"], [["Implemented", "It works"], ["Planned", "Later"]], True),
        (["Status", "Meaning"], [["Implemented", "It works"], ["Implemented", "Too"]], False),
        (["Status", "Meaning"], [["Implemented", "It works"], ["bent", "Otherwise"]], True),
        (["State", "Meaning and use"], [["Implemented", "It works"], ["bent", "?"]], True),
        (["Status", "Count"], [["Implemented", "12"], ["bent", "3"]], True),
        (["Status", "Command"], [["Implemented", "run"], ["unclear", "stop"]], False),
        (
            ["Status", "Command", "Evidence"],
            [["Implemented", "run", ""], ["Planned", "", ""]],
            False,
        ),
        (["Command", "Status"], [["run", "Implemented"], ["stop", "Planned"]], False),
    ],
)
def test_a_table_that_says_what_each_status_means_is_a_legend(headers, rows, legend):
    assert is_legend(map_columns(headers, "matrix", NONE), rows, NONE) is legend


def test_counts_beside_their_share_sum_up_others_too():
    columns = map_columns(["Group", "Total", "Supported", "Support %"], "matrix", NONE)
    assert is_tally(columns, [["wind", "3", "1", "33 %"], ["sky", "4", "4", "100 %"]], NONE)
    assert not is_tally(columns, [["wind", "3", "yes", "33 %"]], NONE)


STATED = Settings(columns={"matrix": {"Rust": "status"}}, statuses={"✅": "Implemented"})


@pytest.mark.parametrize(
    ("rust", "status", "fields"),
    [
        ("✅", "aligned", ("capability", "status", None)),
        ("gust()", "✅", ("capability", None, "status")),
        ("✅", "✅", ("capability", "status", None)),
        ("gust()", "aligned", ("capability", "status", None)),
    ],
)
def test_of_two_columns_the_one_that_holds_statuses_is_the_status(rust, status, fields):
    rows = [["gusts", rust, status], ["calms", rust, status]]
    headers = ["Feature", "Rust", "Status"]
    assert map_columns(headers, "matrix", STATED, rows).fields == fields


@pytest.mark.parametrize(
    ("settings", "cells", "tally"),
    [
        (NONE, ["9", "17", "0"], True),
        (NONE, ["9", "17", "some"], False),
        (NONE, ["16 %", "20 %"], False),
        (NONE, [], False),
        (Settings(statuses={"1": "Implemented", "0": "Planned"}), ["1", "0"], False),
    ],
)
def test_a_table_whose_statuses_are_counts_sums_up_others(settings, cells, tally):
    rows = [["group", cell] for cell in cells]
    assert (
        is_tally(map_columns(["Group", "Supported"], "matrix", settings), rows, settings) is tally
    )


def test_the_header_that_is_offered_is_that_of_labels():
    columns = map_columns(["Area", "Remarks", "Grade"], "matrix", NONE)
    rows = [["a", "one", "good"], ["b", "two", "bad"], ["c", "three", "good"]]
    assert telling_header(columns, rows) == "Grade"
    assert telling_header(columns, []) in columns.headers


@pytest.mark.parametrize(
    ("headers", "fields", "title"),
    [
        # A file is what the row is about where the rest only measures it.
        (["File", "Size", "Status"], ("evidence", None, "status"), 0),
        (["#", "Source", "Line count", "Status"], ("id", "evidence", None, "status"), 1),
        (["File", "Status"], ("evidence", "status"), 0),
        (["File", "Purpose", "Status"], ("evidence", "capability", "status"), 1),
        (["Area", "Size", "Status"], ("capability", None, "status"), 0),
        (["Status", "File"], ("status", "evidence"), None),
        (["Code", "Status"], ("code", "status"), None),
    ],
)
def test_a_row_may_be_about_a_file(headers, fields, title):
    columns = map_columns(headers, "matrix", NONE)
    assert (columns.fields, columns.index("capability")) == (fields, title)
    assert columns.missing == (() if title is not None else ("capability",))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Evidence / Notes", "evidence"),
        ("Rust Location / Flags", "evidence"),
        ("Proof or what remains", "evidence"),
        ("Notes & Tests", "tests"),
        ("CI/CD", "ci"),
        ("Covered by tests", "tests"),
        ("Test file", "evidence"),
        ("Input/Output", None),
        ("Evidence for what", None),
        # What is the reference's own is no evidence of ours.
        ("Reference file", None),
        ("Upstream location", None),
        ("Original files", None),
    ],
)
def test_a_part_of_a_header_may_name_evidence(header, field):
    assert map_columns(["Feature", "Status", header], "matrix", NONE).fields[2] == field


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            ["Source file", "Area", "Status", "Local file"],
            ("capability", None, "status", "evidence"),
        ),
        (["Feature", "Source files", "Ported file"], ("capability", None, "evidence")),
        (["Feature", "Source files", "Status"], ("capability", "evidence", "status")),
    ],
)
def test_the_source_of_a_port_is_no_evidence(headers, fields):
    assert map_columns(headers, "matrix", NONE).fields == fields
