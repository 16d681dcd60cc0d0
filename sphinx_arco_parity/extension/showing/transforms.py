"""From placeholders to what the builder writes, once the project is judged.

Runs before references are resolved (priority 10), so that the ordinary resolver never
sees ours: it would take an undeclared id for one of another project.  Roles become links, or
marked words where there is nothing to link to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.needs import add_need_targets
from sphinx_arco_parity.extension.nodes import DECLARING, DeclaringTable, item, view, words
from sphinx_arco_parity.extension.showing.emit_nodes import NodeEmitter
from sphinx_arco_parity.extension.showing.page_models import PageModels
from sphinx_arco_parity.extension.showing.table_decoration import decorate_rows
from sphinx_arco_parity.extension.showing.targets import reference, shown_anchor
from sphinx_arco_parity.text.code_spans import visible
from sphinx_arco_parity.views.tables import Table

if TYPE_CHECKING:
    from sphinx.builders import Builder


#: What a paragraph may stand in.
_HOLDS_BLOCKS = (
    nodes.document,
    nodes.section,
    nodes.entry,
    nodes.list_item,
    nodes.definition,
    nodes.block_quote,
    nodes.Admonition,
    nodes.container,
    item,
)


class ShowParity(SphinxPostTransform):
    """Fills the placeholders of a page."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill; called by Sphinx for each tree that a builder wants."""
        build = build_of(self.env)
        builder = build.builder  # `app` of a transform is deprecated from Sphinx 9
        if not build.is_read:
            return
        self.pages = build.part(PageModels)
        add_need_targets(self.document, build)
        self.emitter = NodeEmitter(
            builder,
            self.env.docname,
            lambda link: self.pages.target(self.emitter.docname, link),
        )
        self.placed: set[tuple[str, str]] = set()
        if build.domain.documents:
            for xref in list(self.document.findall(addnodes.pending_xref)):
                if xref.get("refdomain") == "parity" and not xref.get("intersphinx"):
                    self._show_fault(xref)
                    self._resolve(xref)
        if not builder.format:
            return
        self._tables(builder)
        self._items(builder)
        self._views(builder)
        if builder.format == "latex":
            self._claim_targets()
        elif builder.name == "singlehtml":
            self._claim_anchors(builder)
        self._findings()

    def _show_fault(self, xref: addnodes.pending_xref) -> None:
        """Show what is wrong with a role below the text in which it stands first."""
        docname = str(xref.get("refdoc", "")) or self.env.docname
        home = f"{xref['reftype']} {xref['reftarget']}"
        told = self.pages.model(docname).findings.get(home)
        block: nodes.Node = xref
        while block.parent is not None and not isinstance(block.parent, _HOLDS_BLOCKS):
            block = block.parent
        parent: Any = block.parent
        if told and parent is not None and (docname, home) not in self.placed:
            parent.insert(parent.index(block) + 1, self.emitter.findings(told))
            self.placed.add((docname, home))

    def _resolve(self, xref: addnodes.pending_xref) -> None:
        """Put what *xref* leads to in its place."""
        kind, name = str(xref["reftype"]), visible(str(xref["reftarget"])).strip()
        docname = str(xref.get("refdoc", "")) or self.env.docname
        marks = self.pages.role_marks(docname, (kind, name))
        children: list[nodes.Node] = list(xref.children)
        if not xref.get("refexplicit"):
            if marks.number and (name.isdigit() or "/" in name):
                children = [nodes.Text(f"ADR-{marks.number}")]
            elif marks.title or not children:
                children = [nodes.Text(marks.title or name)]
            else:
                children = children[:1]
        target = self.pages.target(docname, (kind, name))
        if target is None:
            classes = ["parity-reference" if marks.known else "parity-unknown"]
            xref.parent.replace(xref, nodes.inline("", "", *children, classes=classes))
            return
        link = reference(self.emitter.builder, docname, target, children)
        shown: list[nodes.Node] = children if link is None else [link]
        if marks.status:
            shown += [nodes.Text(" "), self.emitter.mark("status", marks.status)]
        xref.parent.replace(xref, shown)

    def _tables(self, builder: Builder) -> None:
        for table in list(self.document.findall(nodes.table)):
            declared = table.attributes.pop(DECLARING, None)
            if isinstance(declared, DeclaringTable):
                self.emitter.docname = declared.docname
                self.placed |= decorate_rows(table, declared, self.pages, self.emitter, builder)

    def _items(self, builder: Builder) -> None:
        for node in list(self.document.findall(item)):
            docname, anchor = node["docname"], node["ids"][0]
            card = self.pages.card(docname, anchor)
            self.placed.add((docname, anchor))
            if builder.format == "html":
                node.insert(0, words("", card.words))
            else:
                self.emitter.docname = docname
                body = list(node.children)
                _replace(node, self.emitter.card(card, anchor, body))

    def _claim_targets(self) -> None:
        """Give the claims in running text labels: LaTeX writes none for inline text."""
        for node in self.document.findall(nodes.inline):
            if "parity-claim" in node["classes"] and node["ids"]:
                node.insert(0, nodes.target("", "", ids=node["ids"]))
                node["ids"] = []

    def _claim_anchors(self, builder: Builder) -> None:
        """Give the claims in running text the anchors that they have among all pages."""
        # From the innermost page on: an anchor that has been given is not shared any more.
        pages = [self.document, *self.document.findall(addnodes.start_of_file)]
        for page in pages[::-1]:
            docname = page.get("docname", self.env.docname)
            for node in page.findall(nodes.inline):
                if "parity-claim" in node["classes"]:
                    node["ids"] = [shown_anchor(builder, docname, name) for name in node["ids"]]

    def _views(self, builder: Builder) -> None:
        for node in list(self.document.findall(view)):
            docname, anchor = node["docname"], node["ids"][0]
            model = self.pages.view(docname, anchor)
            if isinstance(model, Table):
                self.placed.update((docname, line.anchor) for line in model.lines if line.below)
            if builder.format == "html":
                if isinstance(model, Table):
                    node.append(words("", model.words))
                continue
            self.emitter.docname = docname
            if isinstance(model, Table):
                _replace(node, self.emitter.table(model, anchor))
            else:
                _replace(node, self.emitter.pictures(model, anchor))

    def _findings(self) -> None:
        """Show what belongs to no declaration at its section, or at the top."""
        homes = self._homes()
        views = {(node["docname"], node["ids"][0]): node for node in self.document.findall(view)}
        here = [
            (page, anchor, findings)
            for page in homes
            for anchor, findings in self.pages.model(page).findings.items()
            if (page, anchor) not in self.placed
        ]
        for page, anchor, findings in here:
            self.emitter.docname = page
            home = homes[page]
            shown = self.emitter.findings(findings)
            if (page, anchor) in views:
                parent: Any = views[page, anchor].parent
                parent.insert(parent.index(views[page, anchor]), shown)
                continue
            section = self.document.ids.get(anchor) if anchor else None
            if isinstance(section, nodes.section) and len(homes) == 1:
                home = section
            position = home.first_child_matching_class(nodes.title)
            home.insert(0 if position is None else position + 1, shown)

    def _homes(self) -> dict[str, nodes.Element]:
        """Return the first section of each page in this tree: one, or many together."""
        pages: dict[str, nodes.Element] = {self.env.docname: self.document}
        for start in self.document.findall(addnodes.start_of_file):
            pages[start["docname"]] = start
        return {docname: next(page.findall(nodes.section), page) for docname, page in pages.items()}


def _replace(node: nodes.Element, shown: list[nodes.Node]) -> None:
    """Put *shown* in place of *node*, with the labels of a table, which no writer sets else."""
    table = next((found for found in shown if isinstance(found, nodes.table)), None)
    if table is not None:
        table["ids"] += node["ids"][1:]
    node.parent.replace(node, shown)
