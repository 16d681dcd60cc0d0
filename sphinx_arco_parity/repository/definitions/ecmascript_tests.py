"""Calls that name tests in JavaScript: ``describe.skip("title", …)`` and its kin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes

_CALL = re.compile(
    r"(?P<off>x)?(?P<word>f?(?:it|test|describe|specify|suite|context))\b(?P<rest>.*)", re.DOTALL
)
_SUITES = frozenset({"describe", "fdescribe", "suite", "context", "fcontext"})
_OFF = re.compile(r"\.(?:skip|fixme)\b(?!If)")
_FAILS = re.compile(r"\.(?:fails|failing|fail|todo)\b")
_GATE = re.compile(r"\.(?:skipIf|runIf)\s*+\([^)]{0,400}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A test or a suite of tests."""

    title: str
    is_suite: bool
    disabled: str | None
    """The call that keeps it from running, as written."""
    gate: str = ""
    fails: str | None = None
    """The call that expects it to fail, as written."""


def call_of(fragment: Node) -> Node | None:
    """Return the call of which the string around *fragment* is the first argument."""
    literal = fragment.parent
    given = literal.parent if literal is not None else None
    if given is None or given.type != "arguments" or given.named_children[0] != literal:
        return None
    call = given.parent
    return call if call is not None and call.type == "call_expression" else None


def read_call(call: Node) -> Call | None:
    """Return what *call* names, if it is a test or a suite with a plain title."""
    chosen = nodes.field(call, "function")
    if chosen is None or chosen.end_byte - chosen.start_byte > 2000:
        return None
    match = _CALL.fullmatch(nodes.text_of(chosen))
    if match is None:
        return None
    given = nodes.field(call, "arguments")
    first = given.named_children[0] if given is not None and given.named_children else None
    title = nodes.string_content(first)
    if title is None:
        return None
    word, rest = match["word"], match["rest"]
    is_suite = word in _SUITES or rest.startswith(".describe")
    plain = rest.partition("(")[0]
    off = match["off"] or _OFF.search(plain)
    written = match[0].partition("(")[0]
    gate = _GATE.search(rest)
    return Call(
        title=title,
        is_suite=is_suite,
        disabled=written if off else None,
        fails=written if _FAILS.search(plain) else None,
        gate=gate[0].removeprefix(".") if gate else "",
    )
