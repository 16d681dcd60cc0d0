"""What a picture is: its SVG, what it says in words, and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureTable:
    """The numbers of a picture as plain strings, all of them."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture for HTML, and what every other builder shows for it."""

    name: str
    """``statuses``, ``evidence``, ``types``, ``milestones`` or ``graph``."""
    title: str
    description: str
    """What it shows, in a sentence or two."""
    svg: str
    table: PictureTable
