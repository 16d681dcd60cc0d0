"""The line of a row whose cells have several lines, wherever its table stands."""

from __future__ import annotations

import pytest

CSV = """.. csv-table::
   :header: ID, Capability, Decision, Type

   EX-01, Sign in, Not now, Deferral
   EX-02, "Export

   of EX-01 and more", Never, Permanent
   EX-03, "Import", "Only

   small files", Simplified
   EX-04, Print, Never, Permanent
"""
LINES = {"EX-01": 4, "EX-02": 5, "EX-03": 8, "EX-04": 11}

GRID = """Skipped.

Skipped too.

.. marker

+-------+-----------+----------+-----------+
| ID    | Capability| Decision | Type      |
+=======+===========+==========+===========+
| EX-01 | - Sign in | Not      | Deferral  |
|       | - twice   | now      |           |
+-------+-----------+----------+-----------+
| EX-02 | Export    | Never,   | Permanent |
|       | of all    | never    |           |
+-------+-----------+----------+-----------+
"""

TABLES = {"parity_tables": {"exceptions": ["index"]}}


def places(built):
    return {
        one["id"]: (one["location"]["path"], one["location"]["line"])
        for one in built.data["exceptions"]
    }


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [
        ("index.rst", "Register\n========\n\n", ""),
        ("index.md", "# Register\n\n```{eval-rst}\n", "```\n"),
    ],
)
def test_rows_of_a_csv_table_in_the_page(project, name, above, below):
    built = project({name: above + CSV + below}, TABLES).build("parity")
    shift = above.count("\n")
    assert places(built) == {key: (f"docs/{name}", line + shift) for key, line in LINES.items()}


def test_rows_of_a_csv_table_in_a_file_that_the_page_includes(project):
    page = "Register\n========\n\n.. include:: /parts/rows.txt\n"
    files = {"index.rst": page, "parts/rows.txt": "\n\n" + CSV}
    built = project(files, TABLES).build("parity")
    assert places(built) == {key: ("docs/parts/rows.txt", line + 2) for key, line in LINES.items()}


@pytest.mark.parametrize("option", [":start-after: marker", ":start-line: 5"])
def test_rows_of_a_grid_table_in_a_part_that_the_page_includes(project, option):
    page = f"Register\n========\n\n.. include:: /parts/grid.txt\n   {option}\n"
    built = project({"index.rst": page, "parts/grid.txt": GRID}, TABLES).build("parity")
    assert places(built) == {
        "EX-01": ("docs/parts/grid.txt", 10),
        "EX-02": ("docs/parts/grid.txt", 13),
    }
