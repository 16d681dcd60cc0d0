"""Comparisons of two ``parity.json``, their Markdown, and the history of rows."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.exports.markdown import comparison_markdown
from sphinx_arco_parity.review.comparison import compare
from sphinx_arco_parity.review.history import (
    History,
    HistoryError,
    Snapshot,
    history_of,
    history_text,
    parse_history,
    snapshot_of,
)
from sphinx_arco_parity.review.lock import Lock, Reviewed


def row(identifier, status, *evidence, line=1):
    return {
        "id": identifier,
        "location": {"path": "docs/matrix.md", "line": line},
        "capability": f"About {identifier}",
        "status": status,
        "status_label": status,
        "evidence": [
            {"kind": "test", "text": f"`{p}`", "path": p, "symbol": None, "job": None,
             "command": None, "line": line, "verdict": verdict}
            for p, verdict in evidence
        ],
    }  # fmt: skip


def exception(identifier, decision="Deferred"):
    return {
        "id": identifier,
        "location": {"path": "docs/register.md", "line": 3},
        "capability": "Web | UI",
        "decision": decision,
        "type": "Deferral",
        "evidence": [],
    }


def document(*rows, exceptions=(), milestone="M1"):
    return {
        "milestone": milestone,
        "rows": list(rows),
        "exceptions": list(exceptions),
        "claims": [],
    }


def ids(found):
    return [(d.kind, d.id, d.was, d.now) for d in found]


@pytest.mark.parametrize(
    ("was", "now", "part"),
    [
        ("Partial", "Implemented", "improved"),
        ("Exception", "Planned", "improved"),
        ("Implemented", "Partial", "regressed"),
        ("Implemented", "Exception", "regressed"),
        ("Partial", "done?", "regressed"),
        ("done?", "Partial", "changed"),
    ],
)
def test_status(was, now, part):
    found = compare(document(row("tick", was)), document(row("tick", now)))

    assert ids(getattr(found, part)) == [("row", "tick", was, now)]
    others = {"improved", "regressed", "changed", "added", "removed", "reviewed"} - {part}
    assert not any(getattr(found, name) for name in others)


@pytest.mark.parametrize(
    ("was", "now", "part"),
    [
        ("verified", "gone", "regressed"),
        ("not-found", "verified", "improved"),
        ("unknown", "verified", "improved"),
        ("unknown", "gone", "regressed"),
        ("verified", "unknown", "regressed"),
        ("verified", "moved", "changed"),
        ("gone", "not-found", "changed"),
    ],
)
def test_evidence(was, now, part):
    old = document(row("tick", "Partial", ("a.rs", was), line=1))
    new = document(row("tick", "Partial", ("a.rs", now), line=9))

    found = compare(old, new)

    assert ids(getattr(found, part)) == [("evidence", "tick", was, now)]
    assert len(found.improved + found.regressed + found.changed) == 1


@pytest.mark.parametrize(
    ("old", "new", "regressed"),
    [
        ("a verified", "", ["a: verified → removed"]),
        ("a moved", "", ["a: moved → removed"]),
        ("a verified, b verified", "b verified", ["a: verified → removed"]),
        ("a verified, b verified", "c verified", ["b: verified → removed"]),
        ("a verified", "b not-found", ["a → b: verified → not-found"]),
        ("a verified", "b unknown", ["a → b: verified → unknown"]),
        ("a verified, a verified", "a verified", ["a: verified → removed"]),
        ("a verified", "b verified", []),
        ("a verified", "b gone, c verified", []),
        ("a verified, b verified", "b verified, a verified", []),
        ("a gone", "", []),
        ("a gone", "b not-found", []),
        ("a gone, b verified", "b verified, c verified", []),
        ("a verified", "a verified, b verified", []),
    ],
)
@pytest.mark.parametrize("kind", ["rows", "exceptions"])
def test_evidence_that_is_replaced_or_gone(kind, old, new, regressed):
    def cited(text):
        pieces = [piece.split() for piece in text.split(", ") if piece]
        holder = row("x", "Partial", *pieces)
        return {**document(), kind: [{**exception("x"), **holder}]}

    found = compare(cited(old), cited(new))

    told = [f"{d.what.replace('`', '')}: {d.was} → {d.now}" for d in found.regressed]
    assert told == regressed
    assert bool(found) is (sorted(old.split(", ")) != sorted(new.split(", ")))


@pytest.mark.parametrize(
    ("status", "before", "after", "regressed"),
    [
        ("Exception", ["EX-1"], [], True),
        ("Exception", ["EX-1", "EX-2"], ["EX-2"], True),
        ("Exception", ["EX-1"], ["EX-7"], True),
        ("Exception", ["EX-1"], ["EX-2"], False),
        ("Exception", [], ["EX-2"], False),
        ("Implemented", ["EX-1"], [], False),
    ],
)
def test_citations(status, before, after, regressed):
    known = [exception("EX-1"), exception("EX-2")]
    old, new = (
        document({**row("x", status), "exceptions": cited}, exceptions=known)
        for cited in (before, after)
    )
    claims = [
        {**document(exceptions=known), "claims": [claim("c", "No web.", *cited)]}
        for cited in (before, after)
    ]

    assert bool(compare(old, new).regressed) is regressed
    assert bool(compare(*claims).regressed) is (regressed or status == "Implemented")
    assert len(compare(old, new).changed) == (not regressed)


def claim(identifier, text, *cited):
    location = {"path": "docs/a.md", "line": 1}
    return {"id": identifier, "location": location, "text": text, "exceptions": list(cited)}


def finding(rule, item, message, severity="error"):
    return {
        "id": f"{rule} {item} {message}",
        "rule": rule,
        "severity": severity,
        "message": message,
        "path": "docs/a.md",
        "line": 4,
        "item": item,
    }


def test_an_error_that_was_not_found_before_is_a_regression():
    old = {**document(row("x", "Partial")), "findings": [finding("unknown-adr", "x", "one")]}
    more = [*old["findings"], finding("unknown-adr", "x", "two")]

    assert not compare(old, old)
    assert not compare({**old, "findings": more}, old).regressed
    assert ids(compare(old, {**old, "findings": more}).regressed) == [("finding", "x", "", "two")]
    again = {**old, "findings": old["findings"] * 2}
    assert ids(compare(old, again).regressed) == [("finding", "x", "", "one")]
    mild = {**old, "findings": [*old["findings"], finding("evidence-moved", "x", "m", "warning")]}
    assert not compare(old, mild)
    raised = {**old, "findings": [*old["findings"], finding("evidence-moved", "x", "m")]}
    assert compare(mild, raised).regressed


def test_what_has_another_id_is_a_change_and_keeps_its_findings():
    old = {
        **document({**row("a", "Partial", ("t", "verified")), "exceptions": ["EX-1"], "capability": "A"},
                   exceptions=[exception("EX-1")]),
        "claims": [claim("c1", "No web.", "EX-1")],
        "findings": [finding("unknown-adr", "a", "row a: no ADR 7")],
    }  # fmt: skip
    new = {
        **document({**row("b", "Partial", ("t", "verified")), "exceptions": ["EX-2"], "capability": "A"},
                   exceptions=[exception("EX-2")]),
        "claims": [claim("c2", "No web.", "EX-2")],
        "findings": [finding("unknown-adr", "b", "row b: no ADR 7")],
    }  # fmt: skip
    renamed = {"row": {"b": "a"}, "exception": {"EX-2": "EX-1"}}

    found = compare(old, new, renamed=renamed)

    assert ids(found.changed) == [
        ("row", "b", "was called a", ""),
        ("exception", "EX-2", "was called EX-1", ""),
        ("claim", "c2", "was called c1", ""),
    ]
    assert not any((found.regressed, found.improved, found.added, found.removed))
    worse = {**new, "rows": [{**row("b", "Planned", ("t", "gone")), "capability": "A"}]}
    regressed = compare(old, worse, renamed=renamed).regressed
    assert {d.id for d in regressed} == {"b"}
    assert len(regressed) == 3


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ({"notes": "slow"}, {"notes": "fast"}, ("notes: slow", "notes: fast")),
        ({"notes": None}, {"notes": ""}, None),
        ({"adrs": ["7"]}, {"adrs": ["7", "8"]}, ("adrs: 7", "adrs: 7, 8")),
        ({"fields": {"Plan": "Q1"}}, {"fields": {"Plan": ""}}, ("fields: Plan=Q1", "fields: –")),
        ({"unread": []}, {"unread": ["??"]}, ("unread: –", "unread: ??")),
        ({"disputed": False}, {"disputed": True}, None),
        ({"cited_by": ["a"]}, {"cited_by": ["b"]}, None),
    ],
)
@pytest.mark.parametrize("kind", ["row", "exception", "claim"])
def test_what_a_declaration_says_has_changed(kind, was, now, said):
    entry = {**exception("x"), "text": "No web.", "exceptions": []}
    old, new = ({**document(), f"{kind}s": [{**entry, **more}]} for more in (was, now))
    expected = [(kind, "x", *said)] if said else []
    found = compare(old, new)
    assert ids(found.changed) == expected
    assert bool(found) is bool(expected)


def test_the_same_is_no_difference():
    one = document(row("tick", "Partial", ("a.rs", "gone")), exceptions=[exception("EX-1")])

    assert not compare(one, one)
    assert "Nothing has changed." in comparison_markdown(compare(one, one), since="v1")


def test_what_came_went_changed_and_was_reviewed():
    old = document(row("a", "Partial"), exceptions=[exception("EX-1"), exception("EX-2")])
    new = document(row("b", "Planned"), exceptions=[exception("EX-1", "No")], milestone="M2")
    first = Reviewed(digest="", date="2026-01-01", by="Ada", milestone="M1")
    again = Reviewed(digest="", date="2026-02-02", by="Bob", milestone="M2", note="stays")
    locks = SimpleNamespace(
        old=Lock(exceptions={"EX-1": first, "EX-2": first}),
        new=Lock(exceptions={"EX-1": again, "EX-2": first}),
    )

    found = compare(old, new, old_lock=locks.old, new_lock=locks.new)

    assert ids(found.added) == [("row", "b", "", "Planned")]
    assert ids(found.removed) == [
        ("row", "a", "Partial", ""),
        ("exception", "EX-2", "Deferral", ""),
    ]
    assert ids(found.changed) == [("exception", "EX-1", "decision: Deferred", "decision: No")]
    assert ids(found.reviewed) == [("exception", "EX-1", "", "2026-02-02, M2, Bob, stays")]
    assert found.milestone == ("M1", "M2")


def test_markdown_says_what_got_worse_first_and_keeps_tables_whole():
    old = document(row("a", "Implemented"), row("b", "Planned"), exceptions=[exception("EX-1")])
    new = document(row("a", "Partial", line=7), row("b", "Partial"), milestone="M2")

    text = comparison_markdown(compare(old, new), since="main")

    assert text == (
        "## Parity since `main`: 1 regression, 1 improvement\n"
        "\n"
        "Milestone: M1 → **M2**\n"
        "\n"
        "| Status | Before | Now | |\n"
        "|---|---:|---:|---:|\n"
        "| Implemented | 1 | 0 | -1 |\n"
        "| Partial | 0 | 2 | +2 |\n"
        "| Planned | 1 | 0 | -1 |\n"
        "\n"
        "### Regressed (1)\n"
        "\n"
        "- `a` About a: Implemented → Partial (`docs/matrix.md:7`)\n"
        "\n"
        "### Improved (1)\n"
        "\n"
        "- `b` About b: Planned → Partial (`docs/matrix.md:1`)\n"
        "\n"
        "### Removed (1)\n"
        "\n"
        "- exception `EX-1` Web \\| UI: Deferral (`docs/register.md:3`)\n"
    )


def test_history_says_since_when():
    shots = [
        Snapshot(commit="a", date="2026-01-01", statuses={"tick": "Planned"}),
        Snapshot(
            commit="b",
            date="2026-01-02",
            statuses={"tick": "Implemented", "fill": "Partial"},
        ),
        Snapshot(commit="c", date="2026-01-03", statuses={"tick": "Implemented"}),
        Snapshot(
            commit="d",
            date="2026-01-04",
            statuses={"tick": "Implemented", "fill": "Partial"},
        ),
    ]

    history = history_of(shots)

    assert [(s.date, s.status) for s in history.rows["tick"]] == [
        ("2026-01-01", "Planned"),
        ("2026-01-02", "Implemented"),
    ]
    assert [s.status for s in history.rows["fill"]] == ["Partial", None, "Partial"]
    assert history.since("tick", "Implemented").commit == "b"
    assert history.since("fill", "Partial").commit == "d"
    assert history.since("tick", "Planned") is None
    assert history.since("gone", "Planned") is None


def test_history_is_a_line_for_each_row():
    text = history_text(
        history_of([Snapshot(commit="a", date="2026-01-01", statuses={"b": "x", "a": "y"})])
    )

    assert text == (
        '{\n  "commit": "a",\n  "rows": {\n    "a": [["2026-01-01", "a", "y"]],\n'
        '    "b": [["2026-01-01", "a", "x"]]\n  },\n  "schema_version": 1\n}\n'
    )


def test_history_goes_on_from_what_is_known():
    shots = [
        Snapshot(commit=name, date="2026-01-01", statuses={"a": status})
        for name, status in (("1", "x"), ("2", "x"), ("3", "y"))
    ]
    known = parse_history(history_text(history_of(shots[:2])))
    assert known.commit == "2"
    assert history_of(shots[2:], known) == history_of(shots)


def test_snapshot_takes_the_canonical_status():
    shot = snapshot_of(document(row("a", "Partial")), commit="c", date="2026-01-01")

    assert shot == Snapshot(commit="c", date="2026-01-01", statuses={"a": "Partial"})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"rows": []}', '{"rows": {}}', '{"rows": {}, "schema_version": 2}',
     '{"rows": {"a": [["x", 1, "y"]]}, "schema_version": 1}',
     '{"rows": {"a": {}}, "schema_version": 1}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_history_is_an_error(text):
    with pytest.raises(HistoryError):
        parse_history(text)


SHOTS = st.lists(
    st.builds(
        Snapshot,
        commit=st.sampled_from(["a", "b"]),
        date=st.just("2026-01-01"),
        statuses=st.dictionaries(st.sampled_from("xyz"), st.sampled_from(["P", "I"])),
    ),
    max_size=6,
)


@given(SHOTS)
def test_history_is_read_as_written_and_ends_at_the_last_snapshot(shots):
    history = history_of(shots)

    assert parse_history(history_text(history)) == history
    last = {key: steps[-1].status for key, steps in history.rows.items()}
    assert {key: one for key, one in last.items() if one} == dict(
        shots[-1].statuses if shots else {}
    )
    for steps in history.rows.values():
        assert all(a.status != b.status for a, b in itertools.pairwise(steps))


def test_empty_history():
    assert parse_history(history_text(History())) == History()
