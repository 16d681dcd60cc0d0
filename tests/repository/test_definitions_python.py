"""Names in Python, on sources as people write them."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in, outline_of
from sphinx_arco_parity.repository.source import Definition, SourceFile

SOURCE = '''\
"""Schedules."""

import os

LIMIT = 3
NAMES: list[str] = []
FIRST, (SECOND, *REST) = 1, (2, 3)
a = b = 4

if os.name == "nt":
    SEPARATOR = "\\\\"
else:
    SEPARATOR = "/"


@decorated(
    "x",
)
# why
@again
class Schedule(Base):
    """A schedule."""

    cron: str
    retries: int = 3
    limit = property(lambda self: 1)

    class Meta:
        ordering = ("cron",)

    @property
    def next(self) -> int:
        """The next."""
        local = 1

        def inner() -> int:
            return local

        self.attribute = 2
        return inner()

    @next.setter
    def next(self, value): ...


async def evaluate(tick): ...
'''


def outline(text: str, path: str = "a.py") -> dict[str, Definition]:
    source = SourceFile(path=path, text=text, digest="")
    found = definitions_in(source)
    asked = outline_of(source)
    assert found is not None
    assert asked is not None
    for one in found.definitions:
        assert one in asked.named(one.name)
    return {".".join((*one.scope, one.name)): one for one in found.definitions}


def places(text: str) -> dict[str, tuple[int, int, int]]:
    return {k: (v.first_line, v.line, v.last_line) for k, v in outline(text).items()}


def test_names_have_their_lines_and_scopes() -> None:
    found = places(SOURCE)
    assert found["LIMIT"] == (5, 5, 5)
    assert found["NAMES"] == (6, 6, 6)
    assert found["FIRST"] == found["SECOND"] == found["REST"] == (7, 7, 7)
    assert found["a"] == found["b"] == (8, 8, 8)
    assert found["Schedule"] == (16, 21, 43)
    assert found["Schedule.cron"] == (24, 24, 24)
    assert found["Schedule.limit"] == (26, 26, 26)
    assert found["Schedule.Meta.ordering"] == (29, 29, 29)
    assert found["Schedule.next.inner"] == (36, 36, 37)
    assert found["evaluate"] == (46, 46, 46)
    assert "Schedule.next.local" not in found
    assert not any("attribute" in name for name in found)


def test_a_property_and_its_setter_are_two_definitions() -> None:
    asked = outline_of(SourceFile(path="a.py", text=SOURCE, digest=""))
    assert asked is not None
    assert [one.line for one in asked.named("next")] == [32, 43]
    assert [one.line for one in asked.named("SEPARATOR")] == [11, 13]
    assert [one.first_line for one in asked.named("next")] == [31, 42]


def test_names_have_their_kinds() -> None:
    kinds = {name: one.kind for name, one in outline(SOURCE).items()}
    assert kinds["Schedule"] == kinds["Schedule.Meta"] == "type"
    assert kinds["Schedule.next"] == "method"
    assert kinds["Schedule.next.inner"] == kinds["evaluate"] == "function"
    assert kinds["Schedule.cron"] == "field"
    assert kinds["LIMIT"] == "constant"


def test_new_syntax() -> None:
    found = outline("type Pair[T] = tuple[T, T]\ndef first[T](x: T) -> T: ...\nclass Box[T]: ...\n")
    assert list(found) == ["Pair", "first", "Box"]


TESTS = """\
import unittest

def test_plain(): ...
async def test_async(): ...
def helper(): ...

class TestGroup:
    def test_in_class(self): ...
    def check(self): ...
    class TestInner:
        def test_deep(self): ...

class TestWithInit:
    def __init__(self): ...
    def test_not_collected(self): ...

class Plain:
    def test_not_collected(self): ...

class Case(unittest.TestCase):
    def test_unit(self): ...

def outer():
    def test_nested(): ...
"""


def test_what_pytest_collects() -> None:
    tests = {name for name, one in outline(TESTS).items() if one.is_test}
    assert tests == {
        "test_plain", "test_async", "TestGroup.test_in_class",
        "TestGroup.TestInner.test_deep", "Case.test_unit",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("decorator", "reason"),
    [
        ("@pytest.mark.skip", "@pytest.mark.skip"),
        ("@pytest.mark.skip(reason='x')", "@pytest.mark.skip(reason='x')"),
        ("@mark.skip", "@mark.skip"),
        ("@unittest.skip('x')", "@unittest.skip('x')"),
        ("@skip('x')", "@skip('x')"),
        (
            "@pytest.mark.skipif(True, reason='x')",
            "@pytest.mark.skipif(True, reason='x')",
        ),
        ("@unittest.skipIf(True, 'x')", "@unittest.skipIf(True, 'x')"),
        ("@unittest.skipUnless(False, 'x')", "@unittest.skipUnless(False, 'x')"),
        ("@pytest.mark.xfail(run=False)", "@pytest.mark.xfail(run=False)"),
        ("@pytest.mark.xfail", None),
        ("@pytest.mark.xfail(strict=True)", None),
        ("@pytest.mark.xfail(sys.platform == 'win32', run=False)", None),
        ("@pytest.mark.skipif(sys.platform == 'win32', reason='x')", None),
        ("@unittest.skipIf(os.name == 'nt', 'x')", None),
        ("@unittest.skipUnless(True, 'x')", None),
        ("@pytest.mark.slow", None),
        ("@mock.patch('x')", None),
        ("@client.skip('x')", None),
        ("# @pytest.mark.skip", None),
    ],
)
def test_decorators_that_keep_a_test_from_running(decorator: str, reason: str | None) -> None:
    function = f"{decorator}\ndef test_x(): ...\n"
    assert outline(function)["test_x"].disabled == reason
    group = f"{decorator}\nclass TestX:\n    def test_x(self): ...\n"
    assert outline(group)["TestX.test_x"].disabled == reason
    assert outline(group)["TestX"].disabled == reason


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("pytestmark = pytest.mark.skip", "pytestmark = pytest.mark.skip"),
        ("pytestmark = [pytest.mark.slow, pytest.mark.skip('x')]", "pytestmark = pytest.mark.skip('x')"),
        ("pytest.skip('x', allow_module_level=True)", "pytest.skip('x', allow_module_level=True)"),
        ("raise unittest.SkipTest('x')", "raise unittest.SkipTest('x')"),
        ("__test__ = False", "__test__ = False"),
        ("pytestmark = pytest.mark.skipif(x, reason='y')", None),
        ("if x:\n    pytest.skip('x', allow_module_level=True)", None),
        ("np = pytest.importorskip('numpy')", None),
        ("pytestmark = pytest.mark.slow", None),
        ("import pytest", None),
    ],
)  # fmt: skip
def test_modules_that_skip_themselves(head: str, reason: str | None) -> None:
    text = f"{head}\ndef test_x(): ...\ndef helper(): ...\n"
    assert outline(text)["test_x"].disabled == reason
    assert outline(text)["helper"].disabled is None
    found = definitions_in(SourceFile(path="a.py", text=text, digest=""))
    assert found is not None
    assert found.disabled == reason


@pytest.mark.parametrize(
    ("body", "disabled"),
    [
        ("pytest.skip('x')", True),
        ('"""Doc."""\n    # why\n    import os\n    pytest.skip("x")', True),
        ("raise unittest.SkipTest('x')", True),
        ("x = 1\n    pytest.skip('x')", False),
        ("if x:\n        pytest.skip('x')", False),
        ("pytest.fail('x')", False),
    ],
)
def test_bodies_that_open_with_a_skip(body: str, disabled: bool) -> None:
    found = outline(f"def test_x():\n    {body}\n")["test_x"]
    assert (found.disabled is not None) is disabled


def test_a_unittest_that_skips_itself_and_a_class_that_is_no_test() -> None:
    text = """\
class Case(TestCase):
    def test_a(self):
        self.skipTest("x")
    def test_b(self): ...

class TestBase:
    __test__ = False
    def test_c(self): ...
"""
    found = outline(text)
    assert found["Case.test_a"].disabled == 'self.skipTest("x")'
    assert found["Case.test_b"].disabled is None
    assert found["TestBase.test_c"].disabled == "__test__ = False"


def test_marks_and_gates_come_from_module_class_and_function() -> None:
    text = """\
pytestmark = [pytest.mark.net, pytest.mark.skipif(A, reason="x")]

class TestX:
    pytestmark = pytest.mark.slow

    @pytest.mark.skipif(B, reason="y")
    @pytest.mark.gpu
    @pytest.mark.parametrize("a", [1])
    def test_x(self, a): ...

if sys.platform == "linux":
    def test_linux(): ...
"""
    found = outline(text)
    assert found["TestX.test_x"].marks == (
        "net",
        "skipif",
        "slow",
        "gpu",
        "parametrize",
    )
    assert found["TestX.test_x"].gates == (
        'pytestmark = pytest.mark.skipif(A, reason="x")',
        '@pytest.mark.skipif(B, reason="y")',
    )
    assert 'if sys.platform == "linux"' in found["test_linux"].gates
    assert found["test_linux"].marks == ("net", "skipif")


def test_words_in_doc_strings_count_as_comments() -> None:
    text = '"""gone"""\n# gone\nx = "gone"\ndef f():\n    """gone"""\n    gone()\n'
    asked = outline_of(SourceFile(path="a.py", text=text, digest=""))
    assert asked is not None
    assert asked.words("gone") == (
        (1, True), (2, True), (3, False), (5, True), (6, False),
    )  # fmt: skip
