"""Python: functions, classes, names of modules and classes, and pytest's and unittest's tests.

A test is what pytest collects by default: ``test*`` functions of a module, ``test*``
methods of ``Test*`` classes without ``__init__``, and ``test*`` methods of classes with
a base class, which may be a ``TestCase``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.grammar import Grammar, Whole
from sphinx_arco_parity.repository.definitions.python_marks import (
    body_marks,
    decorator_marks,
    join,
    module_marks,
)
from sphinx_arco_parity.repository.source import Definition

if TYPE_CHECKING:
    from tree_sitter import Node

    from sphinx_arco_parity.repository.definitions.python_marks import (
        Marks,
    )

_BLOCKS = frozenset({"function_definition", "class_definition"})
_TARGETS = frozenset(
    {"pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"}
)
_NAMES = """
(function_definition name: (identifier) @name)
(class_definition name: (identifier) @name)
(assignment left: (identifier) @name)
(assignment left: (_ (identifier) @name))
(type_alias_statement left: (type (identifier) @name))
"""


def is_comment(node: Node) -> bool:
    """Tell whether *node* is a comment or in a doc string."""
    while node.type in {"string_content", "string_start", "string_end"} and node.parent:
        node = node.parent
    if node.type == "string":
        return node.parent is not None and node.parent.type == "expression_statement"
    return node.type == "comment"


def define(node: Node, whole: Whole) -> Definition | None:
    """Return what *node* defines, if it is the name of a definition."""
    parent = node.parent
    if parent is None or node.type != "identifier":
        return None
    if parent.type in _BLOCKS:
        return _block(node, parent, whole) if _is_name(parent, node) else None
    if parent.type == "type":
        alias = parent.parent
        is_alias = alias is not None and alias.type == "type_alias_statement"
        return _name(node, alias, "type") if is_alias and alias else None
    return _target(node, parent)


def _is_name(parent: Node, node: Node) -> bool:
    return nodes.is_field(parent, "name", node)


def _target(node: Node, parent: Node) -> Definition | None:
    """A name that a module or a class assigns."""
    top = node
    while parent.type in _TARGETS and parent.parent is not None:
        top, parent = parent, parent.parent
    if parent.type != "assignment" or not nodes.is_field(parent, "left", top):
        return None
    around = _around(parent)
    if around is not None and around.type == "function_definition":
        return None
    return _name(node, parent, "constant" if around is None else "field")


def _name(node: Node, item: Node, kind: str) -> Definition:
    return Definition(
        name=nodes.text_of(node),
        scope=_scope(item),
        kind=kind,
        line=nodes.first_line(node),
        first_line=nodes.first_line(item),
        last_line=nodes.last_line(item),
    )


def _around(node: Node) -> Node | None:
    """The class or function around *node*; ``None`` at the level of the module."""
    return next(
        (above for above in nodes.ancestors(node) if above.type in _BLOCKS), None
    )


def _scope(node: Node) -> tuple[str, ...]:
    names = [
        nodes.text_of(nodes.field(above, "name"))
        for above in nodes.ancestors(node)
        if above.type in _BLOCKS
    ]
    return tuple(reversed(names))


def _block(name: Node, item: Node, whole: Whole) -> Definition:
    around = _around(item)
    is_class = item.type == "class_definition"
    is_test = not is_class and _is_test(nodes.text_of(name), around)
    kind = (
        "function" if around is None or around.type != "class_definition" else "method"
    )
    outer = _decorated(item)
    judged = is_test or (is_class and _holds_tests(item))
    marks = _all_marks(item) if judged else Marks()
    return Definition(
        name=nodes.text_of(name),
        scope=_scope(item),
        kind="type" if is_class else "test" if is_test else kind,
        line=nodes.first_line(name),
        first_line=nodes.first_line(outer),
        last_line=nodes.last_line(item),
        is_test=is_test,
        disabled=(whole.disabled or marks.disabled) if judged else None,
        gates=tuple(dict.fromkeys((*whole.gates, *_ifs(outer), *marks.gates)))
        if judged
        else (),
        marks=tuple(dict.fromkeys((*whole.marks, *marks.names))) if judged else (),
    )


def _decorated(item: Node) -> Node:
    above = item.parent
    return above if above is not None and above.type == "decorated_definition" else item


def _all_marks(item: Node) -> Marks:
    """The marks of a function or class, and of the classes around it."""
    found = [body_marks(item), decorator_marks(_decorated(item))]
    for above in nodes.ancestors(item):
        if above.type == "class_definition":
            found += [body_marks(above), decorator_marks(_decorated(above))]
    return join(reversed(found))


def _ifs(item: Node) -> list[str]:
    """The conditions of the ``if`` statements around *item*, outermost first."""
    found = []
    below = item
    for above in nodes.ancestors(item):
        if above.type in {"if_statement", "elif_clause"}:
            condition = " ".join(nodes.text_of(nodes.field(above, "condition")).split())
            taken = nodes.field(above, "consequence") == below
            found.append(f"if {condition}" if taken else f"if not ({condition})")
        below = above
    return found[::-1]


def _is_test(name: str, around: Node | None) -> bool:
    if not name.startswith("test"):
        return False
    if around is None:
        return True
    return around.type == "class_definition" and _holds_tests(around)


def _holds_tests(item: Node) -> bool:
    """Tell whether pytest may look for tests in a class."""
    bases = nodes.field(item, "superclasses")
    words = [nodes.text_of(one) for one in (bases.named_children if bases else [])]
    if any("=" not in word and word != "object" for word in words):
        return True
    body = nodes.field(item, "body")
    methods = [_function(one) for one in (body.named_children if body else [])]
    return (
        nodes.text_of(nodes.field(item, "name")).startswith("Test")
        and "__init__" not in methods
    )


def _function(node: Node) -> str:
    inner = nodes.field(node, "definition") or node
    return nodes.text_of(nodes.field(inner, "name"))


def whole(root: Node) -> Whole:
    """Return what ``pytestmark``, ``pytest.skip`` and ``__test__`` say of the module."""
    marks = module_marks(root)
    return Whole(gates=marks.gates, disabled=marks.disabled, marks=marks.names)


GRAMMAR = Grammar(
    name="python",
    suffixes=(".py", ".pyi"),
    module="tree_sitter_python",
    names=_NAMES,
    define=define,
    whole=whole,
    signs=(b"pytest", b"SkipTest", b"__test__"),
    is_comment=is_comment,
)
