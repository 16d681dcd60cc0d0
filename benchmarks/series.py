"""A series of rounds, kept as it is measured; called by :mod:`run`.

One JSON object a line in ``results.jsonl``: ``system``, ``total`` (items), ``round``,
``scenario``, and ``cpu`` and ``wall`` (seconds), ``peak`` (MiB), ``pages`` (written),
``strangers`` (pages that need not have been), ``weight`` (KiB) - or ``failed``, with
what went wrong.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from builds import Bench, BrokenRunError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds an item, where nothing has been measured: plain Sphinx's.
_GUESS = 0.008


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is measured, how often, and where it is kept."""

    work: Path
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    rounds: int
    scenarios: tuple[str, ...]
    code: Path = Path(__file__).resolve().parent.parent
    environments: Path = Path("environments")

    def measure(self) -> int:
        """Measure what is missing; return 1 if a build failed."""
        status = 0
        for total in self.sizes:
            first, missing = self._missing(total)
            if missing:
                self._prepare(total)
            for number in range(first, first + missing):
                # Every other round backwards: who comes second has warmer caches.
                benches = list(self._benches(total))[:: -1 if number % 2 else 1]
                for bench in benches:
                    status |= self._measure(bench, number)
        return status

    def prepare(self) -> None:
        """Write every project and install every peer."""
        for total in self.sizes:
            self._prepare(total)

    def _prepare(self, total: int) -> None:
        for bench in self._benches(total):
            if bench.scenarios(self.scenarios):
                bench.prepare()

    def _benches(self, total: int) -> Iterator[Bench]:
        for name in self.names:
            yield Bench(self.work, name, total, self.code, self.environments)

    def _wanted(self, total: int) -> set[tuple[str, str]]:
        """Return the systems and scenarios of a round."""
        return {
            (bench.name, scenario)
            for bench in self._benches(total)
            for scenario in bench.scenarios(self.scenarios)
        }

    def _missing(self, total: int) -> tuple[int, int]:
        """Return the number of the next round, and how many rounds are missing."""
        done: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for one in entries_of(self.work):
            if one["total"] == total:
                done[one["round"]].add((one["system"], one["scenario"]))
        wanted = self._wanted(total)
        whole = sum(wanted <= found for found in done.values())
        return max(done, default=-1) + 1, max(0, self.rounds - whole)

    def _measure(self, bench: Bench, number: int) -> int:
        """Measure one system in one round; return 1 if a build failed."""
        entry: dict[str, Any]
        for scenario in bench.scenarios(self.scenarios):
            about = {"system": bench.name, "total": bench.total, "round": number}
            entry = {**about, "scenario": scenario}
            try:
                found, written = bench.run(scenario)
            except BrokenRunError as error:
                print(f"FAILED {error}", file=sys.stderr)
                self._keep({**entry, "failed": str(error)})
                return 1
            entry |= {
                "cpu": round(found.cpu, 3),
                "wall": round(found.wall, 3),
                "peak": round(found.peak, 1),
                "pages": written.pages,
                "weight": round(bench.weight(), 1),
            }
            if scenario == "changed":
                entry["strangers"] = list(written.strangers)
            print(json.dumps(entry), flush=True)
            self._keep(entry)
        return 0

    def _keep(self, entry: dict[str, Any]) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        with (self.work / "results.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry) + "\n")

    def estimate(self) -> str:
        """Return how many minutes of a core are missing, from what is measured."""
        known = defaultdict(list)
        for one in entries_of(self.work):
            known[one["system"], one["scenario"], one["total"]].append(one["cpu"])
        lines, total_seconds = [], 0.0
        for total in self.sizes:
            _, missing = self._missing(total)
            some = sorted(self._wanted(total))
            seconds = sum(_expected(known, *pair, total) for pair in some)
            total_seconds += seconds * missing
            lines.append(
                f"{total:,} items: {len(some)} builds a round, {seconds / 60:.1f} "
                f"minutes; {missing} rounds to do"
            )
        # In proportion, which an unchanged build is not: it is less.
        return "\n".join([*lines, f"in all at most {total_seconds / 60:.0f} minutes"])


def _expected(
    known: dict[tuple[str, str, int], list[float]],
    system: str,
    scenario: str,
    total: int,
) -> float:
    """Return the CPU seconds of a build, in proportion to the nearest that is known."""
    sizes = [t for s, c, t in known if (s, c) == (system, scenario)]
    if not sizes:
        return total * _GUESS
    nearest = min(sizes, key=lambda size: abs(size - total))
    return median(known[system, scenario, nearest]) * total / nearest


def entries_of(work: Path) -> list[dict[str, Any]]:
    """Return what was measured, without what failed."""
    return [one for one in _lines_of(work) if "failed" not in one]


def failures_of(work: Path) -> list[dict[str, Any]]:
    """Return what failed."""
    return [one for one in _lines_of(work) if "failed" in one]


def _lines_of(work: Path) -> list[dict[str, Any]]:
    path = work / "results.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
