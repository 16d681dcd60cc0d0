"""Drives every target with atheris: inputs that reach new code are kept and changed.

``tox -e fuzz`` runs it.  By itself it says how many inputs each target has had::

    python tests/hostile/coverage_guided.py --total 1000000
    python tests/hostile/coverage_guided.py --target cells --total 20000 --keep FOLDER

Each target runs in a process of its own, whose corpus is made at start from
``examples/`` and ``tests/fixtures``; nothing is kept unless ``--keep`` names a folder.
The exit status is 1 if a target failed, and 0 with a message where no atheris is
installed, as on systems for which it has no wheel.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

_DONE = re.compile(r"Done (\d+) runs")
_FED = re.compile(r"^#(\d+)", re.MULTILINE)
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one target."""

    name: str
    inputs: int
    seconds: float
    failure: str
    """The end of what it said; empty if it held."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--total", type=int, default=1_000_000, help="inputs in all")
    parser.add_argument("--target", action="append", help="only this one; may repeat")
    parser.add_argument("--seed", type=int, default=0, help="0: another each time")
    parser.add_argument("--keep", type=Path, help="a folder for failing inputs")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("fuzzer", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser.parse_args()


# --- in the process of one target ------------------------------------------------------


def _fuzz(name: str, options: list[str]) -> None:
    """Run one target until its inputs are spent; never returns."""
    import atheris

    with atheris.instrument_imports(include=["sphinx_arco_parity"]):
        from fuzzing.every import TARGETS
        from fuzzing.target import run
    warnings.simplefilter("error")
    target = TARGETS[name]
    run(target, "")  # what is imported late is imported here

    def once(raw: bytes) -> None:
        run(target, raw.decode("utf-8", "replace"))

    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


# --- in the process that starts them ---------------------------------------------------


def _prepare(name: str, folder: Path) -> list[str]:
    """Write the corpus and the dictionary of a target; return libFuzzer's options."""
    from fuzzing.every import TARGETS

    corpus = folder / "corpus"
    corpus.mkdir()
    for number, text in enumerate(TARGETS[name].seeds()):
        raw = text.encode("utf-8", "replace")[:_LONGEST]
        (corpus / f"{number:04}").write_bytes(raw)
    words = folder / "words"
    with words.open("w", encoding="ascii") as stream:
        for word in dict.fromkeys(TARGETS[name].words):
            raw = word.encode("utf-8", "replace")[:60]
            shown = "".join(f"\\x{byte:02x}" for byte in raw)
            stream.write(f'"{shown}"\n')
    return [str(corpus), f"-dict={words}"]


def _run(name: str, inputs: int, given: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory(prefix="corpus-") as place:
        folder = Path(place)
        kept = given.keep or folder
        kept.mkdir(parents=True, exist_ok=True)
        options = [
            *_prepare(name, folder),
            *(f"-runs={inputs}", f"-max_len={_LONGEST}", f"-seed={given.seed}"),
            *("-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1"),
            f"-artifact_prefix={kept}/",
        ]
        command = [sys.executable, __file__, "--one", name, *options]
        began = time.monotonic()
        ended = subprocess.run(command, capture_output=True, check=False)
        text = ended.stderr.decode("utf-8", "replace")
        text += ended.stdout.decode("utf-8", "replace")
    found = _DONE.search(text)
    fed = [int(one) for one in _FED.findall(text)]
    count = int(found[1]) if found else max(fed, default=0)
    failure = "" if found and not ended.returncode else text[-3000:]
    return Result(name, count, time.monotonic() - began, failure)


def main() -> int:
    """Run the targets and say how they fared."""
    given = _arguments()
    if importlib.util.find_spec("atheris") is None:
        sys.stdout.write(
            "coverage guided: skipped, for atheris is not installed; it has wheels for "
            "Linux on x86-64 and CPython 3.11 to 3.14 (dependency group `fuzz`)\n"
        )
        return 0
    if given.one:
        _fuzz(given.one, given.fuzzer)
    from fuzzing.every import TARGETS

    chosen = [TARGETS[name] for name in given.target or TARGETS]
    shares = sum(one.share for one in chosen)
    results = []
    for one in chosen:
        inputs = -(-given.total * one.share // shares)
        results.append(_run(one.name, inputs, given))
        _say(results[-1])
    total, failed = (
        sum(one.inputs for one in results),
        [r for r in results if r.failure],
    )
    seconds = sum(one.seconds for one in results)
    sys.stdout.write(
        f"coverage guided: {total:,} inputs in {seconds:,.0f} s, "
        f"{len(failed)} of {len(results)} targets failed\n"
    )
    return 1 if failed else 0


def _say(result: Result) -> None:
    held = "failed" if result.failure else "held"
    sys.stdout.write(
        f"{result.name:<26} {result.inputs:>9,} inputs {result.seconds:>7.0f} s  {held}\n"
    )
    if result.failure:
        sys.stdout.write(f"{result.failure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
