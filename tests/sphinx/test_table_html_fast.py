"""What is written quickly is what Sphinx would have written, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils.writers.html5_polyglot import Writer
from hypothesis import given
from hypothesis import strategies as st
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace
from sphinx.writers.html5 import HTML5Translator

from sphinx_arco_parity.extension.speed.table_html_fast import is_known, parity_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sphinx]:
    """Give an HTML build of an empty project."""
    root: Path = tmp_path_factory.mktemp("quick")
    (root / "conf.py").write_text("extensions = ['sphinx_arco_parity']\n")
    (root / "index.rst").write_text("Index\n=====\n")
    out, trees = root / "out", root / "trees"
    # What is registered with docutils would stay for the tests that follow.
    with docutils_namespace():
        made = Sphinx(root, root, out, trees, "html", status=None, warning=None)
        yield made


def _translator(
    app: Sphinx, document: nodes.document, kind: type[HTML5Translator] | None = None
) -> Any:
    if kind is not None:
        return kind(document, app.builder)
    return app.registry.create_translator(app.builder, document, app.builder)


def _settings(app: Sphinx) -> Any:
    """Return what Sphinx sets for a page, with addresses of people hidden."""
    settings = get_default_settings(Writer)
    for name, value in app.env.settings.items():
        setattr(settings, name, value)
    settings.env = app.env
    settings.cloak_email_addresses = True
    return settings


def _table(body: nodes.tbody, stubs: list[bool]) -> nodes.table:
    group = nodes.tgroup("", cols=len(stubs))
    for stub in stubs:
        group += nodes.colspec("", colwidth=10, **({"stub": 1} if stub else {}))
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", "H")) for _ in stubs))
    group += [nodes.thead("", head), body]
    return nodes.table("", group)


def _written(
    app: Sphinx,
    body: type[nodes.tbody],
    rows: list[nodes.Node],
    stubs: list[bool],
    kind: type[HTML5Translator] | None = None,
) -> str:
    document = new_document("page", _settings(app))
    document += _table(body("", *(row.deepcopy() for row in rows)), stubs)
    document += nodes.paragraph("", "after @ the table")
    translator = _translator(app, document, kind)
    document.walkabout(translator)
    assert not translator.context
    return "".join(translator.body)


WORDS = st.sampled_from(
    ["words", "a  b", " ", "<br> & \"q\" 'q'", "a@b.example", "é–\u00a0x", "\tx\n", ""]
)
CLASSES = st.lists(
    st.sampled_from(["parity-mark", "kbd", "small", "code", "language-de", "ln", "a&b"]),
    max_size=2,
)
IDS = st.sampled_from([[], [], [], ["one"], ["one", "two"]])
PLACES = st.sampled_from(
    [
        {"refuri": "https://e.example/?a=1&b=2"},
        {"refuri": "page.html#x", "internal": True, "reftitle": 'A "page" & more'},
        {"refuri": "mailto:a@b.example"},
        {"refuri": ""},
        {"refid": "here", "internal": True},
    ]
)


def _element(kind: Any, inner: list[nodes.Node], **attributes: Any) -> Any:
    return kind("", "", *(one.deepcopy() for one in inner), **attributes)


def _inline(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    inners = st.lists(inner, max_size=3)
    bare = st.sampled_from([nodes.strong, nodes.emphasis, nodes.inline, nodes.literal])
    return st.one_of(
        st.builds(_element, bare, inners),
        st.builds(_element, bare, inners, classes=CLASSES, ids=IDS),
        st.builds(
            lambda inner, place: _element(nodes.reference, inner, **place),
            inners,
            PLACES,
        ),
        st.builds(_element, st.just(nodes.abbreviation), inners, explanation=WORDS),
        st.builds(_element, st.just(nodes.abbreviation), inners),
        st.builds(_element, st.just(nodes.superscript), inners),
    )


LEAVES = st.one_of(
    st.builds(nodes.Text, WORDS),
    st.builds(lambda t: nodes.literal(t, t), WORDS),
    st.builds(
        lambda t: nodes.literal(t, t, classes=["code"], language="python"), WORDS
    ),
    st.builds(lambda t, f: nodes.raw("", f"<i>{t}</i>", format=f), WORDS,
              st.sampled_from(["html", "latex"])),
    st.just(nodes.target("", "", ids=["there"])),
)  # fmt: skip
PARAGRAPHS = st.builds(
    _element,
    st.just(nodes.paragraph),
    st.lists(st.recursive(LEAVES, _inline, max_leaves=6), max_size=4),
    classes=st.one_of(st.just([]), CLASSES),
    ids=IDS,
)
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    st.builds(lambda p: nodes.bullet_list("", nodes.list_item("", p)), PARAGRAPHS),
    st.builds(lambda t: nodes.literal_block(t, t), WORDS),
)
CELLS = st.builds(
    lambda blocks, **more: nodes.entry("", *(b.deepcopy() for b in blocks), **more),
    st.lists(BLOCKS, max_size=2),
    classes=st.one_of(st.just([]), CLASSES),
    ids=IDS,
)
ROWS = st.builds(
    lambda cells, **more: nodes.row("", *(c.deepcopy() for c in cells), **more),
    st.lists(CELLS, min_size=3, max_size=3),
    classes=CLASSES,
    ids=IDS,
)
STUBS = st.sampled_from([[False] * 3] * 3 + [[True, False, False]])


@given(rows=st.lists(ROWS, max_size=4), stubs=STUBS)
def test_the_bytes_are_those_of_sphinx(
    app: Sphinx, rows: list[nodes.Node], stubs: list[bool]
) -> None:
    expected = _written(app, nodes.tbody, rows, stubs)
    assert _written(app, parity_rows, rows, stubs) == expected


def test_cells_that_span(app: Sphinx) -> None:
    wide = nodes.entry("", nodes.paragraph("", "wide"), morecols=1)
    high = nodes.entry("", nodes.paragraph("", "high"), morerows=1)
    rows: list[nodes.Node] = [nodes.row("", wide, high), nodes.row("", wide.deepcopy())]
    expected = _written(app, nodes.tbody, rows, [False] * 3)
    assert 'colspan="2"' in expected
    assert _written(app, parity_rows, rows, [False] * 3) == expected


@pytest.mark.parametrize(
    "inline",
    [
        nodes.literal("", "Ctrl C", classes=["kbd"]),
        nodes.literal("", "a  b\tc"),
        nodes.literal("", "", nodes.emphasis("", "a b")),
        nodes.literal("", "", nodes.inline("", "a b", classes=["ln"])),
        nodes.reference("", "a@b.example", refuri="mailto:a@b.example"),
        nodes.inline("", "small", classes=["small"]),
    ],
)
def test_nodes_that_are_written_in_ways_of_their_own(app: Sphinx, inline: nodes.Element) -> None:
    inlines = [inline.deepcopy(), inline.deepcopy(), nodes.Text("a  b@c")]
    rows: list[nodes.Node] = [nodes.row("", nodes.entry("", nodes.paragraph("", "", *inlines)))]
    expected = _written(app, nodes.tbody, rows, [False])
    assert _written(app, parity_rows, rows, [False]) == expected


class _Theme(HTML5Translator):
    """As a theme has one: its paragraphs say where they are."""

    def visit_paragraph(self, node: nodes.Element) -> None:
        self.body.append(f"<p data-in={node.parent.tagname}>")


class _Quiet(HTML5Translator):
    """As a theme has one that changes tables alone."""

    def visit_table(self, node: nodes.table) -> None:
        node["classes"].append("themed")
        super().visit_table(node)


PLAIN_ROW = nodes.row("", nodes.entry("", nodes.paragraph("", "words")))


@pytest.mark.parametrize("kind", [_Theme, _Quiet])
def test_a_theme_with_its_own_methods_is_asked(app: Sphinx, kind: type[HTML5Translator]) -> None:
    expected = _written(app, nodes.tbody, [PLAIN_ROW], [False], kind)
    assert _written(app, parity_rows, [PLAIN_ROW], [False], kind) == expected


def test_which_translators_are_known(app: Sphinx) -> None:
    document = new_document("page", _settings(app))
    assert is_known(_translator(app, document))
    assert is_known(_translator(app, document, _Quiet))
    assert not is_known(_translator(app, document, _Theme))
    handled = _translator(app, document)
    handled.visit_literal = lambda _node: None  # as an extension's handler is put in
    assert not is_known(handled)


def test_a_plain_page_asks_the_translator_once(
    app: Sphinx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the quick way would not be taken, and nobody would notice."""
    asked: list[nodes.Node] = []
    ordinary = nodes.Node.walkabout

    def walkabout(node: nodes.Node, visitor: Any) -> bool:
        asked.append(node)
        return bool(ordinary(node, visitor))

    monkeypatch.setattr(nodes.Node, "walkabout", walkabout)
    _written(app, parity_rows, [PLAIN_ROW] * 5, [False])
    assert not [one for one in asked if one.astext() == "words" and one is not asked[0]]
