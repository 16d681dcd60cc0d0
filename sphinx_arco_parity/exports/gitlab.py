"""The Code Quality report of GitLab: a JSON list that merge requests show.

Its severities are ``info``, ``minor``, ``major``, ``critical`` and ``blocker``.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.spans import literal_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.text.words import digest

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
    Severity.OFF: "info",
}


def gitlab(assessment: Assessment, shown: Presentation) -> str:
    """Return the findings as issues; paths are relative to the repository."""
    seen = Counter[str]()
    issues = []
    for finding in assessment.findings:
        seen[finding.id] += 1
        issues.append(_issue(finding, seen[finding.id], shown))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, number: int, shown: Presentation) -> dict[str, Any]:
    text = f"{finding.message}. {finding.help}" if finding.help else finding.message
    # GitLab drops a second issue with the same fingerprint.
    fingerprint = finding.id if number == 1 else digest(f"{finding.id} {number}", 6)
    return {
        "description": text,
        "check_name": f"parity.{finding.rule}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.place.path, **_position(finding, shown)},
    }


def _position(finding: Finding, shown: Presentation) -> dict[str, Any]:
    """Return the line, or the columns on it where they are known: the report takes either."""
    span = literal_of(finding, shown.source_line)
    if span is None:
        return {"lines": {"begin": max(1, finding.place.line)}}
    columns = {"begin": span.start + 1, "end": span.end + 1}
    return {"positions": {at: {"line": span.line, "column": n} for at, n in columns.items()}}
