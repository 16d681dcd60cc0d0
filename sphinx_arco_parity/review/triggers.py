"""What a revisit trigger means: milestones, a date, a version, an event, or nothing.

Used by the rules on the review cadence, by views and by ``arco-parity review``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is called date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from sphinx_arco_parity.text.words import STRUCK, is_empty, plain


class TriggerKind(StrEnum):
    """What a trigger waits for."""

    MILESTONE = "milestone"
    """It names milestones, configured or not."""
    DATE = "date"
    VERSION = "version"
    EVENT = "event"
    """Words; never comes due by itself."""
    NONE = "none"
    """Nothing is planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A revisit trigger as it is understood."""

    kind: TriggerKind
    text: str
    """As written."""
    milestones: tuple[str, ...] = ()
    """Those named, as configured, in the configured order."""
    unknown: tuple[str, ...] = ()
    """Those named that are not configured, as written."""
    date: Date | None = None

    @property
    def waits_for(self) -> str:
        """What it waits for, in words that a table can show; may be empty."""
        if self.kind is TriggerKind.MILESTONE:
            return ", ".join(self.milestones + self.unknown)
        if self.kind is TriggerKind.DATE and self.date is not None:
            return self.date.isoformat()
        return ""


_NONE = re.compile(
    r"(?:never|none planned|not planned|unplanned|permanent|not applicable|"
    r"(?:no|none|nothing|not)\b[^.;,]{0,20}\b(?:revisit|review|reconsideration)s?(?: is)?(?: planned| scheduled)?|"
    r"no plans?(?: to [\w ]+)?|(?:do|will) not (?:be )?revisit(?:ed)?)[.!]?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_VERSION = re.compile(
    r"(?<![\w.-])v\d++(?:\.\d++)*+(?!\.*+\w)"
    r"|\b(?:version|release)\s+\d+(?:\.\d+)*|(?<![\w.-])\d++\.\d++(?:\.\d++)++(?!\.*+\w)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:-|–|—|\.\.\.?|…|→|to|through|thru|until)\s*", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[/,;&+]|and|or)\s*", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:[/&–-]|or|and)\s*", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:^|[/,;:(\[&+]|\b(?:at|by|in|for|on|of|to|or|and|until|till|from|since|after|before|past|"
    r"post|pre|with|during|around|about|no later than|not before|once|when|reaching|milestones?|"
    r"releases?|revisit|review|reassess|reconsider|decide|target|planned|deferred|slipped)\b"
    r"(?:\s+(?:the|milestones?|releases?|phase))?|\b(?:pre|post|mid)-)\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:$|[/,;:.)\]&+–—…→(-]|\b(?:or|and|to|if|when|once|unless|at|with|onwards?|on|later|"
    r"latest|earliest|after|before|through|until|as|because|depending|pending|given|per|by|for|"
    r"releases?|milestones?|review|planning|exit|kick-?off|start|end|close|gate|ga|launch|cut|"
    r"delivery|retrospective|scope|timeframe|cycle)\b)",
    re.IGNORECASE,
)
_HARDWARE = re.compile(
    r"\s+(?:mac|macs|macbooks?|imacs?|mac ?mini|mini|pro|max|ultra|chips?|silicon|cpus?|gpus?|"
    r"socs?|processors?|runners?|ssds?|screws?|bolts?|slots?|threads?|buckets?|storage)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:was|were|previously|formerly|originally|instead of|rather than|not|"
    r"(?:moved|slipped|postponed|deferred|pushed|rescheduled)(?: out)? from)[\s:]*(?:at |in )?$",
    re.IGNORECASE,
)
_APPLE = re.compile(r"\bapple(?: silicon)?[\s(]*$", re.IGNORECASE)


def parse_trigger(text: str, milestones: Sequence[str]) -> Trigger:
    """Read *text*, the revisit trigger of an exception.

    :param milestones: the configured names, in order.  A word with their letters and
        other digits is a milestone that is not configured, where it stands like one.
    """
    return _parse(text, tuple(milestones))


@lru_cache(maxsize=1 << 14)
def _parse(text: str, milestones: tuple[str, ...]) -> Trigger:
    """Read *text*; several rules and views ask for the same triggers."""
    bare = plain(STRUCK.sub("", text))
    known, unknown = _milestones(bare, milestones)
    date = _date(bare)
    if known or unknown:
        kind = TriggerKind.MILESTONE
    elif date is not None:
        kind = TriggerKind.DATE
    elif is_empty(bare) or _NONE.fullmatch(bare):
        kind = TriggerKind.NONE
    else:
        kind = TriggerKind.VERSION if _VERSION.search(bare) else TriggerKind.EVENT
    return Trigger(kind=kind, text=text, milestones=known, unknown=unknown, date=date)


def _date(bare: str) -> Date | None:
    for match in _DATE.finditer(bare):
        try:
            return Date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class _Named:
    """A milestone that a text names."""

    start: int
    end: int
    name: str
    """As configured, or as written."""
    known: bool


def _milestones(bare: str, configured: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the configured milestones that *bare* names, and the others."""
    if not configured:
        return (), ()
    named = list(_named(bare, configured))
    known = {milestone.name for milestone in named if milestone.known}
    for first, second in pairwise(named):
        between = bare[first.end : second.start]
        opened = re.search(r"\bbetween\s*$", bare[: first.start], re.IGNORECASE)
        is_range = _RANGE.fullmatch(between) or (opened and between.strip().lower() in {"and", "&"})
        if first.known and second.known and is_range:
            low, high = (configured.index(milestone.name) for milestone in (first, second))
            known.update(configured[low : high + 1])
    unknown = dict.fromkeys(milestone.name for milestone in named if not milestone.known)
    return tuple(name for name in configured if name in known), tuple(unknown)


def _named(bare: str, configured: tuple[str, ...]) -> Iterator[_Named]:
    """Give the milestones of *bare* in the order of the text."""
    by_key = {_key(name): name for name in configured}
    end, letters = -1, ""
    for match in _pattern(configured).finditer(bare):
        between = bare[end : match.start()] if end >= 0 else ""
        name = by_key.get(_key(match[0]))
        exact = name is not None and len(name) <= len(match[0])
        if not _is_one(bare, match, between, known=exact):
            continue
        written = (letters if match["more"] else "") + match[0]
        name = by_key.get(_key(written))
        end, letters = match.end(), re.sub(r"\d[\d.]*\D*$", "", written)
        yield _Named(match.start(), match.end(), name or written, name is not None)


def _is_one(bare: str, match: re.Match[str], between: str, *, known: bool) -> bool:
    """Tell whether *match* is a milestone; *between* is what follows the one before."""
    if match["more"]:
        # `M2/3`: the letters go on; `M2, 4 weeks later` does not.
        return bool(_GOES_ON.fullmatch(between) and _AFTER.match(bare[match.end() :]))
    if between and (_JOINT.fullmatch(between) or _RANGE.fullmatch(between)):
        return True
    # It must stand like one in its sentence: a configured name with digits nearly always is
    # one; `S3 storage` or `Beta users` is none.
    before, after = bare[: match.start()], bare[match.end() :]
    if before.endswith("/"):
        return False
    if before.endswith("-") and not re.search(r"\b(?:pre|post|mid)-$", before, re.IGNORECASE):
        return False
    if any(p.search(before) for p in (_APPLE, _NO_MORE)) or _HARDWARE.match(after):
        return False
    if known and any(character.isdigit() for character in match["name"]):
        return True
    return bool(_BEFORE.search(before)) and bool(_AFTER.match(after))


def _key(name: str) -> str:
    """Return what names are compared by: without case and spaces, `v2` like `v2.0`."""
    bare = re.sub(r"[\s_-]+", "", name).casefold()
    return re.sub(r"(?:\.0+)+(?![.\d])", "", bare)


@lru_cache(maxsize=32)
def _pattern(configured: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of the configured names, and of their letters with any digits."""
    longest_first = sorted(configured, key=len, reverse=True)
    numbered = [n for n in configured if re.search(r"[^\W\d_]", n) and re.search(r"\d", n)]
    shapes = [r"[\s_-]?".join(map(re.escape, re.split(r"[\s_-]+", name))) for name in longest_first]
    choice = "|".join(dict.fromkeys([*shapes, *map(_any_digits, numbered)]))
    return re.compile(
        rf"(?<![\w.:#@])(?P<name>{choice})(?![\w@]|\.\w|-\w*\d\w*-)"
        rf"|(?<=[/&–\s-])(?P<more>\d{{1,2}})(?![\w.%])",
        re.IGNORECASE,
    )


def _any_digits(name: str) -> str:
    """Return the shape of *name*: its letters, with any digits for its digits."""
    parts = re.findall(r"\d+(?:\.\d+)*|[\s_-]+|[^\d\s_-]+", name)
    return "".join(
        (r"\d+(?:\.\d+)*" if "." in part or len(parts) == 2 else r"\d+")
        if part[0].isdigit()
        else (r"[\s_-]?" if not part.strip(" _-\t") else re.escape(part))
        for part in parts
    )
