"""A summary, and what has changed since a revision, in Markdown for a pull request or a job.

A comment holds 65,536 characters; the table of findings ends before that and says so.  Text
from anywhere is made safe for the hosting site, here and for ``arco-parity diff``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports import counts
from sphinx_arco_parity.exports.presentation import Presentation, grouped, places
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.review.comparison import Comparison, Difference

#: A comment holds 65,536; what follows the table needs a little.
_ROOM = 60_000
_GLYPHS = {"error": "❌", "warning": "⚠️", "info": "ℹ️"}


def markdown(assessment: Assessment, shown: Presentation) -> str:
    """Return counts and a table of the findings, gravest first."""
    number = counts.findings_by_severity(assessment.findings)
    words = ", ".join(counts.plural(number[word], word) for word in _GLYPHS if number[word])
    lines = [f"## Parity: {words or 'no findings'}", "", *_counts(assessment)]
    if shown.commit:
        lines += ["", f"Commit {markdown_code(shown.commit[:12])}."]
    table = list(_table(assessment, shown, sum(len(line) + 1 for line in lines)))
    return "\n".join([*lines, *table, ""])


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
            shown = [f"{markdown_text(word)} {count}" for word, count in numbers.items() if count]
            said = f"{sum(numbers.values())}: {', '.join(shown)}" if shown else "none"
            lines.append(f"| {name} | {said} |")
    return lines


def _table(assessment: Assessment, shown: Presentation, used: int) -> Iterator[str]:
    gravest = list(_GLYPHS).index
    groups = grouped(
        sorted(
            assessment.findings,
            key=lambda f: (gravest(f.severity), f.place.path, f.place.line, f.rule),
        )
    )
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


_PARTS = ("regressed", "improved", "changed", "added", "removed")


def comparison_markdown(
    comparison: Comparison,
    *,
    since: str,
    now: str = "",
    url: Callable[[str, int], str] = lambda _path, _line: "",
) -> str:
    """Return *comparison* as Markdown, what got worse first.

    :param since: the git revision it is compared with, as the user named it.
    :param now: the same for the newer side; empty for what is checked out.
    :param url: where a site shows a line of a path of the repository, if one does.
    """
    worse, better = len(comparison.regressed), len(comparison.improved)
    verdict = counts.plural(worse, "regression") if worse else "no regressions"
    if better:
        verdict += f", {counts.plural(better, 'improvement')}"
    until = f" up to {markdown_code(now)}" if now else ""
    lines = [f"## Parity since {markdown_code(since)}{until}: {verdict}", ""]
    if not comparison:
        return "\n".join([*lines, "Nothing has changed.", ""])
    lines += _counted(comparison)
    told = [found.now for found in comparison.regressed if found.kind == "finding"]
    for name in _PARTS:
        found: tuple[Difference, ...] = getattr(comparison, name)
        if found:
            lines += [f"### {name.capitalize()} ({len(found)})", ""]
            lines += [f"- {_item(difference, told, url)}" for difference in found]
            lines.append("")
    if comparison.reviewed:
        lines += [f"### Reviewed ({len(comparison.reviewed)})", ""]
        signed: dict[str, list[str]] = {}
        for difference in comparison.reviewed:
            signed.setdefault(difference.now, []).append(markdown_code(difference.id))
        for said, ids in signed.items():
            what = f"exception{'s' if ids[1:] else ''} {', '.join(ids)}"
            lines.append(f"- {what}: {markdown_text(said)}")
        lines.append("")
    return "\n".join(lines)


def _counted(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.milestone
    if before != after:
        yield f"Milestone: {markdown_text(before or 'none')} → **{markdown_text(after or 'none')}**"
        yield ""
    for name, numbers in (("Status", comparison.statuses), ("Result", comparison.results)):
        if any(then != now for then, now in numbers.values()):
            yield f"| {name} | Before | Now | |"
            yield "|---|---:|---:|---:|"
            for word, (then, now) in numbers.items():
                delta = f"{now - then:+d}" if now != then else ""
                yield f"| {markdown_text(word)} | {then} | {now} | {delta} |"
            yield ""


def _item(difference: Difference, told: Sequence[str], url: Callable[[str, int], str]) -> str:
    """Return the line for *difference*, without a reason that a finding has *told* already."""
    what = ""
    if difference.kind in {"evidence", "finding"}:
        what = f" {difference.kind} {markdown_code(difference.what.replace('`', ''))}"
    elif difference.what and difference.what != difference.id:
        what = f" {markdown_text(difference.what)}"
    said = " → ".join(markdown_text(text) for text in (difference.was, difference.now) if text)
    kind = f"{difference.kind} " if difference.kind in {"exception", "claim"} else ""
    why = (
        f"; {markdown_text(difference.why)}"
        if difference.why and not any(difference.why in text for text in told)
        else ""
    )
    place = markdown_place(difference.path, difference.line, url(difference.path, difference.line))
    where = f" ({place})" if difference.path else ""
    return f"{kind}{markdown_code(difference.id)}{what}{': ' + said if said else ''}{why}{where}"
