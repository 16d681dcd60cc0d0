"""A summary in Markdown, for a comment on a pull request or the summary of a job.

A comment holds 65,536 characters; the table of findings ends before that and says so.  Text
from anywhere is made safe for the hosting site, here and for ``arco-parity diff``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.exports.presentation import Presentation, grouped, places
from sphinx_arco_parity.model.findings import Finding

#: A comment holds 65,536; what follows the table needs a little.
_ROOM = 60_000
_GLYPHS = {"error": "❌", "warning": "⚠️", "info": "ℹ️"}


def markdown(assessment: Assessment, shown: Presentation) -> str:
    """Return counts and a table of the findings, gravest first."""
    lines = [f"## Parity: {_verdict(assessment)}", "", *_counts(assessment)]
    if shown.commit:
        lines += ["", f"Commit {markdown_code(shown.commit[:12])}."]
    table = list(_table(assessment, shown, sum(len(line) + 1 for line in lines)))
    return "\n".join([*lines, *table, ""])


def _verdict(assessment: Assessment) -> str:
    number = counts.findings_by_severity(assessment.findings)
    words = (plural(number[word], word) for word in _GLYPHS if number[word])
    return ", ".join(words) or "no findings"


def _counts(assessment: Assessment) -> list[str]:
    lines = ["| | |", "|---|---|"]
    for name, numbers in (
        ("Rows", counts.rows_by_status(assessment)),
        ("Exceptions", counts.exceptions_by_type(assessment)),
        ("Evidence", counts.evidence_by_verdict(assessment)),
        ("Results", counts.results(assessment)),
        ("Unread", {"not understood as evidence": counts.unread(assessment)}),
    ):
        if name != "Results" or assessment.results is not None:
            lines.append(f"| {name} | {_numbers(numbers)} |")
    return lines


def _numbers(numbers: Mapping[str, int]) -> str:
    shown = [f"{markdown_text(word)} {count}" for word, count in numbers.items() if count]
    return f"{sum(numbers.values())}: {', '.join(shown)}" if shown else "none"


def _table(assessment: Assessment, shown: Presentation, used: int) -> Iterator[str]:
    groups = grouped(sorted(assessment.findings, key=_gravest_first))
    if not groups:
        return
    yield from ("", "| | Where | What | Rule |", "|---|---|---|---|")
    for number, (finding, others) in enumerate(groups):
        line = _line(finding, others, shown)
        used += len(line) + 1
        if used > _ROOM:
            yield from (
                "",
                f"and {sum(1 + len(rest) for _, rest in groups[number:])} more: run `arco-parity check`.",
            )
            return
        yield line


def _gravest_first(finding: Finding) -> tuple[object, ...]:
    return (
        list(_GLYPHS).index(finding.severity),
        finding.place.path,
        finding.place.line,
        finding.rule,
    )


def _line(finding: Finding, others: Sequence[Finding], shown: Presentation) -> str:
    path, line = finding.place.path, finding.place.line
    where = markdown_place(path, line, shown.url(path, line))
    what = markdown_text(finding.message)
    if finding.help:
        what += f"<br>{markdown_text(finding.help)}"
    if others:
        where_else = textwrap.shorten(places(others), 500, placeholder=", …")
        what += f"<br>and {len(others)} more for the same reason: {markdown_text(where_else)}"
    grave = f"{_GLYPHS[finding.severity]} {finding.severity}"
    return f"| {grave} | {where} | {what} | {markdown_code(finding.rule)} |"


_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$])")
_CALL = re.compile(r"([@#])(?=\w)")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def markdown_text(text: str) -> str:
    """Return *text* as one line that means itself, also in a cell of a table.

    Code in back-ticks stays code.  Nobody is called by ``@name`` and nothing linked by
    ``#1``.
    """
    folded = _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(folded):
        parts += [_escaped(folded[end : match.start()]), _code(match[1])]
        end = match.end()
    return "".join([*parts, _escaped(folded[end:])])


def markdown_code(text: str) -> str:
    """Return *text* as code in one line, also in a cell of a table."""
    return _code(_SPACE.sub(" ", _CONTROL.sub(" ", text)).strip().replace("`", "'")) if text else ""


def markdown_place(path: str, line: int, url: str) -> str:
    """Return where something stands, as code and, if there is a *url*, as a link."""
    place = markdown_code(f"{path}:{line}" if line else path)
    return f"[{place}](<{_CONTROL.sub('', url)}>)" if url else place


def _escaped(text: str) -> str:
    return _CALL.sub(r"\1&#8203;", _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")))


def _code(text: str) -> str:
    # A table is split at bars before code is looked for.
    return "`" + text.replace("|", "\\|") + "`"
