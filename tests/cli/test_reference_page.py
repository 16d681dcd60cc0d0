"""The reference page shows what the commands really print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_arco_parity.cli.arguments import make_parser

HERE = Path(__file__).parent
PAGE = (HERE.parent.parent / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ (.+)\n([\s\S]*?)^```$(?=\n\n|\n\Z)", PAGE, re.MULTILINE)
KEPT = {file.read_text(encoding="utf-8").rstrip("\n") for file in (HERE / "snapshots").iterdir()}


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[one for one, _ in SHOWN])
def test_an_output_is_one_that_was_printed(command, output):
    assert command.startswith("arco-parity ")
    assert output.rstrip("\n") in KEPT


def test_every_command_and_option_is_described():
    commands = make_parser()._subparsers._group_actions[0].choices
    for name, parser in commands.items():
        section = PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
        for action in parser._actions:
            for option in action.option_strings:
                common = {"-h", "--help", "-v", "--verbose", "--traceback"}
                common |= {"-c", "--conf-dir", "-t", "--tag", "-D", "--define"}
                assert option in common or option in section, (name, option)
