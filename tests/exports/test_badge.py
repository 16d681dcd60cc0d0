"""The badge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from defusedxml import ElementTree

from sphinx_arco_parity.exports import badge as module
from sphinx_arco_parity.exports.badge import badge

SVG = "{http://www.w3.org/2000/svg}"


def words(assessment):
    root = ElementTree.fromstring(badge(assessment))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [one.get("id") for one in list(root)[:2]]
    return [one.text for one in root.iter(f"{SVG}text")], root.find(f"{SVG}desc").text


def test_errors_come_first(sample):
    shown, description = words(sample)
    assert shown == ["parity", "1 error"]
    assert description == "1 of 3 pieces of evidence verified, 1 error"
    assert module.RED in badge(sample)


def test_verified_of_cited(sample):
    shown, _ = words(replace(sample, findings=()))
    assert shown == ["parity", "1/3 verified"]


def test_no_evidence_is_no_success(empty):
    shown, _ = words(empty)
    assert shown == ["parity", "no evidence"]
    assert module.GREEN not in badge(empty)


@pytest.mark.parametrize("name", ["LEFT", "GREEN", "BLUE", "RED", "GREY"])
def test_white_is_easy_to_read_on_it(name):
    colour = getattr(module, name)
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5
