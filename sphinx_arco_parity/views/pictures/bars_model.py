"""What bars show: lines with a number for each kind of thing.

Made from an assessment by :mod:`.summary`, drawn by :mod:`.bars`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_arco_parity.views.pictures.picture import PictureTable

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.shades import Shade

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
        part, whole = (
            (line.total, self.total.total) if self.of_all else (line.counts[0], line.total)
        )
        return percent(part, whole)

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
