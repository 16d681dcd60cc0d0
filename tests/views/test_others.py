"""Entries from the `parity.json` of other repositories."""

from __future__ import annotations

import json

import pytest

from sphinx_arco_parity.model.parity_document import SCHEMA_VERSION
from sphinx_arco_parity.views.others import OtherProjectError, other_entries, parse_other

EVIDENCE = [
    {"kind": "code", "text": "a", "path": "src/a.rs", "line": 7, "symbol": "tick", "verdict": "moved",
     "detail": "`tick` is at line 9"},
    {"kind": "ci", "text": "b", "path": "ci.yml", "job": "test", "command": "cargo test", "verdict": "verified"},
]  # fmt: skip
DOCUMENT = {
    "schema_version": SCHEMA_VERSION,
    "product": "Beta",
    "exceptions": [
        {
            "id": "EX-1", "capability": "Web **UI**", "decision": "No", "type": "Deferral",
            "revisit": "M2", "rationale": "why", "owner": "ui", "adrs": ["1", "3"],
            "evidence": EVIDENCE[:1], "cited_by": {"rows": ["tick"], "claims": ["all"]},
            "fields": {"Risk Level": "high"},
        },
    ],
    "rows": [
        {
            "id": "tick", "section": "Schedules", "capability": "Tick", "feature": "Timer",
            "status": "Partial", "status_label": "half", "proof_level": "E2E",
            "exceptions": ["EX-1"], "adrs": ["1"], "evidence": EVIDENCE, "owner": "core",
            "notes": "n",
        },
        {"id": "odd", "status": None, "status_label": "who knows"},
        {"id": "bare", "status": None},
    ],
    "claims": [
        {"id": "all", "text": "All `match`", "exceptions": ["EX-1"], "rows": ["tick"],
         "location": {"path": "docs/index.md", "line": 3}},
        {"id": "lost", "text": "x"},
    ],
    "adrs": [
        {"number": "1", "title": "On", "status": "Accepted", "superseded_by": "2",
         "path": "docs/adr/1.md"},
    ],
    "findings": [
        {"id": "0" * 12, "severity": "warning", "rule": "row-status", "item": "odd", "message": "no `status`",
         "help": "set `x`", "path": "docs/m.md", "line": 4},
    ],
}  # fmt: skip

CELLS = {
    "exceptions": [
        {
            "rows": "tick",
            "claims": "all",
            "id": "EX-1",
            "capability": "Web <strong 'UI'>",
            "decision": "No",
            "type": "Deferral",
            "revisit": "M2",
            "rationale": "why",
            "owner": "ui",
            "adrs": "1, 3",
            "evidence": "<code 'src/a.rs:7'> <code 'tick'> <verdict 'moved'>",
            "cited-by": "tick, all",
            "risk-level": "high",
        }
    ],
    "matrix": [
        {
            "id": "tick",
            "section": "Schedules",
            "capability": "Tick",
            "feature": "Timer",
            "status": "<status 'Partial'>",
            "proof-level": "E2E",
            "evidence": "<code 'src/a.rs:7'> <code 'tick'> <verdict 'moved'><break '\\n'>"
            "<code 'ci.yml'> <code 'test'> <code 'cargo test'> <verdict 'verified'>",
            "exceptions": "EX-1",
            "adrs": "1",
            "owner": "core",
            "notes": "n",
        },
        {"id": "odd", "status": "<status 'who knows'>"},
        {"id": "bare"},
    ],
    "claims": [
        {
            "id": "all",
            "text": "All <code 'match'>",
            "exceptions": "EX-1",
            "rows": "tick",
            "page": "<code 'docs/index.md'>",
        },
        {"id": "lost", "text": "x", "page": "<code ''>"},
    ],
    "adrs": [
        {
            "number": "1",
            "title": "On",
            "status": "Accepted",
            "superseded-by": "2",
            "path": "<code 'docs/adr/1.md'>",
        }
    ],
    "findings": [
        {
            "severity": "<severity 'warning'>",
            "rule": "<code 'row-status'>",
            "item": "odd",
            "message": "no <code 'status'>",
            "help": "set <code 'x'>",
            "place": "<code 'docs/m.md:4'>",
        }
    ],
    "evidence": [
        {
            "item": "EX-1",
            "kind": "code",
            "evidence": "<code 'src/a.rs:7'> <code 'tick'>",
            "verdict": "<verdict 'moved'>",
            "detail": "<code 'tick'> is at line 9",
        },
        {
            "item": "tick",
            "kind": "code",
            "evidence": "<code 'src/a.rs:7'> <code 'tick'>",
            "verdict": "<verdict 'moved'>",
            "detail": "<code 'tick'> is at line 9",
        },
        {
            "item": "tick",
            "kind": "ci",
            "evidence": "<code 'ci.yml'> <code 'test'> <code 'cargo test'>",
            "verdict": "<verdict 'verified'>",
        },
    ],
}

FACTS = {
    "exceptions": [{"type": ["Deferral"], "owner": ["ui"]}],
    "matrix": [
        {"status": ["Partial"], "section": ["Schedules"], "owner": ["core"]},
        {"status": ["who knows"], "section": [""], "owner": [""]},
        {"status": [""], "section": [""], "owner": [""]},
    ],
    "claims": [{}, {}],
    "adrs": [{"status": ["Accepted"]}],
    "findings": [{"status": ["warning"], "type": ["row-status"]}],
    "evidence": [
        {"type": ["code"], "status": [""], "section": [""], "owner": ["ui"]},
        {"type": ["code"], "status": ["Partial"], "section": ["Schedules"], "owner": ["core"]},
        {"type": ["ci"], "status": ["Partial"], "section": ["Schedules"], "owner": ["core"]},
    ],
}

CLASSES = {
    "exceptions": [()],
    "matrix": [("parity-status-partial",), ("parity-status-who-knows",), ()],
    "claims": [(), ()],
    "adrs": [()],
    "findings": [("parity-severity-warning",)],
    "evidence": [("parity-verdict-moved",)] * 2 + [("parity-verdict-verified",)],
}


@pytest.mark.parametrize("kind", CELLS)
def test_each_record_of_another_project_is_an_entry_with_its_product(kind, cell_text):
    found = [
        {key: cell_text(cell) for key, cell in entry.cells.items() if cell}
        for entry in other_entries(kind, DOCUMENT)
    ]
    assert found == [{"product": "Beta", **cells} for cells in CELLS[kind]]


@pytest.mark.parametrize("kind", FACTS)
def test_an_entry_of_another_project_is_filtered_and_styled_as_ours(kind):
    entries = list(other_entries(kind, DOCUMENT))
    assert [dict(entry.facts) for entry in entries] == FACTS[kind]
    assert [entry.classes for entry in entries] == CLASSES[kind]


def test_traceability_of_another_project_is_that_of_its_exceptions():
    assert list(other_entries("traceability", DOCUMENT)) == list(
        other_entries("exceptions", DOCUMENT)
    )


@pytest.mark.parametrize("kind", ["review", "history", "legend"])
def test_what_parity_json_does_not_hold_has_no_entries(kind):
    assert list(other_entries(kind, DOCUMENT)) == []


def test_a_file_of_this_version_is_read_as_it_is():
    assert parse_other(json.dumps(DOCUMENT)) == DOCUMENT
    later = {**DOCUMENT, "rows": [{"id": "a", "brand_new": json.loads("[" * 900 + "]" * 900)}]}
    assert parse_other(json.dumps(later)) == later


[ADR] = DOCUMENT["adrs"]
[FINDING] = DOCUMENT["findings"]
LISTS = {name: [] for name in ("exceptions", "rows", "claims", "adrs", "findings")}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{", "is no valid JSON: Expecting property name"),
        ("[" * 200_000, "is no valid JSON: "),
        ('{"schema_version": 1, "x": "\\ud800"}', "escapes half of a character"),
        ("[]", "is no parity.json: it has no `schema_version`"),
        ("{}", "is no parity.json: it has no `schema_version`"),
        (
            '{"schema_version": 99}',
            f"has schema version 99, not {SCHEMA_VERSION}",
        ),
        *(
            (
                json.dumps({"schema_version": SCHEMA_VERSION, **LISTS, name: value}),
                f"is no parity.json: {wrong}",
            )
            for name, value, wrong in [
                ("exceptions", None, "`exceptions` is no array"),
                ("rows", {}, "`rows` is no array"),
                ("claims", ["x"], "`claims[0]` is no object"),
                ("adrs", [ADR, {**ADR, "title": 1}], "`adrs[1].title` is no string or null"),
                ("adrs", [{}], "`adrs[0].number` is no string"),
                ("findings", "x", "`findings` is no array"),
                ("findings", [{**FINDING, "line": 0}], "`findings[0].line` is less than 1"),
                ("findings", [{**FINDING, "line": True}], "`findings[0].line` is no integer"),
                ("findings", [{**FINDING, "rule": "A b"}], "`findings[0].rule` is no text of its"),
                (
                    "rows",
                    [{"id": "a", "evidence": [{**EVIDENCE[0], "kind": "x"}]}],
                    "`rows[0].evidence[0].kind` is none of adr, code, test, ci",
                ),
                (
                    "rows",
                    [{"id": "a", "fields": {"Risk": 1}}],
                    "`rows[0].fields.Risk` is no string",
                ),
            ]
        ),
    ],
)
def test_what_is_no_parity_json_is_refused_with_the_reason(text, wrong):
    with pytest.raises(OtherProjectError) as error:
        parse_other(text)
    assert wrong in str(error.value)
