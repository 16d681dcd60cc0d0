"""The tokens of a cell, and what they are made of.

Values only: :mod:`.scanning` makes them, :mod:`.cell_items` groups them, the grammars
(:mod:`.references`, :mod:`.ci_cells`) read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a token is."""

    CODE = "code"
    """A code span; its text is the literal."""
    LINK = "link"
    """``[text](target)``."""
    WORD = "word"
    """Anything between white space that is nothing else."""
    MARK = "mark"
    """A marker of emphasis, a tag or a comment of HTML, until it is dropped."""
    SEPARATOR = "separator"
    """A comma or a semicolon."""
    BREAK = "break"
    """The end of a line."""
    BULLET = "bullet"
    """The marker of a list at the start of a line."""
    OPEN = "open"
    CLOSE = "close"
    GROUP = "group"
    """What stands in parentheses, nested ones included."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a cell; ``source[start:end]`` is how it was written."""

    kind: Kind
    text: str
    """Without markup; entities and escapes resolved."""
    start: int
    end: int
    target: str = ""
    """Of a link; of a marker ``o`` (it opens) or ``c`` (it closes)."""
    literal: bool = False
    """A link whose text is a code span, or the word of a role, which is all of a word."""
    inner: tuple[Token, ...] = ()
    """Of a group; flat: nested parentheses are ``OPEN`` and ``CLOSE``."""

    def touches(self, following: Token) -> bool:
        """Tell whether nothing stands between this token and *following*."""
        return self.end == following.start
