"""What the graph shows: what cites what, in three layers, and sums where it is large.

Claims and rows stand on the left, exceptions in the middle, ADRs on the right.  Made by
:func:`graph_model`, placed by :func:`lay_out`, drawn by :mod:`.graph`.  The order of a layer
follows the mean place of its neighbours, swept to and fro; then each box goes as near to that
place as the others let it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from operator import attrgetter

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import (
    Declaration,
    ParityClaim,
    ParityException,
    ParityRow,
)
from sphinx_arco_parity.repository.adrs import resolve_adr, status_word
from sphinx_arco_parity.review.triggers import parse_trigger
from sphinx_arco_parity.text.words import plain

#: More boxes than this in one layer are not read.
MOST_NODES = 30
#: Where boxes are sums, nearly all cite all; so few sums can be told apart.
MOST_SUMS = 12
#: Of more lines only the thickest are drawn.
MOST_EDGES = 90

#: (kind, id); of an ADR its path, of a sum the name of its group.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box: a claim, row, exception or ADR, or the sum of several."""

    key: Key
    label: str
    """Its id or number, or the group's name."""
    text: str = ""
    """Its capability or title."""
    tag: str = ""
    """A word: a row's status, an exception's type, an ADR's status."""
    status: str | None = None
    """The canonical status of a row."""
    group: str = ""
    """In which sum it goes if there are too many: a section, a page, a type."""
    derived: bool = False
    """Its id was made from its text, which says more."""
    count: int = 1

    @property
    def is_declared(self) -> bool:
        """Whether it is no sum, and its key names what it is."""
        return self.count == 1 and self.key[0] in {"claim", "row", "exception", "adr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Boxes in three layers and how often one cites the other."""

    layers: tuple[tuple[Node, ...], ...]
    edges: dict[tuple[Key, Key], int] = field(default_factory=dict)


def graph_model(assessment: Assessment, shows: Callable[[Declaration], bool]) -> Graph:
    """Return everything that cites or is cited; exceptions that nothing cites too.

    :param shows: tells which declarations are in it.
    """
    register = assessment.register
    edges = Counter(_edges(register, shows))
    tied = {key for edge in edges for key in edge}
    left = [n for n in (*_claims(register), *_rows(register)) if n.key in tied]
    shown = {exception.id for exception in register.exceptions if shows(exception)}
    middle = [n for n in _exceptions(register) if n.key[1] in shown]
    right = [n for n in _adrs(register) if n.key in tied]
    return Graph(layers=(tuple(left), tuple(middle), tuple(right)), edges=dict(edges))


def summed(graph: Graph, others: str) -> Graph:
    """Return *graph* with no more boxes in a layer than can be read.

    :param others: the label of what is left, with ``{count}``.
    """
    weight = Counter[Key]()
    for (source, target), count in graph.edges.items():
        weight[source] += count
        weight[target] += count
    into: dict[Key, Node] = {}
    layers = []
    for layer in graph.layers:
        small = _summed_layer(layer, weight, others)
        into.update(small)
        boxes = dict.fromkeys(small[node.key] for node in layer)
        layers.append(tuple(sorted(boxes, key=lambda box: box.key[0] == "others")))
    edges = Counter[tuple[Key, Key]]()
    for (source, target), count in graph.edges.items():
        edges[into[source].key, into[target].key] += count
    return Graph(layers=tuple(layers), edges=dict(edges))


def _summed_layer(layer: tuple[Node, ...], weight: Counter[Key], others: str) -> dict[Key, Node]:
    """Return the box that stands for each node of *layer*."""
    if len(layer) <= MOST_NODES:
        return {node.key: node for node in layer}
    groups = defaultdict[Key, list[Node]](list)
    for node in layer:
        groups[node.key[0], node.group or node.key[1]].append(node)
    ranked = sorted(groups, key=lambda name: -sum(weight[n.key] + 1 for n in groups[name]))
    into: dict[Key, Node] = {}
    for kind, name in ranked if len(ranked) <= MOST_SUMS else ranked[: MOST_SUMS - 1]:
        nodes = groups[kind, name]
        box = Node(key=(f"{kind} group", name), label=name, count=len(nodes))
        into.update((node.key, box if len(nodes) > 1 else node) for node in nodes)
    rest = [node for node in layer if node.key not in into]
    if rest:
        label = others.format(count=len(rest))
        box = Node(key=("others", rest[0].key[0]), label=label, count=len(rest))
        into.update(dict.fromkeys((node.key for node in rest), box))
    return into


def _edges(register: Register, shows: Callable[[Declaration], bool]) -> Iterable[tuple[Key, Key]]:
    exceptions = {
        name: exception for name, exception in register.exceptions_by_id.items() if shows(exception)
    }
    paths = {adr.key for adr in register.adrs}

    def cites(
        kind: str, declared: ParityRow | ParityClaim | ParityException, names: Iterable[str] = ()
    ) -> Iterator[tuple[Key, Key]]:
        found = (resolve_adr(cited.target, register.adrs) for cited in declared.adrs)
        adrs = [adr.key for adr in found if adr is not None]
        adrs += [piece.path for piece in getattr(declared, "evidence", ()) if piece.path in paths]
        for name in filter(exceptions.__contains__, names):
            yield (kind, declared.id), ("exception", name)
        for path in dict.fromkeys(adrs):
            yield (kind, declared.id), ("adr", path)

    for row in filter(shows, register.rows_by_id.values()):
        yield from cites("row", row, register.cited_by_row(row))
    for claim in filter(shows, register.claims_by_id.values()):
        yield from cites("claim", claim, register.cited_by_claim(claim))
    for _, exception in sorted(exceptions.items()):
        yield from cites("exception", exception)


def _rows(register: Register) -> Iterable[Node]:
    for row in register.rows_by_id.values():
        status = register.status(row)
        yield Node(
            key=("row", row.id),
            label=row.id,
            text=plain(row.capability),
            tag=status or plain(row.status),
            status=status,
            group=plain(row.section) or row.docname,
            derived=row.derived_id,
        )


def _claims(register: Register) -> Iterable[Node]:
    for claim in register.claims_by_id.values():
        yield Node(
            key=("claim", claim.id),
            label=claim.id,
            text=plain(claim.text),
            tag="claim",
            group=claim.docname,
            derived=claim.derived_id,
        )


def _exceptions(register: Register) -> Iterable[Node]:
    settings = register.settings
    for exception in register.exceptions_by_id.values():
        kind = settings.exception_type(exception.type) or plain(exception.type)
        due = parse_trigger(exception.revisit, settings.milestones)
        yield Node(
            key=("exception", exception.id),
            label=exception.id,
            text=plain(exception.capability),
            tag=kind,
            group=", ".join(filter(None, (kind, due.waits_for))),
        )


def _adrs(register: Register) -> Iterable[Node]:
    for adr in sorted(register.adrs, key=attrgetter("path")):
        yield Node(
            key=("adr", adr.key),
            label=f"ADR-{adr.number}",
            text=plain(adr.title),
            tag=status_word(adr.status),
        )


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
