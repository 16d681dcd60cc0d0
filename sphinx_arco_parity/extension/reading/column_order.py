"""The ``columns`` option of a table that stands in the page: which are shown, in order."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from sphinx_arco_parity.declarations.columns import Columns
from sphinx_arco_parity.model.table_columns import own_key


def positions(columns: Columns, wanted: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the positions of the *wanted* columns, and the names that are none."""
    known = {own_key(header): i for i, header in reversed([*enumerate(columns.headers)])}
    known |= {name: i for i, name in enumerate(columns.fields) if name}
    found = [known[own_key(name)] for name in wanted if own_key(name) in known]
    return found, [name for name in wanted if own_key(name) not in known]


def show_columns(table: nodes.table, chosen: Sequence[int]) -> bool:
    """Leave the columns at the positions *chosen*; tell whether that could be done.

    A table whose cells span columns stays as it is.
    """
    group = next(table.findall(nodes.tgroup), None)
    if group is None or any("morecols" in cell for cell in table.findall(nodes.entry)):
        return False
    rows = list(group.findall(nodes.row))
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    if any(len(row.children) != len(specs) for row in rows):
        return False
    others = [child for child in group.children if not isinstance(child, nodes.colspec)]
    group.children = []
    group += [specs[position] for position in chosen]
    group += others
    group["cols"] = len(chosen)
    for row in rows:
        cells = list(row.children)
        row.children = []
        row += [cells[position] for position in chosen]
    return True
