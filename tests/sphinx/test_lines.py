"""Each finding stands on the source line of what must change."""

from __future__ import annotations

import myst_parser
import pytest

_HEAD = "| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
_RST = "==== ========== ======== ====\n"


def _pipe(*ids: str) -> str:
    return _HEAD + "".join(f"| {one} | Cap | D | Bad |\n" for one in ids)


def _simple(*ids: str) -> str:
    rows = "".join(f"{one} Cap        D        Bad\n" for one in ids)
    return f"{_RST}ID   Capability Decision Type\n{_RST}{rows}{_RST}"


def _indent(text: str, by: str) -> str:
    return "".join(by + line if line.strip() else line for line in text.splitlines(True))


def _list_table(*ids: str, markdown: bool) -> str:
    cells = [["ID", "Capability", "Decision", "Type"]]
    cells += [[one, "Cap", "D", "Bad"] for one in ids]
    rows = "".join(
        f"{'*' if not number else ' '} - {cell}\n"
        for row in cells
        for number, cell in enumerate(row)
    )
    if markdown:
        return f"```{{list-table}}\n:header-rows: 1\n\n{rows}```\n"
    return ".. list-table::\n   :header-rows: 1\n\n" + _indent(rows, "   ")


_MARKDOWN = {
    "front matter": "---\nmyst: {}\n---\n# R\n\n" + _pipe("EX-01", "EX-02"),
    "nested sections": "# R\n\n## A\n\n### B\n\ntext\n\n" + _pipe("EX-01"),
    "admonition": "# R\n\n```{note}\n" + _pipe("EX-01", "EX-02") + "```\n",
    "nested admonitions": "# R\n\n````{note}\ntext\n\n```{tip}\n:class: x\n\n"
    + _pipe("EX-01", "EX-02")
    + "```\n````\n",
    "block quote": "# R\n\n> text\n>\n" + _indent(_pipe("EX-01", "EX-02"), "> "),
    "alert": "# R\n\n> [!NOTE]\n" + _indent(_pipe("EX-01", "EX-02"), "> "),
    "list item": "# R\n\n- item\n\n" + _indent(_pipe("EX-01", "EX-02"), "  "),
    "after code": "# R\n\n```python\n| EX-01 | Cap | D | Bad |\n\n```\n\n" + _pipe("EX-01"),
    "two tables": "# R\n\n" + _pipe("EX-01") + "\ntext\n\n" + _pipe("EX-02", "EX-03"),
    "wrapped": "# R\n\n```{parity-exceptions} Caption\n" + _pipe("EX-01", "EX-02") + "```\n",
    "wrapped with option": "# R\n\n```{parity-exceptions}\n:columns: id, type\n\n"
    + _pipe("EX-01")
    + "```\n",
    "eval-rst": "# R\n\n```{eval-rst}\n" + _simple("EX-1", "EX-2") + "```\n",
    "list-table": "# R\n\n" + _list_table("EX-01", "EX-02", markdown=True),
    "csv-table": "# R\n\n```{csv-table}\n:header: ID,Capability,Decision,Type\n\n"
    "EX-01,Cap,D,Bad\nEX-02,Cap,D,Bad\n```\n",
    "comment between": "# R\n\n<!-- a\ncomment -->\n\n" + _pipe("EX-01"),
    "no outer pipes": "# R\n\nID | Capability | Decision | Type\n---|---|---|---\n"
    "EX-01 | Cap | D | Bad\nEX-02 | Cap | D | Bad\n",
    "not ASCII": "# Ümläut — ✓\n\nTäxt\n\n" + _pipe("EX-01").replace("| Cap |", "| Über “x” 🎉 |"),
    "tabs": "# R\n\n" + _pipe("EX-01", "EX-02").replace(" ", "\t"),
    "code in cells": "# R\n\n" + _pipe("EX-01", "EX-02").replace("| Cap |", r"| `a \| b` |"),
}


@pytest.mark.parametrize("case", _MARKDOWN)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf+bom"])
def test_rows_of_markdown(project, case, ends):
    text = _MARKDOWN[case].replace("\n", ends)
    source = ("\ufeff" if ends == "\r\n" and "---\n" not in text[:4] else "") + text
    made = project({"register.md": source.encode()}, _TABLES)
    _each_on_its_line(made.build(), text)


_TABLES = {"parity_tables": {"exceptions": ["register"]}}
_GRID = """\
+------+------------+----------+------+
| ID   | Capability | Decision | Type |
+======+============+==========+======+
| EX-1 | Cap        | D        | Bad  |
|      | more       |          |      |
+------+------------+----------+------+
| EX-2 | - a        | D        | Bad  |
|      | - b        |          |      |
+------+------------+----------+------+
| EX-3 | Cap        | D        | Bad  |
+------+------------+----------+------+
"""
_REST = {
    "simple": _simple("EX-1", "EX-2"),
    "grid": _GRID,
    "list-table": _list_table("EX-01", "EX-02", markdown=False),
    "in a note": ".. note::\n\n" + _indent(_simple("EX-1", "EX-2"), "   "),
    "in a list": "- item\n\n" + _indent(_simple("EX-1"), "  "),
    "wrapped": ".. parity-exceptions:: C\n\n" + _indent(_simple("EX-1", "EX-2"), "   "),
    "wrapped grid": ".. parity-exceptions::\n\n" + _indent(_GRID, "   "),
    "csv header option": ".. csv-table:: T\n   :header: ID,Capability,Decision,Type\n\n"
    "   EX-01,Cap,D,Bad\n   EX-02,Cap,D,Bad\n",
    "csv header row": ".. csv-table:: T\n   :header-rows: 1\n\n"
    "   ID,Capability,Decision,Type\n   EX-01,Cap,D,Bad\n   EX-02,Cap,D,Bad\n",
    "two csv": ".. csv-table::\n   :header: ID,Capability,Decision,Type\n\n"
    "   EX-01,Cap,D,Bad\n\ntext\n\n"
    ".. csv-table::\n   :header: ID,Capability,Decision,Type\n\n   EX-02,Cap,D,Bad\n",
    "only": ".. only:: html\n\n" + _indent(_simple("EX-1"), "   "),
}


@pytest.mark.parametrize("case", _REST)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_rows_of_rest(project, case, ends):
    text = ("R\n=\n\ntext\n\n" + _REST[case]).replace("\n", ends)
    made = project({"register.rst": text.encode()}, _TABLES)
    _each_on_its_line(made.build(), text)


def _each_on_its_line(built, text):
    lines = text.splitlines()
    assert built.serious
    for one in built.serious:
        assert one["rule"] == "exception-type"
        assert one["item"] in lines[one["line"] - 1], one
        assert "```" not in lines[one["line"] - 1]
    declared = {word for line in lines for word in line.split() if word.startswith("EX-")}
    assert len(built.serious) >= len({word[:5].rstrip(",") for word in declared})


_INCLUDED = {
    "whole": ("```{include} ../FEATURE.md\n```\n", ""),
    "start-line": ("```{include} ../FEATURE.md\n:start-line: 3\n```\n", ""),
    "start-after": ("```{include} ../FEATURE.md\n:start-after: <!-- s -->\n```\n", ""),
    "heading-offset": (
        "```{include} ../FEATURE.md\n:heading-offset: 1\n```\n",
        "",
    ),
    "in a note": ("````{note}\n```{include} ../FEATURE.md\n```\n````\n", ""),
}


@pytest.mark.parametrize("case", _INCLUDED)
def test_rows_of_a_file_that_a_page_includes(project, case):
    text = "## Features\n\ntext\n\n<!-- s -->\n\n" + _pipe("EX-01", "EX-02")
    if case == "in a note":
        text = text.removeprefix("## Features\n\n")
    page = "# R\n\ntext\n\nmore\n\n" + _INCLUDED[case][0]
    built = project({"register.md": page, "/FEATURE.md": text}, _TABLES).build()
    first = text.splitlines().index("| EX-01 | Cap | D | Bad |") + 1
    assert built.places == [
        ("exception-type", "FEATURE.md", first),
        ("exception-type", "FEATURE.md", first + 1),
    ]
    assert [one.path for one in built.lines] == ["FEATURE.md", "FEATURE.md"]


def test_rows_of_rest_that_a_page_includes(project):
    text = "text\n\n" + _simple("EX-1", "EX-2")
    page = "R\n=\n\ntext\n\n.. include:: ../features.rst\n"
    built = project({"register.rst": page, "/features.rst": text}, _TABLES).build()
    assert built.places == [
        ("exception-type", "features.rst", 6),
        ("exception-type", "features.rst", 7),
    ]


_DATA = {
    "csv": (
        'ID,Capability,Decision,Type\nEX-01,"a\nb",D,Bad\n\nEX-02,Cap,D,Bad\n',
        [2, 5],
    ),
    "tsv": ("ID\tCapability\tDecision\tType\nEX-01\tCap\tD\tBad\n", [2]),
    "yaml": ("# c\nEX-01:\n  capability: a\n  decision: d\n  type: Bad\n", [2]),
    "yml": ("- ID: EX-01\n  Capability: a\n  Decision: d\n  Type: Bad\n", [1]),
    "json": (
        (
            '[\n {"ID": "EX-01", "Capability": "a",\n  "Decision": "d", "Type": "Bad"},\n'
            ' {"ID": "EX-02", "Capability": "a", "Decision": "d", "Type": "Bad"}\n]\n'
        ),
        [2, 4],
    ),
}


@pytest.mark.parametrize("kind", _DATA)
@pytest.mark.parametrize("bom", [False, True])
def test_rows_of_data_files(project, kind, bom):
    text, lines = _DATA[kind]
    text = ("\ufeff" if bom else "") + text
    page = f"# R\n\n```{{parity-exceptions}} All\n:file: data/e.{kind}\n```\n"
    rest = f"R\n=\n\n.. parity-exceptions:: All\n   :file: data/e.{kind}\n"
    for name, source in (("a.md", page), ("a.rst", rest)):
        files = {name: source, f"data/e.{kind}": text}
        built = project(files, name=name).build()
        path = f"docs/data/e.{kind}"
        assert built.places == [("exception-type", path, line) for line in lines]


def test_rows_of_a_csv_table_with_a_file(project):
    page = "R\n=\n\n.. csv-table::\n   :header-rows: 1\n   :file: e.csv\n"
    text = "ID,Capability,Decision,Type\nEX-01,Cap,D,Bad\nEX-02,Cap,D,Bad\n"
    built = project({"register.rst": page, "e.csv": text}, _TABLES).build()
    assert built.places == [
        ("exception-type", "docs/e.csv", 2),
        ("exception-type", "docs/e.csv", 3),
    ]


_BAD_DATA = {
    "csv": ("ID,Capability\nEX-01,a,b\n", 2, "has 3 cells where the header has 2"),
    "yaml": ("EX-01:\n  capability: [a\n", 3, "is no valid YAML"),
    "json": ('[\n {"ID": }\n]', 2, "is no valid JSON"),
    "txt": ("text", 1, "is no data file that can be read"),
    "tsv": ("", 1, "holds no rows"),
}


@pytest.mark.parametrize("kind", _BAD_DATA)
def test_data_files_that_cannot_be_understood(project, kind):
    text, line, message = _BAD_DATA[kind]
    page = f"# R\n\n```{{parity-exceptions}}\n:file: e.{kind}\n```\n"
    built = project({"a.md": page, f"e.{kind}": text}).build()
    assert built.places == [("unreadable-file", f"docs/e.{kind}", line)]
    assert message in built.serious[0]["message"]


def test_a_data_file_outside_the_repository_is_not_read(project):
    page = "# R\n\n```{parity-exceptions}\n:file: ../../secret.csv\n```\n"
    made = project({"a.md": page})
    (made.root.parent / "secret.csv").write_text("ID,Capability\nEX-01,secret\n")
    built = made.build()
    assert built.places == [("malformed-declaration", "docs/a.md", 3)]
    assert "secret" not in str(built.data["exceptions"])


_OPTIONS = {
    "md": "# P\n\n```{parity-row} r\n:capability: c\n:status: Planned\n:adrs: 1,\n  7\n"
    ":exceptions: EX-01\n  EX-98\n```\n",
    "yaml": "# P\n\n```{parity-row} r\n---\ncapability: c\nstatus: Planned\nadrs: |\n  1\n"
    "  7\nexceptions:\n  - EX-01\n  - EX-98\n---\n```\n",
    "rst": "P\n=\n\n.. parity-row:: r\n   :capability: c\n   :status: Planned\n   :adrs: 1,\n"
    "      7\n   :exceptions:\n      EX-01\n      EX-98\n",
}


@pytest.mark.parametrize("form", _OPTIONS)
def test_entries_of_options(project, register, form):
    text = _OPTIONS[form]
    name = "p.rst" if form == "rst" else "p.md"
    files = {
        name: text,
        "register.md": register,
        "adr/0001-a.md": "# 1. A\n\nStatus: Accepted\n",
    }
    conf = {**_TABLES, "parity_evidence": {"adr": ["docs/adr/**"]}}
    built = project(files, conf).build()
    lines = [line.strip() for line in text.splitlines()]
    wanted = {"unknown-adr": "7", "unknown-exception": "EX-98"}
    assert {one[0] for one in built.places} == set(wanted)
    for rule, _, line in built.places:
        assert lines[line - 1].removeprefix("- ").strip(",") == wanted[rule]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_roles_in_paragraphs_of_several_lines(project, register, ends):
    body = "One EX-98 and EX-99\nthen {0}`EX-99`, {0}`the\nother <EX-98>`\nand {0}`EX-01`.\n"
    files = {
        "a.md": "# A\n\n" + body.format("{exception}") + "\n> quote\n> {exception}`EX-97`\n",
        "b.rst": "B\n=\n\n" + body.format(":exception:") + "\n  quote\n  :exception:`EX-97`\n",
        "register.md": register,
    }
    files = {k: v.replace("\n", ends).encode() for k, v in files.items()}
    built = project(files, _TABLES).build()
    found = [(f["path"], f["line"], f["message"].split("`")[1]) for f in built.serious]
    assert sorted(found) == [
        ("docs/a.md", 4, "EX-98"),
        ("docs/a.md", 4, "EX-99"),
        ("docs/a.md", 9, "EX-97"),
        ("docs/b.rst", 5, "EX-98"),
        ("docs/b.rst", 5, "EX-99"),
        ("docs/b.rst", 10, "EX-97"),
    ]


def test_what_nobody_sees_counts_for_nothing(project):
    # Before its fifth version, MyST ends a line, and so a row, at each of these.
    ends = "\u2028\u0085\x0c" if int(myst_parser.__version__.split(".")[0]) >= 5 else "   "
    files = {
        "/src/a.py": "def fly():\n    pass\n",
        "index.md": f"# M\n\nx{ends}y\n\n| ID | Capability | Status | Exceptions | Code |\n"
        "|---|---|---|---|---|\n"
        "| m1 | A | Exception | EX-\u00ad01 | src/\u200ba.py:1 (`f\u2060ly`) |\n"
        f"| m\u200b2 | B{ends[0]}C | Excep\u00adtion | {{exception}}`EX-\u200b01` | `src/gone\ufeff.py` |\n"
        "| m3 | C | Exception | EX-\u200b77 | - |\n\n"
        "```{parity-exception} EX-0\u200b1\n:capability: A\n:decision: by hand\n"
        ":type: Permanent\n```\n",
    }
    conf = {"parity_tables": {"matrix": ["index"]}, "parity_required_evidence": {}}
    built = project(files, conf).build()
    assert built.ids() == ["EX-01"]
    assert built.ids("rows") == ["m1", "m2", "m3"]
    assert [row["exceptions"] for row in built.data["rows"][:2]] == [["EX-01"], ["EX-01"]]
    assert [e["verdict"] for e in built.data["rows"][0]["evidence"]] == ["verified"]
    assert [(found["rule"], found["line"]) for found in built.findings] == [
        ("evidence-not-found", 8),
        ("unknown-exception", 9),
    ]


@pytest.mark.parametrize("end", ["\u2028", "\u0085", "\x1c", "\x0b", "\x0c"])
def test_a_page_has_the_lines_of_its_file_whatever_else_ends_lines(project, end):
    page = (
        f"M\n=\n\nx{end}y\n\n.. parity-row:: one\n   :capability: A\n   :status: Implemented\n"
        f"   :code: src/gone.py\n\nz{end}{end}\n\n.. list-table::\n   :header-rows: 1\n\n"
        "   * - ID\n     - Capability\n     - Status\n     - Code\n"
        "   * - two\n     - B\n     - Implemented\n     - ``src/lost.py``\n\n"
        ":parity-claim:`All match <EX-09>`\n"
    )
    conf = {"parity_tables": {"matrix": ["index"]}, "parity_required_evidence": {}}
    built = project({"index.rst": page}, conf).build()
    lines = page.split("\n")
    texts = {f["rule"] + str(f["item"]): lines[f["line"] - 1] for f in built.serious}
    assert texts == {
        "evidence-not-foundone": "   :code: src/gone.py",
        "evidence-not-foundtwo": "   * - two",
        "unknown-exceptionall-match": ":parity-claim:`All match <EX-09>`",
    }
