"""Two states of the documentation compared: every difference whole."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.parity_document import EMPTY
from sphinx_arco_parity.review.comparison import Difference, cited_as, compare, goodness
from sphinx_arco_parity.review.lock import Lock, Reviewed


def piece(verdict, path="a.rs", *, kind="code", line=None, text=None, **more):
    written = f"`{path}`" if text is None else text
    return {"kind": kind, "text": written, "path": path, "line": line, "verdict": verdict, **more}


def row(key="tick", status="Partial", *, line=9, **more):
    location = {"path": "docs/m.md", "line": line}
    given = {"capability": "Ticks", "evidence": [], "exceptions": [], **more}
    return {"id": key, "location": location, "status": status, **given}


def exception(key="EX-01", kind="Deferral", **more):
    location = {"path": "docs/r.md", "line": 5}
    return {
        "id": key,
        "location": location,
        "capability": "Web UI",
        "type": kind,
        "evidence": [],
        **more,
    }


def claim(key="matches", text="It matches.", **more):
    return {"id": key, "location": {"path": "docs/g.md", "line": 3}, "text": text, **more}


def state(**more):
    return {**EMPTY, **more}


def differs(kind="row", key="tick", **more):
    places = {"row": ("docs/m.md", 9), "exception": ("docs/r.md", 5), "claim": ("docs/g.md", 3)}
    path, line = places.get(kind, ("docs/m.md", 9))
    what = {"exception": "Web UI", "claim": "It matches."}.get(kind, "Ticks")
    return Difference(kind=kind, id=key, **{"path": path, "line": line, "what": what, **more})


def ways(old, new, **more):
    """Return what is better, worse and neither."""
    found = compare(old, new, **more)
    return [*found.improved], [*found.regressed], [*found.changed]


@pytest.mark.parametrize(
    ("was", "now", "way"),
    [
        ("Partial", "Implemented", 0),
        ("Implemented", "Partial", 1),
        ("Exception", "Planned", 0),
        ("Designed", "Planned", 1),
        ("Partial", "odd", 1),
        ("odd", "Partial", 2),
        (None, "Partial", 2),
    ],
)
def test_a_status_is_nearer_to_the_reference_or_farther(was, now, way):
    found = ways(state(rows=[row(status=was)]), state(rows=[row(status=now)]))
    expected = [[], [], []]
    expected[way] = [differs(was=was or "", now=now)]
    assert list(found) == expected


def test_what_came_and_went():
    old = state(rows=[row(), row("gone", line=8)], exceptions=[exception()])
    new = state(rows=[row(), row("new", None, status_label="odd")], claims=[claim()])
    found = compare(old, new)
    assert found.added == (differs(key="new", now="odd"), differs("claim", "matches"))
    assert found.removed == (
        differs(key="gone", line=8, was="Partial"),
        differs("exception", "EX-01", was="Deferral"),
    )
    assert found.statuses == {"Partial": (2, 1), "odd": (0, 1)}
    (came,) = compare(state(), state(exceptions=[exception(kind=None)])).added
    assert came == differs("exception", "EX-01", now="")


@pytest.mark.parametrize(
    ("was", "now", "way", "why"),
    [
        ("verified", "not-found", 1, "is gone"),
        ("not-found", "verified", 0, ""),
        ("verified", "moved", 2, ""),
        ("verified", "unknown", 1, "is gone"),
        ("unknown", "gone", 1, "is gone"),
        ("gone", "not-found", 2, "is gone"),
    ],
)
def test_a_piece_of_evidence_proves_more_or_less(was, now, way, why):
    found = ways(
        state(rows=[row(evidence=[piece(was, line=3)])]),
        state(rows=[row(evidence=[piece(now, line=7, detail="is gone")])]),
    )
    expected = [[], [], []]
    expected[way] = [differs("evidence", was=was, now=now, what="`a.rs`", why=why)]
    assert list(found) == expected


@pytest.mark.parametrize(("unseen", "way"), [("a.rs", 2), ("b.rs", 1)])
def test_what_the_work_tree_lacks_is_not_worse(unseen, way):
    old, new = (state(rows=[row(evidence=[piece(v)])]) for v in ("verified", "unknown"))
    found = ways(old, new, unseen=lambda path: path == unseen)
    assert [len(each) for each in found] == [int(way == n) for n in range(3)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([piece("verified")], [piece("verified", line=4)], []),
        ([piece("verified")], [], [(1, "verified", "removed", "`a.rs`")]),
        ([piece("gone")], [], [(2, "gone", "removed", "`a.rs`")]),
        ([], [piece("gone", text="")], [(2, "added", "gone", "a.rs")]),
        ([piece("verified")], [piece("verified", "b.rs")], [(2, "verified", "verified", "`a.rs` → `b.rs`")]),
        (
            [piece("verified")], [piece("verified", kind="test")],
            [],
        ),
        (
            [piece("verified", symbol="x")], [piece("verified", "b.rs", kind="test")],
            [(1, "verified", "removed", "`a.rs`"), (2, "added", "verified", "`b.rs`")],
        ),
        (
            [piece("gone", command="x"), piece("verified", command="y")],
            [piece("verified", command="y"), piece("gone", command="x")],
            [],
        ),
        (
            [piece("gone", line=1), piece("verified", line=2)], [piece("verified", line=9)],
            [(2, "gone", "removed", "`a.rs`")],
        ),
        (
            [piece("verified", line=9)], [piece("gone", line=1), piece("verified", line=2)],
            [(2, "added", "gone", "`a.rs`")],
        ),
        (
            [piece("gone", line=1), piece("verified", line=2)],
            [piece("gone", line=2), piece("verified", line=3)],
            [(1, "verified", "gone", "`a.rs`"), (0, "gone", "verified", "`a.rs`")],
        ),
    ],
)  # fmt: skip
def test_each_piece_is_paired_with_what_it_was(before, after, expected):
    found = ways(state(rows=[row(evidence=before)]), state(rows=[row(evidence=after)]))
    said = [(way, d.was, d.now, d.what) for way, each in enumerate(found) for d in each]
    assert sorted(said) == sorted(expected)


def test_a_piece_is_known_by_all_that_it_cites():
    found = cited_as(piece("gone", symbol="t", job="j", command="c"))
    assert found == ("a.rs", "t", "j", "c")
    assert [goodness(piece(v)) for v in ("verified", "moved", "unknown", "gone")] == [2, 2, 1, 0]


@pytest.mark.parametrize(
    ("status", "before", "after", "way", "was", "now"),
    [
        ("Partial", ["EX-01"], [], 1, "cites EX-01", "cites nothing"),
        ("Implemented", ["EX-01"], [], 2, "cites EX-01", "cites nothing"),
        ("Partial", [], ["EX-01"], 2, "cites nothing", "cites EX-01"),
        ("Partial", ["EX-01"], ["EX-02"], 2, "cites EX-01", "cites EX-02"),
        ("Partial", ["EX-01"], ["EX-99"], 1, "cites EX-01", "cites EX-99"),
    ],
)
def test_less_that_is_cited_is_worse(status, before, after, way, was, now):
    declared = [exception("EX-01"), exception("EX-02")]
    found = ways(
        state(rows=[row(status=status, exceptions=before)], exceptions=declared),
        state(rows=[row(status=status, exceptions=after)], exceptions=declared),
    )
    expected = [[], [], []]
    expected[way] = [differs(was=was, now=now)]
    assert list(found) == expected


def test_fields_are_said_as_they_were_and_are():
    old = exception(owner="Ada", adrs=["024"], fields={"Risk": "low", "Due": ""}, notes=None)
    new = exception(owner=None, adrs=["024", "025"], fields={"Risk": "high"}, notes="")
    assert ways(state(exceptions=[old]), state(exceptions=[new]))[2] == [
        differs("exception", "EX-01", was="owner: Ada; adrs: 024; fields: Risk=low",
                now="owner: –; adrs: 024, 025; fields: Risk=high")
    ]  # fmt: skip
    labels = [row(status=s, status_label=f"{s}!") for s in ("Partial", "Implemented")]
    assert ways(state(rows=labels[:1]), state(rows=labels[1:]))[2] == []
    same = [row(status_label=label) for label in ("half", "partly")]
    assert ways(state(rows=same[:1]), state(rows=same[1:]))[2] == [
        differs(was="status_label: half", now="status_label: partly")
    ]


def finding(key="f1", item="tick", *, severity="error", rule="row-status", path="docs/m.md"):
    said = {"message": "row tick: wrong", "line": 9, "path": path}
    return {"id": key, "item": item, "severity": severity, "rule": rule, **said}


@pytest.mark.parametrize(
    ("before", "after", "ids"),
    [
        ([], [finding()], ["tick"]),
        ([finding()], [finding()], []),
        ([finding()], [finding(), finding()], ["tick"]),
        ([finding(severity="warning")], [finding()], ["tick"]),
        ([], [finding(severity="warning")], []),
        ([], [finding(item=None)], ["docs/m.md"]),
        ([], [finding(item=None, path=None)], [""]),
        ([finding("f0", "old")], [finding(item="tick")], []),
        ([finding("f0", "old", rule="x")], [finding(item="tick")], ["tick"]),
    ],
)
def test_an_error_that_was_not_there_is_worse(before, after, ids):
    rows = {"rows": [row()]}
    old, new = state(findings=before, **rows), state(findings=after, **rows)
    _, worse, _ = ways(old, new, renamed={"row": {"tick": "old"}})
    path = after[0]["path"] or ""
    assert worse == [
        Difference(
            kind="finding", id=i, now="row tick: wrong", what="row-status", path=path, line=9
        )
        for i in ids
    ]


def test_what_is_renamed_is_the_same_and_cited_under_its_new_id():
    old = state(
        rows=[row("old", exceptions=["EX-1"])], exceptions=[exception("EX-1")],
        claims=[claim("a", exceptions=["EX-1"], rows=["old"])],
    )  # fmt: skip
    new = state(
        rows=[row("tick", exceptions=["EX-01"])], exceptions=[exception("EX-01")],
        claims=[claim("b", exceptions=["EX-01"], rows=["tick"])],
    )  # fmt: skip
    found = compare(old, new, renamed={"row": {"tick": "old"}, "exception": {"EX-01": "EX-1"}})
    assert found.changed == (
        differs(was="was called old"),
        differs("exception", "EX-01", was="was called EX-1"),
        differs("claim", "b", was="was called a"),
    )
    assert (found.added, found.removed, found.improved, found.regressed) == ((), (), (), ())


def test_reviews_results_and_milestones():
    reviewed = Reviewed(digest="d", date="2026-02-18", by="Ada", milestone="M2", note="stays")
    kept = Reviewed(digest="d", date="2026-01-01", by="Ada")
    tests = [piece("verified", result=r) for r in ("passed", "passed", "failed", None)]
    old = state(rows=[row(evidence=tests[:1])], exceptions=[exception(evidence=tests[2:3])])
    new = state(
        rows=[row(evidence=tests[:2])], exceptions=[exception(evidence=tests[3:])], milestone="M2"
    )
    found = compare(
        old, new, old_lock=Lock(exceptions={"EX-02": kept}),
        new_lock=Lock(exceptions={"EX-01": reviewed, "EX-02": kept, "EX-03": kept}),
    )  # fmt: skip
    assert found.reviewed == (
        differs("exception", "EX-01", now="2026-02-18, M2, Ada, stays"),
        Difference(kind="exception", id="EX-03", now="2026-01-01, Ada"),
    )
    assert (found.milestone, found.results) == ((None, "M2"), {"passed": (1, 2), "failed": (1, 0)})
    assert found
    assert not compare(old, old)
