"""Cells for a piece of evidence: what is cited, and what became of it."""

from __future__ import annotations

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.views.inline import Cell, Part


def verdict_cell(verdict: Verdict) -> Cell:
    """Return a verdict as a mark that says why, and what was reported of a test."""
    mark = Part(verdict.name, "verdict", title=verdict.detail)
    if verdict.result is None:
        return (mark,)
    return (mark, Part(" "), Part(verdict.result, "result", title=verdict.result_detail))


def reference_cell(piece: Evidence) -> Cell:
    """Return a reference: the file, linked, and what is looked for in it."""
    place = f"{piece.path}:{piece.line}" if piece.line else piece.path
    named = (piece.symbol, piece.job and f"job {piece.job}", piece.command)
    parts = [Part(what, "code") for what in named if what]
    if place or not parts:
        parts.insert(0, Part(place or piece.text, "code", link=("file", place) if place else None))
    return tuple(spaced for part in parts for spaced in (Part(" "), part))[1:]
