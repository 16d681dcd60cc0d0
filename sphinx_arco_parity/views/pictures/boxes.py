"""The boxes of the graph: the shape says the kind, a word the status or type.

Used by :mod:`.graph`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.text.xml_text import xml_text
from sphinx_arco_parity.views.pictures.drawing import element, fitted, label, title, width_of
from sphinx_arco_parity.views.pictures.shades import STATUS_SHADES, UNKNOWN_STATUS, Shade, shaded

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.graph_model import Node

WIDTH = 230.0
HEIGHT = 42.0

#: The most that a tag takes of the first line.
_TAG_ROOM = 112.0
_FOLD = 11.0

#: Where the address of a link goes: no text of a picture has this character.
HREF = "\0"


def box(prefix: str, node: Node, x: float, y: float) -> str:
    """Return the box of *node* with its left upper corner at *x*, *y*.

    Around one that is a declaration stands a link; see :attr:`.Picture.svg`.
    """
    kind = node.key[0].removesuffix(" group")
    parts = [title(": ".join(filter(None, (node.label, node.tag, node.text))))]
    first, second = node.label, node.text
    if node.derived and node.text:
        first, second = node.text, node.group
    if node.count > 1:
        parts.append(_outline("row", x + 3, y + 3))
    parts.append(_outline(kind, x, y))
    left, right = x + 11, x + WIDTH - 9 - (_FOLD if kind == "adr" else 0)
    shade = _shade(node, kind)
    if shade is not None:
        parts.append(shaded(prefix, shade, x + 5, y + 5, 10, HEIGHT - 10))
        left = x + 23
    line = y + (17 if second else 26)
    tag = fitted(_tag(node, shade), 12, _TAG_ROOM)
    # Beside the line that needs less room: a title needs all there is.
    rooms = [right - left] * 2
    below = bool(second) and first == node.text
    if tag:
        rooms[below] -= width_of(tag, 12) + 8
        base = y + 34 if below else line
        parts.append(
            element("text", xml_text(tag), x=right, y=base, font_size=12, text_anchor="end")
        )
    parts.append(label(first, left, line, room=rooms[0], font_weight="bold"))
    if second:
        parts.append(label(second, left, y + 34, room=rooms[1], size=12))
    return element("a" + HREF if node.is_declared else "g", "".join(parts))


def _shade(node: Node, kind: str) -> Shade | None:
    if kind != "row" or node.count > 1:
        return None
    return STATUS_SHADES.get(node.status or "", UNKNOWN_STATUS)


def _tag(node: Node, shade: Shade | None) -> str:
    if node.count > 1:
        return f"× {node.count}"
    return f"{shade.glyph} {node.tag}" if shade else node.tag


def _outline(kind: str, x: float, y: float) -> str:
    """Return the edge of a box: round, square, dashed or with a folded corner."""
    if kind == "adr":
        edge = f"M{x:g},{y:g} h{WIDTH - _FOLD:g} l{_FOLD:g},{_FOLD:g} "
        edge += f"v{HEIGHT - _FOLD:g} h{-WIDTH:g} z"
        fold = f"M{x + WIDTH - _FOLD:g},{y:g} v{_FOLD:g} h{_FOLD:g}"
        return element("path", d=f"{edge} {fold}", fill="none", stroke="currentColor")
    return element(
        "rect",
        x=x,
        y=y,
        width=WIDTH,
        height=HEIGHT,
        rx=12 if kind == "exception" else 0,
        fill="none",
        stroke="currentColor",
        stroke_width=2 if kind == "exception" else 1,
        stroke_dasharray="5 3" if kind == "claim" else "",
    )
