"""The one seam of this room, and stand-ins that bring the real thing with its first use.

Sphinx wants directives and transforms when it sets us up; the real ones come with modules
that a build in which nothing has changed does without.

Gain: 7 % of the processor time of such a build of a few pages (60 ms of 0.9 s).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.speed.detached_rows import detach_rows
from sphinx_arco_parity.extension.speed.gc_tuning import tune_collector
from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


#: Builders that write each page by itself, and call it what the page is called.
_ONE_BY_ONE = frozenset({"html", "dirhtml", "dummy"})


class Collect(SphinxTransform):
    """Makes the records of one page; see :mod:`.collect`."""

    default_priority = 8

    def apply(self, **_kwargs: Any) -> None:
        """Collect; called by docutils for each page that is read."""
        from sphinx_arco_parity.extension.reading import collect  # noqa: PLC0415 - late

        collect.CollectRecords(self.document, self.startnode).apply()


class Show(SphinxPostTransform):
    """Fills the placeholders of a page; see :mod:`.transforms`."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill; called by Sphinx for each tree that a builder wants."""
        # All that is shown belongs to a record; a tree of other builders holds several pages.
        build = build_of(self.env)
        shown = build.domain.documents
        if not shown or (build.builder.name in _ONE_BY_ONE and self.env.docname not in shown):
            return
        from sphinx_arco_parity.extension.showing import transforms  # noqa: PLC0415 - late

        transforms.ShowParity(self.document, self.startnode).run()


class LateDirective(SphinxDirective):
    """Takes what every directive of ours takes, and hands it to the real one."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    # No option_spec: see option_block.
    shape_name = ""

    def run(self) -> list[nodes.Node]:
        """Return the nodes; called by the page's parser."""
        from sphinx_arco_parity.extension.reading import view_directives  # noqa: PLC0415 - late

        real = view_directives.ALL_DIRECTIVES[self.shape_name](
            self.name,
            self.arguments,
            self.options,
            self.content,
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )
        return real.run()


#: Every directive by its flat name.
DIRECTIVES: dict[str, type[LateDirective]] = {
    flat: type("LateDirective", (LateDirective,), {"shape_name": flat})
    for flat in DOMAIN_NAMES.values()
}


def register_speedups(app: Sphinx) -> None:
    """Connect what makes builds faster and changes nothing of what they give."""
    tune_collector(app)
    app.connect("builder-inited", detach_rows)
