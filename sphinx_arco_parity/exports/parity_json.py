"""``parity.json``: all that is declared and found, for programs.

Its schema is ``schemas/parity.schema.json``.  The document is a function of the
assessment and the commit only: no clock, no path of the machine, no order of a set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.spans import SourceLine, Span, literal_of, no_source
from sphinx_arco_parity.exports.tables import adr_numbers
from sphinx_arco_parity.model.fields import (
    EXCEPTIONS,
    MATRIX,
    TEXTS,
    Field,
    Shape,
    fields_of,
    text_of,
)
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.parity_document import (
    SCHEMA_VERSION,
    AdrEntry,
    CitedBy,
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
from sphinx_arco_parity.settings.options import Settings
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
    ordered = sorted(findings, key=_finding_order)
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
    parts = [f" {_json(name)}: {_value(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _value(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n" + ",\n".join(f"  {_json(item)}" for item in value) + "\n ]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _finding_order(finding: Finding) -> tuple[object, ...]:
    return (finding.place.path, finding.place.line, finding.rule, finding.item, finding.message)


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
            found.update(_VALUES[field.shape](field, record, register, proofs))
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


def _text(field: Field, record: Any, register: Register, _proofs: Proofs) -> dict[str, Any]:
    text = text_of(record, field)
    known = _KNOWN_LABELS.get(field.shape)
    label = known(register.settings)(text) if known else None
    return {field.key: label or _or_null(text)}


_KNOWN_LABELS: dict[Shape, Callable[[Settings], Callable[[str], str | None]]] = {
    Shape.TYPE: lambda settings: settings.exception_type,
    Shape.PROOF_LEVEL: lambda settings: settings.proof_level,
}


def _cited_by(exception: ParityException, register: Register) -> CitedBy:
    cited = register.cited_by.get(exception.id)
    return {
        "rows": list(cited.rows) if cited else [],
        "claims": list(cited.claims) if cited else [],
    }


_Value = Callable[["Field", Any, "Register", "Proofs"], "dict[str, Any]"]

#: Names and values of a field, by its shape; all evidence of a row is one list.
_VALUES: dict[Shape, _Value] = {
    **dict.fromkeys(TEXTS, _text),
    Shape.ID: lambda _field, _record, _register, _proofs: {},
    Shape.STATUS: lambda _field, row, register, _proofs: {
        "status": register.status(row),
        "status_label": _or_null(row.status),
        "status_note": _or_null(register.settings.status_and_note(row.status)[1]),
    },
    Shape.EVIDENCE: lambda field, record, _register, proofs: (
        {"evidence": _evidence(proofs.of(record))} if field.evidence == "any" else {}
    ),
    Shape.SHARE: lambda _field, row, _register, proofs: {"evidence": _evidence(proofs.of(row))},
    Shape.EXCEPTIONS: lambda _field, row, register, _proofs: {
        "exceptions": list(register.cited_by_row(row))
    },
    Shape.ADRS: lambda _field, record, register, _proofs: {
        "adrs": adr_numbers(register, record.adrs)
    },
    Shape.CITED_BY: lambda _field, record, register, _proofs: {
        "cited_by": _cited_by(record, register)
    },
}


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
