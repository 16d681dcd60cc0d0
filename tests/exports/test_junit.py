"""JUnit XML, held to the schema of the servers that read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.exports.junit import junit
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.rule_names import RULES

XSD = Path(__file__).parent / "schemas" / "junit-10.xsd"


@pytest.fixture(scope="session")
def valid():
    """Return a function that parses a report and holds it to the schema."""
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(XSD)))

    def check(text):
        schema.assertValid(etree.fromstring(text.encode()))
        return ElementTree.fromstring(text)

    return check


def test_a_case_for_each_finding(sample, valid):
    root = valid(junit(sample, Presentation()))
    assert (root.get("failures"), root.get("tests")) == ("1", str(len(RULES)))
    suites = {one.get("name"): one for one in root}
    (case,) = suites["parity.row-status"]
    assert case.get("name") == "docs/parity.md:31 sensor"
    failure = case.find("failure")
    assert failure.get("message") == "row sensor: `who knows` is no status"
    assert "help: cite" in failure.text
    (warned,) = suites["parity.evidence-moved"]
    assert warned.find("failure") is None
    assert "warning: row schedule-tick" in warned.find("system-out").text
    (noted,) = suites["parity.exception-uncited"]
    assert noted.find("skipped") is not None
    (passed,) = suites["parity.duplicate-id"]
    assert (list(passed), passed.get("name")) == (
        [],
        "never: two declarations share an id",
    )


def test_warnings_fail_when_strict(sample, valid):
    root = valid(junit(sample, Presentation(strict=True)))
    assert root.get("failures") == "2"
    suites = {one.get("name"): one for one in root}
    assert suites["parity.evidence-moved"].get("failures") == "1"


def test_names_differ_within_a_suite(with_findings, finding, valid):
    same = [finding(message=f"row tick: {word}") for word in ("a", "b")]
    root = valid(junit(with_findings(*same), Presentation()))
    names = [case.get("name") for case in root.iter("testcase")]
    assert names.count("docs/parity.md:7 tick") == 1
    assert "docs/parity.md:7 tick (2)" in names


def test_hostile_text_stays_text(with_findings, finding, valid):
    odd = finding(
        message='</failure><x a="b">&\x1b\x00\ufffe',
        item="\n\"'",
        severity=Severity.ERROR,
    )
    root = valid(junit(with_findings(odd), Presentation()))
    (failure,) = root.iter("failure")
    assert failure.get("message") == '</failure><x a="b">&\ufffd\ufffd\ufffd'
    assert list(failure) == []
    assert any(case.get("name").endswith(" \n\"'") for case in root.iter("testcase"))


@given(data=st.data())
def test_every_export_is_valid(assessments, valid, data):
    assessment = data.draw(assessments)
    root = valid(junit(assessment, Presentation()))
    errors = [one for one in assessment.findings if one.severity is Severity.ERROR]
    assert len(list(root.iter("failure"))) == len(errors)
