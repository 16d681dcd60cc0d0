"""Files that a page reads beside its source: made, replaced, taken away, included."""

from __future__ import annotations

import json
import os

import pytest

TABLE = "# Matrix\n\n```{parity-matrix}\n:file: rows.csv\n```\n"
VIEW = "# Other\n\n```{parity-table} matrix\n:from: other.json\n```\n"
ROWS = "ID,Capability,Status\n{0},One,Planned\n"


def seen(built):
    return built.status, built.places, built.ids("rows")


@pytest.fixture
def matrix(project):
    return project({"index.md": TABLE, "rows.csv": ROWS.format("first")})


def test_a_data_file_that_is_made_after_the_page_was_read(matrix):
    rows = matrix.docs / "rows.csv"
    text = rows.read_text()
    rows.unlink()
    missing = (1, [("malformed-declaration", "docs/index.md", 3)], [])
    assert seen(matrix.build("parity")) == missing
    rows.write_text(text)
    assert seen(matrix.build("parity")) == (0, [], ["first"])
    rows.unlink()
    assert seen(matrix.build("parity")) == missing


def test_a_data_file_that_is_replaced_by_an_older_one(matrix):
    assert seen(matrix.build("parity")) == (0, [], ["first"])
    older = matrix.root / "older.csv"
    older.write_text(ROWS.format("other"))
    os.utime(older, (1_000_000_000, 1_000_000_000))
    older.replace(matrix.docs / "rows.csv")
    assert seen(matrix.build("parity")) == (0, [], ["other"])


def test_a_page_whose_files_are_the_same_is_not_read_again(matrix):
    matrix.build("parity")
    again = matrix.build("parity")
    assert "0 added, 0 changed, 0 removed" in again.stdout


@pytest.mark.parametrize(
    ("page", "name"), [(TABLE, "rows.csv"), (VIEW, "other.json")], ids=["data", "from"]
)
def test_links_that_lead_in_a_circle(project, page, name):
    made = project({"index.md": page})
    (made.docs / name).symlink_to("back")
    (made.docs / "back").symlink_to(name)
    built = made.build("html")
    assert built.status == 1
    (line,) = built.lines
    assert (line.rule, line.path) == ("malformed-declaration", "docs/index.md")
    assert "cannot be read" in line.message


def test_data_of_another_project_that_comes_later(project):
    made = project({"index.md": VIEW})
    assert made.build("html").status == 1
    other = project({"index.md": TABLE, "rows.csv": ROWS.format("far")}, name="far")
    document = json.dumps(other.build("parity").data)
    made.write({"docs/other.json": document})
    built = made.build("html")
    assert (built.status, built.places) == (0, [])
    assert "One" in built.html("index.html")


def test_what_is_published_no_more_is_taken_back(project):
    made = project({"index.md": "# Index\n"})
    out = made.build("html").out
    assert {"parity.json", "parity-badge.svg"} <= {path.name for path in out.iterdir()}
    made.configure({"parity_publish": ["badge"]})
    made.build("html")
    assert not (out / "parity.json").exists()
    (out / "parity-badge.svg").write_text("somebody else's")
    made.configure({"parity_publish": []})
    made.build("html")
    assert (out / "parity-badge.svg").read_text() == "somebody else's"


def test_a_number_of_a_json_file_is_read_as_it_is_written(project):
    page = "# Register\n\n```{parity-exceptions}\n:file: register.json\n```\n"
    fields = '"capability": "C", "decision": "D", "type": "Permanent"'
    entries = ", ".join(f'{{"id": {number}, {fields}}}' for number in ("1.1", "1.10", "7"))
    made = project({"index.md": page, "register.json": f"[{entries}]"})
    built = made.build("parity")
    assert built.ids() == ["1.1", "1.10", "7"]
    assert built.places == []


PART = """Left out.

.. marker

.. parity-row:: tick
   :capability: Tick
   :status: Nonsense

   Text.
"""


@pytest.mark.parametrize("folder", ["", "docs", "elsewhere"])
def test_a_directive_of_an_included_part_is_told_at_its_own_line(project, monkeypatch, folder):
    made = project(
        {
            "index.rst": "Index\n=====\n\nText.\n\n"
            ".. include:: ../shared/part.txt\n   :start-after: marker\n",
            "/shared/part.txt": PART,
            "/elsewhere/x.txt": "",
        }
    )
    monkeypatch.chdir(made.root / folder)
    built = made.build("parity")
    assert built.one("rows", "tick")["location"] == {
        "path": "shared/part.txt",
        "line": 5,
    }
    assert built.places == [("row-status", "shared/part.txt", 7)]
