"""Tables kept in data files: every form gives the same rows, with their lines."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.declarations.data_files import DataFileError, read_rows

CELLS = (("id", "EX-1"), ("Capability", "Web UI"), ("ADRs", "1\n2"))


@pytest.mark.parametrize(
    ("suffix", "text", "line"),
    [
        (".csv", 'id,Capability,ADRs\nEX-1,Web UI,"1\n2"\n', 2),
        (".tsv", 'id\tCapability\tADRs\n\nEX-1\tWeb UI\t"1\n2"\n', 3),
        (".yaml", "# register\n- id: EX-1\n  Capability: Web UI\n  ADRs: [1, 2]\n", 2),
        (".yml", "EX-1:\n  Capability: Web UI\n  ADRs:\n  - 1\n  - 2\n", 1),
        (
            ".json",
            '[\n {"id": "EX-1", "Capability": "Web UI", "ADRs": ["1", "2"]}\n]',
            2,
        ),
        (".json", '{\n\n"EX-1": {"Capability": "Web UI", "ADRs": [1, 2]}}', 3),
    ],
)
def test_every_form_gives_the_same_row(suffix, text, line):
    (row,) = read_rows(text, suffix)
    assert row.cells == CELLS
    assert row.line == line


def test_lines_go_on_after_an_entry_of_several():
    text = 'id,Capability\n"EX\n1",a\nEX-2,b\n'
    assert [row.line for row in read_rows(text, ".csv")] == [2, 4]
    text = '[\n{"id":\n"a"},\n\n{"id": "b"}]'
    assert [row.line for row in read_rows(text, ".json")] == [2, 5]


def test_a_byte_order_mark_is_no_part_of_the_first_header():
    (row,) = read_rows("\ufeffid,Capability\nEX-1,UI\n", ".csv")
    assert row.cells[0] == ("id", "EX-1")


def test_merged_mappings_and_nothing():
    text = "base: &b {Type: Deferral}\nEX-1:\n  <<: *b\n  Owner: ~\n"
    assert read_rows(text, ".yaml")[1].cells == (
        ("id", "EX-1"),
        ("Type", "Deferral"),
        ("Owner", ""),
    )
    assert read_rows("", ".yaml") == []


@pytest.mark.parametrize(
    ("suffix", "text"),
    [(".yaml", "EX-1: {id: EX-9, a: b}\n"), (".json", '{"EX-1": {"id": "EX-9", "a": "b"}}')],
)
def test_the_key_of_an_entry_is_its_id_whatever_stands_in_it(suffix, text):
    assert read_rows(text, suffix)[0].cells == (("id", "EX-1"), ("a", "b"))


@pytest.mark.parametrize(
    ("value", "text"),
    [("7", "7"), ("1.5", "1.5"), ("true", "true"), ("null", ""), ('["x", 2, null]', "x\n2\n")],
)
def test_what_is_no_text_in_json_is_taken_as_it_is_written(value, text):
    assert read_rows(f'[{{"a": {value}}}]', ".json")[0].cells == (("a", text),)


@pytest.mark.parametrize(
    ("suffix", "text", "line", "said"),
    [
        (".csv", "a,b\n1,2\n1,2,3\n", 3, "has 3 cells where the header has 2"),
        (".csv", 'a,b\n"1\n', 2, "is no valid CSV"),
        (".yaml", "a: [1\n", 2, "is no valid YAML"),
        (".yaml", "just words\n", 1, "must hold a list of mappings"),
        (".yaml", "- a\n", 1, "must be a mapping"),
        (".yaml", "- {a: {b: 1}}\n", 1, "must be a text or a list of texts"),
        (".yaml", "- {a: 1, a: 2}\n", 1, "names `a` twice"),
        (".json", '[{"a": 1},\n]', 2, "is no valid JSON"),
        (".json", "3", 1, "must hold a list of mappings"),
        (".json", "[\n3]", 2, "must be a mapping"),
        (".json", '[{"a": 1, "a": 2}]', 1, "names `a` twice"),
        (".json", '[{"a": {"b": 1}}]', 1, "not nested"),
        (".toml", "", 1, "is no data file that can be read"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_line(suffix, text, line, said):
    with pytest.raises(DataFileError) as caught:
        read_rows(text, suffix)
    assert said in caught.value.reason
    assert caught.value.line == line


def test_an_alias_bomb_is_no_bomb():
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(DataFileError):
        read_rows("\n".join(lines), ".yaml")


TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=8)
ROWS = st.lists(st.tuples(TEXT, TEXT).filter(lambda t: any(x.strip() for x in t)), max_size=6)


@given(ROWS)
def test_what_is_written_is_read(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("id", "Capability"), *rows])
    assert [tuple(v for _, v in r.cells) for r in read_rows(buffer.getvalue(), ".csv")] == rows
    entries = [{"id": a, "Capability": b} for a, b in rows]
    dumped = json.dumps(entries, indent=1)
    assert [tuple(v for _, v in r.cells) for r in read_rows(dumped, ".json")] == rows


def _read_or_refused(text: str, suffix: str) -> list[int]:
    """Return the lines of the rows, or that of what is wrong."""
    try:
        return [row.line for row in read_rows(text, suffix)]
    except DataFileError as error:
        return [error.line]


@given(st.sampled_from([".csv", ".tsv", ".yaml", ".json"]), st.text(max_size=60))
def test_any_text_is_read_or_refused_at_a_line(suffix, text):
    assert all(line >= 1 for line in _read_or_refused(text, suffix))


def refusal(text, suffix=".yaml"):
    with pytest.raises(DataFileError) as caught:
        read_rows(text, suffix)
    return str(caught.value), caught.value.line


def test_what_is_nested_too_deeply_is_refused_at_its_line():
    deep = "- id: a\n- id: b\n- " + "[" * 200 + "]" * 200 + "\n"
    said, line = refusal(deep)
    assert "is nested too deeply" in said
    assert line == 3


def test_many_lists_one_after_the_other_are_not_nested():
    text = "".join(f"- id: EX-{n}\n  ADRs: [1, [2]]\n" for n in range(1))
    assert "must be a text or a list of texts, not nested" in refusal(text)[0]
    many = "".join(f"- id: EX-{n}\n  ADRs: [1, 2]\n" for n in range(300))
    assert len(read_rows(many, ".yaml")) == 300


def test_a_row_with_more_cells_than_headers_says_what_to_do():
    said, line = refusal("id,Capability\nEX-1,a\nEX-2,b,c\n", ".csv")
    assert "has 3 cells where the header has 2; quote a cell that holds the delimiter" in said
    assert line == 3
