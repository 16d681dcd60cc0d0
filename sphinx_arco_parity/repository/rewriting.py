"""Replaces a file of the checked repository, for ``arco-parity fix`` and nobody else.

The file must still hold what was checked; the new one takes its place in one step and
keeps its mode.  Nothing outside the repository, and nothing behind a symbolic link, is
touched.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sphinx_arco_parity.repository.reading import normal
from sphinx_arco_parity.repository.replacing import replace_content


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
