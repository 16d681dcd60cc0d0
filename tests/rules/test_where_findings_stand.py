"""Each finding stands at the field, column, line and role that it is about."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.records import Verdict, View
from sphinx_arco_parity.rules.context import Proven

FIELDS = ("id", "capability", "status", "proof-level", "code", "", "code", "tests", "exceptions")
LINES = {
    "columns": FIELDS,
    "lines": tuple((name, 100 + at) for at, name in enumerate(FIELDS) if name),
}
OF_EXCEPTIONS = ("capability", "decision", "type", "revisit", "evidence")
EXCEPTION = {
    "columns": OF_EXCEPTIONS,
    "lines": tuple((name, 100 + at) for at, name in enumerate(OF_EXCEPTIONS)),
}


def stands(found):
    return (found.rule, found.place.line, found.field, found.column, found.written, found.home)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"status": "-"}, ("row-incomplete", 102, "status", 2, None)),
        ({"status": "x"}, ("row-status", 102, "status", 2, None)),
        ({"proof_level": "x"}, ("row-proof-level", 103, "proof-level", 3, None)),
        ({"status": "Implemented"}, ("row-without-evidence", 106, "code", 4, None)),
        ({"status": "Exception"}, ("row-without-exception", 108, "exceptions", 8, None)),
        (
            {"status": "Exception", "exceptions_text": "EX-09"},
            ("unknown-exception", 9, "exceptions", 8, ("EX-09", 0)),
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row(make, given, expected):
    row = make.row(**LINES, **given)
    (found,) = make.findings(row, make.exception())
    assert stands(found) == (*expected, "row-tick")
    assert (found.item, found.docname, found.place.path) == ("tick", "matrix", "docs/matrix.md")


@pytest.mark.parametrize(
    ("how", "line", "field"), [("option", 7, "exceptions"), ("column", 7, "exceptions"), ("role", 7, "")]
)  # fmt: skip
def test_a_citation_stands_where_it_is_made(make, how, line, field):
    cited = (make.cite("EX-09", how, path="docs/matrix.md"), make.cite("EX-09", line=8))
    column = FIELDS.index(field) if field else None
    (found,) = make.findings(make.row(exceptions=cited, **LINES), make.exception())
    assert stands(found) == ("unknown-exception", line, field, column, ("EX-09", 0), "row-tick")
    claim = make.claim(exceptions=cited, rows=(make.cite("tock", how),))
    found = [stands(found) for found in make.findings(claim, make.exception(), make.row())]
    assert found[0] == ("unknown-exception", line, field, None, ("EX-09", 0), "claim-schedules")
    assert ("unknown-row", line, field and "rows", None, ("tock", 0), "claim-schedules") in found


def test_a_role_in_ordinary_text_is_the_place_of_what_it_names(make):
    mentions = (make.mention("EX-09"), make.mention("tock", "row"), make.mention("77", "adr"))
    found = make.findings(*mentions, make.exception(), make.row())
    assert [(stands(each)[:4], each.role, each.docname, each.anchor) for each in found] == [
        ((rule, 21, "", None), role, "guide", "here")
        for rule, role in (
            ("unknown-exception", ("exception", "EX-09")),
            ("unknown-row", ("row", "tock")),
            ("unknown-adr", ("adr", "77")),
        )
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"decision": ""}, ("exception-incomplete", 101, "decision", 1)),
        ({"type": "x"}, ("exception-type", 102, "type", 2)),
    ],
)
def test_what_is_wrong_with_an_exception(make, given, expected):
    (found,) = make.findings(make.exception(**EXCEPTION, **given))
    assert stands(found) == (*expected, None, "parity-EX-01")


@pytest.mark.parametrize(("column", "number"), [(0, 4), (1, 6), (2, None)])
@pytest.mark.parametrize(("at", "line"), [(None, 9), (12, 12)])
def test_evidence_stands_in_its_column_on_its_line(make, column, number, at, line):
    piece = make.evidence("src/a.rs", column=column, at=at, repeats=1)
    row = make.row(status="Planned", **LINES)
    missing = Verdict(
        name="not-found", detail="is gone", rule="evidence-not-found", help="h", cause="c"
    )
    proven = Proven(declaration=row, evidence=[piece], verdicts=[missing], unread=[piece])
    found = make.findings(row, proofs=[proven])
    assert [(stands(each), each.cause) for each in found] == [
        ((rule, line, "code", number, ("src/a.rs", 1), "row-tick"), cause)
        for rule, cause in (("evidence-not-found", "c"), ("evidence-unread", ""))
    ]


def test_what_is_unread_is_told_for_each_cell(make):
    texts = [("a", 0), ("b", 0), ("c", 1), *((str(n), 2) for n in range(7))]
    unread = [make.evidence(text, column=column) for text, column in texts]
    row = make.row(status="Planned", **LINES)
    found = make.findings(
        row, proofs=[Proven(declaration=row, evidence=(), verdicts=(), unread=unread)]
    )
    assert [(each.column, each.message) for each in found] == [
        (4, "row tick: `a` and `b` look like evidence, but could not be read"),
        (6, "row tick: `c` looks like evidence, but could not be read"),
        (None, "row tick: `0`, `1`, `2`, `3`, `4` and 2 more look like evidence, but could not be read"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "guess"),
    [
        ("ex_1", "EX-01 (Web UI)"),
        ("EX-001", "EX-01 (Web UI)"),
        ("EXX-01", "EX-01 (Web UI)"),
        ("EX-011", ""),
        ("EX-1a", ""),
        ("QQ-01", ""),
    ],
)
def test_an_id_is_a_slip_of_one_with_the_same_digits(make, target, guess):
    (found,) = make.findings(make.mention(target), make.exception(), make.exception("EX-02"))
    offer = f"did you mean {guess}? Otherwise " if guess else ""
    assert found.help == f"{offer}declare it, or remove the citation"


def view(make, kind="exceptions", **options):
    pairs = tuple((name.replace("_", "-"), text) for name, text in options.items())
    return View(
        kind=kind, options=pairs, docname="guide", anchor="v", place=make.place("docs/g.md", 6)
    )


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("exceptions", {"columns": "id, type", "sort": "-type", "group_by": "owner"}),
        ("exceptions", {"columns": "blast-radius", "caption": "nothing"}),
        ("exceptions", {"columns": "product", "from": "other.json"}),
        ("matrix", {"columns": "grade-of-risk, Grade of Risk, status"}),
        ("graph", {"columns": "nothing"}),
    ],
)
def test_columns_that_a_table_has(make, kind, options):
    declared = [
        make.exception(fields=(("Blast Radius", "small"),)),
        make.row(fields=(("Grade of Risk", "1"),)),
    ]
    assert make.findings(view(make, kind, **options), *declared) == []


@pytest.mark.parametrize(
    ("kind", "option", "text", "name", "guess"),
    [
        ("exceptions", "columns", "id, tpye", "tpye", "; did you mean `type`?"),
        ("exceptions", "columns", "grade-of-risk", "grade-of-risk", ""),
        ("matrix", "sort", "-staus", "staus", "; did you mean `status`?"),
        ("matrix", "group-by", "blast-radius", "blast-radius", ""),
        ("exceptions", "columns", "product", "product", ""),
    ],
)
def test_a_column_that_a_table_does_not_have(make, kind, option, text, name, guess):
    declared = [
        make.exception(fields=(("Blast Radius", "small"),)),
        make.row(fields=(("Grade of Risk", "1"),)),
    ]
    (found,) = make.findings(view(make, kind, **{option: text}), *declared)
    assert make.line(found) == (
        f"docs/g.md:6: ERROR: parity-table {kind}: `{option}` names “{name}”, which is no column "
        f"of this table{guess} [parity.malformed-declaration]"
    )
    assert found.help.startswith("known columns: ")
    assert (found.item, found.docname, found.anchor) == (f"parity-table {kind}", "guide", "v")
