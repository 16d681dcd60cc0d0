"""One line of a table before it is laid out: cells, and what filters compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_arco_parity.views.inline import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a table before it is laid out."""

    cells: Mapping[str, Cell]
    """Column to cell."""
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What filters compare: ``status``, ``type``, ``milestone``, ``section``,
    ``owner``, ``documents``."""
    anchor: str = ""
    """Of the declaration, as ``kind-id``; used for permalinks."""
    declared: tuple[str, str] = ("", "")
    """Page and anchor of the declaration."""
    classes: tuple[str, ...] = ()
