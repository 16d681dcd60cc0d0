"""The reference page shows what the commands really print."""

from __future__ import annotations

import json
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


def test_the_problem_matcher_finds_each_finding():
    """In the output that the page shows of ``check``."""
    blocks = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (block,) = [block for block in blocks if "problemMatcher" in block]
    (pattern,) = json.loads(block)["problemMatcher"][0]["pattern"]
    (shown,) = [output for command, output in SHOWN if command == "arco-parity check"]
    found = re.findall(pattern["regexp"], shown, re.MULTILINE)
    assert [(path, line, severity, rule) for path, line, severity, _, rule in found] == [
        ("docs/exceptions.md", "5", "info", "exception-uncited"),
        ("docs/index.md", "4", "error", "unknown-exception"),
        ("docs/matrix.md", "5", "warning", "evidence-moved"),
        ("docs/matrix.md", "5", "error", "test-not-found"),
    ]
    assert found[1][3] == "claim same-schedules: cites `EX-11`, which is not declared"
