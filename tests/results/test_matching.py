"""Each reported case is its own test, or in doubt: what ten runners write."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.results.reports import parse_report

#: The files that the reports in ``reports/`` were made of; only names matter here.
PYTHON = ["tests/test_tick.py", "tests/sub/test_tick.py", "pkg/tests/test_tick.py"]
TICK = "tests/test_tick.py"
OF_PYTEST = {
    ("test_tick", "pkg/tests/test_tick.py test_tick", "passed"),
    ("test_tick", "tests/sub/test_tick.py test_tick", "failed"),
    ("test_only_here", "tests/sub/test_tick.py test_only_here", "passed"),
    ("test_tick", f"{TICK} test_tick", "passed"),
    ("test_break", f"{TICK} test_break", "failed"),
    ("test_each[\\xe9]", f"{TICK} test_each", "passed"),
    ("test_each[a-b]", f"{TICK} test_each", "passed"),
    ("test_each[[x]]", f"{TICK} test_each", "passed"),
    ("test_each[1]", f"{TICK} test_each", "failed"),
    ("test_tick", f"{TICK} TestTick test_tick", "failed"),
    ("test_tick", f"{TICK} TestTick TestInner test_tick", "passed"),
    ("test_half", f"{TICK} test_half", "expected-failure"),
    ("test_gone", f"{TICK} test_gone", "unexpected-pass"),
    ("test_strict", f"{TICK} test_strict", "unexpected-pass"),
    ("test_off", f"{TICK} test_off", "skipped"),
    ("test_torn", f"{TICK} test_torn", "failed"),
    ("test_known", f"{TICK} Old test_known", "expected-failure"),
    ("test_old", f"{TICK} Old test_old", "passed"),
    ("test_surprise", f"{TICK} Old test_surprise", "unexpected-pass"),
}


@pytest.mark.parametrize("name", ["pytest.xml", "pytest-xunit1.xml", "pytest-xdist.xml"])
def test_what_pytest_wrote(repository, report, located, name):
    files = repository(dict.fromkeys(PYTHON, ""))
    found = located(files, report(name))
    assert set(found) == OF_PYTEST
    assert len(found) == len(OF_PYTEST)


def test_a_name_that_leads_to_two_files_leads_to_none(repository, report, located):
    """It ran in ``pkg``, whose files are called as those at the top are."""
    files = repository(dict.fromkeys(PYTHON, ""))
    assert located(files, report("pytest-in-pkg.xml")) == [("test_tick", None, "passed")]


def test_the_other_cases_of_a_suite_tell_where_it_ran(repository, located):
    files = repository(dict.fromkeys([*PYTHON, "pkg/tests/test_own.py"], ""))
    text = (
        '<testsuite name="pytest"><testcase classname="tests.test_tick" name="test_tick"/>'
        '<testcase classname="tests.test_own.TestOwn" name="test_own"/></testsuite>'
    )
    assert located(files, text) == [
        ("test_tick", "pkg/tests/test_tick.py test_tick", "passed"),
        ("test_own", "pkg/tests/test_own.py TestOwn test_own", "passed"),
    ]


def test_each_suite_of_a_report_ran_where_it_ran(repository, located):
    files = repository(dict.fromkeys([*PYTHON, "pkg/tests/test_own.py"], ""))
    case = '<testcase classname="{}" name="test_a"/>'
    suites = [("tests.test_tick", "tests.test_own"), ("tests.test_tick", "pkg.tests.test_own")]
    text = "".join(
        f'<testsuite name="pytest">{"".join(map(case.format, names))}</testsuite>'
        for names in suites
    )
    assert [place for _, place, _ in located(files, f"<testsuites>{text}</testsuites>")] == [
        "pkg/tests/test_tick.py test_a",
        "pkg/tests/test_own.py test_a",
        "tests/test_tick.py test_a",
        "pkg/tests/test_own.py test_a",
    ]


def test_a_class_that_is_called_as_its_module(repository, located):
    files = repository(dict.fromkeys(["tests/test_x.py", "tests/test_y/test_y.py"], ""))
    text = (
        '<testsuite name="pytest"><testcase classname="tests.test_x.test_x" name="test_a"/>'
        '<testcase classname="tests.test_y.test_y" name="test_a"/>'
        '<testcase classname="tests.test_y.test_y.test_y" name="test_a"/></testsuite>'
    )
    assert [place for _, place, _ in located(files, text)] == [
        "tests/test_x.py test_x test_a",
        "tests/test_y/test_y.py test_a",
        "tests/test_y/test_y.py test_y test_a",
    ]


def test_what_unittest_xml_reporting_writes(repository, located):
    files = repository(dict.fromkeys(PYTHON[:2], ""))
    text = (
        '<testsuites><testsuite name="tests.test_tick.TestTick-2026" file="tests/test_tick.py">'
        '<testcase classname="tests.test_tick.TestTick" name="test_tick" file="tests/test_tick.py"/>'
        '<testcase classname="tests.test_tick.TestTick" name="test_half">'
        '<skipped type="XFAIL" message="expected failure: no"/></testcase>'
        '<testcase classname="tests.test_tick.TestTick" name="test_gone">'
        '<error type="UnexpectedSuccess" message="Unexpected success"/></testcase>'
        "</testsuite></testsuites>"
    )
    assert located(files, text) == [
        ("test_tick", f"{TICK} TestTick test_tick", "passed"),
        ("test_half", f"{TICK} TestTick test_half", "expected-failure"),
        ("test_gone", f"{TICK} TestTick test_gone", "unexpected-pass"),
    ]


JAVA = "src/test/java/com/acme/TickTest.java"


def test_what_surefire_wrote(repository, report, located):
    files = repository({JAVA: "", "other/src/test/java/com/other/TickTest.java": ""})
    found = located(files, [*report("surefire.xml"), *report("surefire-inner.xml")])
    assert set(found) == {
        ("flaky", f"{JAVA} TickTest flaky", "passed"),
        ("flaky", f"{JAVA} TickTest flaky", "failed"),
        ("each(int)[1]", f"{JAVA} TickTest each", "passed"),
        ("each(int)[2]", f"{JAVA} TickTest each", "failed"),
        ("breaks", f"{JAVA} TickTest breaks", "failed"),
        ("off", f"{JAVA} TickTest off", "skipped"),
        ("named", f"{JAVA} TickTest named", "passed"),
        ("ticks", f"{JAVA} TickTest ticks", "passed"),
        ("late", f"{JAVA} TickTest Inner late", "failed"),
        ("ticks", f"{JAVA} TickTest Inner ticks", "passed"),
    }


def test_a_report_in_the_folder_of_a_module_is_of_that_module(repository, located, tmp_path):
    files = repository({f"a/{JAVA}": "", f"b/{JAVA}": ""})
    text = (
        '<testsuite name="com.acme.TickTest">'
        '<testcase classname="com.acme.TickTest" name="ticks()"/>'
        '<testcase classname="com.acme.TickTest" name="[1] 3"/></testsuite>'
    )
    assert located(files, text) == [("ticks()", None, "passed"), ("[1] 3", None, "passed")]
    cases = list(parse_report(text.encode(), f"{tmp_path}/b/build/test-results/test/x.xml"))
    assert located(files, cases) == [
        ("ticks()", f"b/{JAVA} TickTest ticks", "passed"),
        ("[1] 3", None, "passed"),
    ]


CARGO = {
    "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
    "crates/flow/Cargo.toml": '[package]\nname = "arco-flow"\nedition = "2021"\n',
    "crates/flow/src/lib.rs": "mod tick;\nmod tests {\n    #[test]\n    fn ticks() {}\n}\n",
    "crates/flow/src/tick.rs": "mod tests {\n    #[test]\n    fn ticks() {}\n}\n",
    "crates/flow/src/main.rs": "#[test]\nfn ticks() {}\n",
    "crates/flow/tests/tick.rs": "#[test]\nfn ticks() {}\n",
    "crates/flow/tests/late.rs": "mod tick;\n#[test]\nfn ticks() {}\n",
    "crates/flow/tests/late/tick.rs": "",
    "crates/cli/Cargo.toml": '[package]\nname = "arco-cli"\nedition = "2021"\n',
    "crates/cli/src/lib.rs": "#[test]\nfn ticks() {}\n",
}


def test_what_nextest_writes(repository, located):
    cases = [
        ("arco-flow", "tests::ticks"), ("arco-flow", "tick::tests::ticks"),
        ("arco-flow::bin/arco-flow", "ticks"), ("arco-flow::tick", "ticks"),
        ("arco-cli", "ticks"), ("arco-gone", "ticks"), ("arco-flow::gone", "ticks"),
    ]  # fmt: skip
    rows = "".join(
        f'<testsuite name="{b}"><testcase name="{n}" classname="{b}" time="0.1"/></testsuite>'
        for b, n in cases
    )
    text = f'<testsuites name="nextest-run" tests="7">{rows}</testsuites>'
    assert [place for _, place, _ in located(repository(CARGO), text)] == [
        "crates/flow/src/lib.rs tests ticks", "crates/flow/src/tick.rs tests ticks",
        "crates/flow/src/main.rs ticks", "crates/flow/tests/tick.rs ticks",
        "crates/cli/src/lib.rs ticks", None, None,
    ]  # fmt: skip


def test_what_gotestsum_writes(repository, located):
    pytest.importorskip("tree_sitter_go")
    test = 'package tick\n\nimport "testing"\n\nfunc Test{}(t *testing.T) {{}}\n'
    files = repository(
        {
            "go.mod": "module example.org/flow\n\ngo 1.22\n",
            "tick/a_test.go": test.format("Tick"),
            "tick/b_test.go": test.format("Late"),
            "other/a_test.go": test.format("Tick"),
            "tools/go.mod": "module example.org/flow/tools\n",
            "tools/x_test.go": test.format("Tick"),
        }
    )
    text = (
        '<testsuites><testsuite name="example.org/flow/tick">'
        '<testcase classname="example.org/flow/tick" name="TestTick/half_steps"/>'
        '<testcase classname="tick" name="TestLate"><skipped message="no"/></testcase>'
        '<testcase classname="tick" name="TestGone"/></testsuite>'
        '<testsuite name="example.org/flow/tools"><testcase classname="tools" name="TestTick">'
        '<failure message="Failed" type=""/></testcase></testsuite>'
        '<testsuite name="example.com/else"><testcase classname="else" name="TestTick"/></testsuite>'
        "</testsuites>"
    )
    assert located(files, text) == [
        ("TestTick/half_steps", "tick/a_test.go TestTick half steps", "passed"),
        ("TestLate", "tick/b_test.go TestLate", "skipped"),
        ("TestGone", None, "passed"),
        ("TestTick", "tools/x_test.go TestTick", "failed"),
        ("TestTick", None, "passed"),
    ]


SCRIPT = """\
describe("ticks", () => {
  describe("in zones", () => {
    it("works", () => {});
    it("breaks", () => {});
  });
  it("works", () => {});
});
test("é > [x]", () => {});
"""
OTHER = 'describe("late", () => {\n  it("works", () => {});\n});\ntest("works", () => {});\n'


@pytest.fixture
def scripts(repository):
    pytest.importorskip("tree_sitter_javascript")
    return repository({"js/tick.test.js": SCRIPT, "js/late.test.js": OTHER})


def test_what_node_wrote(repository, report, located):
    pytest.importorskip("tree_sitter_javascript")
    files = repository({"js/tick.test.mjs": SCRIPT.replace('"breaks"', '"breaks"')})
    assert located(files, report("node.xml")) == [
        ("works", "js/tick.test.mjs ticks in zones works", "passed"),
        ("breaks", "js/tick.test.mjs ticks in zones breaks", "failed"),
        ("off", None, "skipped"),
        ("works", "js/tick.test.mjs ticks works", "passed"),
        ("é > [x]", "js/tick.test.mjs é [x]", "passed"),
    ]


def test_what_vitest_writes(scripts, located):
    text = (
        '<testsuites name="vitest tests"><testsuite name="js/tick.test.js">'
        '<testcase classname="js/tick.test.js" name="ticks &gt; in zones &gt; works"/>'
        '<testcase classname="js/tick.test.js" name="é &gt; [x]"/></testsuite>'
        '<testsuite name="js/gone.test.js"><testcase classname="js/gone.test.js" name="works"/>'
        "</testsuite></testsuites>"
    )
    assert located(scripts, text) == [
        ("ticks > in zones > works", "js/tick.test.js ticks in zones works", "passed"),
        ("é > [x]", "js/tick.test.js é [x]", "passed"),
        ("works", None, "passed"),
    ]


@pytest.mark.parametrize("file", ["", ' file="js/tick.test.js"'])
def test_what_jest_junit_writes(scripts, located, file):
    text = (
        f'<testsuites name="jest tests"><testsuite name="ticks"{file}>'
        '<testcase classname="ticks in zones works" name="ticks in zones works"/>'
        '<testcase classname="ticks" name="works"/>'
        "</testsuite></testsuites>"
    )
    assert located(scripts, text) == [
        ("ticks in zones works", "js/tick.test.js ticks in zones works", "passed"),
        ("works", "js/tick.test.js ticks works", "passed"),
    ]


def test_a_title_that_two_files_have_is_in_doubt(repository, located):
    pytest.importorskip("tree_sitter_javascript")
    files = repository({"a/x.test.js": OTHER, "b/x.test.js": OTHER})
    text = '<testsuite name="late"><testcase classname="late works" name="late works"/></testsuite>'
    assert located(files, text) == [("late works", None, "passed")]


def test_what_google_test_writes(repository, located, tmp_path):
    files = repository({"tests/tick_test.cc": "", "tests/late_test.cc": ""})
    text = (
        '<testsuites name="AllTests"><testsuite name="TickTest">'
        f'<testcase name="Works" file="{tmp_path}/tests/tick_test.cc" line="3" status="run" '
        'result="completed" classname="TickTest"/>'
        '<testcase name="Each/0" file="/build/tests/tick_test.cc" status="run" classname="In/TickTest/0">'
        '<failure message="no" type=""/></testcase>'
        '<testcase name="Off" file="../tests/late_test.cc" status="notrun" result="suppressed" '
        'classname="LateTest"/></testsuite></testsuites>'
    )
    assert located(files, text) == [
        ("Works", "tests/tick_test.cc TickTest Works", "passed"),
        ("Each/0", "tests/tick_test.cc TickTest Each", "failed"),
        ("Off", "tests/late_test.cc LateTest Off", "skipped"),
    ]


def test_the_whole_path_of_a_file_is_that_of_no_other(repository, located, tmp_path):
    files = repository(dict.fromkeys(PYTHON, ""))
    case = '<testsuite><testcase name="test_tick" file="{}"/></testsuite>'
    names = {
        f"{tmp_path}/{TICK}": f"{TICK} test_tick",
        f"{tmp_path}/tests/../{TICK}": f"{TICK} test_tick",
        f"{tmp_path}/pkg/{TICK}": f"pkg/{TICK} test_tick",
        f"{tmp_path}/other/{TICK}": None,
        f"/other/{TICK}": f"{TICK} test_tick",
        f"other\\{TICK}".replace("/", "\\"): f"{TICK} test_tick",
        TICK: None,
    }
    found = {name: located(files, case.format(name))[0][1] for name in names}
    assert found == names


def test_a_test_of_google_test_is_found_by_its_macro(repository, located):
    text = "TEST(TickTest, Works) {}\nTEST_P(TickTest,\n       Each) {}\n"
    files = repository({"a/tick_test.cc": text, "b/late.cpp": "TEST_F(LateTest, Works) {}\n",
                        "c/one.cc": "TEST(Twice, Works) {}", "c/two.cc": "TEST(Twice, Works) {}"})  # fmt: skip
    case = '<testcase name="{0}" classname="{1}" status="run"/>'
    names = [("Works", "TickTest"), ("TickTest.Works",) * 2, ("In/TickTest.Each/0",) * 2,
             ("Each/fast", "In/TickTest"), ("Works", "LateTest"), ("Works", "Twice"), ("Works",) * 2]  # fmt: skip
    report = "".join(case.format(*name) for name in names)
    assert [place for _, place, _ in located(files, f"<testsuite>{report}</testsuite>")] == [
        "a/tick_test.cc TickTest Works", "a/tick_test.cc TickTest Works", "a/tick_test.cc TickTest Each",
        "a/tick_test.cc TickTest Each", "b/late.cpp LateTest Works", None, None,
    ]  # fmt: skip


def test_what_ctest_wrote_names_no_file(repository, report, located):
    pytest.importorskip("tree_sitter_javascript")
    files = repository({"a.test.js": 'test("basic", () => {});\n'})
    assert located(files, report("ctest.xml")) == [
        ("basic", None, "passed"), ("bad", None, "failed"), ("off", None, "skipped"),
    ]  # fmt: skip


def test_ctrf(scripts, located):
    text = (
        '{"results": {"tool": {"name": "x"}, "tests": ['
        '{"name": "works", "status": "passed", "suite": "ticks > in zones", "filePath": "js/tick.test.js"},'
        '{"name": "works", "status": "failed", "suite": ["js/late.test.js", "late"], "filePath": "js/late.test.js",'
        ' "message": "no\\nmore"},'
        '{"name": "works", "status": "other", "suite": "nowhere"}]}}'
    )
    assert located(scripts, text) == [
        ("works", "js/tick.test.js ticks in zones works", "passed"),
        ("works", "js/late.test.js late works", "failed"),
        ("works", None, "skipped"),
    ]
