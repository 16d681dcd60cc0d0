"""``parity.json``: all that is declared and found, for programs.

Its schema is ``schemas/parity.schema.json``.  The document is a function of the
assessment and the commit only: no clock, no path of the machine, no order of a set.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, cast

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.declarations.register import CitedBy, Register
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.spans import SourceLine, Span, literal_of, no_source
from sphinx_arco_parity.exports.tables import adr_numbers, label_of
from sphinx_arco_parity.model.fields import (
    EXCEPTIONS,
    MATRIX,
    Field,
    Shape,
    fields_of,
)
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.parity_document import (
    SCHEMA_VERSION,
    AdrEntry,
    ClaimEntry,
    EvidenceEntry,
    ExceptionEntry,
    FindingEntry,
    Location,
    ParityDocument,
    RowEntry,
    Summary,
)
from sphinx_arco_parity.model.records import (
    Adr,
    Evidence,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
    Verdict,
)
from sphinx_arco_parity.text.words import plain


def parity_document(
    assessment: Assessment, *, commit: str | None, source_line: SourceLine = no_source
) -> ParityDocument:
    """Return the content of ``parity.json``.

    :param commit: the full hash of the commit that was looked at, or ``None``.
    :param source_line: gives lines of the documents, without which no columns are known.
    """
    register, proofs = assessment.register, Proofs(assessment)
    settings = register.settings
    adrs = sorted(register.adrs, key=lambda adr: (adr.path, adr.number))
    return {
        "schema_version": SCHEMA_VERSION,
        "product": settings.product or None,
        "reference": settings.reference or None,
        "commit": commit,
        "milestone": settings.milestone,
        "exceptions": [
            cast("ExceptionEntry", _declared(exception, EXCEPTIONS, register, proofs))
            for exception in register.exceptions
        ],
        "rows": [
            cast("RowEntry", _declared(row, MATRIX, register, proofs)) for row in register.rows
        ],
        "claims": [_claim(claim, register) for claim in register.claims],
        "adrs": [_adr(adr) for adr in adrs],
        "findings": findings_list(assessment.findings, source_line),
        "summary": summary(assessment),
    }


def parity_json(
    assessment: Assessment, *, commit: str | None, source_line: SourceLine = no_source
) -> str:
    """Return :func:`parity_document` as text, an item on each line."""
    return as_text(dict(parity_document(assessment, commit=commit, source_line=source_line)))


def findings_list(findings: Sequence[Finding], source_line: SourceLine) -> list[FindingEntry]:
    """Return *findings* in the order of paths and lines."""
    order = attrgetter("place.path", "place.line", "rule", "item", "message")
    ordered = sorted(findings, key=order)
    return [_finding(finding, literal_of(finding, source_line)) for finding in ordered]


def summary(assessment: Assessment) -> Summary:
    """Return how many there are of what."""
    return {
        "rows": counts.rows_by_status(assessment),
        "exceptions": counts.exceptions_by_type(assessment),
        "disputed": counts.disputed(assessment),
        "evidence": counts.evidence_by_verdict(assessment),
        "unread": counts.unread(assessment),
        "tables": counts.tables(assessment),
        "findings": counts.findings_by_severity(assessment.findings),
    }


def as_text(document: Mapping[str, object]) -> str:
    """Return *document* as JSON with a line for each item of its lists.

    So a difference between two files reads item by item, and ten thousand items stay
    as small as they can.
    """
    parts = []
    for name, value in document.items():
        text = _json(value)
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join(f"  {_json(item)}" for item in value) + "\n ]"
        parts.append(f" {_json(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _or_null(text: str) -> str | None:
    return text.strip() or None


def _location(place: Place) -> Location:
    return {"path": place.path, "line": place.line}


def _evidence(pairs: Iterable[tuple[Evidence, Verdict]]) -> list[EvidenceEntry]:
    return [
        {
            "kind": piece.kind,
            "text": piece.text,
            "path": piece.as_written or piece.path or None,
            "line": piece.line,
            "symbol": piece.symbol or None,
            "job": piece.job or None,
            "command": piece.command or None,
            "verdict": verdict.name,
            "found_path": piece.path if verdict.found_line or piece.as_written else None,
            "found_line": verdict.found_line,
            "detail": verdict.detail or None,
            "result": verdict.result,
            "result_detail": verdict.result_detail or None,
        }
        for piece, verdict in pairs
    ]


def _declared(
    record: ParityException | ParityRow, kind: str, register: Register, proofs: Proofs
) -> dict[str, Any]:
    """Return *record*, whose fields are those of *kind*, in their order."""
    found: dict[str, Any] = {"id": record.id, "location": _location(record.place)}
    for field in fields_of(kind):
        if field.exported:
            found.update(_values(field, record, register, proofs))
    found["fields"] = dict(record.fields)
    if kind == MATRIX:
        found["disputed"] = proofs.is_disputed(record)
        found["unread"] = [piece.text for piece in proofs.unread(record)]
    else:
        found["marks"] = [
            {**_location(mark.place), "test": mark.test, "reason": mark.reason}
            for mark in proofs.marks(record.id)
        ]
    return found


def _values(field: Field, record: Any, register: Register, proofs: Proofs) -> dict[str, Any]:
    """Return names and values of *field*, by its shape; all evidence of a row is one list."""
    match field.shape:
        case Shape.STATUS:
            return {
                "status": register.status(record),
                "status_label": _or_null(record.status),
                "status_note": _or_null(register.settings.status_and_note(record.status)[1]),
            }
        case Shape.EVIDENCE | Shape.SHARE:
            is_list = field.shape is Shape.SHARE or field.evidence == "any"
            return {"evidence": _evidence(proofs.of(record))} if is_list else {}
        case Shape.EXCEPTIONS:
            return {"exceptions": list(register.cited_by_row(record))}
        case Shape.ADRS:
            return {"adrs": adr_numbers(register, record.adrs)}
        case Shape.CITED_BY:
            cited = register.cited_by.get(record.id, CitedBy())
            return {"cited_by": {"rows": list(cited.rows), "claims": list(cited.claims)}}
        case Shape.ID:
            return {}
    return {field.key: _or_null(label_of(record, field, register))}


def _claim(claim: ParityClaim, register: Register) -> ClaimEntry:
    return {
        "id": claim.id,
        "location": _location(claim.place),
        "text": plain(claim.text),
        "exceptions": list(register.cited_by_claim(claim)),
        "rows": list(dict.fromkeys(cited.target for cited in claim.rows)),
    }


def _adr(adr: Adr) -> AdrEntry:
    return {
        "number": adr.number,
        "title": _or_null(adr.title),
        "status": _or_null(adr.status),
        "path": adr.path,
        "superseded_by": adr.superseded_by or None,
    }


def _finding(finding: Finding, span: Span | None) -> FindingEntry:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help or None,
        "path": finding.place.path or None,
        "line": finding.place.line,
        "column": span.start + 1 if span else None,
        "end_line": span.line if span else None,
        "end_column": span.end + 1 if span else None,
        "item": finding.item or None,
        "fixable": finding.is_fixable,
        "cause": finding.cause or None,
    }
