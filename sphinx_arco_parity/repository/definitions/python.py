"""Python: functions, classes, names of modules and classes, and pytest's and unittest's tests.

A test is what pytest collects by default: ``test*`` functions of a module, ``test*``
methods of ``Test*`` classes without ``__init__``, and ``test*`` methods of classes with
a base class, which may be a ``TestCase``.
"""

from __future__ import annotations

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import Grammar, defined, join
from sphinx_arco_parity.repository.definitions.python_marks import (
    body_marks,
    class_marks,
    decorated,
    decorator_marks,
    module_marks,
    parameter_marks,
)
from sphinx_arco_parity.repository.source import Definition, Marks

_BLOCKS = frozenset({"function_definition", "class_definition"})
_CLASS = "class_definition"
_TARGETS = frozenset({"pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"})
_NAMES = """
(function_definition name: (identifier) @name)
(class_definition name: (identifier) @name)
(assignment left: (identifier) @name)
(pattern_list (identifier) @name)
(tuple_pattern (identifier) @name)
(list_pattern (identifier) @name)
(list_splat_pattern (identifier) @name)
(type_alias_statement left: (type (identifier) @name))
(type_alias_statement left: (type (generic_type . (identifier) @name)))
"""


def is_comment(node: Node) -> bool:
    """Tell whether *node* is a comment or in a doc string."""
    while node.type in {"string_content", "string_start", "string_end"} and node.parent:
        node = node.parent
    if node.type == "string":
        return node.parent is not None and node.parent.type == "expression_statement"
    return node.type == "comment"


def define(node: Node, whole: Marks) -> Definition | None:
    """Return what *node* defines, if it is the name of a definition."""
    parent = node.parent
    if parent is None or node.type != "identifier":
        return None
    if parent.type in _BLOCKS:
        named = nodes.is_field(parent, "name", node)
        return _block(node, parent, whole) if named else None
    if parent.type in {"type", "generic_type"}:
        return _alias(node, parent)
    return _target(node, parent)


def _alias(node: Node, parent: Node) -> Definition | None:
    """``type Name = …`` and ``type Name[T] = …``."""
    if parent.type == "generic_type" and parent.named_children[0] == node:
        parent = parent.parent or parent
    alias = parent.parent
    if alias is None or alias.type != "type_alias_statement":
        return None
    return _name(node, alias, "type") if nodes.is_field(alias, "left", parent) else None


def _target(node: Node, parent: Node) -> Definition | None:
    """A name that a module or a class assigns."""
    top = node
    while parent.type in _TARGETS and parent.parent is not None:
        top, parent = parent, parent.parent
    if parent.type != "assignment" or not nodes.is_field(parent, "left", top):
        return None
    around = _around(parent)
    if around and around[0].type == "function_definition":
        return None
    return _name(node, parent, "field" if around else "constant")


def _name(node: Node, item: Node, kind: str) -> Definition:
    return defined(node, item, scope=nodes.scope_of(item, _BLOCKS), kind=kind)


def _around(node: Node) -> list[Node]:
    """The classes and functions around *node*, innermost first."""
    return [above for above in nodes.ancestors(node) if above.type in _BLOCKS]


def _block(name: Node, item: Node, whole: Marks) -> Definition:
    around = _around(item)
    outer = decorated(item)
    kind, is_test = _kind(nodes.text_of(name), item, around)
    marks = Marks()
    if is_test or (kind == "type" and _holds_tests(item)):
        marks = _all_marks(item, around, whole)
    return defined(
        name,
        outer,
        marks,
        scope=nodes.scope_of(item, _BLOCKS),
        kind=kind,
        is_test=is_test,
        failing=parameter_marks(outer)[1] if is_test else (),
    )


def _kind(name: str, item: Node, around: list[Node]) -> tuple[str, bool]:
    """The kind of a function or class, and whether it is a test."""
    if item.type == _CLASS:
        return "type", False
    owner = around[0] if around else None
    in_class = owner is not None and owner.type == "class_definition"
    if name.startswith("test") and (owner is None or (in_class and _holds_tests(owner))):
        return "test", True
    return "method" if in_class else "function", False


def _all_marks(item: Node, around: list[Node], whole: Marks) -> Marks:
    """The marks of a function or class, of the classes around it, and of the module."""
    found = [class_marks(node) for node in (item, *around) if node.type == _CLASS]
    if item.type != _CLASS:
        outer = decorated(item)
        found = [body_marks(item), decorator_marks(outer), parameter_marks(outer)[0], *found]
    return join((whole, Marks(gates=_ifs(decorated(item))), *reversed(found)))


def _ifs(item: Node) -> tuple[str, ...]:
    """The conditions of the ``if`` statements around *item*, outermost first."""
    found = []
    below = item
    for above in nodes.ancestors(item):
        if above.type in {"if_statement", "elif_clause"}:
            condition = " ".join(nodes.text_of(nodes.field(above, "condition")).split())
            taken = nodes.field(above, "consequence") == below
            found.append(f"if {condition}" if taken else f"if not ({condition})")
        below = above
    return tuple(found[::-1])


def _holds_tests(item: Node) -> bool:
    """Tell whether pytest may look for tests in a class."""
    bases = nodes.field(item, "superclasses")
    words = [nodes.text_of(base) for base in (bases.named_children if bases else [])]
    if any("=" not in word and word != "object" for word in words):
        return True
    if not nodes.text_of(nodes.field(item, "name")).startswith("Test"):
        return False
    body = nodes.field(item, "body")
    parts = body.named_children if body else []
    inner = [nodes.field(part, "definition") or part for part in parts]
    return "__init__" not in [nodes.text_of(nodes.field(part, "name")) for part in inner]


GRAMMAR = Grammar(
    "python", (".py", ".pyi"), "tree_sitter_python", names=_NAMES, define=define,
    whole=module_marks, signs=(b"pytest", b"SkipTest", b"__test__"), is_comment=is_comment,
)  # fmt: skip
