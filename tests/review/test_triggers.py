"""Revisit triggers as they are written, and what they mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.review.triggers import TriggerKind, parse_trigger

FOUR = ("M1", "M2", "M3", "M4")


def named(text, milestones=FOUR):
    trigger = parse_trigger(text, milestones)
    return trigger.milestones, trigger.unknown


def test_those_of_the_seed(make):
    kinds = {one: parse_trigger(t, FOUR) for one, t in make.triggers.items()}

    assert {one: t.milestones for one, t in kinds.items() if t.milestones} == {
        "EX-03": ("M2",),
        "EX-04": ("M2",),
        "EX-05a": ("M2",),
        "EX-05b": ("M3",),
        "EX-08": ("M3",),
        "EX-09": ("M2", "M3"),
    }
    assert kinds["EX-01"].kind is TriggerKind.EVENT
    assert kinds["EX-06"].kind is TriggerKind.EVENT
    assert kinds["EX-07"].kind is TriggerKind.NONE
    assert not any(t.unknown for t in kinds.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M2-M4", "M2 M3 M4"),
        ("M2–M4", "M2 M3 M4"),
        ("M2 to M4", "M2 M3 M4"),
        ("M2 through M4", "M2 M3 M4"),
        ("between M2 and M4", "M2 M3 M4"),
        ("M2 and M4", "M2 M4"),
        ("M4, M2 & M3", "M2 M3 M4"),
        ("M2/3", "M2 M3"),
        ("M2 or 3", "M2 M3"),
        ("M2 or later", "M2"),
        ("M2+", "M2"),
        ("after M2 ships", "M2"),
        ("once M2 is out", "M2"),
        ("post-M2", "M2"),
        ("No revisit before M3", "M3"),
        ("Revisit at m2", "M2"),
        ("**M2**", "M2"),
        ("[M2](#m2)", "M2"),
        ("~~M2~~ M3", "M3"),
        ("M2 (UI), M3 (API)", "M2 M3"),
        ("Milestone M2.", "M2"),
        ("At M2, 2026", "M2"),
        ("M2, 4 weeks later", "M2"),
        ("M2 and 3 customers", "M2"),
        ("M3 (was M2)", "M3"),
        ("slipped from M2 to M3", "M3"),
        ("M3, not M2", "M3"),
        ("not before M3", "M3"),
    ],
)
def test_configured_milestones(text, expected):
    assert named(text) == (tuple(expected.split()), ())


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("M7", "", "M7"),
        ("Revisit at M7", "", "M7"),
        ("M2/M3/M5", "M2 M3", "M5"),
        ("by M10", "", "M10"),
        ("M2; M7 if demanded", "M2", "M7"),
        ("Revisit at M7 planning", "", "M7"),
    ],
)
def test_their_letters_with_other_digits_are_unknown(text, known, unknown):
    assert named(text) == (tuple(known.split()), tuple(unknown.split()))


@pytest.mark.parametrize(
    "text",
    [
        "EX-02", "see EX-M2", "ADR-024", "S3", "when M4 Macs are supported", "On Apple M2",
        "HTTP2 support", "MM2", "M2M", "COM2", "M2b", "within M5 metres", "docs/M3",
        "M3.md", "issue #M2", "Revisit when 3 customers ask", "M",
    ],
)  # fmt: skip
def test_what_is_no_milestone(text):
    trigger = parse_trigger(text, FOUR)

    assert (trigger.milestones, trigger.unknown) == ((), ())
    assert trigger.kind is TriggerKind.EVENT


@pytest.mark.parametrize(
    ("milestones", "text", "known", "unknown"),
    [
        (["v1.0", "v2.0"], "Revisit at v2.0", ("v2.0",), ()),
        (["v1.0", "v2.0"], "Revisit at v2", ("v2.0",), ()),
        (["v1.0", "v2.0"], "v3.0", (), ("v3.0",)),
        (["v1.0", "v2.0"], "v1.0/v2.0", ("v1.0", "v2.0"), ()),
        (["v1.0", "v2.0"], "when the v3 API is stable", (), ()),
        (["v1.0", "v2.0"], "HTTP v2 API", (), ()),
        (["Alpha", "Beta", "GA"], "at Beta", ("Beta",), ()),
        (["Alpha", "Beta", "GA"], "Alpha to GA", ("Alpha", "Beta", "GA"), ()),
        (["Alpha", "Beta", "GA"], "Beta users ask for it", (), ()),
        (["Alpha", "Beta", "GA"], "when beta feedback arrives", (), ()),
        (["Phase 1", "Phase 2"], "phase-2", ("Phase 2",), ()),
        (["Phase 1", "Phase 2"], "at Phase 3", (), ("Phase 3",)),
        (["Phase 1", "Phase 2"], "Phase 1 or 2", ("Phase 1", "Phase 2"), ()),
        (["S1", "S2"], "when S3 storage is cheap", (), ()),
        (["S1", "S2"], "at S3", (), ("S3",)),
        (["V1", "V2"], "when V8 supports it", (), ()),
        (["2026Q1", "2026Q2"], "2026Q3", (), ("2026Q3",)),
        (["1.0", "2.0"], "Revisit at 2.0", ("2.0",), ()),
        (["1.0", "2.0"], "in 3.5 months", (), ()),
        ([], "Revisit at M2", (), ()),
    ],
)
def test_milestones_of_other_names(milestones, text, known, unknown):
    assert named(text, milestones) == (known, unknown)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "none"), ("-", "none"), ("—", "none"), ("n/a", "none"), ("None", "none"),
        ("No planned revisit", "none"), ("Never.", "none"), ("Not planned", "none"),
        ("No current plan to revisit", "none"), ("No revisit planned", "none"),
        ("Revisit 2026-03-31", "date"), ("Revisit at v2.0", "version"),
        ("at version 3", "version"), ("Revisit on enterprise demand", "event"),
        ("No customer can wait", "event"), ("2026-13-45", "event"),
        ("2026-03-31 or M3", "milestone"),
    ],
)  # fmt: skip
def test_kinds(text, kind):
    assert parse_trigger(text, FOUR).kind == kind


def test_date_is_kept_and_shown():
    trigger = parse_trigger("Revisit on 2026-03-31", FOUR)

    assert trigger.date == dt.date(2026, 3, 31)
    assert trigger.waits_for == "2026-03-31"
    assert parse_trigger("M3/M2/M9", FOUR).waits_for == "M2, M3, M9"


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_nothing_breaks_the_reader(text, milestones):
    trigger = parse_trigger(text, milestones)

    assert set(trigger.milestones) <= set(milestones)
    assert not set(trigger.unknown) & set(milestones)


@given(
    st.sampled_from(FOUR),
    st.sampled_from(["Revisit at {}", "{}", "after {}.", "by {}, say"]),
)
def test_a_configured_name_is_always_found(name, sentence):
    assert named(sentence.format(name)) == ((name,), ())
