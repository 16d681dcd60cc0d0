"""Small projects of hostile files, built within this process, and who opens what.

``project`` writes and builds; ``watched`` records every file that this process opens and
every program that it starts.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.cmd.build import main

# Where `fuzzing` is, for the tests of this folder.
sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONF: dict[str, Any] = {
    "project": "Flow",
    "extensions": ["myst_parser", "sphinx_arco_parity"],
    "suppress_warnings": ["toc.not_included"],
    "html_theme": "basic",
    "html_copy_source": False,
    "parity_repository": "..",
    "smartquotes": False,
}


_OURS = re.compile(r"\[parity\.[\w-]+\]$|sphinx-arco-parity:")


@dataclass(frozen=True)
class Built:
    """What a build left."""

    status: int
    log: list[str]
    out: Path

    @property
    def data(self) -> dict[str, Any]:
        """The content of ``parity.json``."""
        loaded: dict[str, Any] = json.loads((self.out / "parity.json").read_bytes())
        return loaded

    @property
    def rules(self) -> set[str]:
        """The rules of the findings in the log."""
        return set(re.findall(r"\[parity\.([\w-]+)\]", "\n".join(self.log)))

    @property
    def outcome(self) -> tuple[int, list[str], bytes]:
        """What must be the same after a fault as in a clean build.

        Without what Sphinx says of a page when it reads it, and then never again.
        """
        ours = [line for line in self.log if _OURS.search(line)]
        return self.status, ours, (self.out / "parity.json").read_bytes()


class Project:
    """A folder with ``docs/conf.py``; paths are relative to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.outside = root.parent / f"{root.name}-out"

    def write(self, files: dict[str, str | bytes]) -> None:
        """Write files."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
            path.write_bytes(raw)  # fmt: skip

    def configure(self, conf: dict[str, Any]) -> None:
        """Write ``conf.py``."""
        options = {**CONF, **conf}
        lines = "".join(f"{name} = {value!r}\n" for name, value in options.items())
        self.write({"docs/conf.py": lines})

    def arguments(self, builder: str, *more: str, out: str = "") -> list[str]:
        """Return what ``sphinx-build`` is given."""
        name = out or builder
        return [
            *("-q", "--no-color", "-b", builder),
            *("-d", str(self.outside / f"{name}-trees"), *more),
            *(str(self.root / "docs"), str(self.outside / name)),
        ]

    def build(self, builder: str = "parity", *more: str, out: str = "") -> Built:
        """Build; a traceback fails the test."""
        stdout, stderr = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            status = main(self.arguments(builder, *more, out=out))
        text = re.sub(r"\x1b\[[0-9;]*m", "", stderr.getvalue())
        assert "Traceback" not in text, text
        log = [line for line in text.splitlines() if line.strip()]
        return Built(status, log, self.outside / (out or builder))

    def git(self, *arguments: str) -> None:
        """Run git in the root."""
        me = ("-c", "user.name=n", "-c", "user.email=e@x")
        subprocess.run(["git", *me, *arguments], cwd=self.root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Make a project of files; for a module, so that examples of a law may use it."""

    def make(
        files: dict[str, str | bytes],
        conf: dict[str, Any] | None = None,
        name: str = "project",
    ) -> Project:
        made = Project(tmp_path_factory.mktemp("at") / name)
        made.write({"docs/index.md": "# Index\n", **files})
        made.configure(conf or {})
        return made

    return make


@dataclass
class Watched:
    """What this process did while it was watched."""

    opened: list[str] = field(default_factory=list)
    started: list[list[str]] = field(default_factory=list)

    def below(self, folder: Path) -> list[str]:
        """The paths below *folder* that were opened, links followed."""
        real = folder.resolve()
        return [one for one in self.opened if Path(one).resolve().is_relative_to(real)]


_watching: list[Watched] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = arguments[0]
        _watching[-1].opened.append(path if isinstance(path, str) else path.decode())
    elif event == "subprocess.Popen":
        _watching[-1].started.append([str(one) for one in arguments[1]])
    elif event in {"os.system", "os.exec", "os.posix_spawn"}:
        _watching[-1].started.append([event, *map(str, arguments)])


sys.addaudithook(_hook)


@pytest.fixture
def watched() -> Callable[[], contextlib.AbstractContextManager[Watched]]:
    """Give what watches this process."""

    @contextlib.contextmanager
    def watch() -> Iterator[Watched]:
        seen = Watched()
        _watching.append(seen)
        try:
            yield seen
        finally:
            _watching.remove(seen)

    return watch


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many inputs each reader has had."""
    counts: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        for key, found in report.user_properties:
            if key == "inputs" and isinstance(found, (tuple, list)):
                counts[found[0]] = counts.get(found[0], 0) + found[1]
    if counts:
        terminalreporter.section("inputs read")
        for name, count in counts.items():
            terminalreporter.write_line(f"{name:<26} {count:>9,}")
        terminalreporter.write_line(f"{'in all':<26} {sum(counts.values()):>9,}")
