"""Measure builds of ourselves and of peers in turn, and say how they compare.

``python benchmarks/run.py`` takes hours; ``--sizes``, ``--rounds`` and ``--only`` choose
less.  ``--short`` builds 100 items once with each system that needs nothing but Sphinx,
and fails only if a build does.  Projects, the peers' environments and the measurements
are kept below ``--work``; ``--report`` writes the pages of the documentation from what
has been measured so far.

A round builds every system once, so that a ratio compares builds of the same minutes;
shared machines are noisy, and CPU seconds of one round compare better than means.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from builds import SCENARIOS, Bench, BrokenRunError
from report import write_report
from systems import SYSTEMS

_DOCS = Path(__file__).resolve().parent.parent / "docs" / "explanation"
_SHORT = tuple(name for name in SYSTEMS if name.startswith(("ours", "plain", "bare")))


def main(arguments: list[str] | None = None) -> int:
    """Measure, and return the exit status: 1 if a build failed."""
    options = _parser().parse_args(arguments)
    if options.short:
        with tempfile.TemporaryDirectory() as folder:
            return _measure(Path(folder), _SHORT, [100], 1, ("cold", "unchanged"))
    names = [name for name in SYSTEMS if not options.only or name in options.only]
    status = 0
    if not options.report:
        status = _measure(
            options.work, names, options.sizes, options.rounds, options.scenarios
        )
    write_report(_results(options.work), _DOCS)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--report", action="store_true", help="only write the pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=_numbers, default=[1_000, 10_000, 50_000])
    parser.add_argument("--only", type=_words, default=[], help="names of systems")
    parser.add_argument("--scenarios", type=_words, default=SCENARIOS)
    cache = Path.home() / ".cache" / "sphinx-arco-parity-benchmarks"
    parser.add_argument("--work", type=Path, default=cache)
    return parser


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _numbers(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


def _measure(
    work: Path,
    names: list[str] | tuple[str, ...],
    sizes: list[int],
    rounds: int,
    scenarios: list[str] | tuple[str, ...],
) -> int:
    status = 0
    for total in sizes:
        first = _rounds_so_far(work, total)
        for number in range(first, first + rounds):
            for name in names:
                status |= _measure_one(Bench(work, name, total), number, scenarios)
    return status


def _measure_one(
    bench: Bench, number: int, scenarios: list[str] | tuple[str, ...]
) -> int:
    """Measure one system in one round; return 1 if a build failed."""
    for scenario in scenarios:
        try:
            found, pages = bench.run(scenario)
        except BrokenRunError as error:
            print(f"FAILED {error}", file=sys.stderr)
            return 1
        entry = {
            "system": bench.name,
            "total": bench.total,
            "round": number,
            "scenario": scenario,
            "cpu": round(found.cpu, 3),
            "wall": round(found.wall, 3),
            "peak": round(found.peak, 1),
            "pages": pages,
            "weight": round(bench.weight(), 1),
        }
        print(json.dumps(entry), flush=True)
        with (bench.work / "results.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry) + "\n")
    return 0


def _results(work: Path) -> list[dict[str, object]]:
    path = work / "results.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _rounds_so_far(work: Path, total: int) -> int:
    numbers = [one["round"] for one in _results(work) if one["total"] == total]
    return 1 + max((int(str(number)) for number in numbers), default=-1)


if __name__ == "__main__":
    sys.exit(main())
