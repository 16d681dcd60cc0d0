"""Whole repositories in the notations of real ones, against what is wrong in each.

``NAME.truth.json`` lists every defect of ``repositories/NAME`` at its own line; whatever
else is said of it is a false alarm.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from sphinx.cmd.build import main

HERE = Path(__file__).parent / "repositories"

#: Repository to the folder of its ``conf.py``.
DOCS = {"included-matrix": "site", "directives": "docs", "clean": "docs"}


@pytest.fixture
def build(tmp_path):
    """A function that commits a repository and builds it twice with ``-b parity``."""

    def run(name):
        root = tmp_path / name
        shutil.copytree(HERE / name, root)
        for command in (
            ["init", "--quiet"],
            ["add", "--all"],
            ["-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", "Import"],
        ):
            subprocess.run(["git", "-c", "core.autocrlf=false", *command], cwd=root, check=True)
        out = tmp_path / "out"
        first, second = (sphinx_build(root / DOCS[name], out) for _ in range(2))
        assert first == second
        return *first, json.loads((out / "parity.json").read_text(encoding="utf-8"))

    return run


def sphinx_build(docs, out):
    """Return the exit status and the closing line."""
    log = io.StringIO()
    with (
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        status = main(["-b", "parity", "--no-color", str(docs), str(out)])
    lines = log.getvalue().splitlines()
    return status, [line for line in lines if "sphinx-arco-parity:" in line]


def found_in(data):
    return sorted(
        (one["path"], one["line"], one["rule"], one["severity"])
        for one in data["findings"]
        if one["severity"] in {"error", "warning"}
    )


@pytest.mark.parametrize("name", DOCS)
def test_every_defect_is_found_and_nothing_else(build, name):
    status, _closing, data = build(name)
    truth = json.loads((HERE / f"{name}.truth.json").read_text(encoding="utf-8"))
    expected = sorted((t["path"], t["line"], t["rule"], t["severity"]) for t in truth)
    assert found_in(data) == expected
    assert status == (1 if any(one[3] == "error" for one in expected) else 0)


def test_a_clean_repository_is_silent_because_it_was_understood(build):
    status, closing, data = build("clean")
    assert (status, closing) == (0, [])
    assert len(data["rows"]) == 42
    evidence = data["summary"]["evidence"]
    assert evidence["verified"] > 110
    assert evidence["unknown"] < 9
