"""Which features of a package a cargo command enables.

Called by :mod:`.cargo`.  A feature that the command does not enable itself may be
enabled by another package that depends on this one: then it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_arco_parity.repository.selection.arguments import Arguments
from sphinx_arco_parity.repository.selection.cargo_manifests import (
    Manifest,
    Workspace,
    table,
    texts,
)
from sphinx_arco_parity.repository.selection.tables import HACK_FEATURES


@dataclass(frozen=True, slots=True)
class Features:
    """The features of *package* under *arguments*."""

    package: Manifest
    workspace: Workspace
    arguments: Arguments
    is_current: bool
    """The command runs in the package's own folder."""
    has_script: bool = False
    """The package has a build script, which may set conditions of its own."""

    def enabled(self, name: str) -> bool | None:
        """Tell whether the feature *name* is enabled; ``None`` if that is not known."""
        known = self._declared()
        if name not in known:
            return None if "/" in name or self.has_script else False
        if self.arguments.has(*HACK_FEATURES):
            return None  # cargo-hack runs several sets of features
        if self.arguments.has("--all-features"):
            return True if self._applies() else None
        start = self._start()
        if start is None:
            return None
        if name in closure(self.package, start):
            return True if self._applies() or not self._flags() else None
        return None if self._others(name) or not (self._applies() or not self._flags()) else False

    def _flags(self) -> bool:
        return self.arguments.has("--features", "--no-default-features", "--all-features")

    def _applies(self) -> bool:
        """Tell whether feature options are surely about this package."""
        virtual = not self.workspace.root.name  # as cargo's `allows_new_cli_feature_behavior`
        return virtual or self.workspace.resolver != "1" or self.is_current

    def _declared(self) -> set[str]:
        found = {"default", *table(self.package.data.get("features"))}
        found |= {n for n, value in self.package.dependencies() if value.get("optional") is True}
        return found

    def _start(self) -> set[str] | None:
        values = self.arguments.all("--features")
        if any(not value.known for value in values):
            return None
        start = set() if self.arguments.has("--no-default-features") else {"default"}
        for value in values:
            for word in re.split(r"[\s,]+", value.text.strip()):
                package, slash, name = word.partition("/")
                if not slash:
                    start.add(word)
                elif package == self.package.name:
                    start.add(name)
        return start

    def _others(self, name: str) -> bool:
        """Tell whether some member may enable *name* for its own sake."""
        shared = table((self.workspace.root.workspace or {}).get("dependencies"))
        for member in self.workspace.members.values():
            for alias, value in member.dependencies():
                full = {**table(shared.get(alias)), **value} if value.get("workspace") else value
                if full.get("package", alias) != self.package.name:
                    continue
                wanted = {
                    *texts(value.get("features")),
                    *texts(full.get("features")),
                    *texts(table(shared.get(alias)).get("features")),
                }
                wanted |= {"default"} if full.get("default-features") is not False else set()
                if name in closure(self.package, wanted) or _forwards(member, alias):
                    return True
        return False


def _forwards(member: Manifest, alias: str) -> bool:
    lists = table(member.data.get("features")).values()
    return any(
        re.match(rf"{re.escape(alias)}\??/", word) for words in lists for word in texts(words)
    )


def closure(package: Manifest, start: Iterable[str]) -> set[str]:
    """Return *start* and all features that these enable in turn."""
    lists = table(package.data.get("features"))
    found: set[str] = set()
    pending = list(start)
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        for word in texts(lists.get(name)):
            bare = word.removeprefix("dep:")
            head, slash, _ = bare.partition("/")
            if slash and head.endswith("?"):
                continue
            pending.append(head if slash else bare)
    return found
