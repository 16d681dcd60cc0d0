"""Options in TOML: keys, lines, the words of messages, and what is written back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.settings.toml import (
    find_toml,
    in_toml,
    read_toml,
    toml_lines,
    toml_value,
)

OWN = Path("arco-parity.toml")
SHARED = Path("pyproject.toml")


def test_options_stand_without_their_prefix():
    read = read_toml('reference = "Beacon"\n\n[tables]\nmatrix = ["A.md"]\n', OWN)
    assert read.values == {"reference": "Beacon", "tables": {"matrix": ["A.md"]}}
    assert read.lines == {"reference": 1, "tables": 3}
    assert read.problems == ()


def test_in_pyproject_they_stand_in_a_table_of_their_own():
    text = '[project]\nreference = 1\n\n[tool.arco-parity]\nmilestone = "M1"\n\n[tool.arco-parity.tables]\n'
    read = read_toml(text, SHARED)
    assert (read.values, read.lines) == (
        {"milestone": "M1", "tables": {}},
        {"milestone": 5, "tables": 7},
    )
    assert read_toml('[project]\nname = "x"\n', SHARED) is None
    assert read_toml("[project\n", SHARED) is None


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("refrence", "reference"),
        ("required-evidence", "required_evidence"),
        ("parity_tables", "tables"),
        ("parity_milestone", "milestone"),
        ("tabels", "tables"),
    ],
)
def test_an_unknown_key_names_the_nearest(key, meant):
    read = read_toml(f'product = "x"\n{key} = 1\n', OWN)
    assert read.problems == ((key, f"is no option; did you mean `{meant}`?"),)
    assert read.lines[key] == 2
    assert key not in read.values


def test_a_key_that_is_like_no_option():
    assert read_toml("zzz = 1\n", OWN).problems == (("zzz", "is no option"),)


def test_a_file_that_is_no_toml_says_where():
    ((name, wrong),) = read_toml("a = 1\nb = \n", OWN).problems
    assert name == "arco-parity.toml"
    assert wrong.startswith("is no TOML: ")
    assert "line 2" in wrong


@pytest.mark.parametrize("text", ["a = " + "9" * 5000, "a = " + "[" * 5000, "a = 1979-99-99"])
def test_hostile_files_are_no_toml(text):
    assert read_toml(text, SHARED) is None
    ((_, wrong),) = read_toml(text, OWN).problems
    assert wrong.startswith("is no TOML: ")


def test_the_nearest_file_upwards(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    folders = [below, below.parent, tmp_path]
    assert find_toml(folders) is None
    (tmp_path / "arco-parity.toml").write_text('product = "top"\n')
    (below.parent / "pyproject.toml").write_text('[tool.other]\nx = "y"\n')
    assert find_toml(folders).path == tmp_path / "arco-parity.toml"
    (below.parent / "pyproject.toml").write_text('[tool.arco-parity]\nproduct = "a"\n')
    assert find_toml(folders).values == {"product": "a"}
    (below.parent / "arco-parity.toml").write_text('product = "own"\n')
    assert find_toml(folders).values == {"product": "own"}
    (below / "arco-parity.toml").write_bytes(b"\xff\xfe")
    unusable = ("arco-parity.toml", "cannot be read as text in UTF-8")
    assert find_toml(folders).problems == (unusable,)
    (below / "arco-parity.toml").unlink()
    (below / "arco-parity.toml").mkdir()
    assert find_toml(folders).problems == (unusable,)
    (below / "arco-parity.toml").rmdir()
    (below / "pyproject.toml").write_bytes(b"\xff\xfe")
    assert find_toml(folders).values == {"product": "own"}


def test_messages_name_options_as_toml_has_them():
    for text, said in (
        (
            '`parity_columns = {"matrix": {"Grade": "status"}}`',
            '`columns.matrix = { Grade = "status" }`',
        ),
        ('`parity_statuses = {"WIP now": …}`', '`statuses."WIP now" = "…"`'),
        ('`parity_statuses = {"a": "…", "b": …}`', '`statuses.a = "…", statuses.b = "…"`'),
        ("`parity_statuses = {broken`", "`statuses = {broken`"),
        ('with `parity_columns["matrix"]`', "with `columns.matrix`"),
        ("extend `parity_evidence`", "extend `evidence`"),
        ("a pattern of `parity_tables` matches", "a pattern of `tables` matches"),
        ("parity_other stays, as parity.json does", "parity_other stays, as parity.json does"),
    ):
        assert in_toml(text) == said


_VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"])) | st.booleans() | st.integers(-9, 9),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=8,
)


@given(_VALUES)
def test_what_is_written_is_read_back(value):
    lines = toml_lines("statuses", value)
    read = tomllib.loads("\n".join(lines))
    assert read == ({"statuses": value} if lines else {})


def test_a_character_that_json_leaves_as_it_is_and_toml_refuses_is_escaped():
    assert toml_value("a\x7fb") == '"a\\u007fb"'
