"""A job in the literal of its workflow, a file on somebody's machine, a remark behind a line."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation import Home, parse_cell

WORKFLOW = ".github/workflows/ci.yml"


def read(cell, kind):
    found = parse_cell(cell, kind, home=Home("docs", ""))
    return [(piece.path, piece.line, piece.symbol or piece.job) for piece in found.evidence]


@pytest.mark.parametrize("mark", ["#", "::", ":"])
@pytest.mark.parametrize("job", ["test", "rust-tests", "lint_2"])
@pytest.mark.parametrize("quote", ["`", ""])
def test_a_job_may_be_joined_to_its_workflow(mark, job, quote):
    assert read(f"{quote}{WORKFLOW}{mark}{job}{quote}", "ci") == [(WORKFLOW, None, job)]


def test_a_job_may_be_joined_to_the_bare_name_of_a_workflow():
    assert read("`ci.yml#rust-tests`", "ci") == [("ci.yml", None, "rust-tests")]


@pytest.mark.parametrize("page", ["docs/guide.md#install-it", "etc/data.yml#part", "a/b.json#c"])
def test_the_anchor_of_a_page_is_no_name(page):
    assert read(f"`{page}`", "code") == [(page.partition("#")[0], None, None)]


@pytest.mark.parametrize("label", ["`src/base/push.ts`", "src/base/push.ts"])
def test_a_link_to_a_file_on_a_machine_is_what_it_says(label):
    assert read(f"[{label}](file:///Users/u/ring/src/base/push.ts)", "code") == [
        ("src/base/push.ts", None, None)
    ]
    assert read(f"[{label}](https://example.org/ring/src/base/push.ts)", "code") == []


@pytest.mark.parametrize(
    ("cell", "cited"),
    [
        ("`not_full` (`ring.rs:16`)", [("ring.rs", 16, "not_full")]),
        ("`not_full` (`ring.rs:16`, any row)", [("ring.rs", 16, "not_full")]),
        (
            "`not_full` (`src/ring.rs:16`, any `Mark` of it) — same",
            [("src/ring.rs", 16, "not_full")],
        ),
        ("`not_full` (any row, `ring.rs:16`)", []),
        ("no `not_full` (`src/ring.rs:16`, any row)", []),
    ],
)
def test_a_remark_may_stand_behind_the_line_in_parentheses(cell, cited):
    assert read(cell, "code") == cited
