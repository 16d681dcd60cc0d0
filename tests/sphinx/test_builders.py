"""Every builder writes every directive and role, without a warning; links lead somewhere."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser

import pytest

_MARKDOWN = """# All

```{parity-exception} MD-1
:capability: A capability
:decision: A decision
:type: Deferral
:revisit: on demand
:adrs: 1
:evidence: src/a.py

The rationale with **bold** and a list:

- one
```

```{parity-row} md-row
:capability: A row
:status: Partial
:exceptions: MD-1
:code: `src/a.py:1` (`f`)

Notes.
```

```{parity-claim} md-claim
:exceptions: MD-1
:rows: md-row

It matches.
```

```{parity-exceptions} A caption
| ID | Capability | Decision | Type |
|---|---|---|---|
| MD-2 | Two | D | Deferral |
```

```{parity-matrix} A caption
:section: Sect

| Capability | Status | Code | Exceptions |
|---|---|---|---|
| In table | 🟡 Partial | `src/a.py:1` (`f`) | MD-2 |
```

```{parity-exceptions} From a file
:file: data.csv
```

{exception}`MD-1`, {exception}`two <MD-2>`, {adr}`1`, {adr}`text <0001>`,
{parity-row}`md-row`, {parity-claim}`Inline <MD-1>`, {parity:exception}`MD-1`,
{parity:adr}`1`, {parity:row}`md-row`, {parity:claim}`x <MD-1>`.
"""
_REST = """All in reStructuredText
=======================

.. parity-exception:: RS-1
   :capability: A capability
   :decision: A decision
   :type: Deferral

   The rationale.

.. parity:row:: rs-row
   :capability: A row
   :status: Partial
   :exceptions: RS-1
   :code: ``src/a.py:1`` (``f``)

   Notes.

.. parity:claim:: rs-claim
   :exceptions: RS-1

   It matches.

.. parity-exceptions:: A caption

   ==== ========== ======== ========
   ID   Capability Decision Type
   ==== ========== ======== ========
   RS-2 Cap        D        Deferral
   ==== ========== ======== ========

.. parity-matrix::

   .. list-table::
      :header-rows: 1

      * - Capability
        - Status
      * - Listed
        - Planned

:exception:`RS-1`, :exception:`two <MD-2>`, :adr:`1`, :parity-row:`md-row`,
:parity-claim:`Inline <RS-1>`, :parity:exception:`RS-1`, :parity:adr:`1`,
:parity:row:`rs-row`, :parity:claim:`x <RS-1>`, :any:`RS-2`.

"""
_KINDS = "exceptions matrix claims adrs evidence traceability review findings history"
_VIEWS = (
    "".join(f".. parity-table:: {kind}\n\n" for kind in _KINDS.split())
    + """\
.. parity-table:: matrix
   :columns: id, status
   :caption: By status
   :group-by: status
   :sort: -id
   :per-page: 2
   :status: Partial, Planned

.. parity-table:: exceptions
   :type: Permanent
   :empty: Nothing here.

.. parity-summary::

.. parity-graph::

.. parity-legend::
"""
)
_FILES = {
    "all.md": _MARKDOWN,
    "plain-matrix.md": "# Plain\n\n| Capability | Status | Exceptions |\n|---|---|---|\n"
    "| Plain | Partial | RS-1 |\n",
    "sub/more.rst": _REST + _VIEWS,
    "data.csv": "ID,Capability,Decision,Type\nMD-3,Three,D,Deferral\n",
    "adr/0001-first.md": "# 1. First\n\nStatus: Accepted\n",
    "/src/a.py": "def f():\n    pass\n",
}
_CONF = {
    "copyright": "the authors",
    "version": "1",
    "parity_tables": {"matrix": ["plain-matrix"]},
    "parity_evidence": {"adr": ["docs/adr/**"], "code": ["src/**"]},
    "latex_documents": [("index", "all.tex", "T", "A", "manual")],
    "man_pages": [("index", "all", "T", ["A"], 1)],
    "texinfo_documents": [("index", "all", "T", "A", "all", "d", "m")],
}
_BUILDERS = [
    "html",
    "dirhtml",
    "singlehtml",
    "latex",
    "epub",
    "text",
    "man",
    "texinfo",
    "xml",
    "pseudoxml",
    "gettext",
    "linkcheck",
    "dummy",
    "json",
    "htmlhelp",
    "changes",
    "parity",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory, request):
    """The project, once for all builders; they share what was read."""
    from pathlib import Path

    root = Path(tmp_path_factory.mktemp("all"))
    conftest = request.config.pluginmanager
    project_class = next(
        plugin.Project
        for plugin in conftest.get_plugins()
        if getattr(plugin, "__file__", "") == str(Path(__file__).with_name("conftest.py"))
    )
    index = "# Index\n\n```{toctree}\n:glob:\n\n**\n```\n"
    one = project_class(root)
    one.write({k[1:] if k[0] == "/" else f"docs/{k}": v for k, v in _FILES.items()})
    one.write({"docs/index.md": index})
    one.configure(_CONF)
    return one


@pytest.mark.parametrize("builder", _BUILDERS)
def test_builders_are_content(made, builder):
    # Sphinx keeps what gettext reads apart by its own rule.
    folder = "gettext-doctrees" if builder == "gettext" else "doctrees"
    built = made.build(builder, "-W", "-d", str(made.root / "out" / folder))
    assert built.warnings == []
    assert built.status == 0
    if builder == "parity":
        assert {one["severity"] for one in built.findings} <= {"info"}
        assert len(built.data["exceptions"]) == 5
        assert len(built.data["rows"]) == 5
        assert len(built.data["claims"]) == 6


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_links_of_html_lead_somewhere(made, builder):
    out = made.build(builder).out
    pages = {}
    for file in out.rglob("*.html"):
        page = pages[file.relative_to(out).as_posix()] = _Page()
        page.feed(file.read_text())
    count = 0
    for name, page in pages.items():
        if builder != "singlehtml":  # there Sphinx's own ids of pages meet
            assert len(set(page.ids)) == len(page.ids), name
        for link in page.links:
            path, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link) or path in {"genindex.html", "search.html"}:
                continue
            if anchor.startswith("document-"):
                continue  # Sphinx's own table of contents of one page
            home = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            target = name if not path else home
            if (out / target).is_dir():
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            assert (out / target).exists(), (name, link)
            if anchor:
                assert anchor in pages[target].ids, (name, link)
                count += "exception-" in anchor or "row-" in anchor
    assert count > 30


def test_labels_of_latex_exist(made):
    built = made.build("latex")
    text = (built.out / "all.tex").read_text()
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", text))
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", text))
    assert links - labels == set()
    assert {"all:exception-MD-1", "sub/more:exception-RS-1"} <= links


def test_what_other_builders_show(made):
    text = (made.build("text").out / "sub/more.txt").read_text()
    for word in ("MD-1", "A capability", "rs-row", "Inline", "Nothing here."):
        assert word in text
    for builder, file in [
        ("man", "all.1"),
        ("texinfo", "all.texi"),
        ("xml", "all.xml"),
    ]:
        assert "A capability" in (made.build(builder).out / file).read_text()


def test_translators_get_the_words_of_the_authors_alone(made):
    folder = str(made.root / "out/gettext-doctrees")
    out = made.build("gettext", "-d", folder).out
    words = "\n".join(file.read_text() for file in out.rglob("*.pot"))
    assert 'msgid "The rationale."' in words
    for ours in ("Cited by", "Verified", "Status of", "exceptions declared"):
        assert f'msgid "{ours}' not in words


def test_style_and_script_only_where_they_are_needed(project, register):
    built = project(
        {"register.md": register, "plain.md": "# Plain\n"},
        {"parity_tables": {"exceptions": ["register"]}},
    ).build("html")
    assert "parity.css" in built.html("register.html")
    assert "parity.css" not in built.html("plain.html")
    assert "parity.js" not in built.html("plain.html")


def test_a_wide_table_can_be_set_on_paper(project):
    """It runs over pages, its code breaks at its joints, and its lines stay apart."""
    table = (
        "# Matrix\n\n| Capability | Status | Code |\n|---|---|---|\n"
        "| Ticks | Planned | `src/flow/tick_queue.rs:12`<br>`src/flow/clock.rs` |\n"
    )
    conf = {"parity_tables": {"matrix": ["matrix"]}}
    built = project({"matrix.md": table}, conf).build("latex")
    assert built.status == 0
    (tex,) = (path.read_text(encoding="utf-8") for path in built.out.glob("flow*.tex"))
    assert r"\begin{longtable}" in tex
    assert r"src/}}\allowbreak{}" in tex
    assert r"\newline " in tex
    text = project({"matrix.md": table}, conf, name="text").build("text")
    shown = " ".join((text.out / "matrix.txt").read_text(encoding="utf-8").split())
    assert "; " in shown


_LABELLED = """# Labels

(at-exception)=
```{parity-exception} EX-1
:capability: Web UI
:decision: command line
:type: Permanent
```

(at-row)=
```{parity-row} row
:capability: Ticks
:status: Planned
```

(at-file)=
```{parity-exceptions} Of a file
:file: more.csv
```

(at-table)=
```{parity-table} exceptions
:caption: What differs
```

(at-summary)=
```{parity-summary}
```

{ref}`a <at-exception>` {ref}`b <at-row>` {ref}`at-file` {ref}`at-table` {ref}`c <at-summary>`
{numref}`at-table` {numref}`at-file`
"""


_LABELS = {f"at-{name}" for name in ("exception", "row", "file", "table", "summary")}
_LABELLED_FILES = {
    "index.md": _LABELLED,
    "more.csv": "Id,Capability,Decision,Type\nEX-2,Mail,by post,Permanent\n",
}
_NUMBERED = {"numfig": True, "epub_show_urls": "no", "version": "1", "copyright": "us"}


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_labels_before_directives_are_anchors_and_captions_are_cited(project, builder):
    built = project(_LABELLED_FILES, _NUMBERED).build(builder)
    assert built.warnings == []
    text = built.html("index.xhtml" if builder == "epub" else "index.html")
    plain = " ".join(re.sub(r"<[^>]+>", "", text).split())
    assert set(re.findall(r'href="(?:[\w.]*)#(at-[a-z]+)"', text)) == _LABELS
    assert set(re.findall(r'id="(at-[a-z]+)"', text)) >= _LABELS
    assert '<caption><span class="caption-number">Table 2 </span>What differs' in text
    assert "a b Of a file What differs c Table 2 Table 1" in plain


@pytest.mark.parametrize("builder", ["latex", "text"])
def test_they_are_in_builders_that_are_not_of_html(project, builder):
    built = project(_LABELLED_FILES, _NUMBERED).build(builder)
    assert built.warnings == []
    (text,) = (path.read_text() for path in built.out.iterdir() if path.suffix in {".tex", ".txt"})
    if builder == "text":  # which has no numbers for anything
        assert "a b Of a file What differs c Table" in " ".join(text.split())
    else:
        labels = re.findall(r"\\label\{\\detokenize\{index:(at-[a-z]+)\}\}", text)
        assert sorted(labels) == sorted(_LABELS)


_OTHER = """

def setup(app):
    from docutils import nodes
    box = type("box", (nodes.Element,), {})
    app.add_node(box, epub=(lambda self, node: None, lambda self, node: None))
"""


def test_our_nodes_are_written_where_others_register_theirs_for_the_builder(project):
    built = project(_LABELLED_FILES, _NUMBERED, _OTHER).build("epub")
    assert built.warnings == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_a_role_for_what_has_no_page_is_words_or_a_link_to_its_file(project, builder):
    files = {
        "/adr/0009-outside.md": "# 9. Outside\n\nStatus: accepted\n",
        "adr/0010-inside.md": "# 10. Inside\n\nStatus: accepted\n",
        "index.md": "# A\n\n```{toctree}\nadr/0010-inside\n```\n\n"
        "See {adr}`9` and {any}`9`, {adr}`10`.\n",
    }
    page = project(files).build(builder).html("index.html")
    said = page.partition("See ")[2].partition("</p>")[0]
    assert re.findall('href="([^"]*)"', said) == [
        {"html": "adr/0010-inside.html", "dirhtml": "adr/0010-inside/"}.get(
            builder, "#document-adr/0010-inside"
        )
    ]
    conf = {"parity_repository_url": "https://example.org/{path}"}
    page = project(files, conf, name="shown").build(builder).html("index.html")
    said = page.partition("See ")[2].partition("</p>")[0]
    assert 'href="https://example.org/adr/0009-outside.md"' in said


_TWICE = """# Page {name}

| ID | Capability | Status |
|---|---|---|
| - | Ticks | Planned |

{{parity-claim}}`Works as Dagster does.`

```{{parity-claim}}
As it was, it is.
```

```{{parity-matrix}}
:file: {name}.csv
```

```{{parity-summary}}
```

```{{parity-table}} claims
```
"""


def test_each_declaration_has_an_anchor_of_its_own_on_the_one_page(project):
    pages = {f"{name}.md": _TWICE.format(name=name) for name in ("a", "b")}
    data = {f"{name}.csv": "Capability,Status\nMails,Planned\n" for name in ("a", "b")}
    start = "# Start\n\n```{toctree}\na\nb\n```\n\n{parity-claim}`Works as Dagster does.`\n\n"
    files = {"index.md": f"{start}```{{parity-table}} claims\n```\n", **pages, **data}
    made = project(files, {"parity_tables": {"matrix": ["a", "b"]}})
    text = made.build("singlehtml").html("index.html")
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert sorted(set(ids)) == sorted(ids)
    ours = [name for name in ids if re.match(r"(?:claim|row)-", name)]
    linked = set(re.findall(r'href="#((?:claim|row)-[^"]*)"', text))
    assert linked <= set(ours)
    named = [
        re.findall(r'id="((?:claim|row)-[^"]*)"', made.build("html").html(f"{name}.html"))
        for name in "ab"
    ]
    assert named[0] == named[1]
    assert len(set(named[0])) == len(named[0]) >= 4
    assert not any("--" in name for name in named[0])
