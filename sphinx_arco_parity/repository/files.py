"""The checked repository: which files are tracked, what is in them, at which commit.

Opened once for a build and handed to everything that needs the repository.  Paths are
relative to its root and use ``/``.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.repository import git, reading
from sphinx_arco_parity.repository.content_cache import Facts
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError
from sphinx_arco_parity.repository.suggestions import Suggestions, grouped
from sphinx_arco_parity.text.patterns import select_sorted

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.symbols import Symbols


class Repository:
    """A folder under git, or a plain one; nothing outside it is ever read.

    Every method that takes a path accepts any text: a path that leads out is simply not
    there.  A closing ``/`` and a leading ``./`` do not count.
    """

    def __init__(self, root: Path, *, cache: Path | None = None) -> None:
        self._opened = time.time_ns()
        self.root = root
        """The folder, with symbolic links resolved."""
        self.facts = Facts(cache)
        """What is known of files by their content, kept from build to build."""
        self._reader = reading.Reader(root)
        self._sources: dict[str, SourceFile | UnreadableFileError] = {}
        self._globs: dict[str, list[str]] = {}
        self._digests: dict[str, str] = {}
        self._statuses: dict[str, os.stat_result | None] = {}
        self._problems: list[str] = []
        self._asked: set[str] = set()
        self._ignored: dict[str, bool] = {}
        self._consulted: dict[str, reading.FileState] = {}

    @classmethod
    def open(cls, root: Path, *, cache: Path | None = None) -> Repository:
        """Open the repository at *root*; what is known of files is kept in *cache*.

        Nothing is read yet.  *cache* is a folder of our own, or ``None``.
        """
        return cls(Path(os.path.realpath(root)), cache=cache)

    @cached_property
    def has_git(self) -> bool:
        """Whether ``.git`` is here or above."""
        return git.git_folder(self.root) is not None

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the files could not be listed, with the remedy; empty if they could."""
        _ = self._listing
        return tuple(self._problems)

    def save(self) -> None:
        """Keep what is known of files for the next build."""
        self.facts.save()

    # --- the listing ------------------------------------------------------------

    @cached_property
    def _listing(self) -> git.Listing:
        if not self.root.is_dir():
            self._problems.append(f"the repository {self.root} is no folder")
        elif self.has_git:
            try:
                return git.list_files(self.root)
            except git.GitError as error:
                self._problems.append(str(error))
        elif git.is_bare(self.root):
            self._problems.append(f"{self.root} is a bare repository: check a work tree of it")
        else:
            return _plain_files(self.root)
        return git.Listing()

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self._listing.files)

    @cached_property
    def _directories(self) -> frozenset[str]:
        found = {""}
        for path in (*self._listing.files, *self._listing.modules):
            folder = path.rpartition("/")[0]
            while folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found | self._listing.modules)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Where a path that is not there may have been meant to lead."""
        return Suggestions(self.files())

    def files(self) -> tuple[str, ...]:
        """Return the tracked paths, sorted; without git, the files that are there."""
        return self._listing.files

    def commit(self) -> str | None:
        """Return the full hash of ``HEAD``; ``None`` without git or commits."""
        return self._commit

    @cached_property
    def _commit(self) -> str | None:
        return git.head(self.root) if self.has_git else None

    # --- questions about a path ---------------------------------------------------

    def is_file(self, path: str) -> bool:
        """Tell whether *path* is tracked as a file, present or not."""
        return path in self._files or reading.normal(path) in self._files

    def is_plain_file(self, path: str) -> bool:
        """Tell whether *path* is tracked as a file, spelt exactly as git spells it."""
        return path in self._files

    def is_directory(self, path: str) -> bool:
        """Tell whether some tracked file lies below *path*; the root is ``.``."""
        return reading.normal(path) in self._directories

    def exists(self, path: str) -> bool:
        """Tell whether *path* is a tracked file that is present, or a directory.

        A file that a sparse checkout leaves out counts as present; a symbolic link
        that leads nowhere, or out, does not.
        """
        clean = path if path in self._files else reading.normal(path)
        if clean is None:
            return False
        if clean in self._files:
            return self._status(clean) is not None or clean in self._listing.absent
        return clean in self._directories

    def _status(self, path: str) -> os.stat_result | None:
        if path not in self._statuses:
            self._statuses[path] = self._reader.status(path)
        return self._statuses[path]

    def is_absent(self, path: str) -> bool:
        """Tell whether *path* is tracked but not checked out, so that it has no text.

        That is: a sparse checkout leaves it out, or it lies in a submodule that is not
        checked out.
        """
        if not self._listing.absent and not self._listing.modules:
            return False
        clean = reading.normal(path)
        if clean is None:
            return False
        return clean in self._listing.absent or self.absent_module(clean) is not None

    def absent_module(self, path: str) -> str | None:
        """Return the submodule, not checked out, in which *path* lies."""
        clean = reading.normal(path) or ""
        return next((m for m in self._listing.modules if f"{clean}/".startswith(f"{m}/")), None)

    def is_untracked(self, path: str) -> bool:
        """Tell whether *path* is present in the work tree but not tracked."""
        clean = reading.normal(path)
        if not clean or clean in self._files or clean in self._directories:
            return False
        return self._reader.status(clean) is not None

    def ask_together(self, paths: Iterable[str]) -> None:
        """Note *paths* that are not there: :meth:`is_ignored` asks git once for all of them."""
        self._asked |= {clean for path in paths if (clean := reading.normal(path))}

    def is_ignored(self, path: str) -> bool:
        """Tell whether ``.gitignore`` leaves *path*, there or not, out."""
        clean = reading.normal(path)
        if not clean or not self.has_git:
            return False
        if clean not in self._ignored:
            asked = {clean} | self._asked
            found = git.ignored(self.root, asked)
            self._ignored.update((name, name in found) for name in asked)
        return self._ignored[clean]

    def leads_out(self, path: str) -> bool:
        """Tell whether *path* lies outside: absolute, ``..``, or by a symbolic link."""
        clean = reading.normal(path)
        return clean is None or self._reader.real(clean) is None

    def glob(self, pattern: str) -> list[str]:
        """Return the tracked paths that *pattern* gives, sorted."""
        if pattern not in self._globs:
            clean = pattern.removeprefix("./")
            self._globs[pattern] = select_sorted(self.files(), clean, self._folders_ending_in)
        return list(self._globs[pattern])

    def below(self, path: str) -> list[str]:
        """Return the tracked files that *path* means: itself, or those of a folder or glob."""
        clean = path.removeprefix("./").rstrip("/")
        if self.is_file(clean):
            return [clean]
        return self.glob(f"{clean}/**" if self.is_directory(clean) else clean)

    def case_variant(self, path: str) -> str | None:
        """Return the tracked path that differs from *path* in case only."""
        return self.suggestions.case_variant(reading.normal(path) or path)

    def nearest_path(self, path: str) -> str | None:
        """Return the tracked path that *path* was most likely meant to be."""
        return self.suggestions.nearest(reading.normal(path) or path)

    def ending_in(self, path: str) -> list[str]:
        """Return the tracked files, or else folders, of which *path* is the ending, sorted.

        Whole components only; *path* itself, if it is tracked, is not among them.
        """
        clean = reading.normal(path)
        if not clean:
            return []
        name = clean.rpartition("/")[2]
        found = [] if path.endswith("/") else self.suggestions.called(name)
        found = [other for other in found if other.endswith(f"/{clean}")]
        return found or [other for other in self._folders_ending_in(clean) if other != clean]

    def _folders_ending_in(self, path: str) -> list[str]:
        called = self._folders.get(path.rpartition("/")[2], ())
        return sorted(other for other in called if f"/{other}".endswith(f"/{path}"))

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        return grouped(self._directories, lambda folder: folder.rpartition("/")[2])

    # --- reading -------------------------------------------------------------------

    def line(self, path: str, number: int) -> str | None:
        """Return the line *number*, from 1, of the file at *path*, if that can be read."""
        try:
            lines = self.read(path).lines
        except UnreadableFileError:
            return None
        return lines[number - 1] if 0 < number <= len(lines) else None

    def read(self, path: str) -> SourceFile:
        """Return the file at *path* as text; each file is read once.

        :raises UnreadableFileError: if it is missing, leads out of the repository, is
            no regular file, is larger than 5 MiB, or is no text.
        """
        known = self._sources.get(path)
        if known is None:
            try:
                known = self._reader.read(_inside(path))
            except UnreadableFileError as error:
                known = error
            self._sources[path] = known
        if isinstance(known, UnreadableFileError):
            raise known.with_traceback(None)
        return known

    def text(self, path: str) -> str | None:
        """Return the text of the file at *path*, ``None`` if it cannot be read."""
        try:
            return self.read(path).text
        except UnreadableFileError:
            return None

    def digest(self, path: str) -> str:
        """Return the digest of the file's bytes, without reading them if that is safe.

        :raises UnreadableFileError: as :meth:`read`.
        """
        if path in self._digests:
            return self._digests[path]
        clean = path if path in self._files else reading.normal(path)
        status = self._status(clean) if clean is not None else None
        found = self.facts.digest_of(clean, status) if clean is not None and status else None
        if found is None:
            found = self.read(path).digest
            if clean is not None and status is not None:
                self.facts.remember(clean, status, found)
        self._digests[path] = found
        return found

    def read_bytes(self, path: str) -> bytes:
        """Return the bytes of the file at *path*, not kept; raises as :meth:`read`."""
        return self._reader.read_bytes(_inside(path))

    @cached_property
    def symbols(self) -> Symbols:
        """The names that the files define."""
        from sphinx_arco_parity.repository.symbols import (  # noqa: PLC0415 - parsers are only for those who cite code
            Symbols,
        )

        return Symbols(self, self.facts)

    # --- what answers rest on ---------------------------------------------------------

    def listing_digest(self) -> str:
        """Return a digest that changes when the listing does."""
        digest = blake2b(digest_size=16)
        for path in self._listing.files:
            digest.update(os.fsencode(path) + b"\0")
        for kind in (self._listing.links, self._listing.absent, self._listing.modules):
            digest.update(repr(sorted(kind)).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def consulted(self) -> dict[str, reading.FileState] | None:
        """Return what the paths hold of which anything but the name was asked so far.

        ``None`` if one of them was changed since the repository was opened: what was
        asked of it may be of before or after.
        """
        seen = dict(self._reader.seen)
        if reading.changed_at(seen.values()) >= self._opened - reading.TICK:
            return None
        if self._consulted.keys() != seen.keys():
            self._consulted = {path: self._state(path, at, None) for path, at in seen.items()}
        return self._consulted

    def looked_at(self) -> Iterable[str]:
        """Return the paths of which anything but the name was asked so far, there or not."""
        return tuple(self._reader.seen)

    def contents(self, known: Mapping[str, reading.FileState]) -> dict[str, reading.FileState]:
        """Return what each path of *known* holds now; what is the same is not read."""
        return {
            path: self._state(path, self._reader.status(path), state)
            for path, state in known.items()
        }

    def _state(
        self, path: str, status: os.stat_result | None, known: reading.FileState | None
    ) -> reading.FileState:
        if status is None or not stat.S_ISREG(status.st_mode):
            return reading.FileState("", "nothing" if status is None else "no file")
        signs = reading.signs_of(status)
        if known is not None and signs and signs == known.signs:
            return known
        settled = reading.changed_at([status]) < self._opened - reading.RACY
        read = self._sources.get(path)
        if isinstance(read, SourceFile):
            content = read.digest
        elif path in self._digests:
            content = self._digests[path]
        else:
            try:
                content = reading.digest_of(self._reader.read_bytes(path))
            except UnreadableFileError as error:
                content = error.reason
        return reading.FileState(signs if settled else "", content)


def _inside(path: str) -> str:
    clean = reading.normal(path)
    if clean is None:
        raise UnreadableFileError(path, "leads out of the repository")
    return clean


def _plain_files(root: Path) -> git.Listing:
    """List the files below *root* that is under no git; linked folders are not entered."""
    found = []
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if name != ".git"]
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        found += [prefix + name for name in files]
    return git.Listing(files=tuple(sorted(found)))
