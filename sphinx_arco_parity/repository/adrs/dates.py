"""Dates in the status of an ADR, and which of two is the newer.

A date is kept as precisely as it can be told: of ``03/04/2024`` only the year.
"""

from __future__ import annotations

import re

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES.split(), 1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _NAMES.split()) + "|sept"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.]?)(?P<month>0[1-9]|1[0-2])"
    r"(?:(?P=mark)(?P<day>[0-3]\d))?(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?"
    r"|(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)(?P<last>(?:19|20)\d\d)"
    rf"|(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -])?(?P<name>{_MONTH})\.?[ -]"
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,?[ ])?(?P<named>(?:19|20)\d\d)"
    r")(?![\w/]|-\w|\.\d)",
    re.IGNORECASE,
)

#: Year, month, day; shorter if the rest is not known.
Date = tuple[int, ...]


def date_of(text: str) -> Date | None:
    """Return the first date of *text*.

    >>> date_of("accepted on 5 March 2024"), date_of("2024-03"), date_of("03/04/2024")
    ((2024, 3, 5), (2024, 3), (2024,))
    """
    found = _DATE.search(text)
    return _read(found) if found else None


def _read(found: re.Match[str]) -> Date:
    if found["year"]:
        parts = (found["year"], found["month"], found["day"])
        return tuple(int(part) for part in parts if part)
    if found["named"]:
        day = found["before"] or found["after"]
        month = _MONTHS[found["name"][:3].lower()]
        return (int(found["named"]), month, *([int(day)] if day else []))
    year, first, second = (int(found[key]) for key in ("last", "first", "second"))
    if found["sign"] == "." or first > 12 or first == second:
        return (year, second, first)
    return (year, first, second) if second > 12 else (year,)


def without_dates(text: str) -> str:
    """Return *text* without its dates."""
    return _DATE.sub(" ", text)


def is_newer(date: Date, than: Date) -> bool | None:
    """Return whether *date* is after *than*; ``None`` if it cannot be told."""
    known = min(len(date), len(than))
    return None if date[:known] == than[:known] else date > than
