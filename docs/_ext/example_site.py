"""Builds the example project into the site, in `example/`, so that readers can open it.

Loaded by ``conf.py``; a failing build of the example fails that of the site.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_SOURCE = Path(__file__).parents[2] / "examples" / "arco-flow" / "docs"


def build(app: Sphinx, exception: Exception | None) -> None:
    """Build the example; for ``build-finished``."""
    if exception is None and app.builder.name == "html":
        out = app.outdir / "example"
        # Files of the build cache are no pages.
        cache = app.doctreedir.parent / f"{app.doctreedir.name}-example"
        command = [sys.executable, "-m", "sphinx", "-q", "-d", str(cache), str(_SOURCE), str(out)]
        subprocess.run(command, check=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect with *app*."""
    app.connect("build-finished", build)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
