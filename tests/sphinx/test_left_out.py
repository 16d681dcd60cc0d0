"""What a build leaves out (``only``, ``ifconfig``) declares nothing in it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.whole

CONF = """
extensions = ["sphinx.ext.ifconfig", "sphinx_arco_parity"]
parity_tables = {"matrix": ["index"]}
parity_required_evidence = {}
def setup(app):
    app.add_config_value("edition", "small", "env")
"""
PAGE = """
Matrix
======

=========== =========== ================
Capability  Status      Code
=========== =========== ================
Ticks       Implemented ``conf.py``
=========== =========== ================

.. only:: draft

   =========== =========== ================
   Capability  Status      Code
   =========== =========== ================
   Drafts      Implemented ``gone.py``
   =========== =========== ================

   .. parity-claim:: draft-claim

      It matches.

   :parity-row:`nowhere`

.. ifconfig:: edition == "large"

   .. parity-row:: sizes
      :capability: Sizes
      :status: Implemented
      :code: ``lost.py``

.. parity-row:: last
   :capability: Last
   :status: Implemented
   :code: ``conf.py``
"""


@pytest.fixture
def build(tmp_path):
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.rst").write_text(PAGE)

    def run(*options):
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-q", "-b", "parity", *options, ".", "out"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        data = json.loads((tmp_path / "out/parity.json").read_text())
        rows = [row["capability"] for row in data["rows"]]
        rules = [finding["rule"] for finding in data["findings"] if finding["severity"] == "error"]
        return done.returncode, rows, sorted(rules)

    return run


def test_in_one_build_and_not_in_the_next(build):
    small = (0, ["Ticks", "Last"], [])
    draft = (
        1,
        ["Ticks", "Drafts", "Last"],
        ["claim-without-exception", "evidence-not-found", "unknown-row"],
    )
    assert build() == small
    assert build("-t", "draft") == draft
    assert build("-t", "draft") == draft
    assert build() == small


def test_by_configuration(build):
    assert build("-D", "edition=large") == (1, ["Ticks", "Sizes", "Last"], ["evidence-not-found"])
    assert build() == (0, ["Ticks", "Last"], [])


def test_a_build_without_pages_judges_what_html_shows(build, tmp_path):
    page = (tmp_path / "index.rst").read_text()
    (tmp_path / "index.rst").write_text(page.replace("only:: draft", "only:: html and not latex"))
    assert build()[1] == ["Ticks", "Drafts", "Last"]


def test_what_stands_in_other_files_is_left_out_too(build, tmp_path):
    part = "\n.. only:: draft\n\n   .. include:: part.txt\n\n   .. parity-matrix::\n      :file: m.csv\n"
    (tmp_path / "index.rst").write_text(PAGE + part)
    row = ".. parity-row:: more\n   :capability: More\n   :status: Implemented\n"
    (tmp_path / "part.txt").write_text(row)
    (tmp_path / "m.csv").write_text("Capability,Status,Code\nData,Implemented,lost.py\n")
    assert build() == (0, ["Ticks", "Last"], [])
    assert {"More", "Data"} < set(build("-t", "draft")[1])


def test_a_pipe_table_knows_the_lines_of_its_header_alone(build, tmp_path):
    conf = CONF.replace("extensions = [", 'extensions = ["myst_parser", ')
    (tmp_path / "conf.py").write_text(conf)
    table = "| Capability | Status | Code |\n| - | - | - |\n| {} | Implemented | `{}.py` |\n"
    draft = "```{only} draft\n" + table.format("Drafts", "gone") + "```\n\n"
    (tmp_path / "index.rst").unlink()
    (tmp_path / "index.md").write_text("# M\n\n" + draft + table.format("Ticks", "conf"))
    assert build() == (0, ["Ticks"], [])
    assert build("-t", "draft") == (1, ["Drafts", "Ticks"], ["evidence-not-found"])
