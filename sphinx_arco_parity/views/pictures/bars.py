"""Draws bars: a legend, then for each line its label and numbers, and the bar below.

Bars are as wide as the page lets them, by shares of its width; words keep their size, and
fit on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_arco_parity.text.xml_text import xml_text
from sphinx_arco_parity.views.pictures.drawing import (
    Picture,
    PictureTable,
    definitions,
    element,
    fitted,
    frame,
    label,
    name_of,
    shaded,
    title,
    width_of,
)

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.drawing import Shade


#: More lines than this are not read; the rest becomes one line.
MOST_LINES = 24


def percent(part: int, whole: int) -> str:
    """Return *part* of *whole*, rounded down: only all is ``100%``."""
    return f"{100 * part // whole if whole else 0}%"


@dataclass(frozen=True, slots=True)
class BarLine:
    """One bar."""

    label: str
    counts: tuple[int, ...]
    """One number for each shade."""
    summed: bool = False
    """It is the sum of lines that are not drawn; as a bar it would dwarf the others."""

    @property
    def total(self) -> int:
        """The whole length of the bar."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A picture of bars."""

    name: str
    title: str
    description: str
    first_header: str
    """What the lines are: ``Section``."""
    total_header: str = "All"
    share_header: str
    of_all: bool = False
    """The share of a line is its part of all, and not that of its first shade."""
    summed: bool = True
    """The lines have a sum: not so what is counted at one time and another."""
    shades: tuple[Shade, ...]
    lines: tuple[BarLine, ...]

    @property
    def total(self) -> BarLine:
        """The sum of all lines."""
        counts = zip(*(line.counts for line in self.lines), strict=True)
        return BarLine(self.total_header, tuple(map(sum, counts)))

    def share(self, line: BarLine) -> str:
        """Return the share of *line* in percent, rounded down."""
        if self.of_all:
            return percent(line.total, self.total.total)
        return percent(line.counts[0], line.total)

    def table(self) -> PictureTable:
        """Return every line as strings, those too that the picture sums up, and the total."""
        words = (shade.word for shade in self.shades)
        return PictureTable(
            (self.first_header, *words, self.total_header, self.share_header),
            tuple(
                (line.label, *map(str, line.counts), str(line.total), self.share(line))
                for line in (*self.lines, *([self.total] if self.summed else ()))
            ),
        )

    def drawn(self, others: str) -> tuple[BarLine, ...]:
        """Return the lines that are drawn: all, or the longest and a sum of the rest.

        :param others: the label of the sum, with ``{count}``.
        """
        if len(self.lines) <= MOST_LINES:
            return self.lines
        longest = sorted(self.lines, key=lambda line: -line.total)[: MOST_LINES - 1]
        kept = set(longest)
        rest = [line for line in self.lines if line not in kept]
        sums = tuple(map(sum, zip(*(line.counts for line in rest), strict=True)))
        shown = [line for line in self.lines if line in kept]
        return (*shown, BarLine(others.format(count=len(rest)), sums, summed=True))


#: What a phone has room for, in pixels.
_WIDTH = 330.0
_LINE, _THICK = 42, 14


def bars_picture(bars: Bars, *, prefix: str, say: Callable[[str], str] = str) -> Picture:
    """Return *bars* as a picture.

    :param prefix: what the ids begin with; different for each picture of a page.
    :param say: translates the words that are added here.
    """
    prefix = f"{name_of(prefix)}-{bars.name}"
    lines = bars.drawn(say("{count} others"))
    total = bars.total
    used = tuple(shade for shade, count in zip(bars.shades, total.counts, strict=True) if count)
    legend, top = _legend(prefix, used) if len(bars.shades) > 1 else ("", 2.0)
    longest = max(line.total for line in lines if not line.summed)
    body = [definitions(prefix, bars.shades), legend]
    if bars.summed and len(lines) > 1 and len(bars.shades) > 1:
        lines = (total, *lines)
    for number, line in enumerate(lines):
        whole = line.total if line is total else longest
        body += _line(prefix, bars, line, top + number * _LINE, whole)
    return Picture(
        name=bars.name,
        title=bars.title,
        description=bars.description,
        svg=frame(prefix, ("100%", top + len(lines) * _LINE), (bars.title, bars.description), body),
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


def _line(prefix: str, bars: Bars, line: BarLine, y: float, whole: int) -> Iterator[str]:
    numbers = _numbers(bars, line)
    said = fitted(numbers, 12, _WIDTH - min(width_of(line.label, 13), 0.4 * _WIDTH) - 8)
    yield label(line.label, 0, y + 14, room=_WIDTH - width_of(said, 12) - 8)
    yield element("text", xml_text(said), x="100%", y=y + 14, font_size=12, text_anchor="end")
    segments, x = "", 0.0
    for shade, count in zip(bars.shades, line.counts, strict=True):
        if count and not line.summed:
            # One of ten thousand must still be seen.
            wide = max(0.5, 100 * count / whole)
            wide = min(wide, 100 - x)
            segments += shaded(prefix, shade, f"{x:.2f}%", y + 20, f"{wide:.2f}%", _THICK)
            x += wide
    if segments:
        yield element("g", title(f"{line.label}: {numbers}") + segments)


def _numbers(bars: Bars, line: BarLine) -> str:
    """Return ``9 · 66%: ✔ 6, ◐ 3``; without a glyph the word."""
    pairs = zip(bars.shades, line.counts, strict=True)
    each = ", ".join(f"{shade.glyph or shade.word} {count}" for shade, count in pairs if count)
    shown = f"{line.total} · {bars.share(line)}"
    return f"{shown}: {each}" if len(bars.shades) > 1 else shown
