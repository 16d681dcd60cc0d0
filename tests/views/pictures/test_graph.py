"""What the graph shows, and where it puts it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.views.pictures.graph import graph_picture
from sphinx_arco_parity.views.pictures.graph_model import (
    MOST_NODES,
    MOST_SUMS,
    PASSING,
    Graph,
    Node,
    Spacing,
    graph_model,
    lay_out,
    summed,
)

SPACING = Spacing(node=40, passing=8, gap=10)


def everything(_declared):
    return True


def labels(graph):
    return [[node.label for node in layer] for layer in graph.layers]


def test_layers_and_edges(small):
    graph = graph_model(small, everything)
    claim = small.register.claims[0].id
    assert labels(graph) == [
        [claim, "tick", "sensor", "ui"],
        ["EX-01", "EX-02", "EX-03"],
        ["ADR-001", "ADR-002"],
    ]
    assert set(graph.edges) == {
        (("row", "tick"), ("adr", "adr/002.md")),
        (("row", "sensor"), ("exception", "EX-02")),
        (("row", "ui"), ("exception", "EX-01")),
        (("claim", claim), ("exception", "EX-02")),
        (("exception", "EX-02"), ("adr", "adr/001.md")),
    }


def test_what_is_not_chosen_is_not_cited(small):
    graph = graph_model(small, lambda one: one.id != "EX-02")
    assert [node.label for node in graph.layers[1]] == ["EX-01", "EX-03"]
    assert labels(graph)[0] == ["tick", "ui"]


def test_description_and_table(small):
    picture = graph_picture(small, prefix="p")
    assert picture.description == (
        "4 rows and claims cite; 1 of 3 exceptions are cited by none of them; 2 decisions are cited."
    )
    assert picture.table.headers == (
        "Kind",
        "ID",
        "Capability",
        "Cites exceptions",
        "Cites decisions",
    )
    assert ("row", "tick", "Thing 11", "", "ADR-002") in picture.table.rows
    assert ("exception", "EX-03", "Capability 3", "", "") in picture.table.rows
    assert len(picture.table.rows) == 7


def test_few_boxes_stay_themselves(small):
    graph = graph_model(small, everything)
    assert summed(graph, "{count} others") == graph


def test_many_boxes_become_sums(large):
    whole = graph_model(large(1000), everything)
    small = summed(whole, "{count} others")
    assert all(len(layer) <= MOST_SUMS for layer in small.layers)
    for before, after in zip(whole.layers, small.layers, strict=True):
        assert sum(node.count for node in after) == len(before)
    assert sum(small.edges.values()) == sum(whole.edges.values())
    assert "others" in small.layers[0][-1].label
    picture = graph_picture(large(1000), prefix="p")
    assert len(picture.table.rows) == len(whole.layers[0]) + len(whole.layers[1])


def test_hidden_lines_are_admitted(large):
    picture = graph_picture(large(1000), prefix="p")
    whole = summed(graph_model(large(1000), everything), "{count} others")
    drawn = picture.svg.count("stroke-opacity")
    hidden = len(whole.edges) - drawn
    assert (f"{hidden} thinner lines are not drawn." in picture.svg) == (hidden > 0)


@st.composite
def graphs(draw):
    sizes = [draw(st.integers(0, 9)) for _ in range(3)]
    layers = tuple(
        tuple(Node(key=(f"k{number}", str(n)), label=str(n)) for n in range(size))
        for number, size in enumerate(sizes)
    )
    edges = {}
    for first, last in ((0, 1), (1, 2), (0, 2)):
        for source in layers[first]:
            for target in layers[last]:
                if draw(st.integers(0, 3)) == 0:
                    edges[source.key, target.key] = 1
    return Graph(layers=layers, edges=edges)


@given(graphs())
def test_boxes_never_meet_and_stay_inside(graph):
    layout = lay_out(graph, SPACING)
    for number, layer in enumerate(graph.layers):
        spans = [(layout.middles[node.key], 40) for node in layer]
        if number == 1:
            spans += [(middle, 8) for key, middle in layout.middles.items() if key[0] == PASSING]
        spans.sort()
        for (upper, high), (lower, low) in itertools.pairwise(spans):
            assert lower - upper >= (high + low) / 2 + SPACING.gap - 1e-6
        for middle, size in spans:
            assert middle - size / 2 >= -1e-6
            assert middle + size / 2 <= layout.height + 1e-6
    assert layout == lay_out(graph, SPACING)


def test_order_follows_the_citations():
    """Two crossing citations are laid out without a crossing."""
    left = tuple(Node(key=("row", name), label=name) for name in "ab")
    middle = tuple(Node(key=("exception", name), label=name) for name in "xy")
    edges = {
        (("row", "a"), ("exception", "y")): 1,
        (("row", "b"), ("exception", "x")): 1,
    }
    at = lay_out(Graph(layers=(left, middle, ()), edges=edges), SPACING).middles
    assert (at["row", "a"] < at["row", "b"]) == (at["exception", "y"] < at["exception", "x"])


def test_the_limit_of_boxes_is_sharp():
    def of(number):
        nodes = tuple(Node(key=("row", str(n)), label=str(n), group="g") for n in range(number))
        return summed(Graph(layers=(nodes, (), ()), edges={}), "{count} others")

    assert len(of(MOST_NODES).layers[0]) == MOST_NODES
    assert [node.count for node in of(MOST_NODES + 1).layers[0]] == [MOST_NODES + 1]
