"""The one seam of this room, and stand-ins that bring the real thing with its first use.

Sphinx wants directives and transforms when it sets us up; the real ones come with modules
that take some 30 ms each, a third of what Sphinx takes to look at a project of a few pages in
which nothing has changed.  Most pages of most projects have nothing of ours: a quick walk sees
that in a tenth of the time of a close look.  In doubt the page is looked at closely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.nodes import claim
from sphinx_arco_parity.extension.reading.document_data import collected
from sphinx_arco_parity.extension.speed.detached_rows import detach_rows
from sphinx_arco_parity.extension.speed.gc_tuning import tune_collector
from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


#: What a reference to something of ours is called.
_TYPES = frozenset({"exception", "adr", "row", "claim", "parity-row", "parity-claim"})
#: One of these is in every text that :mod:`.malformed` takes for ours.
_SIGNS = ("parity", ":exception:", "{exception}", ":adr:", "{adr}")
#: With one of these begins each paragraph that it takes for a directive.
_MARKUP = (".", "`", "~", ":")


def may_have_ours(document: nodes.document, env: BuildEnvironment) -> bool:
    """Tell whether a page that was just parsed may declare, cite or mean anything."""
    settings = build_of(env).project.settings
    if settings.tables or settings.prose or collected(env).has_directives:
        return True
    if document.transform_messages:
        return True
    words: list[str] = []
    waiting: list[nodes.Node] = [document]
    while waiting:
        for node in waiting.pop().children:
            if isinstance(node, nodes.Text):
                words.append(node)
            elif isinstance(node, nodes.Element):
                if _tells(node, words):
                    return True
                waiting.append(node)
    text = "\n".join(words)
    return any(sign in text for sign in _SIGNS)


def _tells(node: nodes.Element, words: list[str]) -> bool:
    """Tell whether *node* may be ours whatever its text is; note its other words."""
    if isinstance(node, nodes.paragraph):
        return str(node.rawsource).startswith(_MARKUP)
    if isinstance(node, addnodes.pending_xref):
        return node.get("reftype") in _TYPES
    if isinstance(node, claim):
        return True
    if isinstance(node, nodes.literal_block):
        words.append(str(node.get("language", "")))
        return False
    if isinstance(node, addnodes.desc):
        return str(node.get("objtype")) == "exception"
    return isinstance(node, nodes.system_message)


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
        # All that is shown belongs to a record; a tree of other builders holds several pages.
        build = build_of(self.env)
        shown = build.domain.documents
        if not shown or (build.builder.name in _ONE_BY_ONE and self.env.docname not in shown):
            return
        from sphinx_arco_parity.extension.showing.transforms import (  # noqa: PLC0415 - late
            ShowParity,
        )

        ShowParity(self.document, self.startnode).run()


class LateDirective(SphinxDirective):
    """Takes what every directive of ours takes, and hands it to the real one."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    # No option_spec: see option_block.
    shape_name = ""

    def run(self) -> list[nodes.Node]:
        """Return the nodes; called by the page's parser."""
        from sphinx_arco_parity.extension.reading.view_directives import (  # noqa: PLC0415 - late
            ALL_DIRECTIVES,
        )

        real = ALL_DIRECTIVES[self.shape_name](
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
