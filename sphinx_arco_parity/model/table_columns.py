"""The columns of each kind of table, and the names by which they are asked for."""

from __future__ import annotations

from sphinx_arco_parity.text.words import header_key

#: Column to label, for each kind of table: all that it has.
COLUMNS: dict[str, dict[str, str]] = {
    "exceptions": {
        "id": "ID",
        "capability": "Capability",
        "decision": "Decision",
        "type": "Type",
        "revisit": "Revisit Trigger",
        "owner": "Owner",
        "adrs": "ADRs",
        "evidence": "Evidence",
        "rationale": "Rationale",
        "cited-by": "Cited by",
        "review": "Review",
    },
    "matrix": {
        "id": "ID",
        "section": "Section",
        "capability": "Capability",
        "feature": "Feature",
        "status": "Status",
        "proof-level": "Proof Level",
        "code": "Evidence (Code)",
        "tests": "Evidence (Tests)",
        "ci": "Evidence (CI)",
        "evidence": "Evidence",
        "exceptions": "Exceptions",
        "adrs": "ADRs",
        "owner": "Owner",
        "notes": "Notes",
    },
    "claims": {
        "id": "ID",
        "text": "Claim",
        "exceptions": "Exceptions",
        "rows": "Rows",
        "page": "Page",
    },
    "adrs": {
        "number": "ADR",
        "title": "Title",
        "status": "Status",
        "superseded-by": "Superseded by",
        "path": "File",
        "cited-by": "Cited by",
    },
    "evidence": {
        "item": "Declared by",
        "kind": "Kind",
        "evidence": "Evidence",
        "verdict": "Verdict",
        "detail": "Why",
    },
    "traceability": {
        "id": "ID",
        "capability": "Capability",
        "type": "Type",
        "revisit": "Revisit Trigger",
        "rows": "Rows",
        "claims": "Claims",
        "adrs": "ADRs",
        "evidence": "Evidence",
        "review": "Review",
        "owner": "Owner",
    },
    "review": {
        "id": "ID",
        "capability": "Capability",
        "revisit": "Revisit Trigger",
        "state": "State",
        "milestone": "Reviewed at",
        "date": "Reviewed on",
        "by": "Reviewed by",
        "note": "Note",
        "changes": "Changed since",
        "next": "Due next",
    },
    "history": {
        "id": "ID",
        "section": "Section",
        "capability": "Capability",
        "status": "Status",
        "since": "Since",
        "commit": "Commit",
        "before": "Before",
    },
    "legend": {"mark": "Mark", "meaning": "Meaning"},
    "findings": {
        "severity": "Severity",
        "rule": "Rule",
        "item": "Item",
        "message": "Message",
        "help": "What to do",
        "place": "Place",
    },
}


def own_key(header: str) -> str:
    """Return the name under which a column of the project's own is asked for."""
    return header_key(header).replace(" ", "-")
