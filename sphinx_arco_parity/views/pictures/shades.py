"""How things of one kind are told apart without colour: a pattern and a word each.

Drawn from the colour of the text; a style sheet may set ``color`` on the classes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.views.marks import STATUS_GLYPHS, VERDICT_GLYPHS, class_of
from sphinx_arco_parity.views.pictures.drawing import element

#: Pattern to (how dense its ground is, the lines upon it in a tile of 8 by 8 pixels).
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


_STATUS_PATTERNS = {
    "Implemented": "solid",
    "Partial": "hatch",
    "Designed": "dots",
    "Planned": "empty",
    "Exception": "cross",
}
#: One for each status, and one for labels that mean none of them.
STATUS_SHADES = {
    word: Shade(word, pattern, class_of("status", word), STATUS_GLYPHS[word])
    for word, pattern in _STATUS_PATTERNS.items()
}
UNKNOWN_STATUS = Shade("unknown", "bars", "", "?")

#: Verdicts as a reader weighs them: it holds, it does not, it cannot be told.
VERDICT_SHADES = {
    "verified": Shade(
        "verified", "solid", class_of("verdict", "verified"), VERDICT_GLYPHS["verified"]
    ),
    "wrong": Shade("wrong", "cross", class_of("verdict", "gone"), VERDICT_GLYPHS["gone"]),
    "unknown": Shade("unknown", "dots", class_of("verdict", "unknown"), VERDICT_GLYPHS["unknown"]),
}


def numbered_shades(words: tuple[str, ...]) -> tuple[Shade, ...]:
    """Return a shade for each of *words*, by their order."""
    return tuple(Shade(word, _ORDER[number % len(_ORDER)]) for number, word in enumerate(words))


def definitions(prefix: str, shades: tuple[Shade, ...]) -> str:
    """Return the patterns that *shades* need, with ids that begin with *prefix*."""
    wanted = dict.fromkeys(shade.pattern for shade in shades)
    patterns = (_pattern(prefix, name) for name in wanted if PATTERNS[name][1])
    content = "".join(patterns)
    return element("defs", content) if content else ""


def _pattern(prefix: str, name: str) -> str:
    lines = element(
        "path",
        d=PATTERNS[name][1],
        stroke="currentColor",
        stroke_width=1.2,
        fill="currentColor" if name == "dots" else "none",
    )
    return element(
        "pattern", lines, id=f"{prefix}-{name}", width=8, height=8, patternUnits="userSpaceOnUse"
    )


def shaded(
    prefix: str, shade: Shade, x: float | str, y: float, width: float | str, height: float
) -> str:
    """Return a rectangle of *shade*: its ground, its pattern and its edge.

    Numbers are pixels; *x* and *width* may be shares of the picture's width.
    """
    ground = element(
        "rect",
        class_=f"parity-shade {shade.class_name}".strip(),
        fill="currentColor",
        fill_opacity=str(PATTERNS[shade.pattern][0]),
        stroke="currentColor",
        x=x,
        y=y,
        width=width,
        height=height,
    )
    if not PATTERNS[shade.pattern][1]:
        return ground
    lines = f"url(#{prefix}-{shade.pattern})"
    return ground + element("rect", fill=lines, x=x, y=y, width=width, height=height)
