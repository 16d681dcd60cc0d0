"""Roles in a page become links, or marked words where there is nothing to link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.extension.showing.targets import reference
from sphinx_arco_parity.text.code_spans import visible

if TYPE_CHECKING:
    from sphinx import addnodes

    from sphinx_arco_parity.extension.showing.emit_nodes import NodeEmitter
    from sphinx_arco_parity.extension.showing.page_model import RoleMarks
    from sphinx_arco_parity.extension.showing.page_models import PageModels


def resolve(pages: PageModels, emitter: NodeEmitter, xref: addnodes.pending_xref) -> None:
    """Put what *xref* leads to in its place."""
    kind, name = str(xref["reftype"]), visible(str(xref["reftarget"])).strip()
    docname = str(xref.get("refdoc", "")) or pages.build.env.docname
    marks = pages.role_marks(docname, (kind, name))
    children = list(xref.children)
    if not xref.get("refexplicit"):
        children = [_shown_name(xref, name, marks)]
    target = pages.target(docname, (kind, name))
    if target is None:
        classes = ["parity-reference" if marks.known else "parity-unknown"]
        xref.parent.replace(xref, nodes.inline("", "", *children, classes=classes))
        return
    link = reference(emitter.builder, docname, target, children)
    shown: list[nodes.Node] = children if link is None else [link]
    if marks.status:
        shown += [nodes.Text(" "), emitter.mark("status", marks.status)]
    xref.parent.replace(xref, shown)


def _shown_name(xref: nodes.Element, name: str, marks: RoleMarks) -> nodes.Node:
    if marks.number and (name.isdigit() or "/" in name):
        return nodes.Text(f"ADR-{marks.number}")
    if marks.title:
        return nodes.Text(marks.title)
    return xref.children[0] if xref.children else nodes.Text(name)
