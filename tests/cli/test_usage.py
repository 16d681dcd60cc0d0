"""What can be asked for without a project, and what cannot."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from sphinx_arco_parity.cli import main
from sphinx_arco_parity.cli.arguments import FORMATS
from sphinx_arco_parity.exports.registry import FORMATS as KNOWN
from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.schemas import schema

COMMANDS = ["check", "fix", "review", "diff", "history", "why", "explain"]
COMMANDS += ["init", "schema"]


def test_without_a_command_the_usage_is_wrong(cli):
    assert cli().status == 2


def test_an_unknown_command_is_wrong_usage(cli):
    done = cli("chekc")
    assert done.status == 2
    assert "chekc" in done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_names_the_exit_status(cli, command):
    done = cli(command, "--help")
    assert done.status == 0
    assert "3 the check could not run" in done.out


def test_the_version_is_told(cli):
    done = cli("--version")
    assert done.status == 0
    assert done.out.startswith("sphinx-arco-parity ")


def test_the_formats_offered_are_those_that_exist():
    assert tuple(KNOWN) == FORMATS


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--format", "yaml"),
        ("check", "--as-of", "tomorrow"),
        ("check", "a", "b"),
        ("history", "--limit", "0"),
        ("diff",),
        ("why",),
        ("review", "--soon"),
    ],
)
def test_wrong_options_are_wrong_usage(cli, words):
    done = cli(*words)
    assert done.status == 2
    assert done.out == ""
    assert done.err


def test_a_rule_is_explained(cli):
    done = cli("explain", "evidence-moved")
    assert done.status == 0
    assert done.out.startswith("# evidence-moved\n")
    assert "How to fix it" in done.out
    assert cli("explain", "parity.evidence-moved").out == done.out


def test_an_unknown_rule_is_wrong_usage_and_the_nearest_is_offered(cli):
    done = cli("explain", "evidence-movd")
    assert done.status == 2
    assert done.out == ""
    assert "did you mean `evidence-moved`?" in done.err


def test_without_a_rule_all_are_listed(cli, snapshot):
    done = cli("explain")
    assert done.status == 0
    assert [line.split()[0] for line in done.out.splitlines() if line[0] != " "] == [*RULE_NAMES]
    snapshot("explain.txt", done.out)


def test_the_schema_is_printed(cli):
    assert json.loads(cli("schema").out) == schema()
    assert json.loads(cli("schema", "lock").out) == schema("parity.lock")


def test_an_unknown_schema_is_wrong_usage(cli):
    assert cli("schema", "needs").status == 2


@pytest.mark.parametrize(
    "words", [["explain", "row-status"], ["schema"], ["--help"], ["check", "--help"]]
)
def test_what_needs_no_project_loads_no_sphinx(words):
    code = (
        "import sys; from sphinx_arco_parity.cli import main; "
        f"main({words!r}); "
        "loaded = {name.partition('.')[0] for name in sys.modules}; "
        "assert not loaded & {'sphinx', 'docutils', 'myst_parser', 'tree_sitter'}"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "sphinx_arco_parity", "explain", "nothing"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stdout == ""


def test_a_defect_of_ours_is_no_traceback_unless_asked_for(monkeypatch, capsys):
    def fail(_rule):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("sphinx_arco_parity.cli.explain.page", fail)
    assert main(["explain", "row-status"]) == 3
    assert "ZeroDivisionError: oh" in capsys.readouterr().err
    assert main(["explain", "row-status", "--traceback"]) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "x", "--\x1b[31m"],
        ["explain", "\x1b[31m"],
        ["explain", "\x1b[31m", "--traceback"],
    ],
)
def test_a_word_of_the_command_line_commands_no_terminal(words, capsys):
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert "\\u001b[31m" in said or "\\x1b[31m" in said


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("history",), "docs/parity.history.json"),
        (("history", "--output", "out.json"), "out.json"),
        (("review", "--all", "--by", "Ada"), "docs/parity.lock.json"),
        (("check", "--write-baseline", "known.json"), "known.json"),
        (("check", "--output", "report.txt"), "report.txt"),
    ],
    ids=str,
)
def test_nothing_is_written_through_a_link_that_leads_out(cli, project, tmp_path, words, path):
    outside = tmp_path / "outside"
    link = project.root / path
    link.symlink_to(outside)
    done = cli(*words)
    assert not outside.exists()
    if link.is_symlink():
        assert done.status in {1, 3}
        assert "leads out of the repository" in done.err
        # Within the repository the link stays, and what it leads to is written.
        link.unlink()
        (project.root / "real").touch()
        link.symlink_to(project.root / "real")
        cli(*words)
        assert link.is_symlink()


def test_a_git_that_fails_is_no_wrong_usage(cli, project, monkeypatch):
    assert cli("diff", "no-such").status == 2
    monkeypatch.setenv("PATH", str(project.root))
    done = cli("diff", "HEAD")
    assert (done.status, "the program `git` is not" in done.err) == (3, True)


@pytest.mark.parametrize("option", ["--by", "--note"])
def test_what_is_no_text_is_wrong_usage(cli, project, option):
    done = cli("review", "--all", "--by", "Ada", option, "caf\udce9")
    assert (done.status, "is no UTF-8 text" in done.err) == (2, True)
    assert not (project.docs / "parity.lock.json").exists()
