"""CI evidence against the fixture repository: each rule, with its silent twin."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.proof.ci import CiJudge
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

FLOW = Path(__file__).parents[1] / "fixtures" / "flow-repository"
CI = ".github/workflows/ci.yml"
NIGHTLY = ".github/workflows/nightly.yml"
SCHEDULE = "crates/flow/tests/schedule.rs"
TICK = "crates/flow/src/schedule/tick.rs"
PYTHON = "python/tests/test_schedule.py"


@pytest.fixture(scope="module")
def flow(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flow") / "repository"
    shutil.copytree(FLOW, folder)
    return Repository.open(folder)


def ci(command=None, job=None, path=CI, **more):
    return Evidence(kind="ci", text="", path=path, job=job, command=command, **more)


def test(path, symbol=None):  # noqa: PT028 - no test, but makes evidence of one
    return Evidence(kind="test", text="", path=path, symbol=symbol)


test.__test__ = False


@pytest.fixture
def verdicts(flow):
    """A function that proves evidence and returns the verdicts on CI."""

    def judge(*evidence):
        found = Prover(flow, Settings()).prove(evidence)
        return [v for e, v in zip(evidence, found, strict=True) if e.kind == "ci"]

    return judge


def line_of(text, path=CI):
    lines = (FLOW / path).read_text().split("\n")
    return next(n for n, line in enumerate(lines, 1) if text in line)


# --- jobs ---------------------------------------------------------------------------------


def test_a_job_that_is_there(verdicts):
    for name in (
        "test",
        "Rust tests",
        "Python 3.12",
        "python (3.11)",
        "CI / test",
        "reused / One package",
    ):
        [found] = verdicts(ci(job=name))
        assert (found.name, found.rule) == ("verified", None), name


def test_a_job_that_was_renamed(verdicts):
    [found] = verdicts(ci(job="tests"))
    assert (found.name, found.rule) == ("not-found", "ci-job-not-found")
    assert found.detail == f"job `tests` is not in {CI}; did you mean `test` (line 12)?"
    assert found.help == "cite job `test`"


def test_the_job_that_runs_the_command_is_offered_first(verdicts):
    [found] = verdicts(ci("cargo clippy", "tests"))
    assert found.detail.endswith("; job `lint` (line 50) runs `cargo clippy`")


def test_a_job_that_does_not_run_the_cited_test_is_not_offered(verdicts):
    [found] = verdicts(ci(job="pyhton"))
    assert found.help == "cite job `python`"
    [found] = verdicts(ci(job="pyhton"), test(SCHEDULE))
    assert (found.rule, found.help) == ("ci-job-not-found", f"cite a job of {CI}")


def test_a_job_of_another_workflow_is_offered(verdicts):
    [found] = verdicts(ci(job="nightly"))
    assert f"it is in {NIGHTLY} (line 9)" in found.detail


# --- commands -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "job"),
    [
        ("cargo test --workspace", "test"),
        ("cargo test -p flow --lib", "test"),
        ("cargo test -p flow --lib", None),
        ("uv run pytest tests", "python"),
        ("pytest tests/slow", "python"),  # in a local action
        ("make check", "lint"),
        ("./scripts/e2e.sh", "lint"),
        ("cargo test -p flow-cli", "reused"),
        ("Everything else", "test"),
        ("actions/checkout@v4", "test"),
    ],
)
def test_a_command_that_is_there(verdicts, command, job):
    [found] = verdicts(ci(command, job))
    assert (found.name, found.rule) == ("verified", None)
    assert f"runs `{command}`" in found.detail


def test_a_command_of_another_job(verdicts):
    [found] = verdicts(ci("cargo clippy --workspace", "test"))
    assert (found.name, found.rule) == ("not-found", "ci-command-not-found")
    assert found.detail == (
        f"no step of job `test` of {CI} runs `cargo clippy --workspace`; job `lint` runs it (line 53)"
    )
    assert found.found_line == 53


def test_a_command_that_changed(verdicts):
    [found] = verdicts(ci("cargo test -p flow --lib --release", "test"))
    assert found.rule == "ci-command-not-found"
    assert "the nearest is `cargo test -p flow --lib` (line 27)" in found.detail


@pytest.mark.parametrize(
    ("command", "job", "path"),
    [
        ("cargo test -p flow-cli", "lint", CI),  # scripts/e2e.sh may run it
        ("cargo test -p other", "one", ".github/workflows/reused.yml"),  # by its inputs
        ("'unclosed", "test", CI),
        ("anything", "test", ".gitlab-ci.yml"),
    ],
)
def test_what_cannot_be_told_is_unknown(verdicts, flow, command, job, path):
    if not flow.is_file(path):
        (flow.root / path).write_text("test: {script: x}\n")
        flow = Repository.open(flow.root)
        [found] = Prover(flow, Settings()).prove([ci(command, job, path)])
    else:
        [found] = verdicts(ci(command, job, path))
    assert (found.name, found.rule) == ("unknown", None)


def small(root, steps):
    """A repository with one workflow, whose job `one` has *steps*."""
    path = root / ".github" / "workflows" / "ci.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"on: pull_request\njobs:\n  one:\n    runs-on: x\n    steps:\n{steps}")
    return Repository.open(root)


@pytest.mark.parametrize(
    ("steps", "name"),
    [
        ("      - uses: actions/setup-go@v5\n        with: {go-version: '1.22'}\n", "not-found"),
        ("      - uses: gradle/actions/setup-go@v3\n        with: {arguments: build test}\n", "unknown"),
        ("      - uses: robherley/go-test-action@v0\n", "unknown"),
    ],
)  # fmt: skip
def test_an_action_that_only_sets_a_tool_up_runs_nothing(tmp_path, steps, name):
    repository = small(tmp_path, steps)
    quoted = [ci("go test -tags e2e ./...", "one")]
    [found] = Prover(repository, Settings()).prove(quoted)
    assert found.name == name


def test_a_command_without_a_workflow(verdicts):
    assert verdicts(ci("cargo test -p flow --lib", path=""))[0].name == "verified"
    found = verdicts(ci("some prose", path=""))[0]
    assert (found.name, found.rule) == ("unknown", None)


# --- selection ----------------------------------------------------------------------------


def test_a_step_that_gained_an_exclude(verdicts):
    [found] = verdicts(ci("cargo test --workspace", "test"), test(SCHEDULE, "test_tick"))
    assert (found.name, found.rule) == ("excluded", "ci-command-misses-test")
    line = line_of("cargo test --workspace \\")
    assert found.found_line == line
    assert found.detail == (
        f"`cargo test --workspace` in job `test` does not run `test_tick` ({SCHEDULE}): the step"
        f" excludes package `flow` ({CI}:{line}); job `lint` runs it (Makefile:3)"
    )


@pytest.mark.parametrize(
    ("command", "cited"),
    [
        ("cargo test --workspace", test("crates/flow-cli/tests/loud.rs", "cli_loud")),
        (
            "cargo test -p flow-core --lib",
            test("crates/flow-core/src/lib.rs", "core_now"),
        ),
        ("cargo test -p flow --lib", test(TICK, "flow_schedule_tick")),
        ("pytest tests", test(PYTHON, "test_py_tick")),
        ("make check", test(SCHEDULE, "test_tick")),
        ("actions/checkout@v4", test(SCHEDULE, "test_tick")),
        ("cargo test --workspace", test("docs/nothing.rs", "test_tick")),
        ("cargo test --workspace", test("Makefile", "check")),
    ],
)
def test_traps_that_stay_silent(verdicts, command, cited):
    assert verdicts(ci(command), cited)[0].rule is None


def test_a_step_that_only_compiles_runs_nothing(verdicts):
    cited = test("crates/flow-cli/tests/loud.rs", "cli_loud")
    compiled = verdicts(ci("cargo test --workspace --no-run", "test"), cited)[0]
    assert compiled.rule == "ci-command-misses-test"
    assert "only compiles" in compiled.detail
    assert verdicts(ci("cargo test --workspace", "test"), cited)[0].rule is None


def test_two_languages_in_one_cell(verdicts):
    both = (test(TICK, "flow_schedule_tick"), test(PYTHON, "test_py_tick"))
    cargo, pytest_ = (
        ci("cargo test -p flow --lib", "test"),
        ci("pytest tests", "python"),
    )
    assert [v.rule for v in verdicts(cargo, pytest_, *both)] == [None, None]
    slow = test(PYTHON, "test_py_slow")
    assert [v.rule for v in verdicts(cargo, pytest_, both[0], slow)] == [
        None,
        "ci-command-misses-test",
    ]
    assert [v.rule for v in verdicts(cargo, both[1])] == [None]


def test_one_command_that_selects_is_enough(verdicts):
    commands = (
        ci("cargo test --workspace", "test"),
        ci("cargo test -p flow --tests", "nightly", NIGHTLY),
    )
    assert [v.name for v in verdicts(*commands, test(SCHEDULE, "test_tick"))] == [
        "verified",
        "unknown",
    ]


def test_one_command_that_is_unknown_is_enough(verdicts):
    commands = (ci("cargo test --workspace", "test"), ci("make check", "lint"))
    assert [v.rule for v in verdicts(*commands, test(SCHEDULE, "test_tick"))] == [
        None,
        None,
    ]


def test_a_whole_job_that_selects_is_enough(verdicts):
    commands = (ci("cargo test --workspace", "test"), ci(None, "nightly", NIGHTLY))
    assert verdicts(*commands, test(SCHEDULE, "test_tick"))[0].rule is None


def test_a_command_that_is_not_in_ci_does_not_count(verdicts):
    commands = (
        ci("cargo test --workspace", "test"),
        ci("cargo test -p flow --test schedule", "test"),
    )
    found = verdicts(*commands, test(SCHEDULE, "test_tick"))
    assert [v.rule for v in found] == ["ci-command-misses-test", "ci-command-not-found"]


def test_the_nearest_of_several_gets_the_one_finding(verdicts):
    far, near, as_quoted = (
        ci("cargo test -p flow-core --lib", "test"),
        ci("cargo test -p flow --lib", "test"),
        ci("cargo test --workspace", "test"),
    )
    cited = test(SCHEDULE, "test_tick")
    rules = [
        [v.rule is not None for v in verdicts(*cells, cited)]
        for cells in ((far, near), (far, near, as_quoted))
    ]
    assert rules == [[False, True], [False, False, True]]


def test_tests_that_the_same_command_misses_are_one_finding(verdicts):
    tests = [test(SCHEDULE, name) for name in ("test_tick", "test_tick_late", "test_inner")]
    [found] = verdicts(
        ci("cargo test --workspace", "test"),
        *tests,
        test("crates/flow/tests/suite/part.rs"),
    )
    assert "`test_tick` (" in found.detail
    assert " and 1 more: the step excludes" in found.detail


def test_a_test_that_does_not_exist_is_judged_by_its_file(verdicts):
    gone = test(SCHEDULE, "test_gone")
    assert verdicts(ci("cargo test --workspace", "test"), gone)[0].rule == "ci-command-misses-test"
    assert (
        verdicts(ci("cargo test -p flow --tests", "nightly", NIGHTLY), gone)[0].rule
        == "ci-not-gating"
    )


def test_a_folder_is_missed_if_all_of_it_is(verdicts):
    command = ci("cargo test -p flow --lib", "test")
    assert verdicts(command, test("crates/flow/tests"))[0].rule == "ci-command-misses-test"
    assert verdicts(command, test("crates/flow"))[0].rule is None
    assert verdicts(command, test("crates/flow/tests/*.rs"))[0].rule == "ci-command-misses-test"


def test_a_matrix_and_inputs_are_expanded(verdicts):
    inside, outside = (
        test("crates/flow-cli/src/main.rs", "cli_main"),
        test(TICK, "flow_schedule_tick"),
    )
    assert verdicts(ci("cargo test -p flow-cli", "reused"), inside)[0].rule is None
    assert (
        verdicts(ci("cargo test -p flow-cli", "reused"), outside)[0].rule
        == "ci-command-misses-test"
    )


# --- gating -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        (
            ci("cargo test -p flow --tests", "nightly", NIGHTLY),
            "runs only on `schedule`, `workflow_dispatch`",
        ),
        (ci(None, "nightly", NIGHTLY), "runs only on `schedule`"),
        (ci(None, None, NIGHTLY), "runs only on `schedule`"),
        (ci("cargo test --doc", "docs"), "`if: github.event_name == 'push'` is false"),
        (ci("cargo test -p flow-old", "after-docs"), "needs job `docs`"),
        (ci("pytest scripts", "python"), "`continue-on-error: true`"),
        (ci("pytest tests/generated", "python"), "goes on when it fails"),
    ],
)
def test_what_does_not_gate(verdicts, evidence, reason):
    [found] = verdicts(evidence)
    assert (found.name, found.rule) == ("unknown", "ci-not-gating")
    assert reason in found.detail


def test_a_command_that_also_runs_where_it_gates(verdicts):
    assert verdicts(ci("cargo test -p flow"))[0].rule is None
    assert verdicts(ci())[0].rule is None


# --- files and lines ----------------------------------------------------------------------


def test_a_broken_workflow_is_an_error_with_its_line(verdicts):
    [found] = verdicts(ci("cargo test", "test", ".github/workflows/broken.yml"))
    assert (found.name, found.rule, found.found_line) == (
        "unknown",
        "unreadable-file",
        6,
    )
    assert "`runs-on` is there twice" in found.detail


def test_a_missing_workflow(flow):
    [found] = CiJudge(flow).judge([ci(path=".github/workflows/none.yml")], [])
    assert (found.name, found.rule) == ("not-found", "evidence-not-found")


@pytest.mark.parametrize(
    ("evidence", "name", "fix"),
    [
        (ci(line=3), "unknown", None),
        (ci(line=3000), "gone", None),
        (ci(line=2, end_line=3000), "gone", None),
        (ci(job="test", line=20), "verified", None),
        (ci(job="test", line=11), "verified", None),
        (ci(job="test", line=60), "moved", (60, 12)),
        (ci("cargo clippy", "lint", line=12), "moved", (12, 53)),
        (ci("cargo clippy", "lint", line=52), "verified", None),
        (ci("cargo clippy", line=12), "moved", (12, 53)),
    ],
)
def test_lines(verdicts, evidence, name, fix):
    [found] = verdicts(evidence)
    assert (found.name, found.fix and found.fix.lines) == (name, fix)


def test_a_symbol_is_a_job_or_a_command(verdicts):
    assert verdicts(ci(symbol="lint"))[0].name == "verified"
    assert verdicts(ci(symbol="elsewhere"))[0].name == "unknown"
