"""What can be said of a command and a test: selected, missed, or unknown.

Shared by the runners' modules; read by :mod:`sphinx_arco_parity.proof.ci`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_arco_parity.repository.source import Definition

#: How near a command that misses a test came to it; see :attr:`Selection.nearness`.
ELSEWHERE, SAME_PACKAGE, TAKEN_AWAY = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The test that a command may select."""

    path: str
    """Relative to the repository; a file."""
    symbol: str | None = None
    """As cited; ``None`` for the whole file."""
    definition: Definition | None = None
    """``None`` if there is no such test: then its file is judged."""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whether a command runs a test."""

    selected: bool | None
    """``None`` if that cannot be told."""
    reason: str = ""
    """Why not, or why it cannot be told: the end of a sentence that begins with
    "the step"."""
    nearness: int = ELSEWHERE
    """For a miss: other package or path, other target or filter, or taken away by an
    option such as ``--exclude``."""

    @property
    def missed(self) -> bool:
        """Whether the command plainly does not run the test."""
        return self.selected is False


SELECTED = Selection(selected=True)


def missed(reason: str, nearness: int = SAME_PACKAGE) -> Selection:
    """Return the answer for a command that plainly does not run the test."""
    return Selection(selected=False, reason=reason, nearness=nearness)


def unknown(reason: str) -> Selection:
    """Return the answer for a command of which it cannot be told."""
    return Selection(selected=None, reason=reason)


def judged(holds: bool | None, reason: str, nearness: int = SAME_PACKAGE) -> Selection:
    """Return the answer for a condition on the test, which *reason* says that it fails, or may."""
    if holds:
        return SELECTED
    return unknown(reason) if holds is None else missed(reason, nearness)


def all_of(answers: Iterable[Selection]) -> Selection:
    """Return the answer if every one of *answers* must hold; the first miss decides."""
    doubt: Selection | None = None
    for answer in answers:
        if answer.missed:
            return answer
        if answer.selected is None and doubt is None:
            doubt = answer
    return doubt or SELECTED


def any_of(answers: Iterable[Selection]) -> Selection:
    """Return the answer if one of *answers* suffices; without any, a miss."""
    best: Selection | None = None
    for answer in answers:
        if answer.selected:
            return answer
        if best is None or _weight(answer) > _weight(best):
            best = answer
    return best or missed("runs nothing")


def _weight(answer: Selection) -> int:
    return 10 if answer.selected is None else answer.nearness
