"""The rows of a table: where they stand, as far as parsers say, and their records.

Used by :mod:`.tables`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from docutils import nodes

from sphinx_arco_parity.declarations.columns import Columns, anchor_name, identify, named_cells
from sphinx_arco_parity.declarations.records_from import Written, exception_from, row_from
from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.nodes import around, give_id
from sphinx_arco_parity.model.records import ParityException, ParityRow, Place
from sphinx_arco_parity.model.table_columns import own_key

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class Declared(Protocol):
    """What the records of a page are added to."""

    exceptions: list[ParityException]
    rows: list[ParityRow]


def source_of(table: nodes.Element, page: str) -> str:
    """Return the file in which the rows stand: a CSV file knows only its cells.

    *page* is the file of the page, which counts where the table says nothing.
    """
    own = str(table.source or page)
    if "colwidths-auto" in table["classes"]:
        return own
    paragraphs = table.findall(nodes.paragraph)
    return next((str(part.source) for part in paragraphs if part.source), own)


def floor_of(table: nodes.table, source: str) -> int:
    """Return a line of *source* before the rows; CSV tables may not know theirs."""
    node: nodes.Element = table
    if table.line and _same_file(str(table.source or source), source):
        return int(table.line)
    while (parent := node.parent) is not None:
        before = parent.children[: parent.index(node)]
        for above in (*reversed(before), parent):
            if above.line and _same_file(str(above.source or source), source):
                return int(above.line)
        node = parent
    return 1


def _same_file(one: str, other: str) -> bool:
    """Compare paths as parsers give them: absolute, or from where we run."""
    return Path(one).absolute() == Path(other).absolute()


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


def section_of(node: nodes.Node) -> str:
    """Return the title of the section around *node*, or nothing."""
    for section in around(node.parent, nodes.section):
        return next((c.astext() for c in section.children if isinstance(c, nodes.title)), "")
    return ""


def declare(
    document: nodes.document,
    found: Declared,
    node: nodes.Element,
    columns: Columns,
    cells: Sequence[str],
    place: Place,
    section: str,
    roles: Sequence[tuple[str, str, Place]] = (),
) -> str:
    """Add the record of a row of a table to *found*; return the anchor that *node* is given."""
    env: BuildEnvironment = document.settings.env
    texts, own = named_cells(columns, cells)
    identifier, derived = identify(texts, columns.kind)
    kind = "exception" if columns.kind == "exceptions" else "row"
    anchor = give_id(document, node, kind, anchor_name(identifier, derived))
    written = Written(
        docname=env.docname,
        anchor=anchor,
        place=place,
        how="column",
        columns=list(zip(columns.fields, cells, strict=False)),
        site=build_of(env).project.settings.repository_url or "",
        roles=roles,
    )
    if kind == "exception":
        found.exceptions.append(
            exception_from(texts, own, written, identifier=identifier, derived=derived)
        )
    else:
        found.rows.append(
            row_from(texts, own, written, identifier=identifier, derived=derived, section=section)
        )
    return anchor
