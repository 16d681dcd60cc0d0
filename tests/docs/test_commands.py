"""Each `arco-parity` command on a page, in a block or in a sentence, is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sphinx_arco_parity.cli.arguments import parse

ROOT = Path(__file__).parents[2]
_COMMAND = re.compile(
    r"^\s*(?:\$ |- run: |- |entry: )?arco-parity ([a-z].+)$|`arco-parity ([a-z][^`]+)`",
    re.MULTILINE,
)
COMMANDS = sorted(
    {
        (page.relative_to(ROOT).as_posix(), alone or within)
        for page in (*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"))
        if page.name != "CHANGELOG.md"
        for alone, within in _COMMAND.findall(page.read_text(encoding="utf-8"))
        if "[" not in alone
    }
)


def test_there_are_commands():
    assert len(COMMANDS) > 50


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_command_is_taken(page, command):
    command = command.replace("DATE", "2026-06-01")
    words = shlex.split(re.split(r" (?:>>?|\|) ", command)[0], comments=True)
    assert parse(words).command == words[0], page
