"""``arco-parity why``: chains of a small project."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["same-schedules"], "why-claim.txt"),
        (["ticks"], "why-row.txt"),
        (["exception:EX-02"], "why-exception.txt"),
    ],
)
def test_the_chain_down_to_the_evidence(cli, snapshot, words, name):
    done = cli("why", *words)
    assert done.status == 0
    snapshot(name, done.out)


def test_what_is_wrong_hangs_where_it_is(cli, project, snapshot):
    project.change("docs/matrix.md", "`test_tick`", "`test_tock`")
    project.change("docs/index.md", "EX-01", "EX-11")
    done = cli("why", "same-schedules")
    assert done.status == 1
    snapshot("why-wrong.txt", done.out)


def test_an_unknown_id_is_wrong_usage_and_the_nearest_is_offered(cli):
    done = cli("why", "same-schedule")
    assert done.status == 2
    assert done.out == ""
    assert "did you mean `same-schedules`?" in done.err


def test_a_prefix_names_the_kind(cli):
    assert "the row `EX-01` is not declared" in cli("why", "row:EX-01").err
    assert cli("why", "row:EX-01").status == 2


@pytest.mark.parametrize(
    ("path", "citing"),
    [
        ("src/flow.py", ["row ticks", "row backfills"]),
        ("tests/test_flow.py", ["row ticks"]),
        (".github/workflows/ci.yml", ["row ticks"]),
        ("src", ["row ticks", "row backfills"]),
        ("docs/index.md", []),
    ],
)
def test_a_file_is_told_with_what_cites_it(cli, path, citing):
    done = cli("why", path)
    assert done.status == 0
    first, *rest = done.out.splitlines()
    assert first == path
    told = [line[3:] for line in rest if line.startswith(("├─ ", "└─ "))]
    assert [" ".join(line.split()[:2]) for line in told] == (citing or ["nothing cites"])


def test_a_file_that_is_cited_wrongly_fails(cli, project):
    project.change("docs/matrix.md", "`test_tick`", "`test_tock`")
    done = cli("why", "tests/test_flow.py")
    assert done.status == 1
    assert "test `tests/test_flow.py:4` (`test_tock`): not-found" in done.out


def test_the_tests_that_an_exception_excuses_hang_below_it(cli, project):
    project.write(
        "tests/test_ui.py",
        'import pytest\n\n\n@pytest.mark.skip(reason="EX-01: no page yet")\ndef test_ui(): ...\n',
    )
    project.write("tests/known.txt", "# EX-01\ntests/test_ui.py::test_ui[a]\n")
    project.change(
        "docs/conf.py",
        "parity_milestone =",
        'parity_expected_failures = ["tests/*.txt"]\nparity_milestone =',
    )
    project.git("add", "-A")
    told = cli("why", "EX-01").out
    assert "test tests/test_ui.py::test_ui[a]: expected-failure (tests/known.txt:2)" in told
    assert "test test_ui: disabled (tests/test_ui.py:5)" in told
    assert '@pytest.mark.skip(reason="EX-01: no page yet")' in told
    document = json.loads(cli("check", "--format", "json").out)
    assert document["exceptions"][0]["marks"] == [
        {
            "path": "tests/known.txt",
            "line": 2,
            "test": "tests/test_ui.py::test_ui[a]",
            "reason": "EX-01",
        },
        {
            "path": "tests/test_ui.py",
            "line": 5,
            "test": "test_ui",
            "reason": '@pytest.mark.skip(reason="EX-01: no page yet")',
        },
    ]
