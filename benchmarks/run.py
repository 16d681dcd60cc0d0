"""Measure builds of ourselves and of peers in turn, and say how they compare.

``python benchmarks/run.py`` takes hours; ``--sizes``, ``--rounds``, ``--only`` and
``--scenarios`` choose less, and ``--estimate`` says how long a choice takes, from what
has been measured.  ``--short`` builds 100 items once with each system that needs nothing
but Sphinx, and fails only if a build does.

A round builds every system once, so that a ratio compares builds of the same minutes;
shared machines are noisy, and CPU seconds of one round compare better than means.  Each
measurement is kept at once below ``--work``: a series that was broken off is continued
by the same command, whose ``--rounds`` are those that it shall have in the end.

Two series may run at once, one on each core, if each has a ``--work`` of its own:
``taskset -c 0 python benchmarks/run.py --work a …``.  ``--report a b`` writes the pages
of the documentation from both, and compares nothing of one with anything of the other.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from builds import SCENARIOS
from report import write_report
from series import Series, entries_of
from systems import SYSTEMS

_ROOT = Path(__file__).resolve().parent.parent
_DOCS = _ROOT / "docs" / "explanation"
_CACHE = Path.home() / ".cache" / "sphinx-arco-parity-benchmarks"
_SHORT = tuple(n for n in SYSTEMS if n.startswith(("ours", "plain", "bare", "unused")))


def main(arguments: list[str] | None = None) -> int:
    """Measure, and return the exit status: 1 if a build failed."""
    options = _parser().parse_args(arguments)
    if options.short:
        return _short()
    if options.report is not None:
        return _report(options.report or [options.work], options.into)
    series = Series(
        work=options.work.resolve(),
        names=tuple(n for n in SYSTEMS if not options.only or n in options.only),
        sizes=tuple(options.sizes),
        rounds=options.rounds,
        scenarios=tuple(options.scenarios),
        code=options.code.resolve(),
        environments=options.environments.resolve(),
    )
    if options.estimate:
        print(series.estimate())
        return 0
    if options.prepare:
        series.prepare()
        return 0
    return series.measure()


def _short() -> int:
    with tempfile.TemporaryDirectory() as folder:
        short = Series(
            work=Path(folder),
            names=_SHORT,
            sizes=(100,),
            rounds=1,
            scenarios=("cold", "unchanged", "changed"),
        )
        status = short.measure()
        _report([short.work], short.work / "report")
        return status


def _report(folders: list[Path], into: Path) -> int:
    missing = [one for one in folders if not entries_of(one)]
    for one in missing:
        print(f"nothing has been measured in {one}", file=sys.stderr)
    found: list[dict[str, object]] = []
    for number, folder in enumerate(folders):
        # Rounds of two series are never the same round.
        found += [{**e, "round": (number, e["round"])} for e in entries_of(folder)]
    write_report(found, into)
    return 1 if missing else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true")
    parser.add_argument(
        "--report",
        type=Path,
        nargs="*",
        metavar="WORK",
        help="only write the pages, from these folders",
    )
    parser.add_argument("--into", type=Path, default=_DOCS, help="where the pages go")
    parser.add_argument("--estimate", action="store_true", help="only say how long")
    parser.add_argument(
        "--prepare", action="store_true", help="only write projects and install peers"
    )
    parser.add_argument("--rounds", type=int, default=5, help="in all (default: 5)")
    parser.add_argument("--sizes", type=_numbers, default=[1_000, 10_000, 50_000])
    parser.add_argument("--only", type=_systems, default=[], help=f"of {', '.join(SYSTEMS)}")
    parser.add_argument("--scenarios", type=_scenarios, default=SCENARIOS)
    parser.add_argument("--work", type=Path, default=_CACHE)
    parser.add_argument(
        "--environments", type=Path, default=_CACHE / "environments", help="of peers"
    )
    parser.add_argument("--code", type=Path, default=_ROOT, help="the checkout that is measured")
    return parser


def _systems(text: str) -> list[str]:
    """Return the systems that *text* names; ``ours-*`` are all that begin so."""
    found = []
    for word in _words(text):
        stem = word.removesuffix("*")
        some = [n for n in SYSTEMS if n == word or (stem != word and n.startswith(stem))]
        if not some:
            raise argparse.ArgumentTypeError(f"there is no system {word}")
        found += some
    return found


def _scenarios(text: str) -> list[str]:
    for word in _words(text):
        if word not in SCENARIOS:
            raise argparse.ArgumentTypeError(f"{word} is none of {SCENARIOS}")
    return _words(text)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _numbers(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


if __name__ == "__main__":
    sys.exit(main())
