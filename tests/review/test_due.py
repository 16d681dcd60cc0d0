"""Which exceptions are due, what comes due when, and the state of each review."""

from __future__ import annotations

import datetime as dt

import pytest

from sphinx_arco_parity.review.due import due_exceptions, review_states


def due(make, milestone, *, reviewed_at="M1", ids=None):
    given = make.settings(milestone)
    of = make.register(*make.seed(), given=given)
    lock = make.review(of, milestone=reviewed_at, ids=ids) if reviewed_at else None
    return [one.exception.id for one in due_exceptions(of, lock, given)]


AT_M2 = ["EX-03", "EX-04", "EX-05a", "EX-09"]
AT_M3 = ["EX-03", "EX-04", "EX-05a", "EX-05b", "EX-08", "EX-09"]


@pytest.mark.parametrize(
    ("milestone", "reviewed_at", "expected"),
    [
        ("M1", "M1", []),
        ("M2", "M1", AT_M2),
        ("M2", "M2", []),
        ("M3", "M2", ["EX-05b", "EX-08", "EX-09"]),
        ("M3", "M1", AT_M3),
        ("M3", "M3", []),
        ("M2", None, AT_M2),
        ("M1", None, []),
        (None, None, []),
        (None, "M1", []),
    ],
)
def test_seed_at_each_milestone(make, milestone, reviewed_at, expected):
    assert due(make, milestone, reviewed_at=reviewed_at) == expected


def test_those_decided_again_are_settled_one_by_one(make):
    given = make.settings("M2")
    of = make.register(*make.seed(), given=given)
    lock = make.review(of, make.review(of), milestone="M2", ids=["EX-03", "EX-09"])

    assert [one.exception.id for one in due_exceptions(of, lock, given)] == [
        "EX-04",
        "EX-05a",
    ]


def test_a_renamed_exception_keeps_its_review(make):
    old = make.register(make.exception("EX-3", capability="UI", revisit="M2"))
    lock = make.review(old, milestone="M2")
    new = make.register(make.exception("EX-03", capability="UI", revisit="M2"))

    assert due_exceptions(new, lock, make.settings("M2")) == ()


@pytest.mark.parametrize(
    ("day", "reviewed", "expected"),
    [
        ("2026-03-30", None, 0),
        ("2026-03-31", None, 1),
        ("2026-04-01", "2026-03-30", 1),
        ("2026-04-01", "2026-03-31", 0),
        (None, None, 0),
    ],
)
def test_dates_come_due_only_when_a_day_is_given(make, day, reviewed, expected):
    of = make.register(make.exception("EX-1", revisit="Revisit 2026-03-31"))
    lock = make.review(of, date=reviewed) if reviewed else None
    as_of = dt.date.fromisoformat(day) if day else None

    assert len(due_exceptions(of, lock, make.settings(), as_of=as_of)) == expected
    (state,) = review_states(of, lock, make.settings(), as_of=as_of)
    assert state.overdue is bool(expected)


def test_states(make):
    given = make.settings("M2", review_scope={})
    before = make.register(*make.seed(), given=given)
    lock = make.review(before, make.review(before), milestone="M2", ids=["EX-09"])
    changed = make.seed(**{"EX-06": {"decision": "Two"}})
    of = make.register(*changed, make.exception("EX-10"), given=given)

    states = {one.exception.id: one for one in review_states(of, lock, given)}

    assert states["EX-03"].word == "revisit due"
    assert states["EX-03"].due == ("M2",)
    assert states["EX-06"].word == "review due"
    assert states["EX-10"].word == "review due"
    assert states["EX-10"].reviewed is None
    assert states["EX-09"].word == "reviewed"
    assert states["EX-09"].upcoming == "M3"
    assert states["EX-01"].upcoming is None
    assert review_states(of, None, given)[0].word == "not reviewed"
