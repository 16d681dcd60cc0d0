"""Tables over the whole project: filters, order, groups, reviews, history, others."""

from __future__ import annotations

import json
import re

import pytest

MATRIX = """# Matrix

## Schedules

| Capability | Status | Exceptions | Owner | Risk |
|---|---|---|---|---|
| Tick 10 | Planned |  | Ada | low |
| Tick 2 | Exception | EX-03 | Ben | high |

## Runs

| Capability | Status | Exceptions | Owner |
|---|---|---|---|
| Queue | Designed |  | Ada |
"""

REGISTER = """# Register

| ID | Capability | Decision | Type | Revisit Trigger |
|---|---|---|---|---|
| EX-01 | Ops | Assets only | Permanent | No planned revisit |
| EX-03 | Web UI | Deferred | Deferral | Revisit at M2 |
| EX-10 | Daemon | Managed | Simplified | Revisit at M3 |
"""

CONF = {
    "parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]},
    "parity_milestones": ["M1", "M2", "M3"],
    "parity_milestone": "M1",
}


@pytest.fixture
def shown(project):
    """Return what a page with these directives shows as text."""

    def show(*directives: str, conf=None, files=None) -> str:
        blocks = "\n\n".join(f"```{{{one}\n```" for one in directives)
        made = project(
            {
                "matrix.md": MATRIX,
                "register.md": REGISTER,
                "shown.md": f"# Shown\n\n{blocks}\n",
                **(files or {}),
            },
            {**CONF, **(conf or {})},
        )
        built = made.build("text")
        assert built.status == 0, built.stderr
        return (built.out / "shown.txt").read_text(encoding="utf-8")

    return show


def rows(text: str) -> list[list[str]]:
    """Return the cells of the lines of a table in text; a cell's lines are joined."""
    lines: list[list[str]] = []
    for block in re.split(r"^\+[-+]+\+$|^\|[=|]+\|$", text, flags=re.MULTILINE):
        parts = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in block.strip().splitlines()
            if line.strip().startswith("|")
        ]
        if parts:
            lines.append([" ".join(filter(None, c)) for c in zip(*parts, strict=True)])
    return lines


def test_columns_and_natural_order(shown):
    text = shown("parity-table} matrix\n:columns: capability, risk\n:sort: capability")
    assert rows(text) == [
        ["Capability", "Risk"],
        ["Queue", ""],
        ["Tick 2", "high"],
        ["Tick 10", "low"],
    ]
    text = shown("parity-table} exceptions\n:columns: id\n:sort: -id")
    assert rows(text)[1:] == [["EX-10"], ["EX-03"], ["EX-01"]]


@pytest.mark.parametrize(
    ("option", "left"),
    [
        (":status: planned, Exception", ["Tick 10", "Tick 2"]),
        (":section: Runs", ["Queue"]),
        (":owner: ada", ["Tick 10", "Queue"]),
        (":documents: mat*", ["Tick 10", "Tick 2", "Queue"]),
        (":documents: other*", []),
    ],
)
def test_filters_of_rows(shown, option, left):
    text = shown(f"parity-table}} matrix\n:columns: capability\n{option}\n:empty: Nobody.")
    assert [one for (one,) in rows(text)[1:]] == left
    assert ("Nobody." in text) == (not left)


def test_filters_of_exceptions(shown):
    text = shown("parity-table} exceptions\n:columns: id\n:type: Deferral, simplified")
    assert rows(text)[1:] == [["EX-03"], ["EX-10"]]
    text = shown("parity-table} exceptions\n:columns: id\n:milestone: M3")
    assert rows(text)[1:] == [["EX-10"]]


def test_groups_and_caption(shown):
    text = shown(
        "parity-table} matrix\n:columns: capability, status\n:group-by: owner\n:caption: By owner"
    )
    assert "By owner" in text
    assert [line[0] for line in rows(text)[1:]] == [
        "**Ada**",
        "Tick 10",
        "Queue",
        "**Ben**",
        "Tick 2",
    ]


def test_traceability_tells_what_nothing_cites(shown):
    text = shown("parity-table} traceability")
    assert [line[0] for line in rows(text)[1:]] == ["EX-01", "EX-03", "EX-10"]
    assert "Cited by no row and no claim: EX-01, EX-10." in " ".join(text.split())


def test_the_state_of_each_review(shown):
    lock = {
        "schema_version": 1,
        "milestone": None,
        "rows": None,
        "exceptions": {
            "EX-03": {
                "digest": "0" * 16,
                "milestone": "M1",
                "date": "2026-01-02",
                "by": "Ada",
                "note": "",
            }
        },
    }
    text = shown(
        "parity-table} review\n:columns: id, state, milestone, by, next",
        files={"parity.lock.json": json.dumps(lock)},
        conf={"parity_rules": {"review-due": "off"}},
    )
    assert rows(text)[1:] == [
        ["EX-01", "○ not reviewed", "", "", ""],
        ["EX-03", "▲ review due", "M1", "Ada", "M2"],
        ["EX-10", "○ not reviewed", "", "", "M3"],
    ]


def test_a_reached_milestone_is_due(shown):
    text = shown(
        "parity-table} review\n:columns: id, state, next\n:milestone: M2",
        conf={"parity_milestone": "M2", "parity_rules": {"revisit-due": "info"}},
    )
    assert rows(text)[1:] == [["EX-03", "✖ revisit due", "M2"]]


def test_since_when_a_row_has_its_status(shown):
    history = {
        "schema_version": 1,
        "commit": "b" * 40,
        "rows": {
            "queue": [
                ["2026-01-01", "a" * 40, "Planned"],
                ["2026-03-04", "b" * 40, "Designed"],
            ]
        },
    }
    text = shown(
        "parity-table} history\n:columns: id, status, since, before\n:section: Runs",
        files={"parity.history.json": json.dumps(history)},
    )
    assert rows(text)[1:] == [["queue", "✎ Designed", "2026-03-04", "Planned 2026-01-01"]]


def test_an_unknown_column_is_said_at_the_directive(project):
    made = project(
        {
            "matrix.md": MATRIX,
            "register.md": REGISTER,
            "shown.md": "# S\n\n```{parity-table} matrix\n:sort: capabilty\n```\n",
        },
        CONF,
    )
    built = made.build()
    assert built.places == [("malformed-declaration", "docs/shown.md", 3)]
    assert "did you mean `capability`?" in built.serious[0]["message"]


def test_three_projects_on_one_page(project):
    documents = {}
    for name in ("alpha", "beta", "gamma"):
        made = project(
            {"matrix.md": MATRIX, "register.md": REGISTER},
            {**CONF, "parity_product": name.title()},
            name=name,
        )
        built = made.build()
        assert built.status == 0
        documents[f"{name}.json"] = (built.out / "parity.json").read_text("utf-8")
    view = (
        "# All\n\n```{parity-table} matrix\n:columns: product, capability, status\n"
        ":from: alpha.json, beta.json,\n  gamma.json\n:status: Planned\n```\n"
    )
    made = project({"all.md": view, **documents}, name="all")
    built = made.build("text")
    assert built.status == 0
    text = (built.out / "all.txt").read_text(encoding="utf-8")
    assert [line[0] for line in rows(text)[1:]] == ["Alpha", "Beta", "Gamma"]
    assert {line[1] for line in rows(text)[1:]} == {"Tick 10"}

    changed = documents["beta.json"].replace("Tick 10", "Tick 11")
    made.write({"docs/beta.json": changed})
    again = made.build("text")
    assert "all" in again.written
    assert "Tick 11" in (again.out / "all.txt").read_text(encoding="utf-8")


def test_a_file_of_another_project_that_is_none_is_said(project):
    made = project(
        {
            "all.md": "# All\n\n```{parity-table} matrix\n:from: a.json, b.json\n```\n",
            "a.json": '{"schema_version": 99}',
        }
    )
    said = [one["message"] for one in made.build().serious]
    assert any("a.json has schema version 99, not 2" in one for one in said)
    assert any("b.json does not exist" in one for one in said)
