"""A text in a picture takes no more room than it has."""

from __future__ import annotations

import re

import pytest

from sphinx_arco_parity.views.pictures.drawing import fitted, label, width_of


@pytest.mark.parametrize("character", ["\x1b", "\ud800", "a", "W", "→"])
def test_a_label_fits_as_it_is_shown(character):
    """What XML forbids is shown as U+FFFD, which is wider than most characters."""
    drawn = label(character * 60, 0, 10, room=200, size=13)
    shown = re.search(r"<text[^>]*>([^<]*)</text>", drawn)
    assert shown is not None
    assert shown[1].endswith("…")
    assert width_of(shown[1], 13) <= 200
    assert len(shown[1]) > 10


def test_a_text_with_room_enough_is_whole_and_on_one_line():
    assert fitted(" a\n  b ", 13, 100) == "a b"
    assert "<title>" not in label(" a\n  b ", 0, 0, room=100)
