"""Where a script is after ``cd`` and kin.

Called by :mod:`.interpreter`.  Folders are relative to the repository, the root is
empty, and ``None`` is a folder that is not known.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from sphinx_arco_parity.repository.shell.commands import Word

#: What the runner's variables for the checkout are replaced by; see :func:`join`.
WORKSPACE = "\ufffb"


def join(directory: str | None, path: str) -> str | None:
    """Return *path* as seen from *directory*, or ``None`` if it leads out."""
    if path == WORKSPACE or path.startswith(WORKSPACE + "/"):
        directory, path = "", path[2:]
    if directory is None or path.startswith(("/", "~")):
        return None
    joined = posixpath.normpath(posixpath.join(directory, path))
    if joined == ".." or joined.startswith("../"):
        return None
    return "" if joined == "." else joined


def upwards(folder: str) -> Iterator[str]:
    """Give *folder* and those above it, up to the root."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def change(
    builtin: str, words: Sequence[Word], directory: str | None, stack: list[str | None]
) -> str | None:
    """Return the folder after *builtin* (``cd``, ``pushd``, ``popd``) with *words*."""
    if builtin == "popd":
        return stack.pop() if stack else None
    targets = [word for word in words if not word.text.startswith("-") or word.text == "-"]
    stack.append(directory)
    if len(targets) != 1 or not targets[0].known or targets[0].glob:
        return None
    if targets[0].text == "-":
        return stack[-2] if len(stack) > 1 else None
    return join(directory, targets[0].text)
