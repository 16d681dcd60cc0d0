"""Columns, fixes and groups in the formats that hosting sites read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sphinx_arco_parity.exports.github import github, gitlab
from sphinx_arco_parity.exports.markdown import markdown
from sphinx_arco_parity.exports.parity_json import parity_document
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.sarif import sarif
from sphinx_arco_parity.model.records import Fix, Place

ROW = "| 🟢 `tick` | Done | `a.py:4` (`tick`) |"
SHOWN = Presentation(source_line=lambda _path, line: ROW if line == 7 else None)


@pytest.fixture
def moved(with_findings, finding):
    """Return an assessment with one finding about the evidence of :data:`ROW`."""
    return with_findings(
        finding(
            rule="evidence-moved",
            message="row tick: `tick` is not at line 4 of a.py; it is at line 9",
            help="write a.py:9",
            place=Place(path="docs/a.md", line=7),
            written=("`a.py:4` (`tick`)", 0),
            column=2,
            fix=Fix(path="a.py", new_path="a.py", file="a.py", line=4, new_line=9),
        )
    )


def test_json_counts_characters_from_one(moved):
    document = parity_document(moved, commit=None, source_line=SHOWN.source_line)
    (entry,) = document["findings"]
    at = ROW.index("`tick`)") + 2
    assert (entry["column"], entry["end_line"], entry["end_column"]) == (at, 7, at + 4)


def test_nothing_is_said_of_columns_that_are_not_known(moved):
    (entry,) = parity_document(moved, commit=None)["findings"]
    assert (entry["line"], entry["column"], entry["end_column"]) == (7, None, None)
    assert "col=" not in github(moved, Presentation())


def test_sarif_counts_as_utf_16_does_and_has_the_fix(moved):
    (result,) = json.loads(sarif(moved, SHOWN))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    at = ROW.index("`tick`)") + 2
    assert region == {"startLine": 7, "startColumn": at + 1, "endLine": 7, "endColumn": at + 5}
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"]["text"] == "`a.py:9` (`tick`)"
    utf16 = ROW.encode("utf-16-le")
    deleted = replacement["deletedRegion"]
    start, end = (2 * (deleted[name] - 1) for name in ("startColumn", "endColumn"))
    assert utf16[start:end].decode("utf-16-le") == "`a.py:4` (`tick`)"


def test_sarif_offers_no_fix_that_it_cannot_place(moved):
    (result,) = json.loads(sarif(moved, Presentation()))["runs"][0]["results"]
    assert "fixes" not in result


def test_sarif_offers_no_fix_that_breaks_a_table(moved):
    border = f"+{'-' * (len(ROW) - 1)}+"  # the circle is two columns wide
    for line, count in ((9, 1), (10, 0)):
        fix = replace(moved.findings[0].fix, new_line=line)
        found = replace(moved, findings=(replace(moved.findings[0], fix=fix),))
        shown = Presentation(source_line=lambda _, line: {6: border, 7: ROW}.get(line))
        (result,) = json.loads(sarif(found, shown))["runs"][0]["results"]
        assert len(result.get("fixes", ())) == count


def test_annotations_and_code_quality_have_columns(moved):
    at = ROW.index("`tick`)") + 2
    assert f"::warning file=docs/a.md,line=7,col={at},endColumn={at + 4}," in github(
        moved, SHOWN
    ).replace("::error", "::warning")
    (issue,) = json.loads(gitlab(moved, SHOWN))
    assert issue["location"] == {
        "path": "docs/a.md",
        "positions": {"begin": {"line": 7, "column": at}, "end": {"line": 7, "column": at + 4}},
    }
    (issue,) = json.loads(gitlab(moved, Presentation()))
    assert issue["location"] == {"path": "docs/a.md", "lines": {"begin": 7}}


def test_one_cause_is_told_once_to_people(with_findings, finding):
    found = with_findings(
        *(
            finding(
                message=f"row {line}: old/{line}.py is gone",
                place=Place(path="docs/a.md", line=line),
                cause="old/",
            )
            for line in range(1, 31)
        )
    )
    lines = github(found, Presentation()).splitlines()
    assert len(lines) == 1
    assert "and 29 more for the same reason: docs/a.md:2, 3, 4" in lines[0]
    table = [line for line in markdown(found, Presentation()).splitlines() if "old/" in line]
    assert len(table) == 1
    assert "and 29 more for the same reason" in table[0]
    # Programs that hold findings against a diff need each of them.
    assert len(json.loads(gitlab(found, Presentation()))) == 30
