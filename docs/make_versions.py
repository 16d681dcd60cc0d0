"""The tests on every pair of Python and Sphinx, and the table of what came of it.

Run it as ``python docs/make_versions.py [ENVIRONMENT …]``, with tox installed and each
Python on PATH or in ``TOX_DISCOVER``; without names it runs the environments of tox's
label ``versions`` and :data:`MORE`, one after the other.  What each gave is kept in
``.tox/versions``, so that a run that was stopped goes on where it was (``--fresh``
forgets, ``--table`` runs nothing).  Writes ``docs/reference/versions-measured.txt``.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".tox" / "versions"
TABLE = ROOT / "docs" / "reference" / "versions-measured.txt"

#: The tests that depend on Sphinx and what comes with it.
ROOMS = ("tests/sphinx", "tests/needs", "tests/held_out", "tests/together")

#: Environments that are no pair: the oldest of all, and each major of sphinx-needs.
MORE = ("oldest", "needs8", "needs9")

PACKAGES = ("sphinx", "docutils", "myst-parser", "sphinx-needs")
_TOX = (sys.executable, "-m", "tox", "-q")
_ASK = """
import platform, sys
from importlib.metadata import distributions
known = {one.name.lower().replace("_", "-"): one.version for one in distributions()}
print(platform.python_version(), *(known.get(n, "") for n in sys.argv[1:]), sep=",")
"""
_HEAD = ("Python", "Sphinx", "docutils", "MyST-Parser", "sphinx-needs")
_COUNTS = ("passed", "skipped", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one environment had and gave."""

    versions: list[str]
    """Of Python and of :data:`PACKAGES`; empty for what is not installed."""
    counts: list[int]
    """How many tests passed, were skipped, failed."""
    release: str
    """The version of ours that was tested."""

    @property
    def order(self) -> list[list[int]]:
        """By Python, then by Sphinx and the rest."""
        return [_numbers(one) for one in self.versions]


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def environments() -> list[str]:
    """Return the environments of the label ``versions``, and the others."""
    said = _said(*_TOX, "list", "-m", "versions", "--no-desc")
    pairs = [line for line in said.split() if line.startswith("py3")]
    return [*pairs, *MORE]


def run(name: str) -> Result | None:
    """Run the tests in the environment *name*; ``None`` if it has no interpreter."""
    KEPT.mkdir(parents=True, exist_ok=True)
    junit = KEPT / f"{name}-junit.xml"
    junit.unlink(missing_ok=True)
    tests = ["-q", "-p", "no:cacheprovider", "--junit-xml", str(junit), *ROOMS]
    subprocess.run([*_TOX, "run", "-e", name, "--", *tests], cwd=ROOT, check=False)
    if not junit.exists():
        return None
    python, release, *others = _versions(name)
    return Result(versions=[python, *others], counts=_counts(junit), release=release)


def _versions(name: str) -> list[str]:
    """Return the versions of Python, ours and :data:`PACKAGES` in an environment."""
    said = _said(*_TOX, "config", "-e", name, "-k", "env_python")
    python = re.findall(r"^env_python = (.*)$", said, re.MULTILINE)[0]
    return _said(python, "-c", _ASK, "sphinx-arco-parity", *PACKAGES).split(",")


def _said(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _counts(junit: Path) -> list[int]:
    suite = ET.parse(junit).getroot().find("testsuite")  # noqa: S314 - pytest's own
    if suite is None:
        raise SystemExit(f"{junit} has no test suite")
    number = {key: int(suite.get(key, 0)) for key in ("tests", "skipped", "failures", "errors")}
    failed = number["failures"] + number["errors"]
    return [number["tests"] - number["skipped"] - failed, number["skipped"], failed]


def table(results: dict[str, Result]) -> str:
    """Return the page's part that is measured."""
    release = ", ".join(sorted({one.release for one in results.values()}))
    where = f"{platform.system()}, {platform.machine()}"
    lines = [
        f"Tests of version {release} on {where}; versions as pip chose them.",
        "",
        f"| {' | '.join((*_HEAD, *_COUNTS))} |",
        "|---" * (len(_HEAD) + len(_COUNTS)) + "|",
    ]
    for one in sorted(results.values(), key=lambda one: one.order):
        cells = [*one.versions, *(f"{count:,}" for count in one.counts)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _known() -> dict[str, Result]:
    return {
        path.stem.removesuffix("-result"): Result(**json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(KEPT.glob("*-result.json"))
    }


def main() -> None:
    """Run what has not been run, and write the table after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="ENVIRONMENT")
    parser.add_argument("--fresh", action="store_true", help="run all of them anew")
    parser.add_argument("--table", action="store_true", help="write the table alone")
    given = parser.parse_args()
    names = [] if given.table else given.names or environments()
    for name in names:
        path = KEPT / f"{name}-result.json"
        if path.exists() and not (given.fresh or given.names):
            continue
        result = run(name)
        if result is None:
            print(f"{name}: nothing was run", file=sys.stderr)  # noqa: T201
            continue
        path.write_text(json.dumps(asdict(result)), encoding="utf-8")
        TABLE.write_text(table(_known()), encoding="utf-8")
    if given.table:
        TABLE.write_text(table(_known()), encoding="utf-8")
    if any(one.counts[2] for one in _known().values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
