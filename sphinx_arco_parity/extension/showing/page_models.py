"""What each page shows in this build: kept from when it was last judged, or made now.

One instance serves a build.  Asked for by the post-transform and the HTML visitors, in
the workers where there are some.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.cache.build_cache import BuildCache
from sphinx_arco_parity.extension.showing.page_model import PageModel, RoleMarks, digest_of
from sphinx_arco_parity.extension.showing.targets import find_target
from sphinx_arco_parity.views.cards import Card

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build
    from sphinx_arco_parity.extension.showing.model_builder import ModelBuilder
    from sphinx_arco_parity.extension.showing.page_model import Link, Shown
    from sphinx_arco_parity.extension.showing.targets import Target

#: How many models are held at once: those of all pages would fill the memory.
_HELD = 4


class PageModels:
    """Models by page, and what they hold by page and anchor."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._cache = build.part(BuildCache)
        self.model = lru_cache(_HELD)(self._model)
        """Return the model of a page by its name."""

    @cached_property
    def _builder(self) -> ModelBuilder:
        # Late: brings all views with it, which a page that is kept does not need.
        from sphinx_arco_parity.extension.showing import model_builder  # noqa: PLC0415

        return model_builder.ModelBuilder(self.build)

    def _model(self, docname: str) -> PageModel:
        known = self._cache.digests
        # What is made shares its words with the assessment, if that is there anyway.
        if known is None or self.build.is_judged:
            return self._builder.make(docname)
        if docname not in known:
            return PageModel()
        kept = self._cache.model(docname)
        return kept if isinstance(kept, PageModel) else self._builder.make(docname)

    def _kept(self, docname: str) -> PageModel:
        """Return the model of a page, empty if it cannot be had without making all it shows."""
        return PageModel() if self._cache.digests is None else self.model(docname)

    def models(self) -> Iterator[tuple[str, str, PageModel]]:
        """Yield each page that has anything of ours, with the digest of its model."""
        builder = self._builder
        for docname in {**builder.documents, **builder.findings}:
            model = builder.make(docname)
            yield docname, digest_of(model), model

    def card(self, docname: str, anchor: str) -> Card:
        """Return the card of the declaration at *anchor* of page *docname*."""
        model = self.model(docname)
        known = model.cards.get(anchor)
        if known is not None:
            return known
        # Its record was refused, and a finding says why.
        findings = tuple(model.findings.get(anchor, ()))
        return Card(kind="claim", id="", findings=findings)

    def view(self, docname: str, anchor: str) -> Shown:
        """Return what the view at *anchor* of page *docname* shows."""
        return self.model(docname).views.get(anchor, ())

    def target(self, docname: str, link: Link) -> Target | None:
        """Return where *link* leads, which stands on page *docname*."""
        targets = self._kept(docname).targets
        return targets[link] if link in targets else find_target(self.build, *link)

    def role_marks(self, docname: str, link: Link) -> RoleMarks:
        """Return what is said of what a role on page *docname* names."""
        roles = self._kept(docname).roles
        return roles[link] if link in roles else self._builder.role_marks(*link)
