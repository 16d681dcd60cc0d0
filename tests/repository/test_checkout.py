"""Another revision in a folder of its own."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from sphinx_arco_parity.repository.checkout import (
    Checkout,
    commit_named,
    commits_of,
    is_ancestor,
    toplevel,
)
from sphinx_arco_parity.repository.git import GitError


@pytest.fixture
def work(tmp_path):
    root = tmp_path / "work"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    return root


def git(root, *words, **more):
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", *settings, *words], cwd=root, check=True, capture_output=True, **more
    )
    return done.stdout.decode().strip()


def commit(root, files):
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return git(root, "rev-parse", "HEAD")


def tree(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_it_holds_the_files_of_one_commit_after_the_other(work, tmp_path):
    first = commit(work, {"a/b.txt": b"1\r\n", "é.bin": b"\0\xff", "c": b""})
    (work / "a" / "b.txt").unlink()
    second = commit(work, {"a2": b"two\nlines", "c": b"new"})
    folder = tmp_path / "there"
    folder.mkdir()
    checkout = Checkout(work, folder)
    checkout.move_to(first)
    assert tree(folder) == {"a/b.txt": b"1\r\n", "é.bin": b"\0\xff", "c": b""}
    before = (folder / "é.bin").stat().st_mtime_ns
    checkout.move_to(second)
    assert tree(folder) == {"é.bin": b"\0\xff", "a2": b"two\nlines", "c": b"new"}
    assert not (folder / "a").exists()
    assert (folder / "é.bin").stat().st_mtime_ns == before
    assert git(work, "status", "--short") == ""


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_that_lead_out_are_not_laid(work, tmp_path):
    (work / "in").symlink_to("a.txt")
    (work / "out").symlink_to(tmp_path)
    made = commit(work, {"a.txt": b"a"})
    folder = tmp_path / "there"
    folder.mkdir()
    Checkout(work, folder).move_to(made)
    assert (folder / "in").read_bytes() == b"a"
    assert not (folder / "out").is_symlink()


def test_a_path_that_leads_out_is_not_written(work, tmp_path):
    blob = git(work, "hash-object", "-w", "--stdin", input=b"bad")
    inner = git(work, "mktree", input=f"100644 blob {blob}\tbad\n".encode())
    # git itself refuses such a tree; one that was made by hand may be fetched.
    raw = b"40000 ..\0" + bytes.fromhex(inner)
    made = git(work, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", input=raw)
    bad = git(work, "commit-tree", "-m", "x", made)
    folder = tmp_path / "there" / "files"
    folder.mkdir(parents=True)
    Checkout(work, folder).move_to(bad)
    assert not (tmp_path / "there" / "bad").exists()


def test_commits_by_the_paths_they_change(work):
    first = commit(work, {"docs/a": b"1"})
    other = commit(work, {"src": b"1"})
    last = commit(work, {"docs/a": b"2"})
    assert [step.hash for step in commits_of(work, ["docs"], since=None)] == [first, last]
    assert [step.hash for step in commits_of(work, ["docs"], since=first)] == [last]
    assert commit_named(work, "HEAD~1").hash == other
    assert len(commit_named(work, "HEAD").date) == 10
    assert is_ancestor(work, first)
    assert not is_ancestor(work, "0" * 40)


def test_a_file_that_git_does_not_have_is_no_empty_file(work, tmp_path):
    first = commit(work, {"a": b"1", "b": b"1", "c": b"1"})
    second = commit(work, {"a": b"2", "b": b"3", "c": b""})
    blob = git(work, "rev-parse", f"{second}:b")
    checkout = Checkout(work, tmp_path / "files")
    checkout.move_to(first)
    stored = work / ".git/objects" / blob[:2] / blob[2:]
    content = stored.read_bytes()
    stored.unlink()
    for _ in range(2):
        with pytest.raises(GitError, match="no object of b, as in a partial clone"):
            checkout.move_to(second)
        checkout.move_to(first)
        assert tree(checkout.folder) == {"a": b"1", "b": b"1", "c": b"1"}
    with pytest.raises(GitError):
        checkout.move_to(second)
    stored.write_bytes(content)
    checkout.move_to(second)
    assert tree(checkout.folder) == {"a": b"2", "b": b"3", "c": b""}


def test_a_file_that_could_not_be_written_is_written_the_next_time(work, tmp_path, monkeypatch):
    only = commit(work, {"a": b"1", "b": b"1"})
    checkout = Checkout(work, tmp_path / "files")
    write = Path.write_bytes

    def fails(path, content):
        write(path, content[:0])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fails)
    with pytest.raises(OSError, match="No space"):
        checkout.move_to(only)
    monkeypatch.undo()
    checkout.move_to(only)
    assert tree(checkout.folder) == {"a": b"1", "b": b"1"}


SIGNATURE = b"gpgsig -----BEGIN %s-----\n \n aGVsbG8=\n -----END %s-----\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for a program")
@pytest.mark.parametrize("kind", [b"PGP SIGNATURE", b"SSH SIGNATURE", b"SIGNED MESSAGE"])
def test_settings_change_nothing_that_is_read_and_start_nothing(work, tmp_path, kind):
    commit(work, {"docs/a": b"1"})
    plain = git(work, "cat-file", "commit", "HEAD").encode() + b"\n"
    signed = plain.replace(b"\n\n", b"\n" + SIGNATURE % (kind, kind) + b"\n", 1)
    made = git(work, "hash-object", "-t", "commit", "-w", "--stdin", input=signed)
    git(work, "update-ref", "HEAD", made)
    expected = (commits_of(work, ["docs"], since=None), commit_named(work, "HEAD"))
    trap, marker = tmp_path / "trap", tmp_path / "was-run"
    trap.write_text(f"#!/bin/sh\ntouch {marker}\necho trapped >&2\nexit 1\n")
    trap.chmod(0o755)
    for name, value in {
        **dict.fromkeys(("gpg.program", "gpg.ssh.program", "gpg.x509.program"), str(trap)),
        **dict.fromkeys(("diff.external", "diff.trap.textconv", "core.pager"), str(trap)),
        "gpg.ssh.allowedSignersFile": str(trap),
        "log.showSignature": "true",
        "log.follow": "true",
        "log.date": "relative",
        "log.decorate": "full",
        "format.pretty": "fuller",
        "i18n.logOutputEncoding": "UTF-16",
        "color.ui": "always",
    }.items():
        git(work, "config", name, value)
    (work / ".git/info/attributes").write_text("* diff=trap\n")
    assert (commits_of(work, ["docs"], since=None), commit_named(work, "HEAD")) == expected
    assert not marker.exists()
    subprocess.run(["git", "log", "-1"], cwd=work, capture_output=True, check=False)
    assert marker.exists(), "the trap itself must be alive"


def test_a_path_is_no_pattern(work):
    commit(work, {"docs/a": b"1"})
    assert commits_of(work, ["docs/*"], since=None) == []


def test_without_git_there_are_no_revisions(tmp_path):
    with pytest.raises(GitError, match="is under no git"):
        toplevel(tmp_path)


def test_a_submodule_has_its_files_of_then_if_its_commit_is_here(work, tmp_path):
    module = work / "vendor"
    module.mkdir()
    git(module, "init", "-q", "-b", "main")
    inner = [commit(module, {"lib": b"1"}), commit(module, {"lib": b"2", "more": b"2"})]
    outer = []
    for name in inner:
        git(work, "update-index", "--add", "--cacheinfo", f"160000,{name},vendor")
        git(work, "commit", "-q", "-m", name)
        outer.append(git(work, "rev-parse", "HEAD").strip())
    git(work, "update-index", "--cacheinfo", f"160000,{'1' * 40},vendor")
    git(work, "commit", "-q", "-m", "not here")
    checkout = Checkout(work, tmp_path / "files")

    checkout.move_to(outer[0])
    assert tree(checkout.folder) == {"vendor/lib": b"1"}
    checkout.move_to(outer[1])
    assert tree(checkout.folder) == {"vendor/lib": b"2", "vendor/more": b"2"}
    checkout.move_to(git(work, "rev-parse", "HEAD").strip())
    assert tree(checkout.folder) == {}
    checkout.move_to(outer[1])
    (module / ".git").rename(work / "elsewhere")
    checkout.move_to(outer[0])
    assert tree(checkout.folder) == {}
