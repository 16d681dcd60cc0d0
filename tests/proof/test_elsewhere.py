"""What is offered for a file or a name that is gone: only what would satisfy the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = "class Clock:\n    def tick(self): ...\n\nclass Bell:\n    def ring(self): ...\n"
FILES = {
    "src/clock.py": CLOCK,
    "src/motor.py": "def start(): ...\n",
    "lib/gear.py": "def turn(): ...\n",
    "lib/wheel.py": "def turn(): ...\n\nclass Wheel:\n    def ring(self): ...\n",
    "docs/turbine.py": "def blow(): ...\n",
    "tests/test_now.py": (
        "import pytest\n\ndef test_tick(): ...\n\n@pytest.mark.skip\ndef test_off(): ...\n"
    ),
    "src/notes.ex": "def spin do\nend\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def judge(root: Path, path: str, symbol: str | None, kind: str = "code") -> Verdict:
    evidence = Evidence(kind=kind, text=path, path=path, symbol=symbol)
    (said,) = Prover(Repository.open(root), Settings()).prove([evidence])
    return said


@pytest.mark.parametrize(
    ("path", "symbol", "place"),
    [
        ("src/moter.py", "tick", "src/clock.py:2"),
        ("engine/any.py", "tick", "src/clock.py:2"),
        ("lib/wheeel.py", "turn", "lib/wheel.py:1"),
        ("old/gear.py", "turn", "lib/gear.py:1"),
        ("src/any.py", "Bell.ring", "src/clock.py:5"),
        ("lib/any.py", "Wheel.ring", "lib/wheel.py:4"),
        ("src/motor.py", "tick", "src/clock.py:2"),
    ],
)
def test_the_symbol_decides_before_the_spelling(
    root: Path, path: str, symbol: str, place: str
) -> None:
    said = judge(root, path, symbol)
    assert said.help == f"cite {place}"
    assert place.partition(":")[0] in said.detail


@pytest.mark.parametrize(
    ("path", "symbol"),
    [
        ("src/moter.py", "nowhere"),  # no file has it
        ("src/mottor.py", "blow"),  # what the policy has not is no proof
        ("src/nots.ex", "nowhere"),
    ],
)
def test_no_file_is_offered_that_lacks_the_symbol(root: Path, path: str, symbol: str) -> None:
    said = judge(root, path, symbol)
    assert (said.rule, said.help) == ("evidence-not-found", "cite what proves it now")
    assert "did you mean" not in said.detail


def test_of_two_places_none_is_the_one(root: Path) -> None:
    said = judge(root, "src/any.py", "turn")
    assert said.help == "`turn` is in lib/gear.py:1, lib/wheel.py:1: cite the one that is meant"
    assert "did you mean" not in said.detail


def test_a_test_that_never_runs_is_not_offered(root: Path) -> None:
    assert judge(root, "tests/test_x.py", "test_tick", "test").help == "cite tests/test_now.py:3"
    assert judge(root, "tests/test_x.py", "test_off", "test").help == "cite what proves it now"


@pytest.mark.parametrize(
    ("path", "symbol", "guess"),
    [("src/mottor.py", None, "src/motor.py"), ("src/nots.ex", "spin", "src/notes.ex")],
)
def test_without_a_definition_to_look_for_the_nearest_path_is_offered(
    root: Path, path: str, symbol: str | None, guess: str
) -> None:
    said = judge(root, path, symbol)
    assert said.detail == f"{path} is not in the repository; did you mean {guess}?"


def test_a_path_that_the_policy_does_not_take_is_not_offered(root: Path) -> None:
    assert judge(root, "src/turbine.py", None).detail == "src/turbine.py is not in the repository"
