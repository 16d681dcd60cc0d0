"""Cargo's manifests and workspaces, as cargo finds them.

Called by :mod:`.cargo`.  Folders are relative to the repository; its root is empty.
Source of the rules: "Workspaces" in the Cargo book, tried against cargo 1.95.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.shell.commands import join, upwards
from sphinx_arco_parity.text.patterns import compile_glob, is_glob

_DEPENDENCIES = (
    "dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies",
    "build_dependencies",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Manifest:
    """A ``Cargo.toml``."""

    folder: str
    data: dict[str, Any]

    @property
    def package(self) -> dict[str, Any]:
        """The table ``[package]``, empty for a virtual manifest."""
        return table(self.data.get("package", self.data.get("project")))

    @property
    def name(self) -> str:
        """The package's name, empty for a virtual manifest."""
        name = self.package.get("name", "")
        return name if isinstance(name, str) else ""

    @property
    def workspace(self) -> dict[str, Any] | None:
        """The table ``[workspace]``."""
        found = self.data.get("workspace")
        return found if isinstance(found, dict) else None

    def dependencies(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give every dependency: its name here, and its table (``{}`` for a version)."""
        places = [self.data, *map(table, table(self.data.get("target")).values())]
        for place in places:
            for kind in _DEPENDENCIES:
                for name, value in table(place.get(kind)).items():
                    yield name, table(value)


def table(value: Any) -> dict[str, Any]:
    """Return *value* if it is a table, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """Return the strings of a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


class Workspace:
    """A root and its members."""

    def __init__(self, root: Manifest, manifests: Manifests) -> None:
        self.root = root
        self._manifests = manifests

    @cached_property
    def members(self) -> dict[str, Manifest]:
        """Folder to manifest, of all packages."""
        found = {self.root.folder: self.root} if self.root.name else {}
        if self.root.workspace is None:
            return found
        pending = [*found.values(), *self.expand(texts(self._setting("members")))]
        while pending:
            manifest = pending.pop()
            if not manifest.name or (manifest.folder in found and manifest is not self.root):
                continue
            found[manifest.folder] = manifest
            pending += [m for m in self._paths(manifest) if m.folder not in found]
        return found

    def expand(self, globs: list[str]) -> list[Manifest]:
        """Return the manifests that *globs* of members name."""
        found = []
        for glob in globs:
            folder = join(self.root.folder, glob)
            if folder is None:
                continue
            if is_glob(glob):
                pattern = compile_glob(folder)
                names = [f for f in self._manifests.folders if pattern.fullmatch(f)]
                found += [self._manifests.at(f) for f in names if not self.excludes(f)]
            else:
                found.append(self._manifests.at(folder))
        return [manifest for manifest in found if manifest is not None]

    def excludes(self, folder: str) -> bool:
        """Tell whether ``exclude`` names *folder* and ``members`` does not."""

        def below(key: str) -> bool:
            roots = {join(self.root.folder, path) for path in texts(self._setting(key))}
            return not roots.isdisjoint(upwards(folder))

        return below("exclude") and not below("members")

    def _setting(self, name: str) -> Any:
        return (self.root.workspace or {}).get(name)

    def _paths(self, manifest: Manifest) -> list[Manifest]:
        """Return the members that *manifest* depends on by path."""
        found = []
        for name, value in manifest.dependencies():
            base, path = manifest.folder, value.get("path")
            if value.get("workspace") is True:
                base, path = self.root.folder, table(self.shared.get(name)).get("path")
            folder = join(base, path) if isinstance(path, str) else None
            other = self._manifests.at(folder) if folder is not None else None
            if other is None or other.workspace is not None or self.excludes(other.folder):
                continue
            if self.root.folder in upwards(other.folder):
                found.append(other)
        return found

    @property
    def shared(self) -> dict[str, Any]:
        """The dependencies that members may inherit."""
        return table(self._setting("dependencies"))

    def defaults(self, current: Manifest) -> list[Manifest]:
        """Return the packages that a command without ``-p`` is about.

        *current* is the manifest nearest to where it runs.
        """
        if current.folder != self.root.folder:
            return [current]
        named = self._setting("default-members")
        if named is not None:
            return self.expand(texts(named))
        return [self.root] if self.root.name else list(self.members.values())

    @cached_property
    def resolver(self) -> str:
        """The version of the feature resolver."""
        explicit = self._setting("resolver") or self.root.package.get("resolver")
        if isinstance(explicit, str):
            return explicit
        return "2" if self.root.name and self.edition(self.root) >= "2021" else "1"

    def edition(self, manifest: Manifest) -> str:
        """Return a package's edition; one that does not say has 2015."""
        edition = manifest.package.get("edition")
        if isinstance(edition, dict):
            edition = table(self._setting("package")).get("edition")
        return edition if isinstance(edition, str) else "2015"


class Manifests:
    """All manifests of a repository, read when asked for."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.at = cache(self._read)
        """Returns the manifest in a folder, ``None`` if there is none that can be read."""
        self._led_by = cache(partial(Workspace, manifests=self))

    @cached_property
    def folders(self) -> list[str]:
        """Every folder with a manifest."""
        split = map(posixpath.split, self._repository.files())
        return [folder for folder, name in split if name == "Cargo.toml"]

    def mentions(self, path: str, pattern: str) -> bool:
        """Tell whether a file called *path*, in any folder, has *pattern*."""
        found = (file for file in self._repository.files() if f"/{file}".endswith(f"/{path}"))
        texts = map(self._repository.text, found)
        return any(text is None or re.search(pattern, text) for text in texts)

    def _read(self, folder: str) -> Manifest | None:
        path = f"{folder}/Cargo.toml" if folder else "Cargo.toml"
        text = self._repository.text(path) if self._repository.is_file(path) else None
        try:
            return None if text is None else Manifest(folder, tomllib.loads(text))
        except (tomllib.TOMLDecodeError, RecursionError):
            return None

    def above(self, folder: str, *, package: bool = False) -> Manifest | None:
        """Return the nearest manifest at or above *folder*; with *package*, of one."""
        found = map(self.at, upwards(folder))
        return next((m for m in found if m is not None and (m.name or not package)), None)

    def workspace(self, manifest: Manifest) -> Workspace:
        """Return the workspace that *manifest* belongs to; at least its own."""
        return self._led_by(self._root(manifest))

    def _root(self, manifest: Manifest) -> Manifest:
        if manifest.workspace is not None:
            return manifest
        named = manifest.package.get("workspace")
        if isinstance(named, str):
            folder = join(manifest.folder, named)
            return (self.at(folder) if folder is not None else None) or manifest
        for above in map(self.at, upwards(posixpath.dirname(manifest.folder))):
            if above is None or above.workspace is None:
                continue
            if not Workspace(above, self).excludes(manifest.folder):
                return above
        return manifest
