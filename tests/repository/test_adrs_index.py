"""The table of ADRs in the README or index of their folder, line by line."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.adrs import read_adrs
from sphinx_arco_parity.settings.options import Settings


class Folder:
    def __init__(self, files):
        self.texts = files

    def files(self):
        return tuple(self.texts)

    def text(self, path):
        return self.texts[path]


def entries(table, name="docs/adr/README.md"):
    files = {
        name: f"# Decisions\n\n{table}\n",
        "docs/adr/adr-020-x.md": "## Status\nAccepted\n",
        "docs/adr/adr-024-y.md": "## Status\nAccepted\n",
    }
    index = read_adrs(Folder(files), Settings()).index
    return [(entry.number, entry.status, entry.place.line) for entry in index]


EXPECTED = [("020", "Accepted", 5), ("024", "Superseded by ADR-025", 6)]

TABLES = {
    "links": "| ADR | Title | Status |\n|---|---|---|\n"
    "| [020](adr-020-x.md) | X | Accepted |\n"
    "| [024](adr-024-y.md) | Y | Superseded by [ADR-025](adr-025-z.md) |",
    "numbers": "| # | Title | Status |\n|---|---|---|\n| 020 | X | **Accepted** |\n"
    "| 024 | Y | Superseded by ADR-025 |",
    "words": "| ADR | Status |\n|---|---|\n| ADR-020: X | ✅ Accepted |\n"
    "| ADR-024: Y | Superseded by ADR-025 |",
    "status first": "| Status | Replaces | ADR |\n|:--|---|---|\n| Accepted | ADR-024 | ADR-020 |\n"
    "| Superseded by ADR-025 | | ADR-024 |",
    "no outer bars": "ADR | Status\n--- | ---\n[020](adr-020-x.md) | Accepted\n"
    "[024](adr-024-y.md) | Superseded by ADR-025",
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_stand_on_their_own_lines(name):
    assert entries(TABLES[name]) == EXPECTED


def test_numbers_of_the_decision_column_with_a_title():
    table = "| Decision | Status |\n|---|---|\n| 020. X | Accepted |\n| 24. Y | Proposed |"

    assert entries(table) == [("020", "Accepted", 5), ("24", "Proposed", 6)]


def test_restructuredtext_tables():
    listed = ".. list-table::\n   :header-rows: 1\n\n   * - ADR\n     - Status\n"
    listed += "   * - `020 <adr-020-x.rst>`_\n     - Accepted\n   * - ADR-024\n     - Proposed\n"
    grid = "+-----+----------+\n| ADR | Status   |\n+=====+==========+\n"
    grid += "| 020 | Accepted |\n+-----+----------+\n| 024 | Proposed |\n+-----+----------+\n"

    assert entries(listed, "docs/adr/index.rst") == [
        ("020", "Accepted", 8),
        ("024", "Proposed", 10),
    ]
    assert entries(grid, "docs/adr/index.rst") == [
        ("020", "Accepted", 6),
        ("024", "Proposed", 8),
    ]


def test_a_status_of_several_lines_is_one_of_a_grid_table():
    grid = "+-----+----------+\n| ADR | Status   |\n+=====+==========+\n"
    grid += "| 020 | Replaced |\n|     | by       |\n|     | ADR-024  |\n+-----+----------+\n"

    assert entries(grid, "docs/adr/index.rst") == [
        ("020", "Replaced by ADR-024", 6),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Status | Meaning |\n|---|---|\n| Accepted | ADR-020 is in force |",
        "| Phase | Status |\n|---|---|\n| 20 | Done |\n| 24 | Open |",
        "| # | Task | Status |\n|---|---|---|\n| 20 | x | Done |",
        "| ADR | Title |\n|---|---|\n| 020 | X |",
        "| ADR | Status |\n|---|---|\n| 020 | - |",
        "| ADR | Status |\n|---|---|\n| 077 | Accepted |",
        "```\n| ADR | Status |\n|---|---|\n| 020 | Proposed |\n```",
        "| RFC | Title | Status |\n|---|---|---|\n| RFC-1 | X | Done |\n| RFC-2 | Y | Done |",
    ],
)
def test_other_tables_are_left_alone(table):
    assert entries(table) == []


@pytest.mark.parametrize(("name", "found"), [("docs/README.md", 0), ("docs/adr/index.md", 1)])
def test_only_the_index_of_the_folder_is_read(name, found):
    assert len(entries("| ADR | Status |\n|---|---|\n| 020 | Draft |", name)) == found
