"""What the shell room gives out: simple commands with their words, and the folders they run in.

Folders are relative to the repository, the root is empty, and ``None`` is a folder that is not
known.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Stands in a word's text for what is not known before the script runs.
UNKNOWN = "\ufffc"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command, after quotes and known variables."""

    text: str
    """With :data:`UNKNOWN` for each part that is not known."""
    raw: str
    """As written."""
    many: bool = False
    """It may become no word or several: an unquoted unknown variable."""
    glob: bool = False
    """It has an unquoted wildcard."""

    @property
    def known(self) -> bool:
        """Whether it is exactly this one word."""
        return not self.many and UNKNOWN not in self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellCommand:
    """A simple command of a script."""

    words: tuple[Word, ...]
    line: int
    """From 1, in the script."""
    directory: str | None = ""
    """Where it runs, relative to the repository, empty for its root; ``None`` if that is
    not known."""
    environment: tuple[tuple[str, str | None], ...] = ()
    """Variables that are set, sorted; ``None`` for a value that is not known."""
    swallowed: bool | None = False
    """Whether its failure leaves the script successful; ``None`` if that depends."""
    perhaps: bool = False
    """It runs only if a condition of the script holds, which is not known to hold."""
    piped_to: str | None = None
    """The file of the ``tee`` that hides its failure, where that alone does."""

    @property
    def known(self) -> bool:
        """Whether every word is known."""
        return all(word.known for word in self.words)

    @property
    def text(self) -> str:
        """The command as written, for people: words joined by one space."""
        return " ".join(word.raw for word in self.words)

    def variable(self, name: str) -> str | None:
        """Return what the variable *name* is set to here; empty if it is not set."""
        return dict(self.environment).get(name, "")


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
