"""Tests that the repository itself marks as expected to fail: they are no proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = """\
import functools
import sys
import unittest
import unittest as ut
from unittest import expectedFailure as off
import pytest
import pytest as pt
from pytest import mark, xfail as give_up
from pytest import mark as m, param
broken = pytest.mark.xfail
known = pytest.mark.xfail(reason="#1")
windows = pytest.mark.xfail(sys.platform == "win32")
twice = pytest.mark.xfail
twice = pytest.mark.slow
again = broken
xf = pytest.mark
some = [pytest.mark.slow, known]
ALL = [pytest.param(1, marks=broken), param(2, marks=[m.slow, m.xfail])]
if sys.version_info < (3, 12):
    maybe = pytest.mark.xfail
else:
    maybe = pytest.mark.slow
"""

FAIL = [
    "@pytest.mark.xfail\n", "@pytest.mark.xfail()\n", "@pytest.mark.xfail(strict=True)\n",
    '@pytest.mark.xfail(reason="x", raises=OSError)\n', "@pytest.mark.xfail(True, reason='x')\n",
    "@pytest.mark.xfail(condition=True, reason='x')\n", "@mark.xfail\n", "@pt.mark.xfail\n",
    "@m.xfail(strict=False)\n", "@broken\n", "@broken(reason='x')\n", "@known\n", "@again\n",
    "@xf.xfail\n", "@unittest.expectedFailure\n", "@ut.expectedFailure\n", "@off\n",
    "@pytest.mark.slow\n@pytest.mark.xfail\n@functools.cache\n",
    "@pytest.mark.parametrize('n', ALL)\n",
    "@pytest.mark.parametrize(argnames='n', argvalues=(param(1, marks=known),))\n",
    "@pytest.mark.parametrize('n', [param(n, marks=broken) for n in range(3)])\n",
    "@pytest.mark.parametrize('n', [1, 2])\n@pytest.mark.parametrize('k', ALL)\n",
    "@pytest.mark.parametrize('n', [param(1, marks=broken), param(2, marks=m.skip)])\n",
]  # fmt: skip

PASS = [
    "", "@pytest.mark.xfail(False)\n", "@pytest.mark.xfail(sys.platform == 'win32')\n",
    "@pytest.mark.xfail(condition=sys.flags.debug, reason='x')\n", "@windows\n", "@twice\n",
    "@maybe\n", "@broken(sys.flags.debug)\n", "@pytest.mark.slow\n", "@pytest.mark.xfailure\n",
    "@pytest.mark.parametrize('n', [1, param(2, marks=broken)])\n",
    "@pytest.mark.parametrize('n', [*ALL, 3])\n",
    "@pytest.mark.parametrize('n', [param(1, marks=windows)])\n",
    "@pytest.mark.parametrize('n', CASES)\n", "@pytest.mark.parametrize('n', [])\n",
]  # fmt: skip


def judge(root: Path, text: str, symbol: str | None, *, path: str = "tests/test_a.py") -> Verdict:
    """Judge *symbol* in a file of *text*; its parameters stand in the item alone."""
    file = root / "root" / path
    file.parent.mkdir(parents=True)
    file.write_text(text)
    bare = symbol.partition("[")[0] if symbol else None
    evidence = Evidence(kind="test", text=f"`{path}::{symbol}`", path=path, symbol=bare)
    (said,) = Prover(Repository.open(root / "root"), Settings()).prove([evidence])
    return said


def name_of(said: Verdict) -> str:
    """The verdict, which goes with its rule."""
    assert (said.name == "expected-failure") == (said.rule == "test-expected-to-fail")
    return said.name


@pytest.mark.parametrize("decorators", FAIL)
def test_a_marked_test_is_expected_to_fail(tmp_path: Path, decorators: str) -> None:
    text = f"{PYTHON}{decorators}def test_it(n): assert 0\n"
    assert name_of(judge(tmp_path, text, "test_it")) == "expected-failure"


@pytest.mark.parametrize("decorators", PASS)
def test_a_mark_that_may_not_hold_is_none(tmp_path: Path, decorators: str) -> None:
    text = f"{PYTHON}{decorators}def test_it(n): assert 0\n"
    assert name_of(judge(tmp_path, text, "test_it")) == "verified"


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("pytest.xfail('x')", "expected-failure"),
        ("'''Doc.'''\n    # why\n    pytest.xfail('x')", "expected-failure"),
        ("give_up('x')", "expected-failure"),
        ("if sys.flags.debug:\n        pytest.xfail('x')", "verified"),
        ("run()\n    pytest.xfail('x')", "verified"),
        ("self.xfail('x')", "verified"),
        ("pytest.skip('x')", "disabled"),
    ],
)
def test_a_body_that_opens_with_giving_up(tmp_path: Path, body: str, verdict: str) -> None:
    text = f"{PYTHON}def test_it():\n    {body}\n    assert 0\n"
    assert name_of(judge(tmp_path, text, "test_it")) == verdict


@pytest.mark.parametrize(
    ("text", "symbol", "verdict"),
    [
        ("class TestX:\n    pytestmark = broken\n    def test_it(self): ...\n", "TestX::test_it", "expected-failure"),
        ("class TestX:\n    pytestmark = some\n    def test_it(self): ...\n", "test_it", "expected-failure"),
        ("class TestX:\n    pytestmark = [m.slow, m.xfail]\n    def test_it(self): ...\n", "test_it", "expected-failure"),
        ("@known\nclass TestX:\n    def test_it(self): ...\n", "test_it", "expected-failure"),
        ("@known\nclass TestX:\n    def test_it(self): ...\n", "TestX", "expected-failure"),
        ("@unittest.expectedFailure\nclass Case(unittest.TestCase):\n    def test_it(self): ...\n", "test_it", "expected-failure"),
        ("class Base:\n    pytestmark = [broken]\nclass TestX(Base):\n    def test_it(self): ...\n", "test_it", "expected-failure"),
        ("@broken\nclass Base: ...\nclass Mid(Base): ...\nclass TestX(Mid):\n    def test_it(self): ...\n", "test_it", "expected-failure"),
        ("class Base:\n    __test__ = False\nclass TestX(Base):\n    __test__ = True\n    def test_it(self): ...\n", "test_it", "verified"),
        ("class TestX:\n    pytestmark = [m.slow]\n    def test_it(self): ...\n", "test_it", "verified"),
        ("class TestX:\n    pytestmark = windows\n    def test_it(self): ...\n", "test_it", "verified"),
        ("@broken\nclass TestY: ...\nclass TestX:\n    def test_it(self): ...\n", "test_it", "verified"),
        ("class TestX(TestX):\n    def test_it(self): ...\n", "test_it", "verified"),
        ("pytestmark = broken\ndef test_it(): ...\n", "test_it", "expected-failure"),
        ("pytestmark = (m.slow, known)\ndef test_it(): ...\n", "test_it", "expected-failure"),
        ("pytestmark = some\ndef test_it(): ...\n", None, "expected-failure"),
        ("pytestmark = windows\ndef test_it(): ...\n", "test_it", "verified"),
        ("pytestmark = m.slow\ndef test_it(): ...\n", None, "verified"),
        ("pytestmark = [broken, m.skip]\ndef test_it(): ...\n", "test_it", "disabled"),
    ],
)  # fmt: skip
def test_marks_of_classes_bases_and_modules(
    tmp_path: Path, text: str, symbol: str | None, verdict: str
) -> None:
    assert name_of(judge(tmp_path, PYTHON + text, symbol)) == verdict


@pytest.mark.parametrize(
    ("rows", "cited", "verdict"),
    [
        ("'n', [1, param(2, marks=broken)]", "2", "expected-failure"),
        ("'n', [1, param(2, marks=broken)]", "1", "verified"),
        ("'n', [1, param(2, marks=broken, id='two')]", "two", "expected-failure"),
        ("'n', ['a', param('b', marks=broken)]", "b", "expected-failure"),
        ("'n, k', [(1, 'a'), param(2, 'b', marks=broken)]", "2-b", "expected-failure"),
        ("'n', [1, param(2, marks=broken)], ids=['one', 'two']", "two", "expected-failure"),
        ("'n', [1, param(2, marks=broken)], ids=['one', 'two']", "one", "verified"),
        ("'n', [1, param(2, marks=windows)]", "2", "verified"),
        ("'k', [7, 8])\n@pytest.mark.parametrize('n', [1, param(2, marks=broken)]", "2-7", "expected-failure"),
        ("'k', [7, 8])\n@pytest.mark.parametrize('n', [1, param(2, marks=broken)]", "1-7", "verified"),
    ],
)  # fmt: skip
def test_the_cited_parameter(tmp_path: Path, rows: str, cited: str, verdict: str) -> None:
    text = f"{PYTHON}@pytest.mark.parametrize({rows})\ndef test_it(n): ...\n"
    assert name_of(judge(tmp_path, text, f"test_it[{cited}]")) == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("it.fails('drains', () => {})", "expected-failure"),
        ("test.fails('drains', () => {})", "expected-failure"),
        ("test.failing('drains', () => {})", "expected-failure"),
        ("test.fail('drains', () => {})", "expected-failure"),
        ("it.todo('drains')", "expected-failure"),
        ("test.concurrent.fails('drains', () => {})", "expected-failure"),
        ("test.failing.each([1])('drains', () => {})", "expected-failure"),
        ("describe.todo('ring', () => { it('drains', () => {}) })", "expected-failure"),
        ("it.skip('drains', () => {})", "disabled"),
        ("it.each([{ fails: 1 }])('drains', () => {})", "verified"),
        ("it('drains', () => { it.fails('x', () => {}) })", "verified"),
        ("it('drains', () => {})", "verified"),
    ],
)
def test_marks_of_javascript(tmp_path: Path, text: str, verdict: str) -> None:
    said = judge(tmp_path, text, "drains", path="web/a.test.ts")
    assert name_of(said) == verdict


def test_the_sentence_names_the_mark_and_its_place(tmp_path: Path) -> None:
    said = judge(tmp_path, f"{PYTHON}@known\ndef test_it(): ...\n", "test_it")
    line = PYTHON.count("\n") + 2
    assert said.detail == (
        f"test `test_it` in tests/test_a.py (line {line}) is expected to fail: @known"
    )
    assert said.help == "make it pass and remove the mark, or cite a test that passes"
