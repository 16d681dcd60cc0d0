"""Values and functions of GitHub's expressions, and how values are compared.

Called by :mod:`.expressions`.
"""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


#: What only a run can know.
UNKNOWN: Any = _Unknown()


@dataclass(frozen=True, slots=True)
class Partial:
    """A text of which only the ends are known, such as a pull request's ref."""

    start: str = ""
    end: str = ""
    never: tuple[str, ...] = ()
    """What it is surely not."""

    def may_be(self, text: str) -> bool:
        """Tell whether the whole may be *text*."""
        lowered = text.lower()
        return (
            lowered.startswith(self.start.lower())
            and lowered.endswith(self.end.lower())
            and lowered not in self.never
        )


def as_text(value: Any) -> str | None:
    """Return *value* as GitHub writes it into a text, or ``None`` if it is unknown."""
    if value is UNKNOWN or isinstance(value, (Partial, dict, list)):
        return None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def truth(value: Any) -> bool | None:
    """Return whether *value* counts as true; ``None`` if that is not known."""
    if value is UNKNOWN:
        return None
    if isinstance(value, Partial):
        return True if value.start or value.end else None
    if isinstance(value, float) and math.isnan(value):
        return False
    return value not in (None, False, 0, "")


def number(value: Any) -> float | None:
    """Return what GitHub compares *value* as, ``None`` if that is not known."""
    if isinstance(value, bool) or value is None:
        return float(bool(value))
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value) if value.strip() else 0.0
        except ValueError:
            return math.nan
    return None


def equal(left: Any, right: Any) -> bool | None:
    """Return whether ``left == right``, ``None`` if that is not known."""
    if left is UNKNOWN or right is UNKNOWN:
        return None
    for value, other in ((left, right), (right, left)):
        if isinstance(value, Partial):
            return False if isinstance(other, str) and not value.may_be(other) else None
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if isinstance(left, (dict, list)) or isinstance(right, (dict, list)):
        return None
    if left is None and right is None:
        return True
    return number(left) == number(right)


#: What functions give of an empty list, whatever else they are given.
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": operator.contains, "startswith": str.startswith, "endswith": str.endswith,
}  # fmt: skip
_OF_NOTHING = {"contains": False, "tojson": "[]", "join": ""}


def call(name: str, arguments: list[Any]) -> Any:
    """Return what the function *name*, in lower case, gives, or UNKNOWN."""
    if name in {"always", "success", "failure", "cancelled"}:
        return True if name == "always" else UNKNOWN
    if arguments[:1] == [[]] and name in _OF_NOTHING:
        return _OF_NOTHING[name]
    if name in _TESTS and len(arguments) == 2:
        return _test(name, *arguments)
    if any(a is UNKNOWN or isinstance(a, Partial) for a in arguments):
        return UNKNOWN
    if name == "fromjson" and len(arguments) == 1:
        return _from_json(arguments[0])
    if name == "format" and arguments:
        return _format([as_text(a) for a in arguments])
    return UNKNOWN


def _test(name: str, whole: Any, part: Any) -> Any:
    """Return whether *whole* contains, begins or ends with *part*, whatever the case."""
    if as_text(part) is None:
        return UNKNOWN
    text = str(as_text(part)).lower()
    if isinstance(whole, Partial) and name == "startswith":
        start = whole.start.lower()
        return True if start.startswith(text) else UNKNOWN if text.startswith(start) else False
    if isinstance(whole, list) and name == "contains" and UNKNOWN not in whole:
        return any((as_text(item) or "").lower() == text for item in whole)
    known = as_text(whole)
    return UNKNOWN if known is None else _TESTS[name](known.lower(), text)


def _from_json(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else UNKNOWN
    except (ValueError, RecursionError):
        return UNKNOWN


def _format(texts: list[str | None]) -> Any:
    if None in texts:
        return UNKNOWN
    known = [text or "" for text in texts]
    try:
        return re.sub(
            r"\{\{|\}\}|\{(\d+)\}", lambda m: known[int(m[1]) + 1] if m[1] else m[0][0], known[0]
        )
    except IndexError:
        return UNKNOWN
