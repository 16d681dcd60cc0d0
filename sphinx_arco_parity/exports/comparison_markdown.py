"""What has changed since a revision, as Markdown.  Used by ``arco-parity diff``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sphinx_arco_parity.exports.markdown import markdown_code, markdown_place, markdown_text
from sphinx_arco_parity.review.comparison import Comparison, Difference

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
    verdict = _number(len(comparison.regressed), "regression")
    if comparison.improved:
        verdict += f", {_number(len(comparison.improved), 'improvement')}"
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
        lines += [*_reviewed(comparison.reviewed), ""]
    return "\n".join(lines)


def _number(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _counted(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.milestone
    if before != after:
        yield f"Milestone: {markdown_text(before or 'none')} → **{markdown_text(after or 'none')}**"
        yield ""
    for name, counts in (("Status", comparison.statuses), ("Result", comparison.results)):
        if any(then != now for then, now in counts.values()):
            yield f"| {name} | Before | Now | |"
            yield "|---|---:|---:|---:|"
            for word, (then, now) in counts.items():
                delta = f"{now - then:+d}" if now != then else ""
                yield f"| {markdown_text(word)} | {then} | {now} | {delta} |"
            yield ""


def _reviewed(found: Sequence[Difference]) -> Iterator[str]:
    """Give a line for each review, with all the exceptions that it signed."""
    signed: dict[str, list[str]] = {}
    for difference in found:
        signed.setdefault(difference.now, []).append(markdown_code(difference.id))
    for said, names in signed.items():
        yield f"- exception{'s' if names[1:] else ''} {', '.join(names)}: {markdown_text(said)}"


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
