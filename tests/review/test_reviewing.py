"""Reviews: what they write, and the law that no history of edits leaves a trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.review.changes import changes
from sphinx_arco_parity.review.lock import lock_text, parse_lock
from sphinx_arco_parity.review.reviewing import UnknownExceptionsError, incompleteness


def test_full_review_writes_all(make):
    of = make.register(make.exception("EX-1"), make.row("tick", "Implemented", cites=["EX-1"]))

    lock = make.review(of, note="as it stands")

    assert lock.milestone == "M1"
    assert lock.rows["tick"].status == "Implemented"
    assert lock.rows["tick"].exceptions == ("EX-1",)
    one = lock.exceptions["EX-1"]
    assert (one.by, one.date, one.milestone, one.note) == (
        "Ada",
        "2026-02-18",
        "M1",
        "as it stands",
    )


def test_review_of_some_leaves_the_other_lines_alone(make):
    before = make.register(*make.seed(), make.row("tick"))
    lock = make.review(before)
    of = make.register(
        *make.seed(**{"EX-03": {"decision": "No"}, "EX-04": {"decision": "No"}}),
        make.row("tick", "Implemented"),
    )

    later = make.review(of, lock, by="Bob", date="2026-03-01", milestone="M2", ids=["EX-03"])

    old, new = lock_text(lock).splitlines(), lock_text(later).splitlines()
    assert [one for one in new if one not in old] == [new[4]]
    assert '"EX-03": {"by": "Bob", "date": "2026-03-01"' in new[4]
    assert [c.item for c in changes(of, later, make.settings())] == ["tick", "EX-04"]


def test_review_of_what_went_or_was_renamed_drops_the_old_line(make):
    lock = make.review(
        make.register(make.exception("EX-1"), make.exception("EX-2", capability="Z"))
    )
    of = make.register(make.exception("EX-9", capability="About EX-1"))

    renamed = make.review(of, lock, ids=["EX-9"])
    both = make.review(of, renamed, ids=["EX-2"])

    assert list(renamed.exceptions) == ["EX-2", "EX-9"]
    assert list(both.exceptions) == ["EX-9"]
    assert changes(of, both, make.settings()) == ()


def test_unknown_ids_are_refused(make):
    of = make.register(make.exception("EX-1"))

    with pytest.raises(UnknownExceptionsError, match="not declared: EX-7, EX-8") as raised:
        make.review(of, ids=["EX-1", "EX-7", "EX-8"])

    assert raised.value.ids == ("EX-7", "EX-8")


def finding(rule, severity):
    return Finding(
        rule=rule,
        severity=severity,
        message="",
        help="",
        place=Place(path="a", line=1),
        item="a",
    )


@pytest.mark.parametrize(
    ("rule", "severity", "refused"),
    [
        ("malformed-declaration", Severity.ERROR, True),
        ("duplicate-id", Severity.ERROR, True),
        ("duplicate-id", Severity.INFO, False),
        ("table-not-recognised", Severity.WARNING, True),
        ("review-due", Severity.ERROR, False),
        ("revisit-due", Severity.ERROR, False),
        ("evidence-not-found", Severity.ERROR, False),
    ],
)
def test_only_errors_that_leave_the_register_incomplete_refuse_a_review(rule, severity, refused):
    assert bool(incompleteness([finding(rule, severity)])) is refused


IDS = ["EX-1", "EX-2", "EX-3"]
ROWS = ["tick", "tock", "web-ui"]
EDITS = st.one_of(
    st.tuples(st.just("exception"), st.sampled_from(IDS), st.sampled_from(["", "A", "B"])),
    st.tuples(
        st.just("row"),
        st.sampled_from(ROWS),
        st.sampled_from(["", "Partial", "Planned"]),
    ),
    st.tuples(st.just("milestone"), st.just(""), st.sampled_from(["M1", "M2"])),
    st.tuples(st.just("review"), st.just(""), st.just("")),
    st.tuples(st.just("review"), st.sampled_from(IDS), st.just("")),
)


def registered(make, state):
    given = make.settings(state["milestone"])
    exceptions = [make.exception(one, decision=d) for one, d in state["exception"].items()]
    rows = [make.row(one, status, cites=IDS[:1]) for one, status in state["row"].items()]
    return make.register(*exceptions, *rows, given=given)


def after(make, edits):
    """Return the register and the lock after *edits*, reviews among them."""
    state = {"exception": {}, "row": {}, "milestone": "M1"}
    lock = None
    for number, (what, which, value) in enumerate(edits):
        of = registered(make, state)
        if what == "milestone":
            state["milestone"] = value
        elif what == "review":
            there = which in state["exception"] or (lock and which in lock.exceptions)
            ids = [which] if which else None
            if ids is None or there:
                day = f"2026-01-{number + 1:02}"
                lock = make.review(of, lock, ids=ids, milestone=state["milestone"], date=day)
                lock = parse_lock(lock_text(lock))
        elif value:
            state[what][which] = value
        else:
            state[what].pop(which, None)
    return registered(make, state), lock


@given(edits=st.lists(EDITS, max_size=12))
def test_a_review_leaves_the_lock_as_if_written_from_nothing(make, edits):
    of, lock = after(make, edits)

    again = make.review(of, lock, milestone=of.settings.milestone)

    assert lock_text(again) == lock_text(make.review(of, None, milestone=of.settings.milestone))
    assert changes(of, again, of.settings) == ()


@given(edits=st.lists(EDITS, max_size=12))
def test_reviewing_each_exception_leaves_the_lines_of_a_full_review(make, edits):
    of, lock = after(make, edits)

    ids = {*of.exceptions_by_id, *(lock.exceptions if lock else ())}
    single = lock
    for one in sorted(ids, key=lambda key: key not in of.exceptions_by_id):
        known = one in of.exceptions_by_id or one in (single.exceptions if single else ())
        single = make.review(of, single, ids=[one]) if known else single

    full = make.review(of, lock)
    assert dict(single.exceptions if single else {}) == dict(full.exceptions)


@given(edits=st.lists(EDITS, max_size=12))
def test_what_a_review_would_rewrite_is_what_is_due(make, edits):
    of, lock = after(make, edits)
    if lock is None or lock.rows is None:
        return

    full = make.review(of, lock, milestone=of.settings.milestone)

    same = {key: one.status for key, one in lock.rows.items()} == {
        key: one.status for key, one in full.rows.items()
    }
    digests = {key: one.digest for key, one in lock.exceptions.items()}
    same &= digests == {key: one.digest for key, one in full.exceptions.items()}
    same &= lock.milestone == full.milestone
    assert (changes(of, lock, of.settings) == ()) is same


@pytest.mark.parametrize(
    ("more", "notes"),
    [
        ({}, {"EX-1": "one", "EX-8": "two", "EX-3": ""}),
        ({"ids": ["EX-8"]}, {"EX-1": "one", "EX-8": "two"}),
        ({"ids": ["EX-8", "EX-3"], "note": "new"}, {"EX-1": "one", "EX-8": "new", "EX-3": "new"}),
        ({"note": "new"}, {"EX-1": "new", "EX-8": "new", "EX-3": "new"}),
        ({"ids": ["EX-1"], "note": ""}, {"EX-1": "", "EX-2": "two"}),
    ],
)
def test_a_note_stays_until_another_is_given(make, more, notes):
    before = make.register(make.exception("EX-1"), make.exception("EX-2", capability="Z"))
    lock = make.review(before, make.review(before, note="one"), ids=["EX-2"], note="two")
    of = make.register(
        make.exception("EX-1", decision="Other"),
        make.exception("EX-8", capability="Z"),
        make.exception("EX-3", capability="Y"),
    )

    later = make.review(of, lock, by="Bob", **more)

    assert {key: review.note for key, review in later.exceptions.items()} == notes
