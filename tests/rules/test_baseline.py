from __future__ import annotations

import json

import pytest

from sphinx_arco_parity.assessment.baseline import (
    BaselineError,
    apply_baseline,
    baseline_text,
    parse_baseline,
    read_baseline,
    write_baseline,
)
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import Place


def found(item="tick", line=9, **more):
    given = {
        "rule": "row-status",
        "severity": Severity.ERROR,
        "message": f"row {item}: the status is wrong",
        "help": "",
        "place": Place(path="docs/matrix.md", line=line),
        "item": item,
    }
    return Finding(**{**given, **more})


def test_a_baseline_is_sorted_json_with_a_finding_a_line():
    text = baseline_text([found("tock"), found("tick")])
    tick, tock = found("tick").id, found("tock").id
    assert text == (
        "[\n"
        f'  {{"id": "{tick}", "rule": "row-status", "path": "docs/matrix.md", '
        '"item": "tick"},\n'
        f'  {{"id": "{tock}", "rule": "row-status", "path": "docs/matrix.md", '
        '"item": "tock"}\n'
        "]\n"
    )


def test_a_baseline_without_findings():
    assert json.loads(baseline_text([])) == []
    assert parse_baseline(baseline_text([])) == ()


def test_what_fails_nothing_or_cannot_be_excused_is_left_out():
    given = [
        found(severity=Severity.INFO),
        found(severity=Severity.OFF),
        found(rule="configuration"),
        found(rule="ignore-unused"),
        found(rule="baseline-outdated"),
    ]
    assert baseline_text(given) == "[]\n"


def test_what_is_written_is_read(tmp_path):
    file = tmp_path / "known.json"
    write_baseline(file, [found("tick"), found("Zürich")])
    entries = read_baseline(file)
    assert [(one.item, one.line, one.rule, one.path) for one in entries] == [
        ("Zürich", 2, "row-status", "docs/matrix.md"),
        ("tick", 3, "row-status", "docs/matrix.md"),
    ]
    assert file.read_bytes().count(b"\r") == 0


def test_lines_are_found_however_the_file_is_laid_out():
    entries = json.loads(baseline_text([found("tick"), found("tock")]))
    assert [one.line for one in parse_baseline(json.dumps(entries))] == [1, 1]
    assert [one.line for one in parse_baseline(json.dumps(entries, indent=2))] == [3, 9]


def test_known_findings_become_info_wherever_they_stand():
    known = parse_baseline(baseline_text([found()]))
    graded, gone = apply_baseline([found(line=80), found("tock")], known)
    assert [one.severity for one in graded] == ["info", "error"]
    assert gone == []


def test_a_second_finding_of_the_same_words_is_new():
    known = parse_baseline(baseline_text([found()]))
    graded, _ = apply_baseline([found(), found(line=10)], known)
    assert [one.severity for one in graded] == ["info", "error"]
    known = parse_baseline(baseline_text([found(), found(line=10)]))
    graded, _ = apply_baseline([found(), found(line=10)], known)
    assert [one.severity for one in graded] == ["info", "info"]


def test_entries_whose_finding_is_gone():
    known = parse_baseline(baseline_text([found("tick"), found("tock")]))
    _, gone = apply_baseline([found("tick")], known)
    assert [(one.item, one.line) for one in gone] == [("tock", 3)]


def test_a_rule_that_is_off_stays_off():
    known = parse_baseline(baseline_text([found()]))
    graded, gone = apply_baseline([found(severity=Severity.OFF)], known)
    assert ([one.severity for one in graded], gone) == (["off"], [])


def test_no_baseline_excuses_the_configuration():
    entry = found(rule="configuration")
    known = parse_baseline(json.dumps([{"id": entry.id, "rule": "x", "path": "y", "item": "z"}]))
    graded, gone = apply_baseline([entry], known)
    assert [one.severity for one in graded] == ["error"]
    assert len(gone) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no JSON: Expecting value in line 1"),
        ("[\n  {\n]", "is no JSON: Expecting property name enclosed in double quotes"),
        ("{}", "must be a list of objects with the texts `id`, `rule`, `path`, `item`"),
        ('[{"id": 3}]', "must be a list of objects"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_what_is_no_baseline(text, why):
    with pytest.raises(BaselineError) as caught:
        parse_baseline(text)
    assert str(caught.value).startswith(why)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(BaselineError, match=r"^does not exist$"):
        read_baseline(tmp_path / "none.json")
    with pytest.raises(BaselineError, match=r"^cannot be read: "):
        read_baseline(tmp_path)
    (tmp_path / "latin.json").write_bytes(b'["\xe9"]')
    with pytest.raises(BaselineError, match=r"^is no text in UTF-8$"):
        read_baseline(tmp_path / "latin.json")


def test_each_entry_of_one_id_stands_on_its_own_line_and_all_are_gone_together():
    text = baseline_text([found(line=3), found(line=5), found(line=7)])
    known = parse_baseline(text)
    assert [entry.line for entry in known] == [2, 3, 4]
    graded, gone = apply_baseline([found(line=9)], known)
    assert [item.severity for item in graded] == [Severity.INFO]
    assert [entry.line for entry in gone] == [3, 4]


def test_an_entry_whose_id_is_escaped_stands_on_the_first_line():
    entry = json.loads(baseline_text([found()]))[0]
    text = json.dumps([{**entry, "id": "ä"}])
    assert [known.line for known in parse_baseline("\n\n" + text)] == [1]


def test_names_are_written_as_they_are_read():
    assert '"item": "Zürich"' in baseline_text([found("Zürich")])
