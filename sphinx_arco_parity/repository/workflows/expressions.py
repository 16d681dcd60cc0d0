"""GitHub's expressions ``${{ … }}``, as far as they can be known before a run.

Values are strings, numbers, booleans, ``None``, dicts and lists, :data:`UNKNOWN`, or a
:class:`Partial`.  Operators are three-valued.  Called by :mod:`.jobs` and :mod:`.gating`.
Source of the rules: "Evaluate expressions in workflows and actions" of GitHub's
documentation.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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


class _SyntaxError(Exception):
    pass


_TOKEN = re.compile(
    r"\s*(?:(?P<number>[-+]?(?:0x[0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?))"
    r"|(?P<string>'(?:[^']|'')*')"
    r"|(?P<operator>&&|\|\||==|!=|<=|>=|[!<>()\[\].,*])"
    r"|(?P<name>[A-Za-z_][\w-]*))"
)

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


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
        return _mixed(stripped, context)
    return truth(evaluate(stripped, context))


def _mixed(text: str, context: Mapping[str, Any]) -> bool | None:
    """Return the truth of an ``if`` in which only parts are written in ``${{ }}``.

    ``${{ a }} == 'x'`` is one expression to people and a text, which is true, to GitHub:
    nothing is said of it.
    """
    del text, context
    return None


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

    def __init__(
        self, tokens: list[tuple[str, str]], context: Mapping[str, Any]
    ) -> None:
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
            same = _equal(left, self.relation())
            left = UNKNOWN if same is None else same == (operator == "==")
        return left

    def relation(self) -> Any:
        left = self.negation()
        while operator := self._take("<", "<=", ">", ">="):
            right = self.negation()
            numbers = [_number(left), _number(right)]
            if None in numbers:
                left = UNKNOWN
            else:
                left = _RELATIONS[operator](numbers[0], numbers[1])
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
                value = UNKNOWN if name == "*" else _member(value, name)
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
            return _call(lowered, arguments)
        if lowered in {"true", "false"}:
            return lowered == "true"
        if lowered == "null":
            return None
        return self.context.get(lowered, UNKNOWN)


_RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}


def _member(value: Any, key: Any) -> Any:
    if isinstance(value, dict) and isinstance(key, str):
        for name, found in value.items():
            if name.lower() == key.lower():
                return found
        return UNKNOWN if "*" in value else None
    if value is None:
        return None
    if isinstance(value, list) and isinstance(key, float):
        return value[int(key)] if 0 <= key < len(value) else None
    return UNKNOWN


def _number(value: Any) -> float | None:
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


def _equal(left: Any, right: Any) -> bool | None:
    if left is UNKNOWN or right is UNKNOWN:
        return None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Partial):
            return False if isinstance(other, str) and not one.may_be(other) else None
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if isinstance(left, (dict, list)) or isinstance(right, (dict, list)):
        return None
    if left is None and right is None:
        return True
    return _number(left) == _number(right)


def _call(name: str, arguments: list[Any]) -> Any:
    if name == "always":
        return True
    if name in {"success", "failure", "cancelled"}:
        return UNKNOWN
    if name == "startswith" and len(arguments) == 2:
        return _starts(arguments[0], arguments[1])
    if any(a is UNKNOWN or isinstance(a, Partial) for a in arguments):
        return UNKNOWN
    if name == "fromjson" and len(arguments) == 1:
        return _from_json(arguments[0])
    if name == "format" and arguments:
        return _format([as_text(a) for a in arguments])
    if name in {"contains", "endswith"} and len(arguments) == 2:
        return _holds(name, arguments[0], arguments[1])
    return UNKNOWN


def _starts(whole: Any, start: Any) -> Any:
    text = as_text(start)
    if text is None:
        return UNKNOWN
    if isinstance(whole, Partial):
        if whole.start.lower().startswith(text.lower()):
            return True
        return UNKNOWN if text.lower().startswith(whole.start.lower()) else False
    known = as_text(whole)
    return UNKNOWN if known is None else known.lower().startswith(text.lower())


def _holds(name: str, whole: Any, part: Any) -> Any:
    text = as_text(part)
    if text is None:
        return UNKNOWN
    if isinstance(whole, list):
        if name != "contains" or any(item is UNKNOWN for item in whole):
            return UNKNOWN
        return any((as_text(item) or "").lower() == text.lower() for item in whole)
    known = as_text(whole)
    if known is None:
        return UNKNOWN
    lowered = known.lower()
    return (
        text.lower() in lowered
        if name == "contains"
        else lowered.endswith(text.lower())
    )


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
            r"\{\{|\}\}|\{(\d+)\}",
            lambda m: known[int(m[1]) + 1] if m[1] else m[0][0],
            known[0],
        )
    except IndexError:
        return UNKNOWN
