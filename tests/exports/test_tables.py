"""The CSV files."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.exports.tables import (
    exceptions_csv,
    matrix_csv,
    traceability_csv,
)


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_exceptions(sample):
    first, second = read(exceptions_csv(sample))
    assert first == {
        "id": "EX-03", "capability": "Web UI", "decision": "Deferred | later",
        "type": "Deferral", "revisit": "Revisit at M2", "rationale": "", "owner": "",
        "adrs": "024; 99", "evidence": "", "verdicts": "", "cited_by_rows": "schedule-tick",
        "cited_by_claims": sample.register.claims[0].id, "path": "docs/parity.md",
        "line": "12", "Risk": "'=1+1",
    }  # fmt: skip
    assert (second["cited_by_rows"], second["Risk"]) == ("sensor", "")


def test_matrix(sample):
    first, second = read(matrix_csv(sample))
    assert (first["status"], first["status_label"]) == ("Implemented", "🟢 green")
    assert first["tests"] == "`crates/flow/tests/tick.rs:41` (`test_tick`)"
    assert first["verdicts"] == "verified 1; moved 1; unknown 1"
    assert first["notes"] == "'- first\n- second", "line ends in a cell stay"
    assert (second["status"], second["exceptions"]) == ("", "EX-07; EX-09")


def test_traceability(sample):
    first, second = read(traceability_csv(sample))
    assert (first["exception"], first["cited"], first["findings"]) == (
        "EX-03",
        "yes",
        "",
    )
    assert (second["rows"], second["claims"], second["findings"]) == (
        "sensor",
        "",
        "exception-uncited",
    )


def test_own_header_never_hides_ours(sample):
    from dataclasses import replace

    from sphinx_arco_parity.declarations.register import make_register

    document = sample.register.documents[1]
    one = replace(document.exceptions[0], fields=(("path", "x"),))
    register = make_register([replace(document, exceptions=(one,))], sample.register.settings)
    (line,) = read(exceptions_csv(replace(sample, register=register)))
    assert (line["path"], line["path (field)"]) == ("docs/parity.md", "x")


def test_line_ends_are_line_feeds(sample, empty):
    assert "\r" not in matrix_csv(sample)
    assert exceptions_csv(empty).count("\n") == 1


@pytest.mark.parametrize("export", [exceptions_csv, matrix_csv, traceability_csv])
@given(data=st.data())
def test_no_cell_is_a_formula(assessments, export, data):
    assessment = data.draw(assessments)
    lines = list(csv.reader(io.StringIO(export(assessment), newline="")))
    assert len({len(line) for line in lines}) == 1
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines for cell in line
    )
