"""A story over a real repository: tests run, fail, go, and the pages say so."""

from __future__ import annotations

import json

import pytest

MATRIX = """\
# Matrix

| Capability | Status | Tests | Exceptions |
|---|---|---|---|
| Ticks | Implemented | `tests/test_flow.py` (`test_tick`) | - |
| Halves | Partial | `tests/test_flow.py` (`test_half`) | EX-01 |
| Late | Partial | `tests/test_flow.py` (`test_late`) | - |
"""
TESTS = """\
import pytest


def test_tick(): ...


@pytest.mark.xfail(reason="EX-01")
def test_half(): ...


def test_late(): ...
"""
REPORT = '<testsuites name="pytest tests"><testsuite name="pytest">{}</testsuite></testsuites>'
PASSED = '<testcase classname="tests.test_flow" name="{}"/>'
EXPECTED = '<testcase classname="tests.test_flow" name="test_half"><skipped type="pytest.xfail" message="EX-01"/></testcase>'
FAILED = (
    '<testcase classname="tests.test_flow" name="test_tick"><failure message="no tick"/></testcase>'
)
TICK, HALF, LATE = (PASSED.format(f"test_{name}") for name in ("tick", "half", "late"))


@pytest.fixture
def flow(project, monkeypatch):
    project.write("docs/matrix.md", MATRIX)
    project.write("tests/test_flow.py", TESTS)
    project.change(
        "docs/conf.py",
        "parity_milestone =",
        'parity_required_evidence = {"Implemented": ["tests"]}\n'
        'parity_required_results = {"Implemented": "passed"}\nparity_milestone =',
    )
    project.commit()
    monkeypatch.chdir(project.root)
    return project


def reported(project, *cases):
    project.write("reports/a.xml", REPORT.format("".join(cases)))


def judged(cli, *words):
    """The findings about results, each with its place, and the results of the rows."""
    document = json.loads(cli("check", "docs", "--format", "json", *words).out)
    rules = {"test-failed", "test-not-run", "result-stale", "row-without-result", "exception-stale"}
    found = [
        f"{f['path']}:{f['line']} {f['rule']}" for f in document["findings"] if f["rule"] in rules
    ]
    return found, [piece["result"] for row in document["rows"] for piece in row["evidence"]]


@pytest.mark.parametrize(
    ("cases", "found", "results"),
    [
        ([TICK, EXPECTED, LATE], [], ["passed", "expected-failure", "passed"]),
        (
            [FAILED, EXPECTED, LATE],
            ["docs/matrix.md:5 row-without-result", "docs/matrix.md:5 test-failed"],
            ["failed", "expected-failure", "passed"],
        ),
        ([TICK, HALF, LATE], ["docs/exceptions.md:5 exception-stale"], ["passed", "unexpected-pass", "passed"]),
        ([TICK, EXPECTED], ["docs/matrix.md:7 test-not-run"], ["passed", "expected-failure", "not-run"]),
        ([], ["docs/matrix.md:5 row-without-result"], [None, None, None]),
    ],
)  # fmt: skip
def test_what_ran_is_said_at_its_place(cli, flow, cases, found, results):
    reported(flow, *cases)
    assert judged(cli, "--results", "reports/**/*.xml") == (found, results)


def test_what_is_checked_may_stand_behind_the_reports(cli, flow):
    """A folder or a page is no report, in whatever order they are named."""
    reported(flow, FAILED, EXPECTED, LATE)
    words = ("check", "--results", "reports/**/*.xml", "docs", "--format", "json")
    found = {f["rule"] for f in json.loads(cli(*words).out)["findings"]}
    assert found >= {"test-failed", "row-without-result"}
    assert cli("check", "--results", "docs").status == 2


@pytest.mark.usefixtures("flow")
def test_without_results_nothing_is_demanded(cli):
    assert judged(cli) == ([], [None, None, None])


def test_results_are_kept_and_hold_until_what_is_cited_changes(cli, flow):
    reported(flow, TICK, EXPECTED, LATE)
    done = cli("results", "--docs", "docs", "reports/*.xml")
    assert done.status == 0
    assert done.out == (
        "docs/parity.results.json: 3 cited or marked tests (2 passed, 1 expected-failure) of 3 reported cases\n"
    )
    kept = flow.read("docs/parity.results.json")
    cli("results", "--docs", "docs", "reports/*.xml")
    assert flow.read("docs/parity.results.json") == kept
    flow.write("README", "another commit")
    flow.commit()
    assert judged(cli) == ([], ["passed", "expected-failure", "passed"])
    flow.change("tests/test_flow.py", "test_tick(): ...", "test_tick(): assert 1")
    flow.commit()
    found, results = judged(cli)
    stale = [f"docs/matrix.md:{line} result-stale" for line in (5, 6, 7)]
    assert sorted(found) == sorted([*stale, "docs/matrix.md:5 row-without-result"])
    assert results == ["stale", "stale", "stale"]


def test_results_of_a_commit_that_is_not_here(cli, flow):
    reported(flow, TICK, EXPECTED, LATE)
    cli("results", "--docs", "docs", "reports/*.xml")
    flow.change(
        "docs/parity.results.json",
        json.loads(flow.read("docs/parity.results.json"))["commit"],
        "0" * 40,
    )
    assert judged(cli)[1] == ["stale", "stale", "stale"]


def test_a_failure_stands_in_the_report_and_in_why(cli, flow):
    reported(flow, FAILED, EXPECTED, LATE)
    done = cli("check", "docs", "--results", "reports/a.xml", "--select", "test-failed")
    assert done.status == 1
    assert "row ticks: test `test_tick` in tests/test_flow.py failed at " in done.out
    assert ": no tick [parity.test-failed]" in done.out
    told = cli("check", "docs", "--results", "reports/a.xml", "--format", "markdown").out
    assert "| Results | 3: passed 1, failed 1, expected-failure 1 |" in told
    cli("results", "--docs", "docs", "reports/a.xml")
    assert "verified, failed at" in cli("why", "ticks", "docs").out


def test_a_comparison_counts_results(cli, flow):
    reported(flow, TICK, EXPECTED, LATE)
    cli("results", "--docs", "docs", "reports/a.xml")
    flow.commit()
    reported(flow, FAILED, EXPECTED, LATE)
    cli("results", "--docs", "docs", "reports/a.xml")
    told = cli("diff", "HEAD", "docs").out
    assert "| passed | 2 | 1 | -1 |" in told
    assert "| failed | 0 | 1 | +1 |" in told


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            ["check", "docs", "--results", "gone/*.xml"],
            2,
            "`gone/*.xml` matches no file of results",
        ),
        (["results", "--docs", "docs", "gone.xml"], 2, "`gone.xml` matches no file"),
        (["results", "--docs", "docs", "tests/test_flow.py"], 3, "tests/test_flow.py is no XML"),
        (
            ["results", "--docs", "docs", "--commit", "gone", "reports/a.xml"],
            2,
            "`gone` names no commit",
        ),
    ],
)
def test_what_cannot_be(cli, flow, words, status, said):
    reported(flow, TICK)
    done = cli(*words)
    assert done.status == status
    assert said in done.err


def test_a_broken_file_of_results_is_told(cli, flow):
    flow.write("docs/parity.results.json", "{")
    done = cli("check", "docs", "--select", "unreadable-file")
    assert "docs/parity.results.json: is no JSON that can be read" in done.out


def test_a_schema_is_printed(cli):
    assert json.loads(cli("schema", "results").out)["title"] == "parity.results.json"
