"""The extension for VS Code can be read, and starts the command that there is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from sphinx_arco_parity.cli.arguments import parse

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
SETTING = "arco-parity.command"


def test_its_default_is_the_command():
    program, *words = MANIFEST["contributes"]["configuration"]["properties"][SETTING]["default"]
    assert program == "arco-parity"
    assert parse(words).command == "lsp"


def test_what_it_declares_is_in_its_code():
    code = (FOLDER / MANIFEST["main"]).read_text(encoding="utf-8")
    for command in MANIFEST["contributes"]["commands"]:
        assert f'"{command["command"]}"' in code
    assert f'"{SETTING}"' in code


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_its_code_is_javascript():
    subprocess.run(["node", "--check", MANIFEST["main"]], cwd=FOLDER, check=True)


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_it_packs_what_it_needs():
    packed = subprocess.run(
        ["npm", "pack", "--dry-run", "--json"], cwd=FOLDER, check=True, capture_output=True
    )
    (package,) = json.loads(packed.stdout)
    names = {file["path"] for file in package["files"]}
    assert names == {"extension.js", "package.json", "README.md", "LICENSE"}
