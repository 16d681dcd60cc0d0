"""Line breaks in the cells of an author's Markdown table, for every builder.

``<br>`` is raw HTML: strict XHTML refuses it unclosed, and every other builder drops it
and runs the lines together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.builders import Builder

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_JOINTS = re.compile(r"(?<=[/_.:\-{},])(?=[A-Za-z0-9])|(?<=[a-z])(?=[A-Z])")


def keep_breaks(table: nodes.table, builder: Builder) -> None:
    """Put what *builder* can write in the place of each break of *table*."""
    for raw in list(table.findall(nodes.raw)):
        if _BREAK.fullmatch(raw.astext().strip()):
            raw.parent.replace(raw, line_break(builder.format))


def break_code(table: nodes.table) -> None:
    """Let LaTeX break the code in *table* where a path or a name has joints.

    Its cells are narrow, and code that cannot be broken runs into the next one.
    """
    for literal in list(table.findall(nodes.literal)):
        pieces = _JOINTS.split(literal.astext())
        broken: list[nodes.Node] = []
        for piece in filter(None, pieces):
            if broken:
                broken.append(nodes.raw("", r"\allowbreak{}", format="latex"))
            broken.append(nodes.literal(piece, piece))
        if len(broken) > 1:
            literal.parent.replace(literal, broken)


def line_break(output: str) -> nodes.Node:
    """Return a break as *output*, the format of a builder, writes it."""
    if output == "html":
        return nodes.raw("", "<br />", format="html")
    if output == "latex":
        return nodes.raw("", r"\newline ", format="latex")
    return nodes.Text("; ")
