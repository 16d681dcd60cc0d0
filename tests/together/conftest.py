"""The example site, built by a Python of its own, as its author would build it.

``site`` copies ``examples/arco-flow`` into a git repository, adds a page of faults, and
builds it beside other extensions. A deprecation warning for code of ours fails a build.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sphinx_arco_parity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXAMPLE = Path(__file__).parents[2] / "examples" / "arco-flow"
OURS = "sphinx_arco_parity"

_RUN = """
import sys, warnings
warnings.simplefilter("ignore")
warnings.filterwarnings("error", module="sphinx_arco_parity")
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""
_LOG = re.compile(r"\x1b\[[0-9;]*m")

#: A page of which each declaration is wrong in one way.
FAULTS = """# Faults

```{parity-claim} bare
Nothing is cited.
```

```{parity-row} faulty
:capability: Faults
:status: Partial
:code: `crates/arco-flow-core/src/gone.rs`
:tests: `crates/arco-flow-core/tests/graph.rs` (`no_such_test`)
:exceptions: EX-77
```

See {exception}`EX-78`.
"""


@dataclass(frozen=True)
class Built:
    """What a build left: its status, its log without the site's own place, its files."""

    status: int
    log: list[str]
    out: Path

    @property
    def report(self) -> bytes:
        """The bytes of ``parity.json``."""
        return (self.out / "parity.json").read_bytes()

    @property
    def data(self) -> dict[str, Any]:
        """The content of ``parity.json``."""
        loaded: dict[str, Any] = json.loads(self.report)
        return loaded

    @property
    def places(self) -> list[tuple[str, str, int]]:
        """Rule, path and line of each finding that a reader of the log sees."""
        return [
            (one["rule"], one["path"], one["line"])
            for one in self.data["findings"]
            if one["severity"] != "info"
        ]

    def page(self, name: str) -> str:
        """The HTML of a page."""
        return (self.out / f"{name}.html").read_text(encoding="utf-8")


@dataclass
class Site:
    """A repository with documentation in ``docs``; what is written lies beside it."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    def write(self, files: dict[str, str]) -> None:
        """Write texts; names are relative to the root."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def configure(self, extensions: Sequence[str], more: str = "") -> None:
        """Give the example's ``conf.py`` other *extensions*, and *more* options."""
        text = (EXAMPLE / "docs" / "conf.py").read_text(encoding="utf-8")
        text = text.replace(
            'extensions = ["myst_parser", "sphinx_arco_parity"]',
            f"extensions = {list(extensions)!r}",
        )
        assert repr(list(extensions)) in text
        text = text.replace('html_theme = "furo"', 'html_theme = "basic"')
        self.write({"docs/conf.py": f"{text}\nhtml_copy_source = False\n{more}\n"})

    def track(self, *arguments: str) -> None:
        """Let git know all files, or run git with *arguments*."""
        me = ("-c", "user.name=n", "-c", "user.email=e@x")
        for command in [arguments] if arguments else [("init", "-q"), ("add", "-A", "-f")]:
            subprocess.run(
                ["git", *me, *command], cwd=self.root, check=True, capture_output=True
            )  # fmt: skip

    def build(
        self, builder: str = "html", *more: str, out: str = "", trees: str = "trees"
    ) -> Built:
        """Run ``sphinx-build`` in a process of its own; a traceback fails the test."""
        place = self.root.parent / f"{self.root.name}-out"
        target = place / (out or builder)
        arguments = ["-q", "--no-color", "-b", builder, "-d", str(place / trees), *more]
        done = self.run("-c", _RUN, *arguments, str(self.docs), str(target))
        text = _LOG.sub("", done.stderr).replace(f"{self.root}{os.sep}", "")
        assert "Traceback" not in text, text
        return Built(done.returncode, [s for s in text.splitlines() if s.strip()], target)

    def run(self, *arguments: str, cwd: Path | None = None) -> Any:
        """Run Python with *arguments*, in *cwd* or the root."""
        package = str(Path(sphinx_arco_parity.__file__).parents[1])
        path = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd or self.root,
            env={**os.environ, "PYTHONPATH": path, **self.environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """Make a copy of the example; with *faulty*, one with a page of faults."""

    def make(*, faulty: bool = False, name: str = "site") -> Site:
        root = tmp_path_factory.mktemp("together") / name
        ignored = shutil.ignore_patterns("_build", "target", "__pycache__", "*.pyc")
        shutil.copytree(EXAMPLE, root, ignore=ignored)
        made = Site(root)
        if faulty:
            made.write({"docs/guides/faults.md": f"---\norphan: true\n---\n{FAULTS}"})
        return made

    return make
