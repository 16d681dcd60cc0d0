"""``parity.json``: its names, its order, its schema."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinx_arco_parity.exports.parity_json import (
    parity_document,
    parity_json,
)
from sphinx_arco_parity.schemas import NAMES, schema, schema_text

VALIDATOR = Draft202012Validator(schema("parity"))


def test_schema_is_a_schema_and_describes_everything():
    for name in NAMES:
        Draft202012Validator.check_schema(schema(name))
    assert schema()["$id"].startswith("urn:")
    assert "https" not in schema_text().replace("https://json-schema.org", "")

    def undescribed(name, part):
        if isinstance(part, dict):
            for key, value in part.get("properties", {}).items():
                target = value
                if "$ref" in value and "description" not in value:
                    target = schema()["$defs"][value["$ref"].rpartition("/")[2]]
                if "description" not in target:
                    yield f"{name}.{key}"
                yield from undescribed(f"{name}.{key}", value)

    found = list(undescribed("", schema()))
    for name, part in schema()["$defs"].items():
        found += undescribed(name, part)
    assert found == []


def test_unknown_schema_is_refused():
    assert "parity.lock" in NAMES
    with pytest.raises(KeyError):
        schema("../conftest")


def test_names_of_the_contract(sample):
    document = parity_document(sample, commit="0123456789abcdef")
    assert list(document) == [
        "schema_version", "product", "reference", "commit", "milestone", "exceptions",
        "rows", "claims", "adrs", "findings", "summary",
    ]  # fmt: skip
    assert list(document["exceptions"][0]) == [
        "id", "location", "capability", "decision", "type", "revisit", "rationale",
        "owner", "adrs", "evidence", "cited_by", "fields", "marks",
    ]  # fmt: skip
    assert list(document["rows"][0]) == [
        "id", "location", "section", "capability", "feature", "status", "status_label",
        "status_note", "proof_level", "evidence", "exceptions", "adrs", "owner", "notes",
        "fields", "disputed", "unread",
    ]  # fmt: skip
    assert list(document["rows"][0]["evidence"][0]) == [
        "kind", "text", "path", "line", "symbol", "job", "command", "verdict",
        "found_path", "found_line", "detail", "result", "result_detail",
    ]  # fmt: skip
    assert list(document["claims"][0]) == [
        "id",
        "location",
        "text",
        "exceptions",
        "rows",
    ]
    assert list(document["adrs"][0]) == [
        "number",
        "title",
        "status",
        "path",
        "superseded_by",
    ]
    assert list(document["findings"][0]) == [
        "id", "rule", "severity", "message", "help", "path", "line", "column", "end_line",
        "end_column", "item", "fixable", "cause",
    ]  # fmt: skip


def test_values_of_an_exception(sample):
    first, second = parity_document(sample, commit=None)["exceptions"]
    assert first["type"] == "Deferral"
    assert first["location"] == {"path": "docs/parity.md", "line": 12}
    assert first["adrs"] == ["024", "99"], "resolved where it can be, else as written"
    assert first["cited_by"]["rows"] == ["schedule-tick"]
    assert len(first["cited_by"]["claims"]) == 1
    assert first["fields"] == {"Risk": "=1+1"}
    assert first["rationale"] is None
    assert second["cited_by"] == {"rows": ["sensor"], "claims": []}


def test_values_of_a_row(sample):
    first, second = parity_document(sample, commit=None)["rows"]
    assert (first["status"], first["status_label"]) == ("Implemented", "🟢 green")
    assert first["proof_level"] == "e2e"
    assert first["exceptions"] == ["EX-03"]
    assert [one["kind"] for one in first["evidence"]] == ["code", "test", "ci"]
    assert [one["verdict"] for one in first["evidence"]] == [
        "moved",
        "verified",
        "unknown",
    ]
    assert first["evidence"][0]["found_line"] == 41
    assert first["evidence"][2]["line"] is None
    assert (second["status"], second["status_label"]) == (None, "who knows")
    assert second["exceptions"] == ["EX-07", "EX-09"]


def test_a_claims_text_is_plain(sample):
    (claim,) = parity_document(sample, commit=None)["claims"]
    assert claim["text"] == "Schedules match Dagster OSS (EX-03)."
    assert (claim["exceptions"], claim["rows"]) == (["EX-03"], ["sensor"])


def test_summary_counts_what_is_listed(sample):
    document = parity_document(sample, commit=None)
    summary = document["summary"]
    assert summary["rows"]["Implemented"] == 1
    assert summary["rows"]["unknown"] == 1
    assert summary["exceptions"] == {"Permanent": 1, "Deferral": 1, "Simplified": 0}
    assert summary["evidence"]["verified"] == 1
    assert sum(summary["evidence"].values()) == 3
    assert summary["findings"] == {"error": 1, "warning": 1, "info": 1}


def test_evidence_that_nobody_judged_is_unknown(sample):
    bare = replace(sample, proofs=())
    document = parity_document(bare, commit=None)
    assert {one["verdict"] for one in document["rows"][0]["evidence"]} == {"unknown"}
    assert document["summary"]["evidence"]["unknown"] == 3


def test_order_is_by_path_and_line_whatever_came_first(sample):
    turned = replace(sample, findings=tuple(reversed(sample.findings)))
    assert parity_json(turned, commit=None) == parity_json(sample, commit=None)
    lines = [one["line"] for one in parity_document(sample, commit=None)["findings"]]
    assert lines == sorted(lines)
    paths = [one["path"] for one in parity_document(sample, commit=None)["adrs"]]
    assert paths == sorted(paths)


def test_text_has_an_item_on_each_line(sample):
    text = parity_json(sample, commit=None)
    assert json.loads(text) == parity_document(sample, commit=None)
    assert sum('"location"' in line for line in text.splitlines()) == 5
    assert text.endswith("}\n")
    assert "🟢" in text


def test_empty_project_is_valid(empty):
    VALIDATOR.validate(parity_document(empty, commit=None))


def test_the_schema_refuses_what_is_not_promised(sample):
    document = parity_document(sample, commit="0123456789abcdef")
    VALIDATOR.validate(document)
    for break_it in (
        lambda d: d["rows"][0].pop("notes"),
        lambda d: d["rows"][0].update(extra=1),
        lambda d: d["rows"][0].update(status="Done"),
        lambda d: d["rows"][0]["evidence"][0].update(line=0),
        lambda d: d["findings"][0].update(id="xyz"),
        lambda d: d.update(commit="main"),
    ):
        broken = json.loads(json.dumps(document))
        break_it(broken)
        assert not VALIDATOR.is_valid(broken)


@given(data=st.data())
def test_every_export_is_valid_and_repeatable(assessments, data):
    assessment = data.draw(assessments)
    text = parity_json(assessment, commit=None)
    VALIDATOR.validate(json.loads(text))
    assert text == parity_json(assessment, commit=None)
