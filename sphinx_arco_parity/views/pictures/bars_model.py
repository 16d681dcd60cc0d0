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
    shades: tuple[Shade, ...]
    lines: tuple[BarLine, ...]

    def table(self) -> PictureTable:
        """Return every line as strings, those too that the picture sums up."""
        return PictureTable(
            (self.first_header, *(shade.word for shade in self.shades), self.total_header),
            tuple((line.label, *map(str, line.counts), str(line.total)) for line in self.lines),
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
