"""Values of GitHub's expressions, and how they are compared.

Called by :mod:`.expressions` and :mod:`.functions`.
"""

from __future__ import annotations

import math
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
