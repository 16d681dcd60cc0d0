"""What stands side by side in a cell: each of two readings, and the two together."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation import parse_cell

CI = ".github/workflows/ci.yml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What a header announces, by its lines, bullets and empty lines.
        ("Missing:\n\n`a/b.rs`\n\n`c/d.rs`\n\nRust: `e/f.rs`",
         ["code e/f.rs", "# Missing:", "# `a/b.rs`", "# `c/d.rs`"]),
        ("Missing:\n`a/b.rs`\n\n`c/d.rs`", ["code c/d.rs", "# Missing:", "# `a/b.rs`"]),
        ("Missing:\n\n`a/b.rs`\n`c/d.rs`", ["# Missing:", "# `a/b.rs`", "# `c/d.rs`"]),
        ("Missing:\n- `a/b.rs`\n`c/d.rs`", ["code c/d.rs", "# Missing:", "# `a/b.rs`"]),
        ("Missing:\n`a/b.rs`; `c/d.rs`", ["# Missing:", "# `a/b.rs`", "# `c/d.rs`"]),
        ("- Missing:\n- `a/b.rs`", ["code a/b.rs", "# Missing:"]),
        ("Suggested: a/b.rs; c/d.rs", ["# Suggested: a/b.rs; c/d.rs"]),
        ("Suggested: one more a/b.rs; c/d.rs", ["code c/d.rs", "# Suggested: one more a/b.rs"]),
        ("Missing a/b.rs, c/d.rs", ["# Missing a/b.rs, c/d.rs"]),
        ("Missing tests; a/b.rs", ["code a/b.rs", "# Missing tests"]),
        # Parentheses and what separates within them.
        ("Ring (`a/x.rs:1`<br>`b/y.rs:2`)", ["code a/x.rs:1", "code b/y.rs:2"]),
        ("`a/x.rs` (`tick`<br>`tock`)", ["code a/x.rs tick", "code a/x.rs tock"]),
        ("a/x.rs (fn tick, struct Ring)", ["code a/x.rs ~tick", "code a/x.rs ~Ring"]),
        ("a/x.rs (tick(), tock())", ["code a/x.rs ~tick", "code a/x.rs ~tock"]),
        ("a/x.rs (tick tock)", ["code a/x.rs"]),
        ("`a/x.rs (x)`", ["code a/x.rs x"]),
        ("`run/step (x)`", ["# `run/step (x)`"]),
        ("`nothing (x)`", ["# `nothing (x)`"]),
        # Lines in words.
        ("a/x.rs line 12", ["code a/x.rs:12"]),
        ("a/x.rs lines 12-14", ["code a/x.rs:12-14"]),
        ("a/x.rs L12", ["code a/x.rs:12"]),
        ("a/x.rs L1", ["code a/x.rs"]),
        ("`a/x.rs` on line 12", ["code a/x.rs"]),
        ("`a/x.rs`, L12", ["code a/x.rs:12"]),
        # What goes on with the file before.
        ("`a/x.rs`; `:40`", ["code a/x.rs", "code a/x.rs:40"]),
        ("`a/x.rs` (`t`); `:40`", ["code a/x.rs t", "code a/x.rs:40"]),
        ("`a/x.rs:3`; `::t`", ["code a/x.rs:3", "code a/x.rs t"]),
        ("`a/x.rs`; `#L7`", ["code a/x.rs", "code a/x.rs:7"]),
        ("`a/x.rs`; :40-50", ["code a/x.rs", "code a/x.rs:40-50"]),
        ("`a/x.rs`; L4", ["code a/x.rs", "# L4"]),
        # Labels.
        ("not `old/x.rs`: `a/x.rs`", ["code a/x.rs"]),
        ("`old/x.rs`: `a/x.rs`", ["code old/x.rs", "code a/x.rs"]),
        ("Ring: Push: Pop: Top: Last: `a/x.rs`", ["code a/x.rs"]),
        # A folder that is only named.
        ("`/run/step` retries", ["# `/run/step` retries"]),
        ("`x/step` retries", ["# `x/step` retries"]),
        ("`.x/step` retries", ["code .x/step"]),
        ("`src/step` retries", ["code src/step"]),
        ("`x/step/` retries", ["code x/step/"]),
        ("`a/::x`", ["code a/ x"]),
        # A page stands for itself only where a line begins.
        ("`a/x.rs`\nsee `README.md`", ["code a/x.rs", "code README.md"]),
        ("`a/x.rs`<br>; see `README.md`", ["code a/x.rs", "code README.md"]),
        ("`a/x.rs`; see `README.md`", ["code a/x.rs", "# see `README.md`"]),
        ("it is `Makefile`", ["# it is `Makefile`"]),
        # One in place of the other.
        ("`a/x.rs` became `b/y.rs`", ["code b/y.rs"]),
        ("`a/x.rs` moved from `b/y.rs`", ["code a/x.rs"]),
        ("`a/x.rs`, ported from old/y.rs:3", ["code a/x.rs", "# ported from old/y.rs:3"]),
        ("`a/x.rs` (to be written)", ["# `a/x.rs` (to be written)"]),
        ("`a/x.rs` (planned for M2)", ["# `a/x.rs` (planned for M2)"]),
        ("`a/x.rs` (doesn't exist)", ["# `a/x.rs` (doesn't exist)"]),
        ("~~`a/x.rs`~~, `b/y.rs`", ["code b/y.rs", "# ~~`a/x.rs`~~"]),
        ("~~`a/x.rs`, `b/y.rs`", ["code a/x.rs", "code b/y.rs"]),
        # Signs of other scripts, escapes and entities.
        ("a/x.rs，b/y.rs；c/z.rs", ["code a/x.rs", "code b/y.rs", "code c/z.rs"]),
        ("1,000 of a\\_b/x.rs", ["code a_b/x.rs"]),
        ("a&amp;b/x.rs", ["# a&amp;b/x.rs"]),
        # A role, and a word that only ends as one.
        (":func:`run/step`", ["# :func:`run/step`"]),
        ("see x:func:`run/step`", ["code run/step"]),
        (":file:`run/step`", ["code run/step"]),
        # Names with what stands around them.
        ("a/x.rs (tick; tock.)", ["code a/x.rs ~tick", "code a/x.rs ~tock"]),
        ("`a/x.rs` (`A.{self,b}`)", ["code a/x.rs A", "code a/x.rs A.b"]),
        ("`a` `b/x.rs` `c`", ["code b/x.rs a", "code b/x.rs c"]),
    ],
)  # fmt: skip
def test_code_beside(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/a/x.rs#L2", "code a/x.rs:2"),
        ("a/x.rs#L2", "code docs/a/x.rs:2"),
        ("../wiki/", "code wiki/"),
        ("../../wiki/", None),
        ("../../wiki/x#L3", "code ../wiki/x:3"),
        ("a/", "code docs/a/"),
        ("Makefile", "code docs/Makefile"),
        ("x.png", None),
        ("x.md", None),
        ("x.rst", None),
        ("x.mdx", None),
        ("x.svg", None),
        ("decisions/x.rst", "code docs/decisions/x.rst"),
        ("adr/x.md", "code docs/adr/x.md"),
        ("my%20x.rs:12", "code docs/my x.rs:12"),
        ("x.rs#part", "code docs/x.rs"),
    ],
)
def test_a_link_and_what_it_leads_to(read, target, expected):
    link = f"[tick]({target})"
    assert read(link, folder="docs") == [expected or f"# {link}"]


@pytest.mark.parametrize("text", ["`plain`_", "`` `tick` <a/x.rs#L2>`_"])
def test_a_link_without_a_file(read, text):
    assert read(text) == [f"# {text}"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("ci", "`{}`<br>Job: `b`", ["ci {}", "ci {} job=b"]),
        ("ci", "`{}` (job `a`)<br>Command: `x y`", ["ci {} job=a", "ci {} job=a $ x y"]),
        ("any", "`{}` (job `a`)<br>runs `x y`", ["ci {} job=a", "ci {} job=a $ x y"]),
        ("code", "`{}`<br>job `b`", ["code {}", "# job `b`"]),
        ("ci", "`{}`<br>jobs", ["ci {}", "# jobs"]),
        ("adr", "`{}` (job `a`)", ["adr {}"]),
        ("ci", "`{}` (job `a`; command: `x y`)", ["ci {} job=a $ x y"]),
        ("ci", "`{}` (job `a` runs: `x y`)", ["ci {} job=a $ x y"]),
        ("ci", "`{}` (`a` job: `pytest -q`)", ["ci {} job=a $ pytest -q"]),
        (
            "ci",
            "{} (job a: cargo test → cargo clippy -- -D x)",
            ["ci {} job=a $ cargo test", "ci {} job=a $ cargo clippy -- -D x"],
        ),
        (
            "ci",
            "{} (job a: cargo test + pytest)",
            ["ci {} job=a $ cargo test", "ci {} job=a $ pytest"],
        ),
        ("ci", "{} runs cargo test", ["ci {} $ cargo test"]),
        ("ci", "{} job: unit", ["ci {} job=unit"]),
        ("ci", "{} job unit:", ["ci {} job=unit"]),
        ("ci", "{} job unit", ["ci {}"]),
        ("ci", "`{}` (job unit-tests)", ["ci {} job=unit-tests"]),
        ("ci", "`{}` (job unit_tests)", ["ci {} job=unit_tests"]),
        ("ci", "`{}` (not `lint`, but `test` job)", ["ci {} job=test"]),
        ("ci", "`{}` (not the slow ones, `pytest -q`)", ["ci {} $ pytest -q"]),
        ("ci", "cargo test --all.", ["ci $ cargo test --all"]),
        ("ci", "make it so", ["# make it so"]),
        ("any", "run cargo test", ["# run cargo test"]),
    ],
)
def test_a_workflow_beside_jobs_and_commands(read, kind, text, expected):
    assert read(text.format(CI), kind) == [line.format(CI) for line in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`cargo test -p x`", ["ci $ cargo test -p x"]),
        ("`pytest t/a.py::T::test_b`", ["ci $ pytest t/a.py::T::test_b", "test t/a.py T::test_b"]),
        # Without back-ticks its path is a reference of the item, and said once.
        ("pytest t/a.py::test_b -x", ["test t/a.py test_b", "ci $ pytest t/a.py::test_b -x"]),
    ],
)
def test_a_command_names_its_tests(read, text, expected):
    assert read(text, "test") == expected


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("uses `Scheduler::tick`", [("Scheduler::tick", "Scheduler::tick")]),
        ("not `Scheduler::tick`", [("Scheduler::tick", None)]),
        ("Scheduler::tick.", [("Scheduler::tick.", "Scheduler::tick")]),
        ("`Scheduler::tick`, `tock`", [("Scheduler::tick", "Scheduler::tick"), ("tock", None)]),
        ("`a/x.rs` (12)", [("(12)", None)]),
        ("`a/x.rs` (12, 14)", []),
        ("no tests but `tick`", [("tick", None)]),
        ("no `tock` but `tick()`", [("tick()", None)]),
        ("`~/a/x.rs`", [("~/a/x.rs", None)]),
        ("`~/a`", []),
        ("`a/x.rs:0`", [("a/x.rs:0", None)]),
        ("a&amp;b/x.rs", [("a&b/x.rs", None)]),
        ("`a/x.rs` replaced by `b/y.rs`", [("a/x.rs", None)]),
    ],
)
def test_what_is_left_over_beside(text, unread):
    assert [(piece.text, piece.symbol) for piece in parse_cell(text, "code").unread] == unread
