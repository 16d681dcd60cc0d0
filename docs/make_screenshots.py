"""Pictures of the example site for the README and the documentation.

Run it as ``python docs/make_screenshots.py [FOLDER]``; it builds ``examples/arco-flow``,
photographs what a reader sees with Chromium, and writes PNG files of at most
150 KB to ``docs/_static/screenshots``.  Needs playwright and an installed Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "_static" / "screenshots"
MOST = 150 * 1024
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Tells Furo which scheme to show.
SET_SCHEME = "s => document.body.dataset.theme = s"


#: Leaves room for the bar that some themes keep at the top.
SCROLL = """at => scrollTo(0,
  document.querySelector(at).getBoundingClientRect().top + scrollY - 72)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: which page, from which element on, and how large."""

    name: str
    page: str
    at: str = "h1"
    scheme: str = "light"
    width: int = 1180
    height: int = 760
    act: str = ""
    """Script that is run before, such as one that presses a button."""


SHOTS = (
    Shot(name="overview-light", page="parity/overview"),
    Shot(name="overview-dark", page="parity/overview", scheme="dark"),
    Shot(name="matrix-light", page="parity/dagster-parity-matrix", width=900),
    Shot(name="matrix-dark", page="parity/dagster-parity-matrix", width=900, scheme="dark"),
    Shot(name="table-phone", page="parity/overview", at="#open-work", width=390, scheme="dark"),
)


def build(folder: Path) -> Path:
    """Build a copy of the example in *folder*; return the folder of its pages."""
    source, out = folder / "example", folder / "site"
    ignored = shutil.ignore_patterns("_build", "target", "__pycache__")
    shutil.copytree(ROOT / "examples" / "arco-flow", source, ignore=ignored)
    for command in (["init", "-q"], ["add", "-A", "-f"]):
        subprocess.run(["git", *command], cwd=source, check=True)  # noqa: S607
    command = [sys.executable, "-m", "sphinx", "-q", str(source / "docs"), str(out)]
    subprocess.run(command, check=True)
    return out


def open_page(browser: Browser, shot: Shot, site: Path) -> Page:
    """Return the page of *shot* as it is to be seen."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto((site / f"{shot.page}.html").as_uri())
    page.evaluate(SET_SCHEME, shot.scheme)
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    if shot.act:
        page.evaluate(shot.act)
    if shot.at != "h1":
        page.evaluate(SCROLL, shot.at)
    # Furo shows it for a moment after a page has scrolled.
    page.evaluate("document.querySelector('.back-to-top')?.remove()")
    page.wait_for_timeout(300)
    return page


def main() -> None:
    """Write all pictures, and fail if one is too large."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = build(Path(name))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shot in SHOTS:
            page = open_page(browser, shot, site)
            path = target / f"{shot.name}.png"
            page.screenshot(path=path)
            page.close()
            if path.stat().st_size > MOST:
                sys.exit(f"{path.name} has {path.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
