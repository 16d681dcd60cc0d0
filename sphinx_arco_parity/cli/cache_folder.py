"""Where Sphinx keeps what it has read between two runs: never among the sources."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

import sphinx

import sphinx_arco_parity
from sphinx_arco_parity.cli.find_docs import USUAL, BuildOptions


@contextmanager
def working_folder(docs: Path, options: BuildOptions = USUAL, reader: str = "") -> Iterator[Path]:
    """Give the folder in which the documentation at *docs* is read.

    Each *reader* has its own: an editor keeps it in use all day.

    It is the user's cache folder for this project.  Where that cannot be written, or
    where another run is using it, it is a folder that lives as long as this run.
    """
    with _locked(_kept(docs, options, reader)) as folder:
        if folder is not None:
            yield folder
            return
        with tempfile.TemporaryDirectory(prefix="arco-parity-") as name:
            yield Path(name)


def user_cache() -> Path:
    """Return the folder for caches of this user, as the system has it."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path.home() / ".cache"


def _kept(docs: Path, options: BuildOptions, reader: str) -> Path | None:
    """Return the folder for *docs*, built so, made if need be, or ``None`` if it cannot be."""
    versions = (sphinx.__version__, sphinx_arco_parity.__version__, sys.version)
    parts = (str(docs), repr(options), *filter(None, [reader]), *versions)
    key = blake2b("\0".join(parts).encode(), digest_size=8)
    try:
        folder = user_cache() / "arco-parity" / f"{docs.parent.name}-{key.hexdigest()}"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            return None
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return folder


@contextmanager
def _locked(folder: Path | None) -> Iterator[Path | None]:
    """Give *folder* while no other run has it, else ``None``."""
    if folder is None:
        yield None
        return
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        yield folder
        return
    handle = -1
    with suppress(OSError):
        handle = os.open(folder / "in-use", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (OSError, ValueError):
            yield None
            return
        yield folder
    finally:
        if handle >= 0:
            os.close(handle)
