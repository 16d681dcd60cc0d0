"""Looks ADRs up, and says whether they are in force.

Used by roles, rules and exports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from sphinx_arco_parity.model.records import Adr
from sphinx_arco_parity.repository.adrs.names import (
    file_number,
    home_of,
    label_of,
    number_key,
    record_date,
    stem_of,
    without_dates,
)
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
    found = _LETTERS.search(without_dates(_now(status)))
    word = found[0].casefold() if found else ""
    return "superseded" if _WORD_OF.get(word) == "superseded" else word


def status_word(status: str) -> str:
    """Return what a status means.

    One of ``accepted``, ``proposed``, ``superseded``, ``deprecated``, ``rejected``;
    What is superseded in part is accepted for the rest.  ``unknown`` if its first word is none that we know, or if it is a template's choice.
    """
    if _CHOICE.search(status):
        return "unknown"
    now = without_dates(_now(status))
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
            self.numbers[number_key(adr.number)].append(adr)
            if not adr.is_entry:
                stem = stem_of(adr.path)
                self.stems[stem.lower()].append(adr)
                label = label_of(stem) or record_date(stem)
                if label:
                    self.labels[number_key(label)].append(adr)

    def find(self, target: str, near: str) -> Adr | None:
        path = target.lower().removeprefix("./").strip("/")
        if path in self.paths:
            return self.paths[path]
        number = _TARGET_NUMBER.fullmatch(target)
        written = number["number"] if number else file_number(target) or target
        key, date = number_key(written), record_date(target)
        dated = self.labels.get(date) if date and _DAY.fullmatch(target) else None
        found = self.stems.get(stem_of(path)) or self.numbers.get(key)
        found = found or self.labels.get(key) or dated
        if not found:
            return None
        home = [adr for adr in found if home_of(adr.path) == home_of(near)]
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
    names = _names(_Key(adrs))
    written = target.strip().strip("`")
    if entry := names.paths.get(written.lower()):
        return entry
    bare = written.partition("#")[0] or target.strip()
    return names.find(bare.strip().lstrip("#"), near)


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
        groups[home_of(adr.path), number_key(adr.number)].append(adr)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
