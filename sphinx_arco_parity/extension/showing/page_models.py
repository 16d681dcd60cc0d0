"""What each page shows in this build: kept from when it was last judged, or made now.

One instance serves a build.  Asked for by the post-transform and the HTML visitors, in
the workers where there are some.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.cache.page_cache import NAME, kept_page
from sphinx_arco_parity.extension.showing.page_model import (
    PageModel,
    RoleMarks,
    decode,
    encode,
)
from sphinx_arco_parity.extension.showing.targets import find_target
from sphinx_arco_parity.views.cards import Card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_arco_parity.extension.domain import ParityDomain
    from sphinx_arco_parity.extension.showing.model_builder import PageMaker
    from sphinx_arco_parity.extension.showing.page_model import Link, Shown
    from sphinx_arco_parity.extension.showing.targets import Target

#: How many models are held at once: those of all pages would fill the memory.
_HELD = 4


class Pages:
    """Models by page, and what they hold by page and anchor."""

    def __init__(self, domain: ParityDomain) -> None:
        self.domain = domain
        self.model = lru_cache(_HELD)(self._model)
        """Return the model of a page by its name."""

    @cached_property
    def maker(self) -> PageMaker:
        """What makes models, which needs the whole project to be judged."""
        # Late: brings all views with it, which a page that is kept does not need.
        from sphinx_arco_parity.extension.showing.model_builder import PageMaker  # noqa: PLC0415

        return PageMaker(self.domain, self.domain.judged())

    def _model(self, docname: str) -> PageModel:
        last = self.domain.last
        # What is made shares its words with the assessment, if that is there anyway.
        if last is None or last.shown is None or self.domain.assessment is not None:
            return self.maker.make(docname)
        if docname not in last.shown:
            return PageModel()
        place, digest = last.lines.get(docname), last.shown[docname]
        kept = kept_page(self.path, place, digest) if place else None
        return self.maker.make(docname) if kept is None else decode(kept)

    @property
    def path(self) -> Path:
        """The file of kept pages."""
        return Path(self.domain.env.doctreedir) / NAME

    @property
    def _is_kept(self) -> bool:
        """Whether a page can be had without making all it shows."""
        return self.domain.last is not None and self.domain.last.shown is not None

    def encoded(self) -> Iterator[tuple[str, str]]:
        """Yield each page that has anything of ours, with its model as a line."""
        maker = self.maker
        for docname in {**maker.documents, **maker.findings}:
            yield docname, encode(maker.make(docname))

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
        targets = self.model(docname).targets if self._is_kept else {}
        return targets[link] if link in targets else find_target(self.domain, *link)

    def role_marks(self, docname: str, link: Link) -> RoleMarks:
        """Return what is said of what a role on page *docname* names."""
        roles = self.model(docname).roles if self._is_kept else {}
        return roles[link] if link in roles else self.maker.role_marks(*link)
