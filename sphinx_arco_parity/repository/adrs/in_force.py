"""Looks ADRs up, and says whether they are in force: which status holds.

Used by roles, rules and exports.  Of a status that keeps its history people add a line for each
change, at the end or at the head, mostly with its date.  Where it cannot be told which of them
holds there is no status: an older one would be wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sphinx_arco_parity.model.records import Adr
from sphinx_arco_parity.repository.adrs import names
from sphinx_arco_parity.text.words import by_word

_WORDS = {
    "accepted": "accepted accept approved approve adopted active decided agreed ratified "
    "implemented done final enacted committed complete completed",
    "proposed": "proposed proposal propose draft drafted pending open wip rfc new "
    "submitted tbd idea discussion",
    "superseded": "superseded superceded superseeded supersede supersedes replaced",
    "deprecated": "deprecated obsolete obsoleted retired outdated archived",
    "rejected": "rejected reject declined denied withdrawn abandoned cancelled canceled",
}
_WORD_OF = by_word(_WORDS)
_PHRASES = {
    **dict.fromkeys(("in review", "under review", "in discussion", "under discussion"), "proposed"),
    **dict.fromkeys(("in progress", "to be"), "proposed"),
    **dict.fromkeys(("in force", "in effect"), "accepted"),
    "no longer": "deprecated",
}
_LETTERS = re.compile(r"[^\W\d_]+")
_ARROW = re.compile(r"→|⇒|(?<![-=])[-=]++>")
_CHOICE = re.compile(r"\{|\w\s*\|\s*\w")
_TARGET_NUMBER = re.compile(
    r"(?:adr)?[-_ #:]*(?P<number>(?:[a-z]{1,5}-?)?\d{1,5}[a-z]?)", re.IGNORECASE
)
_IN_PART = re.compile(r"\b(?:in part|part(?:s|ly|ial|ially))\b", re.IGNORECASE)
_DAY = re.compile(r"(?:adr)?[-_ #:]*\d{4}(?:[-_.]?\d\d){2}", re.IGNORECASE)


def _now(status: str) -> str:
    """Return the last of a status written as ``Proposed → Accepted``."""
    return _ARROW.split(status)[-1]


def first_word(status: str) -> str:
    """Return the first word of a status in lower case, in one spelling.

    >>> first_word("Superceded by ADR-020")
    'superseded'
    """
    found = _LETTERS.search(names.without_dates(_now(status)))
    word = found[0].casefold() if found else ""
    return "superseded" if _WORD_OF.get(word) == "superseded" else word


def status_word(status: str) -> str:
    """Return what a status means.

    One of ``accepted``, ``proposed``, ``superseded``, ``deprecated``, ``rejected``;
    What is superseded in part is accepted for the rest.  ``unknown`` if its first word is none that we know, or if it is a template's choice.
    """
    if _CHOICE.search(status):
        return "unknown"
    now = names.without_dates(_now(status))
    words = [word.casefold() for word in _LETTERS.findall(now)[:2]]
    known = _WORD_OF.get(words[0]) if words else None
    if known == "superseded" and _IN_PART.search(now):
        return "accepted"
    return known or _PHRASES.get(" ".join(words), "unknown")


def standing(adr: Adr) -> str:
    """Return :func:`status_word` of *adr*; one that has a successor is superseded."""
    word = status_word(adr.status)
    replaced = adr.superseded_by is not None and word in {"accepted", "unknown"}
    return "superseded" if replaced else word


class _Names:
    """The ADRs by path, by name of the file, and by number; the first of each."""

    def __init__(self, adrs: Sequence[Adr]) -> None:
        self.adrs = adrs
        self.paths: dict[str, Adr] = {}
        self.stems: dict[str, list[Adr]] = defaultdict(list)
        self.numbers: dict[str, list[Adr]] = defaultdict(list)
        self.labels: dict[str, list[Adr]] = defaultdict(list)
        """By the letters and number, or the date, with which the file's name begins."""
        for adr in sorted(adrs, key=lambda adr: (adr.path.count("/"), adr.path)):
            self.paths[adr.key.lower()] = adr
            self.numbers[names.number_key(adr.number)].append(adr)
            if not adr.is_entry:
                stem = names.stem_of(adr.path)
                self.stems[stem.lower()].append(adr)
                label = names.label_of(stem) or names.record_date(stem)
                if label:
                    self.labels[names.number_key(label)].append(adr)

    def find(self, target: str, near: str) -> Adr | None:
        path = target.lower().removeprefix("./").strip("/")
        if path in self.paths:
            return self.paths[path]
        number = _TARGET_NUMBER.fullmatch(target)
        written = number["number"] if number else names.file_number(target) or target
        key, date = names.number_key(written), names.record_date(target)
        dated = self.labels.get(date) if date and _DAY.fullmatch(target) else None
        found = self.stems.get(names.stem_of(path)) or self.numbers.get(key)
        found = found or self.labels.get(key) or dated
        if not found:
            return None
        home = [adr for adr in found if names.home_of(adr.path) == names.home_of(near)]
        return (home or found)[0]


class _Key:
    """Compares a sequence of ADRs by identity, so that looking up costs no hashing."""

    def __init__(self, adrs: Sequence[Adr]) -> None:
        self.adrs = adrs

    def __hash__(self) -> int:
        return id(self.adrs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.adrs is other.adrs


@lru_cache(maxsize=4)
def _names(key: _Key) -> _Names:
    return _Names(key.adrs)


def resolve_adr(target: str, adrs: Sequence[Adr], *, near: str = "") -> Adr | None:
    """Return the ADR that *target* names, or ``None``.

    :param target: ``024``, ``24``, ``ADR-024``, the name of a file with or without its
        ending, or a path; case does not count.
    :param adrs: a tuple that is not changed while it is in use.
    :param near: the path of the ADR that cites it; where two folders have that number,
        its own comes first.
    """
    known = _names(_Key(adrs))
    written = target.strip().strip("`")
    if entry := known.paths.get(written.lower()):
        return entry
    bare = written.partition("#")[0] or target.strip()
    return known.find(bare.strip().lstrip("#"), near)


def successor_chain(adr: Adr, adrs: Sequence[Adr]) -> tuple[Adr, ...]:
    """Return what superseded *adr*, then what superseded that, to the one in force.

    A loop ends before the first that would come again.
    """
    chain: list[Adr] = []
    seen = {adr.key}
    while adr.superseded_by is not None:
        following = resolve_adr(adr.superseded_by, adrs, near=adr.path)
        if following is None or following.key in seen:
            break
        seen.add(following.key)
        chain.append(following)
        adr = following
    return tuple(chain)


def duplicates(adrs: Sequence[Adr]) -> tuple[tuple[Adr, ...], ...]:
    """Return the groups of ADRs of one folder that have the same number.

    Folders may number their ADRs on their own, as the categories of MADR do.
    """
    groups: dict[tuple[str, str], list[Adr]] = defaultdict(list)
    for adr in adrs:
        groups[names.home_of(adr.path), names.number_key(adr.number)].append(adr)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


_CHANGED = re.compile(
    r"^[\W_]*(?:(?:adr |decision )?status\b\W*)?(?:(?:was |has been )?(?:changed|moved|set|updated|"
    r"switched|marked)\b(?: from \w+)?(?: to| as)?|is now|now)?\W+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;→⇒]|[-=]>|\bthen\b|\band\b", re.IGNORECASE)
_PARENTHESES = re.compile(rf"{_PARTS.pattern}|[()]", re.IGNORECASE)
_OVER_OTHERS = re.compile(r"\W*(?:super[sc]ee?des?|replaces|obsoletes)\b", re.IGNORECASE)
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
    date: names.Date | None


def change_in(line: int, text: str) -> Change | None:
    """Return the change of status that *text* tells, if it tells one."""
    date = names.date_of(text)
    bare = _CHANGED.sub("", f" {names.without_dates(text)}")
    word = status_word(bare)
    words = _LETTERS.findall(bare)
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
    rises = {_after(b, a) for a, b in pairwise(dated) if _after(a, b) or _after(b, a)}
    if len(rises) != 1 or len({change.date for change in best}) != 1:
        return None
    return best[-1] if rises == {True} else best[0]


def _after(change: Change, other: Change) -> bool:
    return bool(change.date and other.date and names.is_newer(change.date, other.date))
