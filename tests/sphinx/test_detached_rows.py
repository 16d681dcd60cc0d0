"""Cells that are out of the way while a page is read are back before anybody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes

from sphinx_arco_parity.extension.speed.detached_rows import detach

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


def test_plain_rows_and_the_content_of_other_plain_cells_are_taken_out() -> None:
    plain = nodes.entry("", nodes.paragraph("", "", nodes.strong("", "Ticks")))
    code = nodes.entry("", nodes.paragraph("", "", nodes.literal("", "it's")))
    quoted = nodes.entry("", nodes.paragraph("", "it's"))
    linked = nodes.entry("", nodes.paragraph("", "", nodes.reference("", "a")))
    cells = [plain, code, quoted, linked]
    mixed = nodes.row("", *cells)
    whole = nodes.row("", nodes.entry("", nodes.paragraph("", "Tocks")), ids=["r"])
    body = nodes.tbody("", whole, mixed)
    table = nodes.table("", nodes.tgroup("", body))
    parked: list[tuple[nodes.Element, list[nodes.Node]]] = []
    detach(table, parked)
    assert body.children == [mixed]
    assert [bool(cell.children) for cell in cells] == [False, False, True, True]
    assert [element for element, _ in parked] == [plain, code, body]
    assert parked[-1][1] == [whole, mixed]


def test_a_cell_with_a_name_of_its_own_stays() -> None:
    cell = nodes.entry("", nodes.paragraph("", "words"), ids=["here"])
    body = nodes.tbody("", nodes.row("", cell))
    detach(nodes.table("", nodes.tgroup("", body)), [])
    assert len(body.children) == 1
    assert cell.children


POST = """
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

class Looks(SphinxPostTransform):
    default_priority = 500
    def run(self, **kwargs):
        if self.env.docname == "matrix":
            print("SEEN", [one.astext() for one in self.document.findall(nodes.entry)])
"""
UNKNOWN = POST + "def setup(app): app.add_post_transform(Looks)\n"
#: As if Sphinx had it: one that is known sees the rows that something may be done to.
KNOWN = POST + (
    "Looks.__module__ = 'sphinx.looks'\ndef setup(app): app.add_post_transform(Looks)\n"
)
RESOLVED = (
    SEES.replace("doctree-read", "doctree-resolved")
    .replace("app, doctree", "app, doctree, name")
    .replace("app.env.docname", "name")
)


def _seen(built: Any) -> str:
    (seen,) = [line for line in built.stdout.splitlines() if line.startswith("SEEN")]
    return str(seen)


def test_known_post_transforms_see_what_they_may_change(made: Any) -> None:
    project = made(KNOWN)
    project.write(
        {"docs/matrix.md": f"{MATRIX}\n| Word | Meaning |\n|---|---|\n| tack | a turn |\n"}
    )
    seen = _seen(project.build("html"))
    assert "Ticks" not in seen
    assert "a turn" in seen  # in a table that is not ours


@pytest.mark.parametrize("more", [UNKNOWN, RESOLVED])
def test_others_see_the_whole_table_while_it_is_written(made: Any, more: str) -> None:
    project, built = _written(made(more))
    for words in ("Ticks", "Partial", "a and b and plain", "Tocks"):
        assert words in _seen(built)
    assert "Ticks" in _texts(project, "html")["matrix.html"]


def test_the_page_is_the_same_with_and_without_post_transforms_of_others(
    made: Any,
) -> None:
    project, _built = _written(made(UNKNOWN))
    other = _texts(project, "html")
    project.configure({"parity_tables": {"exceptions": ["register"], "matrix": ["matrix*"]}})
    project.build("html", "-E", "-a")
    assert _texts(project, "html") == other


def test_links_that_an_extension_looks_at_are_left_for_it(made: Any) -> None:
    """``sphinx.ext.extlinks`` says of a finished link that it has a short form."""
    files = {"matrix.md": MATRIX + "| Tacks | Planned | <https://e.x/issues/1> |\n"}
    project = made(
        "extlinks = {'issue': ('https://e.x/issues/%s', '#%s')}\n"
        "extlinks_detect_hardcoded_links = True\n",
        extensions=["myst_parser", "sphinx_arco_parity", "sphinx.ext.extlinks"],
    )
    project.write({f"docs/{name}": text for name, text in files.items()})
    assert "hardcoded link 'https://e.x/issues/1'" in project.build("html").stderr


def _written(project: Any) -> Any:
    return project, project.build("html")
