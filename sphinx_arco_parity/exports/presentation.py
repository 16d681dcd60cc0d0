"""How a report is shown: where the reader stands, colours, the commit, what has one cause.

Made by the command line and the builder, read by the formats of this room.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sphinx_arco_parity.exports.spans import SourceLine, no_source
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.repository.replacing import replace_content

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}

#: The colours of findings on a terminal.
SEVERITY_COLOURS = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
    Severity.OFF: "dim",
}


def painted(text: str, colour: str) -> str:
    """Return *text* as a terminal shows it in *colour*."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a format needs to know beside the assessment."""

    commit: str | None = None
    """The full hash of the commit that was looked at, if there is one."""
    strict: bool = False
    """Warnings count as errors."""
    colour: bool = False
    """Terminal colours are wanted."""
    width: int = 100
    """Columns of the terminal."""
    wrapped: bool = False
    """Text is broken into lines of :attr:`width`."""
    bare: bool = False
    """The findings alone are wanted."""
    shown_path: Callable[[str], str] = str
    """Path relative to the repository to path as the reader would type it."""
    url: Callable[[str, int], str] = lambda _path, _line: ""
    """Path relative to the repository and line from 1 to where a site shows it, if one does."""
    source_line: SourceLine = no_source
    """Path relative to the repository and line from 1 to that line's text, if any."""


def path_from(here: str, repository: str) -> Callable[[str], str]:
    """Return a function that makes paths of *repository* relative to *here*.

    Both are absolute.  A path that has no relative form (another drive) stays absolute.
    """

    def shown(path: str) -> str:
        whole = os.path.join(repository, path)  # noqa: PTH118 - text, not a file
        try:
            return os.path.relpath(whole, here)
        except ValueError:
            return whole

    return shown


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


def write_text(path: Path, text: str) -> bool:
    """Make *path* hold *text* as UTF-8, line ends as given; tell whether it changed.

    :raises OSError: if the folder cannot be made or the file cannot be written.
    """
    # Half a surrogate pair has no place in UTF-8; a question mark beats no report.
    content = text.encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    return replace_content(path, content)
