"""From placeholders to what the builder writes, once the project is judged.

Runs before references are resolved (priority 10), so that the ordinary resolver never
sees ours: it would take an undeclared id for one of another project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_arco_parity.extension.emit_nodes import NodeEmitter
from sphinx_arco_parity.extension.links import Target, find_target, reference
from sphinx_arco_parity.extension.needs import add_need_targets
from sphinx_arco_parity.extension.nodes import item, view, words
from sphinx_arco_parity.extension.project import parity_domain
from sphinx_arco_parity.extension.rows import decorate_rows
from sphinx_arco_parity.views.tables import Table

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_arco_parity.extension.domain import ParityDomain


class ShowParity(SphinxPostTransform):
    """Fills the placeholders of a page."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill; called by Sphinx for each tree that a builder wants."""
        self.domain = parity_domain(self.env)
        builder = _builder(self)
        if self.domain.assessment is None:
            return
        self.pages = self.domain.pages()
        add_need_targets(self.document, self.domain)
        if self.domain.documents:
            for xref in list(self.document.findall(addnodes.pending_xref)):
                if xref.get("refdomain") == "parity" and not xref.get("intersphinx"):
                    resolve(self.domain, builder, xref)
        if not builder.format:
            return
        self.emitter = NodeEmitter(builder, self.env.docname, self._find)
        placed = self._tables(builder) | self._items(builder)
        self._views(builder)
        self._findings(placed)

    def _find(self, link: tuple[str, str]) -> Target | None:
        return find_target(self.domain, *link)

    def _tables(self, builder: Builder) -> set[tuple[str, str]]:
        placed: set[tuple[str, str]] = set()
        for table in list(self.document.findall(nodes.table)):
            fields = table.attributes.pop("parity_fields", None)
            if fields is not None:
                self.emitter.docname = fields.partition("|")[0]
                placed |= decorate_rows(
                    table, fields, self.pages, self.emitter, builder
                )
        return placed

    def _items(self, builder: Builder) -> set[tuple[str, str]]:
        placed: set[tuple[str, str]] = set()
        for node in list(self.document.findall(item)):
            docname, anchor = node["docname"], node["ids"][0]
            card = self.pages.card(docname, anchor)
            placed.add((docname, anchor))
            if builder.format == "html":
                node.insert(0, words("", card.words))
            else:
                self.emitter.docname = docname
                body = list(node.children)
                node.parent.replace(node, self.emitter.card(card, anchor, body))
        return placed

    def _views(self, builder: Builder) -> None:
        for node in list(self.document.findall(view)):
            docname, anchor = node["docname"], node["ids"][0]
            model = self.pages.view(docname, anchor)
            if builder.format == "html":
                if isinstance(model, Table):
                    node.append(words("", model.words))
                continue
            self.emitter.docname = docname
            if isinstance(model, Table):
                node.parent.replace(node, self.emitter.table(model, anchor))
            else:
                node.parent.replace(node, self.emitter.pictures(model, anchor))

    def _findings(self, placed: set[tuple[str, str]]) -> None:
        """Show what belongs to no declaration at its section, or at the top."""
        docname = self.env.docname
        for (page, anchor), findings in self.pages.findings.items():
            if page != docname or (page, anchor) in placed:
                continue
            self.emitter.docname = docname
            section = self.document.ids.get(anchor) if anchor else None
            home: nodes.Element = next(
                self.document.findall(nodes.section), self.document
            )
            if isinstance(section, nodes.section):
                home = section
            position = home.first_child_matching_class(nodes.title)
            shown = self.emitter.findings(findings)
            home.insert(0 if position is None else position + 1, shown)


def _builder(transform: SphinxPostTransform) -> Builder:
    """Return the builder; ``app`` of a transform is deprecated from Sphinx 9."""
    return parity_domain(transform.env).builder


def resolve(
    domain: ParityDomain, builder: Builder, xref: addnodes.pending_xref
) -> None:
    """Put a link, or marked words where there is nothing to link to."""
    kind, name = str(xref["reftype"]), str(xref["reftarget"])
    target = find_target(domain, kind, name)
    children = list(xref.children)
    if not xref.get("refexplicit"):
        children = [_shown_name(xref, kind, name)]
    if target is None:
        declared = kind == "exception" and domain.judged().register.is_declared(name)
        classes = ["parity-reference"] if declared else ["parity-unknown"]
        if kind == "adr" and _is_adr(domain, name):
            classes = ["parity-reference"]
        xref.parent.replace(xref, nodes.inline("", "", *children, classes=classes))
        return
    docname = str(xref.get("refdoc", "")) or domain.env.docname
    link = reference(builder, docname, target, children)
    xref.parent.replace(xref, link if link is not None else children)


def _shown_name(xref: nodes.Element, kind: str, name: str) -> nodes.Node:
    if kind == "adr" and name.strip().isdigit():
        return nodes.inline("", f"ADR-{name.strip()}")
    return xref.children[0] if xref.children else nodes.Text(name)


def _is_adr(domain: ParityDomain, name: str) -> bool:
    from sphinx_arco_parity.repository.adrs import resolve_adr  # noqa: PLC0415

    return resolve_adr(name, domain.judged().register.adrs) is not None
