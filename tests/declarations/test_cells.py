"""The cells of a row: our fields, the project's own, and the id."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.declarations.columns import anchor_name, identify, map_columns, named_cells
from sphinx_arco_parity.settings.options import Settings


@pytest.mark.parametrize(
    ("texts", "kind", "expected"),
    [
        ({"id": "EX-01", "capability": "Web"}, "exceptions", ("EX-01", False)),
        ({"id": "**EX-01**"}, "exceptions", ("EX-01", False)),
        ({"id": "tick", "capability": "Web"}, "matrix", ("tick", False)),
        # A numbered list of exceptions has numbers as ids; a matrix is numbered for readers.
        ({"id": "1", "capability": "Web"}, "exceptions", ("1", False)),
        ({"id": "1", "capability": "**Web** UI"}, "matrix", ("Web UI", True)),
        ({"id": "1.", "capability": "Web"}, "matrix", ("Web", True)),
        ({"id": "1a", "capability": "Web"}, "matrix", ("1a", False)),
        ({"id": "", "capability": "Web"}, "exceptions", ("Web", True)),
        ({"id": "—", "capability": "Web"}, "matrix", ("Web", True)),
        ({"capability": "Web"}, "matrix", ("Web", True)),
        ({}, "matrix", ("", True)),
    ],
)
def test_the_id_is_what_is_written_or_the_capability(texts, kind, expected):
    assert identify(texts, kind) == expected


@pytest.mark.parametrize(
    ("identifier", "derived", "name"),
    [
        ("Web UI", True, "web-ui"),
        ("Web UI", False, "Web UI"),
        ("→", True, None),
        ("", False, None),
    ],
)
def test_an_anchor_is_made_of_the_id_or_left_to_sphinx(identifier, derived, name):
    assert anchor_name(identifier, derived) == name


def test_cells_are_ours_by_field_and_the_others_by_header():
    headers = ["Capability", "Team", "**Status**", "*Cost*"]
    columns = map_columns(headers, "matrix", Settings())
    assert named_cells(columns, ["Web", "blue", "Partial", "1"]) == (
        {"capability": "Web", "status": "Partial"},
        [("Team", "blue"), ("Cost", "1")],
    )


def test_a_row_may_be_shorter_or_longer_than_its_header():
    columns = map_columns(["Capability", "Status"], "matrix", Settings())
    assert named_cells(columns, ["Web"]) == ({"capability": "Web"}, [])
    assert named_cells(columns, ["Web", "Partial", "more"]) == (
        {"capability": "Web", "status": "Partial"},
        [],
    )
