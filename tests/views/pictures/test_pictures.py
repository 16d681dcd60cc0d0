"""What holds for every picture: well-formed, named, bounded, never colour alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.model.records import ParityException
from sphinx_arco_parity.views.pictures.drawing import (
    PATTERNS,
    STATUS_SHADES,
    UNKNOWN_STATUS,
    VERDICT_SHADES,
    fitted,
    name_of,
    width_of,
)
from sphinx_arco_parity.views.pictures.graph import graph_picture
from sphinx_arco_parity.views.pictures.summary import summary_pictures

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "",
    "</title><script>alert(1)</script>",
    '"onload="x',
    "&lt; & ]]> <!--",
    "\x00\x1b\uffff",
    "W" * 400,
    "日本語" * 60,
    "a\n\n\tb",
    "{count} {0} %s",
    "𝕏\u202ee\u0301",
]


def pictures(assessment, prefix="p"):
    drawn = [*summary_pictures(assessment, prefix=prefix)]
    graph = graph_picture(assessment, prefix=prefix)
    return [*drawn, graph] if graph else drawn


def root_of(picture):
    """Return the picture with an address in each of its links."""
    assert picture.svg.count("\0") == len(picture.links)
    return ElementTree.fromstring(picture.svg.replace("\0", ' href="x"'))


def size_of(root):
    """Return width and height; what is as wide as the page is measured on a phone."""
    if root.get("width") == "100%":
        return 330, float(root.get("height"))
    width, height = (float(size) for size in root.get("viewBox").split()[2:])
    return width, height


def pixels(root, size):
    """Return *size* in pixels; shares are of the picture's width."""
    return float(size[:-1]) / 100 * size_of(root)[0] if size.endswith("%") else float(size)


def ids_of(picture):
    return [one.get("id") for one in root_of(picture).iter() if one.get("id")]


def boxes_and_texts(root):
    """Yield how far each element reaches to the right and down."""
    for one in root.iter():
        if one.tag == f"{SVG}rect" and one.get("x"):
            yield (
                pixels(root, one.get("x")) + pixels(root, one.get("width")),
                float(one.get("y")) + float(one.get("height")),
            )
        if one.tag == f"{SVG}text":
            x, wide = (
                pixels(root, one.get("x")),
                width_of(one.text or "", float(one.get("font-size"))),
            )
            if one.get("text-anchor") == "end":
                assert x - wide >= 0
                wide = 0
            yield x + wide, float(one.get("y"))


def check(picture):
    """Hold *picture* to what every picture promises."""
    root = root_of(picture)
    assert root.get("role") == ("group" if picture.links else "img")
    assert [one.get("id") for one in list(root)[:2]] == root.get("aria-labelledby").split()
    assert (root[0].tag, root[0].text) == (f"{SVG}title", picture.title)
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", picture.description)
    found = ids_of(picture)
    assert len(found) == len(set(found))
    for reference in re.findall(r"url\(#([^)]*)\)", picture.svg):
        assert reference in found
    for one in root.iter():
        assert one.get("style") is None, "a strict content security policy forbids it"
        assert one.tag != f"{SVG}script"
        assert not any(name.startswith("on") for name in one.attrib)
        if one.tag == f"{SVG}text":
            assert float(one.get("font-size")) >= 12
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"none|currentColor|url\(#.*\)|", one.get(name, ""))
    width, height = size_of(root)
    for right, bottom in boxes_and_texts(root):
        assert right <= width + 0.2
        assert bottom <= height + 0.2
    assert {len(row) for row in picture.table.rows} <= {len(picture.table.headers)}
    assert all(isinstance(cell, str) for row in picture.table.rows for cell in row)


def test_all_pictures(small):
    drawn = pictures(small)
    assert [one.name for one in drawn] == [
        "statuses",
        "evidence",
        "types",
        "milestones",
        "graph",
    ]
    for picture in drawn:
        check(picture)


def test_nothing_to_draw(empty):
    assert pictures(empty) == []


def test_ids_of_two_directives_differ(small):
    first = {one for picture in pictures(small, "a") for one in ids_of(picture)}
    second = {one for picture in pictures(small, "b") for one in ids_of(picture)}
    assert not first & second
    assert len(first) == sum(len(ids_of(picture)) for picture in pictures(small, "a"))


@pytest.mark.parametrize("prefix", ["", "1 x", '"><b>', "ü"])
def test_any_prefix_makes_ids(small, prefix):
    for picture in pictures(small, prefix):
        assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", one) for one in ids_of(picture))
    assert name_of("index-1") == "index-1"


def test_the_same_twice(small):
    assert pictures(small) == pictures(replace(small))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(named, name):
    for picture in pictures(named(name)):
        check(picture)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_name(named, name):
    for picture in pictures(named(name)):
        check(picture)


@pytest.mark.parametrize("items", [1000, 10000])
def test_large_projects_stay_small_pictures(large, items):
    for picture in pictures(large(items)):
        assert len(picture.svg) < 50_000
        root = root_of(picture)
        width, height = size_of(root)
        assert width <= 900
        assert height <= 1800
        if items == 1000:
            check(picture)


def test_boxes_of_declarations_are_links_and_those_of_sums_are_not(small, large):
    links = graph_picture(small, prefix="p").links
    assert {("row", "tick"), ("exception", "EX-01"), ("adr", "adr/001.md")} <= set(links)
    sums = graph_picture(large(1000), prefix="p")
    assert all(kind in {"row", "claim", "exception", "adr"} for kind, _ in sums.links)
    assert not sums.links or sums.svg.count("× ") > 0


def test_statuses_differ_without_colour():
    shades = [*STATUS_SHADES.values(), UNKNOWN_STATUS]
    assert len({one.pattern for one in shades}) == len(shades)
    assert len({one.glyph for one in shades}) == len(shades)
    assert len({one.pattern for one in VERDICT_SHADES.values()}) == 3
    assert {one.pattern for one in shades} <= set(PATTERNS)


def test_status_is_word_glyph_and_class(small):
    statuses, *_, graph = pictures(small)
    for picture in (statuses, graph):
        texts = {one.text for one in root_of(picture).iter(f"{SVG}text")}
        assert "✔ Implemented" in texts
        assert "≠ Exception" in texts
        assert 'class="parity-shade parity-status-implemented"' in picture.svg


def test_long_labels_keep_their_whole_text(named):
    for picture in pictures(named("W" * 400)):
        if picture.name == "evidence":
            continue
        titles = {one.text for one in root_of(picture).iter(f"{SVG}title")}
        assert any("W" * 400 in text for text in titles)


def test_fitted_cuts_only_what_is_too_long():
    assert fitted("short", 13, 100) == "short"
    cut = fitted("a rather long label", 13, 60)
    assert cut.endswith("…")
    assert width_of(cut, 13) <= 60


def test_shows_chooses(small):
    exceptions = [one.id for one in small.register.exceptions]
    assert len(exceptions) == 3
    drawn = summary_pictures(small, prefix="p", shows=lambda one: isinstance(one, ParityException))
    assert [one.name for one in drawn] == ["types", "milestones"]


def test_words_are_translated(small):
    drawn = summary_pictures(small, prefix="p", say=lambda word: f"«{word}»")
    for picture in drawn:
        assert picture.title.startswith("«")
        assert picture.table.headers[0].startswith("«")
    graph = graph_picture(small, prefix="p", say=lambda word: f"«{word}»")
    assert all(header.startswith("«") for header in graph.table.headers)
