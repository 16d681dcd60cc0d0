"""Cells that are out of the way while a page is read are back before anybody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes

from sphinx_arco_parity.extension.parking import park

if TYPE_CHECKING:
    from collections.abc import Callable

MATRIX = """# Matrix

| Capability | Status | Notes |
|---|---|---|
| **Ticks** | Partial | `a` and *b* and plain<br>words |
| Tocks | Partial | "quoted" -- it's [a link](other.md) and {exception}`EX-01` |
"""
SEES = """
from docutils import nodes

def _see(app, doctree):
    if app.env.docname == "matrix":
        print("SEEN", [entry.astext() for entry in doctree.findall(nodes.entry)])

def setup(app):
    app.connect("doctree-read", _see)
"""


@pytest.fixture
def made(project: Callable[..., Any], register: str, tables: dict[str, Any]) -> Any:
    """Make a project with a plain table; *more* is appended to ``conf.py``."""

    def make(more: str = "", **options: Any) -> Any:
        files = {"register.md": register, "matrix.md": MATRIX, "other.md": "# O\n"}
        return project(files, {**tables, **options}, more)

    return make


def test_other_extensions_see_the_whole_table(made: Any) -> None:
    built = made(SEES).build("html")
    (seen,) = [line for line in built.stdout.splitlines() if line.startswith("SEEN")]
    for words in ("Ticks", "Partial", "a and b and plain", "Tocks"):
        assert words in seen


@pytest.mark.parametrize("builder", ["html", "text", "latex", "gettext"])
def test_every_builder_has_the_same_with_and_without(made: Any, builder: str) -> None:
    """An unknown transform keeps the cells where they are."""
    unknown = (
        "from sphinx.transforms import SphinxTransform\n"
        "class Nothing(SphinxTransform):\n"
        "    default_priority = 500\n"
        "    def apply(self, **kwargs): pass\n"
        "def setup(app): app.add_transform(Nothing)\n"
    )
    project = made(smartquotes=True)
    project.build(builder)
    parked = _texts(project, builder)
    project.configure(
        {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix*"]}}
        | {"smartquotes": True},
        unknown,
    )
    project.build(builder, "-E", "-a")
    assert parked
    assert _texts(project, builder) == parked


def test_quotes_are_still_typographic(made: Any) -> None:
    html = made(smartquotes=True).build("html").html("matrix.html")
    assert "“quoted” – it’s" in html
    assert 'href="other.html"' in html


def _texts(project: Any, builder: str) -> dict[str, str]:
    names = ("matrix.html", "matrix.txt", "flow.tex", "matrix.pot")
    folder = project.root / "out" / builder
    return {
        name: "\n".join(
            line
            for line in (folder / name).read_text(encoding="utf-8").splitlines()
            if "POT-Creation-Date" not in line
        )
        for name in names
        if (folder / name).exists()
    }


def test_only_plain_cells_are_taken_out() -> None:
    plain = nodes.entry("", nodes.paragraph("", "", nodes.strong("", "Ticks")))
    code = nodes.entry("", nodes.paragraph("", "", nodes.literal("", "it's")))
    quoted = nodes.entry("", nodes.paragraph("", "it's"))
    linked = nodes.entry("", nodes.paragraph("", "", nodes.reference("", "a")))
    cells = [plain, code, quoted, linked]
    table = nodes.table("", nodes.tgroup("", nodes.tbody("", nodes.row("", *cells))))
    parked: list[tuple[nodes.Element, list[nodes.Node]]] = []
    park(table, parked)
    assert [cell for cell, _ in parked] == [plain, code]
    assert [bool(cell.children) for cell in cells] == [False, False, True, True]
