"""The builds that are measured: one tool, one project, one thing done to it.

Called by :mod:`run`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from measure import Measured, measure
from system import System
from systems import SYSTEMS

_ROOT = Path(__file__).resolve().parent.parent

#: What is done, in this order: each build goes on from the one before.
SCENARIOS = ("cold", "unchanged", "touched", "changed", "dummy", "j2")


#: What Sphinx writes in every build.
_ALWAYS = {"genindex.html", "search.html", "py-modindex.html"}
#: Seconds after which the times of new files tell of every later change.
_SETTLED = 4
_PAGES = {".md", ".rst", ".sdoc"}
_TITLE = re.compile(r"Capability 0( and more)? of")


class BrokenRunError(Exception):
    """A measured process failed, or did not do what it was to do."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One tool with a project of one size, below a folder of our own."""

    work: Path
    name: str
    total: int

    @property
    def system(self) -> System:
        """What is measured."""
        return SYSTEMS[self.name]

    @property
    def source(self) -> Path:
        """The project; written when it is first wanted."""
        folder = self.work / "projects" / str(self.total) / self.name
        if not (folder / ".git").exists():
            shutil.rmtree(folder, ignore_errors=True)
            self.system.write(folder, self.total)
            time.sleep(_SETTLED)
        return folder

    @property
    def output(self) -> Path:
        """Where the pages go."""
        return self.work / "output" / str(self.total) / self.name

    def run(self, scenario: str) -> tuple[Measured, int]:
        """Do *scenario*; return what it took, and how many pages were written.

        :raises BrokenRunError: if the build fails.
        """
        output = self.output
        if scenario in {"cold", "j2", "dummy"}:
            output = output.with_name(f"{self.name}-{scenario}")
            shutil.rmtree(output, ignore_errors=True)
        else:
            output = output.with_name(f"{self.name}-cold")
        self._edit(scenario)
        before = _times(output)
        log = self.work / "logs" / str(self.total) / f"{self.name}-{scenario}.log"
        found = measure(self._command(scenario, output), log, self._environment())
        if found.status:
            raise BrokenRunError(f"{self.name} {scenario}: see {log}")
        return found, sum(before.get(p) != t for p, t in _times(output).items())

    def _edit(self, scenario: str) -> None:
        """Change the project as *scenario* says, each time in another way."""
        if scenario == "touched":
            pages = [p for p in self._pages("rows_0000") if p.suffix in _PAGES]
            page = pages[0]
            with page.open("a", encoding="utf-8") as stream:
                stream.write(self._addition())
        elif scenario == "changed":
            for page in self._pages("exceptions_0000"):
                text = page.read_text(encoding="utf-8")
                page.write_text(_TITLE.sub(_other_title, text), encoding="utf-8")

    def _addition(self) -> str:
        if self.system.sphinx:
            return "\nOne more sentence.\n"
        return "\n[TEXT]\nSTATEMENT: >>>\nOne more sentence.\n<<<\n"

    def _pages(self, name: str) -> list[Path]:
        return list((self.source / "docs").glob(f"{name}.*"))

    def _command(self, scenario: str, output: Path) -> list[str]:
        docs = str(self.source / "docs")
        python = self._python()
        if not self.system.sphinx:
            program = str(python.with_name("strictdoc"))
            serial = [] if scenario == "j2" else ["--no-parallelization"]
            return [program, "export", *serial, docs, "--output-dir", str(output)]
        builder = "dummy" if scenario == "dummy" else "html"
        jobs = "2" if scenario == "j2" else "1"
        options = ["-q", "-b", builder, "-j", jobs]
        return [str(python), "-m", "sphinx", *options, docs, str(output)]

    def _environment(self) -> dict[str, str]:
        """Return where our package is, if it is not installed."""
        return {"PYTHONPATH": str(_ROOT)} if self._is_ours() else {}

    def _is_ours(self) -> bool:
        return self.system.requires == System.requires

    def _python(self) -> Path:
        """Return the interpreter of an environment with what the tool needs."""
        if self._is_ours():
            return Path(sys.executable)
        key = hashlib.sha256(repr(self.system.requires).encode()).hexdigest()[:12]
        folder = self.work / "environments" / key
        scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        python = scripts / Path(sys.executable).name
        if not (folder / "ready").exists():
            venv.create(folder, with_pip=True, clear=True)
            install = [str(python), "-m", "pip", "install", "-q"]
            subprocess.run([*install, *self.system.requires], check=True)
            (folder / "ready").touch()
        return python

    def weight(self) -> float:
        """Return the mean size of the pages that the cold build wrote, in KiB."""
        pages = list(self.output.with_name(f"{self.name}-cold").rglob("rows_*.html"))
        return sum(p.stat().st_size for p in pages) / max(len(pages), 1) / 1024


def _other_title(match: re.Match[str]) -> str:
    return "Capability 0 of" if match[1] else "Capability 0 and more of"


def _times(output: Path) -> dict[Path, int]:
    return {
        path: path.stat().st_mtime_ns
        for path in output.rglob("*.html")
        if path.name not in _ALWAYS
    }
