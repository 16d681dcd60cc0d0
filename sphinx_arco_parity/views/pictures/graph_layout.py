"""Where the boxes of a graph stand: layers from left to right, few crossings.

The order of a layer follows the mean place of its neighbours, swept to and fro; then
each box goes as near to that place as the others let it.  The result depends on the
graph only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.graph_model import Graph, Key

_SWEEPS = 6

#: What stands in the middle layer for an ADR that rows cite past the exceptions.
PASSING = "passing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Heights in pixels."""

    node: float
    passing: float
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the middle of each box is, from the top, in pixels."""

    middles: Mapping[Key, float]
    height: float


def lay_out(graph: Graph, spacing: Spacing) -> Layout:
    """Place the boxes of *graph* and the points at which long edges pass."""
    layers, neighbours = _with_passing(graph)
    orders = [list(layer) for layer in layers]
    for sweep in range(_SWEEPS):
        ways = (0, 1, 2) if sweep % 2 else (2, 1, 0)
        for number in ways:
            _sort(orders, number, neighbours)
    height = max((_height(order, spacing) for order in orders), default=0.0)
    tallest = max(range(3), key=lambda number: _height(orders[number], spacing))
    middles: dict[Key, float] = {}
    for number in (tallest, *(n for n in (1, 0, 2) if n != tallest)):
        middles.update(_placed(orders[number], neighbours, middles, spacing, height))
    return Layout(middles=middles, height=height)


def _with_passing(graph: Graph) -> tuple[list[list[Key]], dict[Key, list[Key]]]:
    """Return the layers with the passing points, and who touches whom."""
    layers = [[node.key for node in layer] for layer in graph.layers]
    layer_of = {key: number for number, layer in enumerate(layers) for key in layer}
    neighbours: dict[Key, list[Key]] = defaultdict(list)
    passing: dict[Key, None] = {}
    for source, target in graph.edges:
        way = [source, target]
        if layer_of[target] - layer_of[source] == 2:
            point = (PASSING, target[0] + target[1])
            passing[point] = None
            way = [source, point, target]
        for node, other in pairwise(way):
            neighbours[node].append(other)
            neighbours[other].append(node)
    layers[1] += passing
    return layers, neighbours


def _sort(orders: list[list[Key]], number: int, neighbours: Mapping[Key, Sequence[Key]]) -> None:
    """Sort the layer *number* by the mean place of what its boxes touch."""
    places = {key: (rank + 0.5) / len(order) for order in orders for rank, key in enumerate(order)}
    here = set(orders[number])

    def mean(key: Key) -> float:
        others = [
            places[neighbour] for neighbour in neighbours.get(key, ()) if neighbour not in here
        ]
        return sum(others) / len(others) if others else places[key]

    orders[number].sort(key=mean)


def _size(key: Key, spacing: Spacing) -> float:
    return spacing.passing if key[0] == PASSING else spacing.node


def _height(order: Sequence[Key], spacing: Spacing) -> float:
    if not order:
        return 0.0
    return sum(_size(key, spacing) for key in order) + spacing.gap * (len(order) - 1)


def _placed(
    order: Sequence[Key],
    neighbours: Mapping[Key, Sequence[Key]],
    known: Mapping[Key, float],
    spacing: Spacing,
    height: float,
) -> dict[Key, float]:
    """Put each box where its known neighbours are, then apart, then inside."""
    sizes = [_size(key, spacing) for key in order]
    end = (height - _height(order, spacing)) / 2
    wanted: list[float] = []
    for key, size in zip(order, sizes, strict=True):
        others = [known[neighbour] for neighbour in neighbours.get(key, ()) if neighbour in known]
        wanted.append(sum(others) / len(others) - size / 2 if others else end)
        end += size + spacing.gap
    down = _apart(wanted, sizes, spacing.gap)
    bottoms = [-top - size for top, size in zip(wanted, sizes, strict=True)]
    turned = _apart(bottoms[::-1], sizes[::-1], spacing.gap)[::-1]
    up = [-bottom - size for bottom, size in zip(turned, sizes, strict=True)]
    # Boxes that want one place spread to both sides of it.
    tops = [(above + other) / 2 for above, other in zip(down, up, strict=True)]
    tops = _inside(tops, sizes, spacing.gap, height)
    return {key: top + size / 2 for key, top, size in zip(order, tops, sizes, strict=True)}


def _apart(wanted: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """Push each box down as far as the one before it demands."""
    tops: list[float] = []
    end = -inf
    for top, size in zip(wanted, sizes, strict=True):
        tops.append(max(top, end))
        end = tops[-1] + size + gap
    return tops


def _inside(
    wanted: Sequence[float], sizes: Sequence[float], gap: float, height: float
) -> list[float]:
    """Push the boxes down from the upper edge, then up from the lower one."""
    tops = _apart([max(0.0, top) for top in wanted], sizes, gap)
    limit = height
    for number in range(len(tops) - 1, -1, -1):
        tops[number] = min(tops[number], limit - sizes[number])
        limit = tops[number] - gap
    return tops
