"""Conditions of ``#[cfg(…)]``, three-valued.

Called by :mod:`.cargo`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r'\s*(?:([A-Za-z_][\w:]*)|("(?:[^"\\]|\\.)*")|([(),=]))')
_ATTRIBUTE = re.compile(r"#!?\[\s*cfg\s*\((.*)\)\s*\]", re.DOTALL)
#: Characters of a condition beyond which it is not read.
_LIMIT = 2000

#: What holds, or not, whenever tests are run.
_CONSTANT = {"test": True, "true": True, "false": False, "doctest": False, "doc": False}

_CALL = re.compile(r"cfg\s*\((.*)\)", re.DOTALL)


def holds(
    condition: str,
    feature: Callable[[str], bool | None],
    other: Callable[[str, str | None], bool | None],
) -> bool | None:
    """Return whether *condition* holds under ``cargo test``; ``None`` if unknown.

    *feature* tells whether a feature is enabled, *other* whether another condition holds,
    given its name and, where it has one, its value.
    """
    condition = condition.strip()
    if len(condition) > _LIMIT:
        return None
    for pattern in (_ATTRIBUTE, _CALL):
        match = pattern.fullmatch(condition)
        if match:
            condition = match[1]
    try:
        parser = _Parser(condition, feature, other)
        value = parser.value()
    except (ValueError, RecursionError):
        return None
    return value if parser.done else None


class _Parser:
    def __init__(
        self,
        text: str,
        feature: Callable[[str], bool | None],
        other: Callable[[str, str | None], bool | None],
    ) -> None:
        self.tokens = [m[1] or m[2] or m[3] for m in _TOKEN.finditer(text)]
        if "".join(self.tokens) != re.sub(r'\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', "", text):
            raise ValueError(text)
        self.feature = feature
        self.other = other
        self.at = 0

    @property
    def done(self) -> bool:
        return self.at == len(self.tokens)

    def _next(self) -> str:
        if self.done:
            raise ValueError("ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def _is(self, token: str) -> bool:
        return not self.done and self.tokens[self.at] == token

    def value(self) -> bool | None:
        name = self._next()
        if self._is("("):
            self.at += 1
            return _combined(name, self._list())
        if self._is("="):
            self.at += 1
            text = self._next().strip('"')
            return self.feature(text) if name == "feature" else self.other(name, text)
        return _CONSTANT[name] if name in _CONSTANT else self.other(name, None)

    def _list(self) -> list[bool | None]:
        found = []
        while not self._is(")"):
            found.append(self.value())
            if self._is(","):
                self.at += 1
        self.at += 1
        return found


def _combined(name: str, values: list[bool | None]) -> bool | None:
    if name == "not" and len(values) == 1:
        return None if values[0] is None else not values[0]
    if name == "all":
        return False if False in values else (None if None in values else True)
    if name == "any":
        return True if True in values else (None if None in values else False)
    return None
