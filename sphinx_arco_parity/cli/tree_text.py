"""A tree of lines, as ``arco-parity why`` draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Branch:
    """A line with what hangs from it."""

    text: str
    notes: list[str] = field(default_factory=list)
    """Lines below it that are no branches: what is wrong, and what to do."""
    branches: list[Branch] = field(default_factory=list)

    def add(self, text: str, *notes: str) -> Branch:
        """Hang a new branch from this one, and return it."""
        branch = Branch(text, [note for note in notes if note])
        self.branches.append(branch)
        return branch


def drawn(root: Branch) -> str:
    """Return the lines of the tree."""
    lines = [root.text]
    lines += _below(root, "")
    return "\n".join([*lines, ""])


def _below(branch: Branch, margin: str) -> Iterator[str]:
    stem = "│ " if branch.branches else "  "
    for note in branch.notes:
        yield f"{margin}{stem}{note}"
    for below in branch.branches:
        last = below is branch.branches[-1]
        yield f"{margin}{'└─ ' if last else '├─ '}{below.text}"
        yield from _below(below, f"{margin}{'   ' if last else '│  '}")
