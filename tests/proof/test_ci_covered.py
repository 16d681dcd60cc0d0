"""A bare command that no step is: verified where steps run all the tests that it selects."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

FILES = {
    "Cargo.toml": '[package]\nname = "flow"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": "#[cfg(test)]\nmod tests {\n    #[test]\n    fn folds() {}\n}\n",
    "tests/flows.rs": "#[test]\nfn tick_once() {}\n\n#[test]\nfn tick_twice() {}\n",
    "tests/made.rs": "make_tests! { ripple_one, ripple_two }\n",
    "checks/test_feed.py": "def test_feed():\n    assert True\n\n\ndef test_drain():\n    assert True\n",
    "slow/test_slow.py": "def test_slow():\n    assert True\n",
}
CI = ".github/workflows/ci.yml"


@pytest.fixture
def judge(tmp_path):
    """Return a function that judges a bare command where CI has *steps*."""

    def made(command, *steps, on="pull_request"):
        runs = "".join(f"      - run: {step}\n" for step in steps)
        workflow = f"on: {on}\njobs:\n  go:\n    runs-on: ubuntu-latest\n    steps:\n{runs}"
        for name, text in {**FILES, CI: workflow}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        cited = Evidence(kind="ci", text=command, path="", command=command)
        return Prover(Repository.open(tmp_path), Settings()).prove([cited])[0]

    return made


@pytest.mark.parametrize(
    ("command", "steps"),
    [
        ("cargo test --test flows tick_once", ["cargo test --test flows -- --test-threads=4"]),
        ("cargo test --test flows", ["cargo test"]),
        ("cargo test tick", ["cargo test --all-targets"]),
        ("cargo test tick", ["cargo test tick_once", "cargo test tick_twice"]),
        ("pytest checks/test_feed.py::test_feed", ["pytest checks"]),
        ("pytest checks -k feed", ["ruff check", "pytest"]),
        ("python -m pytest checks", ["pytest checks/test_feed.py"]),
    ],
)
def test_all_its_tests_are_run(judge, command, steps):
    said = judge(command, *steps)
    assert (said.name, said.rule) == ("verified", None), said
    assert f"of `{command}`" in said.detail
    assert (
        f"job `go` of {CI} runs `{steps[-1] if steps[0] == 'ruff check' else steps[0]}`"
        in said.detail
    )


@pytest.mark.parametrize(
    ("command", "steps", "hint"),
    [
        ("cargo test --test flows", ["cargo test --lib"], ""),
        ("cargo test tick", ["cargo test tick_once"], ""),
        ("pytest slow", ["pytest checks --ignore=slow"], ""),
        ("cargo test --test gone", ["cargo test"], ", which selects no test"),
        ("cargo test no_such_thing", ["cargo test"], ", which selects no test"),
        ("pytest checks/test_gone.py", ["pytest checks"], ", which selects no test"),
        ("pytest checks -k no_such_name", ["pytest checks"], ", which selects no test"),
        ("pytest checks/test_feed.py::test_lost", ["pytest checks"], ", which selects no test"),
    ],
)
def test_some_test_is_run_by_nothing_or_there_is_none(judge, command, steps, hint):
    said = judge(command, *steps)
    assert (said.name, said.rule) == ("not-found", "ci-command-not-found"), said
    assert said.detail == f"no workflow runs `{command}`{hint}"


@pytest.mark.parametrize(
    ("command", "steps", "on"),
    [
        ("cargo test --test flows", ["invoke check", "cargo test --lib"], "pull_request"),
        ("cargo test ripple", ["cargo test"], "pull_request"),
        ("cargo test --doc", ["cargo test"], "pull_request"),
        ("cargo test --test flows -- --unheard", ["cargo test"], "pull_request"),
    ],
)
def test_what_cannot_be_told_is_unknown(judge, command, steps, on):
    assert (judge(command, *steps, on=on).name) == "unknown"


def test_what_holds_up_no_pull_request_covers_nothing(judge):
    said = judge("cargo test --test flows", "cargo test", on="workflow_dispatch")
    assert said.name != "verified"
    said = judge("cargo test --test flows", "cargo test || true")
    assert said.name != "verified"
