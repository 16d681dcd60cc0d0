"""YAML as GitHub reads it, with the line of every value.

Only ``true`` and ``false`` are booleans, so that ``on`` stays a key.  Tags are never
acted on, aliases are followed within bounds.  Called by :mod:`.reader` and
:mod:`.actions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

#: Values of one document, aliases followed, beyond which it is refused.
_LIMIT = 100_000
_DEPTH = 100


class WorkflowError(Exception):
    """A workflow that cannot be used.

    :param reason: for people, without the path.
    :param line: from 1, or ``None``.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """SafeLoader whose plain scalars follow YAML 1.2's core schema."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's name and shape


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
    ("merge", r"^(?:<<)$", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value with its place."""

    value: dict[str, Node] | list[Node] | str | float | bool | None
    line: int
    """Where it begins; for a block scalar, where its first line of text stands."""
    end_line: int
    """Its last line."""
    raw: str = ""
    """A scalar as text."""
    literal: bool = False
    """A block scalar of the kind ``|``, whose lines are the file's lines."""
    keys: tuple[tuple[str, int], ...] = ()
    """For a mapping: where each key stands."""

    def get(self, key: str) -> Node | None:
        """Return the value at *key*, or ``None`` if this is no mapping that has it."""
        if not isinstance(self.value, dict):
            return None
        found = self.value.get(key)
        return None if found is None or found.value is None else found

    def items(self) -> list[tuple[str, Node]]:
        """Return keys and values, none if this is no mapping."""
        return list(self.value.items()) if isinstance(self.value, dict) else []

    def list(self) -> list[Node]:
        """Return the values of a list, none if this is no list."""
        return self.value if isinstance(self.value, list) else []

    def key_line(self, key: str) -> int:
        """Return where *key* stands."""
        return dict(self.keys).get(key, self.line)

    def text(self, key: str) -> str | None:
        """Return the scalar at *key* as text, or ``None``."""
        found = self.get(key)
        if found is None or isinstance(found.value, (dict, list)):
            return None
        return found.raw

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read_yaml(text: str) -> Node:
    """Return the one document of *text*.

    :raises WorkflowError: if it is broken, empty, or has keys twice, several documents,
        or more aliases than any workflow needs.
    """
    try:
        _check_depth(text)
        roots = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(error.problem or error.context or "it is broken").split())
        raise WorkflowError(
            f"it is not valid YAML: {reason}", mark.line + 1 if mark else None
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise WorkflowError(f"it is not valid YAML: {reason}") from None
    if len(roots) > 1:
        raise WorkflowError("it has several YAML documents", _line(roots[1]))
    if not roots or roots[0] is None:
        raise WorkflowError("it is empty")
    return _Converter().node(roots[0], 0)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1 if node.start_mark else 1


def _check_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > _DEPTH:
                mark = event.start_mark
                line = mark.line + 1 if mark else None
                raise WorkflowError("it is nested too deeply", line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


class _Converter:
    def __init__(self) -> None:
        self.count = 0

    def node(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        if self.count > _LIMIT or depth > _DEPTH:
            raise WorkflowError("its aliases expand to too many values", _line(node))
        line, end = _line(node), _last_line(node)
        if isinstance(node, yaml.MappingNode):
            value, keys = self._mapping(node, depth)
            return Node(value=value, line=line, end_line=end, keys=tuple(keys.items()))
        if isinstance(node, yaml.SequenceNode):
            return Node(
                value=[self.node(n, depth + 1) for n in node.value], line=line, end_line=end
            )
        if not isinstance(node, yaml.ScalarNode):
            raise WorkflowError("it has a value of no known kind", line)
        literal = node.style == "|"
        return Node(
            value=_scalar(node),
            line=line + 1 if node.style in {"|", ">"} else line,
            end_line=end,
            raw=node.value,
            literal=literal,
        )

    def _mapping(
        self, node: yaml.MappingNode, depth: int
    ) -> tuple[dict[str, Node], dict[str, int]]:
        found: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                merged.update(self._merged(value, depth))
                continue
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in found:
                raise WorkflowError(f"`{name}` is there twice (line {lines[name]} too)", _line(key))
            lines[name] = _line(key)
            found[name] = self.node(value, depth + 1)
        return {**merged, **found}, lines

    def _merged(self, node: yaml.Node, depth: int) -> dict[str, Node]:
        if isinstance(node, yaml.SequenceNode):
            found: dict[str, Node] = {}
            for merged in reversed(node.value):
                found.update(self._merged(merged, depth + 1))
            return found
        converted = self.node(node, depth + 1)
        return converted.value if isinstance(converted.value, dict) else {}


def _last_line(node: yaml.Node) -> int:
    """Return the last line with something of *node* on it, from 1."""
    start, end = node.start_mark, node.end_mark
    if start is None or end is None:
        return 1
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        inner = last[1] if isinstance(last, tuple) else last
        if inner.start_mark.index > start.index:  # else it is an alias
            return _last_line(inner)
    at_start = end.column == 0 and end.line > start.line
    return int(end.line if at_start else end.line + 1)


def _scalar(node: yaml.ScalarNode) -> str | float | bool | None:
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if node.style or kind == "str":
        return text
    if kind == "bool":
        return text.lower() == "true"
    if kind == "null":
        return None
    try:
        if kind == "int":
            base = {"0x": 16, "0o": 8}.get(text[:2].lower(), 10)
            return int(text[2:] if base != 10 else text, base)
        if kind == "float":
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        pass
    return text
