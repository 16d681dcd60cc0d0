"""The expressions of ``-k`` and ``-m``, three-valued.

Called by :mod:`.pytest`.  Source of the grammar: ``_pytest/mark/expression.py``, which is
Python's for ``and``, ``or``, ``not`` and parentheses.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from sphinx_arco_parity.repository.selection.conditions import (
    every,
    negated,
    place_of,
    some,
    tree_of,
)

_TOKEN = re.compile(r"\(|\)|(?::?\w|:|\+|-|\.|\[|\]|\\|/)+")


class ExpressionError(Exception):
    """The text is no expression."""


def evaluate(text: str, term: Callable[[str], bool | None]) -> bool | None:
    """Return whether *text* holds, *term* telling it of each word.

    An empty text holds.

    :raises ExpressionError: if it is none.
    """
    spelt = text.rstrip()
    if _TOKEN.sub("", spelt).strip(" \t"):
        raise ExpressionError(text)
    tokens = _TOKEN.findall(spelt)
    if not tokens:
        return True

    def value(node: ast.expr | None) -> bool | None:
        match node:
            case ast.Name(id=name):
                return term(tokens[place_of(name)])
            case ast.UnaryOp(operand=inner):
                return negated(value(inner))
            case ast.BoolOp(op=operator, values=parts):
                return (every if isinstance(operator, ast.And) else some)(map(value, parts))
        raise ExpressionError(text)

    try:
        return value(tree_of(tokens, {"(", ")", "and", "or", "not"}))
    except RecursionError:
        raise ExpressionError(text) from None
