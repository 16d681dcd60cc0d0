"""Files of our own beside Sphinx's pickles: replaced whole, by one build or another.

Used for what a build remembers for the next.  Two builds may share a folder, and each
may be killed at any moment: a reader sees the old content or the new.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_bytes(path: Path, content: bytes) -> None:
    """Make *path* hold *content*.

    :raises OSError: if it cannot be written; what was there stays.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
