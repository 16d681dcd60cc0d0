"""What the last build found, for a build in which nothing that it rests on has changed.

A file beside Sphinx's own pickles holds the findings, the objects of ``objects.inv`` and
the digest of what each page shows, with a digest of all that they were made of: the
records of the pages, the settings, the lock and its like, and the files of the
repository that were looked at.  If that digest is the same, nothing is judged again until
a page is written.  In doubt the build is judged: a wrong "nothing has changed" would
hide findings, a wrong "changed" only costs time.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx_arco_parity
from sphinx_arco_parity.extension.cache.state_files import replace_bytes
from sphinx_arco_parity.extension.checking.inventories import exception_inventories
from sphinx_arco_parity.extension.project import HISTORY, parity_domain
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.repository.content_cache import RACY, version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.extension.domain import ParityDomain

_FILE = "parity-remembered.json"

#: To be raised when the file's own form changes.
_SCHEMA = 4


@dataclass(slots=True, kw_only=True)
class Remembered:
    """What a build found, and the digest of what it was made of."""

    basis: str
    paths: list[str]
    """The files of the repository that were looked at."""
    files: list[str]
    """Files beside it that were read, absolute."""
    labels: list[str]
    """Labels to which claims link."""
    findings: list[Finding]
    """Errors and warnings."""
    objects: list[tuple[str, str, str, str, str, int]]
    """The entries of ``objects.inv``."""
    shown: dict[str, str] | None = None
    """Page to digest of what it shows; ``None`` if no builder has asked yet."""
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Page to where its model stands in the file of kept pages."""
    published: dict[str, str] = field(default_factory=dict)
    """File written by an HTML build, absolute, to its size and time."""
    kept: bool = False
    """Whether the file holds just this."""


def recall(app: Sphinx, domain: ParityDomain) -> Remembered | None:
    """Return what the last build found if it still holds, else ``None``."""
    try:
        digest, _, text = _path(app).read_bytes().partition(b"\n")
    except OSError:
        return None
    # Written by a build that was killed, by two at once, or by a disk that was full.
    if digest.decode("ascii", "replace") != _digest(text):
        return None
    last = _decoded(json.loads(text))
    return last if _basis(app, domain, last) == last.basis else None


def remember(app: Sphinx, domain: ParityDomain, assessment: Assessment) -> Remembered:
    """Return what this build found, and keep it for the next if that is safe."""
    repository = domain.repository
    last = Remembered(
        basis="",
        paths=sorted(repository.consulted) if repository else [],
        files=sorted({*_own_files(domain), *_shown_files(domain, assessment)}),
        labels=sorted(domain.labels),
        findings=[
            one
            for one in assessment.findings
            if one.severity in {Severity.ERROR, Severity.WARNING}
        ],
        objects=list(domain.inventory()),
    )
    if repository and not repository.problems and not _racy(domain, last):
        last.basis = _basis(app, domain, last)
    return last


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Write what is found for the next build; for ``build-finished``, after all else.

    A folder that is read-only costs only time.
    """
    last = parity_domain(app.env).last if app.env and exception is None else None
    if last is None or last.kept:
        return
    last.kept = True
    if not last.basis:
        with suppress(OSError):
            _path(app).unlink(missing_ok=True)
        return
    text = json.dumps(_encoded(last), separators=(",", ":")).encode()
    with suppress(OSError):
        replace_bytes(_path(app), _digest(text).encode() + b"\n" + text)


def _digest(text: bytes) -> str:
    return f"{_SCHEMA} {blake2b(text, digest_size=16).hexdigest()}"


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir) / _FILE


def _basis(app: Sphinx, domain: ParityDomain, last: Remembered) -> str:
    """Return a digest of all that findings and shown pages are made of."""
    project, repository = domain.project, domain.repository
    if repository is None:
        return ""
    labels = getattr(domain.env.get_domain("std"), "anonlabels", {})
    parts: Iterable[object] = (
        (sphinx_arco_parity.__version__, app.config.language),
        # Looking them up costs 3 ms: only where an answer may rest on them.
        version() if last.paths else "",
        (project.settings, project.problems, project.config_lines),
        (project.root, project.srcdir, project.confdir),
        sorted((name, digest) for name, (digest, _) in domain.documents.items()),
        sorted(app.env.found_docs),
        [labels.get(label, ("",))[0] for label in last.labels],
        exception_inventories(app),
        [
            project.refusal(Path(name)) or content_digest(Path(name))
            for name in last.files
        ],
        (repository.commit(), repository.problems),
        repository.fingerprint(last.paths),
    )
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode(errors="replace"))
    return digest.hexdigest()


def content_digest(path: Path) -> str:
    """Return a digest of what *path* holds; nothing if it cannot be read."""
    try:
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _own_files(domain: ParityDomain) -> Iterable[str]:
    """Yield the lock, the history and the baseline, there or not."""
    confdir, settings = domain.project.confdir, domain.project.settings
    for name in (settings.lock, HISTORY, settings.baseline):
        if name:
            yield str(confdir / name)


def _shown_files(domain: ParityDomain, assessment: Assessment) -> Iterable[str]:
    """Yield the files of other repositories that views show."""
    from sphinx_arco_parity.text.words import split_list  # noqa: PLC0415 - late

    for document in assessment.register.documents:
        for view in document.views:
            for name in split_list(dict(view.options).get("from", "")):
                yield str(domain.project.srcdir / name)


def _racy(domain: ParityDomain, last: Remembered) -> bool:
    """Tell whether a file was changed so recently that its times may not tell."""
    assert domain.repository is not None  # noqa: S101 - the caller has looked
    newest = domain.repository.newest_change(last.paths)
    return newest > time.time_ns() - RACY


def _encoded(last: Remembered) -> dict[str, Any]:
    return {
        "basis": last.basis,
        "paths": last.paths,
        "files": last.files,
        "labels": last.labels,
        "findings": [
            [f.rule, f.severity.value, f.message, f.help, f.place.path, f.place.line]
            for f in last.findings
        ],
        "objects": last.objects,
        "shown": last.shown,
        "lines": last.lines,
        "published": last.published,
    }


def _decoded(state: dict[str, Any]) -> Remembered:
    return Remembered(
        basis=str(state["basis"]),
        paths=state["paths"],
        files=state["files"],
        labels=state["labels"],
        findings=_findings(state["findings"]),
        objects=[tuple(entry) for entry in state["objects"]],
        shown=state["shown"],
        lines={name: (place[0], place[1]) for name, place in state["lines"].items()},
        published=dict(state["published"]),
        kept=True,
    )


def _findings(entries: list[Any]) -> list[Finding]:
    if not entries:
        return []
    # Late: a place brings every other kind of record with it.
    from sphinx_arco_parity.model.records import Place  # noqa: PLC0415

    return [
        Finding(
            rule=rule,
            severity=Severity(severity),
            message=message,
            help=help_text,
            place=Place(path=path, line=line),
            item="",
        )
        for rule, severity, message, help_text, path, line in entries
    ]
