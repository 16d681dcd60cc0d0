"""Draws the graph of ``parity-graph``: claims and rows, exceptions, ADRs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.model.records import Declaration
from sphinx_arco_parity.text.xml_text import xml_text
from sphinx_arco_parity.views.pictures.drawing import (
    STATUS_SHADES,
    UNKNOWN_STATUS,
    Picture,
    PictureTable,
    definitions,
    element,
    fitted,
    frame,
    label,
    name_of,
    shaded,
    title,
    width_of,
)
from sphinx_arco_parity.views.pictures.graph_model import (
    MOST_EDGES,
    PASSING,
    Graph,
    Layout,
    Spacing,
    graph_model,
    lay_out,
    summed,
)

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.graph_model import Key, Node


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
    left, right = x + 11, x + WIDTH - 9 - (_FOLD if kind == "adr" else 0)
    tag = node.tag
    if node.count > 1:
        tag = f"× {node.count}"
        parts.append(_outline("row", x + 3, y + 3))
    parts.append(_outline(kind, x, y))
    if kind == "row" and node.count == 1:
        shade = STATUS_SHADES.get(node.status or "", UNKNOWN_STATUS)
        parts.append(shaded(prefix, shade, x + 5, y + 5, 10, HEIGHT - 10))
        left, tag = x + 23, f"{shade.glyph} {tag}"
    line = y + (17 if second else 26)
    tag = fitted(tag, 12, _TAG_ROOM)
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


_BETWEEN = 36.0
_WIDTH = 3 * WIDTH + 2 * _BETWEEN + 8
_TOP = 34.0
_SPACING = Spacing(node=HEIGHT, passing=8.0, gap=10.0)


def graph_picture(
    assessment: Assessment,
    *,
    prefix: str,
    shows: Callable[[Declaration], bool] = lambda _declared: True,
    say: Callable[[str], str] = str,
) -> Picture | None:
    """Return the graph, or ``None`` if there is nothing to show.

    :param prefix: what its ids begin with; different for each directive of a page.
    :param shows: tells which declarations are in it.
    :param say: translates words.
    """
    whole = graph_model(assessment, shows)
    if not any(whole.layers):
        return None
    words = (say("What cites which exception and decision"), _described(whole, say))
    prefix = f"{name_of(prefix)}-graph"
    drawn = summed(whole, say("{count} others"))
    layout = lay_out(drawn, _SPACING)
    thickest = sorted(drawn.edges.items(), key=lambda edge: -edge[1])
    edges = dict(thickest[:MOST_EDGES])
    hidden = len(drawn.edges) - len(edges)
    height = _TOP + layout.height + (26 if hidden else 4)
    names = (say("Rows and claims"), say("Exceptions"), say("Decisions"))
    headings = [
        label(f"{name} ({len(layer)})", _left(number), 18, room=WIDTH, font_weight="bold")
        for number, (name, layer) in enumerate(zip(names, whole.layers, strict=True))
    ]
    body = [
        definitions(prefix, (*STATUS_SHADES.values(), UNKNOWN_STATUS)),
        *headings,
        element("g", "".join(_edges(drawn, edges, layout)), fill="none"),
    ]
    for number, layer in enumerate(drawn.layers):
        for node in layer:
            top = _TOP + layout.middles[node.key] - HEIGHT / 2
            body.append(box(prefix, node, _left(number), top))
    if hidden:
        note = say("{count} thinner lines are not drawn.").format(count=hidden)
        body.append(label(note, 2, height - 6, room=_WIDTH - 4, size=12))
    return Picture(
        name="graph",
        title=words[0],
        description=words[1],
        svg=frame(prefix, (_WIDTH, height), words, body, role="group"),
        links=tuple(node.key for layer in drawn.layers for node in layer if node.is_declared),
        table=graph_table(whole, say),
    )


def _described(graph: Graph, say: Callable[[str], str]) -> str:
    cited = {target for _, target in graph.edges}
    exceptions = [node for node in graph.layers[1] if node.key[0] == "exception"]
    uncited = sum(node.key not in cited for node in exceptions)
    return say(
        "{left} rows and claims cite; {uncited} of {exceptions} exceptions are cited by "
        "none of them; {adrs} decisions are cited."
    ).format(
        left=len(graph.layers[0]),
        uncited=uncited,
        exceptions=len(exceptions),
        adrs=len(graph.layers[2]),
    )


def graph_table(graph: Graph, say: Callable[[str], str] = str) -> PictureTable:
    """Return a line for each box: what it is, and what it cites."""
    labels = {node.key: node.label for layer in graph.layers for node in layer}
    cites: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for source, target in graph.edges:
        cites[source][target[0]].append(labels[target])
    headers = ("Kind", "ID", "Capability", "Cites exceptions", "Cites decisions")
    rows = tuple(
        (
            say(node.key[0]),
            node.label,
            node.text,
            ", ".join(cites[node.key]["exception"]),
            ", ".join(cites[node.key]["adr"]),
        )
        for layer in graph.layers[:2]
        for node in layer
    )
    return PictureTable(tuple(map(say, headers)), rows)


def _left(layer: int) -> float:
    return 2 + layer * (WIDTH + _BETWEEN)


def _edges(graph: Graph, edges: dict[tuple[Key, Key], int], layout: Layout) -> Iterator[str]:
    most = max(edges.values(), default=1)
    layer_of = {node.key: number for number, layer in enumerate(graph.layers) for node in layer}
    for (source, target), count in edges.items():
        width = 1.3 if most == 1 else 0.7 + 3.3 * count / most
        first, last = layer_of[source], layer_of[target]
        points = [(_left(first) + WIDTH, _TOP + layout.middles[source])]
        if last - first == 2:
            bend = _TOP + layout.middles[PASSING, target[0] + target[1]]
            points += [(_left(1), bend), (_left(1) + WIDTH, bend)]
        points.append((_left(last), _TOP + layout.middles[target]))
        yield _edge(points, width, dashed=last - first == 2)


def _edge(points: list[tuple[float, float]], width: float, *, dashed: bool) -> str:
    """Return a line of *width* through *points*.

    Between two boxes it swings, past a box it goes straight.
    """
    x, y = points[0]
    path = f"M{x:.0f},{y:.0f}"
    for number, (x2, y2) in enumerate(points[1:]):
        middle = (x + x2) / 2
        if number == 1:
            path += f" L{x2:.0f},{y2:.0f}"
        else:
            path += f" C{middle:.0f},{y:.0f} {middle:.0f},{y2:.0f} {x2:.0f},{y2:.0f}"
        x, y = x2, y2
    return element(
        "path",
        d=path,
        stroke="currentColor",
        stroke_opacity="0.55",
        stroke_width=width,
        stroke_dasharray="6 4" if dashed else "",
    )
