"""The expressions of ``-k`` and ``-m``, three-valued.

Called by :mod:`.pytest`.  Source of the grammar: ``_pytest/mark/expression.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r"[ \t]*(?:(\()|(\))|((?::?\w|:|\+|-|\.|\[|\]|\\|/)+)|(\S))")


class ExpressionError(Exception):
    """The text is no expression."""


def evaluate(text: str, term: Callable[[str], bool | None]) -> bool | None:
    """Return whether *text* holds, *term* telling it of each word.

    An empty text holds.

    :raises ExpressionError: if it is none.
    """
    tokens = _tokens(text)
    if not tokens:
        return True
    parser = _Parser(tokens, term)
    value = parser.either()
    if parser.at != len(tokens):
        raise ExpressionError(text)
    return value


def _tokens(text: str) -> list[str]:
    found = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match[4]:
            raise ExpressionError(text)
        found.append(match[1] or match[2] or match[3])
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str], term: Callable[[str], bool | None]) -> None:
        self.tokens = tokens
        self.term = term
        self.at = 0
        self.depth = 0

    def _take(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == token:
            self.at += 1
            return True
        return False

    def either(self) -> bool | None:
        values = [self.both()]
        while self._take("or"):
            values.append(self.both())
        return True if True in values else (None if None in values else False)

    def both(self) -> bool | None:
        values = [self.negation()]
        while self._take("and"):
            values.append(self.negation())
        return False if False in values else (None if None in values else True)

    def negation(self) -> bool | None:
        self.depth += 1
        if self.depth > 100:
            raise ExpressionError("nested too deeply")
        value = self._negation()
        self.depth -= 1
        return value

    def _negation(self) -> bool | None:
        if self._take("not"):
            value = self.negation()
            return None if value is None else not value
        if self._take("("):
            value = self.either()
            if not self._take(")"):
                raise ExpressionError("a parenthesis is not closed")
            return value
        if self.at >= len(self.tokens) or self.tokens[self.at] in {"and", "or", ")"}:
            raise ExpressionError("a word is missing")
        self.at += 1
        return self.term(self.tokens[self.at - 1])
