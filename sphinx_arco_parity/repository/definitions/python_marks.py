"""What decorators, ``pytestmark`` and early skips say of tests in Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_arco_parity.repository.definitions import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

_TRUE = frozenset({"True", "1", '"True"', "'True'"})
_FALSE = frozenset({"False", "0", '"False"', "'False'", "None"})
_SKIP_CALLS = frozenset({"pytest.skip", "self.skipTest"})
_SKIP_RAISED = re.compile(r"^raise\s+(?:unittest\.(?:case\.)?)?SkipTest\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is said of a test, a class or a module."""

    names: tuple[str, ...] = ()
    """Of pytest's marks."""
    disabled: str | None = None
    """What keeps it from running, as written."""
    gates: tuple[str, ...] = ()
    """``skipif`` and its kin, as written."""


def join(found: Iterable[Marks]) -> Marks:
    """Return what several places say together; the first that disables is named."""
    every = list(found)
    return Marks(
        names=tuple(name for marks in every for name in marks.names),
        disabled=next((marks.disabled for marks in every if marks.disabled), None),
        gates=tuple(gate for marks in every for gate in marks.gates),
    )


def decorator_marks(decorated: Node) -> Marks:
    """Read the decorators of a decorated definition; others have none."""
    return join(
        _mark(child.named_children[0], "@")
        for child in decorated.children
        if child.type == "decorator" and child.named_children
    )


@lru_cache(maxsize=16)  # a class is asked again for each of its methods
def body_marks(item: Node) -> Marks:
    """Read ``pytestmark``, ``__test__`` and a skip that opens the body."""
    body = nodes.field(item, "body")
    if body is None:
        return Marks()
    if item.type == "class_definition":
        return join(_class_statement(statement) for statement in body.named_children)
    first = next(
        (statement for statement in body.named_children if not _is_idle(statement)),
        None,
    )
    text = _skips(first) if first is not None else None
    return Marks(disabled=text)


def module_marks(root: Node) -> Marks:
    """Read what a module says of all its tests."""
    return join(_module_statement(statement) for statement in root.named_children)


def _class_statement(statement: Node) -> Marks:
    return join(_assigned(statement))


def _assigned(statement: Node) -> Iterator[Marks]:
    """What ``pytestmark = …`` and ``__test__ = False`` say."""
    for part in statement.named_children if _is_expression(statement) else ():
        if part.type != "assignment":
            continue
        name = nodes.text_of(nodes.field(part, "left"))
        right = nodes.field(part, "right")
        if name == "pytestmark" and right is not None:
            many = right.type in {"list", "tuple"}
            for mark in right.named_children if many else [right]:
                yield _mark(mark, "pytestmark = ")
        elif name == "__test__" and nodes.text_of(right) in _FALSE:
            yield Marks(disabled=nodes.text_of(part))


def _module_statement(statement: Node) -> Marks:
    if statement.type == "if_statement":
        return _conditional(statement)
    text = _skips(statement)
    if text is not None and ("allow_module_level" in text or "raise" in text):
        return Marks(disabled=text)
    if _is_expression(statement) and "importorskip" in nodes.text_of(statement):
        return Marks(gates=(_short(statement),))
    return join(_assigned(statement))


def _conditional(statement: Node) -> Marks:
    """A module that skips itself under a condition has a gate."""
    condition = _short(nodes.field(statement, "condition"))
    body = nodes.field(statement, "consequence")
    for inner in body.named_children if body is not None else []:
        if _skips(inner) is not None:
            return Marks(gates=(f"if not ({condition})",))
    return Marks()


def _is_expression(statement: Node) -> bool:
    return statement.type == "expression_statement"


def _is_idle(statement: Node) -> bool:
    if statement.type in {"comment", "import_statement", "import_from_statement"}:
        return True
    inner = statement.named_children
    return _is_expression(statement) and bool(inner) and inner[0].type == "string"


def _skips(statement: Node) -> str | None:
    """Return the text of a statement that skips, whatever the circumstances."""
    if statement.type == "raise_statement":
        text = _short(statement)
        return text if _SKIP_RAISED.match(text) else None
    if not _is_expression(statement) or not statement.named_children:
        return None
    call = statement.named_children[0]
    if call.type == "call" and nodes.text_of(nodes.field(call, "function")) in _SKIP_CALLS:
        return _short(call)
    return None


def _mark(node: Node, before: str) -> Marks:
    """Read one mark: ``pytest.mark.slow``, ``unittest.skipIf(…)``, ``skip("…")``."""
    call = nodes.field(node, "function") if node.type == "call" else None
    dotted = nodes.text_of(call or node)
    owner, _, name = dotted.rpartition(".")
    marked = owner == "mark" or owner.endswith(".mark")
    if not marked and (owner not in {"", "unittest", "unittest.case"}):
        return Marks()
    names = (name,) if marked else ()
    disabled = _disables(node, name, called=call is not None, marked=marked)
    if disabled is None:
        return Marks(names=names)
    written = before + _short(node)
    if disabled:
        return Marks(names=names, disabled=written)
    return Marks(names=names, gates=(written,))


def _disables(node: Node, name: str, *, called: bool, marked: bool) -> bool | None:
    """``True``: never runs; ``False``: under a condition; ``None``: it runs."""
    first, named = _arguments(node) if called else ("", {})
    if name == "skip":
        return True if marked or called else None
    if name in {"skipif", "skipIf"}:
        return (first or named.get("condition", "")) in _TRUE
    if name == "skipUnless":
        return (first or named.get("condition", "")) in _FALSE
    if name == "xfail" and marked and named.get("run") in _FALSE:
        return first in {"", *_TRUE}
    return None


def _arguments(call: Node) -> tuple[str, dict[str, str]]:
    """The first positional argument of a call, and the named ones, as written."""
    first, named = "", {}
    given = nodes.field(call, "arguments")
    for argument in given.named_children if given is not None else []:
        if argument.type == "keyword_argument":
            name = nodes.text_of(nodes.field(argument, "name"))
            named[name] = nodes.text_of(nodes.field(argument, "value"))
        elif argument.type != "comment" and not first:
            first = nodes.text_of(argument)
    return first, named


def _short(node: Node | None) -> str:
    text = " ".join(nodes.text_of(node).split())
    return text if len(text) <= 120 else text[:119] + "…"
