"""What pictures look like: each whole, an element a line.

The files in `snapshots/` open in a browser.  Look at them there after
`UPDATE_SNAPSHOTS=1 pytest tests/views/pictures/test_drawn.py`.
"""

from __future__ import annotations

import pytest

from sphinx_arco_parity.views.pictures.bars import BarLine, Bars, bars_picture
from sphinx_arco_parity.views.pictures.drawing import Shade, numbered_shades
from sphinx_arco_parity.views.pictures.graph import graph_picture
from sphinx_arco_parity.views.pictures.summary import summary_pictures


@pytest.fixture
def check_drawn(snapshot):
    """Return what holds a picture to the file of its name."""
    return lambda name, picture: snapshot(f"{name}.svg", picture.svg.replace("><", ">\n<") + "\n")


@pytest.fixture
def bars():
    """Return bars with more lines than are drawn and more shades than one line holds."""
    words = ("one", "two", "three", "another rather long word of the project", "five", "six", "7")
    shades = (*numbered_shades(words), Shade("marked", "hatch", "parity-x", "✔"))
    lines = [BarLine(f"line {n}", (n, 1, 0, 0, n % 3, 0, 2, 1)) for n in range(26)]
    lines.append(BarLine("a rather long label that does not fit", (10_000, 1) + (0,) * 6))
    return Bars(
        name="many", title="Many & more", description="All.", first_header="Line", share_header="Share",
        shades=shades, lines=tuple(lines),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["statuses", "evidence", "types", "milestones"])
def test_the_pictures_of_a_summary_are_drawn(small, name, check_drawn):
    drawn = {picture.name: picture for picture in summary_pictures(small, prefix="p")}
    check_drawn(name, drawn[name])


def test_bars_wrap_their_legend_and_sum_up_what_they_do_not_draw(bars, check_drawn):
    check_drawn("bars", bars_picture(bars, prefix="p"))


def test_a_graph_is_drawn(small, check_drawn):
    check_drawn("graph", graph_picture(small, prefix="p"))


def test_a_graph_of_sums_is_drawn(large, check_drawn):
    check_drawn("graph-of-sums", graph_picture(large(400), prefix="p"))
