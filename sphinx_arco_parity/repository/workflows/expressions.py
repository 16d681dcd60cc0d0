"""GitHub's expressions ``${{ … }}``, as far as they can be known before a run.

Values are strings, numbers, booleans, ``None``, dicts and lists, :data:`.UNKNOWN`, or a
:class:`.Partial`.  Operators are three-valued.
Source of the rules: "Evaluate expressions in workflows and actions" of GitHub's
documentation.
"""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable, Mapping
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


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": operator.contains, "startswith": str.startswith, "endswith": str.endswith,
}  # fmt: skip
#: What functions give of an empty list, whatever else they are given.
_OF_NOTHING = {"contains": False, "tojson": "[]", "join": ""}


def call(name: str, arguments: list[Any]) -> Any:
    """Return what the function *name*, in lower case, gives, or UNKNOWN."""
    if name in {"always", "success", "failure", "cancelled"}:
        return True if name == "always" else UNKNOWN
    if arguments[:1] == [[]] and name in _OF_NOTHING:
        return _OF_NOTHING[name]
    if name in _TESTS and len(arguments) == 2:
        return _test(name, *arguments)
    if any(a is UNKNOWN or isinstance(a, Partial) for a in arguments):
        return UNKNOWN
    if name == "fromjson" and len(arguments) == 1:
        return _from_json(arguments[0])
    if name == "format" and arguments:
        return _format([as_text(a) for a in arguments])
    return UNKNOWN


def _test(name: str, whole: Any, part: Any) -> Any:
    """Return whether *whole* contains, begins or ends with *part*, whatever the case."""
    if as_text(part) is None:
        return UNKNOWN
    text = str(as_text(part)).lower()
    if isinstance(whole, Partial) and name == "startswith":
        start = whole.start.lower()
        return True if start.startswith(text) else UNKNOWN if text.startswith(start) else False
    if isinstance(whole, list) and name == "contains" and UNKNOWN not in whole:
        return any((as_text(item) or "").lower() == text for item in whole)
    known = as_text(whole)
    return UNKNOWN if known is None else _TESTS[name](known.lower(), text)


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
    except (_SyntaxError, RecursionError):
        return UNKNOWN
    return UNKNOWN if parser.kind else value


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
        shown = as_text(evaluate(match[1], context))
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
                left = True if right is True else UNKNOWN
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
        if self._take("("):
            value = self.either()
            self._need(")")
            return value
        kind, text = self.kind, self.text
        self.at += 1
        if kind == "number":
            return float(int(text, 16)) if "0x" in text else float(text)
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "name":
            return self._name(text)
        if text == "*":
            return UNKNOWN
        raise _SyntaxError(text)

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
