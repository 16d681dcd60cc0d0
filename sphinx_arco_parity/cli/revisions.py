"""The documentation as it was at another revision: built there, and judged.

The configuration of that revision is run, as it is the project's own; hooks and filters
of git are not.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.errors import CannotRunError, StopError, WrongUsageError
from sphinx_arco_parity.cli.running import run
from sphinx_arco_parity.repository.checkout import (
    Checkout,
    Commit,
    commit_named,
    toplevel,
)
from sphinx_arco_parity.repository.git import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from sphinx_arco_parity.cli.console import Console
    from sphinx_arco_parity.cli.running import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """Builds revision after revision in one folder, so that each costs what it changed."""

    checkout: Checkout
    docs: Path
    """The folder of ``conf.py``, relative to the top of the work tree."""
    root: Path
    """The repository that is judged, relative to the top of the work tree."""
    work: Path
    console: Console
    own: tuple[Path, ...]
    """Folders from which the modules of one revision are not those of another."""

    def run_at(self, commit: Commit) -> Run | None:
        """Return the documentation at *commit*; ``None`` if it had none then.

        :raises CannotRunError: if it cannot be built.
        """
        try:
            self.checkout.move_to(commit.hash)
        except (GitError, OSError) as error:
            raise CannotRunError(str(error)) from error
        docs = self.checkout.folder / self.docs
        if not (docs / "conf.py").is_file():
            return None
        root = self.checkout.folder / self.root
        try:
            with _modules_apart((*self.own, self.checkout.folder)):
                return run(docs, self.work, self.console, root=root, quiet=True)
        except StopError as error:
            message = error.message.replace(f"{self.checkout.folder}/", "")
            raise CannotRunError(
                f"at {commit.hash[:12]}: {message}", help_text=error.help_text
            ) from error


@contextmanager
def revisions(docs: Path, root: Path, console: Console) -> Iterator[Revisions]:
    """Give what builds revisions of the documentation in *docs*, in a temporary folder.

    :param root: the repository that is judged, of which *docs* is a part.
    :raises CannotRunError: if it is under no git.
    """
    try:
        top = Path(toplevel(root)).resolve()
        relative_docs, relative_root = docs.relative_to(top), root.relative_to(top)
    except (GitError, ValueError) as error:
        raise CannotRunError(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="arco-parity-") as name:
        folder = Path(name).resolve()
        (folder / "files").mkdir()
        yield Revisions(
            checkout=Checkout(top, folder / "files"),
            docs=relative_docs,
            root=relative_root,
            work=folder / "work",
            console=console,
            own=(top,),
        )


def named_commit(root: Path, revision: str) -> Commit:
    """Return the commit that the user names.

    :raises WrongUsageError: if there is none.
    :raises CannotRunError: if there is no git.
    """
    try:
        top = toplevel(root)
    except GitError as error:
        raise CannotRunError(str(error)) from error
    try:
        return commit_named(top, revision)
    except GitError as error:
        raise WrongUsageError(str(error)) from error


@contextmanager
def _modules_apart(folders: tuple[Path, ...]) -> Iterator[None]:
    """Let what a ``conf.py`` imports from *folders* be found anew, and forget it after."""
    kept = dict(_modules_of(folders))
    for name in kept:
        del sys.modules[name]
    try:
        yield
    finally:
        for name, _ in list(_modules_of(folders)):
            del sys.modules[name]
        sys.modules.update(kept)


def _modules_of(folders: tuple[Path, ...]) -> Iterator[tuple[str, ModuleType]]:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and _is_below(file, folders) and name.partition(".")[0] not in _OURS:
            yield name, module


#: Never loaded twice: our own code, and what runs it.
_OURS = frozenset({"sphinx_arco_parity", "__main__", "conftest"})


def _is_below(file: str, folders: tuple[Path, ...]) -> bool:
    """Tell whether *file* is of *folders*, and not of an environment in one of them."""
    path = Path(file)
    if not path.is_absolute() or "site-packages" in path.parts:
        return False
    if path.is_relative_to(sys.prefix) or path.is_relative_to(sys.base_prefix):
        return False
    return any(path.is_relative_to(folder) for folder in folders)
