"""How long ``arco-parity check`` takes in a large repository without any configuration.

Of the tracked files one in a hundred is Markdown, as where a port lives in a monorepo: most
pages have a table, few of them a matrix, whose rows cite files, tests and lines.

Run from the root of the repository: ``python benchmarks/unconfigured.py``; ``--files``
makes another size than 70,000, ``--rounds`` says how often.  Printed are the seconds, and
those of CPU, of the first run, whose caches are empty, and of the quickest after it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = 100
_PAGE = "# Notes {n}\n\n{words}\n\n| Option | Default | Meaning |\n|---|---|---|\n{rows}\n"
_MATRIX = "# Parity {n}\n\n| Feature | Status | Where | Tests |\n|---|---|---|---|\n{rows}\n"
_WORDS = "Ropes are wound before the wind turns, and every knot is tied twice. " * 40
#: One page in so many has a matrix.
_RARE = 70


def make(root: Path, files: int) -> None:
    """Make a repository of so many tracked files below *root*."""
    for number in range(files):
        path = root / f"kit{number // _FOLDER}" / name_of(number)
        path.parent.mkdir(exist_ok=True)
        path.write_text(_text(number), encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=root, check=True)


def name_of(number: int) -> str:
    """Return the name of a file in its folder."""
    return f"page{number}.md" if number % _FOLDER == 0 else f"knot{number}.py"


def _text(number: int) -> str:
    if number % _FOLDER:
        return f"def tie_{number}():\n    return {number}\n\n\ndef test_{number}():\n    tie_{number}()\n"
    if number // _FOLDER % _RARE:
        rows = "\n".join(f"| option-{row} | {row} | what {row} means |" for row in range(20))
        return _PAGE.format(n=number, words=_WORDS, rows=rows)
    cited = range(number + 1, number + 21)
    rows = "\n".join(
        f"| knot {n} | ✅ | `kit{n // _FOLDER}/knot{n}.py:1` (`tie_{n}`) | `knot{n}.py::test_{n}` |"
        for n in cited
    )
    return _MATRIX.format(n=number, rows=rows)


def seconds(root: Path, cache: Path) -> tuple[float, float]:
    """Return how long a check takes, the start of Python included, and its time of CPU."""
    variables = {**os.environ, "PYTHONPATH": str(_ROOT), "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "sphinx_arco_parity", "check"]
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(
        command, cwd=root, env=variables, capture_output=True, text=True, check=False
    )
    taken, after = time.perf_counter() - start, os.times()
    if done.returncode or "no errors" not in done.stdout:
        raise SystemExit(done.stdout + done.stderr)
    spent = after.children_user + after.children_system
    return taken, spent - before.children_user - before.children_system


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=70_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder, "repository"), Path(folder, "cache")
        root.mkdir()
        make(root, options.files)
        first, *others = [seconds(root, cache) for _ in range(max(options.rounds, 2))]
    for name, (wall, cpu) in (("first", first), ("then", min(others))):
        print(f"{options.files} tracked files, {name}: {wall:.1f} s ({cpu:.1f} s of CPU)")


if __name__ == "__main__":
    main()
