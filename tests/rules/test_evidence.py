from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.model.records import Fix, Verdict
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.settings.options import Settings

FINE = Verdict(name="verified")
MISSING = Verdict(
    name="not-found",
    detail="no tracked file has the path src/a.rs",
    rule="evidence-not-found",
    help="correct the path",
)
FIX = Fix(path="./src/a.rs", new_path="./src/a.rs", file="./src/a.rs", line=12, new_line=41)
MOVED = Verdict(
    name="moved",
    found_line=41,
    detail="`tick` is not at src/a.rs:12",
    rule="evidence-moved",
    help="it is at line 41",
    fix=FIX,
)


def proven(declared, *pairs):
    return Proven(
        declaration=declared,
        evidence=[piece for piece, _ in pairs],
        verdicts=[verdict for _, verdict in pairs],
    )


def test_what_fails_is_said_in_the_words_of_the_verdict(make):
    row = make.row()
    pairs = [
        (make.evidence("src/b.rs"), FINE),
        (make.evidence("./src/a.rs", line=12, symbol="tick"), MOVED),
    ]
    (found,) = make.findings(row, proofs=[proven(row, *pairs)])
    assert make.line(found) == (
        "docs/matrix.md:9: WARNING: row tick: `tick` is not at src/a.rs:12 [parity.evidence-moved]"
    )
    assert (found.help, found.fix) == ("it is at line 41", FIX)
    assert (found.item, found.docname, found.anchor) == ("tick", "matrix", "row-tick")


def test_evidence_that_holds(make):
    row = make.row()
    given = [proven(row, (make.evidence("src/b.rs"), FINE))]
    assert make.findings(row, proofs=given) == []


def test_an_exceptions_evidence(make):
    exception = make.exception()
    given = [proven(exception, (make.evidence("src/a.rs"), MISSING))]
    (found,) = make.findings(exception, proofs=given)
    assert make.line(found) == (
        "docs/register.md:5: ERROR: exception EX-01: no tracked file has the path "
        "src/a.rs [parity.evidence-not-found]"
    )


def test_symbols_of_one_missing_file_are_one_finding(make):
    row = make.row()
    pieces = [make.evidence("src/a.rs", symbol=symbol) for symbol in ("tick", "tock")]
    given = [proven(row, *((piece, MISSING) for piece in pieces))]
    assert len(make.findings(row, proofs=given)) == 1


def test_a_workflow_that_cannot_be_read_is_one_finding_at_its_own_line(make):
    broken = Verdict(
        name="unknown",
        found_line=20,
        detail="workflow ci.yml:20 cannot be read: it is not valid YAML",
        rule="unreadable-file",
        help="mend ci.yml:20",
    )
    rows = [make.row(status="Planned"), make.row("tock", line=10)]
    given = [proven(row, (make.evidence("./ci.yml", "ci"), broken)) for row in rows]
    (found,) = make.findings(*rows, proofs=given)
    assert make.line(found) == (
        "ci.yml:20: ERROR: workflow ci.yml:20 cannot be read: it is not valid YAML "
        "[parity.unreadable-file]"
    )
    assert found.item == "ci.yml"


@pytest.mark.parametrize(
    ("status", "severity"),
    [
        ("Partial", "warning"),
        ("Designed", "info"),
        ("Planned", "info"),
        ("Exception", "info"),
        ("Whatever", "error"),
    ],
)
def test_the_status_of_the_row_softens(make, status, severity):
    row = make.row(status=status)
    given = [proven(row, (make.evidence("src/a.rs"), MISSING))]
    found = make.findings(row, proofs=given)
    grades = {one.rule: one.severity for one in found}
    assert grades["evidence-not-found"] == severity


def test_an_explicit_severity_wins_over_the_status(make):
    row = make.row(status="Planned")
    given = [proven(row, (make.evidence("src/a.rs"), MISSING))]
    settings = Settings(rules={"evidence-not-found": "error"})
    (found,) = make.findings(row, proofs=given, settings=settings)
    assert found.severity == "error"


UNIT = "crates/flow/src/lib.rs"


def too_low(make, *paths, level="e2e"):
    row = make.row(proof_level=level)
    pieces = [(make.evidence(path, "test"), FINE) for path in paths]
    given = replace(proven(row, *pieces), unit_tests=frozenset({UNIT, "py/test_x.py"}))
    return [make.line(one) for one in make.findings(row, proofs=[given])]


def test_unit_tests_where_the_row_demands_more(make):
    assert too_low(make, UNIT, "py/test_x.py", UNIT) == [
        (
            "docs/matrix.md:9: INFO: row tick: requires proof of level e2e, but cites "
            "only unit tests, in crates/flow/src/lib.rs and py/test_x.py "
            "[parity.row-proof-too-low]"
        )
    ]


def test_one_larger_test_is_enough(make):
    assert too_low(make, UNIT, "crates/flow/tests/it.rs") == []
    assert too_low(make) == []


@pytest.mark.parametrize("level", ["", "unit", "Unit", "odd"])
def test_rows_that_demand_no_more(make, level):
    found = too_low(make, UNIT, level=level)
    assert not any("too-low" in one for one in found)


def test_a_test_that_is_not_there_has_no_level(make):
    row = make.row(proof_level="e2e")
    missing = proven(row, (make.evidence("src/a.rs", "test"), MISSING))
    assert [one.rule for one in make.findings(row, proofs=[missing])] == ["evidence-not-found"]
