"""SARIF, held to the schema of the standard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.sarif import rule_page, sarif
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.model.rule_names import RULE_NAMES

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run_of(assessment, **shown):
    document = json.loads(sarif(assessment, Presentation(**shown)))
    VALIDATOR.validate(document)
    return document["runs"][0]


def test_the_schema_can_refuse(sample):
    document = json.loads(sarif(sample, Presentation()))
    document["runs"][0]["results"][0]["level"] = "grave"
    assert not VALIDATOR.is_valid(document)


def test_results(sample):
    run = run_of(sample, commit="0123456789ab")
    info, warning, error = run["results"]
    assert [one["level"] for one in (info, warning, error)] == [
        "note",
        "warning",
        "error",
    ]
    assert error["ruleId"] == "parity.row-status"
    assert run["tool"]["driver"]["rules"][error["ruleIndex"]]["id"] == error["ruleId"]
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "docs/parity.md",
        "uriBaseId": "SRCROOT",
    }
    assert place["region"] == {"startLine": 31}
    assert error["partialFingerprints"]["parityFinding/v1"] == sample.findings[2].id
    assert run["properties"]["commit"] == "0123456789ab"


def test_every_rule_has_help(sample):
    rules = run_of(sample)["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [f"parity.{name}" for name in RULE_NAMES]
    assert all(one["help"]["markdown"].strip() for one in rules)
    assert all("helpUri" not in one for one in rules)
    assert rules[0]["name"] == "Configuration"


def test_rule_without_a_page_has_its_sentence(monkeypatch):
    def missing(_name):
        raise FileNotFoundError

    assert rule_page("duplicate-id").startswith("# duplicate-id\n")
    monkeypatch.setattr("sphinx_arco_parity.exports.sarif.page", missing)
    assert rule_page.__wrapped__("duplicate-id") == "Two declarations share an id."
    with pytest.raises(KeyError):
        rule_page("no-such-rule")


def test_odd_paths_and_braces(with_findings, finding):
    odd = finding(
        place=Place(path="docs/a b#ü.md", line=0),
        message="row x: `Enum::{A,B}` [a](b) \\",
    )
    (result,) = run_of(with_findings(odd))["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/a%20b%23%C3%BC.md"
    assert place["region"]["startLine"] == 1
    assert result["message"]["text"] == r"row x: `Enum::{{A,B}}` \[a\](b) \\"


def test_finding_without_a_file(with_findings, finding):
    (result,) = run_of(with_findings(finding(place=Place(path="", line=1))))["results"]
    assert result["locations"] == []


def test_off_is_no_level_of_a_result(with_findings, finding):
    (result,) = run_of(with_findings(finding(severity=Severity.OFF)))["results"]
    assert result["level"] == "none"


@given(data=st.data())
def test_every_export_is_valid(assessments, data):
    run_of(data.draw(assessments))
