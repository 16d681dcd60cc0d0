"""The file of :mod:`.build_cache`: values by section and name, each under a seal.

SQLite, so that one value can be read or replaced alone, that two builds may share the
file, and that a build which is killed leaves the old values or the new.  Whatever fails
costs only time: what cannot be read is not there, what cannot be written is not kept.

A value is a pickle, and is loaded only if its seal is ours: a digest, keyed by version
and name, of its bytes.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

#: Seconds to wait for another build that is writing.
_PATIENCE = 2

_TABLE = """CREATE TABLE IF NOT EXISTS kept (
    section BLOB, name BLOB, seal BLOB, content BLOB, PRIMARY KEY (section, name)
) WITHOUT ROWID"""


class CacheFile:
    """Values that one version of the package keeps for itself."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._key = blake2b(version.encode(errors="replace"), digest_size=32).digest()

    def read(self, section: str, name: str = "", basis: str = "") -> object | None:
        """Return the value that was written under the same names, or ``None``."""
        if not self._path.is_file():
            return None
        place = (_raw(section), _raw(name))
        query = "SELECT seal, content FROM kept WHERE section = ? AND name = ?"
        try:
            with closing(self._connect()) as connection:
                row = connection.execute(query, place).fetchone()
        except (sqlite3.Error, OSError):
            return None
        if row is None or not isinstance(row[1], bytes):
            return None
        if row[0] != self._seal(*place, _raw(basis), row[1]):
            return None
        value: object = pickle.loads(row[1])  # noqa: S301 - sealed by ourselves
        return value

    def write(self, section: str, values: Iterable[tuple[str, object]], basis: str = "") -> bool:
        """Put *values*, by name, in the place of all of *section*; tell whether it did.

        They are taken one by one, and not held; if writing fails, some may be left.
        """
        try:
            with closing(self._open()) as connection, connection:
                connection.execute("DELETE FROM kept WHERE section = ?", (_raw(section),))
                connection.executemany(
                    "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)",
                    self._rows(section, values, basis),
                )
        except (sqlite3.OperationalError, OSError):  # locked, full, read-only
            return False
        except sqlite3.DatabaseError:
            self._remove()
            return False
        return True

    def drop(self, section: str) -> None:
        """Forget all of *section*."""
        if self._path.is_file():
            self.write(section, ())

    def _rows(
        self, section: str, values: Iterable[tuple[str, object]], basis: str
    ) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        for name, value in values:
            place, content = (_raw(section), _raw(name)), pickle.dumps(value, 5)
            yield (*place, self._seal(*place, _raw(basis), content), content)

    def _seal(self, *parts: bytes) -> bytes:
        seal = blake2b(key=self._key, digest_size=16)
        for part in parts:
            seal.update(len(part).to_bytes(8, "big") + part)
        return seal.digest()

    def _open(self) -> sqlite3.Connection:
        """Return a connection to a file that has our table; a broken one is made new."""
        try:
            return self._with_table()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._remove()
            return self._with_table()

    def _with_table(self) -> sqlite3.Connection:
        connection = self._connect()
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_PATIENCE)

    def _remove(self) -> None:
        journal = self._path.with_name(f"{self._path.name}-journal")
        for path in (journal, self._path):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
