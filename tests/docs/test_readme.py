"""What README.md shows is what a reader gets."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .conftest import Shell

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind, number=0):
    """Return the text of the block of code *number* of *kind*."""
    found = re.findall(rf"^(`{{3,}}){kind}\n(.*?)^\1$", README, re.MULTILINE | re.DOTALL)
    return found[number][1]


@pytest.fixture
def shell(tmp_path, programs):
    folder = tmp_path / "your-repository"
    folder.mkdir()
    shell = Shell(folder, programs)
    shell.run("git init -q")
    return shell


def test_the_finding_is_what_is_printed(shell):
    ignored = shutil.ignore_patterns("_build", "target")
    shutil.copytree(ROOT / "examples/arco-flow", shell.folder, dirs_exist_ok=True, ignore=ignored)
    matrix = (shell.folder / "docs/parity/dagster-parity-matrix.md").read_text(encoding="utf-8")
    for cell in block("markdown").strip("| \n").split(" | "):
        assert cell in matrix
    graph = shell.folder / "crates/arco-flow-core/tests/graph.rs"
    text = graph.read_text(encoding="utf-8")
    graph.write_text(text.replace("plan_puts_upstream_first", "plan_puts_upstreams_first"))
    output = shell.run("git add -A -f . && arco-parity check docs")
    assert shell.status == 1
    assert block("text") in output


def test_three_lines_check_a_repository_without_configuration(shell):
    install, enter, check = block("shell").splitlines()
    assert install == "pip install sphinx-arco-parity"
    assert enter == f"cd {shell.folder.name}"
    table = "# Feature parity\n\n| Feature | Status | Code |\n|---|---|---|\n| A | ✅ | `a.py` |\n"
    (shell.folder / "FEATURE_PARITY.md").write_text(table, encoding="utf-8")
    output = shell.run(f"git add . && {check}")
    assert shell.status == 1
    assert "FEATURE_PARITY.md:5: error: row a: a.py is not in the repository" in output


def test_two_lines_set_a_project_up(shell):
    pages = {
        "conf.py": block("python"),
        "audits/exceptions.md": "# E\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
        "| EX-03 | Web UI | Deferred | Deferral |\n",
        "parity/my-matrix.md": "# M\n\n| Capability | Status |\n|---|---|\n| Web | Planned |\n",
        "index.md": f"# I\n\n{block('markdown', 1)}\n```{{toctree}}\n:glob:\n\n**\n```\n",
    }
    for name, text in pages.items():
        path = shell.folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert shell.run("git add . && sphinx-build -q -n -W docs _build") == ""
    assert '"EX-03"' in shell.run("sphinx-build -q -b parity docs _p && cat _p/parity.json")


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", README))
def test_a_link_leads_to_a_file(link):
    assert (ROOT / link).exists()
