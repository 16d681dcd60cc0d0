"""A comparison as Markdown for a pull request, and as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.review.comparison import Comparison, Difference

_PARTS = ("regressed", "improved", "changed", "added", "removed", "reviewed")
_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\|*_[]<>#~"})


def comparison_markdown(comparison: Comparison, *, since: str, now: str = "") -> str:
    """Return *comparison* as Markdown, what got worse first.

    :param since: the git revision it is compared with, as the user named it.
    :param now: the same for the newer side; empty for what is checked out.
    """
    worse = len(comparison.regressed)
    verdict = "1 regression" if worse == 1 else f"{worse or 'no'} regressions"
    until = f" up to {_code(now)}" if now else ""
    lines = [f"## Parity since {_code(since)}{until}: {verdict}", ""]
    if not comparison:
        return "\n".join([*lines, "Nothing has changed.", ""])
    lines += _counted(comparison)
    for name in _PARTS:
        found: tuple[Difference, ...] = getattr(comparison, name)
        if found:
            lines += [f"### {name.capitalize()} ({len(found)})", ""]
            lines += [f"- {_item(difference)}" for difference in found]
            lines.append("")
    return "\n".join(lines)


def _counted(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.milestone
    if before != after:
        yield f"Milestone: {_safe(before or 'none')} → **{_safe(after or 'none')}**"
        yield ""
    if any(then != now for then, now in comparison.statuses.values()):
        yield "| Status | Before | Now | |"
        yield "|---|---:|---:|---:|"
        for status, (then, now) in comparison.statuses.items():
            delta = f"{now - then:+d}" if now != then else ""
            yield f"| {_safe(status)} | {then} | {now} | {delta} |"
        yield ""


def _item(difference: Difference) -> str:
    what = ""
    if difference.kind in {"evidence", "finding"}:
        what = f" {difference.kind} {_code(difference.what)}"
    elif difference.what and difference.what != difference.id:
        what = f" {_safe(difference.what)}"
    said = " → ".join(_safe(text) for text in (difference.was, difference.now) if text)
    kind = f"{difference.kind} " if difference.kind in {"exception", "claim"} else ""
    place = _code(f"{difference.path}:{difference.line}")
    where = f" ({place})" if difference.path else ""
    return f"{kind}{_code(difference.id)}{what}{': ' + said if said else ''}{where}"


def _safe(text: str) -> str:
    return " ".join(text.split()).translate(_MARKUP)


def _code(text: str) -> str:
    return f"`{' '.join(text.split()).replace('`', '')}`"
