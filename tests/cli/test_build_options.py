"""``-c``, ``-t`` and ``-D``: every command builds as ``sphinx-build`` is told to."""

from __future__ import annotations

import json

import pytest

from sphinx_arco_parity.cli.arguments import make_parser

BUILDING = ("check", "fix", "review", "diff", "history", "why", "results")


@pytest.fixture
def apart(project):
    """The project with ``conf.py`` in a folder of its own, and a reference that has moved."""
    conf = project.read("docs/conf.py") + (
        "if tags.has('strict'):\n    parity_rules = {'evidence-moved': 'error'}\n"
    )
    (project.docs / "conf.py").unlink()
    project.write("etc/sphinx/conf.py", conf)
    project.commit()
    project.change("src/flow.py", "annotations\n", "annotations\n\n\nimport os\n\n")
    return project


CONF = ("docs", "-c", "etc/sphinx")


def test_the_configuration_may_lie_in_another_folder(cli, apart):
    assert cli("check", *CONF).status == 0
    assert cli("why", "ticks", *CONF).status == 0
    assert cli("fix", *CONF).out.endswith("rewrote 2 references in 1 file\n")
    assert cli("review", *CONF, "--all", "--by", "Ada").status == 0
    assert (
        "etc/sphinx/parity.lock.json: reviewed"
        in cli("review", "--all", "--by", "Bob", *CONF, "EX-01").out
    )
    assert sorted(path.name for path in (apart.root / "etc/sphinx").iterdir()) == [
        "conf.py",
        "parity.lock.json",
    ]
    apart.change("docs/matrix.md", "| Planned", "| Designed")
    assert "`sensors`" in cli("diff", "HEAD", *CONF, "--strict").out
    apart.commit()
    assert cli("diff", "HEAD~2", *CONF).err == "HEAD~2 has no documentation there: all is new\n"
    assert cli("history", *CONF).status == 0
    rows = json.loads(apart.read("etc/sphinx/parity.history.json"))["rows"]
    # The first commit had its configuration elsewhere.
    assert [step[2] for step in rows["sensors"]] == ["Planned", "Designed"]
    assert not (apart.docs / "parity.history.json").exists()


def test_a_configuration_outside_of_the_repository_is_the_same_at_all_times(
    cli, apart, tmp_path_factory
):
    outside = tmp_path_factory.mktemp("conf")
    (apart.root / "etc/sphinx/conf.py").rename(outside / "conf.py")
    apart.change("docs/matrix.md", "| Planned", "| Designed")
    done = cli("diff", "HEAD~1", "docs", "-c", str(outside))
    assert "`sensors` Sensors: Planned → Designed" in done.out


def test_tags_and_overrides_reach_the_build_of_today_and_of_then(cli, apart):
    assert cli("check", *CONF, "-t", "strict").status == 1
    assert cli("check", *CONF, "--tag", "other").status == 0
    assert cli("check", *CONF, "-D", "parity_rules.evidence-moved=error").status == 1
    assert cli("check", *CONF, "-t", "strict", "-D", "parity_rules.evidence-moved=off").status == 0
    assert cli("check", *CONF).status == 0
    apart.commit()
    # Then it was an error too: nothing is new, unless only one side were told.
    for words in ((), ("-t", "strict"), ("--define", "parity_rules.evidence-moved=error")):
        done = cli("diff", "HEAD", *CONF, "--strict", *words)
        assert (done.status, "Nothing has changed" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("docs", "-c", "nowhere"), "there is no conf.py in nowhere"),
        (("docs", "-c", "docs"), "there is no conf.py in docs"),
        (("nowhere", "-c", "etc/sphinx"), "there is no file or folder nowhere"),
        (("-c", "etc/sphinx"), "arco-parity check docs -c etc/sphinx"),
        ((*CONF, "-D", "language"), "write it as NAME=VALUE"),
        ((*CONF, "-D", "=de"), "write it as NAME=VALUE"),
    ],
)
@pytest.mark.usefixtures("apart")
def test_wrong_usage(cli, words, said):
    done = cli("check", *words)
    assert (done.status, said in done.err) == (2, True), done.err


def test_every_command_that_builds_has_them():
    commands = make_parser()._subparsers._group_actions[0].choices
    for name, parser in commands.items():
        options = {option for action in parser._actions for option in action.option_strings}
        assert ({"-c", "-t", "-D"} <= options) is (name in BUILDING), name
