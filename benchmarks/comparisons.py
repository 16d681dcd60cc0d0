"""The ratios that are looked at, and what is wanted of them; read by :mod:`report`."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


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
    each: bool = False
    """Whether every size is shown; else the largest at which both were measured."""


def _forms(label: str, targets: tuple[float, ...], **more: Any) -> list[Comparison]:
    """Return the comparison of each of our forms with sphinx-needs."""
    forms = ("directives", "plain tables", "data files")
    systems = ("ours-directive", "ours-table", "ours-file")
    return [
        Comparison(f"{label}{form} : sphinx-needs", ours, "needs", target=to, **more)
        for form, ours, to in zip(forms, systems, targets, strict=True)
    ]


def _unused(scenario: str) -> Comparison:
    label = f"{scenario}, text alone: listed : not listed"
    return Comparison(label, "unused", "unlisted", scenario, target=1.01, each=True)


COMPARISONS = (
    *_forms("cold, ", (0.4, 0.3, 0.2)),
    Comparison("cold, directives : Sphinx", "ours-directive", "plain", target=0.35),
    Comparison("cold, directives : mlx.traceability", "ours-directive", "mlx"),
    Comparison("cold, tables read : not read", "ours-read", "bare-read", target=1.1),
    *_forms("cold, `-j 2`, wall, ", (0, 0, 0), scenario="j2", value="wall"),
    *(
        Comparison(f"dummy : html, {form}", ours, ours, "dummy", "cold", target=target)
        for form, ours, target in (
            ("directives", "ours-directive", 0.5),
            ("plain tables", "ours-table", 0.0),
            ("data files", "ours-file", 0.0),
        )
    ),
    *(
        Comparison(f"{label} : Sphinx, {form}", ours, theirs, scenario, target=target)
        for label, scenario, target in (
            ("unchanged", "unchanged", 1.15),
            ("one page touched", "touched", 1.25),
        )
        for form, ours, theirs in (
            ("directives", "ours-directive", "plain"),
            ("tables read : not read", "ours-read", "bare-read"),
        )
    ),
    Comparison("unchanged : sphinx-needs", "ours-directive", "needs", "unchanged"),
    Comparison("unchanged : mlx.traceability", "ours-directive", "mlx", "unchanged"),
    Comparison(
        "`arco-parity check`, unchanged : Sphinx's dummy without us, unchanged",
        *("ours-read", "bare-read", "check", "dummy-again"),
        target=1.3,
    ),
    *map(_unused, ("cold", "unchanged", "touched")),
    *_forms("peak memory, ", (0.7, 0.7, 0.7), value="peak"),
    *_forms("weight of a page, ", (0, 0, 0), value="weight"),
)

#: What an exponent of growth may be.
GROWTH = 1.05

Results = dict[tuple[str, int, str], dict["Hashable", dict[str, Any]]]


def by_round(entries: Iterable[dict[str, Any]]) -> Results:
    """Return (system, items, scenario) to round to measurement."""
    results: Results = defaultdict(dict)
    for one in entries:
        results[one["system"], one["total"], one["scenario"]][one["round"]] = one
    return dict(results)


def ratios(one: Comparison, markup: str, total: int, results: Results) -> list[float]:
    """Return the ratio of each round in which both were measured."""
    ours = results.get((f"{one.ours}-{markup}", total, one.scenario), {})
    scenario = one.against or one.scenario
    theirs = results.get((f"{one.theirs}-{markup}", total, scenario), {})
    return [
        ours[number][one.value] / theirs[number][one.value]
        for number in ours
        if number in theirs and theirs[number][one.value]
    ]


def middle(results: Results, system: str, total: int, scenario: str, value: str) -> float | None:
    """Return the median over the rounds, or ``None`` if nothing was measured."""
    found = results.get((system, total, scenario), {}).values()
    return median(one[value] for one in found) if found else None


def growth(
    results: Results, system: str, scenario: str, value: str
) -> tuple[int, int, float] | None:
    """Return from and to how many items, and the exponent: 1.0 is in proportion.

    ``None`` unless two sizes from 1,000 items on were measured.
    """
    sizes = sorted(
        total
        for name, total, done in results
        if (name, done) == (system, scenario) and total >= 1_000
    )
    if len(sizes) < 2:
        return None
    low, high = sizes[0], sizes[-1]
    first = middle(results, system, low, scenario, value)
    last = middle(results, system, high, scenario, value)
    if not first or not last:
        return None
    return low, high, math.log(last / first) / math.log(high / low)
