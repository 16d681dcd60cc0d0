"""Small questions to nodes of a syntax tree that every language asks.

Lines count from 1, rows (tree-sitter's) from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

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
