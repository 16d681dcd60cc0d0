"""A field is declared once: what is made from its entry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_arco_parity
from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME
from sphinx_arco_parity.model.fields import FIELDS, KINDS, fields_of, ordered
from sphinx_arco_parity.model.records import (
    EVIDENCE_KINDS,
    ParityException,
    ParityRow,
    Place,
)
from sphinx_arco_parity.review.digests import exception_digest, row_digest
from sphinx_arco_parity.schemas import schema

RECORDS = {"exceptions": ParityException, "matrix": ParityRow}
DIGESTS = {"exceptions": exception_digest, "matrix": row_digest}

#: Builds a project in which each kind has one more field, which is declared here alone.
BUILD = """
import sys
from sphinx_arco_parity.model import fields

fields.FIELDS += (
    fields.Field(
        name="blast-radius", kinds=fields.KINDS, label="Blast Radius",
        headers=("Blast Radius", "Impact"), option="Whom it hits.", card=True,
        exported=True, digest=True,
    ),
)
from sphinx.cmd.build import main

sys.exit(main(["-q", "-W", "-b", sys.argv[1], "docs", sys.argv[1]]))
"""

PAGE = """# Parity

| ID | Capability | Decision | Type | Impact |
|---|---|---|---|---|
| EX-01 | Tick | Never | Permanent | all **pilots** |

```{parity-row} fly
:capability: Fly
:status: Planned
:blast-radius: nobody yet
```

```{parity-table} exceptions
:columns: id, blast-radius
```
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("field")
    (root / "docs").mkdir()
    (root / "docs/conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_arco_parity"]\n'
        'parity_tables = {"exceptions": ["index"]}\n'
    )
    (root / "docs/index.md").write_text(PAGE)
    (root / "build.py").write_text(BUILD)
    package = str(Path(sphinx_arco_parity.__file__).parents[1])
    for builder in ("html", "parity"):
        subprocess.run(
            [sys.executable, "build.py", builder],
            cwd=root,
            env={**os.environ, "PYTHONPATH": package},
            check=True,
        )
    return root


def test_a_header_and_an_option_lead_to_parity_json(project):
    document = json.loads((project / "parity/parity.json").read_text())
    assert [one["blast_radius"] for one in document["exceptions"]] == ["all pilots"]
    assert [row["blast_radius"] for row in document["rows"]] == ["nobody yet"]
    assert document["exceptions"][0]["fields"] == {}


def test_it_is_a_column_of_the_csv_files(project):
    header, line = (project / "parity/exceptions.csv").read_text().splitlines()
    assert dict(zip(header.split(","), line.split(","), strict=True))["blast_radius"] == (
        "all pilots"
    )
    assert "blast_radius" in (project / "parity/matrix.csv").read_text()


def test_it_is_a_column_of_tables_and_a_line_of_cards(project):
    page = (project / "html/index.html").read_text()
    assert '<th class="head parity-col-blast-radius" scope="col"><p>Blast Radius' in page
    assert "<dt>Blast Radius</dt>" in page.replace(' class="field-even"', "").replace(
        ' class="field-odd"', ""
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_digest_of_a_review_covers_what_its_entry_says(kind):
    def record(**fields):
        return RECORDS[kind](
            id="x", docname="p", anchor="x", place=Place(path="p.md", line=1), **fields
        )

    for field in fields_of(kind):
        if field.key in {"adrs", "evidence", "id"} or not field.declared:
            continue
        if not hasattr(record(), field.key) or field.key == "exceptions":
            continue
        differs = DIGESTS[kind](record(**{field.key: "other"})) != DIGESTS[kind](record())
        assert differs is field.digest, field.name


@pytest.mark.parametrize("kind", KINDS)
def test_every_exported_field_is_in_the_schema(kind):
    name = {"exceptions": "exception", "matrix": "row"}[kind]
    properties = schema("parity")["$defs"][name]["properties"]
    exported = {field.key for field in fields_of(kind) if field.exported and not field.evidence}
    assert exported - set(properties) == set()


@pytest.mark.parametrize(
    ("kind", "directive"),
    [("exceptions", "parity-exception"), ("matrix", "parity-row")],
)
def test_options_are_the_fields_that_have_one_and_what_is_required_comes_first(kind, directive):
    options = SHAPES_BY_NAME[directive].options
    assert {o.name for o in options} == {f.name for f in fields_of(kind) if f.option}
    required = [option.required for option in options]
    assert required == sorted(required, reverse=True)


def test_no_name_stands_twice_for_one_kind_of_table():
    for kind in KINDS:
        names = [field.name for field in fields_of(kind)]
        assert sorted(names) == sorted(set(names))
        assert {f.name for f in ordered(kind)} == set(names)


def test_evidence_is_of_a_kind_that_there_is():
    kinds = {field.evidence for field in FIELDS} - {""}
    assert kinds <= {*EVIDENCE_KINDS, "any"}
