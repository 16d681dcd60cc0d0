"""Cells for a piece of evidence: what is cited, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.views.inline import Cell, Part

if TYPE_CHECKING:
    from sphinx_arco_parity.model.records import Evidence, Verdict


def verdict_cell(verdict: Verdict) -> Cell:
    """Return a verdict as a mark that says why."""
    return (Part(verdict.name, "verdict", title=verdict.detail),)


def reference_cell(piece: Evidence) -> Cell:
    """Return a reference: the file, linked, and what is looked for in it."""
    place = f"{piece.path}:{piece.line}" if piece.line else piece.path
    parts = [Part(place, "code", link=("file", place))]
    for what in (piece.symbol, piece.job and f"job {piece.job}", piece.command):
        if what:
            parts += [Part(" "), Part(what, "code")]
    return tuple(parts)
