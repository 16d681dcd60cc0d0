"""Builds after the first: the same findings, the same bytes, and nothing stale."""

from __future__ import annotations

import shutil

import pytest

# No toctree: with one, Sphinx itself leaves the links to the next page as they were.
_CONF = {
    "suppress_warnings": ["toc.not_included"],
    "html_use_index": False,
    "parity_tables": {"exceptions": ["register"]},
    "parity_evidence": {"adr": ["docs/adr/**"], "code": ["src/**"]},
}
_CLAIM = "# Claim\n\n```{{parity-claim}} {0}\n:exceptions: {1}\n\nThe text of {0}.\n```\n"
_ROW = (
    ".. parity-row:: tick\n   :capability: Tick\n   :status: Partial\n   :code: {}\n   :adrs: 1\n"
)


@pytest.fixture
def files(register):
    return {
        "index.md": "# Index\n\n{doc}`plain`\n",
        "register.md": register,
        "uses.md": "# Uses\n\n{exception}`EX-03`\n",
        "plain.md": "# Plain\n\nText.\n",
        "other.rst": "Other\n=====\n\nText.\n",
        "claim.md": _CLAIM.format("c1", "EX-01"),
        "row.rst": "Row\n===\n\n" + _ROW.format("``src/a.py:1`` (``f``)"),
        "shows.rst": "Shows\n=====\n\n"
        + "".join(
            f".. parity-table:: {kind}\n\n"
            for kind in (
                "exceptions",
                "matrix",
                "claims",
                "adrs",
                "evidence",
                "findings",
            )
        )
        + ".. parity-summary::\n\n.. parity-graph::\n",
        "trace.md": "# Trace\n\n```{parity-table} traceability\n```\n",
        "adr/0001-a.md": "# 1. A\n\n## Status\n\nAccepted\n",
        "/src/a.py": "def f():\n    pass\n",
    }


def _tree(out):
    """The bytes of what was written, without what Sphinx orders or dates as it likes."""
    left_out = {"searchindex.js", ".buildinfo", "environment.pickle"}
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in sorted(out.rglob("*"))
        if file.is_file() and file.name not in left_out
    }


_BAD = "# Bad\n\n```{parity-claim} b\nNothing is cited.\n```\n\n{exception}`EX-99`\n"


@pytest.mark.parametrize("builder", ["html", "parity", "dummy", "text"])
def test_an_unchanged_build_fails_again(project, files, builder):
    made = project({**files, "bad.md": _BAD}, _CONF)
    first, second = made.build(builder), made.build(builder)
    third = made.build(builder, "-W")
    assert [(o.path, o.line, o.rule) for o in first.lines] == [
        ("docs/bad.md", 3, "claim-without-exception"),
        ("docs/bad.md", 7, "unknown-exception"),
    ]
    assert first.status == second.status == third.status == 1
    assert first.lines == second.lines == third.lines
    assert first.closing == second.closing == third.closing
    made.write({"docs/bad.md": "# Good\n"})
    mended = made.build(builder)
    assert mended.status == 0
    assert mended.lines == []
    assert mended.closing == ""


def test_failing_with_warnings_only(project, register):
    severities = {"unknown-exception": "warning", "claim-without-exception": "warning"}
    conf = {"parity_tables": {"exceptions": ["register"]}, "parity_rules": severities}
    made = project({"register.md": register, "bad.md": _BAD}, conf)
    assert [made.build("html").status for _ in range(2)] == [0, 0]
    assert [made.build("html", "-W").status for _ in range(2)] == [1, 1]


def test_pages_are_written_with_the_finding_at_its_place(project, files):
    built = project({**files, "bad.md": _BAD}, _CONF).build("html")
    page = built.html("bad.html")
    assert "cites no declared exception" in page
    assert "which is not declared" in page


def test_parallel_and_serial_builds_are_the_same_bytes(project, files):
    more = {f"more{n}.md": _CLAIM.format(f"m{n}", "EX-05a") for n in range(12)}
    more["bad.md"] = _BAD
    more["twice.md"] = _CLAIM.format("m3", "EX-01")
    made = project({**files, **more}, _CONF)
    folder = str(made.root / "out")
    serial = made.build("html", "-j", "1", "-d", folder + "/one", out="serial")
    parallel = made.build("html", "-j", "4", "-d", folder + "/four", out="parallel")
    assert serial.status == parallel.status == 1
    assert serial.lines == parallel.lines
    one, four = _tree(serial.out), _tree(parallel.out)
    assert sorted(one) == sorted(four)
    assert [name for name in one if one[name] != four[name]] == []
    assert "parity.json" in one
    again = made.build("html", "-j", "4", "-d", folder + "/four", out="parallel")
    assert again.lines == serial.lines
    assert again.written == []


_REGISTER_HEAD = "| ID | Capability | Decision | Type |\n|---|---|---|---|\n"

# What is changed (``None``: removed), and which pages must be written for it.
_EDITS = {
    "nothing": ({}, set()),
    "prose": ({"docs/plain.md": "# Plain\n\nOther text.\n"}, {"plain"}),
    "lines move": (
        {"docs/register.md": lambda t: t.replace("# Register", "# Register\n\nText.")},
        {"register", "shows"},  # findings are shown with their lines
    ),
    "new claim": (
        {"docs/claim2.md": _CLAIM.format("c2", "EX-03")},
        {"claim2", "register", "shows", "trace"},
    ),
    "claim cites more": (
        {"docs/claim.md": _CLAIM.format("c1", "EX-01, EX-05a")},
        {"claim", "register", "shows", "trace"},
    ),
    "capability": (
        {"docs/register.md": lambda t: t.replace("Web UI", "The UI")},
        {"register", "uses", "shows", "trace"},
    ),
    "exception goes": (
        {"docs/register.md": lambda t: t.replace("| EX-03 |", "| EX-04 |")},
        {"register", "uses", "shows", "trace"},
    ),
    "page renamed": (
        {"docs/claim.md": None, "docs/claim3.md": _CLAIM.format("c1", "EX-01")},
        {"claim3", "register", "shows", "trace"},
    ),
    "page removed": ({"docs/claim.md": None}, {"register", "shows", "trace"}),
    "adr superseded": (
        {
            "docs/adr/0001-a.md": lambda t: t.replace("Accepted", "Superseded by 2"),
            "docs/adr/0002-b.md": "# 2. B\n\n## Status\n\nAccepted\n",
        },
        {"adr/0001-a", "adr/0002-b", "row", "shows"},
    ),
    "code moves": ({"src/a.py": "\n" * 9 + "def f():\n    pass\n"}, {"row", "shows"}),
    "code goes": ({"src/a.py": "x = 1\n"}, {"row", "shows"}),
    "file goes": ({"src/a.py": None}, {"row", "shows"}),
}


@pytest.mark.parametrize("edit", _EDITS)
def test_an_incremental_build_equals_a_clean_one(project, files, edit):
    made = project(files, _CONF)
    made.build("html")
    changes, expected = _EDITS[edit]
    for name, text in changes.items():
        path = made.root / name
        if text is None:
            path.unlink()
        elif callable(text):
            made.write({name: text(path.read_text())})
        else:
            made.write({name: text})
    incremental = made.build("html")
    folder = str(made.root / "out/clean-doctrees")
    clean = made.build("html", "-d", folder, out="clean")
    assert incremental.lines == clean.lines
    assert incremental.status == clean.status
    before, after = _tree(incremental.out), _tree(clean.out)
    for gone in set(before) - set(after):  # Sphinx leaves the files of removed pages
        assert gone == "claim.html"
    assert [name for name in after if before.get(name) != after[name]] == []
    # Older versions of Sphinx write the first page with any other.
    assert set(incremental.written) - {"index"} == expected
    assert made.build("html").written == []


_PAGE = (
    "Page {0}\n=======\n\n"
    ".. parity-row:: row-{0}\n   :capability: Row {0}\n   :status: Exception\n"
    "   :exceptions: {1}\n"
)


def test_many_pages_of_which_some_cite_what_changed(project, register):
    numbers = range(10, 34)
    citing = {f"page{n}" for n in numbers if n % 4 == 0}
    pages = {
        f"page{n}.rst": _PAGE.format(n, "EX-03" if f"page{n}" in citing else "EX-01")
        for n in numbers
    }
    more = {"all.rst": "All\n===\n\n.. parity-table:: exceptions\n"}
    made = project({"register.md": register, **pages, **more}, _CONF)
    made.build("html")
    made.write({"docs/register.md": register.replace("Web UI", "The UI")})
    written = set(made.build("html").written) - {"index"}
    assert "The UI" in made.build("html").html("page12.html")
    assert len(citing) == 6
    assert written == {*citing, "register", "all"}


def test_builders_that_share_doctrees_see_no_stale_pages(project, files):
    made = project(files, _CONF)
    for builder in ("html", "text"):
        made.build(builder)
    made.write({"docs/claim2.md": _CLAIM.format("c2", "EX-03")})
    for builder in ("text", "html"):
        assert "trace" in made.build(builder).written
    text = (made.root / "out/text/trace.txt").read_text()
    assert "c2" in text
    assert "c2" in made.build("html").html("trace.html")


def test_a_build_of_one_page_leaves_nothing_stale(project, files):
    made = project(files, _CONF)
    made.build("html")
    made.write({"docs/claim2.md": _CLAIM.format("c2", "EX-03")})
    target, doctrees = made.root / "out/html", str(made.root / "out/doctrees")
    arguments = ["-b", "html", "-d", doctrees, str(made.docs), str(target)]
    made.run([*arguments, str(made.docs / "plain.md")], target)
    plain = made.build("html")
    assert {"register", "shows", "trace"} <= set(plain.written)
    assert "c2" in plain.html("trace.html")
    assert made.build("html").written == []


def test_configuration_that_changes_what_is_shown(project, files):
    made = project(files, _CONF)
    made.build("html")
    made.configure({**_CONF, "parity_statuses": {"Partial": "Planned"}})
    changed = made.build("html")
    assert set(changed.written) - {"index"} == {"row", "shows"}
    shutil.rmtree(made.root / "out/doctrees")
    clean = made.build("html", out="clean")
    before, after = _tree(changed.out), _tree(clean.out)
    assert [name for name in after if before.get(name) != after[name]] == []
