"""What each kind of table over a project shows, whole: cells, marks, links and classes."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.table_columns import COLUMNS
from sphinx_arco_parity.views.entries import Entries

SHOWN = {
    "exceptions": [
        "ID | Capability | Decision | Type | Revisit Trigger | Owner | Cited by",
        (
            "EX-2->exception:EX-2 | Web <strong 'UI'> | Deferred | later | <type 'deferral'> | "
            "Revisit at M2 | ui team | <label 'Rows'> tick->row:tick · <label 'Claims'> all->claim:all · <label 'Pages'> guide->page:guide"
        ),
        "EX-10->exception:EX-10 | GraphQL | REST only | <type 'Odd'> |  |  | ",
        "EX-3->exception:EX-3 | Loose | No | <type 'Permanent'> | M1 |  | ",
    ],
    "matrix": [
        "Section | Capability | Feature | Status | Proof Level | Exceptions | Evidence | Owner",
        (
            "Schedules | Schedule tick->row:tick | Timer | <status 'Implemented'>(🟢 green) | E2E | "
            "EX-2->exception:EX-2 | 2 of 3(2 of 3 pieces verified) <verdict 'moved'>(1 of 3) | core"
        ),
        (
            "Sensors | sensor->row:sensor |  | who knows <severity 'disputed'>"
            "(a finding of level error speaks against it) |  |  |  | "
        ),
        "Schedules | Backfill->row:later |  | <status 'Planned'> |  |  |  | ",
    ],
    "claims": [
        "Claim | Exceptions | Rows | Page",
        (
            "All match but EX-2.->claim:all | EX-2->exception:EX-2 | "
            "tick->row:tick, sensor->row:sensor | index->page:index"
        ),
    ],
    "adrs": [
        "ADR | Title | Status | Superseded by | Cited by",
        (
            "024->adr:docs/adr/024-s.md | On S | Accepted |  | "
            "<label 'Exceptions'> EX-2->exception:EX-2 · <label 'Rows'> tick->row:tick · <label 'Claims'> all->claim:all"
        ),
        "003->adr:docs/adr/003-o.md | Old | Superseded by 024 | 024->adr:024 | ",
    ],
    "evidence": [
        "Declared by | Kind | Evidence | Verdict | Why",
        (
            "EX-2->exception:EX-2 | adr | <code 'docs/adr/024-s.md'>->file:docs/adr/024-s.md | "
            "<verdict 'not-found'>(no such file) | no such file"
        ),
        (
            "tick->row:tick | code | <code 'src/tick.rs:12'>->file:src/tick.rs:12 <code 'tick'> | "
            "<verdict 'moved'>(`tick` is at line 41) | <code 'tick'> is at line 41"
        ),
        (
            "tick->row:tick | test | <code 'tests/tick.rs'>->file:tests/tick.rs | "
            "<verdict 'verified'> | "
        ),
        (
            "tick->row:tick | ci | <code '.github/workflows/ci.yml'>->file:.github/workflows/ci.yml "
            "<code 'job test'> <code 'cargo test'> | <verdict 'verified'> | "
        ),
    ],
    "traceability": [
        "ID | Capability | Rows | Claims | ADRs | Evidence | Review",
        (
            "EX-2->exception:EX-2 | Web <strong 'UI'> | tick->row:tick | all->claim:all | "
            "ADR-024->adr:docs/adr/024-s.md, 99->adr:99 | "
            "0 of 1(0 of 1 pieces verified) <verdict 'not-found'>(1 of 1) | "
            "<review 'reviewed'>(2026-01-02 at M1, ann)"
        ),
        "EX-10->exception:EX-10 | GraphQL |  |  |  |  | <review 'review due'>(2025-01-02, bob)",
        "EX-3->exception:EX-3 | Loose |  |  |  |  | <review 'revisit due'>",
    ],
    "review": [
        (
            "ID | Capability | Revisit Trigger | State | Reviewed at | Reviewed on | Reviewed by | "
            "Changed since | Due next"
        ),
        (
            "EX-2->exception:EX-2 | Web <strong 'UI'> | Revisit at M2 | <review 'reviewed'> | M1 | "
            "2026-01-02 | ann |  | M2"
        ),
        (
            "EX-10->exception:EX-10 | GraphQL |  | <review 'review due'> |  | 2025-01-02 | bob | "
            "exception EX-10 has changed since it was last reviewed on 2025-01-02 by bob | "
        ),
        "EX-3->exception:EX-3 | Loose | M1 | <review 'revisit due'> |  |  |  |  | M1",
    ],
    "findings": [
        "Severity | Rule | Item | Message | Place",
        (
            "<severity 'warning'> | <code 'evidence-moved'>->rule:evidence-moved | tick | "
            "row tick: <code 'tick'> is at line 41 | <code 'docs/parity.md:9'>->file:docs/parity.md:9"
        ),
        (
            "<severity 'error'> | <code 'row-status'>->rule:row-status | sensor | no status | "
            "<code 'docs/parity.md:10'>->file:docs/parity.md:10"
        ),
    ],
}

CLASSES = {
    "exceptions": [("parity-type-deferral",), (), ("parity-type-permanent",)],
    "traceability": [("parity-type-deferral",), (), ("parity-type-permanent",)],
    "matrix": [
        ("parity-status-implemented",),
        ("parity-severity-disputed",),
        ("parity-status-planned",),
    ],
    "history": [("parity-status-implemented",), (), ("parity-status-planned",)],
    "claims": [()],
    "adrs": [(), ()],
    "evidence": [
        ("parity-verdict-not-found",),
        ("parity-verdict-moved",),
        ("parity-verdict-verified",),
        ("parity-verdict-verified",),
    ],
    "review": [
        ("parity-review-reviewed",),
        ("parity-review-review-due",),
        ("parity-review-revisit-due",),
    ],
    "findings": [("parity-severity-warning",), ("parity-severity-error",)],
}

#: Columns that are shown when they are asked for.
SELDOM = [
    ("exceptions", "rationale", ["", "", ""]),
    ("exceptions", "adrs", ["ADR-024->adr:docs/adr/024-s.md, 99->adr:99", "", ""]),
    (
        "exceptions",
        "evidence",
        [
            (
                "<code 'docs/adr/024-s.md'>->file:docs/adr/024-s.md "
                "<verdict 'not-found'>(no such file)"
            ),
            "",
            "",
        ],
    ),
    ("exceptions", "risk-level", ["<code 'high'>", "low", ""]),
    ("matrix", "id", ["tick->row:tick", "sensor->row:sensor", "later->row:later"]),
    (
        "matrix",
        "code",
        [
            (
                "<code 'src/tick.rs:12'>->file:src/tick.rs:12 <code 'tick'> "
                "<verdict 'moved'>(`tick` is at line 41)"
            ),
            "",
            "",
        ],
    ),
    (
        "matrix",
        "tests",
        ["<code 'tests/tick.rs'>->file:tests/tick.rs <verdict 'verified'>", "", ""],
    ),
    ("matrix", "notes", ["- first", "", ""]),
    ("matrix", "adrs", ["ADR-024->adr:docs/adr/024-s.md", "", ""]),
    ("claims", "id", ["all->claim:all"]),
    (
        "adrs",
        "path",
        [
            "<code 'docs/adr/024-s.md'>->file:docs/adr/024-s.md",
            "<code 'docs/adr/003-o.md'>->file:docs/adr/003-o.md",
        ],
    ),
    ("traceability", "type", ["<type 'deferral'>", "<type 'Odd'>", "<type 'Permanent'>"]),
    ("traceability", "revisit", ["Revisit at M2", "", "M1"]),
    ("traceability", "owner", ["ui team", "", ""]),
    ("review", "note", ["fine", "", ""]),
    ("history", "id", ["tick->row:tick", "sensor->row:sensor", "later->row:later"]),
    ("history", "section", ["Schedules", "Sensors", "Schedules"]),
    ("history", "status", ["<status 'Implemented'>(🟢 green)", "who knows", "<status 'Planned'>"]),
    ("history", "since", ["2025-03-01", "", ""]),
    ("history", "commit", ["<code '0123456789'>", "", ""]),
    ("history", "before", ["Planned 2025-01-01, removed 2025-02-01", "", ""]),
    ("findings", "help", ["cite <code 'src/tick.rs:41'>", ""]),
]

#: What each filter leaves, by the first column that names it.
FILTERED = [
    ("exceptions", {"type": "deferral"}, ["EX-2"]),
    ("exceptions", {"type": "Deferral, odd"}, ["EX-2", "EX-10"]),
    ("exceptions", {"milestone": "m2"}, ["EX-2"]),
    ("exceptions", {"documents": "more/*"}, ["EX-3"]),
    ("exceptions", {"documents": "register, matrix"}, ["EX-2", "EX-10"]),
    ("exceptions", {"type": "Permanent", "milestone": "M2"}, []),
    ("traceability", {"milestone": "M1"}, ["EX-3"]),
    ("review", {"status": "Review due"}, ["EX-10"]),
    ("review", {"milestone": "M2"}, ["EX-2"]),
    ("matrix", {"status": "implemented"}, ["tick"]),
    ("matrix", {"status": "Who knows"}, ["sensor"]),
    ("matrix", {"section": "schedules"}, ["tick", "later"]),
    ("matrix", {"owner": "core"}, ["tick"]),
    ("matrix", {"documents": "other"}, []),
    ("history", {"status": "implemented"}, ["tick"]),
    ("history", {"status": "who knows"}, ["sensor"]),
    ("history", {"section": "Sensors"}, ["sensor"]),
    ("history", {"owner": "core"}, ["tick"]),
    ("history", {"documents": "matrix"}, ["tick", "sensor", "later"]),
    ("claims", {"documents": "index"}, ["all"]),
    ("claims", {"documents": "guide"}, []),
    ("adrs", {"status": "accepted"}, ["024"]),
    ("adrs", {"documents": "docs/adr/003*"}, ["003"]),
    ("evidence", {"status": "Implemented"}, ["tick", "tick", "tick"]),
    ("evidence", {"section": "Schedules"}, ["tick", "tick", "tick"]),
    ("evidence", {"owner": "core", "type": "ci"}, ["tick"]),
    ("evidence", {"type": "adr"}, ["EX-2"]),
    ("evidence", {"documents": "register"}, ["EX-2"]),
    ("findings", {"type": "row-status"}, ["sensor"]),
    ("findings", {"status": "warning"}, ["tick"]),
    ("findings", {"documents": "matrix"}, ["tick", "sensor"]),
]
NAMING = {"adrs": "number", "evidence": "item", "findings": "item"}


@pytest.mark.parametrize("kind", SHOWN)
def test_a_table_shows_all_of_its_kind(kind, table, text_of):
    assert text_of(table(kind)) == SHOWN[kind]


@pytest.mark.parametrize("kind", CLASSES)
def test_a_line_is_styled_by_its_type_status_verdict_or_severity(kind, table):
    assert [line.classes for line in table(kind).lines] == CLASSES[kind]


@pytest.mark.parametrize(("kind", "column", "cells"), SELDOM)
def test_a_column_that_is_asked_for_is_shown(kind, column, cells, table, text_of):
    label = COLUMNS[kind].get(column, "Risk Level")
    assert text_of(table(kind, columns=column)) == [label, *cells]


@pytest.mark.parametrize(("kind", "options", "left"), FILTERED)
def test_a_filter_leaves_what_matches_it(kind, options, left, table, text_of):
    found = table(kind, columns=NAMING.get(kind, "id"), **options)
    assert [line.partition("->")[0] for line in text_of(found)[1:]] == left


@pytest.mark.parametrize("kind", CLASSES)
def test_an_entry_names_the_page_and_anchor_of_its_declaration(kind, entries):
    first = next(iter(getattr(entries, kind)()))
    expected = {
        "claims": ("index", "claim-all"),
        "adrs": ("", ""),
        "matrix": ("matrix", "row-tick"),
        "history": ("matrix", "row-tick"),
        "findings": ("matrix", "row-tick"),
    }
    assert first.declared == expected.get(kind, ("register", "ex-2"))


def test_the_entry_of_a_declaration_bears_its_anchor(entries):
    assert [entry.anchor for entry in entries.exceptions()] == ["ex-2", "ex-10", "ex-3"]
    assert [entry.anchor for entry in entries.matrix()] == ["row-tick", "row-sensor", "row-later"]
    assert [entry.anchor for entry in entries.claims()] == ["claim-all"]


def test_the_entries_of_a_page_are_those_of_its_anchors_in_that_order(entries):
    found = entries.at("register", ["ex-10", "nowhere", "ex-3", "ex-2"])
    assert [entry.anchor for entry in found] == ["ex-10", "ex-2"]
    assert [entry.anchor for entry in entries.at("matrix", ["row-later"])] == ["row-later"]


def test_the_cells_of_a_declaration_are_counted_with_the_project_s_own(entries):
    first, second = list(entries.exceptions())[:2]
    assert list(first.cells)[-1] == "risk-level"
    assert len(first.cells) == len(list(first.cells)) == len(second.cells)
    with pytest.raises(KeyError):
        first.cells["risk"]


def test_an_own_column_without_a_header_is_no_cell_and_one_named_as_ours_wins(entries, make_row):
    row = make_row(fields=(("", "x"), ("Notes", "own")), notes="ours")
    cells = entries.of_row(row).cells
    assert "" not in cells
    assert [part.text for part in cells["notes"]] == ["own"]
    assert list(cells).count("notes") == 1


def test_without_a_history_no_row_has_a_since(entries, table, text_of):
    entries.history_file = None
    columns = "id, since, commit, before"
    assert text_of(table("history", columns=columns))[1:] == [
        "tick->row:tick |  |  | ",
        "sensor->row:sensor |  |  | ",
        "later->row:later |  |  | ",
    ]


def test_entries_are_made_with_no_history_unless_one_is_given(entries):
    assert Entries(entries.assessment).history_file is None


def test_without_a_lock_only_what_is_due_has_a_review(entries, unreviewed, cell_text):
    found = [cell_text(entry.cells["review"]) for entry in unreviewed.exceptions()]
    assert found == ["", "", "<review 'revisit due'>"]
    assert [cell_text(e.cells["review"]) for e in entries.exceptions()][1] != ""


def test_the_declared_ids_of_other_kinds_count_as_citing(entries, cell_text):
    assert cell_text(entries.cited_cell("EX-2")) == (
        "<label 'Rows'> tick->row:tick · <label 'Claims'> all->claim:all · <label 'Pages'> guide->page:guide"
    )
    assert entries.cited_cell("EX-99") == ()
