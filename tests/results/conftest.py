"""Repositories with tests of the same names in several files, and reports of real runners."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.results.matching import Matching
from sphinx_arco_parity.results.reports import parse_report, read_report

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture
def repository(tmp_path):
    def make(files):
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return Repository.open(tmp_path)

    return make


@pytest.fixture(scope="session")
def report():
    return lambda name: read_report(REPORTS / name)


@pytest.fixture(scope="session")
def located():
    """Return name, and file with full name and outcome, or nothing, of each case."""

    def locate(repository, report):
        cases = parse_report(report.encode(), "r") if isinstance(report, str) else report
        return [
            (
                case.name,
                f"{place.path} {place.key}" if place else None,
                case.outcome,
            )
            for case, place in Matching(repository).locate(cases)
        ]

    return locate
