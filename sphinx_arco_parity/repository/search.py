"""Where a name that is gone from its file is defined now; for the help of findings only.

Files of the same language are looked through, the nearest folders first.  The number of
searches of a build, of files and of bytes is bounded: a document of which everything is
wrong gets fewer hints, not a slow build.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice

from sphinx_arco_parity.repository.definitions import language_of, question_prefix
from sphinx_arco_parity.repository.definitions.outline import word_offsets
from sphinx_arco_parity.repository.source import Definition, SourceFiles, UnreadableFileError
from sphinx_arco_parity.repository.suggestions import shared_start

_SEARCHES = 300
_FILES = 4000
_BEFORE = frozenset(
    b"class const def enum fn func function interface let mod record static struct trait type"
    b" var void".split()
)
_BYTES = 64 * 1024 * 1024
_PLACES = 10
_ASKED = 40
"""Files that spell a name are parsed for it, up to this many a search."""


class Search:
    """Looks for a definition in the other files of a repository.

    *named* gives what a file, by its path, defines under a name.
    """

    def __init__(
        self, files: SourceFiles, named: Callable[[str, str], tuple[Definition, ...]]
    ) -> None:
        self._files = files
        self._named = named
        self._left = _SEARCHES
        self._room = _BYTES
        self._raw: dict[str, bytes] = {}
        self._known: dict[
            tuple[str, str, bool, str | None], tuple[tuple[str, Definition], ...]
        ] = {}
        self._by_suffix: dict[str, list[str]] = {}

    def elsewhere(self, path: str, name: str, *, test: bool) -> tuple[str, int] | None:
        """Return the path and line of the nearest other file that defines *name*, if any."""
        found = self.places(path, name, test=test)
        return (found[0][0], found[0][1].line) if found else None

    def places(
        self, path: str, name: str, *, test: bool, owner: str | None = None
    ) -> tuple[tuple[str, Definition], ...]:
        """Return the other files that define *name*, nearest first, with the definition.

        With *test*, only a test counts; with *owner*, only files that spell that too, in
        their names or contents.  Without a *path* the files of all languages are looked
        through.  Nothing where the bounds of this build are reached.
        """
        question = (path, name, test, owner)
        if question not in self._known:
            found = self._search(path, name, test=test, owner=owner)
            self._known[question] = tuple(islice(found, _PLACES))
        return self._known[question]

    def _search(
        self, path: str, name: str, *, test: bool, owner: str | None
    ) -> Iterator[tuple[str, Definition]]:
        if (
            self._left <= 0
            or len(name) < (2 if owner else 3)
            or (path and language_of(path) is None)
        ):
            return
        self._left -= 1
        spelt = [
            other
            for other in self._nearest(path)
            if other != path
            and self.spells(other, name)
            and (owner is None or owner in other or self.spells(other, owner))
        ]
        for other in sorted(spelt, key=lambda other: not self._introduces(other, name))[:_ASKED]:
            try:
                found = self._named(other, name)
            except UnreadableFileError:
                continue
            for definition in found:
                if definition.is_test or (
                    not test and definition.kind not in {"impl", "declaration"}
                ):
                    yield other, definition

    def _nearest(self, path: str) -> list[str]:
        folders = path.split("/")
        files = self._same_language(question_prefix(path))
        if len(files) > 5 * _FILES:
            first = bisect_left(files, folders[0])
            end = bisect_left(files, folders[0] + chr(sys.maxunicode), first)
            files = files[first:end]
        return sorted(files, key=lambda other: -shared_start(folders, other.split("/")))[:_FILES]

    def _same_language(self, suffix: str) -> list[str]:
        if suffix not in self._by_suffix:
            self._by_suffix[suffix] = [
                path
                for path in self._files.files()
                if (path.endswith(suffix) if suffix else language_of(path) is not None)
            ]
        return self._by_suffix[suffix]

    def _introduces(self, path: str, name: str) -> bool:
        """Tell whether the name stands behind a word, or sign, that begins definitions."""
        raw = self._raw.get(path, b"")
        starts = islice(word_offsets(raw, name), _ASKED)
        before = (word for at in starts for word in raw[max(at - 12, 0) : at].split()[-1:])
        return any(word in _BEFORE or word.endswith(b")") for word in before)

    def spells(self, path: str, name: str) -> bool:
        """Tell whether the word *name* stands in the file; not where bounds are reached."""
        raw = self._raw.get(path)
        if raw is None:
            if self._room <= 0:
                return False
            try:
                raw = self._files.read_bytes(path)
            except UnreadableFileError:
                raw = b""
            self._room -= len(raw)
            self._raw[path] = raw
        return next(word_offsets(raw, name), None) is not None
