from __future__ import annotations

import pytest

from sphinx_arco_parity.settings.options import Settings

CODE = "src/flow.py"


def implemented(make, **more):
    pieces = (
        make.evidence(CODE),
        make.evidence("tests/test_flow.py", "test"),
        make.evidence(".github/workflows/ci.yml", "ci"),
    )
    return make.row(**{"status": "Implemented", "evidence": pieces, **more})


def test_a_row_without_its_required_fields(make):
    (found,) = make.findings(make.row(status="-", capability=""))
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: the required fields `capability` and "
        "`status` are missing [parity.row-incomplete]"
    )


def test_evidence_may_be_required(make):
    settings = Settings(required_fields={"matrix": ["code", "tests", "Proof Level"]})
    row = make.row(evidence=(make.evidence(CODE),))
    (found,) = make.findings(row, settings=settings)
    assert found.message == ("row tick: the required fields `tests` and `Proof Level` are missing")
    assert make.findings(implemented(make, proof_level="unit"), settings=settings) == []


def test_a_status_that_is_not_configured(make):
    (found,) = make.findings(make.row(status="✅ **Implementd**"))
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: the status `✅ Implementd` is not a "
        "configured one [parity.row-status]"
    )
    assert found.help == (
        "did you mean `Implemented`? Otherwise map it to Implemented, "
        'Partial, Designed, Planned or Exception: `parity_statuses = {"✅ Implementd": "…"}`'
    )


def test_all_unknown_labels_of_a_page_are_one_line_of_configuration(make):
    rows = [make.row(str(n), status=label) for n, label in enumerate(["A+", "A+", "B-"])]
    found = make.findings(*rows)
    assert len(found) == 3
    assert {(finding.cause, finding.help) for finding in found} == {
        (
            "docs/matrix.md",
            (
                "map each label of this page to Implemented, Partial, Designed, Planned or "
                'Exception: `parity_statuses = {"A+": "…", "B-": "…"}`'
            ),
        )
    }


@pytest.mark.parametrize("label", ["partial", "**Partial**", "🟡 Partial", "in_progress"])
def test_statuses_that_are_known(make, label):
    settings = Settings(statuses={"in_progress": "Partial"})
    assert make.findings(make.row(status=label), settings=settings) == []


def test_the_nearest_of_the_projects_own_labels_is_offered(make):
    settings = Settings(statuses={"parity_green": "Implemented"})
    (found,) = make.findings(make.row(status="party_green"), settings=settings)
    assert found.help.startswith("did you mean `parity_green`? ")


def test_a_proof_level_that_is_not_configured(make):
    (found,) = make.findings(make.row(proof_level="`integr.`"))
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: the proof level `integr.` is not a "
        "configured one [parity.row-proof-level]"
    )
    assert found.help == (
        "did you mean `integration`? Otherwise use unit, integration, e2e or prod, or add the "
        "level to `parity_proof_levels`"
    )


@pytest.mark.parametrize("label", ["", "—", "E2E", "**unit**"])
def test_proof_levels_that_are_fine(make, label):
    assert make.findings(make.row(proof_level=label)) == []


def test_an_implemented_row_without_evidence(make):
    row = implemented(make, evidence=(make.evidence(CODE),))
    (found,) = make.findings(row)
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: its status is Implemented, but it cites no tests and no CI "
        "[parity.row-without-evidence]"
    )
    assert found.help == (
        "cite a test (`tests/test_module.py::test_name`) and a CI command "
        "(`.github/workflows/ci.yml` (job `test`: `command`)), or give the row a status "
        "that does not require it"
    )


def test_the_projects_own_label_is_named(make):
    settings = Settings(statuses={"green": "Implemented"})
    (found,) = make.findings(make.row(status="**Green**"), settings=settings)
    assert found.message == (
        "row tick: its status is Implemented (`Green`), but it cites no code, no tests and no CI"
    )


def test_an_implemented_row_with_all_its_evidence(make):
    assert make.findings(implemented(make)) == []


def test_other_statuses_demand_nothing(make):
    for status in ("Partial", "Designed", "Planned"):
        assert make.findings(make.row(status=status)) == []


def test_an_adr_in_the_code_column_is_no_code(make):
    pieces = implemented(make).evidence[1:]
    row = implemented(make, evidence=(make.evidence("docs/adr/adr-1.md"), *pieces))
    (found,) = make.findings(row)
    assert found.message == "row tick: its status is Implemented, but it cites no code"
    demanding = Settings(required_evidence={"Implemented": ["adr"]})
    assert make.findings(row, settings=demanding) == []


def test_configured_demands_replace_the_defaults(make):
    settings = Settings(required_evidence={"partial": ["code"]})
    assert make.findings(make.row(status="Implemented"), settings=settings) == []
    (found,) = make.findings(make.row(status="Partial"), settings=settings)
    assert (found.severity, found.message) == (
        "error",
        "row tick: its status is Partial, but it cites no code",
    )


def test_an_implemented_row_that_cites_an_exception(make):
    row = implemented(make, exceptions_text="EX-01; EX-02")
    (found,) = make.findings(make.exception(), make.exception("EX-02", line=6), row)
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: its status is Implemented, but it cites EX-01 and EX-02 "
        "[parity.row-cites-exception]"
    )
    assert found.help == (
        "if the difference holds, the status is Partial or Exception; if it does not, "
        "remove the citation"
    )


def test_an_implemented_row_that_cites_by_role(make):
    row = implemented(make, exceptions=(make.cite("EX-01", "role"),))
    (found,) = make.findings(make.exception(), row)
    assert found.rule == "row-cites-exception"


def test_an_implemented_row_that_names_an_exception_in_its_notes(make):
    row = implemented(make, cells=(("notes", "unlike EX-01"),))
    assert make.findings(make.exception(), row) == []


def test_a_partial_row_may_cite_an_exception(make):
    row = make.row(exceptions_text="EX-01")
    assert make.findings(make.exception(), row) == []


def test_an_exception_row_that_cites_nothing(make):
    (found,) = make.findings(make.exception(), make.row(status="Exception"))
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: its status is Exception, but it cites no declared "
        "exception [parity.row-without-exception]"
    )
    assert found.help == ("put its id, as in `EX-01`, into the column or option `exceptions`")


def test_an_exception_row_that_names_a_declared_one_in_any_cell_cites_it(make):
    row = make.row(status="Exception", cells=(("notes", "see EX-01"),))
    assert make.findings(make.exception(), row) == []
    undeclared = make.row(status="Exception", cells=(("notes", "see EX-09"),))
    (found,) = make.findings(make.exception(), undeclared)
    assert found.rule == "row-without-exception"


def test_an_exception_row_that_cites_one(make):
    row = make.row(status="Exception", exceptions_text="EX-01")
    assert make.findings(make.exception(), row) == []


def test_an_exception_row_with_an_unknown_citation_is_told_that_alone(make):
    row = make.row(status="Exception", exceptions_text="EX-09")
    (found,) = make.findings(make.exception(), row)
    assert found.rule == "unknown-exception"


def test_an_implemented_row_with_an_unknown_citation_is_told_that_alone(make):
    row = implemented(make, exceptions_text="EX-09")
    (found,) = make.findings(make.exception(), row)
    assert found.rule == "unknown-exception"
