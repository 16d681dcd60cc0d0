"""Questions by name to the files of a repository; answers are kept by content.

:mod:`sphinx_arco_parity.proof` asks where a name is defined, where a word stands, how
many lines there are.  A file is parsed only for a question that its content was never
asked before.  Where a name is gone, other files of the language are looked through, within
bounds: a document of which everything is wrong gets fewer hints, not a slow build.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sphinx_arco_parity.repository.content_cache import Facts
from sphinx_arco_parity.repository.definitions import (
    Outline,
    definitions_in,
    language_of,
    outline_of,
    question_prefix,
    word_lines,
    word_offsets,
)
from sphinx_arco_parity.repository.source import (
    Definition,
    Definitions,
    SourceFiles,
    UnreadableFileError,
)
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
        self._same_language = cache(self._of_suffix)

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

    def _of_suffix(self, suffix: str) -> list[str]:
        return [
            path
            for path in self._files.files()
            if (path.endswith(suffix) if suffix else language_of(path) is not None)
        ]

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


#: Syntax trees that are kept in memory at most.
_TREES = 4
_T = TypeVar("_T")

_FIELDS = tuple(field.name for field in fields(Definition))
#: Occurrences of a word that are kept at most.
_WORDS = 500


class Symbols:
    """The names in *files*; *facts* keeps the answers by content.

    Every method raises :class:`.UnreadableFileError` where the file cannot be read.
    """

    def __init__(self, files: SourceFiles, facts: Facts) -> None:
        self._files = files
        self._facts = facts
        self._outlines: OrderedDict[str, Outline] = OrderedDict()
        self._definitions: dict[str, Definitions | None] = {}
        self.search = Search(files, self.named)
        """Looks for names in other files."""

    def named(self, path: str, name: str) -> tuple[Definition, ...]:
        """Return what the file defines under *name*; nothing in an unknown language.

        See :meth:`.Outline.named`.
        """
        if language_of(path) is None:
            return ()
        return self._asked(
            path,
            f" {name}",
            _read_definitions,
            lambda: [
                [getattr(definition, name) for name in _FIELDS]
                for definition in self._outline(path).named(name)
            ],
        )

    def _asked(
        self, path: str, question: str, read: Callable[[Any], _T], find: Callable[[], Any]
    ) -> _T:
        digest = self._files.digest(path)
        return self._facts.asked(digest, question_prefix(path) + question, read, find)

    def words(self, path: str, name: str) -> tuple[tuple[int, bool], ...]:
        """Return where the word *name* stands: (line, whether in a comment).

        In an unknown language nothing is a comment.
        """
        if language_of(path) is None:
            raw = self.text(path).encode("utf-8", "replace")
            return tuple((line, False) for line, _start in word_lines(raw, name))
        return self._asked(
            path,
            f"? {name}",
            lambda answer: tuple((int(line), bool(comment)) for line, comment in answer),
            lambda: self._outline(path).words(name)[:_WORDS],
        )

    def text(self, path: str) -> str:
        """Return the file as text."""
        return self._files.read(path).text

    def line_count(self, path: str) -> int:
        """Return how many lines the file has; a closing line end begins no further one."""
        text = self.text(path)
        return text.count("\n") + bool(text and not text.endswith("\n"))

    def definitions(self, path: str) -> Definitions | None:
        """Return all names that the file defines; ``None`` in an unknown language."""
        if path not in self._definitions:
            self._definitions[path] = definitions_in(self._files.read(path))
        return self._definitions[path]

    def has_tests(self, path: str) -> bool:
        """Tell whether the file defines a test; ``False`` in an unknown language."""
        return self._about_tests(path)[0]

    def disabled(self, path: str) -> str | None:
        """Return why no test of the file ever runs, if so."""
        return self._about_tests(path)[1]

    def fails(self, path: str) -> str | None:
        """Return what marks all tests of the file as expected to fail, if so."""
        return self._about_tests(path)[2]

    def _about_tests(self, path: str) -> tuple[bool, str | None, str | None]:
        if language_of(path) is None:
            return False, None, None

        def find() -> list[Any]:
            every = self.definitions(path)
            tests = any(test.is_test for test in every.definitions) if every else False
            return [tests, every and every.disabled, every and every.fails]

        def read(answer: Any) -> tuple[bool, str | None, str | None]:
            tests, disabled, fails = answer
            return bool(tests), disabled, fails

        return self._asked(path, "*", read, find)

    def _outline(self, path: str) -> Outline:
        key = question_prefix(path) + self._files.digest(path)
        outline = self._outlines.pop(key, None)
        if outline is None:
            outline = outline_of(self._files.read(path))
            assert outline is not None  # noqa: S101 - asked for known languages only
        self._outlines[key] = outline
        if len(self._outlines) > _TREES:
            self._outlines.popitem(last=False)
        return outline


def _read_definitions(answer: Any) -> tuple[Definition, ...]:
    def read(values: Any) -> Definition:
        every = (tuple(value) if isinstance(value, list) else value for value in values)
        said: dict[str, Any] = dict(zip(_FIELDS, every, strict=True))
        return Definition(**said)

    return tuple(map(read, answer))
