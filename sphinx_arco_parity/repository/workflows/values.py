"""Values and functions of GitHub's expressions, and how values are compared.

Called by :mod:`.expressions`.
"""

from __future__ import annotations

import json
import math
import re
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
_OF_NOTHING = {"contains": False, "tojson": "[]", "join": ""}


def call(name: str, arguments: list[Any]) -> Any:
    """Return what the function *name*, in lower case, gives, or UNKNOWN."""
    if name in {"always", "success", "failure", "cancelled"}:
        return True if name == "always" else UNKNOWN
    if name == "startswith" and len(arguments) == 2:
        return _starts(arguments[0], arguments[1])
    if arguments[:1] == [[]] and name in _OF_NOTHING:
        return _OF_NOTHING[name]
    if any(a is UNKNOWN or isinstance(a, Partial) for a in arguments):
        return UNKNOWN
    if name == "fromjson" and len(arguments) == 1:
        return _from_json(arguments[0])
    if name == "format" and arguments:
        return _format([as_text(a) for a in arguments])
    if name in {"contains", "endswith"} and len(arguments) == 2:
        return _holds(name, arguments[0], arguments[1])
    return UNKNOWN


def _starts(whole: Any, start: Any) -> Any:
    text = as_text(start)
    if text is None:
        return UNKNOWN
    if isinstance(whole, Partial):
        if whole.start.lower().startswith(text.lower()):
            return True
        return UNKNOWN if text.lower().startswith(whole.start.lower()) else False
    known = as_text(whole)
    return UNKNOWN if known is None else known.lower().startswith(text.lower())


def _holds(name: str, whole: Any, part: Any) -> Any:
    text = as_text(part)
    if text is None:
        return UNKNOWN
    if isinstance(whole, list):
        if name != "contains" or any(item is UNKNOWN for item in whole):
            return UNKNOWN
        return any((as_text(item) or "").lower() == text.lower() for item in whole)
    known = as_text(whole)
    if known is None:
        return UNKNOWN
    lowered = known.lower()
    return text.lower() in lowered if name == "contains" else lowered.endswith(text.lower())


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
