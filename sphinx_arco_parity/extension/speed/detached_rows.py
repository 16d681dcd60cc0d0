"""Rows of declaring tables, out of the way of transforms that would do nothing to them.

A table of a thousand rows has tens of thousands of nodes, and each of some thirty
transforms visits all of them, while a page is read and again while it is written.  Rows
of words, code and emphasis alone are taken out once the records are made, and put back
before anybody else sees the page: extensions on ``doctree-read`` and
``doctree-resolved``, the pickled page and every builder have the whole table.

Gain: 20 to 25 % of the processor time of a cold build of 10,000 rows, 10 to 15 % of one
of 1,000.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_arco_parity.extension.reading.document_data import collected

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What was taken out of the page that is read, in Sphinx's store for that page.
_KEY = "sphinx_arco_parity.detached"
Detached = list[tuple[nodes.Element, list[nodes.Node]]]

#: What no transform of Sphinx, docutils or MyST does anything to.
_PLAIN = frozenset({nodes.paragraph, nodes.strong, nodes.emphasis, nodes.literal, nodes.raw})
#: What none does anything to once references are resolved; ours are from the start.
_FINISHED = _PLAIN | {
    nodes.row,
    nodes.entry,
    nodes.inline,
    nodes.abbreviation,
    nodes.reference,
    nodes.Text,
}
#: What typographic quotes, dashes and dots change.
_SMART = re.compile(r"['\"`]|--|\.\.")
_KNOWN = ("docutils.", "sphinx.", "myst_parser.", "sphinx_arco_parity.")

#: Those of Sphinx that look at finished references.
_READS_LINKS = ("sphinx.ext.extlinks",)

#: Settings of docutils for which every node is looked at.
_FOR_EACH_NODE = ("expose_internals", "strip_classes", "strip_elements_with_classes")

#: Before ``doctree-read`` and the collectors (880), after everything that changes words.
PRIORITY = 879


def is_safe(app: Sphinx) -> bool:
    """Tell whether nobody unknown looks at pages, and nothing is translated."""
    transforms = app.registry.get_transforms()
    domains = [type(domain).process_doc for domain in app.env.domains.values()]
    folders = [Path(app.srcdir) / name for name in app.config.locale_dirs]
    return all(each.__module__.startswith(_KNOWN) for each in (*transforms, *domains)) and not any(
        folder.is_dir() for folder in folders
    )


def detach_rows(app: Sphinx) -> None:
    """Have rows out of the way where all transforms are known; for ``builder-inited``."""
    if is_safe(app):
        app.add_transform(DetachRows)
        app.add_transform(PutCellsBack)
    modules = [each.__module__ for each in app.registry.get_post_transforms()]
    if all(name.startswith(_KNOWN) and not name.startswith(_READS_LINKS) for name in modules):
        app.add_post_transform(SetRowsAside)
        app.add_post_transform(PutRowsBack)


def detach(table: nodes.table, detached: Detached) -> None:
    """Take plain rows, and the content of other plain cells, out of *table*.

    What each element had is noted in *detached*.
    """
    settings = _settings(table)
    if any(getattr(settings, name, None) for name in _FOR_EACH_NODE):
        return
    config = getattr(getattr(settings, "env", None), "config", None)
    smart = bool(getattr(config, "smartquotes", True))
    for part in [*table.findall(nodes.thead), *table.findall(nodes.tbody)]:
        rows = part.children
        part.children = [row for row in rows if not _is_detached(row, detached, smart)]
        detached.append((part, rows))


def _settings(node: nodes.Node) -> object:
    """Return the settings of the page that *node* stands in, if it stands in one."""
    while node.parent is not None:
        node = node.parent
    return getattr(node, "settings", None)


def _is_detached(row: Any, detached: Detached, smart: bool) -> bool:
    """Tell whether all of *row* is plain; if not, take out what its plain cells have."""
    plain = [cell for cell in row.children if _is_plain_cell(cell, smart)]
    if len(plain) == len(row.children):
        return True
    for cell in plain:
        detached.append((cell, cell.children))
        cell.children = []
    return False


def _is_plain_cell(cell: nodes.Node, smart: bool) -> bool:
    return (
        isinstance(cell, nodes.entry)
        and not (cell["ids"] or cell["names"])
        and all(_is_plain(node, smart) for node in cell.children)
    )


def _is_plain(node: Any, smart: bool) -> bool:
    kind = type(node)
    if kind is nodes.Text:
        if not smart or _SMART.search(node) is None:
            return True
        return isinstance(node.parent, (nodes.literal, nodes.raw))
    if kind not in _PLAIN or node["ids"] or node["names"]:
        return False
    return all(_is_plain(child, smart) for child in node.children)


class DetachRows(SphinxTransform):
    """Takes rows out of the way once the records of the page are made (8)."""

    default_priority = 9

    def apply(self, **_kwargs: Any) -> None:
        """Take out; called by docutils for each page that is read."""
        detached = self.env.temp_data[_KEY] = []
        for table in collected(self.env).tables:
            detach(table, detached)


class PutCellsBack(SphinxTransform):
    """Puts back what :func:`detach` has taken out."""

    default_priority = PRIORITY

    def apply(self, **_kwargs: Any) -> None:
        """Put back; called by docutils for each page that is read."""
        for element, children in self.env.temp_data.pop(_KEY, None) or ():
            element.children = children


class _AllRows(nodes.Element):
    """Stands at the end of a body for its rows, while the finished ones are out of the way."""


class SetRowsAside(SphinxPostTransform):
    """Takes finished rows out of the way of the post-transforms that follow."""

    default_priority = 7  # before references are resolved
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Take out; called by Sphinx for each tree that a builder wants."""
        for table in self.document.findall(nodes.table):
            if "parity-table" in table["classes"]:
                for body in [part for group in table.children for part in group.children]:
                    if isinstance(body, nodes.tbody):
                        rows = body.children
                        body.children = [row for row in rows if not _is_finished(row)]
                        body.append(_AllRows(rows=rows))


class PutRowsBack(SphinxPostTransform):
    """Puts back what :class:`SetRowsAside` has taken out, once all others have run."""

    default_priority = 999
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Put back; called by Sphinx for each tree that a builder wants."""
        for rows in list(self.document.findall(_AllRows)):
            rows.parent.children = rows["rows"]


def _is_finished(node: Any) -> bool:
    kind = type(node)
    if kind not in _FINISHED or (kind is nodes.literal and node["classes"]):
        return False  # keys are taken apart
    return all(map(_is_finished, node.children))
