"""Stand-ins for our transforms, which bring the real ones with the first page they need.

Sphinx wants the classes when it sets us up; the real ones come with modules that take
some 30 ms, which a build that reads or shows nothing of ours would pay in vain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.speed.prefilter import may_have_ours

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build

#: Builders that write each page by itself, and call it what the page is called.
_ONE_BY_ONE = frozenset({"html", "dirhtml", "dummy"})


class Collect(SphinxTransform):
    """Makes the records of one page; see :mod:`.collect`."""

    default_priority = 8

    def apply(self, **_kwargs: Any) -> None:
        """Collect; called by docutils for each page that is read."""
        if not may_have_ours(self.document, self.env):
            return
        from sphinx_arco_parity.extension.reading.collect import (  # noqa: PLC0415 - late
            CollectRecords,
        )

        CollectRecords(self.document, self.startnode).apply()


class Show(SphinxPostTransform):
    """Fills the placeholders of a page; see :mod:`.transforms`."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill; called by Sphinx for each tree that a builder wants."""
        if _shows_nothing(build_of(self.env), self.env.docname):
            return
        from sphinx_arco_parity.extension.showing.transforms import (  # noqa: PLC0415 - late
            ShowParity,
        )

        ShowParity(self.document, self.startnode).run()


def _shows_nothing(build: Build, docname: str) -> bool:
    """Tell whether a tree has nothing of ours: all that is shown belongs to a record."""
    if build.builder.name in _ONE_BY_ONE:
        return docname not in build.domain.documents
    return not build.domain.documents
