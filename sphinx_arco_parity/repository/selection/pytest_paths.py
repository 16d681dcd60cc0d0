"""Whether the paths of a pytest command line lead to a file.

Called by :mod:`.pytest`.  Three-valued.  Source of the rules:
``Session.collect`` and ``pytest_ignore_collect`` of pytest 9.2.
"""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.pytest_config import PytestConfig
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SELECTED,
    TAKEN_AWAY,
    Selection,
    any_of,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.repository.shell.folders import join


@dataclass(frozen=True, slots=True)
class Start:
    """Where pytest begins to collect."""

    path: str | None
    """A file or folder; ``None`` if it is not known or not there."""
    names: tuple[str, ...] = ()
    """After ``::``."""


def starts_of(words: Sequence[Word], folder: str, repository: Repository) -> list[Start]:
    """Return the places that *words* (paths and node ids), seen from *folder*, name."""
    found: list[Start] = []
    for word in words:
        base = word.text.partition("[")[0]
        if word.glob:
            found += _expanded(word.text, folder, repository)
            continue
        text, *names = base.split("::")
        path = join(folder, text) if word.known else None
        if path is not None and not is_there(path, repository):
            path = None
        found.append(Start(path, tuple(names)))
    return found


def is_there(path: str, repository: Repository) -> bool:
    """Tell whether *path*, empty for the root, is a file or a folder."""
    return not path or repository.is_file(path) or repository.is_directory(path)


def _expanded(text: str, folder: str, repository: Repository) -> list[Start]:
    """Return what the shell makes of a pattern."""
    if "::" in text:
        return [Start(None)]
    pattern = join(folder, text.rstrip("/"))
    found = expand_glob(pattern, repository) if pattern is not None else []
    return [Start(path) for path in found] or [Start(None)]


def expand_glob(pattern: str, repository: Repository) -> list[str]:
    """Return the files and folders that match *pattern*, level by level."""
    levels = pattern.split("/")
    found: set[str] = set()
    for path in repository.files():
        parts = path.split("/")
        if len(parts) < len(levels):
            continue
        if all(_level(part, glob) for part, glob in zip(parts, levels, strict=False)):
            found.add("/".join(parts[: len(levels)]))
    return sorted(found)


def _level(part: str, glob: str) -> bool:
    if part.startswith(".") and not glob.startswith("."):
        return False
    return fnmatch.fnmatchcase(part, glob)


@dataclass(frozen=True, slots=True)
class Collection:
    """What a run collects."""

    starts: tuple[Start, ...]
    config: PytestConfig
    ignored: tuple[str | None, ...]
    """Paths of ``--ignore``; ``None`` for one that is not known."""
    ignored_globs: tuple[str | None, ...]
    """Patterns of ``--ignore-glob``, relative to the repository."""

    def collects(self, path: str, names: Sequence[str] | None) -> Selection:
        """Tell whether the file *path* and, in it, the test *names* are collected."""
        return any_of(self._from(start, path, names) for start in self.starts)

    def _from(self, start: Start, path: str, names: Sequence[str] | None) -> Selection:
        if start.path is None:
            return unknown("has a path that is not in the repository")
        if start.path == path:
            return _by_names(start, names)
        prefix = f"{start.path}/" if start.path else ""
        if not path.startswith(prefix):
            return missed(f"does not collect {path}", ELSEWHERE)
        return self._below(start.path, path)

    def _below(self, start: str, path: str) -> Selection:
        """Tell whether the walk from the folder *start* comes to *path*."""
        parts = path.removeprefix(f"{start}/" if start else "").split("/")
        for index in range(len(parts)):
            inner = posixpath.join(start, *parts[: index + 1])
            is_file = index == len(parts) - 1
            if self._is_start(inner, with_parents=not is_file):
                continue
            reason = self._ignores(inner, is_file=is_file)
            if reason is not None:
                return reason
        if not any(_fits(pattern, path) for pattern in self.config.get("python_files")):
            shown = " ".join(self.config.get("python_files"))
            return missed(f"collects only files called {shown}")
        return SELECTED

    def _is_start(self, path: str, *, with_parents: bool) -> bool:
        starts = [start.path for start in self.starts if start.path is not None]
        return path in starts or (
            with_parents and any(start.startswith(f"{path}/") for start in starts)
        )

    def _ignores(self, path: str, *, is_file: bool) -> Selection | None:
        if None in self.ignored or None in self.ignored_globs:
            return unknown("ignores paths that are not known")
        if path in self.ignored:
            return missed(f"ignores {path}", TAKEN_AWAY)
        for glob in self.ignored_globs:
            if fnmatch.fnmatch(path, glob or ""):
                return missed(f"ignores {path} (`{glob}`)", TAKEN_AWAY)
        if not is_file and any(_fits(p, path) for p in self.config.get("norecursedirs")):
            return missed(f"does not enter {path} (`norecursedirs`)")
        return None


def _fits(pattern: str, path: str) -> bool:
    if "/" not in pattern:
        return fnmatch.fnmatch(posixpath.basename(path), pattern)
    return fnmatch.fnmatch(f"/{path}", pattern if pattern.startswith("/") else f"*/{pattern}")


def _by_names(start: Start, names: Sequence[str] | None) -> Selection:
    if not start.names:
        return SELECTED
    if names is None:
        return unknown("runs a part of the file")
    given = list(start.names)
    if list(names[: len(given)]) != given:
        return missed(f"runs only `{'::'.join(given)}` of the file")
    return SELECTED
