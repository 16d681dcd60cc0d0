"""Files of our own beside Sphinx's pickles: replaced whole, by one build or another.

Used for what a build remembers for the next.  Two builds may share a folder, and each
may be killed at any moment: a reader sees the old content or the new.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of *path* once the block has ended well.

    :raises OSError: if it cannot be written; what was there stays.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            yield stream
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def replace_bytes(path: Path, content: bytes) -> None:
    """Make *path* hold *content*.

    :raises OSError: if it cannot be written; what was there stays.
    """
    with replacing(path) as stream:
        stream.write(content)
