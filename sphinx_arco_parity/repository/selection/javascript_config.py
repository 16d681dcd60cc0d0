"""What the configuration files of Jest and Vitest say, where that is plain.

Called by :mod:`.javascript`.  A configuration is code: objects, lists, strings and numbers are
read, anything else is ``...`` (Python's ellipsis), which nobody may rely on.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions.ecmascript import TYPESCRIPT
from sphinx_arco_parity.repository.definitions.nodes import field, parser, string_content, text_of
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.text.patterns import matches

_ENDINGS = ("ts", "mts", "cts", "js", "mjs", "cjs", "json")
_GROUP = re.compile(r"(?<![*!])[?@+]?\(([^()]{0,200})\)|\{([^{}]{0,200})\}")
#: What a glob may stand for.
_MOST = 300
#: A spread whose elements :mod:`.javascript` knows.
DEFAULT_EXCLUDE = "...configDefaults.exclude"


def config_files(folder: str, stem: str, repository: Repository) -> list[str]:
    """Return the files in *folder* that are called *stem* (``jest.config``) with any ending."""
    paths = (posixpath.join(folder, f"{stem}.{ending}") for ending in _ENDINGS)
    return [path for path in paths if repository.is_file(path)]


def config_of(path: str, repository: Repository) -> Any:
    """Return the object that the file *path* gives, ``...`` if that is computed."""
    text = repository.text(path)
    if text is None or path.endswith(".json"):
        try:
            return json.loads(text or "")
        except (ValueError, RecursionError):
            return ...
    found = parser(TYPESCRIPT)
    if found is None:
        return ...
    root = found.parse(text.encode("utf-8", "replace")).root_node
    given = list(_exported(root))
    return _plain(_named(given[0], root, text)) if len(given) == 1 else ...


def _exported(root: Node) -> Iterator[Node]:
    for statement in root.named_children:
        inner = statement.named_children[0] if statement.named_children else None
        value = field(statement, "value") if statement.type == "export_statement" else None
        if inner is not None and inner.type == "assignment_expression":
            is_module = text_of(field(inner, "left")) == "module.exports"
            value = field(inner, "right") if is_module else None
        if value is not None:
            yield value


def _named(node: Node, root: Node, text: str) -> Node:
    """Return the value of the constant *node*, if it is one that nothing else speaks of."""
    if node.type != "identifier":
        return node
    if len(re.findall(rf"(?<![\w/'\"-]){re.escape(text_of(node))}\b", text)) != 2:
        return node
    for statement in root.named_children:
        for declared in statement.named_children:
            if text_of(field(declared, "name")) == text_of(node):
                return field(declared, "value") or node
    return node


def _plain(node: Node | None) -> Any:
    """Return the value of a literal, ``...`` for what is none."""
    inner = node.named_children if node is not None else []
    if node is None:
        return ...
    if node.type in {"parenthesized_expression", "satisfies_expression", "as_expression"}:
        return _plain(inner[0])
    if node.type == "call_expression":
        given = field(node, "arguments")
        alone = given.named_children if given is not None else []
        wrapped = text_of(field(node, "function")) == "defineConfig" and len(alone) == 1
        return _plain(alone[0]) if wrapped else ...
    if node.type == "object":
        return dict(_member(child) for child in inner if child.type != "comment")
    if node.type == "array":
        every = [child for child in inner if child.type != "comment"]
        usual = DEFAULT_EXCLUDE
        values = [usual if text_of(child) == usual else _plain(child) for child in every]
        return ... if ... in values else values
    if node.type in {"true", "false"}:
        return node.type == "true"
    text = string_content(node)
    return ... if text is None or "\\" in text else text


def _member(node: Node) -> tuple[str, Any]:
    key = field(node, "key")
    if node.type != "pair" or key is None:
        name = field(node, "name") or (node if "shorthand" in node.type else None)
        return (text_of(name) if name is not None else "..."), ...
    return string_content(key) or text_of(key), _plain(field(node, "value"))


def in_globs(path: str, globs: Any) -> bool | None:
    """Tell whether *path* is given by one of *globs*, as picomatch reads them.

    ``None`` if *globs* is no plain list of what can be read.
    """
    if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
        return None
    waiting, plain = list(globs), list[str]()
    while waiting and len(waiting) + len(plain) < _MOST:
        glob = waiting.pop()
        group = _GROUP.search(glob)
        if group is None:
            plain.append(glob.removeprefix("./"))
            continue
        before, after = glob[: group.start()], glob[group.end() :]
        options = group[1].split("|") if group[1] is not None else group[2].split(",")
        options += [""] if group[0].startswith("?") else []
        waiting += [before + option + after for option in options]
    if waiting or any(re.search(r"[(){}!\\]|\.\.|\*\*[^/]|[^/]\*\*", glob) for glob in plain):
        return None
    return matches(path, plain)
