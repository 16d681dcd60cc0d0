"""The columns of each kind of table, and the names by which they are asked for."""

from __future__ import annotations

from sphinx_arco_parity.model.fields import KINDS, labels, ordered
from sphinx_arco_parity.text.words import header_key

#: Column to label, for each kind of table: all that it has.
COLUMNS: dict[str, dict[str, str]] = {
    **{kind: labels(kind) for kind in KINDS},
    "claims": {"id": "ID", "text": "Claim", "exceptions": "Exceptions", "rows": "Rows",
        "page": "Page"},
    "adrs": {"number": "ADR", "title": "Title", "status": "Status",
        "superseded-by": "Superseded by", "path": "File", "cited-by": "Cited by"},
    "evidence": {"item": "Declared by", "kind": "Kind", "evidence": "Evidence",
        "verdict": "Verdict", "detail": "Why"},
    "traceability": {"id": "ID", "capability": "Capability", "type": "Type",
        "revisit": "Revisit Trigger", "rows": "Rows", "claims": "Claims", "adrs": "ADRs",
        "evidence": "Evidence", "review": "Review", "owner": "Owner"},
    "review": {"id": "ID", "capability": "Capability", "revisit": "Revisit Trigger",
        "state": "State", "milestone": "Reviewed at", "date": "Reviewed on", "by": "Reviewed by",
        "note": "Note", "changes": "Changed since", "next": "Due next"},
    "history": {"id": "ID", "section": "Section", "capability": "Capability", "status": "Status",
        "since": "Since", "commit": "Commit", "before": "Before"},
    "legend": {"mark": "Mark", "meaning": "Meaning"},
    "findings": {"severity": "Severity", "rule": "Rule", "item": "Item", "message": "Message",
        "help": "What to do", "place": "Place"},
}  # fmt: skip


#: What is shown without a ``columns`` option; a column in which no line has anything
#: is left out.
DEFAULT_COLUMNS: dict[str, tuple[str, ...]] = {
    **{
        kind: tuple(field.name for field in ordered(kind) if field.default)
        for kind in KINDS
    },
    "claims": ("text", "exceptions", "rows", "page"),
    "adrs": ("number", "title", "status", "superseded-by", "cited-by"),
    "evidence": ("item", "kind", "evidence", "verdict", "detail"),
    "traceability": ("id", "capability", "rows", "claims", "adrs", "evidence", "review"),
    "findings": ("severity", "rule", "item", "message", "place"),
    "review": (
        "id", "capability", "revisit", "state", "milestone", "date", "by", "changes",
        "next",
    ),
    "history": ("section", "capability", "status", "since", "before"),
    "legend": ("mark", "meaning"),
}  # fmt: skip

#: Columns that stay although they are empty: that nothing is there says something.
ALWAYS_SHOWN: dict[str, frozenset[str]] = {
    **{kind: frozenset(field.name for field in ordered(kind) if field.always) for kind in KINDS},
    "traceability": frozenset({"id", "capability", "rows", "claims", "adrs", "evidence"}),
    "claims": frozenset({"text", "exceptions"}),
}


def own_key(header: str) -> str:
    """Return the name under which a column of the project's own is asked for."""
    return header_key(header).replace(" ", "-")
