"""Exceptions, rows, claims and ADRs as needs, where sphinx-needs is loaded.

A guest, not a host: without sphinx-needs among the extensions nothing of it is imported.
Needs that are added while it processes its own are not kept between builds, so they are
mirrored in every build.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.model.records import Declaration

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_arco_parity.extension.build import Build

_NEEDS = "sphinx_needs"


def has_needs(app: Sphinx) -> bool:
    """Tell whether sphinx-needs is loaded."""
    return _NEEDS in app.extensions


def register_needs(app: Sphinx, config: Config) -> None:
    """Register types, fields and links; for ``config-inited``, between 13 and 499.

    sphinx-needs reads its own configuration at 12 and merges it at 500.
    """
    if not has_needs(app):
        return
    from sphinx_needs import needs  # noqa: PLC0415 - optional
    from sphinx_needs.api import add_field, add_need_type  # noqa: PLC0415

    from sphinx_arco_parity.exports.needs_json import (  # noqa: PLC0415 - late
        NEED_FIELDS,
        NEED_LINKS,
        NEED_TYPES,
    )

    if hasattr(needs, "_register_need_directive"):
        for name, (title, prefix) in NEED_TYPES.items():
            add_need_type(app, name, title, prefix)
    else:  # before, what that adds was registered at once, and again when the list was read
        look = {"color": "#ffffff", "style": "node"}
        ours = [
            {"directive": name, "title": title, "prefix": prefix, **look}
            for name, (title, prefix) in NEED_TYPES.items()
        ]
        config["needs_types"] = [*config.needs_types, *ours]
    for name, description in NEED_FIELDS.items():
        add_field(name, description, schema={"type": "string"}, nullable=True, default=None)
    links = {
        name: {"outgoing": outgoing, "incoming": incoming}
        for name, (outgoing, incoming) in NEED_LINKS.items()
    }
    if "needs_links" in config:
        config["needs_links"] = {**links, **(config.needs_links or {})}
    else:  # sphinx-needs before it had the mapping
        listed = [{"option": name, **words} for name, words in links.items()]
        config["needs_extra_links"] = [*listed, *(config.needs_extra_links or [])]
    app.connect("needs-before-post-processing", mirror)


def mirror(app: Sphinx, _needs: object) -> None:
    """Add every declaration to the needs of this build."""
    from sphinx_needs.api import generate_need  # noqa: PLC0415 - optional
    from sphinx_needs.config import NeedsSphinxConfig  # noqa: PLC0415
    from sphinx_needs.data import SphinxNeedsData  # noqa: PLC0415
    from sphinx_needs.need_item import NeedItemSourceDirective  # noqa: PLC0415

    from sphinx_arco_parity.exports.needs_json import NeedIds, need_records  # noqa: PLC0415 - late

    build = build_of(app.env)
    if not build.is_read:
        return
    data, config = SphinxNeedsData(app.env), NeedsSphinxConfig(app.config)
    # The page and line that show each need.
    places = {name: (made.docname, made.place.line) for name, made in _declared(build)}
    names, home = NeedIds.of(build.assessment.register).adrs, build.env.config.root_doc
    for adr in build.assessment.register.adrs:
        places[names[adr.key]] = (build.page_of(adr) or home, adr.line)
    for record in need_records(build.assessment):
        docname, line = places.get(record["id"], ("", 1))
        if not docname:
            continue
        source = NeedItemSourceDirective(docname=docname, lineno=line, lineno_content=line)
        fields = {key: text for key, text in record.items() if key != "type"}
        need = generate_need(
            config,
            data.get_schema(),
            need_type=record["type"],
            need_source=source,
            hide=True,
            **fields,
        )
        data.add_need(need)


def _declared(build: Build) -> Iterator[tuple[str, Declaration]]:
    """Yield the id of each need that is no ADR, with what it is made of."""
    from sphinx_arco_parity.exports.needs_json import NeedIds  # noqa: PLC0415 - late

    register = build.assessment.register
    ids = NeedIds.of(register)
    for identifier, exception in register.exceptions_by_id.items():
        yield ids.exceptions[identifier], exception
    for identifier, row in register.rows_by_id.items():
        yield ids.rows[identifier], row
    for identifier, claim in register.claims_by_id.items():
        yield ids.claims[identifier], claim


def add_need_targets(document: nodes.document, build: Build) -> None:
    """Give each declaration on a page the id by which needs link to it."""
    wanted = build.part(need_targets)
    if not wanted:
        return
    for node in list(document.findall(nodes.Element)):
        docname = str(node.get("docname") or build.env.docname)
        cells = (cell for cell in node.children if isinstance(cell, nodes.entry))
        home = next(cells, None) if isinstance(node, nodes.row) else node
        anchors: list[str] = node.get("ids", [])
        for anchor in anchors:
            name = wanted.get((docname, anchor))
            if name and home is not None:
                home.insert(0, nodes.target("", "", ids=[name]))


def need_targets(build: Build) -> dict[tuple[str, str], str]:
    """Return page and anchor of each declaration, with the id of its need.

    Empty without sphinx-needs.
    """
    if not has_needs(build.app):
        return {}
    return {(declared.docname, declared.anchor): name for name, declared in _declared(build)}


def needs_digest(build: Build) -> str:
    """Return a digest of all needs: what a page with a table of needs may show."""
    from sphinx_arco_parity.exports.needs_json import need_records  # noqa: PLC0415 - late

    text = repr(need_records(build.assessment))
    return blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()


def pages_with_needs(app: Sphinx) -> set[str]:
    """Return the pages that use a directive of sphinx-needs."""
    if not has_needs(app):
        return set()
    from sphinx_needs.data import SphinxNeedsData  # noqa: PLC0415 - optional

    docs = SphinxNeedsData(app.env).get_or_create_docs()
    return set(docs.get("all", ()))
