"""Tests that a report names by a package: a binary of cargo, or an import path of Go."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import cached_property

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.cargo_manifests import Manifests
from sphinx_arco_parity.repository.selection.cargo_targets import Location, locations, targets_of
from sphinx_arco_parity.repository.source import UnreadableFileError

_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_Tests = dict[tuple[str, ...], str | None]


class Packages:
    """The packages of one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._binaries: dict[str, _Tests] = {}

    def of_cargo(self, binary: str, name: str) -> tuple[str, str] | None:
        """Return file and name of the test *name*, a path of modules, of nextest's *binary*."""
        if binary not in self._binaries:
            self._binaries[binary] = self._modules(binary)
        words = name.split("::")
        for end in range(len(words) - 1, -1, -1):
            path = self._binaries[binary].get(tuple(words[:end]), "")
            if path != "":
                return (path, "::".join(words[end:])) if path else None
        return None

    def _modules(self, binary: str) -> _Tests:
        """Return the file of each module of a binary, ``None`` where it may be two."""
        package, _, rest = binary.partition("::")
        kind, _, target = rest.rpartition("/")
        kind = kind or ("test" if rest else "lib")
        manifests = Manifests(self._repository)
        named = [m for m in map(manifests.at, manifests.folders) if m and m.name == package]
        if len(named) != 1:
            return {}
        edition = manifests.workspace(named[0]).edition(named[0])
        chosen = [
            each
            for each in targets_of(named[0], edition, self._repository)
            if each.kind == kind and (kind == "lib" or each.name == target)
        ]
        found: _Tests = {}
        places: dict[str, list[Location]] = locations(chosen, self._repository)
        for path, places_of_it in places.items():
            for place in places_of_it:
                found[place.modules] = None if place.modules in found else path
        return found

    @cached_property
    def _go(self) -> dict[str, str]:
        """The folder of each module of Go, by its import path."""
        found = {}
        for path in self._repository.files():
            if posixpath.basename(path) == "go.mod":
                match = _MODULE.search(self._repository.text(path) or "")
                if match is not None:
                    found[match[1]] = posixpath.dirname(path)
        return found

    def of_go(self, packages: Iterable[str], name: str) -> tuple[str, str] | None:
        """Return file and name of the test *name* of that of *packages* which is an import path."""
        for package in packages:
            above = [m for m in self._go if f"{package}/".startswith(f"{m}/")]
            if above:
                module = max(above, key=len)
                folder = posixpath.normpath(
                    posixpath.join(self._go[module], package[len(module) :].strip("/"))
                ).removeprefix(".")
                found = self._defining(folder, name.partition("/")[0])
                return (found, name) if found else None
        return None

    def _defining(self, folder: str, name: str) -> str | None:
        """Return the one test file right in *folder* that defines the test *name*."""
        found = []
        for path in self._repository.files():
            if posixpath.dirname(path) != folder or not path.endswith("_test.go"):
                continue
            try:
                if any(d.is_test for d in self._repository.symbols.named(path, name)):
                    found.append(path)
            except UnreadableFileError:
                continue
        return found[0] if len(found) == 1 else None
