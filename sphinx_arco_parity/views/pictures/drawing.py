"""Elements of SVG, and how much room a text takes.

No font is known when a picture is drawn, so widths are estimated with a margin and what
could be too long is cut; the whole text stays in a ``title``.  Things of one kind are told
apart by a pattern and a word each, drawn from the colour of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_arco_parity.text.xml_text import xml_attribute, xml_characters, xml_text
from sphinx_arco_parity.views.marks import STATUS_GLYPHS, VERDICT_GLYPHS, class_of


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
    head = name
    for key, value in attributes.items():
        if value != "":
            text = xml_attribute(value) if isinstance(value, str) else f"{round(value, 1):g}"
            head += f' {key.rstrip("_").replace("_", "-")}="{text}"'
    return f"<{head}>{content}</{name.rstrip(chr(0))}>" if content else f"<{head}/>"


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


#: Pattern to (how dense its ground is, the lines upon it in a tile of 8 by 8 pixels); the
#: statuses take the first of them, in their order.
PATTERNS: dict[str, tuple[float, str]] = {
    "solid": (0.8, ""),
    "hatch": (0.3, "M-1,1 l2,-2 M0,8 l8,-8 M7,9 l2,-2"),
    "dots": (0.12, "M2,2 h2 v2 h-2 z M6,6 h2 v2 h-2 z"),
    "empty": (0.0, ""),
    "cross": (0.1, "M0,0 l8,8 M8,0 l-8,8"),
    "bars": (0.2, "M2,0 v8 M6,0 v8"),
    "steps": (0.2, "M0,2 h8 M0,6 h8"),
}

_ORDER = tuple(PATTERNS)


@dataclass(frozen=True, slots=True)
class Shade:
    """How one kind of thing is drawn and called."""

    word: str
    pattern: str
    class_name: str = ""
    glyph: str = ""

    @property
    def called(self) -> str:
        """The glyph, if there is one, and the word."""
        return f"{self.glyph} {self.word}".strip()


#: One for each status, and one for labels that mean none of them.
STATUS_SHADES = {
    word: Shade(word, pattern, class_of("status", word), glyph)
    for (word, glyph), pattern in zip(STATUS_GLYPHS.items(), PATTERNS, strict=False)
}
UNKNOWN_STATUS = Shade("unknown", "bars", "", "?")

#: Verdicts as a reader weighs them: it holds, it does not, it cannot be told.
VERDICT_SHADES = {
    word: Shade(word, pattern, class_of("verdict", verdict), VERDICT_GLYPHS[verdict])
    for word, verdict, pattern in (
        ("verified", "verified", "solid"),
        ("wrong", "gone", "cross"),
        ("unknown", "unknown", "dots"),
    )
}


def numbered_shades(words: tuple[str, ...]) -> tuple[Shade, ...]:
    """Return a shade for each of *words*, by their order."""
    return tuple(Shade(word, _ORDER[number % len(_ORDER)]) for number, word in enumerate(words))


def definitions(prefix: str, shades: tuple[Shade, ...]) -> str:
    """Return the patterns that *shades* need, with ids that begin with *prefix*."""
    content = ""
    for name in dict.fromkeys(shade.pattern for shade in shades):
        lines = PATTERNS[name][1]
        if lines:
            fill = "currentColor" if name == "dots" else "none"
            path = element("path", d=lines, stroke="currentColor", stroke_width=1.2, fill=fill)
            content += element(
                "pattern",
                path,
                id=f"{prefix}-{name}",
                width=8,
                height=8,
                patternUnits="userSpaceOnUse",
            )
    return element("defs", content) if content else ""


def shaded(
    prefix: str, shade: Shade, x: float | str, y: float, width: float | str, height: float
) -> str:
    """Return a rectangle of *shade*: its ground, its pattern and its edge.

    Numbers are pixels; *x* and *width* may be shares of the picture's width.
    """
    opacity, lines = PATTERNS[shade.pattern]
    ground = element(
        "rect",
        class_=f"parity-shade {shade.class_name}".strip(),
        fill="currentColor",
        fill_opacity=str(opacity),
        stroke="currentColor",
        x=x,
        y=y,
        width=width,
        height=height,
    )
    if not lines:
        return ground
    fill = f"url(#{prefix}-{shade.pattern})"
    return ground + element("rect", fill=fill, x=x, y=y, width=width, height=height)
