"""Python is read as a tree: nothing is said, nothing is opened, nothing is too deep."""

from __future__ import annotations

import ast
import sys
import warnings

import pytest

from sphinx_arco_parity.repository.python_text import parse_python


def test_a_module_is_a_tree():
    tree = parse_python("import pytest\n")
    assert tree is not None
    assert isinstance(tree.body[0], ast.Import)


@pytest.mark.parametrize("text", ["def (", "\0", "(" * 5000, "-" * 100_000 + "1", "'\\ud800' '"])
def test_what_is_no_python_is_nothing(text):
    assert parse_python(text) is None


def test_escapes_that_python_dislikes_are_not_spoken_of():
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert parse_python("a = '\\d'\n1 is 1\n") is not None
    assert said == []


def test_no_file_is_opened_for_a_text_with_an_error(tmp_path, monkeypatch):
    """Python looks for the line in a file of the text's name, here of nobody's."""
    monkeypatch.chdir(tmp_path)
    opened = []

    def hook(event, arguments):
        if event == "open" and watching:
            opened.append(arguments[0])

    watching = True
    sys.addaudithook(hook)
    parse_python("def (")
    watching = False
    assert [path for path in opened if path] == []
