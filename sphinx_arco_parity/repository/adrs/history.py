"""The status that holds, of a status that keeps its history.

People add a line for each change, at the end or at the head, mostly with its date.  Where it
cannot be told which of them holds there is no status: an older one would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sphinx_arco_parity.repository.adrs.in_force import status_word
from sphinx_arco_parity.repository.adrs.names import Date, date_of, is_newer, without_dates

_CHANGED = re.compile(
    r"^[\W_]*(?:(?:adr |decision )?status\b\W*)?(?:(?:was |has been )?(?:changed|moved|set|updated|"
    r"switched|marked)\b(?: from \w+)?(?: to| as)?|is now|now)?\W+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;→⇒]|[-=]>|\bthen\b|\band\b", re.IGNORECASE)
_PARENTHESES = re.compile(rf"{_PARTS.pattern}|[()]", re.IGNORECASE)
_OVER_OTHERS = re.compile(r"\W*(?:super[sc]ee?des?|replaces|obsoletes)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
#: Words that begin other sentences as well.
_COMMON = frozenset({"new", "open", "active", "final", "done", "pending", "idea", "discussion"})
_LIFE = {"proposed": 1, "accepted": 2, "rejected": 2, "deprecated": 3, "superseded": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line, or a part of one, that gives a status."""

    line: int
    text: str
    word: str
    """What it means; ``unknown`` for a dated change that cannot be read."""
    date: Date | None


def change_in(line: int, text: str) -> Change | None:
    """Return the change of status that *text* tells, if it tells one."""
    date = date_of(text)
    bare = _CHANGED.sub("", f" {without_dates(text)}")
    word = status_word(bare)
    words = _WORD.findall(bare)
    if words and words[0].casefold() in _COMMON and len(words) > 1:
        word = "unknown"
    if word == "unknown":
        # A status deeper in a dated line may be a change that is told in other words.
        told = any(status_word(found) != "unknown" for found in words)
        return Change(line=line, text=text, word=word, date=date) if date and told else None
    # Without a date only the word itself is one: others may begin a sentence.
    if date is None and len(words) > 1:
        return None
    if _OVER_OTHERS.match(bare):
        return None
    shorter = (text, _CHANGED.sub("", f" {text}").strip(), bare.strip())
    text = next(told for told in shorter if status_word(told) == word)
    return Change(line=line, text=text, word=word, date=date)


def changes_in(line: int, text: str) -> list[Change]:
    """Return the changes of one line: ``Proposed 2024-01-01, accepted 2024-02-01``."""
    for separator in (_PARTS, _PARENTHESES):
        parts = [change_in(line, part.strip()) for part in separator.split(text)]
        dated = [part for part in parts if part and part.date and part.word in _LIFE]
        if len(dated) > 1:
            return dated
    change = change_in(line, text)
    return [change] if change else []


def holding(changes: Sequence[Change]) -> Change | None:
    """Return the one of *changes* that holds; ``None`` if it cannot be told."""
    dated = [change for change in changes if change.date]
    undated = [change for change in changes if not change.date]
    if not dated:
        return changes[0] if len({change.word for change in changes}) == 1 else None
    newest = _newest(dated)
    if newest is None or newest.word == "unknown":
        return None
    if all(change.word == newest.word for change in undated):
        return newest
    # A status without date that only comes later in the life of an ADR is the newer.
    words = {change.word for change in undated}
    later = len(words) == 1 and all(
        _LIFE[change.word] > _LIFE.get(other.word, 9) for change in undated for other in dated
    )
    return undated[0] if later else None


def _newest(dated: Sequence[Change]) -> Change | None:
    """Return the change of the latest date; of several on that day the last in order."""
    best = [change for change in dated if not any(_after(o, change) for o in dated)]
    if len({change.word for change in best}) == 1:
        return best[0]
    rising = _order(dated)
    same = len({change.date for change in best}) == 1
    if rising is None or not same:
        return None
    return best[-1] if rising else best[0]


def _after(change: Change, other: Change) -> bool:
    return bool(change.date and other.date and is_newer(change.date, other.date))


def _order(dated: Sequence[Change]) -> bool | None:
    """Return whether the dates rise; ``None`` if they do neither that nor fall."""
    rises = {_after(b, a) for a, b in pairwise(dated) if _after(a, b) or _after(b, a)}
    return rises.pop() if len(rises) == 1 else None
