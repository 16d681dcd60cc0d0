"""Text from anywhere, made safe for a terminal."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.text.visible import visible

OURS = re.compile(r"\x1b\[3[12]m")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", r"\u001b[2J"),
        ("a\r\nb\x07\x7f\x9b1m", "a\\u000d\nb\\u0007\\u007f\\u009b1m"),
        ("\u202ecod.exe\u2066\u2028", r"\u202ecod.exe\u2066\u2028"),
        ("caf\udce9", r"caf\udce9"),
        ("größe\t→ 😀 \\u001b\u200d", "größe\t→ 😀 \\u001b\u200d"),
    ],
)
def test_what_is_shown(text, shown):
    assert visible(text) == shown


def test_what_is_ours_stays():
    assert visible("\x1b[31m\x1b[8mx\x1b[32m", kept=OURS) == "\x1b[31m\\u001b[8mx\x1b[32m"
    assert visible("\x1b[8m", kept=OURS) == r"\u001b[8m"


@given(st.text())
def test_json_means_the_same(text):
    written = json.dumps([text], ensure_ascii=False, indent=1)
    assert json.loads(visible(written)) == [text]
    assert visible(visible(text)) == visible(text)
