"""Rust: items, variants, fields, functions in the bodies of macros, and what attributes say.

A macro's body is a tree of tokens to the grammar; what stands behind ``fn``, ``struct``
and kin in one is a definition too (``proptest! { #[test] fn … }``).  Gates are conditions in
the language of ``cfg``; a ``cfg_attr(p, ignore)`` is the gate ``ignore(p)``, which a command
that asks for ignored tests passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import Grammar, defined, split_arguments
from sphinx_arco_parity.repository.source import Definition, Marks
from sphinx_arco_parity.text.words import by_word

_ATTRIBUTE = re.compile(
    r"\s*+(?:unsafe\s*+\(\s*+)?(?P<path>[\w:\s]++)(?P<rest>[(\[{=].*)?$", re.DOTALL
)
_RUNNERS = frozenset({
    "test", "rstest", "proptest", "quickcheck", "gtest", "parameterized", "test_matrix",
    "test_case", "test_log", "test_fuzz", "test_resources", "test_each", "dir_test",
    "test_strategy", "property_test", "test_variants",
})  # fmt: skip
IGNORED = "ignore("
_NEVER = frozenset({"any()", "false", "FALSE", "not(all())"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes(Marks):
    """What the attributes of one item say together."""

    is_test: bool = False
    never: str | None = None
    """A ``cfg`` that never holds."""


def read_attributes(texts: Iterable[str]) -> Attributes:
    """Read attributes, each given as the text between its brackets."""
    is_test, disabled, never = False, None, None
    gates: list[str] = []
    for text, condition in flattened(texts):
        name, rest = _name_and_rest(text)
        if name == "cfg":
            gate = _squeezed(_inside(rest))
            gates.append(f"any(not({condition}), {gate})" if condition else gate)
            if gate.replace(" ", "") in _NEVER and not condition:
                never = f"#[{_squeezed(text)}]"
        elif name == "ignore":
            if condition:
                gates.append(f"{IGNORED}{condition})")
            else:
                disabled = disabled or f"#[{_squeezed(text)}]"
        elif name in _RUNNERS or name.endswith("_test"):
            is_test = True
            gates += [condition] if condition else []
    return Attributes(
        is_test=is_test,
        disabled=disabled or never,
        gates=tuple(gate for gate in gates if gate),
        never=never,
    )


def flattened(texts: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield (attribute, condition); the attributes in a ``cfg_attr`` have one, others an empty one."""
    for text in texts:
        name, rest = _name_and_rest(text)
        if name != "cfg_attr":
            yield text, ""
            continue
        condition, *attributes = split_arguments(_inside(rest)) or [""]
        for inner, further in flattened(attributes):
            both = f"all({condition}, {further})" if further else condition
            yield inner, _squeezed(both)


def _name_and_rest(text: str) -> tuple[str, str]:
    """The last word of an attribute's path, and what follows the path."""
    match = _ATTRIBUTE.match(text)
    if match is None:
        return "", ""
    return match["path"].split("::")[-1].strip(), match["rest"] or ""


def _inside(rest: str) -> str:
    rest = rest.strip()
    return rest[1:-1].strip() if rest[:1] in {"(", "[", "{"} else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())


_KINDS = by_word({
    "function": "function_item function_signature_item",
    "type": "struct_item enum_item union_item trait_item type_item associated_type",
    "constant": "const_item static_item",
    "module": "mod_item",
    "macro": "macro_definition",
    "variant": "enum_variant",
    "field": "field_declaration",
})  # fmt: skip
_KEYWORDS = by_word({
    "function": "fn", "type": "struct enum union trait type", "constant": "const static",
    "module": "mod",
})  # fmt: skip
_TOKENS = frozenset({"token_tree", "ERROR"})
_SCOPES = frozenset({
    "function_item", "struct_item", "enum_item", "union_item", "trait_item", "mod_item",
    "enum_variant",
})  # fmt: skip
_TYPE_WORDS = frozenset({
    "generic_type", "scoped_type_identifier", "dynamic_type", "reference_type",
    "bounded_type", "type_identifier",
})  # fmt: skip

_NAMES = "\n".join([
    *(f"({kind} name: (_) @name)" for kind in _KINDS),
    *(f'(token_tree "{word}" . (identifier) @name)' for word in _KEYWORDS if word != "union"),
])  # fmt: skip


def is_comment(node: Node) -> bool:
    """Tell whether *node* is a comment, doc comments included."""
    while node.type in {"doc_comment", "outer_doc_comment_marker"} and node.parent:
        node = node.parent
    return node.type in {"line_comment", "block_comment"}


def _is_doc(node: Node) -> bool:
    return any(child.type == "outer_doc_comment_marker" for child in node.children)


def _above(item: Node) -> tuple[int, Attributes]:
    """The first line of attributes and doc comment of *item*, and the attributes."""
    line, found = nodes.leading(item, attribute="attribute_item", is_doc=_is_doc)
    return line, read_attributes(nodes.text_of(node)[2:-1] for node in found)


def define(node: Node, whole: Marks) -> Definition | None:
    """Return what *node* defines, if it is the name of a definition."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type in _KINDS:
        return _item(node, parent, whole) if nodes.is_field(parent, "name", node) else None
    if parent.type in _TOKENS:
        return _tokens(node, parent, whole)
    return _implementation(node, parent)


def _item(name: Node, item: Node, whole: Marks) -> Definition:
    line, attributes = _above(item)
    kind = _KINDS[item.type]
    if kind == "module" and nodes.field(item, "body") is None:
        kind = "declaration"
    if kind == "function" and item.parent and item.parent.type == "declaration_list":
        around = item.parent.parent
        if around is not None and around.type in {"impl_item", "trait_item"}:
            kind = "method"
    return _definition(name, item, kind=kind, above=(line, attributes), whole=whole)


def _definition(
    name: Node, item: Node, *, kind: str, above: tuple[int, Attributes], whole: Marks, last: int = 0
) -> Definition:
    line, attributes = above
    is_test = attributes.is_test and kind in {"function", "method"} and not _is_inner(item)
    gates: list[str] = []
    if is_test or kind == "module":
        gates = [*whole.gates, *_gates_around(item), *attributes.gates]
    return defined(
        name,
        item,
        name=nodes.text_of(name).removeprefix("r#"),
        scope=tuple(reversed(list(_scope(item)))),
        kind="test" if is_test else kind,
        first_line=line,
        last_line=last or nodes.last_line(item),
        is_test=is_test,
        disabled=(whole.disabled or attributes.disabled) if is_test else None,
        gates=tuple(dict.fromkeys(gates)),
    )


def _is_inner(item: Node) -> bool:
    """Tell whether *item* stands in a function, in which rustc collects no tests."""
    return any(a.type == "function_item" and not a.has_error for a in nodes.ancestors(item))


def _scope(item: Node) -> Iterator[str]:
    """The names around *item*, innermost first; of an ``impl`` type and trait."""
    for above in nodes.ancestors(item):
        kind = above.type
        if kind in _SCOPES:
            yield nodes.text_of(nodes.field(above, "name")).removeprefix("r#")
        elif kind == "impl_item":
            for part in ("type", "trait"):
                word = _last_word(nodes.field(above, part))
                if word:
                    yield word
        elif kind == "token_tree":
            yield from _opened(above.prev_sibling)


def _opened(before: Node | None) -> Iterator[str]:
    """The name of the block of tokens that *before* stands in front of."""
    keyword = before.prev_sibling if before is not None else None
    if before is None or keyword is None or before.type != "identifier":
        return
    if keyword.type in {"mod", "impl", "trait", "struct"}:
        yield nodes.text_of(before)


def _last_word(node: Node | None) -> str:
    """The name of a type without its path, parameters and reference."""
    while node is not None and node.type != "type_identifier":
        for part in ("name", "type", "trait"):
            inner = nodes.field(node, part)
            if inner is not None:
                break
        node = inner
    return nodes.text_of(node)


def _gates_around(item: Node) -> list[str]:
    found: list[str] = []
    for above in nodes.ancestors(item):
        if above.type in {"mod_item", "impl_item", "function_item", "trait_item"}:
            inner = nodes.field(above, "body")
            found = [*_above(above)[1].gates, *_inner(inner).gates, *found]
    return found


def _inner(body: Node | None) -> Attributes:
    children = body.named_children if body is not None else []
    return read_attributes(
        nodes.text_of(child)[3:-1] for child in children if child.type == "inner_attribute_item"
    )


def _tokens(name: Node, tree: Node, whole: Marks) -> Definition | None:
    """What stands behind a keyword among the tokens of a macro."""
    before = name.prev_sibling
    if before is None or name.type not in {"identifier", "type_identifier"}:
        return None
    kind = _KEYWORDS.get(before.type) or (
        _KEYWORDS.get(nodes.text_of(before)) if tree.type == "ERROR" else None
    )
    if kind is None or nodes.text_of(name) in _KEYWORDS:
        return None
    line, texts = _token_attributes(before)
    above = (line, read_attributes(texts))
    last = _end_of_tokens(name)
    return _definition(name, name, kind=kind, above=above, whole=whole, last=last)


def _token_attributes(keyword: Node) -> tuple[int, list[str]]:
    """Attributes before an item among tokens: ``pub async`` and comments are passed."""
    line, texts = nodes.first_line(keyword), []
    node = keyword.prev_sibling
    while node is not None:
        if node.type == "token_tree" and nodes.text_of(node).startswith("["):
            mark = node.prev_sibling
            if mark is None or mark.type != "#":
                break
            texts.append(nodes.text_of(node)[1:-1])
            line, node = nodes.first_line(mark), mark.prev_sibling
            continue
        if is_comment(node):
            line = nodes.first_line(node) if _is_doc(node) else line
        elif nodes.text_of(node) not in {"pub", "async", "const", "unsafe", "(crate)"}:
            break
        node = node.prev_sibling
    return line, texts[::-1]


def _end_of_tokens(name: Node) -> int:
    node = name.next_sibling
    while node is not None and node.type not in {";", "fn", "#"}:
        if node.type == "token_tree" and nodes.text_of(node).startswith("{"):
            return nodes.last_line(node)
        node = node.next_sibling
    return nodes.last_line(name)


def _implementation(name: Node, parent: Node) -> Definition | None:
    """The head of an ``impl``: a second place at which its type or trait stands."""
    top = name
    while parent is not None and parent.type in _TYPE_WORDS:
        if top != nodes.field(parent, "name") and top != nodes.field(parent, "type"):
            return None
        top, parent = parent, parent.parent  # type: ignore[assignment]
    if parent is None or parent.type != "impl_item":
        return None
    if top != nodes.field(parent, "type") and top != nodes.field(parent, "trait"):
        return None
    scope = tuple(reversed(list(_scope(parent))))
    first, last = _above(parent)[0], nodes.first_line(name)
    return defined(name, parent, scope=scope, kind="impl", first_line=first, last_line=last)


def whole(root: Node) -> Marks:
    """Return what ``#![cfg(…)]`` at the top says of the file."""
    inner = _inner(root)
    return Marks(gates=inner.gates, disabled=inner.never)


GRAMMAR = Grammar(
    "rust", (".rs",), "tree_sitter_rust", names=_NAMES, define=define, whole=whole,
    signs=(b"#![",), is_comment=is_comment,
)  # fmt: skip
