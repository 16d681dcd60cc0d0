"""Where declarations, ADRs and files of the repository are shown, and links to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from sphinx_arco_parity.extension.build import build_of, exception_inventories
from sphinx_arco_parity.text.words import plain

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_arco_parity.extension.build import Build

_SPACE = re.compile(r"\s")


class Target(NamedTuple):
    """Where something is shown: on a page of ours, or at a URL."""

    docname: str = ""
    anchor: str = ""
    url: str = ""
    title: str = ""
    """What a reader is told of it before following the link."""


def find_target(build: Build, kind: str, name: str) -> Target | None:
    """Return where the *kind* of thing called *name* is.

    Kinds are ``exception``, ``row``, ``claim``, ``adr``, ``page``, ``file`` (``path`` or
    ``path:line``), ``url`` and ``rule``.  ``None`` if it is not declared, or if it is shown nowhere.
    """
    match kind:
        case "adr":
            return _adr_target(build, name)
        case "page":
            return Target(docname=name) if name in build.env.found_docs else None
        case "file":
            path, _colon, line = name.rpartition(":")
            if not path or not line.isdigit():
                path, line = name, ""
            url = file_url(build, path, int(line) if line else None)
        case "url":
            url = name if name.startswith(("http://", "https://")) else ""
        case "rule":
            url = (build.project.settings.rules_url or "").format(rule=name)
        case _:
            return _declared_target(build, kind, name)
    return Target(url=url) if url else None


def _declared_target(build: Build, kind: str, name: str) -> Target | None:
    place = build.assessment.register.anchors.get((kind, name))
    if place is not None:
        return Target(*place, title=_title(build, kind, name))
    project, colon, exception = name.partition(":")
    if kind == "exception" and colon:
        uri = (exception_inventories(build).get(project) or {}).get(exception)
        return Target(url=uri, title=f"{project}: {exception}") if uri is not None else None
    return None


def _title(build: Build, kind: str, name: str) -> str:
    register = build.assessment.register
    if kind == "exception":
        found = register.exceptions_by_id[name]
        return " · ".join(filter(None, (found.capability, found.type, found.revisit)))
    if kind == "row":
        row = register.rows_by_id[name]
        status = register.status(row) or plain(row.status)
        return " · ".join(filter(None, (row.capability, status)))
    return plain(register.claims_by_id[name].text)


def _adr_target(build: Build, name: str) -> Target | None:
    from sphinx_arco_parity.repository.adrs import resolve_adr  # noqa: PLC0415 - late

    adr = resolve_adr(name, build.assessment.register.adrs)
    if adr is None:
        return None
    title = " · ".join(filter(None, (f"ADR-{adr.number}", adr.title, adr.status)))
    docname = build.page_of(adr)
    if docname:
        return Target(docname=docname, title=title)
    return Target(url=file_url(build, adr.path, None), title=title)


def file_url(build: Build, path: str, line: int | None) -> str:
    """Return where a file of the repository is shown, or nothing."""
    return build.project.settings.file_url(path, line, build.commit())


def _shared_anchors(build: Build) -> set[str]:
    """Return the anchors that several pages have: one page shows them in singlehtml."""
    anchors = set(build.assessment.register.anchors.values())
    for records in build.domain.records():
        anchors.update((view.docname, view.anchor) for view in records.views)
    counts = Counter(anchor for _docname, anchor in anchors)
    return {anchor for anchor, pages in counts.items() if pages > 1}


def shown_anchor(builder: Builder, docname: str, anchor: str) -> str:
    """Return the id that *anchor* of page *docname* has in what *builder* writes."""
    if builder.name != "singlehtml":
        return anchor
    shared = build_of(builder.env).part(_shared_anchors)
    return f"{anchor}--{_SPACE.sub('-', docname)}" if anchor in shared else anchor


def uri_of(builder: Builder, fromdocname: str, target: Target) -> str:
    """Return the address of *target* as *fromdocname* writes it; may be empty."""
    if target.url:
        return target.url
    if not target.docname:
        return ""
    if builder.name == "singlehtml" and target.anchor:
        return f"#{shown_anchor(builder, target.docname, target.anchor)}"
    if target.docname == fromdocname and target.anchor:
        return f"#{target.anchor}"
    try:
        uri = builder.get_relative_uri(fromdocname, target.docname)
    except NoUri:
        return ""
    return f"{uri}#{target.anchor}" if target.anchor else uri


def link_to(
    build: Build,
    builder: Builder,
    fromdocname: str,
    kind: str,
    name: str,
    children: Sequence[nodes.Node],
) -> nodes.reference | None:
    """Return a link to the *kind* *name* around *children*, or ``None``."""
    target = find_target(build, kind, name)
    return reference(builder, fromdocname, target, children) if target else None


def reference(
    builder: Builder, fromdocname: str, target: Target, children: Sequence[nodes.Node]
) -> nodes.reference | None:
    """Return a link to *target* around *children*; ``None`` if it has no address."""
    content = list(children)
    if not target.url and not target.docname:  # a file, where no site shows it
        return None
    if target.url or builder.name == "singlehtml":
        uri = uri_of(builder, fromdocname, target)
        node = nodes.reference("", "", *content, internal=not target.url, refuri=uri)
        if target.title:
            node["reftitle"] = target.title
        return node
    try:
        return make_refnode(
            builder, fromdocname, target.docname, target.anchor, content, target.title
        )
    except NoUri:
        return None
