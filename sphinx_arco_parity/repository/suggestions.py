"""Guesses what a path that is not there was meant to be; for the help of findings only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TypeVar

from sphinx_arco_parity.text.words import nearest

#: How many names are compared letter by letter at most.
_LIMIT = 2000
#: How like a name in another folder must be, from 0 to 1.
_LIKE = 0.8
_K = TypeVar("_K")


class Suggestions:
    """The tracked paths, by folded spelling and by file name."""

    def __init__(self, files: Sequence[str]) -> None:
        self._files = files
        self._known: dict[str, str | None] = {}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(path): path for path in reversed(self._files)}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return grouped(self._files, lambda path: path.rpartition("/")[2].casefold())

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        return grouped(self._files, lambda path: path.rpartition("/")[0])

    @cached_property
    def _by_start(self) -> dict[tuple[str, str], list[str]]:
        """File names, by their first three letters and their ending."""
        return grouped(self._by_name, lambda name: (name[:3], name.rpartition(".")[2]))

    def called(self, name: str) -> list[str]:
        """Return the files of that *name*, whatever their folder, in any case, sorted."""
        return self._by_name.get(name.casefold(), [])

    def case_variant(self, path: str) -> str | None:
        """Return the path that is spelt like *path* but for case or composed letters."""
        found = self._folded.get(_fold(path))
        return None if found == path else found

    def nearest(self, path: str) -> str | None:
        """Return the path most like *path*: its name elsewhere, or a like name there.

        Of several with the same name, the one whose folders agree most; none if two agree as much.
        """
        if path not in self._known:
            name = path.rpartition("/")[2]
            self._known[path] = (
                self.case_variant(path) or self._namesake(path, name) or self._alike(path)
            )
        return self._known[path]

    def _namesake(self, path: str, name: str) -> str | None:
        same = sorted(
            (_agreement(path, other), other) for other in self._by_name.get(name.casefold(), [])
        )
        is_clear = len(same) == 1 or (same and same[-1][0] > same[-2][0])
        return same[-1][1] if is_clear else None

    def _alike(self, path: str) -> str | None:
        folder, _, name = path.rpartition("/")
        near = self._by_folder.get(folder, [])[:_LIMIT]
        guess = nearest(name, [other.rpartition("/")[2] for other in near])
        if guess:
            return f"{folder}/{guess}" if folder else guess
        ending = name.rpartition(".")[2]
        stem = name[:3].casefold()
        like = self._by_start.get((stem, ending), [])[:_LIMIT]
        guess = nearest(name, like, _LIKE)
        return self._namesake(path, guess) if guess else None


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def grouped(paths: Iterable[str], key: Callable[[str], _K]) -> dict[_K, list[str]]:
    """Return *paths*, in their order, by what *key* gives of each."""
    found: dict[_K, list[str]] = {}
    for path in paths:
        found.setdefault(key(path), []).append(path)
    return found


def shared_start(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words two lists share from the left."""
    pairs = zip(words, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _agreement(path: str, other: str) -> tuple[int, int]:
    """How many words two paths share: in all, and from the left."""
    words, others = path.split("/"), other.split("/")
    return len(set(words) & set(others)), shared_start(words, others)
