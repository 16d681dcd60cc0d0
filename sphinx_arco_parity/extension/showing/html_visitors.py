"""HTML visitors, and the style and script of pages that need them.

The models of pages are imported by the first page that shows something of ours: most builds
write none.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.extension.nodes import captioned_view, item, view, words
from sphinx_arco_parity.extension.showing.emit_html import (
    card_end_html,
    card_html,
    pictures_html,
    script_words,
    table_html,
)
from sphinx_arco_parity.extension.showing.targets import shown_anchor, uri_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_arco_parity.extension.showing.page_models import PageModels


STATIC = Path(__file__).parents[2] / "static"


def _models(translator: HTML5Translator) -> PageModels:
    """Return what the pages of this build show."""
    from sphinx_arco_parity.extension.showing.page_models import PageModels  # noqa: PLC0415 - start-up

    return build_of(translator.builder.env).part(PageModels)


def _resolver(translator: HTML5Translator) -> Callable[[tuple[str, str]], tuple[str, str]]:
    """Return what finds the address and title of a link on the page being written."""
    builder = translator.builder
    pages = _models(translator)
    docname = getattr(builder, "current_docname", None) or builder.config.root_doc
    known: dict[tuple[str, str], tuple[str, str]] = {}

    def resolve(link: tuple[str, str]) -> tuple[str, str]:
        if link not in known:
            target = pages.target(docname, link)
            known[link] = (uri_of(builder, docname, target), target.title) if target else ("", "")
        return known[link]

    return resolve


def _labels(node: nodes.Element) -> str:
    """Return an anchor for each label that stands before a directive of ours."""
    return "".join(f'<span id="{escape(label)}"></span>' for label in node["ids"][1:])


def visit_item(self: HTML5Translator, node: item) -> None:
    """Write what stands before the body of a declaration."""
    card = _models(self).card(node["docname"], node["ids"][0])
    permalink = _("Link to this declaration")
    anchor = shown_anchor(self.builder, node["docname"], node["ids"][0])
    self.body.append(_labels(node) + card_html(card, anchor, _resolver(self), permalink))


def depart_item(self: HTML5Translator, node: item) -> None:
    """Write what stands after it."""
    card = _models(self).card(node["docname"], node["ids"][0])
    self.body.append(card_end_html(card, _resolver(self)))


def visit_view(self: HTML5Translator, node: view) -> None:
    """Write a table or picture."""
    from sphinx_arco_parity.views.tables import Table  # noqa: PLC0415 - late

    anchor = node["ids"][0]
    model = _models(self).view(node["docname"], anchor)
    anchor = shown_anchor(self.builder, node["docname"], anchor)
    self.body.append(_labels(node))
    if isinstance(model, Table):
        lines = tuple(
            line._replace(anchor=shown_anchor(self.builder, node["docname"], line.anchor))
            for line in model.lines
        )
        html = table_html(model._replace(lines=lines), anchor, _resolver(self))
        before, caption, after = html.partition("<caption>")
        self.body.append(before + caption)
        if isinstance(node, captioned_view) and caption:
            self.add_fignumber(node)
        self.body.append(after)
    else:
        # An e-book must declare the pages that draw, which Sphinx's builder does not.
        drawn = self.builder.name != "epub"
        self.body.append(pictures_html(model, anchor, _resolver(self), drawn=drawn))
    raise nodes.SkipNode


def visit_words(_self: HTML5Translator, _node: words) -> None:
    """Write nothing: the search index has read them."""
    raise nodes.SkipNode


def register_nodes(app: Sphinx) -> None:
    """Register our nodes with their HTML visitors."""
    app.add_node(item, html=(visit_item, depart_item))
    app.add_node(view, html=(visit_view, None))
    visitors: Any = (visit_view, None)
    app.add_enumerable_node(captioned_view, "table", _caption, html=visitors)
    app.add_node(words, html=(visit_words, None))


def _caption(node: nodes.Node) -> str:
    return str(node["caption"]) if isinstance(node, nodes.Element) else ""


def register_beside_others(app: Sphinx) -> None:
    """Let a builder that another extension registers its nodes for by name write ours too.

    Of two sets of visitors Sphinx (8.1 to 9.2) takes that of the builder's name, whole, and
    not that of its format; sphinx-needs registers for ``epub``.  For ``builder-inited``.
    """
    handlers = app.registry.translation_handlers
    named, ours = handlers.get(app.builder.name), handlers.get("html", {})
    if named is not None and app.builder.format == "html":
        for name, visitors in ours.items():
            if visitors[0].__module__.startswith(__name__.partition(".")[0]):
                named.setdefault(name, visitors)


def add_assets(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load style and script on the pages that show something of ours."""
    if doctree is None:
        return
    documents = build_of(app.env).domain.documents
    assembled = app.builder.name == "singlehtml" and documents
    if pagename in documents or assembled:
        app.add_css_file("parity.css")
        if app.builder.name != "epub":
            app.add_js_file("parity.js", loading_method="defer", **script_words())


def add_static_folder(app: Sphinx) -> None:
    """Have our style and script copied, with HTML builders only."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))
