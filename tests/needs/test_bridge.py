"""Declarations as needs: seen by needtable, filters, roles and needs.json."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING

import pytest
from sphinx.cmd.build import main

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("sphinx_needs")

CONF = """
project = "Flow"
extensions = ["sphinx_needs", "sphinx_arco_parity"]
parity_repository = ".."
needs_build_json = True
needs_reproducible_json = True
"""

INDEX = """
Parity
======

.. parity-exception:: EX-01
   :capability: Web UI
   :decision: Deferred
   :type: Deferral
   :adrs: 1

   Because.

.. parity-row:: tick
   :capability: Ticks
   :status: Exception
   :exceptions: EX-01

.. parity-claim:: ticks
   :exceptions: EX-01
   :rows: tick

   Ticks match.

.. toctree::

   shown
"""

SHOWN = """
Needs
=====

.. needtable::
   :types: parity_exception, parity_row, parity_claim
   :columns: id, title, type, parity_exceptions
   :style: table

See :need:`EXCEPTION_EX_01`.

.. req:: Uses a row
   :id: R_001
   :links: ROW_TICK
"""

ADR = "# 1. Assets first\n\n## Status\n\nAccepted\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "docs/conf.py": CONF,
        "docs/index.rst": INDEX,
        "docs/shown.rst": SHOWN,
        "adr/0001-assets.md": ADR,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def build(root: Path, builder: str = "html", *more: str) -> tuple[int, str, str]:
    """Return the exit status, the pages that were written, and the log."""
    out, err = io.StringIO(), io.StringIO()
    arguments = ["-b", builder, "--no-color", *more, str(root / "docs")]
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        status = main([*arguments, str(root / "out" / builder)])
    return status, out.getvalue(), err.getvalue()


def page(root: Path, name: str, builder: str = "html") -> str:
    return (root / "out" / builder / name).read_text(encoding="utf-8")


def test_declarations_are_in_a_table_of_needs(root):
    status, _, log = build(root, "html", "-W", "--keep-going")
    assert (status, log) == (0, "")
    shown = page(root, "shown.html")
    for need in ("EXCEPTION_EX_01", "ROW_TICK", "CLAIM_TICKS"):
        assert f'href="index.html#{need}"' in shown
        assert f'id="{need}"' in page(root, "index.html")
    assert "Web UI" in shown


def test_links_lead_to_the_page_with_folders_too(root):
    assert build(root, "dirhtml", "-j", "2")[0] == 0
    shown = page(root, "shown/index.html", "dirhtml")
    links = set(re.findall(r'href="([^"]*#EXCEPTION_EX_01)"', shown))
    assert {one.rpartition("#")[0] for one in links} == {"../"}


def test_needs_json_holds_them_with_their_links(root):
    assert build(root)[0] == 0
    data = json.loads(page(root, "needs.json"))
    needs = data["versions"][data["current_version"]]["needs"]
    assert needs["ROW_TICK"]["type"] == "parity_row"
    assert needs["ROW_TICK"]["parity_exceptions"] == ["EXCEPTION_EX_01"]
    assert needs["EXCEPTION_EX_01"]["parity_adrs"] == ["ADR_0001"]
    assert needs["CLAIM_TICKS"]["parity_rows"] == ["ROW_TICK"]
    assert needs["R_001"]["links"] == ["ROW_TICK"]


def test_a_page_of_needs_is_written_again_when_a_declaration_changes(root):
    assert build(root)[0] == 0
    again = build(root)[1]
    assert "writing output... [" not in again
    index = root / "docs" / "index.rst"
    index.write_text(INDEX.replace("Web UI", "Browser UI"), encoding="utf-8")
    assert build(root)[0] == 0
    assert "Browser UI" in page(root, "shown.html")


def test_an_undeclared_exception_still_fails(root):
    index = root / "docs" / "index.rst"
    wrong = INDEX.replace(
        ":exceptions: EX-01\n\n.. parity-claim", ":exceptions: EX-09\n\n.. parity-claim"
    )
    index.write_text(wrong, encoding="utf-8")
    first, second = build(root), build(root)
    assert [one[0] for one in (first, second)] == [1, 1]
    assert "[parity.unknown-exception]" in second[2]


def test_without_sphinx_needs_nothing_of_it_is_imported(tmp_path):
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_arco_parity"]\n')
    (tmp_path / "index.rst").write_text("Title\n=====\n")
    code = (
        "import sys; from sphinx.cmd.build import main;"
        f"status = main(['-q', '-b', 'dummy', {str(tmp_path)!r}, {str(tmp_path / 'o')!r}]);"
        "print(status, [m for m in sys.modules if m.startswith('sphinx_needs')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0 []"
