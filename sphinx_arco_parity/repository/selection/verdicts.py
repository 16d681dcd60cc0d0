"""What can be said of a command and a test: selected, missed, or unknown; and of conditions.

Shared by the runners' modules; read by :mod:`sphinx_arco_parity.proof.ci`.  Conditions, those of
``#[cfg(…)]``, ``-k`` and ``-m``, are cut by Python's own parser.  Source of the grammar of
pytest: ``_pytest/mark/expression.py``, which is Python's for ``and``, ``or``, ``not`` and
parentheses.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sphinx_arco_parity.repository.python_text import parse_python
from sphinx_arco_parity.repository.source import Definition

#: How near a command that misses a test came to it; see :attr:`Selection.nearness`.
ELSEWHERE, SAME_PACKAGE, TAKEN_AWAY = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The test that a command may select."""

    path: str
    """Relative to the repository; a file."""
    symbol: str | None = None
    """As cited; ``None`` for the whole file."""
    definition: Definition | None = None
    """``None`` if there is no such test: then its file is judged."""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whether a command runs a test."""

    selected: bool | None
    """``None`` if that cannot be told."""
    reason: str = ""
    """Why not, or why it cannot be told: the end of a sentence that begins with
    "the step"."""
    nearness: int = ELSEWHERE
    """For a miss: other package or path, other target or filter, or taken away by an
    option such as ``--exclude``."""

    @property
    def missed(self) -> bool:
        """Whether the command plainly does not run the test."""
        return self.selected is False


SELECTED = Selection(selected=True)


def missed(reason: str, nearness: int = SAME_PACKAGE) -> Selection:
    """Return the answer for a command that plainly does not run the test."""
    return Selection(selected=False, reason=reason, nearness=nearness)


def unknown(reason: str) -> Selection:
    """Return the answer for a command of which it cannot be told."""
    return Selection(selected=None, reason=reason)


def judged(holds: bool | None, reason: str, nearness: int = SAME_PACKAGE) -> Selection:
    """Return the answer for a condition on the test, which *reason* says that it fails, or may."""
    if holds:
        return SELECTED
    return unknown(reason) if holds is None else missed(reason, nearness)


def all_of(answers: Iterable[Selection]) -> Selection:
    """Return the answer if every one of *answers* must hold; the first miss decides."""
    doubt: Selection | None = None
    for answer in answers:
        if answer.missed:
            return answer
        if answer.selected is None and doubt is None:
            doubt = answer
    return doubt or SELECTED


def any_of(answers: Iterable[Selection]) -> Selection:
    """Return the answer if one of *answers* suffices; without any, a miss."""
    best: Selection | None = None
    for answer in answers:
        if answer.selected:
            return answer
        if best is None or _weight(answer) > _weight(best):
            best = answer
    return best or missed("runs nothing")


def _weight(answer: Selection) -> int:
    return 10 if answer.selected is None else answer.nearness


def tree_of(tokens: Sequence[str], operators: Collection[str]) -> ast.expr | None:
    """Return the expression that *tokens* are to Python; ``None`` if they are none.

    All but *operators* are words: names, whatever they are to Python.
    """
    texts = (token if token in operators else f"w{at}" for at, token in enumerate(tokens))
    module = parse_python(" ".join(texts))
    first = module.body[0] if module and len(module.body) == 1 else None
    if not isinstance(first, ast.Expr):
        return None
    for node in ast.walk(first):
        if isinstance(node, ast.Name):
            node.id = tokens[int(node.id[1:])]
    return first.value


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


_CFG_TOKEN = re.compile(r'\s*(?:([A-Za-z_][\w:]*)|("(?:[^"\\]|\\.)*")|([(),=]))')
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
    if len(condition) > _LIMIT or _CFG_TOKEN.sub("", condition).strip():
        return None
    tokens = [m[1] or m[2] or m[3] for m in _CFG_TOKEN.finditer(condition)]

    def value(node: ast.expr | None) -> bool | None:
        match node:
            case ast.Call(func=ast.Name(id="not"), args=[part]):
                return negated(value(part))
            case ast.Call(func=ast.Name(id="all"), args=parts):
                return every(map(value, parts))
            case ast.Call(func=ast.Name(id="any"), args=parts):
                return some(map(value, parts))
            case ast.Compare(left=ast.Name(id=key), comparators=[ast.Name(id=given)]):
                text = given.strip('"')
                return feature(text) if key == "feature" else other(key, text)
            case ast.Name(id=key):
                return _CONSTANT[key] if key in _CONSTANT else other(key, None)
        return None

    spelt = ["==" if text == "=" else text for text in tokens]
    try:
        return value(tree_of(spelt, {"(", ")", ",", "=="}))
    except RecursionError:
        return None


_TOKEN = re.compile(r"\(|\)|(?::?\w|:|\+|-|\.|\[|\]|\\|/)+")


class ExpressionError(Exception):
    """The text is no expression."""


def evaluate(text: str, term: Callable[[str], bool | None]) -> bool | None:
    """Return whether *text* holds, *term* telling it of each word.

    An empty text holds; one of blanks, as pytest's ``-m`` has it, does not.

    :raises ExpressionError: if it is none.
    """
    spelt = text.rstrip()
    if _TOKEN.sub("", spelt).strip(" \t"):
        raise ExpressionError(text)
    tokens = _TOKEN.findall(spelt)
    if not tokens:
        return not text

    def value(node: ast.expr | None) -> bool | None:
        match node:
            case ast.Name(id=name):
                return term(name)
            case ast.UnaryOp(operand=inner):
                return negated(value(inner))
            case ast.BoolOp(op=operator, values=parts):
                return (every if isinstance(operator, ast.And) else some)(map(value, parts))
        raise ExpressionError(text)

    try:
        return value(tree_of(tokens, {"(", ")", "and", "or", "not"}))
    except RecursionError:
        raise ExpressionError(text) from None
