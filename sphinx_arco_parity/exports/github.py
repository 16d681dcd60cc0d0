"""Reports that hosting sites show: annotations of GitHub Actions, Code Quality of GitLab.

GitHub shows ten annotations of a level for each step and drops the others in silence,
so the most telling ones come first and one notice carries the rest.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports.counts import closing_line, plural
from sphinx_arco_parity.exports.presentation import Presentation, grouped, places
from sphinx_arco_parity.exports.spans import literal_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.text.words import digest

#: What the site shows of each level in one step.
ANNOTATIONS = 10
#: How many places the notice names; an annotation may hold 64 KB.
_NAMED = 200
_RULE_ORDER = {name: number for number, name in enumerate(RULE_NAMES)}


def github(assessment: Assessment, shown: Presentation) -> str:
    """Return a command a line: at most ten errors, ten warnings and one notice.

    Infos are for reports; the notice, if there is one, counts them.
    """
    errors = _of(assessment.findings, Severity.ERROR)
    warnings = _of(assessment.findings, Severity.WARNING)
    infos = _of(assessment.findings, Severity.INFO)
    levels = {"error": errors, "warning": warnings}
    if shown.strict:
        levels = {"error": [*errors, *warnings]}
    groups = {level: grouped(findings) for level, findings in levels.items()}
    lines = [
        _command(level, finding, others, shown)
        for level, found in groups.items()
        for finding, others in found[:ANNOTATIONS]
    ]
    left = [group for found in groups.values() for group in found[ANNOTATIONS:]]
    rest = [finding for first, others in left for finding in (first, *others)]
    if rest:
        told = [closing_line(assessment.findings)]
        told += [f"Not annotated: {plural(len(rest), 'finding')}", *_by_rule(rest)]
        if infos:
            told.append(f"and {plural(len(infos), 'info')}")
        lines.append("::notice title=sphinx-arco-parity::" + _data("\n".join(told)))
    return "".join(f"{line}\n" for line in lines)


def _of(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    """Return the findings of *severity*: one of each rule first, then the seconds."""
    chosen = [finding for finding in findings if finding.severity is severity]
    chosen.sort(key=lambda finding: (finding.place.path, finding.place.line))
    turns: list[tuple[int, int, Finding]] = []
    seen = Counter[str]()
    for finding in chosen:
        seen[finding.rule] += 1
        turns.append((seen[finding.rule], _RULE_ORDER[finding.rule], finding))
    return [finding for _, _, finding in sorted(turns, key=lambda turn: turn[:2])]


def _command(level: str, finding: Finding, others: Sequence[Finding], shown: Presentation) -> str:
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    if others:
        text += f"\nand {len(others)} more for the same reason: {places(others[:_NAMED])}"
    title = f"parity.{finding.rule}"
    if not finding.place.path:
        return f"::{level} title={title}::{_data(text)}"
    path = _data(finding.place.path).replace(":", "%3A").replace(",", "%2C")
    place = f"file={path},line={max(1, finding.place.line)}"
    if span := literal_of(finding, shown.source_line):
        place += f",col={span.start + 1},endColumn={span.end + 1}"
    return f"::{level} {place},title={title}::{_data(text)}"


def _by_rule(rest: Sequence[Finding]) -> list[str]:
    places = defaultdict[str, list[str]](list)
    for finding in rest[:_NAMED]:
        places[finding.rule].append(finding.place.shown())
    lines = [f"parity.{rule}: {', '.join(at)}" for rule, at in places.items()]
    if len(rest) > _NAMED:
        lines.append(f"and {len(rest) - _NAMED} more")
    return lines


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    # The older form of a command is obeyed anywhere in a line.
    return text.replace("##[", "## [")


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
        number = seen[finding.id]
        text = f"{finding.message}. {finding.help}" if finding.help else finding.message
        issue = {
            "description": text,
            "check_name": f"parity.{finding.rule}",
            # GitLab drops a second issue with the same fingerprint.
            "fingerprint": finding.id if number == 1 else digest(f"{finding.id} {number}", 6),
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.place.path, **_position(finding, shown)},
        }
        issues.append(issue)
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _position(finding: Finding, shown: Presentation) -> dict[str, Any]:
    """Return the line, or the columns on it where they are known: the report takes either."""
    span = literal_of(finding, shown.source_line)
    if span is None:
        return {"lines": {"begin": max(1, finding.place.line)}}
    columns = {"begin": span.start + 1, "end": span.end + 1}
    return {"positions": {at: {"line": span.line, "column": n} for at, n in columns.items()}}
