"""GitHub's expressions ``${{ … }}``, as far as they can be known before a run.

Values are strings, numbers, booleans, ``None``, dicts and lists, :data:`.UNKNOWN`, or a
:class:`.Partial`.  Operators are three-valued.
Source of the rules: "Evaluate expressions in workflows and actions" of GitHub's
documentation.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from sphinx_arco_parity.repository.workflows.values import (
    UNKNOWN,
    as_text,
    call,
    equal,
    number,
    truth,
)


class _SyntaxError(Exception):
    pass


_TOKEN = re.compile(
    r"\s*(?:(?P<number>[-+]?(?:0x[0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?))"
    r"|(?P<string>'(?:[^']|'')*')"
    r"|(?P<operator>&&|\|\||==|!=|<=|>=|[!<>()\[\].,*])"
    r"|(?P<name>[A-Za-z_][\w-]*))"
)

EXPRESSION = re.compile(r"\$\{\{((?:[^$]|\$(?!\{\{))*?)\}\}")


def evaluate(text: str, context: Mapping[str, Any]) -> Any:
    """Return the value of the expression *text* (without ``${{ }}``), or UNKNOWN.

    *context* maps the roots that are known (``github``, ``matrix``, …) to their values.
    """
    try:
        parser = _Parser(_tokens(text), context)
        value = parser.either()
        if parser.kind:
            return UNKNOWN
    except (_SyntaxError, RecursionError):
        return UNKNOWN
    return value


def condition(text: str, context: Mapping[str, Any]) -> bool | None:
    """Return whether the ``if`` *text* holds, or ``None`` if that is not known."""
    stripped = text.strip()
    whole = EXPRESSION.fullmatch(stripped)
    if whole:
        stripped = whole[1]
    elif EXPRESSION.search(stripped):
        return None  # `${{ a }} == 'x'` is an expression to people, a text to GitHub
    return truth(evaluate(stripped, context))


def bare_condition(text: str) -> str:
    """Return the ``if`` *text* as people are shown it, on one line."""
    return " ".join(text.split()).removeprefix("${{").removesuffix("}}").strip()


def substitute(text: str, context: Mapping[str, Any]) -> str:
    """Return *text* with the known ``${{ … }}`` put in; the others stay as written."""

    def put(match: re.Match[str]) -> str:
        value = evaluate(match[1], context)
        shown = as_text(value)
        return match[0] if shown is None else shown

    return EXPRESSION.sub(put, text)


def has_unknown(text: str) -> bool:
    """Tell whether an expression is left in *text*."""
    return EXPRESSION.search(text) is not None


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _SyntaxError(text)
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


class _Parser:
    """Reads and computes in one go; unknown operands make unknown results."""

    def __init__(self, tokens: list[tuple[str, str]], context: Mapping[str, Any]) -> None:
        self.tokens = tokens
        self.context = context
        self.at = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    @property
    def text(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self, *operators: str) -> str:
        if self.kind == "operator" and self.text in operators:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _need(self, operator: str) -> None:
        if not self._take(operator):
            raise _SyntaxError(operator)

    def either(self) -> Any:
        left = self.both()
        while self._take("||"):
            right = self.both()
            known = truth(left)
            if known is None:
                left = True if truth(right) and right is True else UNKNOWN
            else:
                left = left if known else right
        return left

    def both(self) -> Any:
        left = self.equality()
        while self._take("&&"):
            right = self.equality()
            known = truth(left)
            if known is None:
                left = False if truth(right) is False else UNKNOWN
            else:
                left = right if known else left
        return left

    def equality(self) -> Any:
        left = self.relation()
        while operator := self._take("==", "!="):
            same = equal(left, self.relation())
            left = UNKNOWN if same is None else same == (operator == "==")
        return left

    def relation(self) -> Any:
        left = self.negation()
        while operator := self._take("<", "<=", ">", ">="):
            right = self.negation()
            numbers = [number(left), number(right)]
            left = UNKNOWN if None in numbers else _RELATIONS[operator](numbers[0], numbers[1])
        return left

    def negation(self) -> Any:
        if self._take("!"):
            known = truth(self.negation())
            return UNKNOWN if known is None else not known
        return self.access()

    def access(self) -> Any:
        value = self.atom()
        while True:
            if self._take("."):
                name = self.text
                self.at += 1
                if name == "*":  # all values of it, as far as they are plain
                    value = value if value in ([], None) else UNKNOWN
                else:
                    value = _member(value, name)
            elif self._take("["):
                index = self.either()
                self._need("]")
                value = _member(value, index)
            else:
                return value

    def atom(self) -> Any:
        kind, text = self.kind, self.text
        self.at += 1
        if kind == "number":
            return float(int(text, 16)) if "0x" in text else float(text)
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "operator" and text == "(":
            value = self.either()
            self._need(")")
            return value
        if kind == "operator" and text == "*":
            return UNKNOWN
        if kind != "name":
            raise _SyntaxError(text)
        return self._name(text)

    def _name(self, text: str) -> Any:
        lowered = text.lower()
        if self._take("("):
            arguments = []
            while not self._take(")"):
                arguments.append(self.either())
                if not self._take(",") and self.text != ")":
                    raise _SyntaxError(text)
            return call(lowered, arguments)
        if lowered in {"true", "false"}:
            return lowered == "true"
        if lowered == "null":
            return None
        return self.context.get(lowered, UNKNOWN)


_RELATIONS: dict[str, Callable[[Any, Any], bool]]
_RELATIONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def _member(value: Any, key: Any) -> Any:
    if isinstance(value, dict) and isinstance(key, str):
        for name, found in value.items():
            if name.lower() == key.lower():
                return found
        return UNKNOWN if "*" in value else None
    if value is None:
        return None
    if value == [] and isinstance(key, str):
        return []  # `labels.*.name` of no labels
    if isinstance(value, list) and isinstance(key, float):
        return value[int(key)] if 0 <= key < len(value) else None
    return UNKNOWN
