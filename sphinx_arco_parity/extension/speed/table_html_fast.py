"""Rows of declaring tables in HTML: the bytes of Sphinx's translator, in less time.

A page of fifty rows has some two thousand nodes.  docutils spends more on finding the
method for each than the method takes, and Sphinx makes the same dozen start tags over
and over.  Here what a node without attributes of its own begins and ends with is asked
of the translator once for each type and each set of classes, and kept for the page;
whatever is not known goes the ordinary way (measured: 0.3 of 0.8 s for 2,000 rows).

A translator whose methods for those nodes are not those of Sphinx and docutils, as some
themes have, writes the whole table itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.writers.html5 import HTML5Translator

#: What is written the same wherever it stands, if it has nothing but classes.
_CONSTANT = frozenset({nodes.paragraph, nodes.strong, nodes.emphasis, nodes.inline, nodes.literal})
#: What has attributes that count.
_PARTICULAR = frozenset({nodes.reference, nodes.abbreviation})
_METHODS = (
    "starttag",
    "dispatch_visit",
    "dispatch_departure",
    "depart_Text",
    *(
        f"{phase}_{kind.__name__}"
        for kind in (*_CONSTANT, *_PARTICULAR, nodes.entry)
        for phase in ("visit", "depart")
    ),
)
_THEIRS = ("docutils.", "sphinx.")


class parity_rows(nodes.tbody):  # noqa: N801 - as docutils names nodes
    """The body of a declaring table in HTML, which is written quickly.

    Its children are rows as in any other.  ``aside`` are all of them while some are out
    of the way of post-transforms.
    """

    tagname = "tbody"
    aside: Sequence[nodes.Node] = ()


class UseFastRows(SphinxPostTransform):
    """Has the bodies of declaring tables written by :func:`visit_rows`."""

    default_priority = 6  # after ours have been filled, before references are resolved
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Replace; called by Sphinx for each tree that a builder wants."""
        for table in list(self.document.findall(nodes.table)):
            if "parity-table" in table["classes"]:
                for group in table.children:
                    for body in list(group.children):
                        if type(body) is nodes.tbody:
                            fast = parity_rows("", *body.children, **body.attributes)
                            body.parent.replace(body, fast)


def visit_rows(self: HTML5Translator, node: parity_rows) -> None:
    """Write the body of a table, rows and all, or leave them to the translator."""
    self.visit_tbody(node)
    if is_known(self):
        _RowWriter(self).write(node)
        raise nodes.SkipChildren


def depart_rows(self: HTML5Translator, node: parity_rows) -> None:
    """End the body of a table."""
    self.depart_tbody(node)


def is_known(translator: HTML5Translator) -> bool:
    """Tell whether the methods that are passed over are those of Sphinx and docutils."""
    methods = [getattr(translator, name, None) for name in _METHODS]
    state = (getattr(translator, "protect_literal_text", 1), getattr(translator, "in_mailto", 1))
    return not any(state) and all(
        getattr(method, "__module__", "").startswith(_THEIRS) for method in methods
    )


class _RowWriter:
    """Writes rows into the body of one translator."""

    def __init__(self, translator: HTML5Translator) -> None:
        self.translator = translator
        self.tags: dict[tuple[Any, ...], tuple[str, str]] = {}

    def write(self, body: parity_rows) -> None:
        """Write the rows of *body* after what the translator has written so far."""
        translator = self.translator
        group = body.parent
        plain = not any(getattr(group, "stubs", [True]))
        for row in body.children:
            if not isinstance(row, nodes.row):
                row.walkabout(translator)
                continue
            translator.dispatch_visit(row)
            for cell in row.children:
                if plain and type(cell) is nodes.entry and _is_bare(cell):
                    self._cell(row, cell)
                else:
                    cell.walkabout(translator)
            translator.dispatch_departure(row)

    def _cell(self, row: nodes.row, cell: nodes.entry) -> None:
        start, end = self._tags(cell)
        row.column += 1  # type: ignore[attr-defined]
        # One by one: the translator looks at the end of what is written.
        body = self.translator.body
        body.append(start)
        for child in cell.children:
            self._node(child)
        body.append(end)

    def _node(self, node: Any) -> None:
        kind = type(node)
        translator = self.translator
        if kind is nodes.Text:
            translator.visit_Text(node)
        elif kind in _CONSTANT and _is_bare(node):
            self._constant(node, kind)
        elif kind in _PARTICULAR:
            translator.dispatch_visit(node)
            for child in node.children:
                self._node(child)
            translator.dispatch_departure(node)
        else:
            node.walkabout(translator)

    def _constant(self, node: Any, kind: type) -> None:
        translator = self.translator
        if kind is nodes.literal and node["classes"]:
            node.walkabout(translator)  # keys and highlighted code
            return
        start, end = self._tags(node)
        translator.body.append(start)
        translator.protect_literal_text += kind is nodes.literal
        for child in node.children:
            self._node(child)
        translator.protect_literal_text -= kind is nodes.literal
        if kind is nodes.paragraph:
            translator.depart_paragraph(node)  # its end depends on what stands beside it
        else:
            translator.body.append(end)

    def _tags(self, node: nodes.Element) -> tuple[str, str]:
        """Return what *node* begins and ends with; the translator is asked once."""
        key = (type(node), *node["classes"])
        if key not in self.tags:
            self.tags[key] = self._asked(node)
        return self.tags[key]

    def _asked(self, node: Any) -> tuple[str, str]:
        translator, kept = self.translator, self.translator.body
        column = getattr(node.parent, "column", None)
        translator.body = []
        translator.dispatch_visit(node)
        start = "".join(translator.body)
        translator.body = []
        translator.dispatch_departure(node)
        end = "".join(translator.body)
        translator.body = kept
        if column is not None:
            node.parent.column = column
        return start, end


#: The attributes that every element has.
_BASIC = len(nodes.Element().attributes)


def _is_bare(node: nodes.Element) -> bool:
    """Tell whether *node* has no attributes but classes."""
    attributes = node.attributes
    return len(attributes) == _BASIC and not attributes["ids"]
