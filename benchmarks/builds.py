"""The builds that are measured: one tool, one project, one thing done to it.

Called by :mod:`run`.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from corpus import home_of_the_first, pages_that_cite_the_first
from environments import interpreter
from measure import Measured, measure
from system import System
from systems import SYSTEMS

_ROOT = Path(__file__).resolve().parent.parent

#: What can be done, in this order: each build goes on from the one before.
SCENARIOS = (
    *("cold", "unchanged", "touched", "changed"),
    *("dummy", "dummy-again", "check", "j2"),
)

#: Comparisons of starting up: with more items they would be of something else.
_SMALL = {"dummy-again": 1_000, "check": 1_000}
#: What has an output folder of its own.
_FOLDERS = {"dummy": "dummy", "dummy-again": "dummy-again", "j2": "j2"}
#: What is measured when nothing has changed since a build that is not measured.
_WARMED = {"dummy-again", "check"}

#: What Sphinx writes in every build.
_ALWAYS = {"genindex.html", "search.html", "py-modindex.html"}
#: Seconds after which nobody takes a file for one that was just changed.
_SETTLED = 4
_PAGES = {".md", ".rst", ".sdoc"}
_TITLE = re.compile(r"Capability 0( and more)? of")


class BrokenRunError(Exception):
    """A measured process failed, or did not do what it was to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """Which pages a build wrote."""

    pages: int = 0
    strangers: tuple[str, ...] = ()
    """After a change of one exception: those that show nothing of it."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One tool with a project of one size, below a folder of our own."""

    work: Path
    name: str
    total: int
    code: Path = _ROOT
    """Where our package is."""
    environments: Path = field(default_factory=lambda: Path("environments"))
    """Where the peers are installed."""

    @property
    def system(self) -> System:
        """What is measured."""
        return SYSTEMS[self.name]

    @property
    def source(self) -> Path:
        """The project; written when it is first wanted."""
        folder = self.work / "projects" / str(self.total) / self.name
        if not (folder / "written").exists():
            shutil.rmtree(folder, ignore_errors=True)
            self.system.write(folder, self.total)
            (folder / "written").touch()
        return folder

    def scenarios(self, wanted: list[str] | tuple[str, ...]) -> list[str]:
        """Return those of *wanted* that are measured with this tool and size."""
        if self.total > self.system.largest:
            return []
        return [
            one
            for one in SCENARIOS
            if one in wanted
            and one in self.system.scenarios
            and self.total <= _SMALL.get(one, self.total)
        ]

    def prepare(self) -> None:
        """Write the project and install the tool, so that no round waits for it."""
        if self.total <= self.system.largest:
            self.python()
            assert self.source

    def run(self, scenario: str) -> tuple[Measured, Written]:
        """Do *scenario*; return what it took, and which pages were written.

        :raises BrokenRunError: if the build fails, or leaves a page as it was that
            shows what has changed.
        """
        output = self.output(scenario)
        self._settle()
        if scenario in {"cold", "j2", "dummy"}:
            shutil.rmtree(output, ignore_errors=True)
        self._edit(scenario)
        if scenario in _WARMED:
            self._build(scenario, output, "-before")
        before = _times(output)
        found = self._build(scenario, output)
        pages = {p.stem for p, t in _times(output).items() if before.get(p) != t}
        if scenario == "changed":
            return found, self._written(pages)
        return found, Written(len(pages))

    def _settle(self) -> None:
        """Wait until the times of the files tell of every later change."""
        age = time.time() - (self.source / "written").stat().st_mtime
        time.sleep(max(0.0, _SETTLED - age))

    def output(self, scenario: str = "cold") -> Path:
        """Return where the pages go; a build goes on where the cold one ended."""
        folder = self.work / "output" / str(self.total)
        return folder / f"{self.name}-{_FOLDERS.get(scenario, 'cold')}"

    def _build(self, scenario: str, output: Path, run: str = "") -> Measured:
        folder = self.work / "logs" / str(self.total)
        log = folder / f"{self.name}-{scenario}{run}.log"
        command, env = self._command(scenario, output), self._environment()
        found = measure(command, log, self.source, env)
        if found.status:
            last = "\n".join(found.output.rstrip().splitlines()[-12:])
            raise BrokenRunError(f"{self.name} {scenario}: see {log}\n{last}")
        return found

    def _written(self, pages: set[str]) -> Written:
        """Return *pages*, of which each must show the first exception."""
        citing = pages_that_cite_the_first(self.total)
        wanted = {home_of_the_first(), *(citing if self.system.shows_titles else ())}
        if self.system.has_tables:
            wanted.add("tables")
        if wanted - pages:
            stale = ", ".join(sorted(wanted - pages)[:5])
            raise BrokenRunError(f"{self.name} changed: not written anew: {stale}")
        # Sphinx writes the table of contents above each page that it writes.
        strangers = {one for one in pages - wanted - citing if not one.startswith("part_")}
        return Written(len(pages), tuple(sorted(strangers)))

    def _edit(self, scenario: str) -> None:
        """Change the project as *scenario* says, each time in another way."""
        if scenario == "touched":
            page = next(p for p in self._pages("rows_0000") if p.suffix in _PAGES)
            self.system.touch(page)
        elif scenario == "changed":
            for page in self._pages(home_of_the_first()):
                text = page.read_text(encoding="utf-8")
                page.write_text(_TITLE.sub(_other_title, text), encoding="utf-8")

    def _pages(self, name: str) -> list[Path]:
        return list((self.source / "docs").glob(f"{name}.*"))

    def _command(self, scenario: str, output: Path) -> list[str]:
        docs = str(self.source / "docs")
        python = self.python()
        if not self.system.sphinx:
            program = str(python.with_name("strictdoc"))
            serial = [] if scenario == "j2" else ["--no-parallelization"]
            return [program, "export", *serial, docs, "--output-dir", str(output)]
        if scenario == "check":
            return [str(python), "-m", "sphinx_arco_parity", "check", docs]
        builder = "dummy" if scenario.startswith("dummy") else "html"
        jobs = "2" if scenario == "j2" else "1"
        options = ["-q", "-b", builder, "-j", jobs]
        return [str(python), "-m", "sphinx", *options, docs, str(output)]

    def _environment(self) -> dict[str, str]:
        """Return where our package is, if it is not installed, and its cache."""
        cache = self.work / "cache" / str(self.total) / self.name
        if not self._is_ours():
            return {}
        return {"PYTHONPATH": str(self.code), "XDG_CACHE_HOME": str(cache)}

    def _is_ours(self) -> bool:
        return self.system.requires == System.requires

    def python(self) -> Path:
        """Return the interpreter of an environment with what the tool needs."""
        if self._is_ours():
            return Path(sys.executable)
        return interpreter(self.environments, self.system.requires)

    def weight(self) -> float:
        """Return the mean size of the pages that the cold build wrote, in KiB."""
        sizes = [p.stat().st_size for p in self.output().rglob("rows_*.html")]
        return sum(sizes) / max(len(sizes), 1) / 1024


def _other_title(match: re.Match[str]) -> str:
    return "Capability 0 of" if match[1] else "Capability 0 and more of"


def _times(output: Path) -> dict[Path, int]:
    return {
        path: path.stat().st_mtime_ns for path in output.rglob("*.html") if path.name not in _ALWAYS
    }
