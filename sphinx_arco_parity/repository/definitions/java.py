"""Java: types, methods, fields, constants of enums, and JUnit's and TestNG's tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import Grammar, defined
from sphinx_arco_parity.repository.source import Definition, Marks
from sphinx_arco_parity.text.words import by_word

_KINDS = by_word({
    "type": "class_declaration interface_declaration enum_declaration record_declaration "
    "annotation_type_declaration",
    "method": "method_declaration constructor_declaration compact_constructor_declaration "
    "annotation_type_element_declaration",
    "variant": "enum_constant",
    "field": "variable_declarator",
})  # fmt: skip
_TYPES = frozenset(kind for kind, word in _KINDS.items() if word == "type")
_HOLDERS = frozenset(kind for kind, word in _KINDS.items() if word != "field")
_TESTS = frozenset({
    "Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate",
    "Property", "Theory",
})  # fmt: skip
_NAMES = "\n".join(f"({kind} name: (identifier) @name)" for kind in _KINDS)


def define(node: Node, _whole: Marks) -> Definition | None:
    """Return what *node* defines, if it is the name of a definition."""
    item = node.parent
    if item is None or item.type not in _KINDS or not nodes.is_field(item, "name", node):
        return None
    outer = item
    if item.type == "variable_declarator":
        if item.parent is None or item.parent.type not in {
            "field_declaration", "constant_declaration",
        }:  # fmt: skip
            return None
        outer = item.parent
    is_test = item.type == "method_declaration" and _is_test(nodes.text_of(node), item)
    marks = _marks(item) if is_test or item.type in _TYPES else Marks()
    return defined(
        node,
        outer,
        marks,
        scope=nodes.scope_of(item, _HOLDERS),
        kind="test" if is_test else _KINDS[item.type],
        first_line=nodes.leading(outer)[0],
        is_test=is_test,
    )


def _annotations(item: Node) -> Iterator[tuple[str, str]]:
    """Yield the last word and the whole text of each annotation of *item*."""
    for child in item.children:
        if child.type != "modifiers":
            continue
        for part in child.named_children:
            if part.type in {"annotation", "marker_annotation"}:
                word = nodes.text_of(nodes.field(part, "name")).rpartition(".")[2]
                yield word, " ".join(nodes.text_of(part).split())


def _marks(item: Node) -> Marks:
    """Return what the annotations of *item*, and of the types around it, say of tests."""
    around = (above for above in nodes.ancestors(item) if above.type in _TYPES)
    every = [pair for node in (item, *around) for pair in _annotations(node)]
    disabled = (
        text
        for word, text in every
        if word in {"Disabled", "Ignore"}
        or (word == "Test" and "enabled=false" in text.replace(" ", ""))
    )
    gates = [text for word, text in every if re.match(r"Enabled|Disabled(?!\Z)", word)]
    tags = [text.partition("(")[2].strip('()" ') for word, text in every if word == "Tag"]
    return Marks(disabled=next(disabled, None), gates=tuple(gates), marks=tuple(tags))


def _is_test(name: str, item: Node) -> bool:
    if any(word in _TESTS for word, _ in _annotations(item)):
        return True
    above = next((node for node in nodes.ancestors(item) if node.type in _TYPES), None)
    base = nodes.text_of(nodes.field(above, "superclass")) if above else ""
    return name.startswith("test") and base.endswith("TestCase")


GRAMMAR = Grammar("java", (".java",), "tree_sitter_java", names=_NAMES, define=define)
