"""What is unread is told, and stands in for what the status demands."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sphinx_arco_parity.exports.counts import tables
from sphinx_arco_parity.model.records import DocumentRecords, Evidence, Problem
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.settings.options import Settings

SETTINGS = Settings(required_evidence={"Implemented": ["code"], "Partial": ["code"]})


def told(make, status, *, column="code"):
    piece = Evidence(kind="code", text="Scheduler", path="", written_in=column)
    row = make.row(status=status, unread=(piece,))
    proven = Proven(declaration=row, evidence=(), verdicts=(), unread=(piece,))
    found = make.findings(row, settings=SETTINGS, proofs=[proven])
    return [(finding.rule, finding.severity.value) for finding in found]


@pytest.mark.parametrize("column", ["code", "evidence"])
def test_it_is_a_warning_in_place_of_nothing_cited(make, column):
    assert told(make, "Implemented", column=column) == [("evidence-unread", "warning")]


def test_of_another_kind_it_stands_for_nothing(make):
    piece = Evidence(kind="test", text="test_it", path="", written_in="tests")
    row = make.row(status="Implemented", unread=(piece,))
    proven = Proven(declaration=row, evidence=(), verdicts=(), unread=(piece,))
    found = make.findings(row, settings=SETTINGS, proofs=[proven])
    assert sorted((finding.rule, finding.severity.value) for finding in found) == [
        ("evidence-unread", "info"),
        ("row-without-evidence", "error"),
    ]


def test_where_nothing_is_demanded_it_is_info(make):
    assert told(make, "Planned") == [("evidence-unread", "info")]


def test_several_of_a_cell_are_one_finding(make):
    pieces = tuple(Evidence(kind="code", text=name, path="") for name in ("A", "B"))
    row = make.row(status="Planned", unread=pieces)
    proven = Proven(declaration=row, evidence=(), verdicts=(), unread=pieces)
    (found,) = make.findings(row, proofs=[proven])
    assert "`A` and `B`" in found.message


def test_tables_that_are_not_read_are_counted_as_found(make):
    unread, other = (
        Problem(
            rule=rule,
            message="",
            help="",
            item="",
            docname="m",
            anchor="",
            place=make.place("m.md", 1),
        )
        for rule in ("table-not-read", "malformed-declaration")
    )
    page = DocumentRecords(
        docname="m", path="m.md", tables=("matrix", "matrix"), problems=(unread, other)
    )
    seen = SimpleNamespace(register=SimpleNamespace(documents=[page]))
    assert tables(seen) == {"read": 2, "found": 3}


def test_in_a_mixed_column_it_may_be_of_any_kind(make):
    piece = Evidence(kind="code", text="Scheduler", path="", written_in="evidence")
    row = make.row(status="Implemented", unread=(piece,))
    proven = Proven(declaration=row, evidence=(), verdicts=(), unread=(piece,))
    settings = Settings(required_evidence={"Implemented": ["tests", "ci"]})
    found = make.findings(row, settings=settings, proofs=[proven])
    assert [(f.rule, f.severity.value) for f in found] == [("evidence-unread", "warning")]
