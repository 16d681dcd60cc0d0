"""What has changed since the lock, and which exceptions that touches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.review.changes import ChangeKind, changes


def told(make, before, after, *, given=None, **more):
    """Return (kind, item, touched) of what changed after a full review of *before*."""
    given = given or make.settings()
    lock = make.review(make.register(*before, given=given), **more)
    found = changes(make.register(*after, given=given), lock, given)
    return [(str(one.kind), one.item, one.touches) for one in found]


@pytest.fixture
def declared(make):
    return [
        make.exception("EX-01"),
        make.exception("EX-02"),
        make.exception("EX-03"),
        make.row("tick", section="Schedules", cites=["EX-01"], tests=["a.rs"]),
        make.row("cron", section="Schedules", cites=["EX-02"], tests=["b.rs"]),
        make.row("fill", section="Backfills", cites=["EX-03"], tests=["c.rs"]),
    ]


EVERY = ("EX-01", "EX-02", "EX-03")


def with_row(declared, identifier, **more):
    return [replace(one, **more) if one.id == identifier else one for one in declared]


def test_nothing_changes_by_itself_nor_without_a_lock(make, declared):
    assert told(make, declared, declared) == []
    assert changes(make.register(*declared), None, make.settings()) == ()


def test_status(make, declared):
    after = with_row(declared, "tick", status="Implemented")

    assert told(make, declared, after) == [("row-status", "tick", EVERY)]


def test_another_label_for_the_same_status_is_no_change(make, declared):
    given = make.settings(statuses={"in_progress": "Partial"})

    assert (
        told(
            make,
            declared,
            with_row(declared, "tick", status="in_progress"),
            given=given,
        )
        == []
    )


@pytest.mark.parametrize(
    ("scope", "touched"),
    [
        ("all", EVERY),
        ("linked", ("EX-01", "EX-02")),
        ({"schedules": ["EX-03", "EX-77"]}, ("EX-03",)),
        ({"Backfills": ["EX-03"]}, ()),
    ],
)
def test_scope_says_what_a_status_touches(make, declared, scope, touched):
    given = make.settings(review_scope=scope)
    after = with_row(declared, "tick", status="Implemented")
    lock = make.review(make.register(*declared, given=given))

    (change,) = changes(make.register(*after, given=given), lock, given)

    assert change.touches == touched
    assert change.owed is bool(touched)


def test_scope_remembers_what_a_removed_row_cited(make, declared):
    after = [one for one in declared if one.id != "fill"]

    found = told(make, declared, after, given=make.settings(review_scope="linked"))

    assert found == [("row-removed", "fill", ("EX-03",))]


@pytest.mark.parametrize(
    ("scope", "touched"),
    [("all", ("EX-1", "EX-2")), ("linked", ("EX-2",)), ({"S": ["EX-1"]}, ("EX-1",))],
)
def test_milestone(make, scope, touched):
    of = [make.exception("EX-1"), make.exception("EX-2", revisit="Revisit at M2")]
    lock = make.review(make.register(*of))
    given = make.settings("M2", review_scope=scope)

    (change,) = changes(make.register(*of, given=given), lock, given)

    assert (change.kind, change.was, change.now) == (ChangeKind.MILESTONE, "M1", "M2")
    assert change.touches == touched


def test_rows_that_came_and_went(make, declared):
    after = [*declared[:-1], make.row("quite-another", tests=["z.rs"])]

    assert told(make, declared, after) == [
        ("row-added", "quite-another", EVERY),
        ("row-removed", "fill", EVERY),
    ]


def test_a_row_with_the_same_evidence_was_renamed(make, declared):
    after = with_row(declared, "fill", id="retroactive-run", status="Implemented")
    given = make.settings()
    lock = make.review(make.register(*declared))

    (change,) = changes(make.register(*after), lock, given)

    assert (change.kind, change.item, change.old_id) == (
        "row-renamed",
        "retroactive-run",
        "fill",
    )
    assert (change.was, change.now) == ("Partial", "Implemented")


def test_without_evidence_only_a_row_of_a_like_name_was_renamed(make):
    exceptions = [make.exception("EX-1")]
    before = [*exceptions, make.row("schedules-tick"), make.row("sensors")]

    like = [*exceptions, make.row("schedules-tick-on-time"), make.row("sensors")]
    unlike = [*exceptions, make.row("web-ui"), make.row("sensors")]

    assert told(make, before, like) == [("row-renamed", "schedules-tick-on-time", ("EX-1",))]
    assert [kind for kind, _, _ in told(make, before, unlike)] == [
        "row-added",
        "row-removed",
    ]


def test_of_two_rows_that_are_the_same_each_is_paired_with_its_like(make):
    before = [make.row("tick-a"), make.row("tick-b")]
    after = [make.row("tick-a2"), make.row("tick-b2")]
    lock = make.review(make.register(*before))

    found = changes(make.register(*after), lock, make.settings())

    assert [(one.item, one.old_id) for one in found] == [
        ("tick-a2", "tick-a"),
        ("tick-b2", "tick-b"),
    ]


def test_exceptions_that_changed_came_and_went(make, declared):
    after = [
        make.exception("EX-01", decision="Never"),
        declared[1],
        make.exception("EX-04", capability="New"),
        *declared[3:],
    ]

    assert told(make, declared, after) == [
        ("exception-changed", "EX-01", ("EX-01",)),
        ("exception-added", "EX-04", ("EX-04",)),
        ("exception-removed", "EX-03", ()),
    ]


def test_exception_of_another_id_was_renamed(make, declared):
    after = [*with_row(declared, "EX-03", id="DEV-7")]

    assert told(make, declared, after) == [("exception-renamed", "DEV-7", ("DEV-7",))]


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ({"decision": "Deferred  **again**"}, True),
        ({"decision": "**Deferred**"}, False),
        ({"decision": " Deferred\n"}, False),
        ({"type": "`deferral`"}, False),
        ({"type": "Permanent"}, True),
        ({"revisit": "Revisit at M3"}, True),
        ({"rationale": "Because"}, True),
        ({"fields": (("Risk", "high"),)}, True),
        ({"fields": (("Risk", ""),)}, False),
        ({"docname": "other", "anchor": "x"}, False),
    ],
)
def test_what_makes_an_exception_another(make, more, changed):
    one = make.exception("EX-1")

    assert bool(told(make, [one], [replace(one, **more)])) is changed


def test_lines_of_evidence_may_move(make, declared):
    tick = declared[3]
    moved = replace(tick, evidence=(replace(tick.evidence[0], line=99, text="a.rs:99"),))
    one = make.exception("EX-1")
    here = replace(one, evidence=tick.evidence)

    assert told(make, [here], [replace(one, evidence=moved.evidence)]) == []
    assert told(make, [here], [one]) != []


def test_before_the_first_full_review_only_what_was_reviewed_is_compared(make, declared):
    of = make.register(*declared)
    lock = make.review(of, ids=["EX-01"])
    after = make.register(make.exception("EX-01", decision="Never"), *declared[1:5])

    assert changes(of, lock, make.settings("M2")) == ()
    assert [c.item for c in changes(after, lock, make.settings("M2"))] == ["EX-01"]


def test_where_all_are_alike_nothing_is_taken_for_renamed(make):
    before = [make.row(f"row-{n}") for n in range(60)]
    after = [make.row(f"xow-{n}") for n in range(60)]

    kinds = [kind for kind, _, _ in told(make, before, after)]

    assert kinds == ["row-added"] * 60 + ["row-removed"] * 60
