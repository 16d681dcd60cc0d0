"""What the matrix of the documentation says of us and no other room's tests show."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sphinx.util.inventory import InventoryFile

REGISTER = """\
# Register

```{parity-exception} EX-01
:capability: Web UI
:decision: Deferred
:type: Deferral
```
"""
ROW = """\
# Row

```{parity-row} web-ui
:capability: Web UI
:status: Exception
:exceptions: EX-01
```
"""
INDEX = """\
# Index

```{parity-table} exceptions
```

```{toctree}
register
row
```
"""


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "conf.py").write_text(
        'project = "Flow"\nextensions = ["myst_parser", "sphinx_arco_parity"]\n'
    )
    for name, text in (("register", REGISTER), ("row", ROW), ("index", INDEX)):
        (folder / f"{name}.md").write_text(text)
    return folder


def build(docs, *words):
    """Return (exit status, log) of ``sphinx-build`` with *words*."""
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", *words, str(docs), str(docs / "_build")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout


def test_a_dangling_link_fails_without_w_and_again_when_nothing_changed(docs):
    (docs / "row.md").write_text(ROW.replace("EX-01", "EX-404"))
    first = build(docs)
    assert first == build(docs)
    assert first[0] == 1
    assert f"{docs}/row.md:6: ERROR: row web-ui: cites `EX-404`" in first[1]


def test_a_table_follows_what_another_page_says(docs):
    assert build(docs) == (0, "")
    (docs / "register.md").write_text(REGISTER.replace("Web UI", "Web console"))
    build(docs)
    assert "Web console" in (docs / "_build/index.html").read_text()


def test_an_untouched_page_loses_its_backlink(docs):
    build(docs)
    register = docs / "_build/register.html"
    assert "row.html#" in register.read_text()
    (docs / "row.md").write_text(ROW.replace("exceptions: EX-01", "owner: Ada"))
    build(docs)
    assert "row.html#" not in register.read_text()


def test_objects_are_in_the_inventory(docs):
    build(docs)
    with (docs / "_build/objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda _, path: path)
    assert "EX-01" in inventory["parity:exception"]
    assert "web-ui" in inventory["parity:row"]


@pytest.mark.parametrize(("builder", "file"), [("text", "index.txt"), ("latex", "*.tex")])
def test_other_builders_show_the_table(docs, builder, file):
    assert build(docs, "-b", builder) == (0, "")
    (shown,) = (docs / "_build").glob(file)
    assert "EX-01" in shown.read_text()
    assert "Deferral" in shown.read_text()


def test_reading_in_parallel_gives_the_same_bytes(docs):
    for number in range(6):
        text = REGISTER.replace("EX-01", f"EX-1{number}").replace("Reg", f"{number}Reg")
        (docs / f"more-{number}.md").write_text(text)
    (docs / "index.md").write_text(INDEX.replace("row\n", "row\nmore-0\nmore-1\nmore-2\n"))
    build(docs, "-b", "parity", "-E")
    alone = (docs / "_build/parity.json").read_bytes()
    build(docs, "-b", "parity", "-E", "-j", "4")
    assert (docs / "_build/parity.json").read_bytes() == alone
    assert b"EX-15" in alone
