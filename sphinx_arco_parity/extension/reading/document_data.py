"""What the directives of the page that is being read have found so far.

Kept in Sphinx's store for the current document, which it empties before each page; the
transform of :mod:`.collect` makes the page's records of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.records import ParityException, ParityRow, Problem, View

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.reading.option_block import OptionBlock


_KEY = "sphinx_arco_parity"


@dataclass(slots=True)
class WrappedTable:
    """A table in the body of ``parity-exceptions`` or ``parity-matrix``."""

    kind: str
    section: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InlineClaim:
    """A claim by role, and where it stands."""

    anchor: str
    exceptions: str
    node: nodes.Element
    block: nodes.Element
    """The text around it, which stays when it is translated."""


@dataclass(slots=True)
class Collected:
    """Records and problems in the order in which the page's parser met them."""

    exceptions: list[ParityException] = field(default_factory=list)
    rows: list[ParityRow] = field(default_factory=list)
    claims: list[tuple[nodes.Element, OptionBlock, str]] = field(default_factory=list)
    """Claims by directive: their node, options and id; their text is read later."""
    problems: list[Problem] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    wrapped: dict[nodes.table, WrappedTable] = field(default_factory=dict)
    """Tables in the body of a directive."""
    has_claims: bool = False
    """Whether a role declares a claim, in the text or in its translation."""
    tables: list[nodes.table] = field(default_factory=list)
    """Those that declare, once the page's records are made."""
    inline_claims: list[InlineClaim] = field(default_factory=list)
    """Claims by role, once the page's records are made."""


def collected(env: BuildEnvironment) -> Collected:
    """Return what the current page has so far."""
    found = env.temp_data.get(_KEY)
    if not isinstance(found, Collected):
        found = env.temp_data[_KEY] = Collected()
    return found
