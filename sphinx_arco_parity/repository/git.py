"""What git says of the checked repository, without running anything of it.

:class:`.Repository` asks for the listing and the commit; comparisons with an earlier
revision read files as they were then.  git starts with hooks, file-system monitors,
optional locks and every transport off, and with no ``GIT_DIR``, ``GIT_INDEX_FILE`` or
kin from our own environment, so that it speaks of the folder it is given.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: Seconds after which git is given up.
TIMEOUT = 120

_SAFE_CONFIG = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    # What one user ignores is not ignored by the project.
    f"core.excludesFile={os.devnull}",
    "core.pager=cat",
    "protocol.allow=never",
)

_SET = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0", "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1", "LC_ALL": "C",
    "LANGUAGE": "C",
}  # fmt: skip
#: Variables that say whom to trust, not which repository is meant.
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_TEST_ASSUME_DIFFERENT_OWNER")


class GitError(Exception):
    """Git is missing or failed; the text says so and names the remedy."""


class NoRevisionError(GitError):
    """A revision names no commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the index holds below a folder; paths are relative to that folder."""

    files: tuple[str, ...] = ()
    """Sorted; symbolic links included, submodules that are not checked out excluded."""
    links: frozenset[str] = frozenset()
    """The symbolic links among them; with git before 2.36 not those of submodules."""
    absent: frozenset[str] = frozenset()
    """Tracked files that a sparse checkout leaves out of the work tree."""
    modules: frozenset[str] = frozenset()
    """Submodules that are not checked out."""


def git_folder(root: Path) -> Path | None:
    """Return the nearest of *root* and the folders above it that holds ``.git``."""
    folders = (root, *root.parents)
    return next((folder for folder in folders if os.path.lexists(folder / ".git")), None)


def is_bare(root: Path) -> bool:
    """Tell whether *root* is itself a git directory, without a work tree."""
    return (root / "HEAD").is_file() and (root / "objects").is_dir() and (root / "refs").is_dir()


def list_files(root: Path) -> Listing:
    """Return what the index holds below *root*, submodules included.

    :raises GitError: if git is missing, or fails.
    """
    try:
        raw = run(root, *_LIST, "-s", "--recurse-submodules")
    except GitError as error:
        if "unsupported mode" not in str(error):
            raise
        # git before 2.36 tells files from submodules, or looks into them, not both.
        staged = run(root, *_LIST, "-s")
        raw = run(root, *_LIST, "--recurse-submodules")
    else:
        staged = raw
    modules = _of_mode(staged, b"160000")
    files, absent = set(), set()
    for entry in filter(None, raw.split(b"\0")):
        tag, _, rest = entry.partition(b" ")
        path = os.fsdecode(rest.partition(b"\t")[2] if _STAGE.match(rest) else rest)
        if path in modules:
            continue
        files.add(path)
        if tag in {b"S", b"s"}:
            absent.add(path)
    there = files if modules else ()
    folders = {path[: sign.start()] for path in there for sign in re.finditer("/", path)}
    return Listing(
        files=tuple(sorted(files)),
        links=frozenset(_of_mode(staged, b"120000")),
        absent=frozenset(absent),
        # One that is checked out stands there with its files, not as itself.
        modules=frozenset(modules - folders),
    )


_LIST = ("ls-files", "-z", "-t")
_STAGE = re.compile(rb"[0-7]{6} [0-9a-f]{40,64} [0-3]\t")


def _of_mode(raw: bytes, mode: bytes) -> set[str]:
    """The entries of a listing with stages that have *mode*."""
    return {
        os.fsdecode(entry.partition(b"\t")[2])
        for entry in raw.split(b"\0")
        if entry.partition(b" ")[2].startswith(mode + b" ")
    }


def head(root: Path) -> str | None:
    """Return the full hash of ``HEAD``, or ``None`` if there is no commit yet."""
    try:
        return commit_of(root, "HEAD")
    except GitError:
        return None


def commit_of(root: Path, revision: str) -> str:
    """Return the full hash of the commit that *revision* names.

    :raises NoRevisionError: if it names none.
    :raises GitError: if git fails.
    """
    try:
        raw = run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except GitError as error:
        if str(error).startswith("git failed:"):
            text = f"`{revision}` names no commit of this repository"
            raise no_revision(root, text) from None
        raise
    words = raw.decode("ascii", "replace").split()
    if not words:
        raise GitError(f"git failed: it gave no commit for `{revision}`")
    return words[-1]


def changed_since(root: Path, commit: str) -> frozenset[str]:
    """Return the paths below *root* that differ between *commit* and what is checked out.

    :raises GitError: if git fails, or does not know *commit*.
    """
    words = ("--no-ext-diff", "--no-textconv", "--no-renames", "--name-only", "-z", "--relative")
    raw = run(root, "diff", *words, commit_of(root, commit), "--")
    return frozenset(os.fsdecode(path) for path in raw.split(b"\0") if path)


#: What is said of a shallow clone.
SHALLOW = "the clone is shallow: fetch more of it (`git fetch --unshallow`)"


def no_revision(root: Path, text: str) -> NoRevisionError:
    """Return the error that says *text*, and why that may be so."""
    return NoRevisionError(f"{text}; {SHALLOW}" if is_shallow(root) else text)


def is_shallow(root: Path) -> bool:
    """Tell whether the older commits are missing.

    :raises GitError: if git fails.
    """
    return run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def ignored(root: Path, paths: Iterable[str]) -> set[str]:
    """Return those of *paths*, there or not, that a pattern of ``.gitignore`` leaves out."""
    given = b"\0".join(os.fsencode(path) for path in paths)
    try:
        found = run(root, "check-ignore", "--no-index", "-z", "--stdin", given=given)
    except GitError:
        return set()  # which is also how it says that no pattern matches
    return {os.fsdecode(path) for path in found.split(b"\0") if path}


def run(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run ``git`` in *root* and return what it writes.

    :param given: what it reads from its standard input.
    :raises GitError: if git is missing, fails, or takes longer than :data:`TIMEOUT`.
    """
    program = shutil.which("git")
    if program is None:
        raise GitError(
            "`.git` is there but the program `git` is not: install git, or put it on PATH"
        )
    command = [program, "--no-pager"]
    for setting in _SAFE_CONFIG:
        command += ["-c", setting]
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=root,
            env=_environment(),
            input=given,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitError(
            f"git took longer than {TIMEOUT} seconds: run `git {arguments[0]}` in {root}"
        ) from None
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror or error}") from None
    if done.returncode:
        raise GitError(_explain(root, done.stderr))
    return done.stdout


def _environment() -> dict[str, str]:
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.upper().startswith("GIT_") or name.upper().startswith(_KEPT)
    }
    return kept | _SET


def _explain(root: Path, stderr: bytes) -> str:
    """Say what git's *stderr* means and what to do about it."""
    text = stderr.decode("utf-8", "replace")
    folder = git_folder(root) or root
    if "dubious ownership" in text or "is owned by someone else" in text:
        return (
            f"git does not trust {folder} (dubious ownership): run "
            f"`git config --global --add safe.directory {folder}`"
        )
    if "must be run in a work tree" in text:
        return f"{folder} is a bare repository: check a work tree of it"
    if "not a git repository" in text:
        return (
            f"{folder / '.git'} is there but is no git repository: repair or remove it "
            "(for a work tree, `git worktree repair`)"
        )
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal", "error"))), "")
    said = said or (lines[0] if lines else "it gave no reason")
    return f"git failed: {said}; run `git status` in {root} to see more"
