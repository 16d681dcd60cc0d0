"""Draws the graph of ``parity-graph``: claims and rows, exceptions, ADRs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.model.records import Declaration
from sphinx_arco_parity.views.pictures import boxes
from sphinx_arco_parity.views.pictures.drawing import element, frame, label, name_of
from sphinx_arco_parity.views.pictures.graph_layout import PASSING, Layout, Spacing, lay_out
from sphinx_arco_parity.views.pictures.graph_model import MOST_EDGES, Graph, graph_model, summed
from sphinx_arco_parity.views.pictures.picture import Picture, PictureTable
from sphinx_arco_parity.views.pictures.shades import STATUS_SHADES, UNKNOWN_STATUS, definitions

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.graph_model import Key

_BETWEEN = 36.0
_WIDTH = 3 * boxes.WIDTH + 2 * _BETWEEN + 8
_TOP = 34.0
_SPACING = Spacing(node=boxes.HEIGHT, passing=8.0, gap=10.0)


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
    edges = _thickest(drawn)
    hidden = len(drawn.edges) - len(edges)
    height = _TOP + layout.height + (26 if hidden else 4)
    body = [
        definitions(prefix, (*STATUS_SHADES.values(), UNKNOWN_STATUS)),
        *_headings(whole, say),
        element("g", "".join(_edges(drawn, edges, layout)), fill="none"),
        *_nodes(prefix, drawn, layout),
    ]
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
    return 2 + layer * (boxes.WIDTH + _BETWEEN)


def _headings(graph: Graph, say: Callable[[str], str]) -> Iterator[str]:
    names = (say("Rows and claims"), say("Exceptions"), say("Decisions"))
    for number, (name, layer) in enumerate(zip(names, graph.layers, strict=True)):
        text = f"{name} ({len(layer)})"
        yield label(text, _left(number), 18, room=boxes.WIDTH, font_weight="bold")


def _nodes(prefix: str, graph: Graph, layout: Layout) -> Iterator[str]:
    for number, layer in enumerate(graph.layers):
        for node in layer:
            top = _TOP + layout.middles[node.key] - boxes.HEIGHT / 2
            yield boxes.box(prefix, node, _left(number), top)


def _thickest(graph: Graph) -> list[tuple[Key, Key, int]]:
    """Return the lines that are drawn: source, target, how many citations."""
    edges = [(source, target, count) for (source, target), count in graph.edges.items()]
    return sorted(edges, key=lambda edge: -edge[2])[:MOST_EDGES]


def _edges(graph: Graph, edges: Sequence[tuple[Key, Key, int]], layout: Layout) -> Iterator[str]:
    most = max((count for _, _, count in edges), default=1)
    layer_of = {node.key: number for number, layer in enumerate(graph.layers) for node in layer}
    for source, target, count in edges:
        width = 1.3 if most == 1 else 0.7 + 3.3 * count / most
        first, last = layer_of[source], layer_of[target]
        points = [(_left(first) + boxes.WIDTH, _TOP + layout.middles[source])]
        if last - first == 2:
            bend = _TOP + layout.middles[PASSING, target[0] + target[1]]
            points += [(_left(1), bend), (_left(1) + boxes.WIDTH, bend)]
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
