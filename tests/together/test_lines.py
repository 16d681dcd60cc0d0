"""The line of a finding, where directives of others stand around it, and in notebooks."""

from __future__ import annotations

import importlib.util
import itertools
import json

import pytest

from sphinx_arco_parity.extension.reading.notebooks import with_lines_of_file
from sphinx_arco_parity.model.records import (
    DocumentRecords,
    Evidence,
    Mention,
    ParityRow,
    Place,
)

pytestmark = pytest.mark.whole

_OUTER = ("{note}", "{admonition} T", "{container} x", "{tab-set}", "{dropdown} T")
_INNER = ("{note}", "{admonition} T")


def _nested(available):
    """Return Markdown of claims in directives in directives, each on a line of its own."""
    lines = ["# Nested", ""]
    after = ([], [""], [":class: x"], [":class: x", ""])
    numbers = itertools.count(1)
    for outer, begins, within in itertools.product(available, after, _INNER):
        inner = "{tab-item} A" if "tab-set" in outer else within
        number = next(numbers)
        lines += [
            *(f":::::{outer}", *begins, f"::::{inner}"),
            *(f"```{{parity-claim}} c{number}", "Nothing.", "", "{exception}`EX-200`"),
            *("```", "", f"{{exception}}`EX-{100 + number}`", "::::", ":::::", ""),
        ]
    return "\n".join([*lines, ""])


def _line_of(text, item):
    lines = text.split("\n")
    return next(n for n, line in enumerate(lines, 1) if item in line.replace("`", " "))


def test_directives_within_directives(site):
    made = site()
    design = importlib.util.find_spec("sphinx_design") is not None
    made.configure(
        ["myst_parser", "sphinx_arco_parity", *(["sphinx_design"] if design else [])],
        'myst_enable_extensions = ["colon_fence"]',
    )
    text = _nested(_OUTER if design else _OUTER[:3])
    made.write({"docs/nested.md": f"---\norphan: true\n---\n{text}"})
    made.track()
    data = made.build().data
    found = [one for one in data["findings"] if "nested" in one["path"]]
    claims = [n for n, line in enumerate(text.split("\n"), 4) if "{parity-claim}" in line]
    ids = [n for n, line in enumerate(text.split("\n"), 4) if "EX-1" in line]
    within = [n for n, line in enumerate(text.split("\n"), 4) if "EX-200" in line]
    assert len(claims) == len(ids) == (40 if design else 24)
    declared = [one["location"] for one in data["claims"]]
    assert [one["line"] for one in declared if "nested" in one["path"]] == claims
    assert [one["line"] for one in found if "EX-1" in one["message"]] == ids
    assert [one["line"] for one in found if "EX-200" in one["message"]] == within
    rules = {one["rule"] for one in found}
    assert rules == {"unknown-exception"}


def _notebook(*sources):
    cells = [{"cell_type": "code", "source": ["1\n", "x"], "outputs": ["text"]}]
    cells += [{"cell_type": "markdown", "source": one} for one in sources]
    for number, cell in enumerate(cells):
        cell |= {"metadata": {}, "id": f"i{number}"}
        if cell["cell_type"] == "code":
            cell |= {"execution_count": 1, "outputs": []}
    about = {"language_info": {"name": "python", "pygments_lexer": "python3"}}
    return {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}


_CELLS = (
    ["# Book\n", "\n", 'A "quoted" größe.\n', "text"],
    ["```{parity-claim} c\n", "Nothing.\n", "```\n", "\n", "{exception}`EX-81`"],
    "One string.\n\n{exception}`EX-82`",
    [
        "| Capability | Status | Code | Exceptions |\n",
        "|---|---|---|---|\n",
        "| a | Partial | `crates/arco-flow-core/src/lib.rs` | EX-01 |\n",
        '| "b" ü | Partial | `crates/gone.rs` | EX-83 |',
    ],
    ["```{parity-row} r\n", ":capability: x\n", ":status: Partial\n",
     ":code: `crates/gone.rs`\n", ":exceptions: EX-84\n", "```"],
)  # fmt: skip


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [1, None])
def test_a_notebook_of_myst_nb(site, ascii_only, indent):
    if importlib.util.find_spec("myst_nb") is None:
        pytest.skip("myst_nb is not installed: `tox -e together` does it")
    made = site()
    made.configure(["myst_nb", "sphinx_arco_parity"], 'nb_execution_mode = "off"')
    conf = (made.docs / "conf.py").read_text(encoding="utf-8")
    text = json.dumps(_notebook(*_CELLS), indent=indent, ensure_ascii=ascii_only)
    made.write(
        {
            "docs/conf.py": conf.replace('"parity/*-matrix"', '"parity/*-matrix", "book"'),
            "docs/book.ipynb": text,
        }
    )
    made.track()
    built = made.build()
    found = [one for one in built.data["findings"] if one["path"] == "docs/book.ipynb"]
    wanted = sorted(
        n
        for n, line in enumerate(text.split("\n"), 1)
        for mark in ("{parity-claim}", "EX-81", "EX-82", "EX-83", "EX-84", "gone.rs")
        for _ in range(line.count(mark))
    )
    assert sorted(one["line"] for one in found) == wanted
    assert {one["rule"] for one in found} == {
        "claim-without-exception",
        "evidence-not-found",
        "unknown-exception",
    }
    assert built.status == 1


def _records(*lines):
    mentions = tuple(
        Mention(
            role="exception",
            target="EX-1",
            docname="a",
            anchor="",
            place=Place(path="a.ipynb", line=line),
        )
        for line in lines
    )
    return DocumentRecords(docname="a", path="a.ipynb", mentions=mentions)


def _lines(text, *lines):
    placed = with_lines_of_file(_records(*lines), text)
    return [one.place.line for one in placed.mentions]


def test_cells_to_lines():
    cells = (["first\n", "second\n"], "all\nin one", ["first\n", "third"])
    text = json.dumps(_notebook(*cells), indent=1)

    def at(word):
        return [n for n, line in enumerate(text.split("\n"), 1) if word in line]

    (second,), (one,), (third,) = at("second"), at("in one"), at("third")
    assert _lines(text, 20_002, 20_003, 30_002, 30_003) == [
        second - 1,
        second,
        one,
        one,
    ]
    assert _lines(text, 40_002, 40_003) == [third - 1, third]
    # Past the end of a cell, and a line that is the file's own.
    assert _lines(text, 20_009, 7) == [second, 7]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "{", '{"cells": 3}', '{"cells": [3]}', '{"cells": [{}]}', "[" * 9999]
)  # fmt: skip
def test_what_is_no_notebook_has_one_line(text):
    assert _lines(text, 20_002, 3) == [1, 3]


def test_every_place_of_a_record_is_moved():
    text = json.dumps(_notebook(["a\n", "b\n"]), indent=1)
    place = Place(path="a.ipynb", line=20_003)
    other = Place(path="b.csv", line=20_003)
    evidence = Evidence(kind="code", text="x", path="x", at=20_002)
    row = ParityRow(
        id="r",
        docname="a",
        anchor="r",
        place=place,
        evidence=(evidence,),
        capability="x",
    )
    elsewhere = ParityRow(id="s", docname="a", anchor="s", place=other)
    records = DocumentRecords(docname="a", path="a.ipynb", rows=(row, elsewhere))
    first, second = with_lines_of_file(records, text).rows
    own = text.split("\n")
    assert own[first.place.line - 1].strip().startswith('"b')
    assert own[first.evidence[0].at - 1].strip().startswith('"a')
    assert second == elsewhere
