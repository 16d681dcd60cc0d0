"""What a picture is: its SVG, what it says in words, and the table behind it."""

from __future__ import annotations

from typing import NamedTuple


class PictureTable(NamedTuple):
    """The numbers of a picture as plain strings, all of them."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(NamedTuple):
    """A picture for HTML, and what every other builder shows for it."""

    name: str
    """``statuses``, ``evidence``, ``types``, ``milestones`` or ``graph``."""
    title: str
    description: str
    """What it shows, in a sentence or two."""
    svg: str
    """Each null character in it stands for the ``href`` of the next of :attr:`links`."""
    table: PictureTable
    links: tuple[tuple[str, str], ...] = ()
    """(``exception`` | ``row`` | ``claim`` | ``adr``, id), as in :attr:`.Part.link`."""
