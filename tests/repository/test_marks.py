"""Marks of tests that fail or do not run: in code, and in lists."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.expected_failures import entries, listed_marks
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.marks import marks_in_code

PYTHON = """\
import pytest

# EX-01: no ticks
# in this release
@pytest.mark.xfail
def test_tick(): ...

# EX-02: all of it
@pytest.mark.xfail(reason="slow")  # or EX-09
@pytest.mark.parametrize("x", ["EX-99"])
class TestBack:
    def test_fill(self): ...
    @pytest.mark.skip("EX-03")
    def test_skip(self): ...

# EX-98: of something else

def test_late():
    "Doc."
    # EX-05
    pytest.xfail("later")

@pytest.mark.parametrize("n", [1,
    pytest.param(2, marks=pytest.mark.xfail(reason="EX-07"))])
def test_each(n): ...

def test_fine(): ...
"""
RUST = """\
#[test]
#[ignore = "EX-03"]
fn slow() {}
/// EX-04
#[test]
#[ignore]
fn slower() {}
"""


def repository(root, files):
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return Repository.open(root)


def in_code(root, files):
    found = marks_in_code(repository(root, files), ())
    return [(m.place.line, m.name, m.reason, m.verdict) for m in found]


def test_a_mark_has_the_comment_over_it_and_no_other(tmp_path):
    assert in_code(tmp_path, {"tests/test_a.py": PYTHON}) == [
        (6, "test_tick", "EX-01: no ticks in this release @pytest.mark.xfail", "expected-failure"),
        (
            *(12, "TestBack::test_fill"),
            'EX-02: all of it @pytest.mark.xfail(reason="slow") # or EX-09',
            "expected-failure",
        ),
        (14, "TestBack::test_skip", '@pytest.mark.skip("EX-03")', "disabled"),
        (18, "test_late", 'EX-05 pytest.xfail("later")', "expected-failure"),
        (
            *(25, "test_each[2]"),
            'pytest.param(2, marks=pytest.mark.xfail(reason="EX-07"))])',
            "expected-failure",
        ),
    ]


def test_a_mark_of_the_module_holds_for_each_test(tmp_path):
    text = (
        "import pytest\n# EX-06\npytestmark = [pytest.mark.xfail]\ndef test_a(): ...\n"
        "# EX-97\ndef test_b(): ...\n"
    )
    found = in_code(tmp_path, {"test_a.py": text})
    assert [mark[1:3] for mark in found] == [
        ("test_a", "EX-06 pytestmark = pytest.mark.xfail"),
        ("test_b", "EX-06 pytestmark = pytest.mark.xfail"),
    ]


def test_attributes_of_rust_skip(tmp_path):
    assert in_code(tmp_path, {"tests/a.rs": RUST, "src/lib.rs": RUST}) == [
        (3, "slow", '#[ignore = "EX-03"]', "disabled"),
        (7, "slower", "EX-04 #[ignore]", "disabled"),
    ]


def test_titles_and_annotations(tmp_path):
    pytest.importorskip("tree_sitter_java")
    pytest.importorskip("tree_sitter_typescript")
    files = {
        "src/a.test.ts": 'describe("ticks", () => {\n  // EX-01\n  it.fails("half", () => {});\n});\n',
        "src/FooTest.java": 'class FooTest {\n  @Disabled("EX-03")\n  @Test void bar() {}\n}\n',
    }
    assert in_code(tmp_path, files) == [
        (3, "FooTest::bar", '@Disabled("EX-03")', "disabled"),
        (3, "ticks::half", "EX-01 it.fails", "expected-failure"),
    ]


def test_what_is_asked_again_is_known_by_content(tmp_path, monkeypatch):
    (tmp_path / "cache").mkdir()
    (tmp_path / "root/tests").mkdir(parents=True)
    (tmp_path / "root/tests/test_a.py").write_text(PYTHON)
    first = Repository.open(tmp_path / "root", cache=tmp_path / "cache")
    before = list(marks_in_code(first, ()))
    first.save()
    again = Repository.open(tmp_path / "root", cache=tmp_path / "cache")
    monkeypatch.delattr("sphinx_arco_parity.repository.marks._read")
    assert list(marks_in_code(again, ())) == before != []


TEXT = """\
# EX-10: first
# second line
tests/test_a.py::test_a
tests/test_a.py::test_p[1 #2]  # EX-11

tests/test_a.py
# EX-12
test_a.py::TestB::test_b
elsewhere.py::test_c
"""


def test_a_comment_holds_up_to_the_next_or_an_empty_line(tmp_path):
    files = {"tests/test_a.py": "", "tests/x-xfails.txt": TEXT}
    marks, wrong = listed_marks(repository(tmp_path, files), ["tests/*-xfails.txt"])
    assert [(m.place.line, m.path, m.name, m.reason) for m in marks] == [
        (3, "tests/test_a.py", "test_a", "EX-10: first second line"),
        (4, "tests/test_a.py", "test_p[1 #2]", "EX-10: first second line EX-11"),
        (6, "tests/test_a.py", "", ""),
        (8, "tests/test_a.py", "TestB::test_b", "EX-12"),
        (9, "", "test_c", "EX-12"),
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yml", "# EX-1\n- t.py::a\n- t.py::b # EX-2\n", [(2, "t.py::a", "EX-1"), (3, "t.py::b", "EX-1 EX-2")]),
        ("a.yaml", "t.py::a: EX-1\nt.py::b:\n", [(1, "t.py::a", "EX-1"), (2, "t.py::b", "")]),
        ("a.yml", "EX-3 heading:\n  - t.py::a\n  - {test: b, reason: EX-4}\n",
         [(2, "t.py::a", "EX-3 heading"), (3, "b", "EX-3 heading EX-4")]),
        ("a.json", '["t.py::a",\n"b"]', [(1, "t.py::a", ""), (2, "b", "")]),
        ("a.json", '{"t.py::a": "EX-1",\n\t"b": {"why": "EX-2"}}', [(1, "t.py::a", "EX-1"), (2, "b", "EX-2")]),
    ],
)  # fmt: skip
def test_lists_and_mappings(name, text, expected):
    assert list(entries(text, name)) == expected


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("a.yml", "- a\n- [b\n", 3, "is not valid YAML"),
        ("a.json", '["a",\n', 2, "is no JSON"),
        ("a.json", "[" * 100_000, 1, "is no JSON"),
        ("a.yml", "", 1, "is empty"),
    ],
)
def test_a_list_that_is_none_is_told_with_its_line(tmp_path, name, text, line, said):
    marks, (wrong,) = listed_marks(repository(tmp_path, {name: text}), [name])
    assert marks == []
    assert (wrong.path, wrong.line) == (name, line)
    assert said in wrong.reason
