"""Go: functions, methods, types, fields, names of packages, tests and their ``t.Run``."""

from __future__ import annotations

import re

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import Grammar, defined
from sphinx_arco_parity.repository.source import Definition, Marks
from sphinx_arco_parity.text.words import by_word

_KINDS = by_word({
    "function": "function_declaration",
    "method": "method_declaration method_elem",
    "type": "type_spec type_alias",
    "constant": "const_spec var_spec",
    "field": "field_declaration",
})  # fmt: skip
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_STRINGS = frozenset({"interpreted_string_literal", "raw_string_literal"})
_TEST = re.compile(r"(?:Test|Fuzz|Benchmark|Example)(?![a-z])")
_SKIPS = frozenset({"Skip", "Skipf", "SkipNow"})
_NAMES = "\n".join((
    *(f"({kind} name: (_) @name)" for kind in _KINDS),
    "(call_expression function: (selector_expression) arguments: (argument_list . (_) @name))",
))  # fmt: skip


def define(node: Node, whole: Marks) -> Definition | None:
    """Return what *node* defines, if it is the name of a definition."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type in _KINDS:
        named = node in parent.children_by_field_name("name")
        return _item(node, parent, whole) if named else None
    literal = node if node.type in _STRINGS else parent
    return _subtest(literal, whole) if literal.type in _STRINGS else None


def _item(name: Node, item: Node, whole: Marks) -> Definition | None:
    if item.type in {"const_spec", "var_spec"} and any(
        above.type in _FUNCTIONS for above in nodes.ancestors(item)
    ):
        return None
    is_test = _is_test(nodes.text_of(name), item)
    line, _ = nodes.leading(_outer(item), is_doc=nodes.is_comment)
    return defined(
        name,
        item,
        scope=_scope(item),
        kind="test" if is_test else _KINDS[item.type],
        first_line=line,
        is_test=is_test,
        disabled=_skip(item) if is_test else None,
        gates=whole.gates,
    )


def _outer(item: Node) -> Node:
    """The whole declaration, where it declares only *item*."""
    around = item.parent
    if around is None or not around.type.endswith("_declaration"):
        return item
    if around.type == "field_declaration" or "(" in {c.type for c in around.children}:
        return item
    return around


def _is_test(name: str, item: Node) -> bool:
    if not _TEST.match(name):
        return False
    if item.type == "method_declaration":
        return name.startswith("Test")
    parameters = nodes.text_of(nodes.field(item, "parameters"))
    return item.type == "function_declaration" and (
        "testing." in parameters or name.startswith("Example")
    )


def _scope(item: Node) -> tuple[str, ...]:
    receiver = nodes.field(item, "receiver")
    if receiver is not None:
        words = re.findall(r"[^\W\d]\w*", nodes.text_of(receiver).partition("[")[0])
        return (words[-1] if words else "",)
    return nodes.scope_of(item, {"type_spec", "function_declaration", "method_declaration"})


def _skip(item: Node) -> str | None:
    """The call that opens a test and skips it."""
    body = nodes.field(item, "body")
    while body is not None and body.type in {"block", "statement_list"}:
        body = next((child for child in body.named_children if not nodes.is_comment(child)), None)
    call = body.named_children[0] if body is not None and body.named_children else None
    chosen = nodes.field(call, "function") if call is not None else None
    if chosen is None or nodes.text_of(nodes.field(chosen, "field")) not in _SKIPS:
        return None
    return " ".join(nodes.text_of(call).split())


def _subtest(literal: Node, whole: Marks) -> Definition | None:
    """``t.Run("name", …)`` within a test."""
    call = literal.parent.parent if literal.parent is not None else None
    if call is None or call.type != "call_expression":
        return None
    chosen = nodes.field(call, "function")
    given = nodes.field(call, "arguments")
    if chosen is None or nodes.text_of(nodes.field(chosen, "field")) != "Run":
        return None
    around = [node for node in nodes.ancestors(call) if node.type in _KINDS]
    if given is None or given.named_children[0] != literal or not around:
        return None
    test = around[-1]
    name = nodes.text_of(nodes.field(test, "name"))
    if not _is_test(name, test):
        return None
    return defined(
        literal,
        call,
        name=nodes.text_of(literal).strip('"`'),
        scope=(*_scope(test), name),
        kind="test",
        is_test=True,
        disabled=_skip(test),
        gates=whole.gates,
    )


def whole(root: Node) -> Marks:
    """Return what ``//go:build`` says of the file."""
    gates = []
    for child in root.named_children:
        if not nodes.is_comment(child):
            break
        text = nodes.text_of(child)
        if text.startswith("//go:build "):
            gates.append(text.removeprefix("//go:build ").strip())
    return Marks(gates=tuple(gates))


GRAMMAR = Grammar(
    "go", (".go",), "tree_sitter_go", names=_NAMES, define=define, whole=whole,
    signs=(b"//go:build",),
)  # fmt: skip
