"""One walk finds what searches for each kind of node find."""

from __future__ import annotations

import gc

from docutils import nodes
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes

from sphinx_arco_parity.extension.nodes import claim, item
from sphinx_arco_parity.extension.reading.cell_text import cited, roles_within, unloaded
from sphinx_arco_parity.extension.reading.node_index import index_nodes
from sphinx_arco_parity.extension.speed import gc_tuning

_TEXTS = st.sampled_from(
    ["plain", "see :exception:", "{exception}`EX-01`", "two\nlines ", "", "x:"]
)
_SOURCES = st.sampled_from(["", "plain", ".. x::", ":external+far:exception:`EX-09`", "~~~"])


def _xref(target: str) -> nodes.Element:
    return addnodes.pending_xref("", refdomain="parity", reftype="exception", reftarget=target)


def _claim(source: str) -> nodes.Element:
    return claim(source, "", exceptions="EX-01")


_PARENTS = st.one_of(
    _SOURCES.map(nodes.paragraph),
    _SOURCES.map(nodes.emphasis),
    _SOURCES.map(_claim),
    st.sampled_from(["EX-01", "EX-02", "far:EX-09"]).map(_xref),
    st.builds(nodes.table),
    st.builds(nodes.row),
    st.builds(nodes.entry),
    st.builds(nodes.system_message),
    st.builds(addnodes.desc),
    st.builds(nodes.section),
    st.builds(item, kind=st.just("row")),
)
_LEAVES = st.one_of(
    _TEXTS.map(nodes.Text),
    st.tuples(_SOURCES, _TEXTS).map(lambda two: nodes.literal(*two)),
    _TEXTS.map(lambda text: nodes.comment("", text)),
)


def _grown(children: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    def grow(parent: nodes.Element, below: list[nodes.Node]) -> nodes.Element:
        new = parent.deepcopy()
        new.extend(one.deepcopy() for one in below)
        return new

    return st.builds(grow, _PARENTS, st.lists(children, max_size=4))


_TREES = st.lists(st.recursive(_LEAVES, _grown, max_leaves=25), max_size=4)


@given(trees=_TREES)
def test_it_finds_what_searches_find(trees):
    page = new_document("page")
    page.extend(tree.deepcopy() for tree in trees)
    found = index_nodes(page)

    def nested(node):
        while (node := node.parent) is not None:
            if isinstance(node, nodes.table):
                return True
        return False

    assert found.tables == [t for t in page.findall(nodes.table) if not nested(t)]
    assert found.citing == list(page.findall(lambda n: cited(n) is not None))
    assert found.items == list(page.findall(item))
    assert found.claims == list(page.findall(claim))
    assert found.messages == list(
        page.findall(lambda n: isinstance(n, (nodes.system_message, addnodes.desc)))
    )
    for row in page.findall(nodes.row):
        inside = [cited(one) for one in row.findall(lambda n: cited(n) is not None)]
        named = {target for _, target in inside}
        more = unloaded(row.findall(nodes.TextElement))
        assert [role for _xref, *role in roles_within(row)] == [
            *map(list, inside),
            *(list(one) for one in more if one[1] not in named),
        ]


@given(trees=_TREES)
def test_every_possible_lookalike_is_among_the_suspects(trees):
    page = new_document("page")
    page.extend(tree.deepcopy() for tree in trees)
    suspects = {id(one) for one in index_nodes(page).suspects}
    for node in page.findall():
        if isinstance(node, nodes.Text):
            wanted = "}`" in node
        elif isinstance(node, nodes.paragraph):
            wanted = node.rawsource[:1] in {".", "`", "~", ":"}
        elif isinstance(node, nodes.literal):
            at = next(i for i, one in enumerate(node.parent.children) if one is node)
            before = node.parent.children[at - 1] if at else None
            wanted = isinstance(before, nodes.Text) and before.endswith(":")
        else:
            wanted = isinstance(node, (nodes.comment, nodes.literal_block))
        if wanted:
            assert id(node) in suspects, node


class _App:
    """What a build hangs on."""


def test_the_search_for_cycles_is_as_before_once_the_app_of_a_cut_off_build_is_gone():
    tuning, before = gc_tuning._Tuning(), gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        app = _App()
        tuning.begin(app)
        assert gc.get_threshold() == (20_000, 10, 10)
        del app
        gc.collect()
        assert gc.get_threshold() == (700, 10, 10)
    finally:
        gc.set_threshold(*before)


def test_the_search_for_cycles_is_as_before_after_a_build():
    tuning, before = gc_tuning._Tuning(), gc.get_threshold()
    app = _App()
    try:
        gc.set_threshold(700, 10, 10)
        tuning.begin(app)
        assert gc.get_threshold() == (20_000, 10, 10)
        tuning.release()
        assert gc.get_threshold() == (700, 10, 10)
    finally:
        gc.set_threshold(*before)


def test_whoever_has_switched_the_search_off_keeps_it_off():
    tuning, before = gc_tuning._Tuning(), gc.get_threshold()
    app = _App()
    try:
        gc.set_threshold(0)
        tuning.begin(app)
        assert gc.get_threshold()[0] == 0
        tuning.release()
        assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)
