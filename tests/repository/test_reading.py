"""Nothing outside the repository is read, and nothing that is no text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.reading import LIMIT, decode, normal
from sphinx_arco_parity.repository.source import UnreadableFileError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "src").mkdir(parents=True)
    (folder / "src/a.py").write_bytes(b"one\ntwo\n")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.py").write_text("x = 1\n")
    return folder


def reason(root: Path, path: str) -> str:
    with pytest.raises(UnreadableFileError) as error:
        Repository.open(root).read(path)
    return error.value.reason


def test_a_file_is_read_once(root: Path) -> None:
    repository = Repository.open(root)
    source = repository.read("src/a.py")
    assert source.text == "one\ntwo\n"
    assert source.path == "src/a.py"
    (root / "src/a.py").write_text("changed")
    assert repository.read("src/a.py") is source
    assert repository.read("./src//a.py").path == "src/a.py"


@pytest.mark.parametrize(
    "path", ["../secret.txt", "src/../../secret.txt", "/etc/passwd", "a\0b", "C:/x", ".git/x"]
)  # fmt: skip
def test_paths_that_lead_out_are_not_read(root: Path, path: str) -> None:
    assert reason(root, path) == "leads out of the repository"
    assert Repository.open(root).leads_out(path)
    assert not Repository.open(root).exists(path)
    assert not Repository.open(root).is_untracked(path)


def test_links_that_lead_out_are_not_read(root: Path) -> None:
    (root / "out.txt").symlink_to(root.parent / "secret.txt")
    (root / "folder").symlink_to(root.parent / "outside")
    (root / "up").symlink_to("..")
    (root / "sneaky.txt").symlink_to("up/secret.txt")
    for path in ("out.txt", "folder/x.py", "up/secret.txt", "sneaky.txt"):
        assert reason(root, path) == "leads out of the repository", path
        assert Repository.open(root).leads_out(path), path
        assert not Repository.open(root).exists(path), path


def test_links_that_stay_inside_are_read(root: Path) -> None:
    (root / "link.py").symlink_to("src/a.py")
    repository = Repository.open(root)
    assert repository.exists("link.py")
    assert repository.read("link.py").text == "one\ntwo\n"
    assert not repository.leads_out("link.py")


def test_a_root_that_is_a_link_itself(root: Path) -> None:
    (root.parent / "alias").symlink_to(root)
    repository = Repository.open(root.parent / "alias")
    assert repository.root == root
    assert repository.read("src/a.py").text == "one\ntwo\n"


def test_links_into_git_and_to_nowhere(root: Path) -> None:
    (root / "config").symlink_to(".git/config")
    (root / "nowhere").symlink_to("none")
    (root / "loop").symlink_to("loop")
    repository = Repository.open(root)
    assert not repository.exists("config")
    assert not repository.exists("nowhere")
    assert not repository.exists("loop")
    for path in ("config", "nowhere", "loop"):
        assert reason(root, path)


def test_linked_folders_are_not_entered_without_git(root: Path) -> None:
    (root / "again").symlink_to(".")
    assert Repository.open(root).files() == ("src/a.py",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_folders_are_no_files(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert reason(root, "pipe") == "is no regular file"
    assert reason(root, "src") == "is a folder"


def test_files_over_the_limit_are_not_read(root: Path) -> None:
    (root / "big").write_bytes(b"x" * (LIMIT + 1))
    (root / "fits").write_bytes(b"x" * LIMIT)
    assert reason(root, "big") == "is larger than 5 MiB"
    assert len(Repository.open(root).read("fits").text) == LIMIT


def test_bytes_that_are_no_text(root: Path) -> None:
    (root / "image.png").write_bytes(b"\x89PNG\0\0")
    assert reason(root, "image.png") == "is no text"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_files_without_permission(root: Path) -> None:
    (root / "src/a.py").chmod(0)
    assert reason(root, "src/a.py") == "cannot be read (Permission denied)"


def test_missing_files_say_so(root: Path) -> None:
    assert "No such file" in reason(root, "src/none.py")


def test_text_is_decoded_for_people() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\r\n") == "a\nb\n"
    assert decode(b"a\rb\r") == "a\nb\n"
    assert decode(b"a\rb\n") == "a\rb\n"
    assert decode("ä".encode("latin-1") + b" tick") == "\ufffd tick"


def test_paths_are_made_normal() -> None:
    assert normal("./a//b/") == "a/b"
    assert normal(".") == ""
    assert normal("a/../b") is None
    assert normal("/a") is None


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("small")
    (folder / "a.py").write_text("")
    return Repository.open(folder)


@settings(deadline=None)
@given(st.text())
def test_any_text_may_be_asked_for(small: Repository, path: str) -> None:
    assert small.exists(path) in {True, False}
    assert small.is_untracked(path) in {True, False}
    small.nearest_path(path)
    small.glob(path)
    with pytest.raises(UnreadableFileError):
        small.read(path + "/none")
