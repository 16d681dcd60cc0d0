"""What the pictures of ``parity-summary`` count."""

from __future__ import annotations

from dataclasses import replace

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.review.history import History, Step
from sphinx_arco_parity.views.pictures.bars import MOST_LINES, BarLine, Bars, bars_picture
from sphinx_arco_parity.views.pictures.drawing import numbered_shades
from sphinx_arco_parity.views.pictures.summary import summary_pictures


def by_name(assessment):
    return {one.name: one for one in summary_pictures(assessment, prefix="p")}


def test_rows_by_section_and_status(small):
    picture = by_name(small)["statuses"]
    assert picture.description == "1 of 4 rows (25%) are implemented and undisputed."
    assert picture.table.headers == (
        "Section", "Implemented", "Partial", "Designed", "Planned", "Exception", "unknown", "All",
        "Implemented %",
    )  # fmt: skip
    assert picture.table.rows == (
        ("Schedules", "1", "1", "0", "0", "0", "0", "2", "50%"),
        ("UI", "0", "0", "0", "0", "1", "1", "2", "0%"),
        ("All", "1", "1", "0", "0", "1", "1", "4", "25%"),
    )


def test_evidence_by_kind(small):
    picture = by_name(small)["evidence"]
    assert picture.description == "4 of 12 pieces of evidence (33%) are verified."
    assert picture.table.headers == ("Kind", "verified", "wrong", "unknown", "All", "verified %")
    assert picture.table.rows == (
        ("Code", "4", "0", "0", "4", "100%"),
        ("Tests", "0", "4", "0", "4", "0%"),
        ("CI", "0", "4", "0", "4", "0%"),
        ("All", "4", "8", "0", "12", "33%"),
    )


def test_a_disputed_row_counts_as_implemented_in_no_headline(small):
    row = next(row for row in small.register.rows if row.status == "Implemented")
    finding = Finding(
        rule="evidence-gone", severity=Severity.ERROR, message="m", help="", place=row.place,
        item=row.id, docname=row.docname, anchor=row.anchor,
    )  # fmt: skip
    told = by_name(replace(small, findings=(finding,)))["statuses"].description
    assert told == "0 of 4 rows (0%) are implemented and undisputed. 1 are disputed."


def test_unjudged_evidence_is_unknown(small):
    rows = by_name(replace(small, proofs=()))["evidence"].table.rows
    assert rows[0] == ("Code", "0", "0", "4", "4", "0%")


def test_exceptions_by_type_say_zero_too(small):
    rows = by_name(small)["types"].table.rows
    assert rows == (
        ("Permanent", "1", "1", "33%"),
        ("Deferral", "2", "2", "66%"),
        ("Simplified", "0", "0", "0%"),
        ("All", "3", "3", "100%"),
    )


def test_exceptions_by_milestone(small):
    picture = by_name(small)["milestones"]
    assert picture.description == "1 of 3 exceptions come due at a milestone. M1 is reached."
    assert [row[0] for row in picture.table.rows] == ["M2", "on an event", "no trigger", "All"]


def test_a_milestone_that_is_reached_says_so_and_the_next_counts(small):
    settings = small.register.settings

    def at(milestone):
        now = replace(settings, milestone=milestone)
        register = make_register(small.register.documents, now)
        return by_name(replace(small, register=register))["milestones"].table.rows[0][0]

    assert [at(one) for one in (None, "M1", "M2", "M3")] == [
        "M2",
        "M2",
        "M3",
        "M3 (reached)",
    ]


def test_unconfigured_milestones_stand_by_themselves(small):
    document = small.register.documents[0]
    odd = replace(document.exceptions[0], revisit="Revisit at M9")
    document = replace(document, exceptions=(odd, *document.exceptions[1:]))
    register = make_register([document], small.register.settings)
    rows = by_name(replace(small, register=register))["milestones"].table.rows
    assert [row[0] for row in rows] == ["M2", "M9", "on an event", "All"]


def test_many_lines_are_summed_in_the_picture_not_in_the_table():
    lines = tuple(BarLine(f"line {n}", (n, 1)) for n in range(100))
    bars = Bars(
        name="b", title="t", description="d", first_header="Line", share_header="Share",
        shades=numbered_shades(("one", "two")), lines=lines,
    )  # fmt: skip
    drawn = bars.drawn("{count} others")
    assert len(drawn) == MOST_LINES
    assert (drawn[-1].label, drawn[-1].summed) == (
        f"{100 - MOST_LINES + 1} others",
        True,
    )
    assert sum(line.total for line in drawn) == sum(line.total for line in lines)
    assert drawn[0].label == "line 77", "those that stay keep their order"
    picture = bars_picture(bars, prefix="p")
    assert len(picture.table.rows) == 101
    assert picture.svg.count(">line ") >= MOST_LINES - 1


def test_of_several_milestones_the_next_in_the_project_s_order_counts(small):
    settings = replace(small.register.settings, milestones=["Beta", "Alpha"], milestone="")
    document = small.register.documents[0]
    both = replace(document.exceptions[0], revisit="Revisit at Alpha/Beta")
    register = make_register([replace(document, exceptions=(both,))], settings)
    rows = by_name(replace(small, register=register))["milestones"].table.rows
    assert [row[0] for row in rows] == ["Beta", "All"]


def steps(*found):
    return tuple(Step(date=date, commit="c", status=status) for date, status in found)


def test_the_trend_counts_the_rows_of_each_revision(small):
    """A row that went counts until then; one that is not shown does not; no sum of dates."""
    history = History(
        rows={
            "tick": steps(("2026-01-01", "Planned"), ("2026-03-01", "Implemented")),
            "gone": steps(("2026-01-01", "Partial"), ("2026-02-01", None)),
            "ui": steps(("2026-02-01", "Exception")),
            "sensor": steps(("2026-02-01", "Planned")),
        }
    )
    made = summary_pictures(
        small, prefix="p", history=history, shows=lambda row: row.id != "sensor"
    )
    (trend,) = [picture for picture in made if picture.name == "trend"]
    assert [(row[0], *row[1:]) for row in trend.table.rows] == [
        ("2026-01-01", "0", "1", "0", "1", "0", "2", "0%"),
        ("2026-02-01", "0", "0", "0", "1", "1", "2", "0%"),
        ("2026-03-01", "1", "0", "0", "0", "1", "2", "50%"),
    ]
    assert trend.description == (
        "0% of the rows were implemented on 2026-01-01, 50% on 2026-03-01."
    )
    assert "trend" not in by_name(small)


def test_of_many_revisions_the_first_the_last_and_some_between_are_drawn(small):
    dates = [f"2026-01-{day:02}" for day in range(1, 31)]
    changes = [(date, ("Planned", "Partial")[n % 2]) for n, date in enumerate(dates)]
    made = summary_pictures(small, prefix="p", history=History(rows={"x": steps(*changes)}))
    (trend,) = [picture for picture in made if picture.name == "trend"]
    shown = [row[0] for row in trend.table.rows]
    assert (len(shown), shown[0], shown[-1]) == (8, dates[0], dates[-1])
    once = History(rows={"x": steps(changes[0])})
    names = [p.name for p in summary_pictures(small, prefix="p", history=once)]
    assert "trend" not in names
