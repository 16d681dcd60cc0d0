"""Replacing a file: whole or not at all, and never outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sphinx_arco_parity.repository.replacing import (
    UnwritableFileError,
    replace_file,
)


@pytest.fixture
def root(tmp_path):
    folder = Path(os.path.realpath(tmp_path)) / "root"
    folder.mkdir()
    return folder


def test_a_file_keeps_its_mode(root):
    file = root / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o604)
    replace_file(root, "a.md", b"old", b"new\r\n")
    assert file.read_bytes() == b"new\r\n"
    assert file.stat().st_mode & 0o777 == 0o604
    assert [one.name for one in root.iterdir()] == ["a.md"]


def test_what_has_changed_since_is_left(root):
    (root / "a.md").write_bytes(b"newer")
    with pytest.raises(UnwritableFileError, match="has changed since it was checked"):
        replace_file(root, "a.md", b"old", b"new")
    assert (root / "a.md").read_bytes() == b"newer"


@pytest.mark.parametrize("path", ["../a.md", "/etc/a.md", "", "missing", ".", ".git/x"])
def test_what_is_no_file_of_the_repository_is_left(root, path):
    (root.parent / "a.md").write_bytes(b"old")
    with pytest.raises(UnwritableFileError):
        replace_file(root, path, b"old", b"new")
    assert (root.parent / "a.md").read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_are_not_followed(root):
    (root / "real").mkdir()
    (root / "real" / "a.md").write_bytes(b"old")
    (root / "link").symlink_to("real")
    (root / "b.md").symlink_to("real/a.md")
    for path in ("link/a.md", "b.md"):
        with pytest.raises(UnwritableFileError, match="symbolic link"):
            replace_file(root, path, b"old", b"new")
    assert (root / "real" / "a.md").read_bytes() == b"old"
