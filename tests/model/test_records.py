"""What records, findings and fields say of themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME
from sphinx_arco_parity.model.fields import (
    EXCEPTIONS,
    FIELDS,
    KINDS,
    MATRIX,
    Field,
    cell_of,
    evidence_fields,
    fields_of,
    kind_of,
    known_headers,
    labels,
    text_of,
)
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import (
    Adr,
    Condition,
    DocumentRecords,
    Evidence,
    Fix,
    Mention,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
    Problem,
    ProseClaim,
    View,
)
from sphinx_arco_parity.model.results import LISTED, outcome_of
from sphinx_arco_parity.model.table_columns import own_key


def at(line, path="p.md"):
    return Place(path=path, line=line)


DECLARED = {"id": "x", "docname": "p", "anchor": "x"}
ROW = ParityRow(**DECLARED, place=at(5), cells=(("blast", "all **pilots**"),))
EXCEPTION = ParityException(**DECLARED, place=at(5))
OWN = Field(name="blast", kinds=KINDS)


def page_of(line, path="p.md"):
    """Return a page with one record of each kind on *line*."""
    place = at(line, path)
    shown = {"docname": "p", "anchor": "", "place": place}
    return DocumentRecords(
        docname="p",
        path="p.md",
        exceptions=(replace(EXCEPTION, place=place),),
        rows=(replace(ROW, place=place),),
        claims=(ParityClaim(**DECLARED, place=place),),
        mentions=(Mention(role="row", target="x", **shown),),
        prose=(ProseClaim(text="x", reason="y", **shown),),
        problems=(Problem(rule="r", message="", help="", item="", **shown),),
        views=(View(kind="graph", options=(), **shown),),
        conditions=(Condition(kind="only", expression="html", first=3, last=5),),
    )


RECORDS = ("exceptions", "rows", "claims", "mentions", "prose", "problems", "views")


@pytest.mark.parametrize(("line", "left"), [(2, 1), (3, 0), (4, 0), (5, 0), (6, 1)])
def test_a_part_that_is_left_out_takes_its_records_of_every_kind_along(line, left):
    found = page_of(line).where(lambda part: part.expression != "html")
    assert {name: len(getattr(found, name)) for name in RECORDS} == dict.fromkeys(RECORDS, left)
    assert found.conditions == page_of(line).conditions


def test_a_part_that_is_there_leaves_the_page_as_it_is():
    page = page_of(4)
    assert page.where(lambda _part: True) is page


def test_what_a_page_takes_from_another_file_does_not_stand_in_its_lines():
    found = page_of(4, "rows.csv").where(lambda _part: False)
    assert len(found.rows) == 1


@pytest.mark.parametrize(("expression", "left"), [("html", 0), ("latex", 1)])
def test_what_stands_in_a_part_is_known_by_its_anchor_wherever_it_is_written(expression, left):
    part = Condition(kind="only", expression="html", first=3, last=5, anchors=frozenset({"x"}))
    page = replace(page_of(4, "rows.csv"), conditions=(part,))
    found = page.where(lambda part: part.expression != expression)
    assert len(found.rows) == left


@pytest.mark.parametrize(
    ("name", "number", "column"),
    [("id", 0, 0), ("code", 0, 1), ("code", 1, 3), ("code", 2, None), ("notes", 0, None)],
)
def test_a_field_that_several_columns_hold_stands_in_that_of_its_number(name, number, column):
    row = replace(ROW, columns=("id", "code", "", "code"))
    assert row.column_of(name, number) == column
    assert row.column_of("", number) is None, "a column that is of no field"
    assert row.column_of("code") == 1


def test_a_field_stands_on_its_line_where_that_is_not_the_declaration_s():
    row = replace(ROW, lines=(("status", 9),))
    assert row.place_of("status") == at(9)
    assert row.place_of("notes") == at(5)


def test_an_adr_that_is_an_entry_of_a_file_has_its_number_for_a_key():
    adr = Adr(number="7", title="", status="", path="adrs.md", line=1)
    assert (adr.key, replace(adr, is_entry=True).key) == ("adrs.md", "adrs.md#7")


def test_a_record_is_of_the_kind_of_table_that_declares_it():
    assert (kind_of(ROW), kind_of(EXCEPTION)) == (MATRIX, EXCEPTIONS)


def test_the_text_of_a_field_without_an_attribute_is_its_cell_without_markup():
    assert text_of(ROW, OWN) == "all pilots"
    assert text_of(EXCEPTION, OWN) == ""
    assert text_of(replace(ROW, notes="*n*"), Field(name="notes", kinds=KINDS)) == "*n*"


@pytest.mark.parametrize(
    ("kind", "written_in", "field"),
    [
        ("code", "", "code"),
        ("test", "", "tests"),
        ("ci", "", "ci"),
        ("adr", "", "evidence"),
        ("code", "tests", "tests"),
    ],
)
def test_evidence_is_written_in_the_field_of_its_kind_unless_it_says_another(
    kind, written_in, field
):
    assert cell_of(Evidence(kind=kind, text="", path="a", written_in=written_in)) == field


def test_the_fields_of_each_kind_are_found_by_header_and_label():
    assert dict(evidence_fields(MATRIX)) == {
        "code": "code",
        "tests": "test",
        "ci": "ci",
        "evidence": "any",
    }
    assert dict(evidence_fields(EXCEPTIONS)) == {"evidence": "any"}
    assert known_headers(EXCEPTIONS)["Sunset"] == "revisit"
    assert "Sunset" not in known_headers(MATRIX)
    assert labels(MATRIX)["tests"] == "Evidence (Tests)"
    assert "notes" not in labels(EXCEPTIONS), "a field without a label has no column"
    assert {field.name for kind in KINDS for field in fields_of(kind)} == {f.name for f in FIELDS}


def test_a_directive_takes_the_fields_with_an_option_those_first_that_it_needs():
    shape = SHAPES_BY_NAME["parity-exception"]
    assert shape.option_names == (
        "capability", "decision", "type", "revisit", "adrs", "evidence", "owner",
    )  # fmt: skip
    first, *_, last = shape.options
    assert (first.name, first.help, first.required) == ("capability", "What differs.", True)
    assert (last.help, last.required) == ("Who answers for it.", False)
    assert SHAPES_BY_NAME["parity-row"].option_names[:2] == ("capability", "status")


def test_a_column_of_the_project_s_own_is_asked_for_by_its_header():
    assert own_key("  Blast   Radius ") == own_key("blast-radius") == "blast-radius"


def finding(**values):
    made = {"rule": "row-status", "severity": Severity.ERROR, "message": "line 4: no", "help": ""}
    return Finding(**{**made, "place": at(1), "item": "tick", **values})


def test_the_id_of_a_finding_stays_while_lines_and_counts_change():
    assert finding().id == finding(message="line 41: no", place=at(9)).id == "c28bc7728317"


@pytest.mark.parametrize("other", [{"rule": "x"}, {"item": "tock"}, {"message": "line 4: yes"}])
def test_the_id_of_a_finding_tells_it_from_others(other):
    assert finding(**other).id != finding().id


def test_a_message_with_half_a_character_has_an_id():
    assert finding(message="\ud800").id == finding(message="?").id


def test_a_finding_is_at_an_anchor_or_at_a_role():
    assert finding(anchor="parity-row-x").home == "parity-row-x"
    assert finding(anchor="parity-row-x", role=("row", "x")).home == "row x"


def fix(**values):
    return Fix(**{"path": "src/a.py", "new_path": "src/a.py", "file": "src/a.py", **values})


def test_a_finding_is_fixable_if_that_needs_no_option():
    found = [finding(fix=made) for made in (None, fix(), fix(option="--paths"))]
    assert [each.is_fixable for each in found] == [False, True, False]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, "src/a.py"),
        ({"line": 4, "new_line": 4}, "src/a.py"),
        ({"line": 4, "new_line": 9}, "src/a.py:4 → 9"),
        ({"new_path": "lib/a.py"}, "src/a.py → lib/a.py"),
        ({"new_path": "lib/a.py", "line": 4, "new_line": 4}, "src/a.py:4 → lib/a.py:4"),
        ({"new_path": "lib/a.py", "line": 4, "new_line": 9}, "src/a.py:4 → lib/a.py:9"),
    ],
)
def test_a_fix_says_what_differs(values, shown):
    assert str(fix(**values)) == shown


@pytest.mark.parametrize(
    ("mark", "passed", "failed"),
    [
        ("", "passed", "failed"),
        ("#[ignore]", "unexpected-pass", "failed"),
        (LISTED, "unexpected-pass", "expected-failure"),
        ("test.fails(", "expected-failure", "unexpected-pass"),
        ("it.failing", "expected-failure", "unexpected-pass"),
        ("it.failure", "unexpected-pass", "failed"),
    ],
)
def test_what_a_runner_reports_is_read_by_the_mark_of_the_test(mark, passed, failed):
    assert outcome_of("passed", mark) == passed
    assert outcome_of("failed", mark) == failed
    assert outcome_of("skipped", mark) == "skipped"


@pytest.mark.parametrize(
    ("path", "marked", "name", "covered"),
    [
        ("t.py", "", "any", True),
        ("t.py", "test_a", "test_a", True),
        ("t.py", "test_a", "test_a[1]", True),
        ("t.py", "test_a[1]", "test_a[1]", True),
        ("t.py", "test_a[1]", "test_a[2]", False),
        ("t.py", "TestA", "TestA::test_b[1]", True),
        ("t.py", "TestA", "TestAll::test_b", False),
        ("u.py", "", "any", False),
        ("", "", "any", False),
    ],
)
def test_a_mark_covers_a_test_of_its_file_with_all_its_parameters(path, marked, name, covered):
    mark = Mark(place=at(1), path=path, name=marked, test="", reason="")
    assert mark.covers("t.py" if path else "", name) is covered


def test_a_place_is_shown_with_its_line_if_it_has_one():
    assert at(3).shown() == "p.md:3"
    assert at(0).shown() == "p.md"
    assert at(3).shown(lambda path: f"docs/{path}") == "docs/p.md:3"
