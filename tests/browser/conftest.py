"""Sites to look at, servers to look at them through, and a browser that tells on them.

``sites`` builds the example and a small project once for each theme; ``look`` opens a page
and afterwards fails the test if the page complained or asked for anything elsewhere.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = "default-src 'self'"

#: How each theme is told which of its two schemes to show; others have only one.
DARK = {
    "furo": "s => document.body.dataset.theme = s",
    "pydata_sphinx_theme": "s => document.documentElement.dataset.theme = s",
    "sphinx_book_theme": "s => document.documentElement.dataset.theme = s",
}

SMALL_CONF = """
project = "Flow"
extensions = ["myst_parser", "sphinx_arco_parity"]
parity_repository = "."
parity_reference = "Dagster"
parity_tables = {"matrix": ["matrix"], "exceptions": ["register"]}
parity_statuses = {"parity_green": "Implemented", "🟡": "Partial"}
parity_required_evidence = {}
parity_publish = []
"""
SMALL_PAGES = {
    "index.md": "# Flow\n\n```{toctree}\nmatrix\nregister\ncollected\nplain\nclaims\n```\n",
    "plain.md": "# Plain\n\nNothing of parity.\n",
    "matrix.md": (
        "# Matrix\n\nBefore.\n\n## First\n\n| Capability | Status | Owner |\n|---|---|---|\n"
        "| Ticks | parity_green | Zoë |\n| **Later** | | |\n| Sensors | 🟡 | Bo |\n"
        "| Cursors | parity_green | – |\n\n## Second\n\n"
        "| Capability | Status | Owner |\n|---|---|---|\n| Backfills | Planned | Al |\n"
        "| Archive | parity_green | Cy |\n"
    ),
    "register.md": (
        "# Register\n\n| ID | Capability | Decision | Type | Revisit |\n|---|---|---|---|---|\n"
        + "".join(
            f"| EX-{number} | Thing {number} | No | {kind} | on demand |\n"
            for number, kind in enumerate(["Permanent", "Deferral", "Simplified"] * 4, start=1)
        )
    ),
    "collected.md": (
        "# Collected\n\n```{parity-table} exceptions\n:caption: All exceptions\n"
        ":per-page: 5\n:columns: id, capability, type\n```\n\n"
        "```{parity-table} matrix\n:group-by: section\n:columns: capability, status, owner\n"
        "```\n\n```{parity-table} findings\n```\n\n```{parity-legend}\n```\n"
    ),
    "claims.md": (
        "# Claims\n\n```{parity-claim} bad\nWe match Dagster.\n```\n\n"
        "```{parity-claim} good\n:exceptions: EX-1\n\nWe match Dagster.\n```\n"
    ),
}


@dataclass
class Sites:
    """Builds on demand; each is kept for the whole run."""

    folder: Path
    built: dict[tuple[str, str, str], Path] = field(default_factory=dict)

    def get(self, name: str, theme: str, builder: str = "html") -> Path:
        """Return the folder of the project *name* in *theme*."""
        key = (name, theme, builder)
        if key not in self.built:
            self.built[key] = self._build(*key)
        return self.built[key]

    def _build(self, name: str, theme: str, builder: str) -> Path:
        source = self.folder / name
        if not source.exists():
            _small(source) if name == "small" else _example(source)
        docs = source / "docs" if name == "example" else source
        out = self.folder / f"{name}-{theme}-{builder}"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", builder]
        command += [
            "-D",
            f"html_theme={theme}",
            "-d",
            str(self.folder / f"{name}.trees"),
        ]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [*command, str(docs), str(out)],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert (out / "objects.inv").exists(), done.stderr
        assert name == "small" or not done.returncode, done.stderr
        return out


def _small(folder: Path) -> None:
    folder.mkdir()
    (folder / "conf.py").write_text(SMALL_CONF, encoding="utf-8")
    for name, text in SMALL_PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")


def _example(folder: Path) -> None:
    shutil.copytree(
        ROOT / "examples" / "arco-flow",
        folder,
        ignore=shutil.ignore_patterns("_build", "target", "__pycache__"),
    )
    for command in (["init", "-q"], ["add", "-A", "-f"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Projects built in themes."""
    return Sites(tmp_path_factory.mktemp("sites"))


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders under the strict policy; gives their addresses."""
    servers: dict[Path, http.server.ThreadingHTTPServer] = {}

    def start(folder: Path) -> str:
        if folder not in servers:
            handler = functools.partial(_Handler, directory=str(folder))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers[folder] = server
        return f"http://127.0.0.1:{servers[folder].server_address[1]}"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium."""
    api = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed; see tests/browser/install.sh")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any, sites: Sites) -> Iterator[Callable[..., Any]]:
    """Open a page of a site; complaints and requests elsewhere fail the test."""
    contexts: list[Any] = []
    problems: list[str] = []

    def open_page(
        page: str,
        site: str = "small",
        theme: str = "alabaster",
        scheme: str = "light",
        base: str = "",
        **options: Any,
    ) -> Any:
        folder = sites.get(site, theme)
        base = base or folder.as_uri()
        context = chromium.new_context(color_scheme=scheme, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda m: _note(problems, m.type, m.text))
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("request", lambda r: _within(problems, r.url, base))
        tab.goto(f"{base}/{page}")
        if theme in DARK:
            tab.evaluate(DARK[theme], scheme)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def _note(problems: list[str], kind: str, text: str) -> None:
    # pydata's own: it wants a mode which its inline script sets, and says so aloud.
    if kind == "error" and "invalid theme mode" not in text:
        problems.append(text)


def _within(problems: list[str], url: str, base: str) -> None:
    if not url.startswith((base, "data:")):
        problems.append(f"asked for {url}")


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as a package of the index ships it."""
    package = pytest.importorskip("axe_playwright_python")
    source = Path(package.__file__).parent / "axe.min.js"
    return source.read_text(encoding="utf-8")
