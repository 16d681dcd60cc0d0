"""An environment for each set of packages that a peer needs; made once, with pip."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def interpreter(folder: Path, requires: tuple[str, ...]) -> Path:
    """Return the interpreter of an environment below *folder* that has *requires*.

    :raises subprocess.CalledProcessError: if pip cannot install them.
    """
    key = hashlib.sha256(repr(requires).encode()).hexdigest()[:12]
    made = folder.resolve() / key
    scripts = made / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    if not (made / "ready").exists():
        venv.create(made, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "-q"]
        subprocess.run([*install, *requires], check=True, stdout=sys.stderr)
        (made / "ready").touch()
    return python
