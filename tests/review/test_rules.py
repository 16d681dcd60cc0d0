"""The rules on the review cadence: text, place, and a good twin that stays silent."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.rule_names import RULES_BY_NAME
from sphinx_arco_parity.review.lock import lock_text, parse_lock
from sphinx_arco_parity.rules.review import (
    permanent_with_milestone,
    review_due,
    revisit_due,
    unknown_milestone,
)


def shown(findings):
    return [f"{f.place.path}:{f.place.line}: {f.message}" for f in findings]


@pytest.mark.parametrize(
    "rule", [revisit_due, review_due, unknown_milestone, permanent_with_milestone]
)
def test_docstring_is_the_sentence_of_the_rule(rule):
    name = rule.__name__.replace("_", "-")

    assert rule.__doc__ == f"{(s := RULES_BY_NAME[name].sentence)[0].upper()}{s[1:]}."


def test_revisit_due(make):
    of = make.register(*make.seed(), given=make.settings("M2"))

    found = list(revisit_due(make.context(of, make.review(of))))

    assert shown(found)[0] == (
        "docs/register.md:19: exception EX-03: its trigger `Revisit at M2` is due: M2 is reached, and it "
        "was last reviewed at M1, on 2026-02-18 by Ada"
    )
    assert [f.item for f in found] == ["EX-03", "EX-04", "EX-05a", "EX-09"]
    assert {f.severity for f in found} == {"error"}
    assert not list(revisit_due(make.context(of, make.review(of, milestone="M2"))))


def test_revisit_due_without_a_lock(make):
    of = make.register(make.exception("EX-1", revisit="M1/M2"), given=make.settings("M2"))

    assert shown(revisit_due(make.context(of))) == [
        (
            "docs/register.md:1: exception EX-1: its trigger `M1/M2` is due: M1 and M2 are reached, and "
            "it has not been reviewed"
        )
    ]


def due_after(make, before, after, *, given=None, milestone="M1"):
    given = given or make.settings()
    lock = make.review(make.register(*before, given=given), milestone=milestone)
    lock = parse_lock(lock_text(lock))
    return list(review_due(make.context(make.register(*after, given=given), lock)))


def test_review_due_for_rows(make):
    exceptions = [make.exception("EX-1"), make.exception("EX-2")]
    before = [
        make.row("tick", tests=["a.rs"]),
        make.row("gone", tests=["b.rs"]),
        make.row("same"),
    ]
    after = [
        make.row("same", line=3),
        make.row("tick", "Implemented", line=5, tests=["a.rs"]),
        make.row("new", line=7, tests=["c.rs"]),
    ]

    found = due_after(make, [*exceptions, *before], [*exceptions, *after])

    assert shown(found) == [
        (
            "docs/matrix.md:5: row tick: was `Partial` at the last review and is `Implemented` now; "
            "to be reviewed: EX-1 and EX-2"
        ),
        (
            "docs/matrix.md:7: row new: is new since the last review (`Partial`); to be reviewed: "
            "EX-1 and EX-2"
        ),
        (
            "parity.lock.json:8: row gone: is gone since the last review (it was `Partial`); to be "
            "reviewed: EX-1 and EX-2"
        ),
    ]
    assert [f.item for f in found] == ["tick", "new", "gone"]
    assert "run `arco-parity review --by NAME`" in found[0].help
    assert not due_after(make, [*exceptions, *before], [*exceptions, *before])


def test_review_due_for_a_renamed_row(make):
    before = [make.exception("EX-1"), make.row("tick", tests=["a.rs"])]
    after = [
        make.exception("EX-1"),
        make.row("clock", "Implemented", line=4, tests=["a.rs"]),
    ]

    assert shown(due_after(make, before, after)) == [
        (
            "docs/matrix.md:4: row clock: was called `tick` at the last review and `Partial`, and is "
            "`Implemented` now; to be reviewed: EX-1"
        )
    ]


def test_review_due_for_exceptions(make):
    before = [
        make.exception("EX-1"),
        make.exception("EX-2", 2),
        make.exception("EX-3", 3),
    ]
    after = [
        make.exception("EX-1", 4, decision="Never"),
        make.exception("EX-9", 5, capability="About EX-2"),
        make.exception("EX-4", 6),
    ]

    assert shown(due_after(make, before, after)) == [
        (
            "docs/register.md:4: exception EX-1: has changed since it was last reviewed at M1, on "
            "2026-02-18 by Ada"
        ),
        "docs/register.md:5: exception EX-9: was called `EX-2` at the last review",
        "docs/register.md:6: exception EX-4: is new since the last review",
        "parity.lock.json:5: exception EX-3: is gone since the last review",
    ]


def test_review_due_for_the_milestone_stands_in_the_configuration(make):
    found = due_after(make, [make.exception("EX-1")], [make.exception("EX-1")], milestone=None)

    assert shown(found) == [
        (
            "conf.py:12: parity_milestone: was `none` at the last review and is `M1` now; to be "
            "reviewed: EX-1"
        )
    ]


def test_many_exceptions_are_counted(make):
    many = [make.exception(f"EX-{n}") for n in range(13)]

    (found,) = due_after(make, [*many, make.row("a")], [*many, make.row("a", "Planned")])

    assert found.message.endswith("; to be reviewed: all 13 exceptions")


def test_no_review_is_owed_without_a_lock_or_where_the_scope_gives_none(make):
    before = [make.exception("EX-1"), make.row("a", section="S")]
    after = [make.exception("EX-1"), make.row("a", "Planned", section="S")]
    other, same = ({"T": ["EX-1"]}, {"S": ["EX-1"]})

    assert not list(review_due(make.context(make.register(*after))))
    assert not due_after(make, before, after, given=make.settings(review_scope=other))
    assert due_after(make, before, after, given=make.settings(review_scope=same))


def test_unknown_milestone(make):
    of = make.register(*make.seed(**{"EX-04": {"revisit": "Revisit at M7"}}))

    assert shown(unknown_milestone(make.context(of))) == [
        (
            "docs/register.md:20: exception EX-04: the trigger `Revisit at M7` names M7, which is "
            "not a configured milestone"
        )
    ]
    assert not list(unknown_milestone(make.context(make.register(*make.seed()))))


def test_without_configured_milestones_there_is_nothing_to_check(make):
    given = make.settings(None).__class__()
    of = make.register(*make.seed(), given=given)

    for rule in (unknown_milestone, revisit_due, permanent_with_milestone):
        assert not list(rule(make.context(of)))


def test_permanent_with_milestone(make):
    of = make.register(*make.seed(**{"EX-07": {"revisit": "Revisit at M2/M3"}}))

    found = list(permanent_with_milestone(make.context(of)))

    assert shown(found) == [
        ("docs/register.md:24: exception EX-07: is permanent, but is to be revisited at M2 and M3")
    ]
    assert found[0].severity == "warning"
    assert not list(permanent_with_milestone(make.context(make.register(*make.seed()))))
