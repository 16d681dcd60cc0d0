"""TypeScript and JavaScript: functions, classes, types, members, and named tests.

Tests are calls (Jest, Vitest, Mocha, Playwright): ``test("title", …)``; their name is
the title, their scope the titles of the ``describe`` calls around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import Grammar, defined
from sphinx_arco_parity.repository.source import Definition, Marks
from sphinx_arco_parity.text.words import by_word

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


_KINDS = by_word({
    "function": "function_declaration generator_function_declaration function_signature "
    "function_expression",
    "type": "class_declaration abstract_class_declaration class interface_declaration "
    "type_alias_declaration enum_declaration",
    "module": "internal_module module",
    "method": "method_definition method_signature abstract_method_signature",
    "field": "property_signature public_field_definition field_definition pair",
    "variant": "enum_assignment",
    "constant": "variable_declarator",
})  # fmt: skip
_FIELDS = {"field_definition": "property", "pair": "key"}
_VALUES = frozenset({
    "arrow_function", "function_expression", "generator_function", "class", "function",
})  # fmt: skip
_SHARED = (
    "function_declaration", "generator_function_declaration", "class_declaration",
    "method_definition", "variable_declarator", "function_expression",
)  # fmt: skip
_TYPED = (
    "function_signature", "abstract_class_declaration", "interface_declaration",
    "type_alias_declaration", "enum_declaration", "internal_module", "module",
    "method_signature", "abstract_method_signature", "property_signature",
    "public_field_definition", "enum_assignment",
)  # fmt: skip
_COMMON_NAMES = (
    *(f"({kind} name: (_) @name)" for kind in _SHARED),
    "(pair key: (property_identifier) @name)",
    "(assignment_expression left: (member_expression property: (_) @name))",
    "(call_expression arguments: (arguments . (string (string_fragment) @name)))",
    "(call_expression arguments: (arguments . (template_string (string_fragment) @name)))",
)
_JS_NAMES = "\n".join((*_COMMON_NAMES, "(field_definition property: (_) @name)"))
_TS_NAMES = "\n".join((
    *_COMMON_NAMES,
    *(f"({kind} name: (_) @name)" for kind in _TYPED),
    "(enum_body name: (_) @name)",
))  # fmt: skip


def define(node: Node, _whole: Marks) -> Definition | None:
    """Return what *node* defines, if it is the name of a definition."""
    parent = node.parent
    if parent is None:
        return None
    if node.type == "string_fragment":
        return _test(node)
    if parent.type in _KINDS:
        named = nodes.is_field(parent, _FIELDS.get(parent.type, "name"), node)
        return _item(node, parent) if named and _counts(parent) else None
    if parent.type == "enum_body":
        return _definition(node, node, kind="variant")
    return _assigned(node, parent)


def _counts(item: Node) -> bool:
    """Tell whether a variable or a property is a definition for readers."""
    if item.type not in {"variable_declarator", "pair"}:
        return True
    value = nodes.field(item, "value")
    if value is not None and value.type in _VALUES:
        return True
    return item.type == "variable_declarator" and all(
        above.type in {
            "program", "export_statement", "lexical_declaration", "statement_block",
            "variable_declaration", "internal_module", "expression_statement", "module",
        }
        for above in nodes.ancestors(item)
    )  # fmt: skip


def _assigned(node: Node, parent: Node) -> Definition | None:
    """``exports.name = function …`` and ``Type.prototype.name = …``."""
    if parent.type != "member_expression" or not nodes.is_field(parent, "property", node):
        return None
    assignment = parent.parent
    if assignment is None or assignment.type != "assignment_expression":
        return None
    value = nodes.field(assignment, "right")
    owner = nodes.text_of(nodes.field(parent, "object"))
    is_export = owner in {"exports", "module.exports"}
    if not nodes.is_field(assignment, "left", parent) or value is None:
        return None
    if not is_export and (value.type not in _VALUES or owner == "this"):
        return None
    owner = owner.removesuffix(".prototype")
    scope = () if is_export else tuple(owner.split("."))
    return _definition(node, assignment.parent or assignment, kind="function", scope=scope)


def _item(name: Node, item: Node) -> Definition:
    kind = _KINDS[item.type]
    value = nodes.field(item, "value")
    if kind == "constant" and value is not None and value.type in _VALUES:
        kind = "type" if value.type == "class" else "function"
    return _definition(name, _outer(item), kind=kind)


def _outer(item: Node) -> Node:
    """The statement that declares *item* alone, ``export`` included."""
    around = item.parent
    if item.type == "variable_declarator" and around is not None:
        alone = sum(sibling.type == item.type for sibling in around.named_children) == 1
        if not alone:
            return item
        item, around = around, around.parent
    if around is not None and around.type == "export_statement":
        return around
    return item


def _definition(
    name: Node, item: Node, *, kind: str, scope: tuple[str, ...] | None = None
) -> Definition:
    return defined(
        name,
        item,
        name=nodes.text_of(name).removeprefix("#").strip("\"'"),
        scope=_scope(name.parent or item) if scope is None else scope,
        kind=kind,
        first_line=nodes.leading(item, attribute="decorator")[0],
    )


def _scope(item: Node) -> tuple[str, ...]:
    """The names around *item*: classes, functions, objects, ``describe`` titles."""
    names = []
    for above in nodes.ancestors(item):
        if above.type == "call_expression":
            call = read_call(above)
            if call is not None:
                names.append(call.title)
        elif above.type in _KINDS:
            names.append(nodes.text_of(nodes.field(above, _FIELDS.get(above.type, "name"))))
    return tuple(name for name in reversed(names) if name)


def _test(node: Node) -> Definition | None:
    found = call_of(node)
    call = read_call(found) if found is not None else None
    if found is None or call is None:
        return None
    around = [read_call(node) for node in nodes.ancestors(found) if node.type == found.type]
    every = [call, *(test for test in around if test is not None)]
    item = found.parent or found
    item = item if item.type == "expression_statement" else found
    return defined(
        node,
        found,
        name=call.title,
        scope=_scope(found),
        kind="suite" if call.is_suite else "test",
        first_line=nodes.leading(item, attribute="decorator")[0],
        is_test=not call.is_suite,
        disabled=next((test.disabled for test in every if test.disabled), None),
        gates=tuple(test.gate for test in reversed(every) if test.gate),
        fails=next((test.fails for test in every if test.fails), None),
    )


JAVASCRIPT = Grammar(
    "javascript", (".js", ".jsx", ".mjs", ".cjs"), "tree_sitter_javascript", names=_JS_NAMES,
    define=define,
)  # fmt: skip
TYPESCRIPT = Grammar(
    "typescript", (".ts", ".mts", ".cts"), "tree_sitter_typescript",
    function="language_typescript", names=_TS_NAMES, define=define,
)  # fmt: skip
TSX = replace(TYPESCRIPT, suffixes=(".tsx",), function="language_tsx")
