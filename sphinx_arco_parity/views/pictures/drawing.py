"""Elements of SVG, and how much room a text takes.

No font is known when a picture is drawn, so widths are estimated with a margin and what
could be too long is cut; the whole text stays in a ``title``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from sphinx_arco_parity.text.xml_text import xml_attribute, xml_characters, xml_text


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


_NARROW = frozenset("iljtfrI.,:;|!'()[]{}/\\`\" ")
_WIDE = frozenset("mwMW@%&—…")
_NOT_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_SPACE = re.compile(r"\s+")
#: A sans-serif of another make may be this much wider.
_MARGIN = 1.1


def name_of(prefix: str) -> str:
    """Return *prefix* as the beginning of an id."""
    bare = _NOT_NAME.sub("-", prefix).strip("-")
    return bare if bare[:1].isalpha() else f"parity-{bare}".rstrip("-")


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """Return an element; ``_`` in an attribute's name means ``-``, ``class_`` ``class``.

    *content* is SVG already; numbers are rounded to a tenth of a pixel.
    """
    parts = [
        f'{key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value != ""
    ]
    head = " ".join([name, *parts])
    return f"<{head}>{content}</{name.rstrip(chr(0))}>" if content else f"<{head}/>"


def _value(value: str | float) -> str:
    return xml_attribute(value) if isinstance(value, str) else f"{round(value, 1):g}"


def title(text: str) -> str:
    """Return what is told on pointing at the element around it."""
    return element("title", xml_text(text))


def one_line(text: str) -> str:
    """Return *text* as it is shown: its white space folded, what XML forbids replaced."""
    return xml_characters(_SPACE.sub(" ", text).strip())


def width_of(text: str, size: float) -> float:
    """Return how many pixels *text* takes at most in a font of *size* pixels."""
    return sum(_share(character) for character in text) * size * _MARGIN


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character.isupper():
        return 0.7
    return 0.56 if ord(character) < 0x250 else 0.72


def fitted(text: str, size: float, room: float) -> str:
    """Return *text*, cut with ``…`` if it does not fit into *room* pixels."""
    text = one_line(text)
    if width_of(text, size) <= room:
        return text
    used, kept = width_of("…", size), ""
    for character in text:
        used += width_of(character, size)
        if used > room:
            break
        kept += character
    return f"{kept.rstrip()}…"


def label(
    text: str, x: float, y: float, *, room: float, size: float = 13, **more: str | float
) -> str:
    """Return a text that fits into *room* pixels from *x*; *y* is its base line."""
    shown = fitted(text, size, room)
    whole = "" if shown == one_line(text) else title(one_line(text))
    words = element("text", xml_text(shown), x=x, y=y, font_size=size, **more)
    return element("g", whole + words) if whole else words


def frame(
    prefix: str,
    size: tuple[float | str, float],
    words: tuple[str, str],
    body: Iterable[str],
    role: str = "img",
) -> str:
    """Return a whole picture.

    It has no ``style``, which a strict content security policy forbids; a style sheet
    lets ``.parity-picture`` shrink with its column.

    :param prefix: what its ids begin with; different for each picture of a page.
    :param size: width and height in pixels; a width that is a share is never scaled.
    :param words: title and description.
    :param role: ``group`` for one with links.
    """
    width, height = size
    names = (f"{prefix}-title", f"{prefix}-desc")
    head = element("title", xml_text(words[0]), id=names[0])
    head += element("desc", xml_text(words[1]), id=names[1])
    return element(
        "svg",
        head + "".join(body),
        xmlns="http://www.w3.org/2000/svg",
        class_="parity-picture",
        role=role,
        aria_labelledby=" ".join(names),
        focusable="false",
        viewBox="" if isinstance(width, str) else f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        fill="currentColor",
        font_family="inherit",
    )
