"""Emphasis: which markers are markup and which belong to a glob or a name.

Called by :mod:`.inline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

_BEFORE = " \t\n\r([{\"'“‘>*_~—–"
_AFTER = " \t\n\r)]}\"'”’<*_~.,:;!?—–"
_INSIDE = "`[\"'“‘(*_~"


def mark_role(text: str, start: int, end: int) -> str:
    """Return ``o`` if ``text[start:end]`` may open emphasis, ``c`` if it may close it.

    Or both, or neither: the ``*`` of ``crates/*.rs`` and the underscores of ``__init__.py``
    do not pair.
    """
    opens, closes = _opens(text, start, end), _closes(text, start, end)
    return ("o" if opens else "") + ("c" if closes else "")


def _opens(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] not in _BEFORE:
        return False
    following = text[end : end + 1]
    return following != "" and (
        following.isalnum() or following in _INSIDE or category(following) == "So"
    )


def _closes(text: str, start: int, end: int) -> bool:
    if not start or text[start - 1].isspace() or text[start - 1] == "/":
        return False
    rest = text[end : end + 2]
    if text[start:end] == "**" and rest[:1].isalnum():
        return True  # `**C**ode`
    return not rest or (rest[0] in _AFTER and not (rest[0] == "." and rest[1:].isalnum()))


def paired(marks: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Return which of *marks* are markup: index to ``o`` (it opens) or ``c`` (closes).

    :param marks: each marker with what :func:`mark_role` says of it, in their order.
    """
    pairs: dict[int, str] = {}
    waiting: dict[str, list[int]] = {}
    for index, (marker, role) in enumerate(marks):
        same = waiting.setdefault(marker, [])
        if same and "c" in role:
            pairs |= {same.pop(): "o", index: "c"}
        elif "o" in role:
            same.append(index)
    return pairs
