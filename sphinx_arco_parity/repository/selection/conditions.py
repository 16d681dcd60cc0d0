"""Conditions in words, cut by Python's own parser, and logic in which things may be unknown.

Called by :mod:`.cargo_cfg` and :mod:`.pytest_expressions`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence

from sphinx_arco_parity.repository.python_text import parse_python


def tree_of(tokens: Sequence[str], operators: Collection[str]) -> ast.expr | None:
    """Return the expression that *tokens* are to Python; ``None`` if they are none.

    All but *operators* are words, each a name of which :func:`place_of` gives the token.
    """
    texts = (token if token in operators else f"w{at}" for at, token in enumerate(tokens))
    module = parse_python(" ".join(texts))
    first = module.body[0] if module and len(module.body) == 1 else None
    return first.value if isinstance(first, ast.Expr) else None


def place_of(name: str) -> int:
    """Return which of the tokens a *name* in the tree is."""
    return int(name[1:])


def some(values: Iterable[bool | None]) -> bool | None:
    """Return whether one of *values* is true; ``None`` if one may be."""
    known = set(values)
    return True if True in known else (None if None in known else False)


def negated(value: bool | None) -> bool | None:
    """Return whether *value* is false; ``None`` if that is not known."""
    return None if value is None else not value


def every(values: Iterable[bool | None]) -> bool | None:
    """Return whether all of *values* are true; ``None`` if they may be."""
    return negated(some(map(negated, values)))
