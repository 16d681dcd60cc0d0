"""Whether a file of the project's own may be opened: a lock, a history, a data file.

The configuration or a page names it, git may bring it as a symbolic link, and a link may
lead to a device that never ends or to somebody's private files.
"""

from __future__ import annotations

import errno
import os
import stat
from hashlib import blake2b
from pathlib import Path

from sphinx_arco_parity.repository.git import git_folder

#: Bytes above which such a file is not read.
LIMIT = 20 * 1024 * 1024


def refusal(path: Path, *folders: Path) -> str | None:
    """Return why the file at *path* must not be read; ``None`` if it may, or is missing.

    :param folders: it must lie in one of them, links followed.
    """
    try:
        real = Path(os.path.realpath(path))
        if not any(real.is_relative_to(os.path.realpath(folder)) for folder in folders):
            return "leads out of the repository"
        status = real.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except ValueError:
        return "is no path that can be"
    if not stat.S_ISREG(status.st_mode):
        return "is no regular file"
    if status.st_size > LIMIT:
        return f"is larger than {LIMIT // 1024 // 1024} MiB"
    return None


def target_of(path: Path) -> Path:
    """Return what is replaced by a write to *path*: what a symbolic link leads to.

    :raises OSError: if that is outside of the repository that the link stands in.
    """
    real = Path(os.path.realpath(path))
    folder = Path(os.path.realpath(path.parent))
    if path.is_symlink() and not real.is_relative_to(git_folder(folder) or folder):
        raise OSError(errno.EPERM, "it is a symbolic link that leads out of the repository")
    return real


def state_of(path: Path, *folders: Path) -> str:
    """Return what changes when what may be read at *path* does: a digest, or why not.

    :param folders: as for :func:`refusal`.
    """
    try:
        return refusal(path, *folders) or digest_of_file(path)
    except OSError as error:
        return f"cannot be read: {error.errno}"


def digest_of_file(path: Path) -> str:
    """Return a digest of what *path* holds; nothing if it is not there.

    :raises OSError: if it is there and cannot be read.
    """
    try:
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""
