"""Tests that are cited: missing, disabled, not named, or simply there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import Evidence, ParityRow, Place, Verdict
from sphinx_arco_parity.proof import Prover, is_unit_test
from sphinx_arco_parity.proof.meant import as_meant
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "crates/flow/tests/y.rs": """\
#[test]
fn test_xz() {}

#[test]
#[ignore = "needs a database"]
fn needs_database() {}

#[rstest]
#[case::small(1)]
fn many(#[case] n: u8) {}

// fn test_old() {} is gone
fn fixture() {}
generate!(made_by_macro);

#[cfg(unix)]
#[test]
fn gated() {}





#[test]
fn far_away() {}
""",
    "crates/flow/tests/z.rs": "\n#[test]\nfn test_old() {}\n",
    "crates/flow/src/lib.rs": "pub fn plain() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn inside() {}\n}\n",
    "tests/test_a.py": """\
import pytest
from base import TestImported

@pytest.mark.parametrize("x", [1])
def test_param(x): ...

@pytest.mark.skip
def test_off(): ...

@pytest.mark.xfail
def test_expected(): ...

class TestGroup:
    def test_in(self): ...

@pytest.mark.skip(reason="x")
class TestOff:
    def test_in(self): ...

def helper(): ...
""",
    "tests/test_all_off.py": "import pytest\npytestmark = pytest.mark.skip\ndef test_a(): ...\n",
    "tests/conftest.py": "def fixture(): ...\n",
    "web/a.test.ts": 'describe("ticks", () => {\n  it("fires_once", () => {});\n  it.skip("fires twice", () => {});\n});\n',
    "go/a_test.go": 'package a\n\nfunc TestTick(t *testing.T) {\n\tt.Run("after midnight", func(t *testing.T) {})\n}\n',
    "tests/run.bats": '@test "ticks" {\n  run tick\n}\n',
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def judge(root: Path, path: str, symbol: str | None = None, line: int | None = None) -> Verdict:
    evidence = Evidence(kind="test", text="x", path=path, line=line, symbol=symbol)
    (said,) = Prover(Repository.open(root), Settings()).prove([evidence])
    return said


RUST, PYTHON = "crates/flow/tests/y.rs", "tests/test_a.py"


@pytest.mark.parametrize(
    ("path", "symbol"),
    [
        (RUST, "test_xz"), (RUST, "y::test_xz"), (RUST, "many"),
        (RUST, "gated"), ("crates/flow/src/lib.rs", "tests::inside"),
        (PYTHON, "test_param"), (PYTHON, "test_param[1-a]"),
        (PYTHON, "TestGroup::test_in"), (PYTHON, "TestGroup"), (PYTHON, "TestGroup.test_in"),
        ("web/a.test.ts", "fires_once"), ("web/a.test.ts", "ticks"),
        ("go/a_test.go", "TestTick"), ("go/a_test.go", "TestTick/after_midnight"),
    ],
)  # fmt: skip
def test_tests_that_are_there(root: Path, path: str, symbol: str) -> None:
    said = judge(root, path, symbol)
    assert (said.name, said.rule) == ("verified", None)


@pytest.mark.parametrize(
    ("path", "symbol", "maker"),
    [
        (RUST, "many::case_1_small", "many"), ("go/a_test.go", "TestTick/from_a_table", "TestTick"),
        ("go/a_test.go", "TestTick/from a table", "TestTick"),
    ],
)  # fmt: skip
def test_a_case_that_is_not_spelt_is_unknown(
    root: Path, path: str, symbol: str, maker: str
) -> None:
    said = judge(root, path, symbol)
    assert (said.name, said.rule) == ("unknown", None)
    assert said.detail == f"`{symbol}` is not spelt in {path}; `{maker}` there may make it"


TITLES = """\
describe("ring", () => {
  it("drops the oldest item", () => {});
  it("counts 1.5 times / a::b", () => {});
  it.each([1, 2])("holds %i items of $kind", () => {});
  describe("Drain", () => { it("Drain", () => {}); });
});
"""


@pytest.mark.parametrize(
    ("symbol", "line", "name"),
    [
        ("drops the oldest item", None, "verified"), ("ring > drops the oldest item", 2, "verified"),
        ("ring::drops the oldest item", None, "verified"), ("ring/drops the oldest item", None, "verified"),
        ("counts 1.5 times / a::b", 3, "verified"), ("ring > counts 1.5 times / a::b", 3, "verified"),
        ("holds %i items of $kind", None, "verified"), ("holds 2 items of glass", None, "unknown"),
        ("ring > holds 2 items of glass", None, "unknown"),
        ("Drain", 5, "verified"), ("Drain", 1, "moved"),
        ("drops the newest item", None, "not-found"), ("ring > drops", None, "unknown"),
        ("holds items", None, "not-found"), ("drops the oldest item", 40, "gone"),
    ],
)  # fmt: skip
def test_titles_with_blanks(root: Path, symbol: str, line: int | None, name: str) -> None:
    (root / "web/ring.test.ts").write_text(TITLES)
    assert judge(root, "web/ring.test.ts", symbol, line).name == name


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("it(title, () => {});", "unknown"), ("it.skip(titles.a, f);", "unknown"),
        ("it('drops ' + what, () => {});", "unknown"), ("test(`drops ${n} item`, f);", "unknown"),
        ("test(`is ${n}`, () => {});", "not-found"), ("test('is %s', () => {});", "not-found"),
        ("// it calls (f)", "not-found"), ("commit(it, x);", "not-found"),
    ],
)  # fmt: skip
def test_titles_that_are_computed_may_be_any(root: Path, call: str, name: str) -> None:
    (root / "web/ring.test.ts").write_text(TITLES + call)
    assert judge(root, "web/ring.test.ts", "drops the newest item").name == name


def test_a_title_cited_at_the_line_of_its_own_block(root: Path) -> None:
    (root / "web/ring.test.ts").write_text(
        'describe("Ring", () => {\n' + "\n" * 9 + '  it("Ring", () => {});\n});\n'
    )
    assert judge(root, "web/ring.test.ts", "Ring", 1).name == "verified"
    assert judge(root, "web/ring.test.ts", "Ring", 30).name == "gone"


@pytest.mark.parametrize(
    ("path", "text", "symbol"),
    [
        ("src/A.java", "class Outer { class Inner { void run() {} } }", "Outer$Inner"),
        ("src/A.java", "class Outer { class Inner { void run() {} } }", "Outer$Inner#run"),
        ("src/a.ts", "class Ring { push() {} }", "Ring#push"),
        ("src/a.ts", "interface Ring { size?: number }", "size?"),
        ("src/a.ts", "export const get$ = 1", "get$"),
        ("src/a.py", "class Ring:\n    def push(self): ...\n", "Ring.push()"),
    ],
)
def test_names_of_other_shapes(root: Path, path: str, text: str, symbol: str) -> None:
    (root / "src").mkdir()
    (root / path).write_text(text)
    for cited, name in ((symbol, "verified"), (symbol.replace("()", "") + "Gone", "gone")):
        evidence = Evidence(kind="code", text="x", path=path, symbol=cited)
        (said,) = Prover(Repository.open(root), Settings()).prove([evidence])
        assert said.name == name


@pytest.mark.parametrize(("path", "symbol"), [(PYTHON, "helper"), (RUST, "fixture")])
def test_a_function_among_tests_that_is_none_proves_nothing(
    root: Path, path: str, symbol: str
) -> None:
    said = judge(root, path, symbol)
    assert (said.name, said.rule) == ("unknown", None)
    assert said.detail == (f"`{symbol}` is in {path}, but it is a helper or a fixture, no test")


def test_a_test_that_is_gone_with_the_nearest_name(root: Path) -> None:
    said = judge(root, RUST, "test_x", 2)
    assert (said.name, said.rule) == ("not-found", "test-not-found")
    assert said.detail == (
        "test `test_x` is not in crates/flow/tests/y.rs; did you mean `test_xz` (line 2)?"
    )


def test_a_test_that_went_to_another_file(root: Path) -> None:
    said = judge(root, RUST, "test_old", 12)
    assert (said.name, said.rule) == ("not-found", "test-not-found")
    assert said.detail == (
        "test `test_old` is not in crates/flow/tests/y.rs; it is in crates/flow/tests/z.rs (line 3)"
    )
    assert said.help == "cite crates/flow/tests/z.rs:3"
    assert judge(root, "crates/flow/tests/z.rs", "test_old", 3).name == "verified"


@pytest.mark.parametrize(
    ("path", "symbol"),
    [
        (PYTHON, "test_gone"), (PYTHON, "TestGroup::test_gone"), (PYTHON, "TestGone"),
        ("crates/flow/src/lib.rs", "tests::gone"), ("web/a.test.ts", "fires_thrice"),
        ("go/a_test.go", "TestTock"), ("tests/run.bats", "tocks"),
    ],
)  # fmt: skip
def test_tests_that_are_nowhere(root: Path, path: str, symbol: str) -> None:
    said = judge(root, path, symbol)
    assert (said.name, said.rule) == ("not-found", "test-not-found")
    assert said.detail.startswith(f"test `{symbol}` is not in {path}")


def test_a_test_of_another_class(root: Path) -> None:
    (root / "tests/test_c.py").write_text(
        "from base import TestImported\n\n"
        "class TestOwn:\n    def test_a(self): ...\n\n"
        "class TestHeir(TestOwn): ...\n\nclass TestOther: ...\n"
    )
    for symbol in ("TestOwn::test_a", "TestHeir::test_a", "TestImported::test_a"):
        assert judge(root, "tests/test_c.py", symbol).rule is None, symbol
    for symbol in ("TestRenamed::test_a", "TestOther::test_a", "TestOther.test_a"):
        said = judge(root, "tests/test_c.py", symbol)
        assert (said.name, said.rule) == ("not-found", "test-not-found"), symbol
        assert said.detail == (
            f"test `{symbol}` is not in tests/test_c.py; `test_a` at line 4 belongs to `TestOwn`"
        )


def test_a_deleted_test_is_not_found_even_past_the_end(root: Path) -> None:
    assert judge(root, RUST, "test_gone", 900).rule == "test-not-found"
    assert judge(root, RUST, "test_xz", 900).rule == "evidence-gone"


def test_names_that_a_macro_or_an_import_makes_are_no_finding(root: Path) -> None:
    assert judge(root, RUST, "made_by_macro", 14).name == "verified"
    for symbol, path in (("made_by_macro", RUST), ("TestImported", PYTHON)):
        said = judge(root, path, symbol)
        assert (said.name, said.rule) == ("unknown", None)
    assert judge(root, "tests/run.bats", "ticks", 1).name == "verified"


@pytest.mark.parametrize(
    ("path", "symbol", "line", "reason"),
    [
        (RUST, "needs_database", 6, '#[ignore = "needs a database"]'),
        (PYTHON, "test_off", 8, "@pytest.mark.skip"),
        (PYTHON, "TestOff::test_in", 18, '@pytest.mark.skip(reason="x")'),
        (PYTHON, "TestOff", 17, '@pytest.mark.skip(reason="x")'),
        ("tests/test_all_off.py", "test_a", 3, "pytestmark = pytest.mark.skip"),
        ("web/a.test.ts", "fires twice", 3, "it.skip"),
    ],
)
def test_tests_that_never_run(root: Path, path: str, symbol: str, line: int, reason: str) -> None:
    for cited in (line, None, 1):
        said = judge(root, path, symbol, cited)
        assert (said.name, said.rule) == ("disabled", "test-disabled")
        assert said.found_line == line
        assert said.detail == f"test `{symbol}` in {path} (line {line}) never runs: {reason}"


def test_of_two_namesakes_the_one_at_the_line_is_meant(root: Path) -> None:
    assert judge(root, PYTHON, "test_in", 14).name == "verified"
    assert judge(root, PYTHON, "test_in", 18).name == "disabled"
    assert judge(root, PYTHON, "test_in").name == "verified"


def test_ignored_code_that_is_cited_as_code_is_no_finding(root: Path) -> None:
    evidence = Evidence(kind="code", text="", path=RUST, symbol="needs_database", line=6)
    (said,) = Prover(Repository.open(root), Settings()).prove([evidence])
    assert said.name == "verified"


SUITES = {
    "tests/suite.py": "class Root:\n    def test_root(self): ...\n\nclass Suite(Root):\n    def test_shared(self): ...\n",
    "tests/test_b.py": """\
from django.test import TestCase
from outside import Foreign
from suite import Suite

class TestSqlite(Suite):
    def test_own(self): ...

class TestCases(TestCase):
    def test_case(self): ...

class TestForeign(Foreign): ...

class TestPlain: ...
""",
    "tests/test_star.py": "from suite import *\n",
}  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("TestSqlite::test_own", "verified"),
        ("TestSqlite::test_shared", "unknown"),
        ("TestSqlite::test_root", "unknown"),
        ("TestForeign::test_anything", "unknown"),
        ("TestSqlite::test_gone", "not-found"),
        ("TestCases::test_gone", "not-found"),
        ("TestPlain::test_gone", "not-found"),
        ("TestPlain::test_shared", "not-found"),
    ],
)
def test_tests_that_a_class_inherits(root: Path, symbol: str, name: str) -> None:
    for path, text in SUITES.items():
        (root / path).write_text(text)
    said = judge(root, "tests/test_b.py", symbol)
    assert said.name == name
    assert said.rule == ("test-not-found" if name == "not-found" else None)
    if symbol == "TestSqlite::test_shared":
        assert said.detail == (
            "test `TestSqlite::test_shared` is not in tests/test_b.py itself, "
            "but may come from tests/suite.py"
        )


def test_tests_that_a_star_may_import(root: Path) -> None:
    for path, text in SUITES.items():
        (root / path).write_text(text)
    assert judge(root, "tests/test_star.py", "test_shared").name == "unknown"
    assert judge(root, "tests/test_star.py", "test_nowhere").rule == "test-not-found"


def test_a_test_at_another_line(root: Path) -> None:
    said = judge(root, RUST, "far_away", 3)
    assert (said.name, said.rule, said.fix.lines) == ("moved", "evidence-moved", (3, 25))
    assert judge(root, RUST, "far_away", 25).name == "verified"


def test_a_file_without_the_name_of_a_test(root: Path) -> None:
    said = judge(root, RUST)
    assert (said.name, said.rule) == ("verified", "test-not-named")
    assert said.detail == f"{RUST} is cited without the name of a test"
    assert judge(root, RUST, None, 2).rule == "test-not-named"
    assert judge(root, RUST, None, 2).name == "unknown"
    assert judge(root, RUST, None, 999).rule == "evidence-gone"
    for path in ("tests/conftest.py", "tests/run.bats", "crates/flow/tests/"):
        assert judge(root, path).rule is None, path


def test_a_file_of_which_nothing_runs(root: Path) -> None:
    said = judge(root, "tests/test_all_off.py")
    assert (said.name, said.rule) == ("disabled", "test-disabled")
    assert said.detail == (
        "no test of tests/test_all_off.py ever runs: pytestmark = pytest.mark.skip"
    )


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("crates/flow/src/lib.rs", True),
        ("crates/flow/src/tests/mod.rs", True),
        ("crates/flow/tests/y.rs", False),
        ("crates/flow/src/integration_tests.rs", False),
        ("pkg/test_inside.py", True),
        ("pkg/tests/test_apart.py", False),
        ("tests/test_a.py", False),
        ("scripts/test_b.py", False),
        ("go/a_test.go", True),
        ("go/e2e/a_test.go", False),
        ("web/src/a.test.ts", True),
        ("web/a.test.ts", False),
        ("web/src/__tests__/a.ts", False),
        ("app/src/test/java/ATest.java", False),
        ("crates/none/src/lib.rs", False),
    ],
)
def test_unit_tests_live_in_the_source(root: Path, path: str, unit: bool) -> None:
    for extra in (path, "pkg/__init__.py", "pkg/tests/__init__.py"):
        (root / extra).parent.mkdir(parents=True, exist_ok=True)
        if "none" not in extra:
            (root / extra).touch()
    evidence = Evidence(kind="test", text="", path=path)
    assert is_unit_test(evidence, Repository.open(root)) is unit


@pytest.mark.parametrize(
    ("path", "symbol", "name"),
    [
        (PYTHON, "test_par*", "verified"), (PYTHON, "TestGroup::test_*", "verified"),
        (RUST, "test_*", "verified"), (PYTHON, "TestOff::test_*", "disabled"),
        (PYTHON, "test_gone_*", "not-found"), (PYTHON, "TestGroup::test_gone_*", "not-found"),
        (RUST, "fixtur*", "unknown"), ("tests/run.bats", "tick*", "unknown"),
    ],
)  # fmt: skip
def test_a_glob_of_tests(root: Path, path: str, symbol: str, name: str) -> None:
    cited = Evidence(kind="test", text="", path=path, symbol=symbol)
    row = ParityRow(
        id="r", docname="d", anchor="a", place=Place(path="d.md", line=1), evidence=(cited,)
    )
    repository = Repository.open(root)
    evidence, _ = as_meant(row, repository, Settings())
    assert {said.name for said in Prover(repository, Settings()).prove(evidence)} == {name}


def test_an_inherited_test_runs_as_the_class_that_inherits_it(root: Path) -> None:
    (root / "tests/test_h.py").write_text(
        "import pytest\n\nclass TestBase:\n    def test_a(self): ...\n\n"
        "@pytest.mark.skip\nclass TestOff(TestBase): ...\n\n"
        "@pytest.mark.xfail\nclass TestBad(TestBase): ...\n\nclass TestGood(TestBase): ...\n"
    )
    said = [
        judge(root, "tests/test_h.py", f"Test{name}::test_a").name
        for name in ("Off", "Bad", "Good")
    ]
    assert said == ["disabled", "expected-failure", "verified"]
