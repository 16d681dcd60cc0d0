"""Tables as people write them: what is declared, and what is said of broken ones."""

from __future__ import annotations

import pytest

_HEAD = "| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
_EXCEPTIONS = {"parity_tables": {"exceptions": ["register"]}}
_MATRIX = {"parity_tables": {"matrix": ["matrix*"]}}


def _build(project, table, head=_HEAD, **conf):
    text = "# Register\n\n" + head + table
    return project({"register.md": text}, {**_EXCEPTIONS, **conf}).build()


_GOOD = {
    "escaped bar": (r"| EX-01 | `a\|b` c | D | Permanent |", "EX-01", "a|b c"),
    "bold id": ("| **EX-01** | a | D | *Permanent* |", "EX-01", "a"),
    "code id": ("| `EX-01` | a | D | `Permanent` |", "EX-01", "a"),
    "linked id": (
        "| [EX-01](#x) | [a](https://x.y) b | D | Permanent |",
        "EX-01",
        "a b",
    ),
    "anchor": ('| <a id="x"></a>EX-01 | a | D | Permanent |', "EX-01", "a"),
    "breaks": ("| EX-01 | a<br>b<br/>c | D | Permanent |", "EX-01", "a b c"),
    "list": (
        "| EX-01 | <ul><li>`a`</li><li class='x'>b</li></ul> | D | Permanent |",
        "EX-01",
        "a b",
    ),
    "html link": ("| <a href='#x'>EX-01</a> | a <a>b</a> | D | Permanent |", "EX-01", "a b"),
    "html": ("| EX-01 | <b>a</b> b | D | <em>Permanent</em> |", "EX-01", "a b"),
    "emoji": ("| EX-01 | a | D | 🔒 Permanent |", "EX-01", "a"),
    "case": ("| EX-01 | a | D | PERMANENT |", "EX-01", "a"),
    "footnote": ("| EX-01 | a[^1] | D | Permanent |\n\n[^1]: note", "EX-01", "a"),
    "not ASCII": ("| ÄX-01 | “a” — ß | D | Permanent |", "ÄX-01", "“a” — ß"),
    "no end": ("| EX-01 | a | D | Permanent", "EX-01", "a"),
    "no spaces": ("|EX-01|a|D|Permanent|", "EX-01", "a"),
    "empty cells beyond": ("| EX-01 | a | D | Permanent | | |", "EX-01", "a"),
}


@pytest.mark.parametrize("case", _GOOD)
def test_notations_of_cells(project, case):
    row, identifier, capability = _GOOD[case]
    built = _build(project, row + "\n", suppress_warnings=["myst.xref_missing"])
    assert built.serious == []
    (one,) = built.data["exceptions"]
    assert (one["id"], one["capability"]) == (identifier, capability)


def test_tags_that_part_link_or_strike_out_what_is_cited(project):
    head = "# M\n\n| Capability | Status | Code |\n|---|---|---|\n"
    rows = (
        "| A | Implemented | <ul><li>`gone.py`</li><li>`lost.py`</li></ul> |\n"
        '| B | Implemented | <a class="x" href="away.py#L3">code</a> |\n'
        "| C | Implemented | <del>`old.py`</del> |\n"
        "| D | Implemented | [all](src/), [wiki](../../wiki/) |\n"
    )
    built = project({"m.md": head + rows}, {"parity_tables": {"matrix": ["m"]}}).build()
    cited = [[piece["path"] for piece in row["evidence"]] for row in built.data["rows"]]
    assert cited == [["gone.py", "lost.py"], ["docs/away.py"], [], ["docs/src/"]]


_MATRIX_HEAD = "| Capability | Status | Code |\n|---|---|---|\n"


def test_the_lines_of_links_to_files_that_are_there(project):
    """MyST drops the fragment of such a link; the line is read all the same."""
    code = "def first(): ...\n\n\n\n\n\ndef second(): ...\n"
    rows = [
        "| a | Partial | [x.py](../src/x.py#L1) (`first`) |",
        "| b | Partial | [x.py](../src/x.py), [here](../src/x.py#L1 'x') (`second`) |",
        "| c | Partial | `[x](y#L3)`, [gone](../src/gone.py#L3), [`x.py`](../src/x.py#L1-L2) (`second`) |",
        "| d | Partial | [x.py](../src/x.py#L7) (`second`), [e](https://e.org/src/x.py#L1) |",
        "| e | Partial | [code][The  X] (`second`), [x.py][] (`second`) |",
        "",
        "[the x]: ../src/x.py#L7",
        "[x.py]: <../src/x.py#L1> 'title'",
    ]
    made = project(
        {
            "matrix.md": "# M\n\n" + _MATRIX_HEAD + "\n".join(rows) + "\n",
            "/src/x.py": code,
        },
        {**_MATRIX, "suppress_warnings": ["myst.xref_missing"]},
    )
    built = made.build()
    assert built.places == [
        ("evidence-moved", "docs/matrix.md", 6),
        ("evidence-moved", "docs/matrix.md", 7),
        ("evidence-not-found", "docs/matrix.md", 7),
        ("evidence-moved", "docs/matrix.md", 9),
    ]
    cited = [[e["line"] for e in row["evidence"]] for row in built.data["rows"]]
    assert cited == [[1], [None, 1], [3, 1], [7], [7, 1]]


_CODE = "def first(): ...\n\n\n\n\n\n\n\ndef second(): ...\n"


def test_links_of_a_file_that_is_included_are_relative_to_it(project):
    rows = [
        "| a | Partial | [x.py](src/x.py#L1) (`first`) |",
        "| b | Partial | [x.py](./src/x.py#L1) (`second`) |",
        "| c | Partial | [gone.py](src/gone.py#L1) (`second`) |",
    ]
    made = project(
        {
            "matrix.md": "# M\n\n```{include} ../PARITY.md\n```\n",
            "/PARITY.md": "## N\n\n" + _MATRIX_HEAD + "\n".join(rows) + "\n",
            "/src/x.py": _CODE,
        },
        {**_MATRIX, "suppress_warnings": ["myst.xref_missing"]},
    )
    assert made.build().places == [
        ("evidence-moved", "PARITY.md", 6),
        ("evidence-not-found", "PARITY.md", 7),
    ]


def test_the_lines_of_links_in_a_list_table(project):
    cells = [("Capability", "Status", "Code")]
    cells += [
        (name, "Partial", f"[x.py](../src/x.py#L{line}) (`second`)")
        for name, line in (("a", 9), ("b", 1), ("c", 8))
    ]
    text = "".join(f"* - {a}\n  - {b}\n  - {c}\n" for a, b, c in cells)
    table = f"# M\n\n```{{list-table}}\n:header-rows: 1\n\n{text}```\n"
    made = project({"matrix.md": table, "/src/x.py": _CODE}, _MATRIX)
    assert made.build().places == [("evidence-moved", "docs/matrix.md", 12)]


def test_the_text_of_a_download_is_no_symbol(project):
    row = "| a | Partial | {download}`the code <../src/x.py>`, {download}`x <../src/x.py>` |\n"
    text = "# M\n\n" + _MATRIX_HEAD + row
    made = project({"matrix.md": text, "/src/x.py": _CODE}, _MATRIX)
    assert made.build().places == []


_HEADERS = {
    "emoji and markup": "| 🆔 **ID** | ✨ Capability ✨ | *Decision* | `Type` |",
    "case": "| id | CAPABILITY | decision | TYPE |",
    "number sign": "| # | Capability | Decision | Exception Type |",
    "reference": "| ID | Dagster Capability | Decision | Type |",
    "alignment": "| ID   | Capability   | Decision | Type |",
    "break": "| ID | Capability<br> | Decision | Type |",
}


@pytest.mark.parametrize("case", _HEADERS)
def test_notations_of_headers(project, case):
    head = _HEADERS[case] + "\n|:--|:-:|--:|---|\n"
    built = _build(project, "| EX-01 | a | D | Permanent |\n", head)
    assert built.serious == []
    assert built.one("exceptions", "EX-01")["type"] == "Permanent"


def test_the_first_of_two_headers_keeps_the_field(project):
    head = "| ID | Capability | Capability | Decision | Type | |\n|---|---|---|---|---|---|\n"
    built = _build(project, "| EX-01 | a | b | D | Permanent | x |\n", head)
    one = built.one("exceptions", "EX-01")
    assert one["capability"] == "a"
    assert "b" in str(one["fields"])


_BROKEN = {
    "bar in code": (
        "| EX-01 | `a|b` c | D | Permanent |",
        "malformed-declaration",
        "the row has 5 cells where the table has 4; “Permanent” is dropped",
    ),
    "a cell too many": (
        "| EX-01 | a | D | Permanent | more |",
        "malformed-declaration",
        "the row has 5 cells where the table has 4; “more” is dropped",
    ),
    "cells missing": (
        "| EX-01 | a |",
        "exception-incomplete",
        "exception EX-01: the required fields `decision` and `type` are missing",
    ),
    "bold id alone": (
        "| **EX-01** | | | |",
        "exception-incomplete",
        "exception EX-01: the required fields `capability`, `decision` and `type`",
    ),
}


@pytest.mark.parametrize("case", _BROKEN)
def test_broken_rows_are_one_finding(project, case):
    row, rule, message = _BROKEN[case]
    built = _build(project, row + "\n")
    assert built.places == [(rule, "docs/register.md", 5)]
    assert built.serious[0]["message"].startswith(message)


_SKIPPED = {
    "repeated header": "| ID | Capability | Decision | Type |",
    "empty": "| | | | |",
    "bold heading": "| **Scheduling and more** | | | |",
    "bold word": "| **Scheduling** | | | |",
    "dashes": "| - | - | - | - |",
}


@pytest.mark.parametrize("case", _SKIPPED)
def test_rows_that_declare_nothing(project, case):
    rows = ["| EX-01 | a | D | Permanent |", _SKIPPED[case], "| EX-02 | b | D | Bad |"]
    built = _build(project, "\n".join(rows) + "\n")
    assert built.ids() == ["EX-01", "EX-02"]
    assert built.places == [("exception-type", "docs/register.md", 7)]


def test_bold_rows_are_the_sections_of_what_follows(project):
    text = "# M\n\n| Capability | Status | Notes |\n|---|---|---|\n| a | Planned | |\n"
    text += "| **Group** | | |\n| b | Planned | |\n"
    built = project({"matrix.md": text}, _MATRIX).build()
    assert [(r["id"], r["section"]) for r in built.data["rows"]] == [
        ("a", "M"),
        ("b", "Group"),
    ]


def test_other_tables_are_left_alone(project):
    more = "\n| Other | Table |\n|---|---|\n| EX-09 | b |\n\n" + _HEAD
    html = "\n<table><tr><th>ID</th><th>Capability</th></tr></table>\n"
    built = _build(project, "| EX-01 | a | D | Permanent |\n" + more + html)
    assert built.ids() == ["EX-01"]
    assert built.serious == []


def test_spans_of_grid_tables(project):
    text = """M
=

+------------+---------+-------+
| Capability | Status  | Notes |
+============+=========+=======+
| one        | Planned | x     |
+------------+         +-------+
| two        |         | y     |
+------------+---------+-------+
| **A group**                  |
+------------+---------+-------+
| three      | Bad     | y     |
+------------+---------+-------+
"""
    built = project({"matrix.rst": text}, _MATRIX).build()
    assert [(r["id"], r["status"], r["section"]) for r in built.data["rows"]] == [
        ("one", "Planned", "M"),
        ("two", "Planned", "M"),
        ("three", None, "A group"),
    ]
    assert built.places == [("row-status", "docs/matrix.rst", 13)]


def test_a_table_in_a_table(project):
    text = """M
=

+------------+---------+---------+
| Capability | Status  | Notes   |
+============+=========+=========+
| one        | Planned | === === |
|            |         | a   b   |
|            |         | === === |
|            |         | x   y   |
|            |         | === === |
+------------+---------+---------+
| two        | Bad     | z       |
+------------+---------+---------+
"""
    built = project({"matrix.rst": text}, _MATRIX).build("html")
    assert built.ids("rows") == ["one", "two"]
    assert built.places == [("row-status", "docs/matrix.rst", 13)]


def test_a_dropped_table_is_said(project):
    text = "M\n=\n\n========== ======\nCapability Status\n=== ======\na b\n========== ======\n"
    made = project({"matrix.rst": text, "plain.rst": text.replace("M", "P")}, _MATRIX)
    found = [f for f in made.build().serious if f["rule"] == "malformed-declaration"]
    assert [f["path"] for f in found] == ["docs/matrix.rst"]


def test_substitutions_in_cells(project):
    text = """M
=

.. |planned| replace:: Planned
.. |Cap| replace:: A *capability*

========== ========= =====
Capability Status    Notes
========== ========= =====
|Cap|      |planned| x
|cap| two  |planned| |release|
========== ========= =====
"""
    built = project({"matrix.rst": text}, {**_MATRIX, "release": "1.5"}).build("html")
    assert built.serious == []
    assert [(r["capability"], r["status"]) for r in built.data["rows"]] == [
        ("A capability", "Planned"),
        ("A capability two", "Planned"),
    ]
    assert built.data["rows"][1]["notes"] == "1.5"


def test_substitutions_of_myst(project):
    text = "# M\n\n| Capability | Status |\n|---|---|\n| {{ cap }} | {{ status }} |\n"
    conf = {
        **_MATRIX,
        "myst_enable_extensions": ["substitution"],
        "myst_substitutions": {"cap": "A *cap*", "status": "Planned"},
    }
    built = project({"matrix.md": text}, conf).build()
    assert built.serious == []
    assert built.data["rows"][0]["capability"] == "A cap"


@pytest.mark.parametrize("quotes", [True, False])
def test_typography_bends_no_id(project, quotes):
    text = "# R\n\n" + _HEAD + '| EX--01 | "a" -- b... | D | Permanent |\n'
    conf = {
        **_EXCEPTIONS,
        "smartquotes": quotes,
        "myst_enable_extensions": ["smartquotes"] if quotes else [],
    }
    claim = "# C\n\n{parity-claim}`Matches <EX--01>` and {exception}`EX--01`.\n"
    built = project({"register.md": text, "c.md": claim}, conf).build("html")
    assert built.ids() == ["EX--01"]
    assert built.serious == []


def test_one_matrix_over_several_pages(project):
    table = "# {0}\n\n| Capability | Status |\n|---|---|\n| Tick | {1} |\n"
    files = {
        "matrix-a.md": table.format("A", "Planned"),
        "matrix-b.md": table.format("B", "Partial"),
    }
    built = project(files, _MATRIX).build()
    assert built.serious == []
    assert len(set(built.ids("rows"))) == 2
    assert {row["section"] for row in built.data["rows"]} == {"A", "B"}


def test_two_registers(project, register):
    other = register.replace("EX-", "AX-")
    conf = {"parity_tables": {"exceptions": ["register*"]}}
    built = project({"register.md": register, "register2.md": other}, conf).build()
    assert built.serious == []
    assert len(built.ids()) == 6


def test_a_file_that_two_pages_include_is_said_once(project):
    files = {
        "one.md": "# One\n\n```{include} inc.txt\n```\n",
        "two.md": "# Two\n\n```{include} inc.txt\n```\n",
        "inc.txt": _HEAD + "| EX-01 | a | D | Permanent |\n",
    }
    built = project(files, {"parity_tables": {"exceptions": ["one", "two"]}}).build()
    assert built.places == [("duplicate-id", "docs/inc.txt", 3)]
    assert "included in the pages one and two" in built.serious[0]["message"]


def test_translation_changes_no_declaration(project, register):
    files = {
        "register.md": register,
        "matrix.md": "# M\n\n| Capability | Status | Exceptions |\n|---|---|---|\n"
        "| Web | Exception | EX-03 |\n",
        "c.md": "# C\n\n```{parity-claim} c\nAs {exception}`EX-03` says.\n```\n",
    }
    words = {
        "ID": "Kennung",
        "Capability": "Fähigkeit",
        "Status": "Stand",
        "EX-03": "AUS-03",
        "Deferral": "Aufschub",
        "Exception": "Ausnahme",
        "Exceptions": "Ausnahmen",
        "Web UI": "Netzoberfläche",
        "As {exception}`EX-03` says.": "Wie {exception}`EX-03` sagt.",
    }
    entries = "".join(f'msgid "{a}"\nmsgstr "{b}"\n\n' for a, b in words.items())
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + entries
    conf = {
        "parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]},
        "language": "de",
        "locale_dirs": ["locale"],
        "gettext_compact": False,
    }
    made = project(files, conf)
    made.write(
        {f"docs/locale/de/LC_MESSAGES/{name}.po": catalogue for name in ("register", "matrix", "c")}
    )
    built = made.build("html")
    assert built.serious == []
    assert built.ids() == ["EX-01", "EX-03", "EX-05a"]
    assert built.data["rows"][0]["exceptions"] == ["EX-03"]
    page = built.html("register.html")
    assert "Netzoberfläche" in page
    assert 'id="exception-EX-03"' in page


def test_pages_without_title_orphans_and_excluded_pages(project):
    table = _HEAD + "| {0} | a | D | Permanent |\n"
    files = {
        "register.md": table.format("EX-01"),
        "orphan.md": "---\norphan: true\n---\n# O\n\n" + table.format("EX-02"),
        "gone/register.md": "# G\n\n" + table.format("EX-03"),
        "uses.md": "# U\n\n{exception}`EX-01` {exception}`EX-02` {exception}`EX-03`\n",
    }
    conf = {
        "parity_tables": {"exceptions": ["register", "orphan", "gone/*"]},
        "exclude_patterns": ["gone"],
    }
    built = project(files, conf).build("html")
    assert built.ids() == ["EX-02", "EX-01"]
    assert [one[:2] for one in built.places] == [
        ("table-not-recognised", "docs/conf.py"),
        ("unknown-exception", "docs/uses.md"),
    ] or sorted(one[0] for one in built.places) == [
        "table-not-recognised",
        "unknown-exception",
    ]


def test_fields_of_ones_own(project):
    head = "| ID | Capability | Decision | Type | Risk | Owner |\n|---|---|---|---|---|---|\n"
    conf = {"parity_fields": {"exceptions": ["risk", "owner"]}}
    built = _build(project, "| EX-01 | a | D | Permanent | high | me |\n", head, **conf)
    one = built.one("exceptions", "EX-01")
    assert one["owner"] == "me"
    assert "high" in str(one["fields"])


def test_tables_in_html_are_counted_and_named(project):
    """What only lays out, explains the statuses or is commented out is no matrix."""
    rows = "<tr><th>Capability\n</th><th>Status</th></tr>\n\n<tr><td>b</td><td>Planned</td></tr>"
    texts = (
        "# M\n\n| Capability | Status |\n|---|---|\n| a | Planned |\n",
        f"- x\n\n  <TABLE class='a'>\n  <thead>{rows}\n</TABLE>\n",
        "<table><tr><td>Capability</td><td>text</td></tr></table>\n",
        "<table><tr><th>Status</th><th>Meaning</th></tr><tr><td>Planned</td><td>a</td></tr></table>\n",
        f"<!-- <table>{rows} -->\n\n```html\n<table>{rows}\n```\n",
    )
    built = project({"matrix.md": "\n".join(texts)}, _MATRIX).build()
    assert built.data["summary"]["tables"] == {"read": 1, "found": 2}
    (found,) = (f for f in built.data["findings"] if f["rule"] == "table-not-read")
    assert (found["line"], found["message"]) == (
        9,
        "the table with the headers `Capability`, `Status` is not read: it is written in HTML",
    )
