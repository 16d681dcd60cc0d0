"""What stays a remark, beside what is evidence."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "code",
            "Missing proof: a thing, b in `crates/no.rs`, `crates/no2.rs`<br>`crates/x.rs`",
            [
                "code crates/x.rs",
                "# Missing proof: a thing, b in `crates/no.rs`, `crates/no2.rs`",
            ],
        ),
        (
            "code",
            "No dedicated test; `crates/x.rs:12`",
            ["code crates/x.rs:12", "# No dedicated test"],
        ),
        (
            "code",
            "`std/fmt::Display` and/or `and/or`, `application/json`, `1/2`, `@scope/pkg`, `--flag/x`",
            [
                "# `std/fmt::Display` and/or `and/or`",
                "# `application/json`",
                "# `1/2`",
                "# `@scope/pkg`",
                "# `--flag/x`",
            ],
        ),
        ("test", "`tests/x.rs` (planned)", ["# `tests/x.rs` (planned)"]),
        # The keys are those of what stands before them, not of the file.
        (
            "code",
            "`crates/x.rs` now has the `Plugin` keys (`code`, `math`)",
            ["code crates/x.rs"],
        ),
        ("code", "the `.g.rs` and `.test.ts` files", ["# the `.g.rs` and `.test.ts` files"]),
        (
            "test",
            "`tests/x.rs` — not yet written",
            ["# `tests/x.rs` — not yet written"],
        ),
        (
            "code",
            "parser, README, N/A, CI/CD, read/write path, https://example.com/a/b.rs",
            [
                "# parser",
                "# README",
                "# N/A",
                "# CI/CD",
                "# read/write path",
                "# https://example.com/a/b.rs",
            ],
        ),
        (
            "adr",
            "`docs/adr/adr-024.md`, ADR-025, 26",
            ["adr docs/adr/adr-024.md", "# ADR-025", "# 26"],
        ),
        ("code", "TODO: add `crates/x.rs`", ["# TODO: add `crates/x.rs`"]),
        ("code", "🚧 Planned: `crates/x.rs`", ["# 🚧 Planned: `crates/x.rs`"]),
        ("code", "**Missing**: `crates/x.rs`", ["# **Missing**: `crates/x.rs`"]),
        ("code", "_none yet_ `crates/x.rs`", ["# _none yet_ `crates/x.rs`"]),
        ("code", "(see `crates/x.rs:1`)", ["# (see `crates/x.rs:1`)"]),
        ("code", "needed `crates/x.rs:1`", ["# needed `crates/x.rs:1`"]),
        ("code", "Rust: TODO `crates/x.rs:1`", ["# Rust: TODO `crates/x.rs:1`"]),
        (
            "code",
            "Missing:\n- `a/b.rs`\n- `c/d.rs`\n\nRust: `crates/x.rs`",
            ["code crates/x.rs", "# Missing:", "# `a/b.rs`", "# `c/d.rs`"],
        ),
        (
            "code",
            "- Missing: `a/b.rs`\n- `crates/x.rs`",
            ["code crates/x.rs", "# Missing: `a/b.rs`"],
        ),
        (
            "code",
            "reads `dagster.yaml` from disk",
            ["# reads `dagster.yaml` from disk"],
        ),
        ("code", "unlike `dagster/_core/foo.py`", ["# unlike `dagster/_core/foo.py`"]),
        (
            "code",
            "replaces `dagster/foo.py` with `crates/x.rs:12`",
            ["# replaces `dagster/foo.py` with `crates/x.rs:12`"],
        ),
        ("code", "`crates/x.rs:12`, `tick`", ["code crates/x.rs:12", "# `tick`"]),
        (
            "code",
            "`src/{a,b}.rs`, `src/{name}/x.rs`, `crates/<name>/x.rs`, `crates/.../x.rs`, `src/…/x.rs`",
            [
                "code src/a.rs",
                "code src/b.rs",
                "# `src/{name}/x.rs`",
                "# `crates/<name>/x.rs`",
                "# `crates/.../x.rs`",
                "# `src/…/x.rs`",
            ],
        ),
        (
            "code",
            "`/etc/passwd`, `/api/v1/runs`, `../x.rs`, `~/x.rs`, `C:\\x\\y.rs`, `crates\\x.rs`",
            [
                "code /etc/passwd",
                "code ../x.rs",
                "code crates/x.rs",
                "# `/api/v1/runs`",
                "# `~/x.rs`",
                "# `C:\\x\\y.rs`",
            ],
        ),
        (
            "code",
            "`github.com/x/y`, `ghcr.io/a/b:1`, `actions/checkout@v4`, `s3://a/b`, `owner/repo#12`, `GET/POST`, `req/s`, `v1/v2`, `apps/v1`, `*/5`, `a/b`, `%s/%s`",
            [
                "# `github.com/x/y`",
                "# `ghcr.io/a/b:1`",
                "# `actions/checkout@v4`",
                "# `s3://a/b`",
                "# `owner/repo#12`",
                "# `GET/POST`",
                "# `req/s`",
                "# `v1/v2`",
                "# `apps/v1`",
                "# `*/5`",
                "# `a/b`",
                "# `%s/%s`",
            ],
        ),
        (
            "code",
            "Node.js/Express.js, e.g./i.e., w/ retries, input/ output, asset/job graph, 2024/01/02, 3.5/4",
            [
                "# Node.js/Express.js",
                "# e.g./i.e.",
                "# w/ retries",
                "# input/ output",
                "# asset/job graph",
                "# 2024/01/02",
                "# 3.5/4",
            ],
        ),
        (
            "code",
            "`text <../../crates/x.rs#L1>`_",
            ["code crates/x.rs:1"],
        ),
        (
            "code",
            "[`dagster/x.py`](https://github.com/dagster-io/dagster/blob/master/dagster/x.py)",
            ["# [`dagster/x.py`](https://github.com/dagster-io/dagster/blob/master/dagster/x.py)"],
        ),
        (
            "code",
            "https://github.com/o/r/blob/main/crates/x.rs#L12",
            ["# https://github.com/o/r/blob/main/crates/x.rs#L12"],
        ),
        (
            "code",
            "`crates/x.rs:0` `crates/x.rs:99999999999999999999`",
            ["# `crates/x.rs:0` `crates/x.rs:99999999999999999999`"],
        ),
        ("code", "crates/flow", ["code crates/flow"]),
        (
            "test",
            "`tests/x.rs` (`test_a`), `test_b`",
            ["test tests/x.rs test_a", "# `test_b`"],
        ),
        ("code", "`run/step` retries", ["# `run/step` retries"]),
        (
            "code",
            "__init__.py _x_ tests/* and a/*",
            ["# __init__.py _x_ tests/* and a/*"],
        ),
        (
            "code",
            "tick loop lives in `crates/flow/src/schedule.rs:12`, which calls `eval`",
            ["code crates/flow/src/schedule.rs:12", "# which calls `eval`"],
        ),
        ("code", "`ScheduleTick::evaluate`", ["# `ScheduleTick::evaluate`"]),
        ("code", "`crates/x.rs:12, 40`", ["# `crates/x.rs:12, 40`"]),
        ("code", "`crates/x.rs:12 tick`", ["# `crates/x.rs:12 tick`"]),
        (
            "test",
            "`crates/flow/tests/schedule.rs` - `test_a`, `test_b`",
            ["test crates/flow/tests/schedule.rs test_a", "# `test_b`"],
        ),
        (
            "test",
            "`tests/test_a.py::TestA::test_x`, `TestA::test_y`",
            ["test tests/test_a.py TestA::test_x", "# `TestA::test_y`"],
        ),
        (
            "code",
            "Not applicable (`crates/x.rs`)",
            ["# Not applicable (`crates/x.rs`)"],
        ),
        (
            "code",
            "Deferred to M2 (see `docs/plans/x.md`)",
            ["# Deferred to M2 (see `docs/plans/x.md`)"],
        ),
        (
            "code",
            "`docs.rs/tokio/latest`, and/or:1, localhost/x:80, foo/bar:12, crates/flow:12",
            [
                "code crates/flow:12",
                "# `docs.rs/tokio/latest`",
                "# and/or:1",
                "# localhost/x:80",
                "# foo/bar:12",
            ],
        ),
        ("code", "(a) `crates/x.rs`", ["# (a) `crates/x.rs`"]),
        (
            "code",
            "`crates/x.rs:12` (`tick`) – ticks once a minute, see `README.md`",
            ["code crates/x.rs:12 tick", "# see `README.md`"],
        ),
        (
            "code",
            "`crates/x.rs:12` (`tick`), see `README.md`",
            ["code crates/x.rs:12 tick", "# see `README.md`"],
        ),
        (
            "code",
            "`crates/x.rs:12` (`tick`); removed in `old/x.rs`",
            ["code crates/x.rs:12 tick", "# removed in `old/x.rs`"],
        ),
        ("code", "Formerly `old/x.rs`", ["# Formerly `old/x.rs`"]),
        ("code", "crates/a.rs:1-crates/b.rs:2", ["# crates/a.rs:1-crates/b.rs:2"]),
        (
            "code",
            '"see crates/a.rs", (crates/b.rs)',
            ["code crates/a.rs", "# (crates/b.rs)"],
        ),
        ("code", "`a.rs:1`\n(`b.rs:2`)", ["code a.rs:1", "# (`b.rs:2`)"]),
        ("code", "lib.rs", ["code lib.rs"]),
        (
            "code",
            "`crates/x.rs:12`, as in `docs/guide.md`",
            ["code crates/x.rs:12", "# as in `docs/guide.md`"],
        ),
    ],
)
def test_remark_stays_one(read, kind, text, expected):
    assert read(text, kind) == expected
