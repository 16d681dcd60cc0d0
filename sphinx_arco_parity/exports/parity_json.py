"""``parity.json``: all that is declared and found, for programs.

Its schema is ``schemas/parity.schema.json``.  The document is a function of the
assessment and the commit only: no clock, no path of the machine, no order of a set.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.adr_numbers import adr_numbers
from sphinx_arco_parity.text.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.declarations.register import Register
    from sphinx_arco_parity.model.findings import Finding
    from sphinx_arco_parity.model.records import (
        Adr,
        Evidence,
        ParityClaim,
        ParityException,
        ParityRow,
        Place,
        Verdict,
    )

#: Raised when a name or a meaning changes; a new name alone does not raise it.
SCHEMA_VERSION = 1


def parity_document(assessment: Assessment, *, commit: str | None) -> dict[str, Any]:
    """Return the content of ``parity.json``.

    :param commit: the full hash of the commit that was looked at, or ``None``.
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
        "exceptions": [_exception(o, register, proofs) for o in register.exceptions],
        "rows": [_row(one, register, proofs) for one in register.rows],
        "claims": [_claim(one, register) for one in register.claims],
        "adrs": [_adr(one) for one in adrs],
        "findings": findings_list(assessment.findings),
        "summary": summary(assessment),
    }


def parity_json(assessment: Assessment, *, commit: str | None) -> str:
    """Return :func:`parity_document` as text, an item on each line."""
    return as_text(parity_document(assessment, commit=commit))


def findings_json(assessment: Assessment) -> str:
    """Return the findings and the summary alone, in the form of ``parity.json``."""
    return as_text(
        {
            "schema_version": SCHEMA_VERSION,
            "findings": findings_list(assessment.findings),
            "summary": summary(assessment),
        }
    )


def findings_list(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return *findings* in the order of paths and lines."""
    return [_finding(one) for one in sorted(findings, key=_finding_order)]


def summary(assessment: Assessment) -> dict[str, dict[str, int]]:
    """Return how many there are of what."""
    return {
        "rows": counts.rows_by_status(assessment),
        "exceptions": counts.exceptions_by_type(assessment),
        "evidence": counts.evidence_by_verdict(assessment),
        "findings": counts.findings_by_severity(assessment.findings),
    }


def as_text(document: Mapping[str, Any]) -> str:
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


def _finding_order(one: Finding) -> tuple[object, ...]:
    return one.place.path, one.place.line, one.rule, one.item, one.message


def _or_null(text: str) -> str | None:
    return text.strip() or None


def _location(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line}


def _evidence(pairs: Iterable[tuple[Evidence, Verdict]]) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "text": one.text,
            "path": one.path or None,
            "line": one.line,
            "symbol": one.symbol or None,
            "job": one.job or None,
            "command": one.command or None,
            "verdict": verdict.name,
            "found_line": verdict.found_line,
            "detail": verdict.detail or None,
        }
        for one, verdict in pairs
    ]


def _exception(
    one: ParityException, register: Register, proofs: Proofs
) -> dict[str, Any]:
    cited = register.cited_by.get(one.id)
    return {
        "id": one.id,
        "location": _location(one.place),
        "capability": _or_null(one.capability),
        "decision": _or_null(one.decision),
        "type": register.settings.exception_type(one.type) or _or_null(one.type),
        "revisit": _or_null(one.revisit),
        "rationale": _or_null(one.rationale),
        "owner": _or_null(one.owner),
        "adrs": adr_numbers(register, one.adrs),
        "evidence": _evidence(proofs.of(one)),
        "cited_by": {
            "rows": list(cited.rows) if cited else [],
            "claims": list(cited.claims) if cited else [],
        },
        "fields": dict(one.fields),
    }


def _row(one: ParityRow, register: Register, proofs: Proofs) -> dict[str, Any]:
    settings = register.settings
    return {
        "id": one.id,
        "location": _location(one.place),
        "section": _or_null(one.section),
        "capability": _or_null(one.capability),
        "feature": _or_null(one.feature),
        "status": register.status(one),
        "status_label": _or_null(one.status),
        "proof_level": settings.proof_level(one.proof_level)
        or _or_null(one.proof_level),
        "evidence": _evidence(proofs.of(one)),
        "exceptions": list(register.cited_by_row(one)),
        "adrs": adr_numbers(register, one.adrs),
        "owner": _or_null(one.owner),
        "notes": _or_null(one.notes),
        "fields": dict(one.fields),
    }


def _claim(one: ParityClaim, register: Register) -> dict[str, Any]:
    return {
        "id": one.id,
        "location": _location(one.place),
        "text": plain(one.text),
        "exceptions": list(register.cited_by_claim(one)),
        "rows": list(dict.fromkeys(cited.target for cited in one.rows)),
    }


def _adr(one: Adr) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": _or_null(one.title),
        "status": _or_null(one.status),
        "path": one.path,
        "superseded_by": one.superseded_by or None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "rule": one.rule,
        "severity": one.severity.value,
        "message": one.message,
        "help": one.help or None,
        "path": one.place.path or None,
        "line": one.place.line,
        "item": one.item or None,
    }
