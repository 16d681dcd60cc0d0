from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Subject

FLOW = Path(__file__).parents[1] / "fixtures" / "flow-repository"


@pytest.fixture(scope="session")
def flow_folder(tmp_path_factory):
    """A copy of the fixture repository, outside every git checkout."""
    folder = tmp_path_factory.mktemp("flow") / "repository"
    shutil.copytree(FLOW, folder)
    return folder


@pytest.fixture(scope="session")
def flow(flow_folder):
    return Repository.open(flow_folder)


@pytest.fixture(scope="session")
def flow_tests(flow):
    """Every test of the fixture repository, as (name, subject)."""
    found = []
    for path in flow.files():
        if not path.endswith((".rs", ".py")):
            continue
        known = definitions_in(flow.read(path))
        for one in known.definitions if known else ():
            if one.is_test or one.name.startswith("test_py"):
                language = "rust" if path.endswith(".rs") else "python"
                subject = Subject(path=path, symbol=one.name, definition=one, language=language)
                found.append((one.name, subject))
    return found
