"""The pre-commit hook and the GitHub action call commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from sphinx_arco_parity.cli.arguments import parse

TOP = Path(__file__).parent.parent.parent
HOOKS = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load(
    (TOP / ".github" / "actions" / "arco-parity" / "action.yml").read_text("utf-8")
)


@pytest.mark.parametrize("hook", HOOKS, ids=[one["id"] for one in HOOKS])
def test_a_hook_is_a_command_without_file_names(hook):
    program, *words = shlex.split(hook["entry"])
    assert program == "arco-parity"
    assert parse(words).command in {"check", "fix"}
    assert hook["pass_filenames"] is False


def test_the_steps_of_the_action_are_commands_with_the_inputs_in_the_environment():
    runs = [step["run"] for step in ACTION["runs"]["steps"]]
    commands = [line for run in runs for line in re.findall("arco-parity (?:check|diff) .+", run)]
    words = [
        re.split(r"\|\||;", line)[0]
        .replace('${DOCS:+"$DOCS"}', "docs")
        .replace('${SARIF:+"--format=sarif=$SARIF"}', "--format=sarif=a.sarif")
        .replace("$ARGUMENTS", "--strict")
        for line in commands
    ]
    check, diff = (parse(shlex.split(line)[1:]) for line in words)
    assert (check.paths, check.strict) == (["docs"], True)
    assert check.format == [("github", None), ("markdown", "$REPORT"), ("sarif", "a.sarif")]
    assert (diff.base, diff.revision) == ("$BASE", "docs")
    # What a user gives is never pasted into a script.
    assert not any("${{" in run for run in runs)
    assert all(step["shell"] == "bash" for step in ACTION["runs"]["steps"])
