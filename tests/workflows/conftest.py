from __future__ import annotations

import textwrap

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.workflows import read_workflow


@pytest.fixture
def repository(tmp_path):
    """A function that writes files and opens the folder as a repository."""

    def write(files):
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(text))
        return Repository.open(tmp_path)

    return write


@pytest.fixture
def workflow(repository):
    """A function that reads a workflow, with other files beside it."""

    def read(text, **files):
        path = ".github/workflows/ci.yml"
        return read_workflow(repository({path: text, **files.pop("files", {})}), path)

    return read


@pytest.fixture
def job(workflow):
    """A function that reads the one job ``test`` with the given steps."""

    def read(steps, *, on="pull_request", job="", files=None):
        text = f"on: {on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n"
        text += textwrap.indent(textwrap.dedent(job), "    ")
        text += "    steps:\n" + textwrap.indent(textwrap.dedent(steps), "      ")
        [found] = [j for j in workflow(text, files=files or {}).jobs if j.id == "test"]
        return found

    return read
