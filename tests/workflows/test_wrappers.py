from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.shell import commands_of
from sphinx_arco_parity.repository.shell.wrappers import unwrap


def unwrapped(text):
    [command] = commands_of(text)
    return unwrap(command)


@pytest.mark.parametrize(
    "text",
    [
        "pytest tests",
        "uv run pytest tests",
        "uv run --locked --extra dev --python 3.12 pytest tests",
        "uv run --with=x -m pytest tests",
        "uv --quiet run -- pytest tests",
        "poetry run pytest tests",
        "poetry -C sub run python -m pytest tests",
        "pdm run pytest tests",
        "hatch run test:pytest tests",
        "hatch -e py run pytest tests",
        "pipenv run pytest tests",
        "python -m pytest tests",
        "python3.12 -W error -Im pytest tests",
        "$PYTHON -m pytest tests",
        "py -3 -m pytest tests",
        "coverage run --source x -m pytest tests",
        "python -m coverage run --branch -m pytest tests",
        "xvfb-run -a -s '-screen 0' pytest tests",
        "time timeout -k 5 60 nice -n 10 pytest tests",
        "env -u A B=c pytest tests",
        "sudo -E -u me D=e pytest tests",
        "rtk pytest tests",
        "mise exec python@3 -- pytest tests",
        "nix develop .#ci --command pytest tests",
        "conda run -n env --no-capture-output pytest tests",
        "rustup run nightly pytest tests",
    ],
)
def test_wrappers_come_off(text):
    found = unwrapped(text)
    assert [word.text for word in found.command.words] == ["pytest", "tests"]
    assert found.sure


def test_an_option_that_is_not_known_leaves_doubt():
    assert not unwrapped("uv run --new-option pytest tests").sure


def test_environment_and_folder_of_a_wrapper_count():
    found = unwrapped("env PYTEST_ADDOPTS=-x uv run --directory sub pytest").command
    assert found.variable("PYTEST_ADDOPTS") == "-x"
    assert found.directory == "sub"


@pytest.mark.parametrize("text", ["uv sync", "env", "python script.py", "timeout", "uv run"])
def test_what_wraps_nothing_stays(text):
    assert " ".join(w.text for w in unwrapped(text).command.words) == text
