"""Writing what an export returned: whole or not at all, and only what has changed.

Called by the builder, by HTML builds and by the command line.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_text(path: Path, text: str) -> bool:
    """Make *path* hold *text* as UTF-8, line ends as given; tell whether it changed.

    A file that holds it already is not touched, so that its time stays.  Another reader
    sees the old content or the new, never a part.

    :raises OSError: if the folder cannot be made or the file not be written.
    """
    # Half a surrogate pair has no place in UTF-8; a question mark beats no report.
    content = text.encode("utf-8", "replace")
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return True
