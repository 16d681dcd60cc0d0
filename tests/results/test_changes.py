"""Whether what is cited has changed since the commit whose tests ran."""

from __future__ import annotations

import subprocess

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.results.changes import Changes

UNKNOWN = "that commit is not in this clone, so nobody can tell what has changed since"


@pytest.fixture
def commit(tmp_path):
    """Write files, commit them, and return the hash."""

    def git(*words):
        me = ("-c", "user.name=n", "-c", "user.email=e@x")
        made = subprocess.run(["git", *me, *words], cwd=tmp_path, check=True, capture_output=True)
        return made.stdout.decode().strip()

    def make(**files):
        for name, text in files.items():
            file = tmp_path / "src" / f"{name}.py"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        git("add", "-A")
        git("commit", "-qm", "m")
        return git("rev-parse", "HEAD")

    git("init", "-q")
    return make


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (["src/a.py"], ""),
        (["src/b.py"], "src/b.py has changed since"),
        (["src/a.py", "./src/c.py"], "src/c.py has changed since"),
        (["src/"], "src/b.py has changed since"),
        (["src/[ac].py"], "src/c.py has changed since"),
        (["src/gone.py"], ""),
        ([], ""),
    ],
)
def test_what_has_changed_since(tmp_path, commit, cited, said):
    first = commit(a="1", b="1", c="1")
    commit(b="2", c="2")
    changes = Changes(first, Repository.open(tmp_path))
    assert changes.since(cited) == said
    assert changes.at == f" at {first[:7]}"


def test_nothing_has_changed_since_the_commit_that_is_looked_at(tmp_path, commit):
    first = commit(a="1")
    assert Changes(first, Repository.open(tmp_path)).since(["src/a.py"]) == ""
    commit(a="2")
    assert Changes(None, Repository.open(tmp_path)).since(["src/a.py"]) == ""
    assert Changes(None, Repository.open(tmp_path)).at == ""


def test_a_commit_that_is_not_here_and_a_folder_without_git(tmp_path, commit):
    commit(a="1")
    assert Changes("0" * 40, Repository.open(tmp_path)).since([]) == UNKNOWN
    (tmp_path / ".git").rename(tmp_path / "git")
    assert Changes("0" * 40, Repository.open(tmp_path)).since(["src/a.py"]) == ""
