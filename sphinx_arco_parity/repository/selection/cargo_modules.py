"""Which targets a Rust file belongs to, by following ``mod`` declarations.

Called by :mod:`.cargo`.  A file that no declaration leads to may still be compiled by a
macro: that is for the caller to leave unknown.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.grammar import parser
from sphinx_arco_parity.repository.definitions.rust import GRAMMAR
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo_targets import Target
from sphinx_arco_parity.repository.shell.folders import join
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError

_DECLARATION = re.compile(r"\bmod\s+(?:r#)?\w+\s*;")
_PATH = re.compile(r'#\[\s*path\s*=\s*"([^"]*)"\s*\]')
_CFG = re.compile(r"#!?\[\s*cfg\s*\((.*)\)\s*\]", re.DOTALL)
_QUESTION = "rust modules"

#: Files that one target may have.
_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Declaration:
    """A ``mod name;``."""

    inside: tuple[str, ...]
    """The inline modules around it."""
    name: str
    path: str | None
    """What ``#[path]`` says."""
    gates: tuple[str, ...]
    """The conditions of its ``#[cfg]`` and of the modules around it."""


@dataclass(frozen=True, slots=True)
class Location:
    """A file within a target."""

    target: Target
    modules: tuple[str, ...]
    """The path of the file's module in the crate."""
    gates: tuple[str, ...]


def locations(targets: Iterable[Target], repository: Repository) -> dict[str, list[Location]]:
    """Return for each file of *targets* where it stands; a file may stand in several."""
    found: dict[str, list[Location]] = {}
    for target in targets:
        _walk(target, repository, found)
    return found


def _walk(target: Target, repository: Repository, found: dict[str, list[Location]]) -> None:
    pending: list[tuple[str, tuple[str, ...], tuple[str, ...], str]] = [
        (target.path, (), (), posixpath.dirname(target.path))
    ]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while pending and len(seen) < _LIMIT:
        path, modules, gates, folder = pending.pop()
        if (path, modules) in seen or len(modules) > 40:
            continue
        seen.add((path, modules))
        found.setdefault(path, []).append(Location(target, modules, gates))
        for declared in _declared(path, repository):
            child = _file(declared, path, folder, repository)
            if child is not None:
                inner = (*modules, *declared.inside, declared.name)
                pending.append((child, inner, (*gates, *declared.gates), _children(child)))


def _children(path: str) -> str:
    """Return the folder in which the modules of the file *path*, no root, are looked for."""
    folder, name = posixpath.split(path)
    return folder if name == "mod.rs" else posixpath.join(folder, name.removesuffix(".rs"))


def _file(declared: Declaration, path: str, folder: str, repository: Repository) -> str | None:
    base = posixpath.join(folder, *declared.inside) if declared.inside else folder
    if declared.path is not None:
        start = base if declared.inside else posixpath.dirname(path)
        named = join(start, declared.path)
        return named if named is not None and repository.is_file(named) else None
    for name in (f"{declared.name}.rs", f"{declared.name}/mod.rs"):
        candidate = posixpath.join(base, name)
        if repository.is_file(candidate):
            return candidate
    return None


def _declared(path: str, repository: Repository) -> list[Declaration]:
    try:
        digest = repository.digest(path)
        known = _kept(repository.facts.get(digest, _QUESTION))
        if known is None:
            known = declarations(repository.read(path))
            answer = [[d.inside, d.name, d.path, d.gates] for d in known]
            repository.facts.put(digest, _QUESTION, answer)
    except UnreadableFileError:
        return []
    return known


def _kept(answer: Any) -> list[Declaration] | None:
    """Return what an earlier build found, ``None`` if that is not known or broken."""
    if not isinstance(answer, list):
        return None
    try:
        return [Declaration(tuple(i), str(n), p, tuple(g)) for i, n, p, g in answer]
    except (TypeError, ValueError):
        return None


def declarations(source: SourceFile) -> list[Declaration]:
    """Return the ``mod name;`` of a Rust file."""
    rust = parser(GRAMMAR)
    if rust is None or not _DECLARATION.search(source.text):
        return []
    found: list[Declaration] = []
    _collect(rust.parse(source.text.encode()).root_node, (), (), found)
    return found


def _collect(
    node: Node, inside: tuple[str, ...], gates: tuple[str, ...], found: list[Declaration]
) -> None:
    attributes: list[str] = []
    for child in node.named_children:
        if child.type in {"attribute_item", "inner_attribute_item"}:
            attributes.append(nodes.text_of(child))
        elif child.type == "mod_item":
            _module(child, attributes, inside, gates, found)
            attributes = []
        elif child.type not in {"line_comment", "block_comment"}:
            attributes = []


def _module(
    node: Node,
    attributes: list[str],
    inside: tuple[str, ...],
    gates: tuple[str, ...],
    found: list[Declaration],
) -> None:
    name = nodes.text_of(nodes.field(node, "name")).removeprefix("r#")
    body = nodes.field(node, "body")
    if not name:
        return
    own = tuple(m[1].strip() for a in attributes if (m := _CFG.fullmatch(a.strip())))
    path = next((m[1] for a in attributes if (m := _PATH.fullmatch(a.strip()))), None)
    if body is None:
        found.append(Declaration(inside, name, path, (*gates, *own)))
    else:
        _collect(body, (*inside, path or name), (*gates, *own), found)
