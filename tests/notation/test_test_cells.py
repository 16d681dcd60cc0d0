"""Cells that cite tests, and cells whose kind follows from the shape."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "test",
            "`tests/test_x.py::TestA::test_b[a-b]`",
            ["test tests/test_x.py TestA::test_b"],
        ),
        ("any", "`tests/a.rs:1` (`x`)", ["test tests/a.rs:1 x"]),
        ("any", "`TestFoo` in `src/x.go:1`", ["test src/x.go:1 TestFoo"]),
        ("any", "`docs/adr/adr-024.md`", ["code docs/adr/adr-024.md"]),
        ("adr", "[ADR-024](/docs/adr/adr-024-x.md)", ["adr docs/adr/adr-024-x.md"]),
        (
            "test",
            "`tests/x.test.ts` (`renders the table`)",
            ["test tests/x.test.ts renders the table"],
        ),
        (
            "test",
            "`pkg/foo_test.go` (`TestFoo/sub_case`)",
            ["test pkg/foo_test.go TestFoo/sub_case"],
        ),
        (
            "test",
            "`tests/test_x.py::test_a`, `::test_b`",
            ["test tests/test_x.py test_a", "test tests/test_x.py test_b"],
        ),
        (
            "test",
            "crates/flow/tests/schedule.rs::test_a crates/flow/tests/schedule.rs::test_b",
            [
                "test crates/flow/tests/schedule.rs test_a",
                "test crates/flow/tests/schedule.rs test_b",
            ],
        ),
        (
            "test",
            "`crates/flow/tests/schedule.rs` (`test_a`, `test_b` & `test_c`)",
            [
                "test crates/flow/tests/schedule.rs test_a",
                "test crates/flow/tests/schedule.rs test_b",
                "test crates/flow/tests/schedule.rs test_c",
            ],
        ),
        (
            "test",
            "`crates/flow/tests/schedule.rs` (test_a, test_b)",
            [
                "test crates/flow/tests/schedule.rs ~test_a",
                "test crates/flow/tests/schedule.rs ~test_b",
            ],
        ),
        (
            "test",
            "`crates/flow/tests/schedule.rs` (unit + property tests)",
            ["test crates/flow/tests/schedule.rs ~unit"],
        ),
        (
            "test",
            "`crates/flow/tests/schedule.rs:12` (`test_a`; covers `TickStore` retries)",
            [
                "test crates/flow/tests/schedule.rs:12 test_a",
                "test crates/flow/tests/schedule.rs:12 TickStore",
            ],
        ),
        ("test", "**Unit:** `crates/a.rs` `mod tests`", ["test crates/a.rs"]),
    ],
)
def test_cell_is_read(read, kind, text, expected):
    assert read(text, kind) == expected
