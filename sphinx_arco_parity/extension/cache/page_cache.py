"""The models of all pages in one file beside Sphinx's pickles, a line for each page.

Written once a project is judged; a page that is written, in this build or a later one,
reads its own line.  The digest of each line is known from elsewhere, so that a file which
another build has replaced, or which is broken, is never believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import IO, TYPE_CHECKING

from sphinx_arco_parity.extension.cache.state_files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "parity-pages.jsonl"

#: Page to offset and length of its line, in bytes.
Index = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written: where each page stands, and the digest of its line."""

    digests: dict[str, str]
    index: Index
    """Empty if the file could not be written."""


def keep_pages(path: Path, models: Iterable[tuple[str, str]]) -> Kept:
    """Write *models*, page and line, to *path*.

    The lines are made one by one and not held: all of them together are many megabytes.
    A folder that is read-only, or a disk that is full, costs only time.
    """
    kept = Kept({}, {})
    rest = iter(models)
    try:
        with replacing(path) as stream:
            _write(stream, rest, kept)
    except OSError:
        kept.digests.update((name, digest_of(text.encode())) for name, text in rest)
        return Kept(kept.digests, {})
    return kept


def _write(stream: IO[bytes], models: Iterable[tuple[str, str]], kept: Kept) -> None:
    offset = 0
    for docname, text in models:
        line = text.encode()
        kept.digests[docname] = digest_of(line)
        kept.index[docname] = (offset, len(line))
        offset += stream.write(line + b"\n")


def kept_page(path: Path, place: tuple[int, int], digest: str) -> str | None:
    """Return the line at *place*, if it is still the one of *digest*."""
    offset, length = place
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            line = stream.read(length)
    except OSError:
        return None
    return line.decode() if digest_of(line) == digest else None


def digest_of(line: bytes) -> str:
    """Return the digest of what a page shows."""
    return blake2b(line, digest_size=12).hexdigest()
