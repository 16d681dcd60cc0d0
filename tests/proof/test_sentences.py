"""What is said of each of many pieces of evidence, whole: verdict, rule, line, reason, help.

The fixture repository is asked; `snapshots/verdicts.txt` keeps the answers, one a line, and
`UPDATE_SNAPSHOTS=1` writes them anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof import Prover, messages
from sphinx_arco_parity.proof.definitions import Meant
from sphinx_arco_parity.proof.naming import Name, best, module_words
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import Definition
from sphinx_arco_parity.settings.options import Settings

FLOW = Path(__file__).parents[1] / "fixtures" / "flow-repository"
CI, NIGHTLY = ".github/workflows/ci.yml", ".github/workflows/nightly.yml"
TICK, SCHEDULE = "crates/flow/src/schedule/tick.rs", "crates/flow/tests/schedule.rs"
PYTHON = "python/tests/test_schedule.py"

#: Path, symbol and line, as code and as a test.
CITED = [
    (TICK, "tick", 1), (TICK, "tick", 3), (TICK, "tick", 9), (TICK, "tick", 99), (TICK, "tock", None),
    (TICK, None, 2), (TICK, None, 99), (TICK, None, None), (TICK, "flow_schedule_tick", 8),
    (TICK, "Clock::tick", None), (TICK, "assert_eq", None), ("crates/flow/src/tick.rs", "tick", None),
    (SCHEDULE, None, None), (SCHEDULE, "test_tick", 3), (SCHEDULE, "test_tick", 12),
    (SCHEDULE, "test_tock", None), (SCHEDULE, "inner::test_inner", None), (SCHEDULE, "setup", None),
    (SCHEDULE, "test_py_tick", None), (PYTHON, "test_py_tick", 6), (PYTHON, "TestSchedule", None),
    (PYTHON, "TestSchedule::test_py_method", 90), (PYTHON, "TestOther::test_py_method", None),
    (PYTHON, "not_a_test", None), (PYTHON, "test_py_tick[a]", None), (PYTHON, None, 8),
    ("python/tests", None, None), ("python/tests/*.py", "test_py_tick", None),
    ("python/tests/{test_schedule,conftest}.py", None, None), ("python/none/*.py", None, None),
    ("docs/plans/x.md", None, None), ("", "tick", None), ("", "test_py_tick", None), ("", "nope", None),
    ("python/tests/unit/test_case.py", None, None), ("README.md", None, None),
]  # fmt: skip

#: Workflow, job and command.
RUN = [
    (CI, "test", "cargo test --workspace --exclude flow"), (CI, "test", "cargo test -p flow --lib"),
    (CI, "Rust tests", "cargo test"), (CI, "test", "cargo tset"), (CI, "test", "make check"),
    (CI, "tests", None), (CI, "tests", "cargo clippy"), (CI, "nightly", None), (CI, "zzz", None),
    (CI, None, "cargo test -p flow --tests"), (CI, None, "cargo test -p nothing"), (CI, None, None),
    (CI, None, "uv run pytest tests"), (CI, None, "pytest tests -m 'not slow'"), (CI, "python", None),
    (CI, None, "pytest scripts"), (CI, None, "pytest tests/generated"), (CI, "docs", None),
    (CI, "docs", "cargo test --doc"), (CI, "after-docs", "cargo test -p flow-old"),
    (CI, "reused", "cargo test -p flow-cli"), (CI, "lint", "./scripts/e2e.sh"), (CI, "lint", "npm test"),
    (CI, "lint", None), (CI, "test", None), (CI, "test", "actions/checkout@v4"), (CI, "test", "Build the tests"), (CI, "lint", "`"),
    (NIGHTLY, "nightly", "cargo test -p flow --tests"), (NIGHTLY, None, "cargo test"),
    (".github/workflows/broken.yml", None, "cargo test"), (".github/workflows/no.yml", "a", None),
    ("Makefile", None, "cargo test"), ("Makefile", "check", None), ("", None, "cargo test --workspace"),
    ("", None, "cargo test -p nothing"), ("", None, "make everything"), ("", "lint", None),
]  # fmt: skip

#: Tests that are cited beside each of those.
BESIDE = [
    (SCHEDULE, "test_tick"), (TICK, "flow_schedule_tick"), (PYTHON, "test_py_slow"),
    (PYTHON, "test_py_tick"), ("crates/flow-old/tests/named.rs", None), ("python/tests/slow", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def prover(tmp_path_factory):
    """Return what proves evidence against the fixture repository, which is under no git."""
    folder = tmp_path_factory.mktemp("flow") / "repository"
    shutil.copytree(FLOW, folder)
    return Prover(Repository.open(folder), Settings())


def said(verdict):
    """Return *verdict* in one line, without what is empty."""
    fix = " to ".join(map(str, verdict.fix.lines)) if verdict.fix else ""
    if verdict.fix and verdict.fix.option:
        fix = f"{verdict.fix} with {verdict.fix.option}"
    line = verdict.found_line and f"line {verdict.found_line}"
    parts = (verdict.name, verdict.rule, line, verdict.detail, verdict.help, verdict.cause, fix)
    return " | ".join(part for part in parts if part)


def test_each_verdict_is_said_as_it_is_kept(prover, snapshot):
    lines = []
    for path, symbol, line in CITED:
        for kind in ("code", "test"):
            piece = Evidence(kind=kind, text="x", path=path, symbol=symbol, line=line)
            (verdict,) = prover.prove([piece])
            lines.append(f"{kind} {path}:{line} {symbol}\n    {said(verdict)}")
    for path, job, command in RUN:
        piece = Evidence(kind="ci", text="x", path=path, job=job, command=command)
        found = {"alone": prover.prove([piece])[0]}
        for file, symbol in BESIDE:
            test = Evidence(kind="test", text="x", path=file, symbol=symbol)
            found[f"{file} {symbol}"] = prover.prove([piece, test])[0]
        lines.append(f"ci {path} {job}: {command}\n    {said(found['alone'])}")
        others = {name: said(v) for name, v in found.items() if v != found["alone"]}
        lines += [f"  with {name}\n    {text}" for name, text in others.items()]
    snapshot("verdicts.txt", "\n".join([*lines, ""]))


def test_what_is_cited_by_its_ending_or_inferred_says_so(prover):
    short = Evidence(kind="code", text="x", path=TICK, symbol="tick", as_written="tick.rs")
    assert said(prover.prove([short])[0]) == (
        f"verified | evidence-short-path | line 1 | tick.rs is short for {TICK}; "
        f"`tick` is at line 1 of {TICK} | write {TICK} | tick.rs → {TICK} with --paths"
    )
    inferred = Evidence(kind="code", text="x", path=TICK, symbol="tick", line=9, inferred=True)
    (verdict,) = prover.prove([inferred])
    assert verdict.detail.endswith("; that name is not in back-ticks behind the path, but inferred")
    assert (verdict.rule, verdict.fix.option) == ("evidence-moved", "--inferred")


def defined(line, *scope, **more):
    values = {"name": "tick", "kind": "function", "first_line": line, "last_line": line, **more}
    return Definition(line=line, scope=scope, **values)


@pytest.mark.parametrize(
    ("scope", "lines"),
    [
        ((), [1, 2, 3]),
        (("Clock",), [2]),
        (("Other", "Timer"), [3]),
        (("nobody",), [1, 2, 3]),
        (("schedule", "Timer"), [3]),
        (("clocks", "Clock"), [2]),
    ],
)
def test_of_namesakes_those_are_meant_whose_scope_agrees_most(scope, lines):
    found = [defined(1), defined(2, "clocks", "Clock"), defined(3, "Timer")]
    name = Name(whole="x", word="tick", scope=scope)
    assert [d.line for d in best(name, found, "crates/flow/src/schedule.rs")] == lines


def test_a_file_is_a_module_named_by_its_folders():
    assert module_words("crates/my-flow/src/a/mod.rs") == ("crates", "my_flow", "a")
    assert module_words("pkg/__init__.py") == ("pkg",)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([3], "line 3"),
        ([3, 5], "lines 3 and 5"),
        ([1, 2, 3, 4, 5, 6], "lines 1, 2, 3, 4, 5 and 6"),
        ([1, 2, 3, 4, 5, 6, 7], "lines 1, 2, 3, 4, 5 and 2 more"),
    ],
)
def test_lines_are_listed_and_of_many_the_first(lines, words):
    assert messages.listed(lines) == words


def test_places_are_shown_and_of_many_the_first_three():
    places = [("a.rs", 1), ("b.rs", 2), ("c.rs", 3), ("d.rs", 4)]
    assert messages.shown(places[:3]) == "a.rs:1, b.rs:2, c.rs:3"
    assert messages.shown(places) == "a.rs:1, b.rs:2, c.rs:3 and more"
    tick = Evidence(kind="code", text="x", path="z.rs", symbol="tick")
    assert messages.instead(tick, places[:1]) == "cite a.rs:1"
    assert messages.instead(tick, places[:2]) == (
        "`tick` is in a.rs:1, b.rs:2: cite the one that is meant"
    )
    found = messages.gone(tick, "z.rs", elsewhere=places[:1], alike=("tock", 4))
    assert said(found) == (
        "gone | evidence-gone | `tick` is not in z.rs; it is in a.rs (line 1) | cite a.rs:1"
    )
    found = messages.gone(tick, "z.rs", elsewhere=(), alike=None, others=[defined(7)])
    assert found.detail == "`tick` is not in z.rs; `tick` at line 7 belongs to no type"
    assert found.help == messages.NOW


def test_a_symbol_that_moved_is_fixed_where_one_line_can_be_meant():
    cited = Evidence(kind="code", text="x", path="z.rs", symbol="tick", line=40)
    name = Name(whole="tick", word="tick")
    one = messages.moved(cited, Meant(name=name, every=(defined(3),)), "z.rs")
    assert said(one) == (
        "moved | evidence-moved | line 3 | `tick` is not at line 40 of z.rs; it is at line 3 | "
        "write z.rs:3, or let `arco-parity fix` do it | 40 to 3"
    )
    two = messages.moved(cited, Meant(name=name, every=(defined(3), defined(50))), "z.rs")
    assert said(two) == (
        "moved | evidence-moved | line 50 | `tick` is not at line 40 of z.rs; it is at lines 3 "
        "and 50 | cite the line of the one that is meant"
    )


def test_a_suite_without_tests_is_no_helper(tmp_path):
    pytest.importorskip("tree_sitter_typescript")
    (tmp_path / "a.test.ts").write_text('describe("later", () => {});\nfunction help() {}\n')
    prover = Prover(Repository.open(tmp_path), Settings())
    later, help_ = (
        Evidence(kind="test", text="x", path="a.test.ts", symbol=name) for name in ("later", "help")
    )
    assert prover.prove([later])[0].name == "verified"
    assert "it is a helper" in prover.prove([help_])[0].detail
