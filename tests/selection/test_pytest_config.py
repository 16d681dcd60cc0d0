"""pytest's root folder, its configuration and its walk: what is found, and why a file is not."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.selection.pytest_config import (
    Collection,
    ConfigError,
    PytestConfig,
    Start,
    expand_glob,
    find_config,
    overridden,
    starts_of,
)
from sphinx_arco_parity.repository.shell import commands_of

INI = "[pytest]\ntestpaths = t\n"
SET = {"testpaths": ["t"]}


@pytest.fixture
def repository(tmp_path):
    def make(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return Repository.open(tmp_path)

    return make


@pytest.mark.parametrize(
    ("files", "places", "root", "values"),
    [
        ({}, [], "a/b", {}),
        ({"pytest.ini": ""}, [], "", {}),
        ({".pytest.ini": "[other]\n"}, [], "", {}),
        ({"a/pytest.ini": INI, "pytest.ini": ""}, [], "a", SET),
        ({"tox.ini": INI}, [], "", SET),
        ({"tox.ini": "[tox]\n"}, [], "a/b", {}),
        ({"setup.cfg": INI}, [], "a/b", {}),
        ({"setup.cfg": "[tool:pytest]\ntestpaths = t\n"}, [], "", SET),
        ({"pytest.toml": ""}, [], "", {}),
        ({"pytest.toml": "pytest = 3\n"}, [], "", {}),
        ({".pytest.toml": '[pytest]\ntestpaths = ["t"]\n'}, [], "", SET),
        ({"pyproject.toml": ""}, [], "", {}),
        ({"pyproject.toml": "tool = 3\n", "tox.ini": INI}, [], "", SET),
        ({"pyproject.toml": "[tool.pytest]\n", "tox.ini": INI}, [], "", SET),
        ({"pyproject.toml": '[tool.pytest]\ntestpaths = ["t"]\n'}, [], "", SET),
        ({"pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = "t"\n'}, [], "", SET),
        ({"pyproject.toml": '[pytest]\ntestpaths = "t"\n'}, [], "", {}),
        ({"a/pyproject.toml": "", "pyproject.toml": ""}, [], "a", {}),
        ({"a/setup.py": ""}, [], "a", {}),
        ({"a/setup.py": "", "tox.ini": INI}, [], "", SET),
        ({"pytest.ini": INI, "tox.ini": "[pytest]\n"}, [], "", SET),
        # From what is named: the folder above all of it, and then each of it.
        ({"c/d/tox.ini": INI}, ["c/d/x.py"], "c/d", SET),
        ({"c/d/tox.ini": INI}, ["c/d", "c/e"], "c/d", SET),
        ({"c/tox.ini": INI, "c/d/pytest.ini": ""}, ["c/d", "c/e"], "c", SET),
        ({"a/tox.ini": INI}, ["c/d"], "", {}),
        ({}, ["a"], "a", {}),
        ({}, [""], "", {}),
    ],
)  # fmt: skip
def test_where_the_configuration_is(repository, files, places, root, values):
    known = repository({"a/b/x.py": "", "c/d/x.py": "", "c/e/x.py": "", **files})
    found = find_config(known, "a/b", places, None)
    assert found == PytestConfig(root=root, values=values)


def test_a_configuration_that_is_given_is_the_only_one(repository):
    known = repository({"a/tox.ini": INI, "a/x.cfg": "", "pytest.ini": ""})
    given = find_config(known, "", [], "a/tox.ini")
    assert given == PytestConfig(root="a", values=SET)
    assert find_config(known, "", [], "a/x.cfg").values == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [("pytest.ini", "broken"), ("pyproject.toml", "["), ("tox.ini", "[pytest]\naddopts = 'x\n")],
)
def test_a_configuration_that_is_broken(repository, name, text):
    with pytest.raises(ConfigError):
        find_config(repository({name: text}), "", [], None)


def test_settings_of_the_command_line_win():
    given = PytestConfig(root="a", values={"testpaths": ["t"], "addopts": ["-x"]})
    found = overridden(given, ["testpaths= u 'v w'", " testpaths = x", "addopts=", "other=1"])
    values = {"testpaths": ["u", "v w"], "addopts": []}
    assert found == PytestConfig(root="a", values=values)
    assert (found.get("testpaths"), found.get("python_functions")) == (["u", "v w"], ["test"])
    with pytest.raises(ConfigError):
        overridden(given, ["addopts='x"])


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("pytest b/x.py", [Start("a/b/x.py")]),
        ("pytest ..", [Start("")]),
        ("pytest 'b/x.py::T::test_a[1-2]'", [Start("a/b/x.py", ("T", "test_a"))]),
        ("pytest b/none.py ../../x", [Start(None), Start(None)]),
        ("pytest $X", [Start(None)]),
        ("pytest b/*.py", [Start("a/b/x.py"), Start("a/b/y.py")]),
        ("pytest b/*/", [Start("a/b/c")]),
        ("pytest b/*.py::test_a", [Start(None)]),
        ("pytest none/*.py", [Start(None)]),
    ],
)
def test_where_a_run_begins(repository, line, starts):
    known = repository(dict.fromkeys(["a/b/x.py", "a/b/y.py", "a/b/c/z.py", "a/b/.h.py"], ""))
    [command] = commands_of(line)
    assert starts_of(command.words[1:], "a", known) == starts


def test_a_pattern_is_expanded_level_by_level(repository):
    known = repository(dict.fromkeys(["a/x.py", "a/b/x.py", "a/.h/x.py", "a/.h.py", "x.py"], ""))
    assert expand_glob("a/*", known) == ["a/b", "a/x.py"]
    assert expand_glob("a/.*", known) == ["a/.h", "a/.h.py"]
    assert expand_glob("*/*/x.py", known) == ["a/b/x.py"]
    assert expand_glob("*.py", known) == ["x.py"]


TWICE = "?names a path inside another, which pytest 9 passes over"


@pytest.mark.parametrize(
    ("starts", "ignored", "values", "said"),
    [
        ([Start("")], {}, {}, ""),
        ([Start("a")], {}, {}, ""),
        ([Start("a/build/test_x.py")], {}, {}, ""),
        ([Start("b")], {}, {}, "does not collect a/t/test_x.py"),
        ([Start("a/t/test")], {}, {}, "does not collect a/t/test_x.py"),
        ([Start(None)], {}, {}, "?has a path that is not in the repository"),
        ([Start("b"), Start("a")], {}, {}, ""),
        ([Start("a/t/test_x.py", ("T",))], {}, {}, ""),
        ([Start("a/t/test_x.py", ("U",))], {}, {}, "runs only `U` of the file"),
        ([Start("a/t/test_x.py", ("T", "test_b"))], {}, {}, "runs only `T::test_b` of the file"),
        ([Start("")], {"ignored": ("a/t",)}, {}, "ignores a/t"),
        ([Start("")], {"ignored": ("a/t/test_x.py",)}, {}, "ignores a/t/test_x.py"),
        ([Start("a/t")], {"ignored": ("a",)}, {}, ""),
        ([Start("")], {"ignored": (None,)}, {}, "?ignores paths that are not known"),
        ([Start("")], {"ignored_globs": (None,)}, {}, "?ignores paths that are not known"),
        ([Start("")], {"ignored_globs": ("a/*",)}, {}, "ignores a/t (`a/*`)"),
        ([Start(""), Start("a/t/test_x.py")], {"ignored": ("a",)}, {}, TWICE),
        ([Start("a"), Start("a/t/test_x.py")], {}, {"python_files": ["y"]}, TWICE),
        ([Start("a"), Start("a/t/test_x.py")], {}, {}, ""),
        ([Start("")], {}, {"norecursedirs": ["t"]}, "does not enter a/t (`norecursedirs`)"),
        ([Start("")], {}, {"norecursedirs": ["a/t"]}, "does not enter a/t (`norecursedirs`)"),
        ([Start("")], {}, {"norecursedirs": ["/a"]}, "does not enter a (`norecursedirs`)"),
        ([Start("")], {}, {"norecursedirs": ["/t"]}, ""),
        ([Start("a/t")], {}, {"norecursedirs": ["a", "t"]}, ""),
        ([Start("")], {}, {"norecursedirs": ["test_x.py"]}, ""),
        ([Start("")], {}, {"python_files": ["check_*.py", "x"]}, "collects only files called check_*.py x"),
        ([Start("")], {}, {"python_files": ["t/*.py"]}, ""),
    ],
)  # fmt: skip
def test_what_the_walk_comes_to(starts, ignored, values, said):
    path = "a/build/test_x.py" if "build" in str(starts) else "a/t/test_x.py"
    given = {"ignored": (), "ignored_globs": (), **ignored}
    config = PytestConfig(root="", values=values)
    found = Collection(starts=tuple(starts), config=config, **given).collects(path, ("T", "test_a"))
    assert found.selected is {"": True, "?": None}.get(said[:1], False)
    assert found.reason == said.removeprefix("?")


def test_a_part_of_a_file_is_no_file():
    config = PytestConfig(root="")
    whole = Collection((Start("t.py", ("T",)),), config, (), ())
    assert whole.collects("t.py", None).reason == "runs a part of it"


@pytest.mark.parametrize(
    ("text", "settings", "names", "collected"),
    [
        ("def test_a(): ...", "", "test_a", True),
        ("def check_a(): ...", "", "check_a", None),
        ("def check_a(): ...", "python_functions = check", "check_a", True),
        ("def check_a(): ...", "python_functions = c*_a", "check_a", True),
        ("class TestA:\n    def test_a(self): ...", "", "TestA::test_a", True),
        ("class TestA:\n    def test_a(self): ...", "", "TestA", True),
        ("class Ring:\n    def test_a(self): ...", "", "Ring::test_a", None),
        ("class Ring:\n    def test_a(self): ...", "", "Ring", None),
        ("class Ring:\n    def test_a(self): ...", "python_classes = R", "Ring::test_a", True),
        ("class Ring:\n    class TestA:\n        def test_a(self): ...", "", "Ring::TestA", None),
        ("class Ring(unittest.TestCase):\n    def test_a(self): ...", "", "Ring::test_a", True),
        ("class Ring(unittest.TestCase):\n    def check_a(self): ...", "", "Ring::check_a", None),
    ],
)
def test_what_is_collected_of_a_file(repository, text, settings, names, collected):
    known = repository({"test_x.py": text, "pytest.ini": f"[pytest]\n{settings}\n"})
    every = definitions_in(known.read("test_x.py")).definitions
    [found] = [d for d in every if d.names == tuple(names.split("::"))]
    [command] = commands_of("pytest", directory="")
    subject = Subject(path="test_x.py", symbol=names, definition=found, language="python")
    answer = Selector(known).selects(command, subject)
    reason = "" if collected else "may not collect a test of that name"
    assert (answer.selected, answer.reason) == (collected, reason)
