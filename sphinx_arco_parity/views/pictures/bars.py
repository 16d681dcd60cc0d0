"""Draws bars: a legend, then a line for each bar with its label and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.views.pictures.drawing import (
    element,
    frame,
    label,
    name_of,
    title,
    width_of,
)
from sphinx_arco_parity.views.pictures.picture import Picture
from sphinx_arco_parity.views.pictures.shades import definitions, shaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_arco_parity.views.pictures.bars_model import BarLine, Bars
    from sphinx_arco_parity.views.pictures.shades import Shade

_WIDTH = 760
_LABELS = 190
_BAR = 240
_GAP = 16
_NUMBERS = _WIDTH - _LABELS - _BAR - _GAP
_LINE, _THICK = 28, 16


def bars_picture(bars: Bars, *, prefix: str, say: Callable[[str], str] = str) -> Picture:
    """Return *bars* as a picture.

    :param prefix: what the ids begin with; different for each picture of a page.
    :param say: translates the words that are added here.
    """
    prefix = f"{name_of(prefix)}-{bars.name}"
    lines = bars.drawn(say("{count} others"))
    used = tuple(
        shade
        for shade, counts in zip(
            bars.shades, zip(*(line.counts for line in lines), strict=True), strict=True
        )
        if any(counts)
    )
    legend, top = _legend(prefix, used) if len(bars.shades) > 1 else ("", 2.0)
    longest = max(line.total for line in lines if not line.summed)
    body = [definitions(prefix, bars.shades), legend]
    for number, line in enumerate(lines):
        body += _line(prefix, bars, line, top + number * _LINE, longest)
    size = (_WIDTH, top + len(lines) * _LINE + 2)
    return Picture(
        name=bars.name,
        title=bars.title,
        description=bars.description,
        svg=frame(prefix, size, (bars.title, bars.description), body),
        table=bars.table(),
    )


def _legend(prefix: str, shades: tuple[Shade, ...]) -> tuple[str, float]:
    """Return the legend, wrapped, and the height that it takes."""
    x, y, parts = 1.0, 4.0, []
    for shade in shades:
        wide = min(width_of(shade.called, 13), _WIDTH / 2)
        if x > 1 and x + 26 + wide > _WIDTH:
            x, y = 1.0, y + 24
        parts.append(shaded(prefix, shade, x, y, 20, 14))
        parts.append(label(shade.called, x + 26, y + 12, room=wide + 1))
        x += wide + 46
    return "".join(parts), y + 30


def _line(prefix: str, bars: Bars, line: BarLine, y: float, longest: int) -> Iterator[str]:
    yield label(line.label, 0, y + 14, room=_LABELS - 12)
    numbers = _numbers(bars, line)
    segments, x = "", float(_LABELS)
    for shade, count in zip(bars.shades, line.counts, strict=True):
        if count and not line.summed:
            # One of ten thousand must still be seen.
            wide = max(3.0, count / longest * _BAR)
            segments += shaded(prefix, shade, x, y + 1, wide, _THICK)
            x += wide
    if segments:
        yield element("g", title(f"{line.label}: {numbers}") + segments)
    yield label(
        f"{line.total}: {numbers}" if len(bars.shades) > 1 else str(line.total),
        _LABELS + _BAR + _GAP,
        y + 14,
        room=_NUMBERS,
        size=12,
    )


def _numbers(bars: Bars, line: BarLine) -> str:
    """Return ``✔ 6, ◐ 3``; without a glyph the word."""
    pairs = zip(bars.shades, line.counts, strict=True)
    return ", ".join(
        f"{shade.glyph} {count}" if shade.glyph else f"{shade.word} {count}"
        for shade, count in pairs
        if count
    )
