"""The targets of a cargo package, and which of them a file belongs to.

Called by :mod:`.cargo`.  Source of the rules: "Cargo Targets" in the Cargo book, tried against
cargo 1.95.  Modules are found by following ``mod``: a file that no declaration leads to may
still be compiled by a macro, which is for the caller to leave unknown.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from typing import Any

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import parser
from sphinx_arco_parity.repository.definitions.rust import (
    GRAMMAR,
    flattened,
    read_attributes,
    whole,
)
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo_manifests import Manifest, table, texts
from sphinx_arco_parity.repository.shell.commands import join
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError

#: Kind to the folder in which targets are found.
_FOLDERS = {"bin": "src/bin", "test": "tests", "example": "examples", "bench": "benches"}
_AUTO = {"bin": "autobins", "test": "autotests", "example": "autoexamples", "bench": "autobenches"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something that cargo compiles on its own."""

    kind: str
    """``lib``, ``bin``, ``test``, ``example`` or ``bench``."""
    name: str
    path: str
    """Its root file, relative to the repository."""
    test: bool
    """Whether ``cargo test`` takes it by default."""
    bench: bool
    harness: bool
    """Whether libtest runs its tests."""
    required: tuple[str, ...] = ()
    """The features that it needs."""


def targets_of(manifest: Manifest, edition: str, repository: Repository) -> list[Target]:
    """Return the targets of the package *manifest*."""
    found: list[Target] = []
    library = table(manifest.data.get("lib"))
    name = manifest.name.replace("-", "_")
    has_library = "lib" in manifest.data or manifest.package.get("autolib") is not False
    path = _path(manifest, library.get("path") or "src/lib.rs")
    if has_library and path:
        found.append(_target("lib", {"name": name, **library}, path))
    for kind in _FOLDERS:
        found += _of_kind(kind, manifest, edition, repository)
    return [target for target in found if repository.is_file(target.path)]


def _of_kind(
    kind: str, manifest: Manifest, edition: str, repository: Repository
) -> Iterator[Target]:
    given = manifest.data.get(kind)
    listed = given if isinstance(given, list) else []
    sections = [section for section in listed if isinstance(section, dict)]
    found = dict(_found(kind, manifest, repository))
    named = {section.get("name") for section in sections}
    taken: set[str] = set()
    for section in sections:
        name, written = section.get("name"), section.get("path")
        if not isinstance(name, str):
            continue
        path = _path(manifest, written) if written else found.get(name)
        if path:
            taken.add(path)
            yield _target(kind, section, path)
    auto = manifest.package.get(_AUTO[kind])
    # A target that is written out ends the search in edition 2015.
    by_hand = edition == "2015" and any(manifest.data.get(kind) for kind in _FOLDERS)
    if auto is False or (auto is None and by_hand):
        return
    for name, path in found.items():
        if name not in named and path not in taken:
            yield _target(kind, {"name": name}, path)


def _path(manifest: Manifest, path: Any) -> str | None:
    return join(manifest.folder, path) if isinstance(path, str) else None


def _target(kind: str, given: dict[str, Any], path: str) -> Target:
    usual = kind in {"lib", "bin"}
    return Target(
        kind=kind,
        name=str(given.get("name", "")),
        path=path,
        test=given.get("test", usual or kind == "test") is not False,
        bench=given.get("bench", usual or kind == "bench") is not False,
        harness=given.get("harness", True) is not False,
        required=tuple(texts(given.get("required-features"))),
    )


def _found(kind: str, manifest: Manifest, repository: Repository) -> Iterable[tuple[str, str]]:
    """Give name and root file of the targets that lie where cargo looks."""
    base = f"{manifest.folder}/" if manifest.folder else ""
    if kind == "bin" and repository.is_file(f"{base}src/main.rs"):
        yield manifest.name, f"{base}src/main.rs"
    folder = f"{base}{_FOLDERS[kind]}/"
    for path in repository.glob(f"{folder}**"):
        parts = path[len(folder) :].split("/")
        if parts[0].startswith("."):
            continue
        if len(parts) == 1 and path.endswith(".rs"):
            yield parts[0][: -len(".rs")], path
        elif len(parts) == 2 and parts[1] == "main.rs":
            yield parts[0], path


_DECLARATION = re.compile(r"\bmod\s+(?:r#)?\w+\s*;")
_PATH = re.compile(r'path\s*=\s*"([^"]*)"')
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
            child = _module_file(declared, path, folder, repository)
            if child is not None:
                inner = (*modules, *declared.inside, declared.name)
                pending.append((child, inner, (*gates, *declared.gates), _children(child)))


def _children(path: str) -> str:
    """Return the folder in which the modules of the file *path*, no root, are looked for."""
    folder, name = posixpath.split(path)
    return folder if name == "mod.rs" else posixpath.join(folder, name.removesuffix(".rs"))


def _module_file(
    declared: Declaration, path: str, folder: str, repository: Repository
) -> str | None:
    base = posixpath.join(folder, *declared.inside) if declared.inside else folder
    if declared.path is not None:
        start = base if declared.inside else posixpath.dirname(path)
        named = join(start, declared.path)
        return named if named is not None and repository.is_file(named) else None
    names = (f"{declared.name}.rs", f"{declared.name}/mod.rs")
    return next(filter(repository.is_file, (posixpath.join(base, name) for name in names)), None)


def _declared(path: str, repository: Repository) -> list[Declaration]:
    try:
        return repository.facts.asked(
            repository.digest(path),
            _QUESTION,
            lambda answer: [Declaration(tuple(i), str(n), p, tuple(g)) for i, n, p, g in answer],
            lambda: list(map(astuple, declarations(repository.read(path)))),
        )
    except UnreadableFileError:
        return []


def declarations(source: SourceFile) -> list[Declaration]:
    """Return the ``mod name;`` of a Rust file."""
    rust = parser(GRAMMAR)
    if rust is None or not _DECLARATION.search(source.text):
        return []
    return list(_inside(rust.parse(source.text.encode()).root_node, (), ()))


def _inside(node: Node, inside: tuple[str, ...], gates: tuple[str, ...]) -> Iterator[Declaration]:
    gates = (*gates, *whole(node).gates)
    attributes: list[str] = []
    for child in node.named_children:
        if child.type == "attribute_item":
            attributes.append(nodes.text_of(child)[2:-1].strip())
            continue
        if child.type in {"line_comment", "block_comment"}:
            continue
        name = nodes.text_of(nodes.field(child, "name")).removeprefix("r#")
        if child.type == "mod_item" and name:
            under = (*gates, *read_attributes(attributes).gates)
            paths = {
                condition: found[1]
                for text, condition in flattened(attributes)
                if (found := _PATH.fullmatch(text.strip()))
            }
            body = nodes.field(child, "body")
            if body is None:
                yield from _declared_under(Declaration(inside, name, None, under), paths)
            elif not paths:  # else its files are not looked for
                yield from _inside(body, (*inside, name), under)
        attributes = []


def _declared_under(plain: Declaration, paths: dict[str, str]) -> Iterator[Declaration]:
    """Give *plain* once for each condition of *paths*, whose path it then has, and for none."""
    for condition, path in paths.items():
        yield replace(plain, path=path, gates=(*plain.gates, *filter(None, [condition])))
    if "" not in paths:
        yield replace(plain, gates=(*plain.gates, *(f"not({c})" for c in paths)))
