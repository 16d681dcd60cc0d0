"""Opens files of the checked repository, and nothing outside it; knows them again by their status.

Called by :class:`.Repository`.  A path leads out by ``..``, by being absolute or by
a symbolic link; device files, pipes and ``.git`` itself are never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError

#: Nanoseconds before a build within which a change may leave no trace in the times.
RACY = 3_000_000_000

#: The clock of files ticks more slowly than ours: at most so many nanoseconds.
TICK = 20_000_000


class FileState(NamedTuple):
    """The content of a path, and the signs by which it is known again."""

    signs: str
    """Device, number, size and times; empty if they prove nothing."""
    digest: str
    """Of the bytes, or why there are none."""


def signs_of(status: os.stat_result) -> str:
    """Return what changes when a file does; nothing where the system does not say."""
    if os.name == "nt":  # the third time is when the file was made
        return ""
    return (
        f"{status.st_dev} {status.st_ino} {status.st_size} "
        f"{status.st_mtime_ns} {status.st_ctime_ns}"
    )


def changed_at(statuses: Iterable[os.stat_result | None]) -> int:
    """Return when the last of *statuses* changed, in nanoseconds; 0 if none is there."""
    times = (max(s.st_mtime_ns, s.st_ctime_ns) for s in statuses if s is not None)
    return max(times, default=0)


#: Bytes above which a file is not read.
LIMIT = 5 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
#: Not every system has all of them.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY", "O_NOFOLLOW"):
    _FLAGS |= getattr(os, _name, 0)


def normal(path: str) -> str | None:
    """Return *path* as git writes it, or ``None`` if it cannot lie in a repository.

    ``./`` and doubled or closing slashes go; the root itself is the empty string.
    """
    if path.startswith("/") or "\0" in path or path[1:3] in {":/", ":\\"}:
        return None
    words = [word for word in path.split("/") if word not in {"", "."}]
    if ".." in words or ".git" in words:
        return None
    return "/".join(words)


class Reader:
    """Reads files below one folder; remembers which folders are safe."""

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._folders: dict[str, str | None] = {}
        self.seen: dict[str, os.stat_result | None] = {}
        """The paths that were looked at, and what was there when that was first done."""

    def real(self, path: str) -> str | None:
        """Return where *path* (normal, relative) really is, if that is inside.

        ``None`` if it leads out or into ``.git``.  What is there is not looked at.
        """
        return self._look(path)[0]

    def status(self, path: str) -> os.stat_result | None:
        """Return what the file system says of what is at *path*, if it is inside."""
        return self._look(path)[1]

    def _look(self, path: str) -> tuple[str | None, os.stat_result | None]:
        found = self._looked(path)
        self.seen.setdefault(path, found[1])
        return found

    def _looked(self, path: str) -> tuple[str | None, os.stat_result | None]:
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._inside(os.path.join(self._root, folder))  # noqa: PTH118
        where: str | None = self._folders[folder]
        if where is None:
            return None, None
        full = os.path.join(where, name) if name else where  # noqa: PTH118
        try:
            status = os.lstat(full)
            if stat.S_ISLNK(status.st_mode):
                where = self._inside(full)
                return where, os.stat(where) if where is not None else None  # noqa: PTH116
        except (OSError, ValueError):
            return full, None
        return full, status

    def _inside(self, full: str) -> str | None:
        try:
            where = os.path.realpath(full)
        except (OSError, ValueError):
            return None
        below = where.removeprefix(self._root.rstrip(os.sep))
        if where != self._root and (len(below) == len(where) or not below.startswith(os.sep)):
            return None
        return None if ".git" in Path(below).parts else where

    def read(self, path: str) -> SourceFile:
        """Return the file at *path* (normal, relative), decoded.

        :raises UnreadableFileError: if it is missing, leads out, is no regular file, is
            larger than :data:`LIMIT`, or is no text.
        """
        raw = self.read_bytes(path)
        if b"\0" in raw:
            raise UnreadableFileError(path, "is no text")
        return SourceFile(path=path, text=decode(raw), digest=digest_of(raw))

    def read_bytes(self, path: str) -> bytes:
        """Return the bytes of the file at *path*; raises as :meth:`read`."""
        where = self.real(path)
        if where is None:
            raise UnreadableFileError(path, "leads out of the repository")
        try:
            descriptor = os.open(where, _FLAGS)
            try:
                return _regular(path, descriptor)
            finally:
                os.close(descriptor)
        except (OSError, ValueError) as error:
            text = getattr(error, "strerror", None) or str(error)
            raise UnreadableFileError(path, f"cannot be read ({text})") from None


def _regular(path: str, descriptor: int) -> bytes:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFileError(path, "is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(path, "is no regular file")
    chunks, size = [], 0
    while chunk := os.read(descriptor, max(status.st_size + 1 - size, 4096)):
        size += len(chunk)
        if size > LIMIT:
            raise UnreadableFileError(path, f"is larger than {LIMIT // 1024 // 1024} MiB")
        chunks.append(chunk)
    return b"".join(chunks)


def digest_of(raw: bytes) -> str:
    """Return the digest by which answers about a file are kept."""
    return blake2b(raw, digest_size=16).hexdigest()


def decode(raw: bytes) -> str:
    r"""Return *raw* as text: UTF-8 without its mark, line ends as ``\n``.

    Bytes that are no UTF-8 become the replacement character, so that names in ASCII
    around them are still found.
    """
    text = raw.removeprefix(_BOM).decode("utf-8", "replace")
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
