"""What a build found and what its pages show, for a build in which nothing has changed.

One file beside Sphinx's own pickles holds the findings, the objects of ``objects.inv``,
the model of each page, and for each builder and output folder what the pages that were
written show.  All of it is believed only under one key: our version and those of what we
build on, the settings, the records, and the content of every file that was looked at.
In doubt the build is judged: a wrong "nothing has changed" would hide findings, a wrong
"changed" only costs time.
"""

from __future__ import annotations

import pickle
import sqlite3
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docutils
import sphinx

from sphinx_arco_parity.extension.build import build_of, exception_inventories
from sphinx_arco_parity.extension.config import HISTORY
from sphinx_arco_parity.repository.content_cache import code_version, version
from sphinx_arco_parity.repository.reading import FileState
from sphinx_arco_parity.repository.safe_path import state_of
from sphinx_arco_parity.results.results_file import FILE as RESULTS
from sphinx_arco_parity.text.words import split_list

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.build import Build, Outcome


#: Seconds to wait for another build that is writing.
_PATIENCE = 2

_TABLE = """CREATE TABLE IF NOT EXISTS kept (
    section BLOB, name BLOB, seal BLOB, content BLOB, PRIMARY KEY (section, name)
) WITHOUT ROWID"""


class CacheFile:
    """Values that one version of the package keeps for itself, by section and name.

    SQLite, so that one value can be read or replaced alone, that two builds may share the
    file, and that a build which is killed leaves the old values or the new.  Whatever fails
    costs only time.  A value is a pickle, and is loaded only if its seal is ours: a digest,
    keyed by version and name, of its bytes.
    """

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
        if row[0] != self._seal(*place, _raw(basis), row[1]):  # of another version, say
            return None
        try:
            value: object = pickle.loads(row[1])  # noqa: S301 - sealed by ourselves
        except (AttributeError, ImportError):  # of code that we no longer have
            return None
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


NAME = "parity-cache.sqlite"

#: To be raised when what is kept changes its form or its meaning.
_SCHEMA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a build found, and what it was made of."""

    key: str
    contents: Mapping[str, FileState]
    """The files of the repository that were looked at, there or not."""
    files: tuple[str, ...]
    """Files beside it that were read, absolute."""
    labels: tuple[str, ...]
    """Labels to which claims link."""
    outcome: Outcome
    digests: Mapping[str, str] | None = None
    """Page to digest of what it shows; ``None`` if no builder has asked yet."""


class Published(NamedTuple):
    """The files that an HTML build wrote beside its pages."""

    key: str
    """What they were made of; empty if that could not be told."""
    files: Mapping[str, str]
    """The name of each to the digest of its content."""


class BuildCache:
    """What is kept, in one build."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._file = CacheFile(Path(build.app.doctreedir) / NAME, _version(build.app))
        self._kept: Kept | None = None
        self._saved: Kept | None = None
        # The lock, the history, the baseline and the results, there or not; before anybody
        # reads them: what is kept must not be younger than its key.
        settings = build.project.settings
        lock = build.project.confdir / settings.lock
        own = [lock, lock.with_name(RESULTS), build.project.confdir / HISTORY]
        if settings.baseline:
            own.append(build.project.confdir / settings.baseline)
        self._own = {str(path): self._digest(str(path)) for path in own}

    def recall(self) -> Outcome | None:
        """Return what the last build found if it still holds, else ``None``."""
        kept = self._file.read("outcome")
        if not isinstance(kept, Kept):
            return None
        contents = self._build.repository.contents(kept.contents)
        if self._key(contents, kept.files, kept.labels) != kept.key:
            return None
        self._saved = kept
        self._kept = replace(kept, contents=contents)
        return kept.outcome

    def remember(self, outcome: Outcome) -> None:
        """Take over what this build found, if that can be kept."""
        build = self._build
        contents = build.repository.consulted()
        views = (v for page in build.assessment.register.documents for v in page.views)
        shown = (name for v in views for name in split_list(dict(v.options).get("from", "")))
        files = {*self._own, *(str(build.project.srcdir / name) for name in shown)}
        labels = tuple(sorted(build.labels))
        if contents is None or build.repository.problems:
            self._file.drop("outcome")
            return
        read = tuple(sorted(files))
        key = self._key(contents, read, labels)
        self._kept = Kept(key=key, contents=contents, files=read, labels=labels, outcome=outcome)

    def save(self) -> None:
        """Write what is found for the next build."""
        if self._kept is not None and self._kept != self._saved:
            self._file.write("outcome", [("", self._kept)])
            self._saved = self._kept

    # --- pages ------------------------------------------------------------------------

    @property
    def digests(self) -> Mapping[str, str] | None:
        """Page to digest of what it shows, if the models of pages are kept."""
        return self._kept.digests if self._kept is not None else None

    def keep_models(self, models: Iterable[tuple[str, str, object]]) -> dict[str, str]:
        """Keep *models*, each with its page and digest; return the digests."""
        digests: dict[str, str] = {}

        def noted() -> Iterator[tuple[str, object]]:
            for docname, digest, model in models:
                digests[docname] = digest
                yield docname, model

        rest = noted()
        if self._kept is not None:
            self._file.write("model", rest, self._kept.key)
            self._kept = replace(self._kept, digests=digests)
        deque(rest, 0)  # what was not written has a digest too
        return digests

    def model(self, docname: str) -> object | None:
        """Return the model that is kept of a page, if it is."""
        if self._kept is None:
            return None
        return self._file.read("model", docname, self._kept.key)

    def written(self, place: str) -> dict[str, str] | None:
        """Return page to digest of what was written last to *place*, if that is known."""
        known = self._file.read(f"written {place}")
        return known if isinstance(known, dict) else None

    def note_written(self, place: str, digests: Mapping[str, str]) -> None:
        """Keep what the pages at *place*, a builder and a folder, show."""
        self._file.write(f"written {place}", [("", dict(digests))])

    # --- files ------------------------------------------------------------------------

    def published(self, folder: str) -> Published:
        """Return what was published to *folder*, whatever it was made of."""
        known = self._file.read(f"published {folder}")
        return known if isinstance(known, Published) else Published("", {})

    def is_published(self, folder: str, name: str) -> bool:
        """Tell whether *folder* still holds the file *name* as it would be written."""
        known = self.published(folder)
        if not known.key or known.key != self._published_key() or name not in known.files:
            return False
        return known.files[name] == state_of(Path(folder, name), Path(folder))

    def note_published(self, folder: str, names: Iterable[str]) -> None:
        """Note that *folder* holds the files *names*, and no other of ours."""
        files = {name: state_of(Path(folder, name), Path(folder)) for name in names}
        known = Published(self._published_key(), files)
        if known != self.published(folder):
            self._file.write(f"published {folder}", [("", known)])

    def _published_key(self) -> str:
        """Return the key, and a digest of the lines with findings, whose columns are published.

        Empty if nothing is kept.
        """
        if self._kept is None:
            return ""
        places = {finding.place for finding in self._kept.outcome.findings}
        lines = [self._build.repository.line(place.path, place.line) for place in sorted(places)]
        text = repr(lines).encode(errors="replace")
        return self._kept.key + blake2b(text, digest_size=8).hexdigest()

    # --- the key ----------------------------------------------------------------------

    def _key(
        self, contents: Mapping[str, FileState], files: Iterable[str], labels: Iterable[str]
    ) -> str:
        """Return a digest of all that findings and shown pages are made of."""
        build = self._build
        project, repository = build.project, build.repository
        documents = build.domain.documents
        parts: Iterable[object] = (
            build.app.config.language,
            # Looking them up costs 3 ms: only where an answer may rest on them.
            version() if contents else "",
            (project.settings, project.problems, project.config_lines, project.config_places),
            (project.root, project.srcdir, project.confdir),
            sorted((name, digest) for name, (digest, _) in documents.items()),
            (sorted(build.env.found_docs), list(build.domain.conditions())),
            [build.label_page(label) for label in labels],
            exception_inventories(build),
            [self._own.get(name) or self._digest(name) for name in files],
            (repository.commit(), repository.problems, repository.listing_digest()),
            sorted((path, state.digest) for path, state in contents.items()),
        )
        digest = blake2b(digest_size=16)
        for part in parts:
            digest.update(repr(part).encode(errors="replace") + b"\0")
        return digest.hexdigest()

    def _digest(self, name: str) -> str:
        project = self._build.project
        return state_of(Path(name), project.root, project.confdir)


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Write what is found for the next build; for ``build-finished``, after all else."""
    if exception is None and app.env and build_of(app.env).is_read:
        build_of(app.env).part(BuildCache).save()


def _version(app: Sphinx) -> str:
    """Return the versions of all code that has a part in what is kept.

    We are one of the extensions, as MyST is.
    """
    extensions = sorted((e.name, str(e.version)) for e in app.extensions.values())
    extensions.append(("our own code", str(code_version())))
    others = (sphinx.__version__, docutils.__version__, sys.version)
    return repr((_SCHEMA, extensions, others))
