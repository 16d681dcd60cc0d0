"""Findings that have one cause, which people are told once.

Used by the formats that people read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sphinx_arco_parity.model.findings import Finding


def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Return *findings* in their order, each with those that have its cause as well."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        key = (finding.rule, finding.severity, finding.cause or number)
        groups.setdefault(key, []).append(finding)
    return [(first, rest) for first, *rest in groups.values()]


def places(findings: Iterable[Finding], shown_path: Callable[[str], str] = str) -> str:
    """Return where *findings* are, the lines of one file together."""
    lines: dict[str, dict[int, None]] = {}
    for finding in findings:
        lines.setdefault(finding.place.path, {})[finding.place.line] = None
    return "; ".join(
        ":".join([shown_path(path), ", ".join(map(str, filter(None, found)))]).removesuffix(":")
        for path, found in lines.items()
    )
