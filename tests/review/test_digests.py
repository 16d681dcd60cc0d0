"""What a review signs: a digest that other words change, and other places do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.model.records import Citation, Evidence, ParityException, ParityRow, Place
from sphinx_arco_parity.review.renames import (
    exception_digest,
    paired_ids,
    renamed_by_capability,
    row_digest,
)

AT = Place(path="m.md", line=3)
PIECE = Evidence(kind="ci", text="x", path="a.yml", symbol="s", job="j", command="c")
ROW = ParityRow(
    id="tick", docname="m", anchor="a", place=AT, capability="Ticks", status="Partial",
    feature="timer", proof_level="E2E", owner="core", notes="*first*", evidence=(PIECE,),
    adrs=(Citation(target="ADR-24", how="option", place=AT),), fields=(("Risk", "low"),),
)  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"feature": "clock"},
        {"proof_level": "unit"},
        {"owner": "ui"},
        {"notes": "second"},
        {"adrs": ()},
        {"fields": (("Risk", "high"),)},
        {"fields": ()},
        {"evidence": ()},
        *({"evidence": (replace(PIECE, **{name: "z"}),)} for name in ("kind", "path", "symbol", "job", "command")),
        *({"evidence": (replace(PIECE, **{name: None}),)} for name in ("symbol", "job", "command")),
    ],
)  # fmt: skip
def test_other_words_are_another_digest(other):
    assert row_digest(replace(ROW, **other)) != row_digest(ROW)


@pytest.mark.parametrize(
    "other",
    [
        {"id": "tock", "place": Place(path="n.md", line=9), "anchor": "b", "docname": "n"},
        {"capability": "Tocks", "status": "Planned", "section": "S"},
        {"proof_level": "**e2e**"},
        {"notes": "first"},
        {"adrs": (Citation(target="adr-24", how="column", place=AT), *ROW.adrs)},
        {"fields": (("risk", "*low*"), ("Due", ""))},
        {"evidence": (replace(PIECE, line=4, text="y", item=3),)},
    ],
)
def test_other_places_and_markup_are_the_same_digest(other):
    assert row_digest(replace(ROW, **other)) == row_digest(ROW)


def test_the_digest_of_an_exception_is_of_its_words_too():
    given = ParityException(
        id="EX-01", docname="r", anchor="a", place=AT, type="Deferral", decision="no"
    )
    assert exception_digest(replace(given, type="**deferral**", id="EX-02")) == exception_digest(
        given
    )
    assert exception_digest(replace(given, decision="yes")) != exception_digest(given)


@pytest.mark.parametrize(
    ("new", "old", "telling", "pairs"),
    [
        ({"b": "x"}, {"a": "x"}, {"b"}, {"b": "a"}),
        ({"b": "x"}, {"a": "x"}, set(), {}),
        ({"tick-2": "x"}, {"tick-1": "x"}, set(), {"tick-2": "tick-1"}),
        ({"b": "x"}, {"a": "y"}, {"b"}, {}),
        ({"b": "x"}, {"a": "x", "c": "x"}, {"b"}, {}),
        ({"b": "x", "c": "x"}, {"a": "x"}, {"b", "c"}, {}),
        ({"tick-3": "x"}, {"tick-1": "x", "tock-3": "x"}, set(), {"tick-3": "tick-1"}),
        ({"tick-3": "x", "tick-1a": "x"}, {"tick-1": "x"}, set(), {"tick-1a": "tick-1"}),
        ({}, {"a": "x"}, set(), {}),
        ({f"tick-{n}": "x" for n in range(50)}, {f"tick-{n}": "x" for n in range(51)}, set(), {}),
    ],
)
def test_ids_of_the_same_content_are_paired_if_that_tells_or_they_are_alike(
    new, old, telling, pairs
):
    assert paired_ids(new, old, telling=telling) == pairs


@pytest.mark.parametrize(
    ("old", "new", "known", "renamed"),
    [
        ({"a": "X"}, {"b": "X"}, {}, {"b": "a"}),
        ({"a": "X"}, {"a": "X"}, {}, {}),
        ({"a": "X", "c": "X"}, {"b": "X"}, {}, {}),
        ({"a": "X"}, {"b": "X", "c": "X"}, {}, {}),
        ({"a": "X"}, {"b": "Y"}, {}, {}),
        ({"a": ""}, {"b": ""}, {}, {}),
        ({"a": "X"}, {"a": "Y", "b": "X"}, {}, {}),
        ({"a": "X", "b": "Y"}, {"b": "X"}, {}, {}),
        ({"a": "X", "c": "Y"}, {"b": "X", "d": "Y"}, {"b": "a"}, {"d": "c"}),
        ({"a": "X", "c": "Y"}, {"b": "X", "d": "Y"}, {"d": "a"}, {}),
    ],
)
def test_a_row_is_known_by_the_capability_that_it_alone_has(old, new, known, renamed):
    before, after = (
        {"rows": [{"id": key, "capability": said} for key, said in rows.items()]}
        for rows in (old, new)
    )
    assert renamed_by_capability(before, after, known) == renamed
