"""The report for a terminal: a finding a paragraph, with its source, and a closing line."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Sequence

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.presentation import (
    SEVERITY_COLOURS,
    Presentation,
    grouped,
    painted,
    places,
)
from sphinx_arco_parity.exports.spans import Span, span_of
from sphinx_arco_parity.model.findings import Finding, Severity


def text(assessment: Assessment, shown: Presentation) -> str:
    """Return all findings in the order of paths and lines, then what was looked at."""
    lines: list[str] = []
    for finding, others in grouped(assessment.findings):
        lines += _finding(finding, shown, others)
    if shown.bare:
        return "".join(f"{line}\n" for line in lines)
    if lines and lines[-1]:
        lines.append("")
    return "\n".join([*lines, *_closing(assessment, shown), ""])


def statistics(assessment: Assessment, shown: Presentation) -> str:
    """Return how many findings each rule has, and how many of them can be fixed."""
    counted = Counter(finding.rule for finding in assessment.findings)
    lines = []
    for rule, number in counted.most_common():
        found = [finding for finding in assessment.findings if finding.rule == rule]
        worst = min((finding.severity for finding in found), key=list(Severity).index)
        fixable = sum(finding.is_fixable for finding in found)
        more = f"  {fixable} fixable" if fixable else ""
        word = _paint(f"{worst:<7}", SEVERITY_COLOURS[worst], shown)
        lines.append(f"{number:>5}  {word}  {rule}{more}")
    return "\n".join([*lines, *([] if shown.bare else _closing(assessment, shown)), ""])


def _paint(words: str, colour: str, shown: Presentation) -> str:
    return painted(words, colour) if shown.colour else words


def _finding(finding: Finding, shown: Presentation, others: Sequence[Finding]) -> list[str]:
    colour = SEVERITY_COLOURS[finding.severity]
    place = printable(finding.place.shown(shown.shown_path))
    rule = f"[parity.{finding.rule}]"
    head = f"{place}: {finding.severity}: {printable(finding.message)} {rule}"
    lines = _wrapped(head, 4, shown)
    begin = f"{place}: {finding.severity}:"
    painted = f"{_paint(place, 'bold', shown)}: {_paint(f'{finding.severity}:', colour, shown)}"
    lines[0] = lines[0].replace(begin, painted, 1)
    lines[-1] = lines[-1].replace(rule, _paint(rule, "dim", shown))
    if finding.severity is not Severity.INFO:
        lines += _source(finding, shown, colour)
    if finding.help:
        first, *rest = _wrapped(f"  help: {printable(finding.help)}", 8, shown)
        lines += [first.replace("help:", _paint("help:", "cyan", shown), 1), *rest]
    if others:
        where = places(others, shown.shown_path)
        where = printable(textwrap.shorten(where, shown.width - 4, placeholder=", …"))
        lines.append(f"  and {len(others)} more for the same reason:\n    {where}")
    return [*lines, ""]


def _wrapped(text: str, indent: int, shown: Presentation) -> list[str]:
    """Return *text* in lines that fit, those after the first indented; words stay whole."""
    if not shown.wrapped:
        return [text]
    return textwrap.wrap(
        text,
        shown.width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [text]


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
            counts.plural(len(register.exceptions), "exception"),
            counts.plural(len(register.rows), "row"),
            counts.plural(len(register.claims), "claim"),
            f"{verdicts['verified']} of {sum(verdicts.values())} pieces of evidence verified",
        )
    )
    if verdicts["unknown"]:
        looked_at += f", {verdicts['unknown']} unknown"
    unread, tables = counts.unread(assessment), counts.tables(assessment)
    if unread:
        looked_at += f", {unread} unread"
    if tables["read"] < tables["found"]:
        looked_at += f"; {tables['read']} of {counts.plural(tables['found'], 'table')} read"
    closing = counts.closing_line(assessment.findings)
    lines = [_paint(line, "dim", shown) for line in _wrapped(looked_at, 2, shown)]
    if assessment.findings:
        lines += _wrapped(_by_rule(assessment.findings), 2, shown)
    if closing:
        return [*lines, _paint(closing, "bold", shown)]
    return [*lines, "sphinx-arco-parity: no errors, no warnings"]


def _by_rule(findings: Sequence[Finding]) -> str:
    """Return how many findings each rule has, most first, and how many can be fixed."""
    counted = Counter(finding.rule for finding in findings).most_common()
    said = ", ".join(f"{number} {rule}" for rule, number in counted)
    fixable = sum(finding.is_fixable for finding in findings)
    return f"{said}; {fixable} fixable with `arco-parity fix`" if fixable else said


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return *text* without characters that command a terminal or turn its direction."""
    return _CONTROL.sub("\ufffd", text.replace("\t", " "))


def columns(text: str) -> int:
    """Return how many columns *text* takes on a terminal."""
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200c\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(span: Span, width: int) -> tuple[str, str]:
    """Return the line of *span*, cut to *width* columns, and a line of marks beneath it."""
    line = printable(span.text.rstrip())
    shown, start, end = _window(line, span.start, span.end, max(20, width))
    marks = " " * columns(shown[:start]) + "^" * max(1, columns(shown[start:end]))
    return shown, marks


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Cut *line* so that the place is seen; a row of a matrix may be 2,000 wide."""
    if columns(line) <= width:
        return line, start, end
    first = 0 if end < width - 1 else max(0, start - width // 4)
    kept = "…" if first else ""
    shift = first - len(kept)
    room = width - len(kept) - 1
    for character in line[first:]:
        room -= _columns_of(character)
        if room < 0:
            kept += "…"
            break
        kept += character
    return kept, start - shift, min(end - shift, len(kept))
