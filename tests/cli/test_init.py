"""``arco-parity init`` in projects of several kinds; each result builds."""

from __future__ import annotations

import json

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_arco_parity.cli.conf_text import ConfText

MD_CONF = 'project = "Flow"\nextensions = ["myst_parser"]\n'

MATRIX = """\
# How far we are

| # | Dagster Capability | Status | Proof Level | Rust Code | Tests |
|---|---|---|---|---|---|
| 1 | Ticks | done | unit | `src/flow.py` | `tests/test_flow.py` |
| 2 | Sensors | 🚧 WIP | smoke | - | - |

```text
| Capability | Status | Tests |
|---|---|---|
| not | a | row |
```
"""
REGISTER = """\
Left out
========

.. list-table::
   :header-rows: 1

   * - ID
     - Capability
     - Type
     - Revisit
   * - D-1
     - Web UI
     - Won't do
     - M3
"""


def build(docs, out):
    """Build with Sphinx as a user does; return the status."""
    with docutils_namespace():
        app = Sphinx(docs, docs, out / "html", out / "tree", "html", warningiserror=True)
        app.build()
    return app.statuscode


def test_a_project_in_markdown_gets_a_page_that_builds(cli, empty, tmp_path, snapshot):
    empty.write("docs/conf.py", MD_CONF)
    empty.write("docs/index.md", "# Flow\n")
    shown = cli("init", "--site", "--dry-run", cwd=empty.root)
    assert shown.status == 0
    snapshot("init.txt", shown.out)
    assert empty.read("docs/conf.py") == MD_CONF
    assert not (empty.docs / "parity.md").exists()

    done = cli("init", "--site", cwd=empty.root)
    assert (done.status, done.out) == (0, shown.out)
    assert (empty.docs / "parity.md").exists()
    assert build(empty.docs, tmp_path) == 0
    checked = cli("check", "--strict", cwd=empty.root)
    assert checked.status == 0
    assert "1 exception, 2 rows" in checked.out

    again = cli("init", "--site", cwd=empty.root)
    assert (again.status, again.out) == (0, "")
    assert "nothing to do" in again.err


def test_a_project_in_restructured_text(cli, empty, tmp_path):
    empty.write("docs/conf.py", 'project = "Flow"\r\nhtml_theme = "alabaster"\r\n')
    empty.write("docs/index.rst", "Flow\n====\n")
    assert cli("init", "--site", cwd=empty.root).status == 0
    conf = empty.read("docs/conf.py")
    assert conf.count("\r\n") == conf.count("\n")
    assert build(empty.docs, tmp_path) == 0
    assert "1 exception, 2 rows" in cli("check", "--strict", cwd=empty.root).out


def test_what_is_there_is_found_and_not_asked_for(cli, empty, tmp_path):
    empty.write("conf.py", 'extensions = ["myst_parser"]\nexclude_patterns = ["drafts"]\n')
    empty.write("index.md", "# x\n\n```{toctree}\nparity/how-far\nleft-out\n```\n")
    empty.write("parity/how-far.md", MATRIX)
    empty.write("drafts/old.md", MATRIX)
    empty.write("left-out.rst", REGISTER)
    empty.write("pyproject.toml", '[project]\nname = "flow-of-things"\n')
    empty.write("design/decisions/0001-ticks.md", "# Ticks\n\nStatus: Accepted\n")
    empty.write("src/flow.py", "x = 1\n")
    empty.write("tests/test_flow.py", "def test_x(): ...\n")
    empty.write("conf.py", empty.read("conf.py").replace('"drafts"', '"drafts", "design"'))
    empty.commit()
    done = cli("init", cwd=empty.root)
    assert done.status == 0
    said = {}
    exec(empty.read("conf.py"), said)  # noqa: S102 - the configuration that we wrote
    assert said["extensions"] == ["myst_parser", "sphinx_arco_parity"]
    assert said["parity_product"] == "flow-of-things"
    assert said["parity_reference"] == "Dagster"
    assert said["parity_tables"] == {
        "exceptions": ["left-out"],
        "matrix": ["parity/how-far"],
    }
    assert said["parity_statuses"] == {"done": "Implemented", "🚧 WIP": "Partial"}
    assert said["parity_exception_types"][-1] == "Won't do"
    assert said["parity_proof_levels"][-1] == "smoke"
    assert said["parity_required_evidence"] == {"Implemented": ["tests"]}
    assert said["parity_required_fields"] == {"exceptions": ["capability", "type"]}
    assert said["parity_evidence"] == {"adr": ["design/decisions/**"]}
    assert said["parity_milestones"] == ["M1", "M2", "M3"]
    report = json.loads(cli("check", "--format", "json", cwd=empty.root).out)
    assert report["summary"]["findings"]["error"] == 0
    assert report["summary"]["rows"]["Implemented"] == 1
    assert build(empty.root, tmp_path) == 0


def test_a_status_that_nobody_can_guess_is_left_to_the_user(cli, empty):
    empty.write("conf.py", MD_CONF)
    empty.write("index.md", MATRIX.replace("🚧 WIP", "blue"))
    done = cli("init", "--dry-run", cwd=empty.root)
    assert "what do these statuses mean: `blue` (1)?" in done.err


def test_tables_that_are_only_shown_are_no_declarations(cli, empty):
    shown = "````markdown\n```{parity-matrix}\n| Capability | Status | Code |\n"
    shown += "|---|---|---|\n| x | Fancied | - |\n```\n````\n\n"
    empty.write("conf.py", MD_CONF)
    empty.write("index.md", f"# x\n\n{shown}")
    empty.write("after.md", shown + MATRIX)
    empty.write("code.md", shown.replace("````markdown", "````{code-block} markdown"))
    done = cli("init", "--dry-run", cwd=empty.root)
    assert '"matrix": ["after"]' in done.out
    assert "Fancied" not in done.out + done.err


def test_settings_and_files_that_are_there_stay(cli, empty):
    empty.write("conf.py", MD_CONF + 'parity_reference = "Airflow"\n')
    empty.write("index.md", "# x\n")
    empty.write("parity.md", "mine\n")
    assert cli("init", "--site", cwd=empty.root).status == 0
    assert empty.read("parity.md") == "mine\n"
    assert empty.read("conf.py").count("parity_reference") == 1
    assert (empty.root / "parity-register.md").exists()


@pytest.mark.parametrize("text", ["def (", "\xff"])
def test_a_configuration_that_cannot_be_read_is_left_alone(cli, empty, text):
    empty.write("conf.py", text.encode("latin-1"))
    done = cli("init", cwd=empty.root)
    assert done.status == 3
    assert empty.root.joinpath("conf.py").read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("extensions = []\n", 'extensions = ["sphinx_arco_parity"]\n'),
        ("extensions = ['a']\n", "extensions = ['a', \"sphinx_arco_parity\"]\n"),
        (
            "extensions = ['é', 'a',]\n",
            "extensions = ['é', 'a', \"sphinx_arco_parity\",]\n",
        ),
        (
            'extensions = [\n  "a",  # one, two\n]\n',
            'extensions = [\n  "a",  # one, two\n  "sphinx_arco_parity",\n]\n',
        ),
        (
            'extensions = [\r\n  "a"  # one\r\n]\r\n',
            'extensions = [\r\n  "a",  # one\r\n  "sphinx_arco_parity",\r\n]\r\n',
        ),
        (
            'extensions = [\n    "a",\n    "b"]\n',
            'extensions = [\n    "a",\n    "b"]\n\nextensions = [*extensions, "sphinx_arco_parity"]\n',
        ),
        (
            "extensions = base + ['a']\n",
            "extensions = base + ['a']\n\nextensions = [*extensions, \"sphinx_arco_parity\"]\n",
        ),
        (
            "extensions = ['a']\nif 1:\n    extensions = ['b']",
            "extensions = ['a']\nif 1:\n    extensions = ['b']\n\nextensions = [*extensions, \"sphinx_arco_parity\"]\n",
        ),
        ("x = 1\n", 'x = 1\n\nextensions = ["sphinx_arco_parity"]\n'),
        ("", 'extensions = ["sphinx_arco_parity"]\n'),
    ],
)
def test_our_name_comes_into_the_list(before, after):
    grown = ConfText(before).with_extension()
    assert grown is not None
    assert grown.text == after


@pytest.mark.parametrize("text", ["from base import *\n", "for extensions in (): pass\n"])
def test_where_the_list_cannot_be_seen_it_is_left(text):
    assert ConfText(text).with_extension() is None
