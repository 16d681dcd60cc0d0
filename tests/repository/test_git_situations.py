"""What git calls tracked, in the states that real check-outs are in."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.repository import git
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.reading import FileState

if TYPE_CHECKING:
    from pathlib import Path

ME = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def run(folder: Path, *arguments: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(
        ["git", *ME, "-c", "protocol.file.allow=always", *arguments],
        cwd=folder, env=clean, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{path}\n")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    run(folder, "init", "-q", "-b", "main")
    write(folder, "src/lib.rs", "docs/a.md")
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", "first")
    return folder


def test_tracked_files_are_listed_and_untracked_ones_told_apart(checkout: Path) -> None:
    write(checkout, "src/new.rs")
    repository = Repository.open(checkout)
    assert repository.files() == ("docs/a.md", "src/lib.rs")
    assert repository.has_git
    assert repository.problems == ()
    assert repository.exists("src/lib.rs")
    assert not repository.exists("src/new.rs")
    assert repository.is_untracked("src/new.rs")
    assert not repository.is_untracked("src/lib.rs")
    assert not repository.is_untracked("src/none.rs")


def test_a_file_counts_as_soon_as_it_is_added(checkout: Path) -> None:
    write(checkout, "src/new.rs")
    run(checkout, "add", "src/new.rs")
    assert Repository.open(checkout).exists("src/new.rs")


def test_a_deleted_file_is_tracked_and_not_there(checkout: Path) -> None:
    (checkout / "src/lib.rs").unlink()
    repository = Repository.open(checkout)
    assert repository.is_file("src/lib.rs")
    assert not repository.exists("src/lib.rs")
    assert repository.exists("docs/a.md")


def test_folders_exist_where_a_tracked_file_is_below(checkout: Path) -> None:
    (checkout / "empty").mkdir()
    repository = Repository.open(checkout)
    for path in ("src", "src/", "./src", ".", "docs"):
        assert repository.is_directory(path), path
        assert repository.exists(path), path
    for path in ("empty", "sr", "src/lib.rs"):
        assert not repository.is_directory(path), path


def test_commit_is_the_full_hash(checkout: Path, tmp_path: Path) -> None:
    assert Repository.open(checkout).commit() == run(checkout, "rev-parse", "HEAD")
    empty = tmp_path / "empty"
    empty.mkdir()
    run(empty, "init", "-q")
    assert Repository.open(empty).commit() is None
    assert Repository.open(empty).problems == ()


def test_without_git_the_plain_files_count(tmp_path: Path) -> None:
    write(tmp_path, "a/b.py", "c.md")
    repository = Repository.open(tmp_path)
    assert not repository.has_git
    assert repository.files() == ("a/b.py", "c.md")
    assert repository.exists("a/b.py")
    assert repository.commit() is None
    assert not repository.is_untracked("a/b.py")


def test_a_sub_folder_as_root_sees_only_what_is_below(checkout: Path) -> None:
    repository = Repository.open(checkout / "src")
    assert repository.has_git
    assert repository.files() == ("lib.rs",)
    assert repository.exists("lib.rs")
    assert not repository.exists("../docs/a.md")


def test_a_work_tree_whose_git_is_a_file(checkout: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run(checkout, "worktree", "add", "-q", str(other))
    assert (other / ".git").is_file()
    repository = Repository.open(other)
    assert repository.files() == ("docs/a.md", "src/lib.rs")
    assert repository.commit() == run(checkout, "rev-parse", "HEAD")


def test_a_work_tree_without_its_repository_is_a_problem(checkout: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run(checkout, "worktree", "add", "-q", str(other))
    shutil.rmtree(checkout)
    repository = Repository.open(other)
    assert repository.files() == ()
    assert "is no git repository: repair or remove it" in repository.problems[0]


def test_a_shallow_clone(checkout: Path, tmp_path: Path) -> None:
    write(checkout, "late.rs")
    run(checkout, "add", "-A")
    run(checkout, "commit", "-q", "-m", "second")
    shallow = tmp_path / "shallow"
    run(tmp_path, "clone", "-q", "--depth=1", checkout.as_uri(), str(shallow))
    repository = Repository.open(shallow)
    assert repository.exists("late.rs")
    with pytest.raises(git.GitError, match="the clone is shallow"):
        git.commit_of(shallow, "HEAD~1")
    with pytest.raises(git.GitError) as error:
        git.commit_of(checkout, "HEAD~9")
    assert "shallow" not in str(error.value)


@pytest.fixture(params=["git", "git before 2.36"])
def any_git(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git refuse to show stages of submodules, as it did for long."""
    before = git.run

    def older(root: Path, *arguments: str) -> bytes:
        if {"-s", "--recurse-submodules"} <= set(arguments):
            raise git.GitError("git failed: ls-files --recurse-submodules unsupported mode")
        return before(root, *arguments)

    if request.param != "git":
        monkeypatch.setattr(git, "run", older)


@pytest.mark.usefixtures("any_git")
def test_submodules_are_followed(checkout: Path, tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    run(top, "init", "-q")
    write(top, "own.rs")
    run(top, "submodule", "--quiet", "add", str(checkout), "vendor/dep")
    run(top, "add", "-A")
    run(top, "commit", "-q", "-m", "x")
    repository = Repository.open(top)
    assert repository.exists("vendor/dep/src/lib.rs")
    assert repository.is_directory("vendor/dep")
    assert not repository.exists("vendor/dep/src/none.rs")
    assert repository.absent_module("vendor/dep/src/none.rs") is None


@pytest.mark.usefixtures("any_git")
def test_a_submodule_that_is_not_checked_out_is_known(checkout: Path, tmp_path: Path) -> None:
    top, clone = tmp_path / "top", tmp_path / "clone"
    top.mkdir()
    run(top, "init", "-q")
    run(top, "submodule", "--quiet", "add", str(checkout), "vendor/dep")
    run(top, "commit", "-q", "-m", "x")
    run(tmp_path, "clone", "-q", str(top), str(clone))
    repository = Repository.open(clone)
    assert repository.files() == (".gitmodules",)
    assert repository.exists("vendor/dep")
    assert repository.absent_module("vendor/dep/src/lib.rs") == "vendor/dep"
    assert repository.absent_module("vendor/depot") is None


@pytest.mark.usefixtures("any_git")
def test_files_that_a_sparse_checkout_leaves_out_are_tracked(checkout: Path) -> None:
    run(checkout, "sparse-checkout", "set", "docs")
    assert not (checkout / "src/lib.rs").exists()
    repository = Repository.open(checkout)
    assert repository.exists("src/lib.rs")
    assert repository.is_absent("src/lib.rs")
    assert not repository.is_absent("docs/a.md")


def test_bare_repositories_are_a_problem(checkout: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    run(tmp_path, "clone", "-q", "--bare", str(checkout), str(bare))
    assert "is a bare repository: check a work tree" in Repository.open(bare).problems[0]
    assert Repository.open(bare).files() == ()


def test_a_broken_git_folder_is_no_plain_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.py")
    (tmp_path / ".git").mkdir()
    repository = Repository.open(tmp_path)
    assert repository.files() == ()
    assert "repair or remove it" in repository.problems[0]


def test_a_missing_git_is_a_problem_and_no_silent_fallback(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    repository = Repository.open(checkout)
    assert repository.files() == ()
    assert "install git" in repository.problems[0]
    assert repository.commit() is None
    plain = tmp_path / "plain"
    write(plain, "a.py")
    assert Repository.open(plain).files() == ("a.py",)
    assert Repository.open(plain).problems == ()


def test_dubious_ownership_names_the_remedy(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    repository = Repository.open(checkout)
    assert repository.files() == ()
    (problem,) = repository.problems
    assert f"git config --global --add safe.directory {checkout}" in problem


def test_trust_that_the_environment_gives_is_kept(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(checkout))
    assert Repository.open(checkout).problems == ()


def test_git_variables_of_our_own_process_mislead_nobody(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    run(other, "init", "-q")
    write(other, "wrong.rs")
    run(other, "add", "-A")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert Repository.open(checkout).files() == ("docs/a.md", "src/lib.rs")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for a program")
def test_nothing_that_the_repository_configures_is_run(checkout: Path, tmp_path: Path) -> None:
    marker, script = tmp_path / "was-run", tmp_path / "trap"
    script.write_text(f"#!/bin/sh\necho run >> {marker}\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    hooks = checkout / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "post-checkout", "fsmonitor-watchman"):
        shutil.copy(script, hooks / name)
    for key, value in {
        "core.fsmonitor": str(script),
        "core.pager": str(script),
        "core.sshCommand": str(script),
        "alias.ls-files": f"!{script}",
        "alias.rev-parse": f"!{script}",
        "diff.external": str(script),
        "filter.trap.clean": str(script),
        "filter.trap.smudge": str(script),
        "core.untrackedCache": "true",
    }.items():
        run(checkout, "config", key, value)
    (checkout / ".gitattributes").write_text("* filter=trap diff=trap\n")
    repository = Repository.open(checkout)
    assert repository.files() == ("docs/a.md", "src/lib.rs")
    assert repository.commit() is not None
    assert not marker.exists()
    run(checkout, "status")
    assert marker.exists(), "the trap itself must be alive"


def test_names_that_are_hard_to_write_survive(checkout: Path) -> None:
    names = ["a b.rs", "-rf", "tab\there.rs", 'quo"te.rs', "größe.rs", "new\nline.rs"]
    write(checkout, *names)
    raw = os.fsencode(checkout) + b"/not-utf-8-\xff.rs"
    with open(raw, "w", encoding="utf-8"):  # noqa: PTH123 - bytes
        pass
    run(checkout, "add", "-A")
    repository = Repository.open(checkout)
    for name in (*names, os.fsdecode(b"not-utf-8-\xff.rs")):
        assert repository.exists(name), name
    assert all(repository.digest(name) for name in names)
    assert repository.nearest_path("not-utf.rs") != ""


def test_revisions_that_look_like_options_are_no_options(checkout: Path) -> None:
    first = git.commit_of(checkout, "main")
    assert first == run(checkout, "rev-parse", "HEAD")
    for wrong in ("--all", "-h", "no-such", "HEAD:src", ""):
        with pytest.raises(git.GitError, match="names no commit of this repository"):
            git.commit_of(checkout, wrong)


def test_unmerged_files_are_listed_once(checkout: Path) -> None:
    run(checkout, "checkout", "-q", "-b", "side")
    (checkout / "src/lib.rs").write_text("side\n")
    run(checkout, "commit", "-q", "-am", "side")
    run(checkout, "checkout", "-q", "main")
    (checkout / "src/lib.rs").write_text("main\n")
    run(checkout, "commit", "-q", "-am", "main")
    with pytest.raises(subprocess.CalledProcessError):
        run(checkout, "merge", "side")
    assert Repository.open(checkout).files() == ("docs/a.md", "src/lib.rs")


NOTHING = FileState("", "")


def test_contents_tell_of_changes(checkout: Path) -> None:
    def seen() -> tuple[str, str, str]:
        repository = Repository.open(checkout)
        known = repository.contents({"src/lib.rs": NOTHING, "gone.rs": NOTHING})
        return (
            known["src/lib.rs"].digest,
            known["gone.rs"].digest,
            repository.listing_digest(),
        )

    before = seen()
    (checkout / "docs/a.md").write_text("another text\n")
    assert seen() == before
    (checkout / "src/lib.rs").write_text("another text\n")
    (checkout / "gone.rs").write_text("it is there\n")
    changed = seen()
    assert changed[0] != before[0]
    assert changed[1] != before[1]
    assert changed[2] == before[2]
    run(checkout, "add", "-A")
    assert seen()[2] != changed[2]


def test_what_one_user_ignores_is_not_ignored_by_the_project(checkout: Path) -> None:
    (checkout.parent / "mine").write_text("*.log\n")
    run(checkout, "config", "core.excludesFile", str(checkout.parent / "mine"))
    (checkout / ".gitignore").write_text("*.tmp\n")
    repository = Repository.open(checkout)
    assert not repository.is_ignored("made.log")
    assert repository.is_ignored("made.tmp")
    assert run(checkout, "check-ignore", "made.log") == "made.log"
