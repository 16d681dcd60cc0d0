"""The nodes that stand in a page between reading and writing.

``item`` and ``view`` are made when a page is read.  HTML visitors write them, in the
workers where there are some; for every other builder a post-transform puts docutils'
own nodes in their place, so that none of ours reaches a writer that does not know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx


class item(nodes.General, nodes.Element):
    """A declaration by directive; its children are the body.

    Attributes: ``ids``, ``docname``, ``kind`` (``exception``, ``row`` or ``claim``).
    """


class view(nodes.General, nodes.Element):
    """A place where collected things are shown.  Attributes: ``ids``, ``docname``."""


class words(nodes.inline):
    """Words for the search alone; no writer shows them."""


class parity_rows(nodes.tbody):
    """The body of a declaring table in HTML, which is written quickly.

    Its children are rows as in any other.  ``aside`` are all of them while some are out
    of the way of post-transforms.
    """

    tagname = "tbody"
    aside: Sequence[nodes.Node] = ()


def register_nodes(app: Sphinx) -> None:
    """Register the nodes with their HTML visitors."""
    from sphinx_arco_parity.extension.showing import (  # noqa: PLC0415
        html_visitors as html,
    )
    from sphinx_arco_parity.extension.speed import (  # noqa: PLC0415
        table_html_fast as quick_rows,
    )

    app.add_node(item, html=(html.visit_item, html.depart_item))
    app.add_node(view, html=(html.visit_view, None))
    app.add_node(words, html=(html.visit_words, None))
    app.add_node(parity_rows, html=(quick_rows.visit_rows, quick_rows.depart_rows))
