"""What the directives of the page that is being read have found so far.

Kept in Sphinx's store for the current document, which it empties before each page; the
transform of :mod:`.collect` makes the page's records of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.speed.prefilter import KEY

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.reading.option_block import OptionBlock
    from sphinx_arco_parity.model.records import (
        ParityException,
        ParityRow,
        Problem,
        View,
    )


@dataclass(slots=True)
class WrappedTable:
    """A table in the body of ``parity-exceptions`` or ``parity-matrix``."""

    kind: str
    section: str = ""
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Collected:
    """Records and problems in the order in which the page's parser met them."""

    exceptions: list[ParityException] = field(default_factory=list)
    rows: list[ParityRow] = field(default_factory=list)
    claims: list[tuple[nodes.Element, OptionBlock, str]] = field(default_factory=list)
    """Claims by directive: their node, options and id; their text is read later."""
    problems: list[Problem] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    wrapped: dict[int, WrappedTable] = field(default_factory=dict)
    """By ``id()`` of the table's node."""
    parked: list[tuple[nodes.Element, list[nodes.Node]]] = field(default_factory=list)
    """Cells and their content, while it is out of the way; see :mod:`.detached_rows`."""
    sections: list[tuple[int, nodes.Element]] = field(default_factory=list)


def collected(env: BuildEnvironment) -> Collected:
    """Return what the current page has so far."""
    found = env.temp_data.get(KEY)
    if not isinstance(found, Collected):
        found = env.temp_data[KEY] = Collected()
    return found
