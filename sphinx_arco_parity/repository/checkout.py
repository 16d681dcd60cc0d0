"""Another revision of the repository, in a folder of its own.

Files come straight from git's objects: no work tree is added to the repository, no hook
and no filter runs, ``export-ignore`` hides nothing, and git's index stays as it is.  Used
by the commands that compare with an earlier revision.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from sphinx_arco_parity.repository import git
from sphinx_arco_parity.repository.reading import normal

#: How many files git is asked for at once.
_AT_ONCE = 200

_LINK, _MODULE = "120000", "160000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit, as the history names it."""

    hash: str
    date: str
    """Of the committer, ``YYYY-MM-DD``."""


def toplevel(root: Path) -> Path:
    """Return the folder of the work tree that *root* is in.

    :raises GitError: if it is in none.
    """
    folder = git.git_folder(root)
    if folder is None:
        raise git.GitError(f"{root} is under no git, which knows the earlier revisions")
    return folder


def commit_named(root: Path, revision: str, *, merge_base: bool = False) -> Commit:
    """Return the commit that *revision* names; with *merge_base* the last one in ``HEAD`` too.

    :raises NoRevisionError: if it names none, or they have none in common.
    :raises GitError: if git fails.
    """
    full = git.commit_of(root, revision)
    if merge_base:
        try:
            full = _merge_base(root, full)
        except git.GitError as error:
            if not str(error).startswith("git failed: it gave no reason"):
                raise
            raise git.no_revision(root, f"`{revision}` and `HEAD` have no common commit") from None
    return _listed_commits(root, "--no-walk", full)[0]


def commits_of(root: Path, paths: Sequence[str], *, since: str | None) -> list[Commit]:
    """Return the commits that changed one of *paths*, from the oldest to the newest.

    A merge counts as one step of the branch that is checked out.

    :param paths: relative to *root*.
    :param since: a commit; those that are reached from it are left out.
    :raises GitError: if git fails.
    """
    wanted = ["HEAD", f"^{since}"] if since else ["HEAD"]
    literal = [f":(literal){path}" for path in paths]
    return _listed_commits(root, "--first-parent", *wanted, "--", *literal)[::-1]


def _listed_commits(root: Path, *words: str) -> list[Commit]:
    # `log` and `show` obey `log.*` and `format.*`, and check signatures with a program that
    # the repository names; no setting touches `rev-list`.
    raw = git.run(root, "rev-list", "--encoding=UTF-8", "--format=%H %cs", *words)
    lines = raw.decode("ascii", "replace").splitlines()
    # Each commit has a line `commit HASH` before its own.
    return [Commit(hash=name, date=date) for name, date in map(str.split, lines[1::2])]


def is_ancestor(root: Path, commit: str) -> bool:
    """Tell whether *commit* is ``HEAD`` or before it."""
    try:
        full = git.commit_of(root, commit)
        return _merge_base(root, full) == full
    except git.GitError:
        return False


def place_before(root: Path, path: str, commit: str, until: str | None = None) -> str | None:
    """Return where the file at *path* was at *commit*, if it has been moved since.

    :param path: relative to *root*, like what is returned.
    :param until: another commit; by default what is checked out counts.
    :raises GitError: if git fails.
    """
    command = ("diff-tree", "-r") if until else ("diff-index", "--ignore-submodules=all")
    options = ("-M", "--diff-filter=R", "--name-status", "-z")
    raw = git.run(root, *command, *options, commit, *([until] if until else ()), "--")
    words = [os.fsdecode(word) for word in raw.split(b"\0")]
    return dict(zip(words[2::3], words[1::3], strict=False)).get(path)


def _merge_base(root: Path, commit: str) -> str:
    found = git.run(root, "merge-base", "--end-of-options", commit, "HEAD")
    return found.decode("ascii", "replace").strip()


class _Entry(NamedTuple):
    """A file of a commit."""

    mode: str
    object: str
    root: Path
    """The top of the work tree whose repository has the object."""


class Checkout:
    """A folder that holds the files of one commit after the other.

    :param root: the top of the work tree.
    :param folder: empty, and of our own.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self._root = root
        self._there: dict[str, _Entry] = {}

    def place_before(self, path: str, commit: str) -> str | None:
        """Return where the file at *path* was at *commit*, if it has been moved since."""
        return place_before(self._root, path, commit)

    def move_to(self, commit: str) -> None:
        """Make the folder hold the files of *commit*; touch only what differs.

        A submodule whose commit is not here stays an empty folder.

        :param commit: a full hash.
        :raises GitError: if git fails.
        """
        wanted = dict(self._listed(self._root, commit))
        for path in [path for path, entry in self._there.items() if wanted.get(path) != entry]:
            self._remove(path)
            del self._there[path]
        fresh = {path: entry for path, entry in wanted.items() if path not in self._there}
        for path, content in self._contents(fresh):
            # Known first: what fails may have left a part of the file.
            self._there[path] = _Entry("", "", self._root)
            self._write(path, content, fresh[path].mode)
            self._there[path] = fresh[path]

    def _listed(self, root: Path, commit: str, below: str = "") -> Iterator[tuple[str, _Entry]]:
        """Give each path of *commit*, and of its submodules that are checked out.

        :param root: the top of the work tree that has the commit, *below* the folder.
        """
        raw = git.run(root, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
        for line in raw.split(b"\0"):
            head, tab, name = line.partition(b"\t")
            if tab:
                mode, _, object_name = head.decode("ascii").split()
                path = os.fsdecode(name)
                if normal(path) != path:
                    continue
                if mode != _MODULE:
                    yield below + path, _Entry(mode, object_name, root)
                elif _has_commit(root / path, object_name):
                    yield from self._listed(root / path, object_name, f"{below}{path}/")

    def _contents(self, entries: dict[str, _Entry]) -> Iterator[tuple[str, bytes]]:
        by_root = defaultdict[Path, list[str]](list)
        for path, entry in entries.items():
            by_root[entry.root].append(path)
        for root, files in by_root.items():
            for start in range(0, len(files), _AT_ONCE):
                some = files[start : start + _AT_ONCE]
                asked = "".join(f"{entries[path].object}\n" for path in some)
                raw = git.run(root, "cat-file", "--batch", given=asked.encode())
                yield from zip(some, _blobs(raw, some), strict=True)

    def _remove(self, path: str) -> None:
        file = self.folder / path
        if os.path.lexists(file):
            file.unlink()
        for parent in takewhile(self.folder.__ne__, file.parents):
            try:
                parent.rmdir()
            except OSError:
                break

    def _write(self, path: str, content: bytes, mode: str) -> None:
        file = self.folder / path
        # A tree that is not honest may lead out by a link that it has laid before.
        if not _is_within(file.parent, self.folder):
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        if mode != _LINK:
            file.write_bytes(content)
            return
        target = os.fsdecode(content)
        if _is_within(file.parent / target, self.folder):
            file.symlink_to(target)


def _has_commit(module: Path, commit: str) -> bool:
    """Tell whether the folder of a submodule is its work tree, and has *commit*."""
    if module.is_symlink() or not os.path.lexists(module / ".git"):
        return False
    try:
        return git.commit_of(module, commit) == commit
    except git.GitError:
        return False


def _is_within(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(folder)


def _blobs(raw: bytes, paths: Sequence[str]) -> Iterator[bytes]:
    """Take apart what ``cat-file --batch`` writes of *paths*.

    :raises GitError: if an object is missing: an empty file would be a lie.
    """
    at = 0
    for path in paths:
        end = raw.index(b"\n", at)
        head = raw[at:end].split()
        at = end + 1
        if len(head) != 3:
            raise git.GitError(
                f"git has no object of {path}, as in a partial clone: fetch what is missing "
                "(`git fetch --refetch --no-filter`)"
            )
        size = int(head[2])
        yield raw[at : at + size]
        at += size + 1
