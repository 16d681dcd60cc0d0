"""Each `arco-parity` command in a code block is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sphinx_arco_parity.cli.arguments import parse

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(
    r"^`{3,}(?:console|sh|yaml|\{code-block\} yaml)\n(.*?)^`{3,}$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\s*(?:\$ |- run: |- )arco-parity (.+)$", re.MULTILINE)
COMMANDS = sorted(
    {
        (page.relative_to(DOCS).as_posix(), command)
        for page in DOCS.rglob("*.md")
        for block in _BLOCK.findall(page.read_text(encoding="utf-8"))
        for command in _COMMAND.findall(block)
    }
)


def test_there_are_commands():
    assert len(COMMANDS) > 10


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_command_is_taken(page, command):
    words = shlex.split(re.split(r" (?:>>?|\|) ", command)[0], comments=True)
    assert parse(words).command == words[0], page
