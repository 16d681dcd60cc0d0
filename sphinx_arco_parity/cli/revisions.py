"""The documentation as it was at another revision: built there, and judged.

The configuration of that revision is run, as it is the project's own, in a process of
its own; hooks and filters of git are not.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sphinx_arco_parity
from sphinx_arco_parity.cli.console import CannotRunError, MachineError, WrongUsageError
from sphinx_arco_parity.cli.find_docs import BuildOptions
from sphinx_arco_parity.cli.plain import is_plain
from sphinx_arco_parity.model.parity_document import ParityDocument
from sphinx_arco_parity.repository.checkout import Checkout, Commit, commit_named, toplevel
from sphinx_arco_parity.repository.git import GitError, NoRevisionError
from sphinx_arco_parity.review.lock import Lock, parse_lock

#: This very package is loaded, and nothing from the folder in which the user stands.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop()); import sphinx_arco_parity; "
    "del sys.path[0]; "
    "from sphinx_arco_parity.cli.revision_worker import main; main()"
)
_PACKAGE = str(Path(sphinx_arco_parity.__file__).parents[1])

#: Whether one process can judge revision after revision, each in a fork.
CAN_FORK = hasattr(os, "fork")

#: The exit status of a revision's process if the machine fails (``EX_TEMPFAIL``).
MACHINE_FAILED = 75

#: Bytes at the end of what a build said, of which the last line explains its failure.
_LAST_WORDS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of a revision."""

    document: ParityDocument
    """The content of ``parity.json``."""
    lock: Lock | None
    """The lock that was there."""
    review: str
    """The text of the lock that a review would have written."""


@dataclass(slots=True, kw_only=True)
class Revisions:
    """Builds revision after revision in one folder, so that each costs what it changed."""

    checkout: Checkout
    docs: Path
    """The folder of the pages, relative to the top of the work tree."""
    confdir: Path
    """That of ``conf.py``; absolute if it lies outside, and so is the same at all times."""
    options: BuildOptions
    root: Path
    """The repository that is judged, relative to the top of the work tree."""
    folder: Path
    """A temporary folder of our own."""
    plain: bool
    """Whether it is read without a ``conf.py``."""
    _worker: subprocess.Popen[str] | None = None

    def judge(self, commit: Commit) -> Judged | None:
        """Return what is known of *commit*; ``None`` if it had no documentation then.

        :raises CannotRunError: if it cannot be built.
        :raises MachineError: if that is not its own fault.
        """
        try:
            self.checkout.move_to(commit.hash)
        except (GitError, OSError) as error:
            raise MachineError(f"at {commit.hash[:12]}: {error}") from error
        docs, confdir = self._places(commit)
        if not docs.is_dir() or not (self.plain or (confdir / "conf.py").is_file()):
            return None
        answer = self._ask(docs, confdir, commit)
        if "nothing" in answer:
            return None
        if "message" in answer:
            message = answer["message"].replace(f"{self.checkout.folder}/", "")
            kind = MachineError if answer["machine"] else CannotRunError
            raise kind(f"at {commit.hash[:12]}: {message}", help_text=answer["help"])
        lock = answer["lock"]
        return Judged(
            document=answer["document"],
            lock=parse_lock(lock) if lock is not None else None,
            review=answer["review"],
        )

    def close(self) -> None:
        """End what is still at work, with all that it has started."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(worker.pid, signal.SIGKILL)
            else:
                worker.kill()
        # What it has not read is lost with it.
        with suppress(OSError):
            worker.communicate()

    def _places(self, commit: Commit) -> tuple[Path, Path]:
        """Return the folders of the pages and of ``conf.py``, which may have moved since."""
        docs, confdir = self.checkout.folder / self.docs, self.checkout.folder / self.confdir
        if not self.plain and not (confdir / "conf.py").is_file():
            path = (self.confdir / "conf.py").as_posix()
            old = self.checkout.place_before(path, commit.hash)
            if old is not None:
                confdir = (self.checkout.folder / old).parent
                docs = (confdir / os.path.relpath(self.docs, self.confdir)).resolve()
        return docs, confdir

    def _ask(self, docs: Path, confdir: Path, commit: Commit) -> dict[str, Any]:
        """Have the revision judged; return the answer, or why there is none."""
        answer = self.folder / "answer"
        job = {
            "docs": str(docs),
            "confdir": str(confdir),
            "tags": self.options.tags,
            "overrides": self.options.overrides,
            "root": str(self.checkout.folder / self.root),
            "work": str(self.folder / "work"),
            "answer": str(answer),
            "by": f"git ({commit.hash[:12]})",
            "date": commit.date,
        }
        # What an earlier revision has left is no answer, and explains nothing.
        answer.unlink(missing_ok=True)
        (self.folder / "said").write_bytes(b"")
        status = self._status_of(job)
        if status == "0" and answer.is_file():
            found: dict[str, Any] = json.loads(answer.read_bytes())
            return found
        self.close()
        how = f"ended by signal {status[1:]}" if status[:1] == "-" else "ended early"
        said = self._last_words()
        # A system that is short of memory kills.
        machine = status in {str(MACHINE_FAILED), f"-{getattr(signal, 'SIGKILL', 9):d}"}
        return {
            "message": f"the build {how}{': ' if said else ''}{said}",
            "help": "",
            "machine": machine,
        }

    def _status_of(self, job: Mapping[str, object]) -> str:
        """Return the exit status of *job*; an empty text if the worker is gone."""
        worker = self._worker
        if worker is None or worker.poll() is not None:
            with (self.folder / "said").open("ab") as said:
                worker = self._worker = subprocess.Popen(
                    [sys.executable, "-P", "-c", _START, _PACKAGE],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    text=True,
                    encoding="ascii",
                    # Out of reach of the terminal: an interrupt is for us, who end it.
                    start_new_session=True,
                )
        assert worker.stdin is not None  # noqa: S101 - both are pipes
        assert worker.stdout is not None  # noqa: S101
        try:
            worker.stdin.write(f"{json.dumps(job)}\n")
            worker.stdin.flush()
        except OSError:
            return ""
        status = worker.stdout.readline().strip()
        if not CAN_FORK:
            worker.wait()
        return status

    def _last_words(self) -> str:
        """Return the last line that the build has written."""
        with (self.folder / "said").open("rb") as said:
            said.seek(max(0, said.seek(0, os.SEEK_END) - _LAST_WORDS))
            lines = said.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in lines[::-1] if line.strip()), "")


@contextmanager
def revisions(docs: Path, root: Path, options: BuildOptions) -> Iterator[Revisions]:
    """Give what builds revisions of the documentation in *docs*, in a temporary folder.

    :param root: the repository that is judged, of which *docs* is a part.
    :raises CannotRunError: if it is under no git.
    """
    try:
        top = Path(toplevel(root)).resolve()
        relative_docs, relative_root = docs.relative_to(top), root.relative_to(top)
        confdir = options.confdir or docs
        confdir = confdir.relative_to(top) if confdir.is_relative_to(top) else confdir
    except (GitError, ValueError) as error:
        raise CannotRunError(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="arco-parity-") as name:
        folder = Path(name).resolve()
        (folder / "files").mkdir()
        made = Revisions(
            checkout=Checkout(top, folder / "files"),
            docs=relative_docs,
            confdir=confdir,
            options=options,
            root=relative_root,
            folder=folder,
            plain=is_plain(options.confdir or docs, adopting=options.may_load_us),
        )
        try:
            yield made
        finally:
            made.close()


def named_commit(root: Path, revision: str, *, merge_base: bool = False) -> Commit:
    """Return the commit that the user names; with *merge_base* where ``HEAD`` left it.

    :raises WrongUsageError: if there is none.
    :raises CannotRunError: if there is no git.
    """
    try:
        return commit_named(toplevel(root), revision, merge_base=merge_base)
    except NoRevisionError as error:
        raise WrongUsageError(str(error)) from error
    except GitError as error:
        raise CannotRunError(str(error)) from error
