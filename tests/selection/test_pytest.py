"""Selection by pytest over the fixture repository; the real pytest is asked elsewhere."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.selection.verdicts import (
    ExpressionError,
    evaluate,
)
from sphinx_arco_parity.repository.shell import commands_of


@pytest.fixture
def answer(flow, flow_tests):
    """A function that tells whether a command, run in ``python``, runs a test."""
    by_name = {name: subject for name, subject in flow_tests if subject.language == "python"}
    selector = Selector(flow)

    def ask(line, name, folder="python"):
        [command] = commands_of(line, directory=folder)
        return selector.selects(command, by_name[name])

    return ask


SELECTED = [
    ("pytest", "test_py_tick"),
    ("uv run python -m pytest -q --cov flow_py", "test_py_tick"),
    ("pytest tests/test_schedule.py", "test_py_inner"),
    ("pytest tests/test_schedule.py::TestSchedule", "test_py_inner"),
    ("pytest 'tests/unit/test_params.py::test_py_param[one]'", "test_py_param"),
    ("pytest tests/unit/helpers.py", "test_py_helper"),
    ("pytest tests/generated", "test_py_in_build"),
    ("pytest scripts", "test_py_script"),
    ("pytest tests/*.py", "test_py_tick"),
    ("pytest -k tick", "test_py_tick"),
    ("pytest -k 'not network and TESTSCHEDULE'", "test_py_method"),
    ("pytest -k test_params", "test_py_plain"),
    ("pytest -m slow", "test_py_in_slow"),
    ("pytest -m 'slow and network'", "test_py_long"),
    ("pytest -m unit", "test_py_plain"),
    ("pytest --ignore tests/slow", "test_py_tick"),
    ("pytest --deselect tests/test_schedule.py::test_py_slow", "test_py_tick"),
    ("pytest -o testpaths=scripts", "test_py_script"),
    ("pytest", "test_py_case"),
    ("PYTEST_ADDOPTS='-k tick' pytest", "test_py_tick"),
    ("pytest -m slow -m unit", "test_py_plain"),
]
MISSED = [
    ("pytest", "test_py_script", "does not collect"),
    ("pytest", "test_py_helper", "collects only files"),
    ("pytest", "test_py_in_build", "norecursedirs"),
    ("pytest tests/unit", "test_py_tick", "does not collect"),
    ("pytest tests/test_schedule.py::test_py_tick", "test_py_slow", "runs only"),
    ("pytest -k late", "test_py_tick", "-k late"),
    ("pytest -k 'not tick'", "test_py_tick", "leaves it out"),
    ("pytest -m 'not slow'", "test_py_slow", "leaves it out"),
    ("pytest -m 'not slow'", "test_py_in_slow", "leaves it out"),
    ("pytest -m 'not slow'", "test_py_long", "leaves it out"),
    ("pytest -m unit", "test_py_tick", "leaves it out"),
    ("pytest --ignore=tests/slow", "test_py_long", "ignores"),
    ("pytest --ignore-glob '*_test.py'", "test_py_clock", "ignores"),
    (
        "pytest --deselect tests/test_schedule.py::TestSchedule",
        "test_py_inner",
        "deselects",
    ),
    ("pytest --collect-only", "test_py_tick", "no tests"),
    ("pytest --co tests", "test_py_tick", "no tests"),
    ("pytest --cov tests scripts", "test_py_tick", "does not collect"),
    ("PYTEST_ADDOPTS='-m unit' pytest", "test_py_tick", "leaves it out"),
]
UNKNOWN = [
    ("pytest --brand-new tests", "test_py_tick"),
    ("pytest $ARGS", "test_py_tick"),
    ("pytest -k $EXPRESSION", "test_py_tick"),
    ("pytest tests/$SUITE", "test_py_tick"),
    ("pytest tests/missing", "test_py_tick"),
    ("pytest --pyargs flow_py", "test_py_tick"),
    ("pytest @list.txt", "test_py_tick"),
    ("pytest -k one", "test_py_param"),
    ("pytest -k 'a and'", "test_py_tick"),
    ("pytest --lf", "test_py_tick"),
    ("pytest -p some.plugin", "test_py_tick"),
    ("PYTEST_ADDOPTS=$X pytest", "test_py_tick"),
    ("python -m nose2", "test_py_case"),
    ("tox -e py", "test_py_tick"),
    ("uv run --brand-new pytest", "test_py_tick"),
]


@pytest.mark.parametrize(("line", "name"), SELECTED)
def test_selected(answer, line, name):
    assert answer(line, name).selected is True


@pytest.mark.parametrize(("line", "name", "reason"), MISSED)
def test_missed(answer, line, name, reason):
    found = answer(line, name)
    assert found.selected is False
    assert reason in found.reason


@pytest.mark.parametrize(("line", "name"), UNKNOWN)
def test_unknown(answer, line, name):
    found = answer(line, name)
    assert found.selected is None
    assert found.reason


@pytest.mark.parametrize(
    ("folder", "line", "name", "selected"),
    [
        ("", "pytest python", "test_py_tick", True),
        ("", "pytest python", "test_py_in_build", False),
        ("", "pytest", "test_py_suite", False),  # the root has no configuration
        ("services/api", "pytest", "test_py_suite", True),
        ("services/api", "pytest", "test_py_old", False),  # addopts
        ("services/api", "pytest -o addopts=", "test_py_old", True),
        (
            "services/api",
            "pytest -c ../../python/pyproject.toml checks",
            "test_py_suite",
            False,
        ),
        ("services", "pytest api", "test_py_check", True),
        (None, "pytest", "test_py_tick", None),
    ],
)
def test_folder_and_configuration_decide(answer, folder, line, name, selected):
    assert answer(line, name, folder).selected is selected


def small(tmp_path, files):
    for path, text in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return Repository.open(tmp_path)


def ask(repository, line, path, name):
    found = next(d for d in definitions_in(repository.read(path)).definitions if d.name == name)
    subject = Subject(path=path, symbol=name, definition=found, language="python")
    [command] = commands_of(line)
    return Selector(repository).selects(command, subject).selected


PLAIN = "def test_a():\n    pass\n"
OTHERS = """\
@pytest.mark.parametrize("n", ["one"])
def test_b(n):
    get("url", params={"a": n})
"""
SLOW = "import pytest\n@pytest.mark.slow\n" + PLAIN


@pytest.mark.parametrize(
    ("files", "line", "selected"),
    [
        ({"test_x.py": PLAIN}, "pytest -m slow", False),
        ({"test_x.py": "@custom\n" + PLAIN}, "pytest -m slow", None),
        ({"test_x.py": "pytestmark = MARKS\n" + PLAIN}, "pytest -m slow", None),
        ({"test_x.py": "if x:\n    pytestmark = 1\n" + PLAIN}, "pytest -m slow", None),
        ({"test_x.py": PLAIN, "conftest.py": "item.add_marker('slow')"}, "pytest -m slow", None),
        ({"test_x.py": SLOW}, "pytest -m 'slow and not other'", True),
        ({"test_x.py": PLAIN}, "pytest -k one", False),
        ({"test_x.py": PLAIN, "conftest.py": "fixture(params=['one'])"}, "pytest -k one", None),
        ({"test_x.py": PLAIN + OTHERS}, "pytest -k one", False),
        ({"test_x.py": PLAIN + "@pytest.fixture(params=['one'])\ndef f(): 1\n"}, "pytest -k one", None),
        ({"test_x.py": PLAIN + "cases = pytest.mark.parametrize('n', ['one'])\n"}, "pytest -k one", None),
        ({"test_x.py": PLAIN + "def pytest_generate_tests(metafunc): 1\n"}, "pytest -k one", None),
        ({"test_x.py": PLAIN}, "pytest -k trio", None),  # a plugin's parameter
        ({"test_x.py": PLAIN}, "pytest -k 'not one'", True),
        ({"test_x.py": PLAIN, "conftest.py": "collect_ignore = ['test_x.py']"}, "pytest", None),
        ({"test_x.py": PLAIN, "conftest.py": "def pytest_collection_modifyitems(): 1"}, "pytest", None),
        ({"test_x.py": PLAIN, "pytest.ini": "broken"}, "pytest", None),
        ({"test_x.py": PLAIN, "tox.ini": "[pytest]\naddopts = -k one"}, "pytest", False),
        ({"test_x.py": PLAIN, "setup.cfg": "[tool:pytest]\ntestpaths = other"}, "pytest", True),
        ({"test_x.py": PLAIN, "setup.cfg": "[pytest]\naddopts = -k one"}, "pytest", True),
        ({"test_x.py": PLAIN, "pytest.toml": "[pytest]\naddopts = ['-k', 'one']"}, "pytest", False),
        ({"test_x.py": PLAIN, "pytest.ini": "[pytest]\naddopts = --brand-new"}, "pytest", None),
    ],
)  # fmt: skip
def test_marks_names_and_configuration(tmp_path, files, line, selected):
    assert ask(small(tmp_path, files), line, "test_x.py", "test_a") is selected


METHOD = "    def test_a(self):\n        pass\n"
CHOOSES = "def pytest_collection_modifyitems(items): del items[:]"


@pytest.mark.parametrize(
    ("files", "line", "selected"),
    [
        # The last word has it: the command line, after the environment, after the configuration.
        ({"test_x.py": PLAIN}, "PYTEST_ADDOPTS='-o python_files=y' pytest -o python_files=*.py", True),
        ({"test_x.py": PLAIN, "o.ini": "[pytest]\naddopts = -k zz"}, "PYTEST_ADDOPTS='-c o.ini' pytest", False),
        ({"test_x.py": PLAIN, "t.ini": "[pytest]\naddopts = -o python_files=y"}, "pytest -c t.ini", None),
        ({"test_x.py": PLAIN}, "PYTEST_PLUGINS=some.plugin pytest", None),
        ({"test_x.py": PLAIN}, "pytest -p no:python", None),
        ({"test_x.py": PLAIN}, "pytest -m ' '", False),
        ({"test_x.py": PLAIN}, "pytest -k ' '", True),
        ({"test_x.py": PLAIN}, "pytest --ignore test_*.py", None),
        ({"test_x.py": PLAIN}, "pytest --junit-xml @list", None),
        ({"test_x.py": PLAIN, "a/conftest.py": CHOOSES}, "pytest", None),
        ({"test_x.py": PLAIN, "a/conftest.py": CHOOSES, "b/y.py": ""}, "pytest test_x.py b", True),
        ({"test_x.py": PLAIN}, "pytest -- test_x.py -k b", None),
        ({"test_x.py": PLAIN, "a/conftest.py": CHOOSES}, "pytest -m b", None),
        ({"test_x.py": PLAIN, "conftest.py": "def f(c): c.option.markexpr = 'b'"}, "pytest", None),
        # Named as a test, and passed over.
        ({"test_x.py": f"@pytest.fixture(\n    scope='module'\n)\n{PLAIN}"}, "pytest", None),
        ({"test_x.py": f"@pytest.fixture\ndef f(): 1\n{PLAIN}"}, "pytest", True),
        ({"test_x.py": f"class TestA:\n    def __init__(self): 1\n{METHOD}"}, "pytest", None),
        ({"test_x.py": f"class TestA(TestCase):\n    def __init__(self): 1\n{METHOD}"}, "pytest", True),
        ({"test_x.py": f"class A:\n    def __new__(cls): 1\nclass TestA(A):\n{METHOD}"}, "pytest", None),
        ({"test_x.py": f"class A:\n    __test__ = False\nclass TestA(A):\n{METHOD}"}, "pytest", None),
        ({"test_x.py": f"@dataclass\nclass TestA:\n{METHOD}"}, "pytest", None),
        ({"test_x.py": f"class TestA(ABC):\n    @abstractmethod\n    def f(self): 1\n{METHOD}"}, "pytest", None),
        ({"test_x.py": "class TestA:\n  def f(self):\n    def test_a(self): 1\n"}, "pytest", None),
        ({"test_x.py": "class A:\n  class B(TestCase):\n    def test_a(self): 1\n"}, "pytest", None),
        ({"test_x.py": "class A(TestCase):\n  class TestB:\n    def test_a(self): 1\n"}, "pytest", None),
        # Given another meaning further down.
        ({"test_x.py": f"{PLAIN}test_a = None\n"}, "pytest", None),
        ({"test_x.py": f"{PLAIN}test_ab = test_a == 1\n"}, "pytest", True),
        ({"test_x.py": f"{PLAIN}test_a.__test__ = False\n"}, "pytest", None),
        ({"test_x.py": f"{PLAIN}del test_a\n"}, "pytest", None),
        ({"test_x.py": f"{PLAIN}pytest.mark.slow(test_a)\n"}, "pytest -m slow", None),
        ({"test_x.py": f"{PLAIN}test_a.slow = 1\n"}, "pytest -k slow", None),
        ({"test_x.py": f"class TestA:\n{METHOD}class TestA:\n    def test_b(self): 1\n"}, "pytest", None),
    ],
)  # fmt: skip
def test_what_comes_between_a_command_and_a_test(tmp_path, files, line, selected):
    assert ask(small(tmp_path, files), line, "test_x.py", "test_a") is selected


def test_a_class_that_another_inherits_runs_with_it(tmp_path):
    heir = "@pytest.mark.slow\nclass TestB(TestA):\n    pass\n"
    for inherited, selected in ((heir, None), ("", False)):
        repository = small(tmp_path, {"test_x.py": f"class TestA:\n{METHOD}{inherited}"})
        assert ask(repository, "pytest -m slow", "test_x.py", "TestA") is selected


@pytest.mark.parametrize(("functions", "selected"), [("test", True), ("check", None)])
def test_a_class_is_collected_only_with_a_test_in_it(tmp_path, functions, selected):
    config = f"[pytest]\npython_functions = {functions}\n"
    repository = small(tmp_path, {"test_x.py": f"class TestA:\n{METHOD}", "pytest.ini": config})
    assert ask(repository, "pytest", "test_x.py", "TestA") is selected


@pytest.mark.parametrize(
    ("line", "selected"),
    [("pytest", False), ("pytest --collect-in-virtualenv", True), ("pytest env/a", True)],
)
@pytest.mark.parametrize("sign", ["env/pyvenv.cfg", "env/conda-meta/history"])
def test_a_virtual_environment_is_not_entered(tmp_path, sign, line, selected):
    known = small(tmp_path, {"env/a/test_x.py": PLAIN, sign: ""})
    assert ask(known, line, "env/a/test_x.py", "test_a") is selected


MARKED = f"import pytest\nclass TestA:\n    @pytest.mark.slow\n{METHOD}"


@pytest.mark.parametrize(
    ("line", "selected"),
    [
        ("pytest -k TestA", True),
        ("pytest -k 'TestA and not test_a'", None),
        ("pytest -k test_a", None),
        ("pytest -m slow", None),
        ("pytest -m 'not slow'", None),
        ("pytest -m db", False),
        ("pytest test_x.py::TestA::test_a", None),
        ("pytest test_x.py::TestB", False),
        ("pytest --deselect test_x.py::TestA::test_a", None),
    ],
)
def test_a_class_may_run_in_part(tmp_path, line, selected):
    assert ask(small(tmp_path, {"test_x.py": MARKED}), line, "test_x.py", "TestA") is selected


def test_a_class_that_others_inherit_may_run_elsewhere(tmp_path):
    base = "class TestBase:\n    def test_a(self):\n        pass\n"
    alone = {"lib/test_x.py": base, "tests/test_y.py": PLAIN.replace("_a", "_b")}
    assert ask(small(tmp_path, alone), "pytest tests", "lib/test_x.py", "test_a") is False
    heir = {
        "tests/test_z.py": "from lib.test_x import TestBase\nclass TestZ(TestBase):\n    pass\n"
    }
    assert ask(small(tmp_path, heir), "pytest tests", "lib/test_x.py", "test_a") is None


def test_a_test_that_does_not_exist_is_judged_by_its_file(flow):
    gone = Subject(path="python/tests/test_schedule.py", symbol="test_gone", language="python")

    def of(line):
        [command] = commands_of(line, directory="python")
        return Selector(flow).selects(command, gone).selected

    assert of("pytest") is True
    assert of("pytest tests/unit") is False
    assert of("pytest -k other") is None
    assert of("pytest tests/test_schedule.py::test_py_tick") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", True),
        (" ", False),
        ("a", True),
        ("b", False),
        ("not b", True),
        ("a and not b", True),
        ("b or (a and a)", True),
        ("u", None),
        ("u and b", False),
        ("u or a", True),
        ("not u", None),
    ],
)
def test_expressions_are_three_valued(text, value):
    assert evaluate(text, {"a": True, "b": False, "u": None}.get) is value


@pytest.mark.parametrize("text", ["and", "a b", "(a", "a or", "not", "a)", "a & b", "(" * 500])
def test_what_is_no_expression(text):
    with pytest.raises(ExpressionError):
        evaluate(text, lambda _: True)
