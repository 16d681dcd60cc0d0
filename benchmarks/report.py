"""The pages of the documentation that say how fast we are, from measurements.

Called by :mod:`run`.  A measurement is a mapping as :mod:`series` keeps it.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, Any

from comparisons import (
    COMPARISONS,
    GROWTH,
    Comparison,
    Results,
    by_round,
    growth,
    middle,
    ratios,
)
from plot import plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NAMES = {
    "ours-directive": "ours, directives",
    "ours-table": "ours, plain tables",
    "ours-file": "ours, data files",
    "ours-read": "ours, plain tables, no collecting page",
    "bare-read": "Sphinx, the same tables without us",
    "plain": "Sphinx, the same visible content",
    "needs": "sphinx-needs",
    "mlx": "mlx.traceability",
    "strictdoc": "StrictDoc",
    "unused": "text alone, our extension listed",
    "unlisted": "text alone",
}
_MARKUPS = {"rst": "reStructuredText", "md": "MyST"}
_SHOWN = ("plain", "needs", "mlx", "ours-table", "ours-directive", "ours-file")

_NOTES = """\
What could not be made equal:

- sphinx-needs, mlx.traceability and StrictDoc show evidence as text, and prove none of it.
- mlx.traceability runs with Sphinx 8, as it does not allow 9; its tables are its own matrix
  of attributes and its matrix of the relation, with other columns.
- StrictDoc is a program of its own, not an extension, and reads a language of its own. It
  writes the items of each document in several views, which makes its pages heavy, and has
  its own page of tables.
- "Sphinx, the same visible content" is what our directives show, typed out as admonitions,
  links and tables.
- "Sphinx, the same tables without us" is the very same pages, so what we add to them - ids,
  links, marks, findings - is not there."""


def write_report(entries: Sequence[dict[str, Any]], folder: Path) -> None:
    """Write ``speed-measured.txt`` and ``speed.svg`` into *folder*."""
    results = by_round(entries)
    if not results:
        return
    lines, conditions = _ratios(results)
    conditions += _conditions_of_growth(results)
    conditions += _conditions_of_writing(results)
    parts = [_machine(), "## What is wanted", _summary(conditions)]
    parts += ["## Ratios", _RATIOS, *lines, "## Seconds and memory", _seconds(results)]
    parts += ["## Growth", _GROWTH, _growth_table(results), _NOTES]
    text = "\n\n".join(part.strip("\n") for part in parts) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speed-measured.txt").write_text(text, encoding="utf-8")
    curves = _curves(results)
    if curves:
        (folder / "speed.svg").write_text(plot(curves), encoding="utf-8")


def _machine() -> str:
    return (
        f"Measured on {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}) with Python {platform.python_version()}, Sphinx "
        f"{version('sphinx')}, docutils {version('docutils')} and MyST-Parser "
        f"{version('myst-parser')}. CPU seconds of a build and its children, `-j 1`."
    )


# --- what is wanted ---------------------------------------------------------------


def _summary(conditions: Sequence[tuple[str, bool]]) -> str:
    """Say how many conditions are met, and which are not."""
    missed = [text for text, met in conditions if not met]
    head = f"Of {len(conditions)} conditions, {len(conditions) - len(missed)} are met."
    if not missed:
        return head
    return "\n".join([f"{head} Not met:", "", *(f"- {text}" for text in missed)])


def _conditions_of_growth(results: Results) -> list[tuple[str, bool]]:
    found = []
    for system in _systems(results):
        if not system.startswith("ours"):
            continue
        for scenario, value, name in _GROWING:
            grown = growth(results, system, scenario, value)
            if grown:
                low, high, exponent = grown
                text = (
                    f"{_shown(system)}: {name} from {low:,} to {high:,} items grows "
                    f"with an exponent of {exponent:.2f}; wanted: {GROWTH}"
                )
                found.append((text, round(exponent, 2) <= GROWTH))
    return found


def _conditions_of_writing(results: Results) -> list[tuple[str, bool]]:
    found = []
    for (system, total, scenario), rounds in results.items():
        if scenario != "changed":
            continue
        strangers = sorted({page for one in rounds.values() for page in _strange(one)})
        text = (
            f"{_shown(system)}, {total:,} items: after one exception changed, "
            f"{len(strangers)} pages are written that show nothing of it"
            f" ({', '.join(strangers[:3])} …)"
        )
        found.append((text, not strangers))
    return found


def _strange(one: dict[str, Any]) -> list[str]:
    return list(one.get("strangers", ()))


# --- ratios -----------------------------------------------------------------------

_RATIOS = """\
Each ratio is of two builds of the same round; median and spread are over the rounds."""


def _ratios(results: Results) -> tuple[list[str], list[tuple[str, bool]]]:
    """Return the table, and the condition of each ratio of which something is wanted."""
    lines = [
        "| ours : theirs | markup | items | median | spread | rounds | wanted | met |",
        "|---|---|---|---|---|---|---|---|",
    ]
    conditions = []
    totals = sorted({total for _, total, _ in results}, reverse=True)
    for one in COMPARISONS:
        for markup, name in _MARKUPS.items():
            some = [(t, ratios(one, markup, t, results)) for t in totals]
            known = [(total, found) for total, found in some if found]
            for total, found in known if one.each else known[:1]:
                lines.append(_ratio_line(one, name, total, found))
                if one.target:
                    text = (
                        f"{one.label}, {name}, {total:,} items: {median(found):.2f}; "
                        f"wanted: {one.target:.2f}"
                    )
                    conditions.append((text, _is_met(one, found)))
    return ["\n".join(lines)], conditions


def _is_met(one: Comparison, found: Sequence[float]) -> bool:
    return median(found) <= one.target


def _ratio_line(one: Comparison, markup: str, total: int, found: list[float]) -> str:
    digits = 3 if one.target == 1.01 else 2
    spread = ""
    if len(found) > 1:
        spread = f"{min(found):.{digits}f} to {max(found):.{digits}f}"
    wanted = f"{one.target:.2f} | {'yes' if _is_met(one, found) else 'no'}"
    return (
        f"| {one.label} | {markup} | {total:,} | {median(found):.{digits}f} | {spread} "
        f"| {len(found)} | {wanted if one.target else ' | '} |"
    )


# --- seconds ----------------------------------------------------------------------


def _systems(results: Results) -> list[str]:
    return sorted({system for system, _, _ in results}, key=_position)


def _position(system: str) -> tuple[int, str]:
    stem = system.rpartition("-")[0] or system
    names = list(_NAMES)
    return (names.index(stem) if stem in names else len(names), system)


def _seconds(results: Results) -> str:
    totals = sorted({total for _, total, _ in results})
    heads = [f"cold, {total:,}" for total in totals]
    heads += ["unchanged, largest of these", "one page touched", "peak MiB"]
    heads += ["pages written after one exception changed", "KiB a page"]
    lines = [f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    lines += [_system_line(one, totals, results) for one in _systems(results)]
    return "\n".join(lines)


def _system_line(system: str, totals: Sequence[int], results: Results) -> str:
    cold = {t: middle(results, system, t, "cold", "cpu") for t in totals}
    cells = [f"{value:.1f}" if value else "" for value in cold.values()]
    last = max((total for total, value in cold.items() if value), default=0)
    for scenario, value in (
        ("unchanged", "cpu"),
        ("touched", "cpu"),
        ("cold", "peak"),
        ("changed", "pages"),
        ("cold", "weight"),
    ):
        found = middle(results, system, last, scenario, value)
        digits = 1 if value == "cpu" else 0
        cells.append("" if found is None else f"{found:.{digits}f}")
    return f"| {_shown(system)} | {' | '.join(cells)} |"


def _shown(system: str) -> str:
    stem, _, markup = system.rpartition("-")
    if stem in _NAMES:
        return f"{_NAMES[stem]}, {_MARKUPS[markup]}"
    return _NAMES.get(system, system)


# --- growth -----------------------------------------------------------------------

_GROWTH = "Exponents: with 1.00, what is ten times as large takes ten times as much."
_GROWING = (
    ("cold", "cpu", "the time of a cold build"),
    ("unchanged", "cpu", "the time of an unchanged build"),
    ("touched", "cpu", "the time of a build with one page touched"),
    ("cold", "peak", "peak memory"),
)


def _growth_table(results: Results) -> str:
    heads = [name for _, _, name in _GROWING]
    lines = [f"| | items | {' | '.join(heads)} |", "|---" * (len(heads) + 2) + "|"]
    for system in _systems(results):
        grown = [growth(results, system, *one[:2]) for one in _GROWING]
        first = next((one for one in grown if one), None)
        if first is None:
            continue
        cells = [f"{one[2]:.2f}" if one else "" for one in grown]
        items = f"{first[0]:,} to {first[1]:,}"
        lines.append(f"| {_shown(system)} | {items} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _curves(results: Results) -> dict[str, dict[int, float]]:
    """Return the seconds by size of what the picture shows."""
    return {
        _NAMES[stem]: next(iter(known)) for stem in _SHOWN if (known := list(_known(results, stem)))
    }


def _known(results: Results, stem: str) -> Iterator[dict[int, float]]:
    """Yield size to seconds of each markup in which the system was measured."""
    for markup in ("md", "rst"):
        system = f"{stem}-{markup}"
        totals = sorted({t for s, t, c in results if (s, c) == (system, "cold")})
        found = {t: middle(results, system, t, "cold", "cpu") for t in totals}
        if found:
            yield {total: seconds for total, seconds in found.items() if seconds}
