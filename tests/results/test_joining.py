"""What reports say of the tests that are wanted: the worst, or that they did not run."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.results import RESULTS, Results, outcome_of
from sphinx_arco_parity.results.joining import join
from sphinx_arco_parity.results.reports import Case
from sphinx_arco_parity.results.results_file import (
    ResultsError,
    parse_results,
    read_results,
    results_text,
)

TICK = "tests/test_tick.py"
SOURCE = """\
def test_tick(): ...
def test_late(): ...
def test_each(n): ...
class TestTick:
    def test_tick(self): ...
"""


def case(name, outcome="passed", classname="tests.test_tick", **more):
    return Case(name=name, outcome=outcome, classname=classname, **more)


def said(repository, cases, *wanted):
    found = join(
        cases, wanted, repository({TICK: SOURCE, "tests/test_other.py": "def test_o(): ...\n"})
    )
    return {name: result for (_, name), result in found.tests.items()}


def test_the_worst_of_several_reports_counts(repository):
    cases = [
        case("test_tick"), case("test_tick", "failed", detail="on windows", report="b"),
        case("test_each[\\xe9]"), case("test_each[1]"), case("test_each[2]"), case("test_each[3]", "skipped"),
    ]  # fmt: skip
    wanted = [
        (TICK, name)
        for name in ("test_tick", "test_each", "test_each[1]", "test_each[é]", "test_each[9]")
    ]
    assert said(repository, cases, *wanted) == {
        "test_tick": ("failed", "1 passed, 1 failed: on windows"),
        "test_each": ("skipped", "3 passed, 1 skipped"),
        "test_each[é]": ("passed", ""),
        "test_each[1]": ("passed", ""),
    }


def test_a_test_of_the_same_name_elsewhere_is_another(repository):
    cases = [case("test_tick", "failed", "tests.test_tick.TestTick"), case("test_late")]
    assert said(repository, cases, (TICK, "test_tick"), (TICK, "TestTick::test_tick")) == {
        "test_tick": ("not-run", f"other tests of {TICK} ran"),
        "TestTick::test_tick": ("failed", ""),
    }


def test_a_class_is_as_its_worst_test(repository):
    cases = [case("test_tick", "failed", "tests.test_tick.TestTick")]
    assert said(repository, cases, (TICK, "TestTick"))["TestTick"] == ("failed", "")


@pytest.mark.parametrize(
    ("outcomes", "result"),
    [
        (["passed", "skipped", "expected-failure"], ("passed", "1 passed, 1 skipped, 1 expected-failure")),
        (["passed", "failed"], ("failed", "1 passed, 1 failed")),
        (["skipped", "skipped"], ("skipped", "2 skipped")),
        ([], ("not-run", f"no test of {TICK} ran")),
    ],
)  # fmt: skip
def test_a_file_is_as_the_tests_that_ran(repository, outcomes, result):
    names = ["test_tick", "test_late", "test_each[1]"]
    cases = [case(name, outcome) for name, outcome in zip(names, outcomes, strict=False)]
    cases.append(case("test_o", "failed", "tests.test_other"))
    assert said(repository, cases, (TICK, "")) == {"": result}


def test_another_file_of_the_runner_ran(repository):
    cases = [case("test_o", classname="tests.test_other")]
    assert said(repository, cases, (TICK, "test_tick")) == {
        "test_tick": ("not-run", f"no test of {TICK} ran")
    }


def test_a_title_that_begins_as_another_is_not_that(repository):
    pytest.importorskip("tree_sitter_javascript")
    text = 'test("half", () => {});\ntest("half steps", () => {});\ntest("fine", () => {});\n'
    files = repository({"a.test.js": text})
    cases = [case(name, "failed", "a.test.js") for name in ("half steps", "fine")]
    assert join(cases, [("a.test.js", "half")], files).tests == {
        ("a.test.js", "half"): ("not-run", "other tests of a.test.js ran")
    }


def test_titles_that_are_the_same_when_joined_are_in_doubt(repository):
    pytest.importorskip("tree_sitter_javascript")
    text = (
        'describe("a b", () => { it("c", () => {}); });\n'
        'describe("a", () => { it("b c", () => {}); it("d", () => {}); });\n'
    )
    files = repository({"a.test.js": text})
    cases = [case(name, "passed", "a.test.js") for name in ("a b > c", "a > b c", "a > d")]
    wanted = [("a.test.js", name) for name in ("a b::c", "a::b c", "a::d")]
    assert join(cases, wanted, files).tests == {("a.test.js", "a::d"): ("passed", "")}


def test_the_cases_that_a_test_of_go_makes_hide_no_other(repository):
    pytest.importorskip("tree_sitter_go")
    head = 'package tick\n\nimport "testing"\n\n'
    text = head + "func TestTick(t *testing.T) {}\nfunc TestLate(t *testing.T) {}\n"
    files = repository({"go.mod": "module example.org/flow\n", "tick/a_test.go": text})
    names = ["TestTick", "TestTick/case_1"]
    cases = [Case(name=name, outcome="passed", classname="example.org/flow/tick") for name in names]
    found = join(cases, [("tick/a_test.go", "TestLate"), ("tick/a_test.go", "TestTick")], files)
    assert found.tests == {
        ("tick/a_test.go", "TestLate"): ("not-run", "other tests of tick/a_test.go ran"),
        ("tick/a_test.go", "TestTick"): ("passed", ""),
    }


@pytest.mark.parametrize(
    "cases",
    [
        [],
        [case("test_o", classname="tests.test_other"), case("test_tick", classname="gone.test_x")],
        [case("test_made_while_it_runs")],
        [case("x", classname="", file="a.cc", status="run")],
    ],
)
def test_nothing_is_said_in_doubt(repository, cases):
    assert said(repository, cases, (TICK, "test_tick")) == {}


@pytest.mark.parametrize(
    ("reported", "mark", "outcome"),
    [
        ("passed", "", "passed"), ("failed", "", "failed"),
        ("passed", "@pytest.mark.xfail", "unexpected-pass"),
        ("failed", "@pytest.mark.xfail", "failed"),
        ("passed", "it.fails", "expected-failure"), ("failed", "test.failing", "unexpected-pass"),
        ("passed", "listed", "unexpected-pass"), ("failed", "listed", "expected-failure"),
        ("skipped", "it.todo", "skipped"), ("not-run", "listed", "not-run"),
    ],
)  # fmt: skip
def test_the_mark_decides_what_passed_means(reported, mark, outcome):
    assert outcome_of(reported, mark) == outcome


def test_the_file_is_sorted_and_read_again():
    tests = {
        ("b.py", "test_é"): ("failed", "no"),
        ("a.py", "test_b"): ("passed", ""),
        ("a.py", "test_a"): ("not-run", ""),
    }
    given = Results(commit="0" * 40, unmatched=2, tests=tests)
    text = results_text(given)
    assert text.splitlines()[4:] == [
        ' "tests": [',
        '  {"path": "a.py", "test": "test_a", "result": "not-run", "detail": null},',
        '  {"path": "a.py", "test": "test_b", "result": "passed", "detail": null},',
        '  {"path": "b.py", "test": "test_é", "result": "failed", "detail": "no"}',
        " ]",
        "}",
    ]
    assert parse_results(text) == given
    assert parse_results(results_text(Results())) == Results()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is no JSON that can be read"),
        ("[" * 100_000, "is no JSON that can be read"),
        ("[]", "is no file of results: it is no object"),
        (
            '{"schema_version": 2, "commit": null, "unmatched": 0, "tests": []}',
            "is no file of results: `schema_version` is not 1",
        ),
        (
            '{"schema_version": 1, "commit": null, "unmatched": 0, "tests": [{}]}',
            "is no file of results: `tests[0].path` is no string",
        ),
        (
            '{"schema_version": 1, "tests": [{"path": "a", "test": "b", "result": "fine"}]}',
            f"is no file of results: `tests[0].result` is none of {', '.join(RESULTS[:5])}, not-run",
        ),
        (
            '{"schema_version": 1, "commit": "\\ud800", "tests": []}',
            r"escapes half of a character (`\ud800`…`\udfff`), which is no text",
        ),
    ],
)
def test_another_file_is_refused(text, wrong):
    with pytest.raises(ResultsError) as raised:
        parse_results(text)
    assert str(raised.value) == wrong


def test_what_is_read_from_a_file(tmp_path):
    file = tmp_path / "parity.results.json"
    assert read_results(file) is None
    given = Results(commit="0" * 40, tests={("ä.py", "t"): ("passed", "ä")})
    file.write_bytes(b"\xef\xbb\xbf" + results_text(given).encode())
    assert read_results(file) == given
    assert "ä.py" in file.read_text(encoding="utf-8")
    for path, wrong in (
        (tmp_path, "cannot be read: Is a directory"),
        (file, "is no text in UTF-8"),
    ):
        file.write_bytes(b"\xff")
        with pytest.raises(ResultsError) as raised:
            read_results(path)
        assert str(raised.value) == wrong
