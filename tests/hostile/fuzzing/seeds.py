"""Valid texts to begin with: from ``examples/`` and ``tests/fixtures``, read at start."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TOP = Path(__file__).parents[3]
_FOLDERS = ("examples", "tests/fixtures", "tests/held_out/repositories")

#: Characters of a seed: longer ones would be cut by the fuzzer.
LONGEST = 1500
_MOST = 60


@cache
def files(*endings: str) -> tuple[str, ...]:
    """Return the texts of the files whose paths end in one of *endings*."""
    found = []
    for folder in _FOLDERS:
        for path in sorted((_TOP / folder).rglob("*")):
            if path.is_file() and path.as_posix().endswith(endings):
                found += [path.read_text(encoding="utf-8", errors="replace")]
    short = [text[:LONGEST] for text in found if text]
    return tuple(short[:: max(1, len(short) // _MOST)])


@cache
def cells() -> tuple[str, ...]:
    """Return the cells of the tables in the Markdown files, each once."""
    found: dict[str, None] = {}
    for text in files(".md"):
        for line in text.split("\n"):
            if line.startswith("|"):
                found.update(dict.fromkeys(cell.strip() for cell in line.split("|")))
    long = [cell for cell in found if len(cell) > 8]
    return tuple(long[:: max(1, len(long) // 200)])


@cache
def tables() -> tuple[str, ...]:
    """Return the pipe tables of the Markdown files."""
    found = []
    for text in files(".md"):
        lines = [line for line in text.split("\n") if line.startswith("|")]
        if lines:
            found.append("\n".join(lines[:6])[:LONGEST])
    return tuple(found)


@cache
def commands() -> tuple[str, ...]:
    """Return the scripts that workflows run, a line each."""
    found = []
    for text in files(".yml", ".yaml"):
        found += [
            line.partition("run:")[2].strip() or line.strip()
            for line in text.split("\n")
            if any(word in line for word in ("cargo", "pytest", "run:"))
        ]
    return tuple(dict.fromkeys(one for one in found if one))
