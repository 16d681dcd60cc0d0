"""Replaces files in one step: a reader finds the old content or the new, never a part.

Used for every file that a command or a build writes: what was there stays whole if the
disk is full or the process is killed.  Only :func:`replace_file`, for ``arco-parity fix``, touches
files of the checked repository, and looks whether they may be.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sphinx_arco_parity.repository.reading import normal

#: Of a file that is readable by whoever the umask lets read.
_USUAL_MODE = 0o666


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of *path* once the block has ended well.

    It keeps the mode of the file that it replaces.  A symbolic link is itself replaced,
    not what it leads to.

    :raises OSError: if it cannot be written; what was there stays, and nothing else.
    """
    mode = _mode_of(path)

    def private(name: str, flags: int) -> int:
        # Never wider than the old file, not even while it is written.
        return os.open(name, flags, _USUAL_MODE if mode is None else mode & 0o700)

    # A name of its own length: that of *path* may be as long as names can be.
    fresh = path.with_name(f".arco-parity-{secrets.token_hex(8)}")
    try:
        with open(fresh, "xb", opener=private) as stream:
            yield stream
        if mode is not None:
            fresh.chmod(mode)
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def replace_content(path: Path, content: bytes) -> bool:
    """Make *path* hold *content*, as :func:`replacing` does; tell whether it changed.

    A file that holds it already is not touched, so that its time stays.

    :raises OSError: if it cannot be written; what was there stays.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    with replacing(path) as stream:
        stream.write(content)
    return True


def _mode_of(path: Path) -> int | None:
    """Return the permissions of the regular file at *path*, ``None`` if there is none."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


class UnwritableFileError(Exception):
    """A file is not replaced; the text says why, for people.

    :param path: relative to the repository.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path = path
        self.reason = reason


def replaceable(root: Path, path: str) -> Path:
    """Return the file at *path*, relative to *root*, if it may be replaced.

    :param root: the repository, with symbolic links resolved.
    :raises UnwritableFileError: if it lies outside or behind a symbolic link, or is no
        regular file.
    """
    clean = normal(path)
    if not clean:
        raise UnwritableFileError(path, "lies outside the repository")
    file = root / clean
    if os.path.realpath(file) != str(file):
        raise UnwritableFileError(path, "lies behind a symbolic link")
    try:
        status = file.lstat()
    except OSError as error:
        raise UnwritableFileError(path, f"cannot be read ({error.strerror})") from None
    if not stat.S_ISREG(status.st_mode):
        raise UnwritableFileError(path, "is no regular file")
    return file


def replace_file(root: Path, path: str, checked: bytes, new: bytes) -> None:
    """Make the file at *path* hold *new*, if it still holds *checked*.

    :raises UnwritableFileError: if it does not, or as :func:`replaceable`.
    """
    file = replaceable(root, path)
    try:
        if file.read_bytes() != checked:
            raise UnwritableFileError(path, "has changed since it was checked")
        replace_content(file, new)
    except OSError as error:
        raise UnwritableFileError(path, f"cannot be written ({error.strerror})") from None
