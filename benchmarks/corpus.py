"""The items of the benchmarks: the same words for us and for every peer.

``python benchmarks/systems.py SYSTEM NUMBER FOLDER`` writes a project of NUMBER items;
:data:`.SYSTEMS` names the systems.  Half the items are exceptions and half are rows that
cite two of them and three pieces of evidence; 50 stand on a page, and one page shows a
table of all and a traceability table.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PER_PAGE = 50
_TYPES = ("Permanent", "Deferral", "Simplified")
_STATUSES = ("Partial", "Designed", "Planned", "Exception")
_PER_FILE = 100
_CITING_PAGES = 100
_WORKFLOW = ".github/workflows/ci.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionItem:
    """One declared difference."""

    id: str
    title: str
    decision: str
    type: str
    revisit: str
    owner: str
    body: str
    cited_by: tuple[str, ...]
    """The ids of the rows that cite it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowItem:
    """One statement of the matrix."""

    id: str
    title: str
    status: str
    owner: str
    code: str
    tests: str
    ci: str
    exceptions: tuple[str, ...]
    body: str


def exception_ids(number: int) -> tuple[str, str]:
    """Return the ids of the exceptions that row *number* cites.

    The first row of each of the first 100 pages cites the first exception.
    """
    first = number % PER_PAGE == 0 and number // PER_PAGE < _CITING_PAGES
    return f"EX-{number:05d}", f"EX-{0 if first and number else number ^ 1:05d}"


def home_of_the_first() -> str:
    """Return the name of the page that declares the first exception."""
    return "exceptions_0000"


def pages_that_cite_the_first(total: int) -> set[str]:
    """Return the names of the pages with rows that cite the first exception."""
    return {
        f"rows_{i // PER_PAGE:04d}" for i in range(total // 2) if "EX-00000" in exception_ids(i)
    }


def exceptions(total: int) -> list[ExceptionItem]:
    """Return the exceptions among *total* items."""
    half = total // 2
    citing: dict[str, list[str]] = {}
    for i in range(half):
        for cited in exception_ids(i):
            citing.setdefault(cited, []).append(f"row-{i:05d}")
    return [
        ExceptionItem(
            id=f"EX-{i:05d}",
            title=f"Capability {i} of the scheduler",
            decision=f"Ours keeps one queue for partition {i}, theirs has several",
            type=_TYPES[i % 3],
            revisit=f"When customer {i % 97} asks for it",
            owner=f"team-{i % 7}",
            body=f"Reason {i}: several queues cost *more* than they give, see ``q{i}``.",
            cited_by=tuple(citing[f"EX-{i:05d}"]),
        )
        for i in range(half)
    ]


def rows(total: int) -> list[RowItem]:
    """Return the rows among *total* items."""
    return [
        RowItem(
            id=f"row-{i:05d}",
            title=f"Tick number {i} of the sensor",
            status=_STATUSES[i % 4],
            owner=f"team-{i % 5}",
            code=f"`{_code_file(i)}:{4 * (i % _PER_FILE) + 1}` (`tick_{i}`)",
            tests=f"`{_test_file(i)}::test_tick_{i}`",
            ci=f"`{_WORKFLOW}` (job `test`: `pytest tests`)",
            exceptions=exception_ids(i),
            body=f"Note {i}: the sensor ticks *once* a period, see ``tick_{i}``.",
        )
        for i in range(total // 2)
    ]


def paged(items: list[object]) -> Iterator[tuple[int, list[object]]]:
    """Yield the number of each page and its items."""
    for start in range(0, len(items), PER_PAGE):
        yield start // PER_PAGE, items[start : start + PER_PAGE]


def _code_file(number: int) -> str:
    return f"flow/ticks_{number // _PER_FILE:03d}.py"


def _test_file(number: int) -> str:
    return f"tests/test_ticks_{number // _PER_FILE:03d}.py"


def write_repository(folder: Path, total: int) -> None:
    """Write the files that the rows cite, and make *folder* a git repository."""
    files: dict[str, list[str]] = {}
    for i in range(total // 2):
        code = f"def tick_{i}(period):\n    return period + {i}\n\n\n"
        test = f"def test_tick_{i}():\n    assert {i} == {i}\n\n\n"
        files.setdefault(_code_file(i), []).append(code)
        files.setdefault(_test_file(i), []).append(test)
    files[_WORKFLOW] = [
        "on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n",
        "    steps:\n      - run: pytest tests\n",
    ]
    for name, parts in files.items():
        write(folder / name, "".join(parts))
    author = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        [*author, "commit", "-q", "-m", "The files that are cited"],
    ):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


def write(path: Path, text: str) -> None:
    """Write *text*, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
