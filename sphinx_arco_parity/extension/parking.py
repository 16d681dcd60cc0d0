"""Cells of declaring tables, out of the way of transforms that would do nothing to them.

A table of a thousand rows has tens of thousands of nodes, and each of some thirty
transforms visits all of them.  Cells of words, code and emphasis alone are taken out
once the records are made, and put back before anybody else sees the page: extensions on
``doctree-read``, the pickled page and every builder have the whole table.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_arco_parity.extension.collected import collected

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What no transform of Sphinx, docutils or MyST does anything to.
_PLAIN = frozenset(
    {nodes.paragraph, nodes.strong, nodes.emphasis, nodes.literal, nodes.raw}
)
#: What typographic quotes, dashes and dots change.
_SMART = re.compile(r"['\"`]|--|\.\.")
_KNOWN = ("docutils.", "sphinx.", "myst_parser.", "sphinx_arco_parity.")

#: Before ``doctree-read`` and the collectors (880), after everything that changes words.
PRIORITY = 875


def is_safe(app: Sphinx) -> bool:
    """Tell whether nobody unknown transforms pages, and nothing is translated."""
    transforms = app.registry.get_transforms()
    folders = [Path(app.srcdir) / name for name in app.config.locale_dirs]
    return all(one.__module__.startswith(_KNOWN) for one in transforms) and not any(
        folder.is_dir() for folder in folders
    )


def park(
    table: nodes.table, parked: list[tuple[nodes.Element, list[nodes.Node]]]
) -> None:
    """Take the content of plain cells out of *table*, and note it in *parked*."""
    for row in table.findall(nodes.row):
        for cell in row.children:
            if isinstance(cell, nodes.entry) and all(map(_is_plain, cell.children)):
                parked.append((cell, cell.children))
                cell.children = []


def _is_plain(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Text):
        quoted = isinstance(node.parent, (nodes.literal, nodes.raw))
        return quoted or _SMART.search(node) is None
    if type(node) not in _PLAIN or not isinstance(node, nodes.Element):
        return False
    return not (node["ids"] or node["names"]) and all(map(_is_plain, node.children))


class PutCellsBack(SphinxTransform):
    """Puts back what :func:`park` has taken out."""

    default_priority = PRIORITY

    def apply(self, **_kwargs: Any) -> None:
        """Put back; called by docutils for each page that is read."""
        parked = collected(self.env).parked
        for cell, children in parked:
            cell.children = children
        parked.clear()
