"""A field that is declared in its entry alone goes from a table to every output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_arco_parity

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
