"""The one way in which files are replaced."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sphinx_arco_parity.repository.replacing import replace_content, replacing


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_as_the_umask_has_it(tmp_path):
    before = os.umask(0o027)
    try:
        assert replace_content(tmp_path / "a", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("mode", [0o604, 0o444, 0o755, 0o600])
def test_a_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    assert replace_content(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", mode)


def test_a_private_file_is_private_while_it_is_written(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with replacing(path) as stream:
        assert os.fstat(stream.fileno()).st_mode & 0o077 == 0


def test_what_is_held_already_is_not_touched(tmp_path):
    path = tmp_path / "a"
    assert replace_content(path, b"same")
    os.utime(path, (1, 1))
    assert not replace_content(path, b"same")
    assert path.stat().st_mtime == 1


def test_a_link_is_replaced_and_not_followed(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    replace_content(tmp_path / "link", b"new")
    assert (tmp_path / "real").read_bytes() == b"old"
    assert not (tmp_path / "link").is_symlink()


def test_a_name_may_be_as_long_as_names_can_be(tmp_path):
    path = tmp_path / ("n" * 255)
    replace_content(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def broken():
        with replacing(path) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="needs limits")
def test_a_disk_that_is_full_leaves_the_old_file(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    script = (
        "import resource, sys; from pathlib import Path; "
        "from sphinx_arco_parity.repository.replacing import replace_content; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); "
        "replace_content(Path(sys.argv[1]), b'n' * 20000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, check=False
    )
    assert b"File too large" in done.stderr
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]
