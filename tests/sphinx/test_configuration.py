"""Wrong values of ``conf.py``, places of the repository, and what hides findings."""

from __future__ import annotations

import json

import pytest
from sphinx.testing.util import SphinxTestApp

_BAD_PAGE = {"a.md": "# A\n\n{exception}`EX-99`\n"}

_WRONG = {
    "parity_product": [3, None],
    "parity_reference": [["x"]],
    "parity_aliases": [{"prod": []}, []],
    "parity_statuses": [{"a": "Implementd"}, None, {"": "Partial"}, {3: "Partial"}],
    "parity_exception_types": ["Permanent", [1]],
    "parity_proof_levels": ["unit", [""]],
    "parity_required_evidence": [{"Implemented": "code"}, {"Done": ["code"]}],
    "parity_required_fields": [{"exceptions": "x"}],
    "parity_columns": [{"matrix": ["x"]}, {"rows": {}}, {"matrix": {1: "code"}}],
    "parity_fields": [["x"], {"rows": ["x"]}],
    "parity_tables": ["audits/*", None, {"exceptions": None}, {"exceptions": [""]}],
    "parity_rules": [{"no-rule": "error"}, {"duplicate-id": "fatal"}, {1: 2}],
    "parity_ignore": [{"duplicate-id": {"EX": ""}}, {"duplicate-id": ["x"]}],
    "parity_baseline": [3, "nope.json"],
    "parity_strict_output": ["yes"],
    "parity_evidence": [{"code": "**"}, {"codes": ["**"]}, {"code": [1]}],
    "parity_repository": ["nowhere", 3],
    "parity_repository_url": ["https://h/{branch}", "{", "{0}"],
    "parity_milestones": ["M1"],
    "parity_milestone": ["M9", 5],
    "parity_lock": [None],
    "parity_review_scope": ["some", 3],
    "parity_prose": ["yes"],
    "parity_prose_scope": ["chapter", ["page"]],
    "parity_prose_pages": ["x"],
    "parity_prose_files": ["x"],
    "parity_publish": [["pdf"], "json"],
}


@pytest.mark.parametrize(
    ("option", "value"),
    [(option, value) for option, values in _WRONG.items() for value in values],
    ids=lambda one: str(one)[:30],
)
def test_a_wrong_value_is_an_error_at_its_line(project, option, value):
    made = project({}, {"a_value": 1, option: value})
    built = made.build()
    conf = "conf.py" if option == "parity_repository" else "docs/conf.py"
    assert built.places == [("configuration", conf, 2)]
    assert built.serious[0]["message"].startswith(f"{option}: ")
    assert built.lines[0].path == "docs/conf.py"
    assert built.status == 1
    made.configure({})
    assert made.build().status == 0


def test_where_no_option_is_set_nothing_is_wrong(project):
    built = project({"a.md": "# A\n"}).build("html", "-W")
    assert built.warnings == []
    assert built.status == 0


def test_documents_outside_the_repository(project):
    made = project({**_BAD_PAGE, "/code/x.py": ""}, {"parity_repository": "../code"})
    built = made.build("html")
    assert built.places == [("unknown-exception", "../docs/a.md", 3)]
    assert built.lines[0].path == "docs/a.md"


def test_without_git_the_sources_are_the_repository(project):
    built = project(_BAD_PAGE, {"parity_repository": None}).build()
    assert built.places == [("unknown-exception", "a.md", 3)]


def test_the_nearest_folder_with_git_is_the_repository(project):
    made = project(_BAD_PAGE, {"parity_repository": None})
    made.git("init", "-q")
    assert made.build().places == [("unknown-exception", "docs/a.md", 3)]


@pytest.mark.parametrize("broken", ["folder", "file"])
def test_git_that_cannot_be_read_is_said(project, broken):
    made = project({}, {"parity_repository": None})
    if broken == "folder":
        (made.root / ".git").mkdir()
    else:
        (made.root / ".git").write_text("gitdir: nowhere\n")
    built = made.build()
    assert [one[0] for one in built.places] == ["unreadable-file"]
    assert built.status == 1


@pytest.mark.parametrize("hidden", ["parity", "parity.*", "parity.unknown-exception"])
def test_suppressed_lines_hide_nothing_else(project, hidden):
    made = project(_BAD_PAGE, {"suppress_warnings": [hidden]})
    for options in ([], ["-W"]):
        built = made.build("html", *options)
        assert built.lines == []
        assert built.closing.startswith("ERROR: sphinx-arco-parity: 1 error(s)")
        assert built.status == 1
        assert built.places == [("unknown-exception", "docs/a.md", 3)]


def test_suppressed_warnings_fail_with_w_all_the_same(project):
    conf = {
        "suppress_warnings": ["parity"],
        "parity_rules": {"unknown-exception": "warning"},
    }
    made = project(_BAD_PAGE, conf)
    assert made.build().status == 0
    assert made.build("parity", "-W").status == 1


@pytest.mark.parametrize("option", ["-q", "-Q", "-n"])
def test_options_that_change_the_log_keep_the_exit_status(project, option):
    built = project(_BAD_PAGE).build("html", option)
    assert built.status == 1
    assert bool(built.lines) == (option != "-Q")


def test_make_mode_fails_each_time(project):
    made = project(_BAD_PAGE)
    arguments = ["-M", "html", str(made.docs), str(made.root / "out"), "--no-color"]
    for _ in range(2):
        built = made.run(arguments, made.root / "out/html")
        assert built.status == 1
        assert len(built.lines) == 1


@pytest.mark.parametrize("id_", ["EX-99", "EX-01"])
def test_the_python_interface_tells_by_its_status(project, id_):
    declared = "```{parity-exception} EX-01\n:capability: c\n:decision: d\n:type: Permanent\n```\n"
    made = project({"a.md": f"# A\n\n{declared}\n{{exception}}`{id_}`\n"})
    for _ in range(2):
        app = SphinxTestApp("dummy", srcdir=made.docs, builddir=made.root / "api")
        app.build()
        assert app.statuscode == int(id_ == "EX-99")
        app.cleanup()


def test_strict_output_writes_no_page(project):
    made = project(_BAD_PAGE, {"parity_strict_output": True})
    for _again in range(2):
        built = made.build("html")
        assert built.status == 1
        assert len(built.lines) == 1
        assert not (built.out / "a.html").exists()
    made.write({"docs/a.md": "# A\n"})
    mended = made.build("html")
    assert mended.status == 0
    assert (mended.out / "a.html").exists()


def test_severities_are_set_by_rule(project):
    for severity, status, lines in [("warning", 0, 1), ("info", 0, 0), ("off", 0, 0)]:
        conf = {"parity_rules": {"unknown-exception": severity}}
        built = project(_BAD_PAGE, conf, name=severity).build()
        assert built.status == status
        assert len(built.lines) == lines
        found = [f["severity"] for f in built.findings if f["rule"] == "unknown-exception"]
        assert found == ([] if severity == "off" else [severity])


def test_what_is_ignored_and_what_is_ignored_in_vain(project):
    ignored = {"unknown-exception": {"docs/a.md": "known since 2024"}}
    built = project(_BAD_PAGE, {"parity_ignore": ignored}, name="used").build()
    assert built.findings == []
    assert built.status == 0
    ignored["unknown-exception"]["docs/z.md"] = "gone"
    built = project(_BAD_PAGE, {"parity_ignore": ignored}, name="unused").build()
    assert built.places == [("ignore-unused", "docs/conf.py", 1)]
    assert built.status == 0


def test_a_baseline_makes_known_findings_info(project):
    made = project(_BAD_PAGE)
    first = made.build()
    finding = first.serious[0]
    entry = {key: finding[key] for key in ("id", "rule", "path", "item")}
    made.write({"docs/known.json": "[\n" + json.dumps(entry, sort_keys=True) + "\n]\n"})
    made.configure({"parity_baseline": "known.json"})
    built = made.build()
    assert built.status == 0, built.stderr
    assert [f["severity"] for f in built.findings] == ["info"]
    made.write({"docs/a.md": "# A\n\n{exception}`EX-99` {exception}`EX-98`\n"})
    built = made.build()
    assert [f["severity"] for f in built.findings].count("error") == 1
    made.write({"docs/a.md": "# A\n"})
    assert [one[0] for one in made.build().places] == ["baseline-outdated"]


def test_nothing_is_published_that_is_not_wanted(project):
    built = project({}, {"parity_publish": ["badge"]}).build("html")
    assert not (built.out / "parity.json").exists()
    assert (built.out / "parity-badge.svg").exists()


def test_reports_of_others_are_read_within_the_repository_only(project):
    page = "# A\n\n```{parity-table} exceptions\n:from: ../../theirs.json, none.json\n```\n"
    made = project({"a.md": page})
    secret = {"schema_version": 2, "product": "secret", "exceptions": [], "rows": []}
    (made.root.parent / "theirs.json").write_text(json.dumps(secret))
    built = made.build("html")
    assert built.places == [("malformed-declaration", "docs/a.md", 4)] * 2
    assert "secret" not in built.html("a.html")


def test_options_may_stand_in_toml_and_conf_py_wins(project):
    page = "# A\n\n| ID | Capability |\n|---|---|\n| EX-1 | UI |\n"
    made = project({"a.md": page}, {"parity_reference": "Dagster"})
    toml = made.root / "arco-parity.toml"
    toml.write_text(
        'reference = "Beacon"\nproduct = "Kite"\nrefrence = "x"\n'
        'tables.exceptions = ["docs/a.md", "docs/b.md", "c.md"]\n'
        "\n[required_fields]\nexceptions = []\n"
    )
    built = made.build()
    assert (built.data["reference"], built.data["product"]) == ("Dagster", "Kite")
    assert built.ids() == ["EX-1"]
    told = {(f["rule"], f["path"], f["line"], f["item"]) for f in built.serious}
    assert told == {
        ("configuration", "arco-parity.toml", 3, "refrence"),
        ("table-not-recognised", "arco-parity.toml", 4, "b.md"),
        ("table-not-recognised", "arco-parity.toml", 4, "../c.md"),
    }
    # What it says is part of what a page is read by.
    toml.write_text('product = "Kite"\n')
    built = made.build()
    assert (built.ids(), built.serious) == ([], [])


def test_a_broken_toml_file_is_an_error_and_no_crash(project):
    made = project({})
    (made.root / "arco-parity.toml").write_text("product = \n")
    (found,) = made.build().serious
    assert (found["rule"], found["path"], found["item"]) == (
        "configuration", "arco-parity.toml", "arco-parity.toml",
    )  # fmt: skip
    assert "is no TOML" in found["message"]
