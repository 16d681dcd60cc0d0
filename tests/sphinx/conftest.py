"""Small projects made of texts, built as a user builds them.

``project`` writes files and a ``conf.py`` and gives a :class:`Project`, whose ``build`` is
``sphinx-build`` within this process.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.cmd.build import main
from sphinx.locale import translators

if TYPE_CHECKING:
    from collections.abc import Callable

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(
    r"^(?P<path>/[^:]*):(?P<line>\d+): (?P<level>\w+): (?P<message>.*) "
    r"\[parity\.(?P<rule>[\w-]+)\]$"
)

#: Extensions and configuration without which nothing here works.
CONF: dict[str, Any] = {
    "project": "Flow",
    "extensions": ["myst_parser", "sphinx_arco_parity"],
    "html_theme": "basic",
    "html_copy_source": False,
    "html_last_updated_fmt": None,
    "parity_repository": "..",
    "parity_reference": "Dagster",
    "smartquotes": False,
}


@dataclass(frozen=True)
class Line:
    """A finding as the log has it."""

    path: str
    line: int
    level: str
    rule: str
    message: str


@dataclass
class Built:
    """What one run of ``sphinx-build`` left behind."""

    status: int
    out: Path
    stdout: str
    stderr: str
    root: Path
    findings: list[dict[str, Any]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """The findings of the log, with paths relative to the project's root."""
        found = []
        for text in self.stderr.splitlines():
            match = _LINE.match(text)
            if match:
                path = Path(match["path"]).relative_to(self.root).as_posix()
                found.append(
                    Line(
                        path,
                        int(match["line"]),
                        match["level"],
                        match["rule"],
                        match["message"],
                    )
                )
        return found

    @property
    def warnings(self) -> list[str]:
        """All lines of the log, those of Sphinx and others too."""
        return [line for line in self.stderr.splitlines() if line.strip()]

    @property
    def serious(self) -> list[dict[str, Any]]:
        """The errors and warnings of ``parity.json``."""
        return [f for f in self.findings if f["severity"] in {"error", "warning"}]

    @property
    def places(self) -> list[tuple[str, str, int]]:
        """Rule, path and line of each error and warning of ``parity.json``."""
        return [(f["rule"], f["path"], f["line"]) for f in self.serious]

    @property
    def closing(self) -> str:
        """The closing line, or nothing."""
        found = [line for line in self.warnings if "sphinx-arco-parity:" in line]
        assert len(found) < 2
        return found[0] if found else ""

    @property
    def written(self) -> list[str]:
        """The pages that were written, by Sphinx's own log."""
        found = re.findall(r"writing output\.\.\. \[\s*\d+%\] (\S+)", self.stdout)
        return sorted(set(found))

    def ids(self, kind: str = "exceptions") -> list[str]:
        """The ids of ``parity.json``."""
        return [one["id"] for one in self.data[kind]]

    def one(self, kind: str, identifier: str) -> dict[str, Any]:
        """One declaration of ``parity.json``."""
        found = [one for one in self.data[kind] if one["id"] == identifier]
        assert len(found) == 1, (kind, identifier, self.ids(kind))
        return found[0]

    def html(self, page: str) -> str:
        """A page as it was written."""
        return (self.out / page).read_text(encoding="utf-8")


class Project:
    """A folder with ``docs/conf.py``, and what else it is given."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.docs = self.root / "docs"

    def write(self, files: dict[str, str | bytes]) -> None:
        """Write texts; names are relative to the root; ``None`` removes."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(text, encoding="utf-8")

    def configure(self, conf: dict[str, Any], more: str = "") -> None:
        """Write ``conf.py``, one option a line, options of *conf* first."""
        options = {**conf, **{k: v for k, v in CONF.items() if k not in conf}}
        lines = [f"{name} = {value!r}" for name, value in options.items()]
        text = "\n".join([*lines, more, ""])
        self.write({"docs/conf.py": text})

    def git(self, *arguments: str) -> None:
        """Run git in the root."""
        subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e@x", *arguments],
            cwd=self.root,
            check=True,
            capture_output=True,
        )

    def build(
        self,
        builder: str = "parity",
        *more: str,
        out: str = "",
        traceback: bool = False,
    ) -> Built:
        """Run ``sphinx-build -b builder docs out more``."""
        target = self.root / "out" / (out or builder)
        if "-d" not in more:
            more = ("-d", str(self.root / "out" / "doctrees"), *more)
        arguments = ["-b", builder, str(self.docs), str(target), "--no-color", *more]
        return self.run(arguments, target, traceback=traceback)

    def run(self, arguments: list[str], target: Path, *, traceback: bool = False) -> Built:
        """Run ``sphinx-build`` with *arguments*, which write into *target*.

        With *traceback*, Sphinx may show one.
        """
        # Sphinx keeps the catalogues of one build for all that follow in its process.
        translators.clear()
        stdout, stderr = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
            warnings.catch_warnings(),
        ):
            # What others use that is deprecated is not ours to mend.
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", module=r"sphinx_arco_parity")
            try:
                status = main(arguments)
            except SystemExit as ended:  # as `parity_strict_output` ends a build
                status = int(ended.code or 0)
        built = Built(
            status,
            target,
            _COLOURS.sub("", stdout.getvalue()),
            _COLOURS.sub("", stderr.getvalue()),
            self.root,
        )
        assert traceback or "Traceback" not in built.stderr, built.stderr
        report = target / "parity.json"
        if report.exists():
            built.data = json.loads(report.read_text(encoding="utf-8"))
            built.findings = built.data["findings"]
        return built


@pytest.fixture
def project(
    tmp_path: Path,
) -> Callable[..., Project]:
    """Make a project of files (names below ``docs/`` unless they begin with ``/``)."""

    def make(
        files: dict[str, str | bytes],
        conf: dict[str, Any] | None = None,
        more: str = "",
        name: str = "project",
    ) -> Project:
        made = Project(tmp_path / name)
        made.write({k[1:] if k.startswith("/") else f"docs/{k}": v for k, v in files.items()})
        if not (made.docs / "index.md").exists() and not (made.docs / "index.rst").exists():
            made.write({"docs/index.md": INDEX})
        made.configure(conf or {}, more)
        return made

    return make


INDEX = """# Index

```{toctree}
:glob:

**
```
"""

REGISTER = """# Register

| ID | Capability | Decision | Type | Revisit Trigger |
|---|---|---|---|---|
| EX-01 | Op model | Assets only | Permanent | No planned revisit |
| EX-03 | Web UI | Deferred | Deferral | on demand |
| EX-05a | Multi assets | Deferred | Deferral | on demand |
"""


@pytest.fixture
def register() -> str:
    """A register of three exceptions."""
    return REGISTER


@pytest.fixture
def tables() -> dict[str, Any]:
    """The configuration that takes the tables of ``register`` and ``matrix``."""
    return {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix*"]}}
