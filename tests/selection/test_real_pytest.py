"""Our selection against what the real pytest collects, on generated command lines."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

from sphinx_arco_parity.repository.selection import Selector
from sphinx_arco_parity.repository.shell import commands_of

pytestmark = pytest.mark.long

PATHS = {
    "python": [
        "",
        "",
        "tests",
        "tests/unit tests/slow",
        "tests/test_schedule.py",
        "./tests/unit/",
        "tests/*.py",
        "tests/unit/*_test.py tests/generated",
        "tests/test_schedule.py::TestSchedule",
        "tests/test_schedule.py::TestSchedule::TestInner::test_py_inner",
        "tests/test_schedule.py::test_py_tick tests/unit",
        "'tests/unit/test_params.py::test_py_param[one]'",
        "tests/unit/helpers.py",
        "scripts",
        ".",
        "..",
        "../services/api",
    ],
    "": [
        "",
        "python/tests services",
        "python/tests/unit",
        "services/api/checks",
        "python",
        "python services",
    ],
    "services/api": ["", "checks", "checks/check_old.py tests", "tests", "."],
    "services": ["", "api", "../python/tests", "api/tests"],
    "python/tests/unit": ["", "..", "test_params.py", "../slow ."],
}
KEYWORDS = [
    "",
    "",
    "",
    "-k tick",
    "-k 'not slow'",
    "-k 'TestSchedule and not network'",
    "-k 'py_tick or PARAM'",
    "-k test_schedule",
    "-k '(unit or inner) and not (case or plain)'",
    "-k one",
    "-k ''",
    "-kclock",
    "-k tests",
]
MARKS = [
    "",
    "",
    "",
    "-m slow",
    "-m 'not slow'",
    "-m 'slow and not network'",
    "-m unit",
    "-m 'unit or network'",
]
OTHERS = [
    "",
    "",
    "",
    "--ignore tests/unit",
    "--ignore=tests/test_schedule.py",
    "--ignore-glob='*_test.py'",
    "--ignore-glob 'tests/u*'",
    "--deselect tests/test_schedule.py::TestSchedule",
    "--deselect tests/unit/test_params.py::test_py_param",
    "--deselect=python/tests/test_schedule.py",
    "-o testpaths=scripts",
    "-o python_files='*.py'",
    "-o addopts=",
    "-p no:cacheprovider",
    "-xvs --tb=short -n0",
    "--cov flow_py --cov-report=term",
    "--rootdir=.",
    "-c pyproject.toml",
    "--maxfail 2 -W error -r a",
    "-o norecursedirs=unit",
    "--strict-markers --durations=3",
    "-o python_functions=test_py_s -o python_classes=Nothing",
]
FOLDERS = ["python", "python", "python", *PATHS]
COUNT = int(os.environ.get("PARITY_PYTEST_LINES", "150"))


def generated():
    chance = random.Random(int(os.environ.get("SEED", "20240607")))  # noqa: S311 - no secret
    for _ in range(COUNT):
        folder = chance.choice(FOLDERS)
        words = [chance.choice(part) for part in (PATHS[folder], KEYWORDS, MARKS, OTHERS)]
        yield folder, " ".join(["pytest", *words])


LISTING = """
import os

def pytest_collection_finish(session):
    with open(os.environ["PARITY_LISTING"], "w") as stream:
        stream.write("\\n".join(item.name.partition("[")[0] for item in session.items))
"""


def collected(folder, line, listing):
    """Return the functions that pytest collects, or ``None`` if it refuses."""
    listing.joinpath("parity_listing.py").write_text(LISTING)
    names = listing / "names"
    names.unlink(missing_ok=True)
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m {line} --collect-only', sys.executable],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(listing),
            "PARITY_LISTING": str(names),
            "PYTEST_PLUGINS": "parity_listing,pytest_cov,xdist",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 5} or not names.exists():
        return None
    return set(names.read_text().split())


def test_real_pytest_agrees(flow, flow_folder, flow_tests, tmp_path):
    selector = Selector(flow)
    python = [(n, s) for n, s in flow_tests if s.language == "python"]
    wrong, known, unknown, refused = [], 0, 0, 0
    for folder, line in generated():
        real = collected(flow_folder / folder, line, tmp_path)
        if real is None:
            refused += 1
            continue
        [command] = commands_of(line, directory=folder)
        for name, subject in python:
            answer = selector.selects(command, subject)
            if answer.selected is None:
                unknown += 1
            else:
                known += 1
                if answer.selected != (name in real):
                    wrong.append((folder, line, name, name in real, answer.reason))
    print(f"pytest: {known} known, {unknown} unknown")  # noqa: T201 - for `-s`
    assert not wrong, "\n".join(map(str, wrong[:40]))
    assert known > 4 * unknown, (known, unknown)
