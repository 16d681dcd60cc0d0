"""What is known of files by their content, kept between builds.

One JSON file in a folder of our own.  An entry is keyed by the digest of a file's bytes
and by a question (``rust tick``: where is ``tick`` defined?), so that a file whose
content is known is never parsed again for a question that was asked before.  A file of
another version, or a broken one, is ignored.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

#: To be raised when the answers change their meaning.
SCHEMA = 1

#: Files whose answers are kept at most.
LIMIT = 50_000

_NAME = "parity-facts.json"
_PARTS = (
    "tree-sitter",
    "tree-sitter-rust",
    "tree-sitter-python",
    "tree-sitter-go",
    "tree-sitter-javascript",
    "tree-sitter-typescript",
    "tree-sitter-java",
)


def version() -> str:
    """Return what the answers depend on besides the files: our schema, the grammars."""
    found = [str(SCHEMA)]
    for part in _PARTS:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found.append(f"{part}={metadata.version(part)}")
    return " ".join(found)


class Facts:
    """Answers by content; ``None`` for a folder keeps them in memory only."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / _NAME if folder is not None else None
        self._old: dict[str, dict[str, Any]] | None = None
        self._used: dict[str, dict[str, Any]] = {}
        self._changed = False

    def of(self, digest: str) -> dict[str, Any]:
        """Return the answers known for the file with *digest*: question to answer.

        Write new ones with :meth:`put`.
        """
        entry = self._used.get(digest)
        if entry is None:
            if self._old is None:
                self._old = self._load()
            entry = self._used[digest] = self._old.get(digest, {})
        return entry

    def put(self, digest: str, question: str, answer: Any) -> None:
        """Keep *answer*, which must be JSON, to *question* about the file."""
        self.of(digest)[question] = answer
        self._changed = True

    def _load(self) -> dict[str, dict[str, Any]]:
        if self._path is None:
            return {}
        try:
            found = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict) or found.get("version") != version():
            return {}
        files = found.get("files")
        if not isinstance(files, dict):
            return {}
        return {key: value for key, value in files.items() if isinstance(value, dict)}

    def save(self) -> None:
        """Write what is new, atomically; what was used last is kept longest.

        A folder that cannot be written costs only time in the next build.
        """
        if self._path is None or not self._changed:
            return
        kept = {digest: entry for digest, entry in self._used.items() if entry}
        for digest, entry in (self._old or {}).items():
            if len(kept) >= LIMIT:
                break
            kept.setdefault(digest, entry)
        text = json.dumps(
            {"version": version(), "files": kept}, separators=(",", ":"), default=str
        )
        with contextlib.suppress(OSError):
            _replace(self._path, text)
            self._changed = False


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".parity-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(name, path)  # noqa: PTH105 - the pair of mkstemp
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise
