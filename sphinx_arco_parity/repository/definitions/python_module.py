"""What the names at the top of a Python module stand for; marks are often given one there.

``broken = pytest.mark.xfail(reason="#1")`` and ``from pytest import mark as m`` are read
through; a name that is bound twice, or under a condition, stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes

_IMPORTS = frozenset({"import_statement", "import_from_statement"})
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Module:
    """The names that a module binds once, at its top level."""

    imported: dict[str, str] = field(default_factory=dict)
    """A dotted name, by the name that it has here."""
    bound: dict[str, Node] = field(default_factory=dict)
    """The expression that is assigned, or the class."""

    def resolve(self, node: Node) -> Node:
        """Return the expression or class for which *node* stands if it is a name."""
        for _ in range(_DEPTH):
            found = self.bound.get(nodes.text_of(node))
            if found is None:
                break
            node = found
        return node

    def dotted(self, node: Node | None) -> str:
        """Return what *node* spells, with the names that others gave to it."""
        first, point, rest = nodes.text_of(node).partition(".")
        for _ in range(_DEPTH):
            found = self.bound.get(first)
            if found is None or found.type not in {"identifier", "attribute"}:
                break
            head, dot, tail = nodes.text_of(found).partition(".")
            first, rest = head, tail + (point and dot and ".") + rest
            point = dot or point
        return self.imported.get(first, first) + point + rest


def module_of(node: Node) -> Module:
    """Return the names of the module in which *node* is."""
    *_, root = (node, *nodes.ancestors(node))
    return _module(root)


@lru_cache(maxsize=4)
def _module(root: Node) -> Module:
    module = Module()
    every: set[str] = set()
    for name, value in (pair for child in root.named_children for pair in _binds(child)):
        module.imported.pop(name, None)
        module.bound.pop(name, None)
        if name in every:
            continue
        every.add(name)
        if isinstance(value, str):
            module.imported[name] = value
        else:
            module.bound[name] = value
    return module


def _binds(statement: Node) -> Iterator[tuple[str, str | Node]]:
    if statement.type in _IMPORTS:
        owner = nodes.text_of(nodes.field(statement, "module_name"))
        for name in statement.children_by_field_name("name"):
            yield from _import(name, owner)
        return
    inner = nodes.field(statement, "definition") or statement
    if inner.type == "class_definition":
        yield nodes.text_of(nodes.field(inner, "name")), inner
    for part in statement.named_children if inner.type == "expression_statement" else ():
        left, right = nodes.field(part, "left"), nodes.field(part, "right")
        if part.type == "assignment" and left and right and left.type == "identifier":
            yield nodes.text_of(left), right


def _import(name: Node, owner: str) -> Iterator[tuple[str, str]]:
    dotted = nodes.text_of(nodes.field(name, "name") or name)
    alias = nodes.text_of(nodes.field(name, "alias"))
    if owner:
        yield alias or dotted, f"{owner}.{dotted}"
    elif alias:
        yield alias, dotted
