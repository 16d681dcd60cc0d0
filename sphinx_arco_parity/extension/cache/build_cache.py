"""What a build found and what its pages show, for a build in which nothing has changed.

One file beside Sphinx's own pickles holds the findings, the objects of ``objects.inv``,
the model of each page, and for each builder and output folder what the pages that were
written show.  All of it is believed only under one key: our version and those of what we
build on, the settings, the records, and the content of every file that was looked at.
In doubt the build is judged: a wrong "nothing has changed" would hide findings, a wrong
"changed" only costs time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import docutils
import sphinx

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.cache.cache_file import CacheFile
from sphinx_arco_parity.extension.config import HISTORY
from sphinx_arco_parity.extension.reading.inventories import exception_inventories
from sphinx_arco_parity.repository.content_cache import version
from sphinx_arco_parity.text.words import split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.build import Build, Outcome
    from sphinx_arco_parity.repository.file_state import FileState

NAME = "parity-cache.sqlite"

#: To be raised when what is kept changes its form or its meaning.
_SCHEMA = 1


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
    published: Mapping[str, str] = field(default_factory=dict)
    """File written by an HTML build, absolute, to the digest of its content."""


class BuildCache:
    """What is kept, in one build."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._file = CacheFile(Path(build.app.doctreedir) / NAME, _version(build.app))
        self._kept: Kept | None = None
        self._saved: Kept | None = None
        # Before anybody reads them: what is kept must not be younger than its key.
        self._own = {name: self._digest(name) for name in _own_files(build)}

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
        files = tuple(sorted({*self._own, *_shown_files(build)}))
        labels = tuple(sorted(build.labels))
        if contents is None or build.repository.problems:
            self._file.drop("outcome")
            return
        key = self._key(contents, files, labels)
        self._kept = Kept(
            key=key, contents=contents, files=files, labels=labels, outcome=outcome
        )

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
        for _page in rest:
            pass
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

    def is_published(self, path: Path) -> bool:
        """Tell whether *path* still holds what was published there."""
        known = self._kept.published.get(str(path)) if self._kept is not None else None
        return known is not None and known == content_digest(path)

    def note_published(self, path: Path) -> None:
        """Note what *path* holds now."""
        if self._kept is not None:
            published = {**self._kept.published, str(path): content_digest(path)}
            self._kept = replace(self._kept, published=published)

    # --- the key ----------------------------------------------------------------------

    def _key(
        self,
        contents: Mapping[str, FileState],
        files: Iterable[str],
        labels: Iterable[str],
    ) -> str:
        """Return a digest of all that findings and shown pages are made of."""
        build = self._build
        project, repository = build.project, build.repository
        documents = build.domain.documents
        parts: Iterable[object] = (
            (_version(build.app), build.app.config.language),
            # Looking them up costs 3 ms: only where an answer may rest on them.
            version() if contents else "",
            (project.settings, project.problems, project.config_lines),
            (project.root, project.srcdir, project.confdir),
            sorted((name, digest) for name, (digest, _) in documents.items()),
            sorted(build.env.found_docs),
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
        path = Path(name)
        return self._build.project.refusal(path) or content_digest(path)


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Write what is found for the next build; for ``build-finished``, after all else."""
    if exception is None and app.env and build_of(app.env).is_read:
        build_of(app.env).part(BuildCache).save()


def content_digest(path: Path) -> str:
    """Return a digest of what *path* holds; nothing if it cannot be read."""
    try:
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _version(app: Sphinx) -> str:
    """Return the versions of all code that has a part in what is kept.

    We are one of the extensions, as MyST is.
    """
    extensions = sorted((e.name, str(e.version)) for e in app.extensions.values())
    others = (sphinx.__version__, docutils.__version__, sys.version)
    return repr((_SCHEMA, extensions, others))


def _own_files(build: Build) -> Iterator[str]:
    """Yield the lock, the history and the baseline, there or not."""
    confdir, settings = build.project.confdir, build.project.settings
    for name in (settings.lock, HISTORY, settings.baseline):
        if name:
            yield str(confdir / name)


def _shown_files(build: Build) -> Iterator[str]:
    """Yield the files of other repositories that views show."""
    for document in build.assessment.register.documents:
        for view in document.views:
            for name in split_list(dict(view.options).get("from", "")):
                yield str(build.project.srcdir / name)
