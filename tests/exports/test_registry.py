"""The list of formats and files, and how files are written."""

from __future__ import annotations

import os

import pytest

from sphinx_arco_parity.exports.presentation import Presentation, write_text
from sphinx_arco_parity.exports.registry import FILES, FORMATS, PUBLISHED


def test_names_of_the_contract():
    assert set(FORMATS) == {
        "text",
        "json",
        "github",
        "sarif",
        "junit",
        "gitlab",
        "markdown",
    }
    assert list(FILES) == [
        "parity.json", "parity.sarif", "exceptions.csv", "matrix.csv", "traceability.csv", "needs.json",
    ]  # fmt: skip
    assert {name: file for name, (file, _) in PUBLISHED.items()} == {
        "json": "parity.json",
        "badge": "parity-badge.svg",
    }


@pytest.mark.parametrize("name", [*FORMATS, *FILES])
def test_all_say_the_same_twice(sample, name):
    export = {**FORMATS, **FILES}[name]
    shown = Presentation(commit="0" * 40)
    assert export(sample, shown) == export(sample, shown) != ""


def test_published_are_those_of_the_builder(sample):
    shown = Presentation()
    assert PUBLISHED["json"][1](sample, shown) == FILES["parity.json"](sample, shown)
    assert PUBLISHED["badge"][1](sample, shown).startswith("<svg")


def test_writes_only_what_has_changed(tmp_path):
    path = tmp_path / "deep" / "a.json"
    assert write_text(path, "ü\n")
    assert path.read_bytes() == "ü\n".encode()
    os.utime(path, (1, 1))
    assert not write_text(path, "ü\n")
    assert path.stat().st_mtime == 1
    assert write_text(path, "b\r\n")
    assert path.read_bytes() == b"b\r\n"
    assert [one.name for one in path.parent.iterdir()] == ["a.json"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a"
    path.mkdir()
    (path / "kept").touch()
    with pytest.raises(OSError, match="a"):
        write_text(path, "x")
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_half_a_character_is_written_as_a_question_mark(tmp_path):
    assert write_text(tmp_path / "a", "\ud800")
    assert (tmp_path / "a").read_bytes() == b"?"
