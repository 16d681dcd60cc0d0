"""Reads and writes the file of the lock.

It is the project's own file beside ``conf.py``, not a file that is checked.
"""

from __future__ import annotations

from pathlib import Path

from sphinx_arco_parity.repository.replacing import replace_content
from sphinx_arco_parity.repository.safe_path import target_of
from sphinx_arco_parity.review.lock import Lock, LockError, lock_text, parse_lock


def read_lock(path: Path) -> Lock | None:
    """Return the lock at *path*, ``None`` if there is no such file.

    :raises LockError: if it is there and cannot be used.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise LockError("is no UTF-8 text", help_text="restore it from git") from None
    except OSError as error:
        raise LockError(f"cannot be read: {error.strerror}") from None
    return parse_lock(text)


def write_lock(path: Path, lock: Lock) -> bool:
    """Replace the file at *path* by *lock* in one step; tell whether it changed.

    :raises LockError: if it cannot be written; what was there stays as it was.
    """
    return replace_text(path, lock_text(lock))


def replace_text(path: Path, text: str) -> bool:
    """Replace the file at *path* by *text* in one step; tell whether it changed.

    A symbolic link stays, what it leads to is replaced.

    :raises LockError: if it cannot be written, or leads out of the repository.
    """
    try:
        return replace_content(target_of(path), text.encode())
    except OSError as error:
        raise LockError(f"cannot be written: {error.strerror}") from None
