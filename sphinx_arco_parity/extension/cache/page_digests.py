"""Which pages must be written again because what they show has changed.

Sphinx shares the pages it has read between builders, so the digests are kept for each
builder and output folder, and only those of pages that were really written.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.cache.state_files import replace_bytes
from sphinx_arco_parity.extension.needs import needs_digest, pages_with_needs
from sphinx_arco_parity.extension.project import parity_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.domain import ParityDomain


def changed_pages(app: Sphinx, domain: ParityDomain) -> list[str]:
    """Return the pages whose shown data differs from what was last written."""
    domain.written, domain.freed = set(), 0
    if not app.builder.format:
        domain.digests = {}
        return []
    domain.digests = _digests(domain)
    for docname in pages_with_needs(app):
        shown = domain.digests.get(docname, "")
        domain.digests[docname] = f"{shown} {needs_digest(domain)}"
    before = _read(_state_file(app))
    gone = [name for name in before if name not in domain.digests]
    changed = [
        docname
        for docname in (*domain.digests, *gone)
        if docname in app.env.found_docs
        and before.get(docname) != domain.digests.get(docname)
    ]
    # Before they are written: if this build is killed and its cause taken back, the
    # next one must not take the old digests for those of the pages that are there.
    # An empty digest stays for pages that show nothing any more, which are known by it.
    begun = {docname: "" for docname in changed if docname in before}
    if begun:
        _write(_state_file(app), {**before, **begun})
    return changed


def _digests(domain: ParityDomain) -> dict[str, str]:
    """Return the digest of what each page shows, remembered if it still holds."""
    last = domain.last
    if last is not None and last.shown is not None:
        return dict(last.shown)
    from sphinx_arco_parity.extension.cache.page_cache import keep_pages  # noqa: PLC0415 - late

    pages = domain.pages()
    kept = keep_pages(pages.path, pages.encoded())
    if last is not None:
        last.shown, last.lines, last.kept = dict(kept.digests), kept.index, False
    return dict(kept.digests)


def note_written(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Remember that a page was resolved for writing; for ``doctree-resolved``."""
    domain = parity_domain(app.env)
    if app.builder.name in {"latex", "singlehtml", "texinfo", "man"}:
        # One tree holds the pages below its root; which, only the builder knows.
        domain.written |= set(domain.digests)
    domain.written.add(docname)


def save_digests(app: Sphinx, exception: Exception | None) -> None:
    """Keep the digests of the pages that were written; for ``build-finished``."""
    if exception is not None or not app.builder.format or not app.env:
        return
    domain = parity_domain(app.env)
    path = _state_file(app)
    before = _read(path)
    after = {
        docname: digest
        for docname, digest in {
            **before,
            **{d: domain.digests[d] for d in domain.written if d in domain.digests},
        }.items()
        if docname in domain.digests
    }
    if after != before:
        _write(path, after)


def _state_file(app: Sphinx) -> Path:
    place = blake2b(str(app.outdir).encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir) / f"parity-{app.builder.name}-{place}.json"


def _read(path: Path) -> dict[str, str]:
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def _write(path: Path, state: dict[str, str]) -> None:
    text = json.dumps(state, indent=0, sort_keys=True)
    with suppress(OSError):  # a folder that is read-only costs only time
        replace_bytes(path, text.encode())
