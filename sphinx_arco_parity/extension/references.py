"""Roles in a page become links, or marked words where there is nothing to link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.extension.links import find_target, reference

if TYPE_CHECKING:
    from sphinx import addnodes

    from sphinx_arco_parity.extension.domain import ParityDomain
    from sphinx_arco_parity.extension.emit_nodes import NodeEmitter
    from sphinx_arco_parity.records import Adr


def resolve(
    domain: ParityDomain, emitter: NodeEmitter, xref: addnodes.pending_xref
) -> None:
    """Put what *xref* leads to in its place."""
    kind, name = str(xref["reftype"]), str(xref["reftarget"]).strip()
    adr = _adr(domain, name) if kind == "adr" else None
    children = list(xref.children)
    if not xref.get("refexplicit"):
        children = [_shown_name(xref, name, adr)]
    target = find_target(domain, kind, name)
    if target is None:
        classes = [_class(domain, kind, name, adr)]
        xref.parent.replace(xref, nodes.inline("", "", *children, classes=classes))
        return
    docname = str(xref.get("refdoc", "")) or domain.env.docname
    link = reference(emitter.builder, docname, target, children)
    shown: list[nodes.Node] = children if link is None else [link]
    xref.parent.replace(xref, [*shown, *_status(domain, emitter, kind, name)])


def _adr(domain: ParityDomain, name: str) -> Adr | None:
    from sphinx_arco_parity.repository.adrs import resolve_adr  # noqa: PLC0415 - late

    return resolve_adr(name, domain.judged().register.adrs)


def _class(domain: ParityDomain, kind: str, name: str, adr: Adr | None) -> str:
    known = adr is not None
    if kind == "exception":
        known = domain.judged().register.is_declared(name)
    return "parity-reference" if known else "parity-unknown"


def _shown_name(xref: nodes.Element, name: str, adr: Adr | None) -> nodes.Node:
    if adr is not None and (name.isdigit() or "/" in name):
        return nodes.Text(f"ADR-{adr.number}")
    return xref.children[0] if xref.children else nodes.Text(name)


def _status(
    domain: ParityDomain, emitter: NodeEmitter, kind: str, name: str
) -> list[nodes.Node]:
    """Return the status of a row, to stand after its link."""
    row = domain.judged().register.rows_by_id.get(name) if kind == "row" else None
    status = domain.judged().register.status(row) if row else None
    return [nodes.Text(" "), emitter.mark("status", status)] if status else []
