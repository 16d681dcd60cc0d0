"""Which pages must be written again because what they show has changed.

Sphinx shares the pages it has read between builders, so what was written is known for
each builder and output folder, and only of pages that were really written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.cache.build_cache import BuildCache
from sphinx_arco_parity.extension.needs import needs_digest, pages_with_needs

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.build import Build

#: Builders of which one tree holds the pages below its root; which, only they know.
_ASSEMBLING = frozenset({"latex", "singlehtml", "texinfo", "man"})


class WrittenPages:
    """The pages of one build: what they show, and which are written."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.digests: dict[str, str] = {}
        """Page to digest of what it shows."""
        self.written: set[str] = set()
        """Those that were resolved for writing."""
        self._cache = build.part(BuildCache)
        self._place = f"{build.builder.name} {build.app.outdir}"

    def changed(self) -> set[str]:
        """Return the pages whose shown data differs from what was last written."""
        if not self.build.builder.format:
            return set()
        self.digests = self._shown()
        before = self._cache.written(self._place)
        if before is None:  # nobody knows what stands there
            return set(self.build.env.found_docs)
        changed = {
            docname
            for docname in (*self.digests, *before)
            if before.get(docname) != self.digests.get(docname)
        } & self.build.env.found_docs
        # Before they are written: if this build is killed and its cause taken back, the
        # next one must not take the old digests for those of the pages that are there.
        # An empty digest stays for pages that show nothing any more, known by it.
        begun = {docname: "" for docname in changed if docname in before}
        if begun:
            self._cache.note_written(self._place, {**before, **begun})
        return changed

    def _shown(self) -> dict[str, str]:
        known = self._cache.digests
        if known is None:
            # Late: brings views with it, which no build needs where nothing has changed.
            from sphinx_arco_parity.extension.showing import page_models  # noqa: PLC0415

            models = self.build.part(page_models.PageModels).models()
            known = self._cache.keep_models(models)
        digests = dict(known)
        for docname in pages_with_needs(self.build.app):
            digests[docname] = f"{digests.get(docname, '')} {needs_digest(self.build)}"
        return digests

    def note(self, docname: str) -> None:
        """Note that a page was resolved for writing."""
        if self.build.builder.name in _ASSEMBLING:
            self.written |= set(self.digests)
        self.written.add(docname)

    def save(self) -> None:
        """Keep what the pages that were written show."""
        before = self._cache.written(self._place)
        fresh = {d: self.digests[d] for d in self.written if d in self.digests}
        known = {**(before or {}), **fresh}
        after = {d: digest for d, digest in known.items() if d in self.digests}
        if after != before:
            self._cache.note_written(self._place, after)


def changed_pages(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to write again; for ``env-updated``, once all is judged."""
    return sorted(build_of(env).part(WrittenPages).changed())


def note_written(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Note that a page was resolved for writing; for ``doctree-resolved``."""
    build = build_of(app.env)
    if build.is_read:
        build.part(WrittenPages).note(docname)


def save_written(app: Sphinx, exception: Exception | None) -> None:
    """Keep what the pages that were written show; for ``build-finished``."""
    if exception is not None or not app.builder.format or not app.env:
        return
    build = build_of(app.env)
    if build.is_read:
        build.part(WrittenPages).save()
