"""What a language gives to :class:`.Outline`, and small questions to nodes of a syntax tree.

Lines count from 1, rows (tree-sitter's) from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, fields
from functools import lru_cache
from importlib import import_module
from typing import Any

from tree_sitter import Language, Node, Parser, Query

from sphinx_arco_parity.repository.source import Definition, Marks

#: How many nodes around another are looked at: asking for a parent costs what the depth
#: is, so that code which no person wrote could cost minutes.
DEPTH = 400


class DeepNestingError(Exception):
    """A file is nested more deeply than anything that people write."""


def text_of(node: Node | None) -> str:
    """Return the source text of *node*; empty for ``None``."""
    raw = node.text if node is not None else None
    return raw.decode("utf-8", "replace") if raw is not None else ""


def first_line(node: Node) -> int:
    """Return the line on which *node* begins."""
    return int(node.start_point[0]) + 1


def last_line(node: Node) -> int:
    """Return the last line that holds something of *node*."""
    row, column = node.end_point
    if column == 0 and row > node.start_point[0]:
        return int(row)
    return int(row) + 1


def field(node: Node, name: str) -> Node | None:
    """Return the child of *node* in the field *name*."""
    return node.child_by_field_name(name)


def is_field(parent: Node, name: str, node: Node) -> bool:
    """Tell whether *node* is the child of *parent* in the field *name*."""
    return parent.child_by_field_name(name) == node


def ancestors(node: Node) -> Iterator[Node]:
    """Yield the nodes around *node*, innermost first.

    :raises DeepNestingError: beyond :data:`DEPTH` of them.
    """
    above = node.parent
    for _ in range(DEPTH):
        if above is None:
            return
        yield above
        above = above.parent
    raise DeepNestingError


def scope_of(item: Node, types: Collection[str]) -> tuple[str, ...]:
    """Return the names of the nodes of *types* around *item*, outermost first."""
    names = [text_of(field(above, "name")) for above in ancestors(item) if above.type in types]
    return tuple(reversed(names))


def is_comment(node: Node) -> bool:
    """Tell whether *node* is a comment, in most languages."""
    return node.type in {"comment", "line_comment", "block_comment"}


def _is_doc(node: Node) -> bool:
    return text_of(node).startswith("/**")


def leading(
    node: Node, *, attribute: str = "", is_doc: Callable[[Node], bool] = _is_doc
) -> tuple[int, list[Node]]:
    """Return the first line of what belongs to *node* above it, and its attributes.

    *attribute* is the type of those; *is_doc* tells of a comment whether it is a doc comment.
    A doc comment belongs to it if no blank line is between; an attribute always does.
    Other comments count only if something that belongs to *node* stands above them.
    """
    line, reached = first_line(node), first_line(node)
    attributes = []
    above = node.prev_sibling
    while above is not None:
        if above.type == attribute:
            attributes.append(above)
            line = reached = first_line(above)
        elif not is_comment(above) or last_line(above) < reached - 1:
            break
        else:
            reached = first_line(above)
            line = reached if is_doc(above) else line
        above = above.prev_sibling
    return line, attributes[::-1]


def string_content(node: Node | None) -> str | None:
    """Return what a string literal without substitutions says, else ``None``."""
    if node is None or "string" not in node.type:
        return None
    if any("substitution" in child.type for child in node.named_children):
        return None
    text = text_of(node)
    return text.strip("\"'`") if len(text) >= 2 else None


def split_arguments(text: str) -> list[str]:
    """Split *text* at the commas that stand in no bracket and no string."""
    parts, depth, start, quote = [], 0, 0, ""
    escaped = False
    for index, character in enumerate(text):
        if quote:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == quote:
                quote = ""
        elif character == '"':
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


@dataclass(frozen=True, slots=True)
class Tag:
    """What a grammar's own query takes for a definition; see :mod:`.tags`."""

    kind: str
    item: Node
    name: str
    head: str
    """The comment before it, and its text up to the end of its name."""
    outer: Tag | None
    """The definition around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags(Marks):
    """The definitions of a file, by where their names begin and end, in bytes."""

    tags: Mapping[tuple[int, int], Tag]


def join(found: Iterable[Marks]) -> Marks:
    """Return what several places say together; the first that disables is named."""
    every = list(found)
    return Marks(
        marks=tuple(dict.fromkeys(mark for said in every for mark in said.marks)),
        disabled=next((said.disabled for said in every if said.disabled), None),
        gates=tuple(dict.fromkeys(gate for said in every for gate in said.gates)),
        fails=next((said.fails for said in every if said.fails), None),
    )


def defined(word: Node, item: Node, marks: Marks | None = None, /, **said: Any) -> Definition:
    """Return the definition of *item*, with *marks*, whose name is the node *word*.

    *said* is what is known besides, or better, by the fields of :class:`.Definition`.
    """
    own: dict[str, Any] = {
        "name": text_of(word),
        "line": first_line(word),
        "first_line": first_line(item),
        "last_line": last_line(item),
    }
    for said_of in fields(Marks) if marks else ():
        own[said_of.name] = getattr(marks, said_of.name)
    return Definition(**own | said)


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """A language: where its parser is, and what its nodes mean to us."""

    name: str
    suffixes: tuple[str, ...]
    """Of files, with their dot, in lower case."""
    module: str
    """The package of the grammar."""
    _: KW_ONLY
    function: str = "language"
    """The function of that package that gives the grammar."""
    names: str
    """A query that captures every node which may name a definition."""
    define: Callable[[Node, Any], Definition | None]
    """Returns what the node defines, if it is the name of a definition."""
    whole: Callable[[Node], Marks] = lambda _root: Marks()
    """Returns what the root node says of the whole file."""
    signs: tuple[bytes, ...] = ()
    """Without one of these in it, nothing is said of a file as a whole."""
    is_comment: Callable[[Node], bool] = is_comment
    """Tells whether the node is in a comment or a doc string."""


@lru_cache(maxsize=16)
def parser(grammar: Grammar) -> Parser | None:
    """Return the parser, or ``None`` if the package is missing or of another age."""
    language = _language(grammar)
    return Parser(language) if language is not None else None


@lru_cache(maxsize=16)
def _language(grammar: Grammar) -> Language | None:
    try:
        return Language(getattr(import_module(grammar.module), grammar.function)())
    except (ImportError, AttributeError, ValueError, TypeError):
        return None


@lru_cache(maxsize=32)
def query(grammar: Grammar, text: str) -> Query:
    """Return a compiled query; the grammar must be installed."""
    language = _language(grammar)
    assert language is not None  # noqa: S101 - only trees of this parser are asked
    return Query(language, text)
