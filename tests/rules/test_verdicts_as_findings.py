"""What the verdicts on evidence become: findings, at the right line, said once."""

from __future__ import annotations

from sphinx_arco_parity.model.records import Verdict
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.rules.evidence import evidence_that_fails
from sphinx_arco_parity.rules.fields import duplicate_id
from sphinx_arco_parity.rules.rows import row_proof_too_low

GONE = Verdict(name="not-found", rule="test-not-found", detail="it is not there", help="cite one")
FINE = Verdict(name="verified")


def proven(declared, *pairs, unit_tests=()):
    return Proven(
        declaration=declared,
        evidence=[piece for piece, _ in pairs],
        verdicts=[verdict for _, verdict in pairs],
        unit_tests=frozenset(unit_tests),
    )


def test_a_finding_stands_at_the_line_of_its_entry(make):
    row = make.row("tick", line=4, status="Implemented")
    pieces = [
        (make.evidence("a.py", at=8), GONE),
        (make.evidence("b.py"), Verdict(name="gone", rule="evidence-gone", detail="b")),
        (make.evidence("c.py"), FINE),
    ]
    found = list(evidence_that_fails(make.context(row, proofs=[proven(row, *pieces)])))
    assert [(item.rule, item.place.line, item.help) for item in found] == [
        ("test-not-found", 8, "cite one"),
        ("evidence-gone", 4, ""),
    ]
    assert {item.place.path for item in found} == {row.place.path}


def test_several_symbols_of_one_file_are_said_once_for_each_declaration(make):
    rows = [make.row("q", line=4), make.row("r", line=5)]
    pair = (make.evidence("a.py"), GONE)
    proofs = [proven(row, pair, pair) for row in rows]
    found = list(evidence_that_fails(make.context(*rows, proofs=proofs)))
    assert [(item.item, item.rule) for item in found] == [
        ("q", "test-not-found"),
        ("r", "test-not-found"),
    ]


def test_a_workflow_that_cannot_be_read_is_one_finding_in_that_file(make):
    rows = [make.row("q", line=4), make.row("r", line=5)]
    broken = Verdict(name="unknown", rule="unreadable-file", detail="no YAML", found_line=7)
    proofs = [proven(row, (make.evidence("./ci.yml", "ci"), broken)) for row in rows]
    (found,) = evidence_that_fails(make.context(*rows, proofs=proofs))
    assert (found.place, found.item) == (make.place("ci.yml", 7), "ci.yml")


def demanding(make, *pairs, unit_tests=("unit.py",)):
    row = make.row("tick", status="Implemented", proof_level="E2E")
    proof = proven(row, *pairs, unit_tests=unit_tests)
    return list(row_proof_too_low(make.context(row, proofs=[proof])))


def test_a_test_that_is_not_there_is_not_said_to_be_a_unit_test_as_well(make):
    missing = (make.evidence("gone.py", "test"), GONE)
    unit = (make.evidence("unit.py", "test"), FINE)
    assert demanding(make, missing, unit_tests=("gone.py",)) == []
    (found,) = demanding(make, missing, unit)
    assert "cites only unit tests, in unit.py" in found.message
    assert "gone.py" not in found.message


def test_one_test_of_another_level_is_enough(make):
    unit = (make.evidence("unit.py", "test"), FINE)
    other = (make.evidence("e2e.py", "test"), FINE)
    code = (make.evidence("a.py", "code"), FINE)
    assert demanding(make, unit, other) == []
    assert len(demanding(make, unit, code)) == 1
    assert demanding(make) == []


def test_ids_that_were_derived_are_no_duplicates_of_each_other(make):
    derived = [
        make.exception("Web UI", line=5, derived_id=True),
        make.exception("Web UI", line=6, derived_id=True),
    ]
    assert list(duplicate_id(make.context(*derived))) == []
    written = [make.exception("EX-01", line=5), make.exception("EX-01", line=6)]
    (found,) = duplicate_id(make.context(*written))
    assert found.place.line == 6
