"""The targets of a cargo package: library, binaries, tests, examples, benches.

Called by :mod:`.cargo`.  Source of the rules: "Cargo Targets" in the Cargo book, tried
against cargo 1.95.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo_manifests import Manifest, table, texts
from sphinx_arco_parity.repository.shell.folders import join

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
    return [
        target for target in _all(manifest, edition, repository) if repository.is_file(target.path)
    ]


def _all(manifest: Manifest, edition: str, repository: Repository) -> Iterator[Target]:
    library = table(manifest.data.get("lib"))
    name = manifest.name.replace("-", "_")
    has_library = "lib" in manifest.data or manifest.package.get("autolib") is not False
    path = _path(manifest, library.get("path") or "src/lib.rs")
    if has_library and path:
        yield _target("lib", {"name": name, **library}, path)
    for kind in _FOLDERS:
        yield from _of_kind(kind, manifest, edition, repository)


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
        name = section.get("name")
        written = section.get("path")
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
