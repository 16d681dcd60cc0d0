"""The report for a terminal: a finding a paragraph, with its source, and a closing line."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.exports.source_excerpt import excerpt, printable
from sphinx_arco_parity.exports.spans import span_of
from sphinx_arco_parity.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.exports.presentation import Presentation
    from sphinx_arco_parity.model.findings import Finding

_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "cyan": "36"}
_COLOURS = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
    Severity.OFF: "dim",
}


def text(assessment: Assessment, shown: Presentation) -> str:
    """Return all findings in the order of paths and lines, then what was looked at."""
    lines: list[str] = []
    for finding, others in grouped(assessment.findings):
        lines += _finding(finding, shown, others)
    if lines and lines[-1]:
        lines.append("")
    return "\n".join([*lines, *_closing(assessment, shown), ""])


def _paint(words: str, colour: str, shown: Presentation) -> str:
    return f"\x1b[{_CODES[colour]}m{words}\x1b[0m" if shown.colour else words


def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Return *findings* in their order, each with those that have its cause as well."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        alone = None if finding.cause else (finding.place, finding.message)
        key = (finding.rule, finding.severity, finding.cause, alone)
        groups.setdefault(key, []).append(finding)
    return [(first, rest) for first, *rest in groups.values()]


def _others(others: Sequence[Finding], shown: Presentation) -> str:
    """Return where *others* are, the lines of one file together."""
    places: dict[str, dict[int, None]] = {}
    for finding in others:
        places.setdefault(finding.place.path, {})[finding.place.line] = None
    paths = [
        f"{shown.shown_path(path)}:{', '.join(map(str, lines))}" for path, lines in places.items()
    ]
    where = textwrap.shorten("; ".join(paths), shown.width - 4, placeholder=", …")
    return f"  and {len(others)} more for the same reason:\n    {printable(where)}"


def _finding(finding: Finding, shown: Presentation, others: Sequence[Finding]) -> list[str]:
    colour = _COLOURS[finding.severity]
    place = printable(f"{shown.shown_path(finding.place.path)}:{finding.place.line}")
    lines = [
        (
            f"{_paint(place, 'bold', shown)}: "
            f"{_paint(f'{finding.severity}:', colour, shown)} "
            f"{printable(finding.message)} {_paint(f'[parity.{finding.rule}]', 'dim', shown)}"
        )
    ]
    more = [_others(others, shown)] if others else []
    if finding.severity is Severity.INFO:
        return lines + more
    lines += _source(finding, shown, colour)
    if finding.help:
        lines.append(f"  {_paint('help:', 'cyan', shown)} {printable(finding.help)}")
    return [*lines, *more, ""]


def _source(finding: Finding, shown: Presentation, colour: str) -> list[str]:
    span = span_of(finding, shown.source_line)
    if span is None:
        return []
    number = str(span.line)
    gutter = " " * len(number)
    source, marks = excerpt(span, shown.width - len(number) - 5)
    return [
        f"  {_paint(f'{number} |', 'dim', shown)} {source}",
        f"  {_paint(f'{gutter} |', 'dim', shown)} {_paint(marks, colour, shown)}",
    ]


def _closing(assessment: Assessment, shown: Presentation) -> list[str]:
    register = assessment.register
    verdicts = counts.evidence_by_verdict(assessment)
    looked_at = ", ".join(
        (
            plural(len(register.exceptions), "exception"),
            plural(len(register.rows), "row"),
            plural(len(register.claims), "claim"),
            f"{verdicts['verified']} of {sum(verdicts.values())} pieces of evidence verified",
        )
    )
    if verdicts["unknown"]:
        looked_at += f", {verdicts['unknown']} unknown"
    unread, tables = counts.unread(assessment), counts.tables(assessment)
    if unread:
        looked_at += f", {unread} unread"
    if tables["read"] < tables["found"]:
        looked_at += f"; {tables['read']} of {plural(tables['found'], 'table')} read"
    closing = counts.closing_line(assessment.findings)
    lines = [_paint(looked_at, "dim", shown)]
    if closing:
        return [*lines, _paint(closing, "bold", shown)]
    return [*lines, "sphinx-arco-parity: no errors, no warnings"]
