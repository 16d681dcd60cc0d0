"""The pages of the documentation that say how fast we are, from measurements.

Called by :mod:`run`.  A measurement is a mapping with ``system``, ``total``, ``round``,
``scenario``, ``cpu`` (seconds), ``peak`` (MiB), ``pages`` and ``weight`` (KiB).
"""

from __future__ import annotations

import math
import os
import platform
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, Any

from plot import plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FORMS = {
    "ours-directive": "directives",
    "ours-table": "plain tables",
    "ours-file": "data files",
}
_NAMES = {
    **{name: f"ours, {form}" for name, form in _FORMS.items()},
    "ours-read": "ours, plain tables, no collecting page",
    "bare-read": "Sphinx, the same tables without us",
    "plain": "Sphinx, the same visible content",
    "needs": "sphinx-needs",
    "mlx": "mlx.traceability",
    "strictdoc": "StrictDoc",
}
_MARKUPS = {"rst": "reStructuredText", "md": "MyST"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One ratio: ours over theirs."""

    label: str
    ours: str
    theirs: str
    scenario: str = "cold"
    against: str = ""
    """The other's scenario, if it is another."""
    value: str = "cpu"
    target: float = 0.0
    """0: there is none."""


COMPARISONS = (
    Comparison(
        "cold, directives : sphinx-needs", "ours-directive", "needs", target=0.4
    ),
    Comparison("cold, plain tables : sphinx-needs", "ours-table", "needs", target=0.3),
    Comparison("cold, data files : sphinx-needs", "ours-file", "needs", target=0.2),
    Comparison("cold, directives : Sphinx", "ours-directive", "plain", target=0.35),
    Comparison("cold, directives : mlx.traceability", "ours-directive", "mlx"),
    Comparison("cold, tables read : not read", "ours-read", "bare-read", target=1.1),
    Comparison(
        "dummy : html, directives",
        "ours-directive",
        "ours-directive",
        "dummy",
        "cold",
        target=0.5,
    ),
    Comparison(
        "unchanged : Sphinx", "ours-directive", "plain", "unchanged", target=1.15
    ),
    Comparison(
        "one page touched : Sphinx", "ours-directive", "plain", "touched", target=1.25
    ),
    Comparison("unchanged : sphinx-needs", "ours-directive", "needs", "unchanged"),
    Comparison(
        "peak memory : sphinx-needs",
        "ours-directive",
        "needs",
        value="peak",
        target=0.7,
    ),
    Comparison(
        "weight of a page : sphinx-needs", "ours-directive", "needs", value="weight"
    ),
)

Results = dict[tuple[str, int, str], dict[int, dict[str, Any]]]


def write_report(entries: Sequence[dict[str, Any]], folder: Path) -> None:
    """Write ``speed-measured.txt`` and ``speed.svg`` into *folder*."""
    results: Results = defaultdict(dict)
    for one in entries:
        key = (one["system"], one["total"], one["scenario"])
        results[key][one["round"]] = one
    if not results:
        return
    parts = [_machine()]
    parts += ["## Ratios", *_ratios(results), "## Seconds and memory"]
    parts += list(_seconds(results))
    text = "\n\n".join(part.strip("\n") for part in parts) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speed-measured.txt").write_text(text, encoding="utf-8")
    (folder / "speed.svg").write_text(plot(_curves(results)), encoding="utf-8")


def _machine() -> str:
    return (
        f"Measured on {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}) with Python {platform.python_version()}, Sphinx "
        f"{version('sphinx')}, docutils {version('docutils')} and MyST-Parser "
        f"{version('myst-parser')}. CPU seconds of a build and its children, `-j 1`."
    )


def _ratios(results: Results) -> Iterator[str]:
    totals = sorted({total for _, total, _ in results}, reverse=True)
    lines = [
        "| ours : theirs | markup | items | median | spread | rounds | wanted |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in COMPARISONS:
        for markup, name in _MARKUPS.items():
            for total in totals:
                found = ratios(one, markup, total, results)
                if found:
                    lines.append(_ratio_line(one, name, total, found))
                    break
    yield "\n".join(lines)


def ratios(one: Comparison, markup: str, total: int, results: Results) -> list[float]:
    """Return the ratio of each round in which both were measured."""
    ours = results.get((f"{one.ours}-{markup}", total, one.scenario), {})
    scenario = one.against or one.scenario
    theirs = results.get((f"{one.theirs}-{markup}", total, scenario), {})
    return [
        ours[number][one.value] / theirs[number][one.value]
        for number in sorted(set(ours) & set(theirs))
        if theirs[number][one.value]
    ]


def _ratio_line(one: Comparison, markup: str, total: int, found: list[float]) -> str:
    spread = f"{min(found):.2f} to {max(found):.2f}" if len(found) > 1 else ""
    wanted = f"{one.target:.2f}" if one.target else ""
    return (
        f"| {one.label} | {markup} | {total:,} | {median(found):.2f} | {spread} "
        f"| {len(found)} | {wanted} |"
    )


def _seconds(results: Results) -> Iterator[str]:
    totals = sorted({total for _, total, _ in results})
    heads = [f"cold, {total:,}" for total in totals]
    largest = "largest of these"
    heads += ["exponent", f"unchanged, {largest}", "one page touched", "peak MiB"]
    heads += ["pages written after one exception changed", "KiB a page"]
    lines = [f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    systems = dict.fromkeys(system for system, _, _ in results)
    ordered = sorted(systems, key=_position)
    lines += [_system_line(system, totals, results) for system in ordered]
    yield "\n".join(lines)


def _position(system: str) -> tuple[int, str]:
    stem = system.rpartition("-")[0] or system
    names = list(_NAMES)
    return (names.index(stem) if stem in names else len(names), system)


def _system_line(system: str, totals: Sequence[int], results: Results) -> str:
    cold = {t: middle(results, system, t, "cold", "cpu") for t in totals}
    known = {total: value for total, value in cold.items() if value}
    cells = [f"{value:.1f}" if value else "" for value in cold.values()]
    cells.append(exponent(known))
    last = max(known, default=0)
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


def middle(
    results: Results, system: str, total: int, scenario: str, value: str
) -> float | None:
    """Return the median over the rounds, or ``None`` if nothing was measured."""
    found = results.get((system, total, scenario), {}).values()
    return median(one[value] for one in found) if found else None


def exponent(known: dict[int, float]) -> str:
    """Return how the seconds grow from 1,000 items on: 1.00 is in proportion."""
    some = {total: value for total, value in known.items() if total >= 1_000}
    if len(some) < 2:
        return ""
    low, high = min(some), max(some)
    return f"{math.log(some[high] / some[low]) / math.log(high / low):.2f}"


def _shown(system: str) -> str:
    stem, _, markup = system.rpartition("-")
    if stem in _NAMES:
        return f"{_NAMES[stem]}, {_MARKUPS[markup]}"
    return _NAMES.get(system, system)


def _curves(results: Results) -> dict[str, dict[int, float]]:
    """Return the seconds by size of what the picture shows."""
    found: dict[str, dict[int, float]] = {}
    for stem in ("plain", "needs", "mlx", "ours-table", "ours-directive", "ours-file"):
        for markup in ("md", "rst"):
            totals = sorted({t for s, t, _ in results if s == f"{stem}-{markup}"})
            points = {
                t: middle(results, f"{stem}-{markup}", t, "cold", "cpu") for t in totals
            }
            known = {t: seconds for t, seconds in points.items() if seconds}
            if known:
                found[_NAMES[stem]] = known
                break
    return found
