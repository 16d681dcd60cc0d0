"""What is known of files by their content, kept between builds.

One JSON file in a folder of our own.  An answer is keyed by the digest of a file's bytes
and by a question (``.rs tick``: where is ``tick`` defined?), so that a file whose
content is known is never parsed again for a question that was asked before.  Only what
parsers say is kept: no verdict and no sentence, which are made anew.  As git
does, a file whose size, times and number are those of the last build is taken to have
the same content, unless it was changed shortly before that build.

A file of another version, or a broken one, is ignored.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from functools import cache, cached_property
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import sphinx_arco_parity
from sphinx_arco_parity.repository import reading
from sphinx_arco_parity.repository.reading import signs_of
from sphinx_arco_parity.repository.replacing import replace_content
from sphinx_arco_parity.text.words import word_set

#: To be raised when the answers change their meaning.
SCHEMA = 3

#: Files whose answers are kept at most.
LIMIT = 50_000

_T = TypeVar("_T")
_JSON = json.JSONEncoder(separators=(",", ":"))

_NAME = "parity-facts.json"
_PARTS = word_set("""
    tree-sitter tree-sitter-rust tree-sitter-python tree-sitter-go tree-sitter-javascript
    tree-sitter-typescript tree-sitter-java
    """)


@cache
def code_version() -> int:
    """Return a digest of our own code: no answer that is kept outlives what gave it."""
    digest = blake2b(digest_size=8)
    with contextlib.suppress(OSError):  # in an archive there is nothing to edit
        for path in sorted(Path(sphinx_arco_parity.__file__).parent.rglob("*.py")):
            digest.update(path.read_bytes())
    return int.from_bytes(digest.digest(), "big")


def version() -> str:
    """Return what the answers depend on besides the files: ourselves, the grammars."""
    found = [f"{sphinx_arco_parity.__version__} {code_version()} {SCHEMA}"]
    for part in sorted(_PARTS):
        with contextlib.suppress(metadata.PackageNotFoundError):
            found.append(f"{part}={metadata.version(part)}")
    return " ".join(found)


class Facts:
    """Answers by content; ``None`` for a folder keeps them in memory only."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / _NAME if folder is not None else None
        self._used: dict[str, dict[str, Any]] = {}
        self._seen: dict[str, str] = {}
        self._changed = False

    # --- answers by content -----------------------------------------------------

    def asked(
        self, digest: str, question: str, read: Callable[[Any], _T], find: Callable[[], Any]
    ) -> _T:
        """Return what *read* makes of the answer to *question* about the file with *digest*.

        *find* gives the answer, a list that JSON can hold, where none is known, or none that
        *read* takes without a :class:`TypeError` or :class:`ValueError`; it is kept.
        """
        if digest not in self._used:
            self._used[digest] = self._old[0].get(digest, {})
        entry = self._used[digest]
        try:
            known = entry.get(question)
            return read(json.loads(known) if isinstance(known, str) else known)
        except (TypeError, ValueError, RecursionError):
            entry[question] = find()
            self._changed = True
            return read(entry[question])

    # --- the content of a path that has not changed -------------------------------

    def digest_of(self, path: str, status: os.stat_result) -> str | None:
        """Return the digest that *path* had, if its *status* says that it still has."""
        known = self._old[1].get(path, "")
        digest, _, signs = known.partition(" ")
        if not signs or signs != signs_of(status):
            return None
        self._seen[path] = known
        return digest

    def remember(self, path: str, status: os.stat_result, digest: str) -> None:
        """Keep that *path*, with *status*, has the content with *digest*."""
        self._seen[path] = f"{digest} {signs_of(status)}"
        self._changed = True

    # --- the file -------------------------------------------------------------------

    @cached_property
    def _old(self) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
        """The answers of earlier builds by content, and what their paths held."""
        try:
            found = json.loads(self._path.read_bytes()) if self._path is not None else None
        except (OSError, ValueError, RecursionError):
            return {}, {}
        if not isinstance(found, dict) or found.get("version") != version():
            return {}, {}
        files, seen = found.get("files"), found.get("seen")
        if not isinstance(files, dict) or not isinstance(seen, dict):
            return {}, {}
        return (
            {key: value for key, value in files.items() if isinstance(value, dict)},
            {path: known for path, known in seen.items() if isinstance(known, str)},
        )

    def save(self) -> None:
        """Write what is new, atomically; what was used last is kept longest.

        A folder that cannot be written costs only time in the next build.
        """
        if self._path is None or not self._changed:
            return
        kept = {
            digest: {
                question: answer if isinstance(answer, str) else _JSON.encode(answer)
                for question, answer in entry.items()
            }
            for digest, entry in self._used.items()
            if entry
        }
        for digest, entry in self._old[0].items():
            if len(kept) >= LIMIT:
                break
            kept.setdefault(digest, entry)
        content = {"version": version(), "files": kept, "seen": self._settled()}
        with contextlib.suppress(OSError, ValueError):
            text = _JSON.encode(content)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_content(self._path, text.encode())
            self._changed = False

    def _settled(self) -> dict[str, str]:
        """The paths whose times are old enough to tell of every later change."""
        latest = time.time_ns() - reading.RACY
        return {
            path: known
            for path, known in {**self._old[1], **self._seen}.items()
            if _changed_at(known) < latest
        }


def _changed_at(known: str) -> float:
    """When the file changed, in nanoseconds, as :meth:`Facts.remember` wrote it."""
    try:
        *_rest, modified, changed = known.split(" ")
        return max(int(modified), int(changed))
    except ValueError:
        return float("inf")
