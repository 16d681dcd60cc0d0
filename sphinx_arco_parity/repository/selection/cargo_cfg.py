"""Conditions of ``#[cfg(…)]``, three-valued.

Called by :mod:`.cargo`.
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

_TOKEN = re.compile(r'\s*(?:([A-Za-z_][\w:]*)|("(?:[^"\\]|\\.)*")|([(),=]))')
#: Characters of a condition beyond which it is not read.
_LIMIT = 2000

#: What holds, or not, whenever tests are run.
_CONSTANT = {"test": True, "true": True, "false": False, "doctest": False, "doc": False}


def holds(
    condition: str,
    feature: Callable[[str], bool | None],
    other: Callable[[str, str | None], bool | None],
) -> bool | None:
    """Return whether *condition* holds under ``cargo test``; ``None`` if unknown.

    *feature* tells whether a feature is enabled, *other* whether another condition holds,
    given its name and, where it has one, its value.
    """
    if len(condition) > _LIMIT or _TOKEN.sub("", condition).strip():
        return None
    tokens = [m[1] or m[2] or m[3] for m in _TOKEN.finditer(condition)]

    def value(node: ast.expr | None) -> bool | None:
        match node:
            case ast.Call(func=ast.Name(id=name), args=parts):
                return _combined(tokens[place_of(name)], [value(part) for part in parts])
            case ast.Compare(left=ast.Name(id=name), comparators=[ast.Name(id=given)]):
                key, text = tokens[place_of(name)], tokens[place_of(given)].strip('"')
                return feature(text) if key == "feature" else other(key, text)
            case ast.Name(id=name):
                key = tokens[place_of(name)]
                return _CONSTANT[key] if key in _CONSTANT else other(key, None)
        return None

    spelt = ["==" if text == "=" else text for text in tokens]
    try:
        return value(tree_of(spelt, {"(", ")", ",", "=="}))
    except RecursionError:
        return None


def _combined(name: str, values: list[bool | None]) -> bool | None:
    if name == "not" and len(values) == 1:
        return negated(values[0])
    if name == "all":
        return every(values)
    return some(values) if name == "any" else None
