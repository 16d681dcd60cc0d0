"""Whether ``cargo test`` or ``cargo nextest run`` runs a test.

Called by :mod:`.select`.  Every condition (package, target, features, filters) is
three-valued; a test is missed if one of them plainly fails.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from sphinx_arco_parity.patterns import compile_glob
from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.selection.cargo_cfg import holds
from sphinx_arco_parity.repository.selection.cargo_command import CargoCommand
from sphinx_arco_parity.repository.selection.cargo_features import Features
from sphinx_arco_parity.repository.selection.cargo_manifests import (
    Manifest,
    Manifests,
    Workspace,
)
from sphinx_arco_parity.repository.selection.cargo_modules import Location, locations
from sphinx_arco_parity.repository.selection.cargo_targets import targets_of
from sphinx_arco_parity.repository.selection.libtest import filtered, name_of
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SELECTED,
    TAKEN_AWAY,
    Selection,
    Subject,
    all_of,
    any_of,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.source import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.repository.selection.arguments import Arguments
    from sphinx_arco_parity.repository.selection.runners import Runner
    from sphinx_arco_parity.repository.shell.commands import Word


class CargoSelection:
    """Answers for one repository; what it reads of manifests and modules is kept."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._manifests = Manifests(repository)
        self._locations: dict[str, dict[str, list[Location]]] = {}

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
        assert runner.arguments is not None  # noqa: S101 - the caller looked at its kind
        if not subject.path.endswith(".rs"):
            return unknown("runs tests of another language")
        package = self._manifests.above(posixpath.dirname(subject.path), package=True)
        if package is None:
            return unknown("is about a file outside every package")
        command = CargoCommand(runner, self._manifests)
        broken = command.unreadable()
        if broken is not None:
            return broken
        chosen = self._package(command, package)
        if chosen.missed:
            return chosen
        return all_of([chosen, self._within(command, package, subject)])

    # --- packages ----------------------------------------------------------------------

    def _package(self, command: CargoCommand, package: Manifest) -> Selection:
        own = self._manifests.workspace(package)
        if package.folder not in own.members:
            return unknown(
                f"is about package `{package.name}`, which is no member of a workspace"
            )
        arguments, current = command.arguments, command.current
        if arguments.has("--workspace"):
            excluded = self._not_excluded(arguments, package)
            if excluded.missed:
                return excluded
            return all_of([self._same_workspace(current, own, package), excluded])
        if arguments.has("--exclude"):
            return unknown("has `--exclude` without `--workspace`")
        named = arguments.all("--package")
        if named:
            return all_of([_named(named, package), self._reaches(current, own)])
        same = self._same_workspace(current, own, package)
        if current is None or not same.selected:
            return same
        workspace = self._manifests.workspace(current)
        if any(m.folder == package.folder for m in workspace.defaults(current)):
            return SELECTED
        where = f"package `{current.name}`" if current.name else "the default members"
        return missed(f"tests {where} only, not package `{package.name}`", ELSEWHERE)

    def _same_workspace(
        self, current: Manifest | None, own: Workspace, package: Manifest
    ) -> Selection:
        if current is None:
            return unknown("runs in a folder that is not known")
        root = self._manifests.workspace(current).root.folder
        if root == own.root.folder:
            return SELECTED
        shown = f"the workspace in `{root or '.'}`"
        return missed(f"tests {shown}, not that of package `{package.name}`", ELSEWHERE)

    def _reaches(self, current: Manifest | None, own: Workspace) -> Selection:
        """Tell whether ``-p`` finds a package of *own*; other workspaces may have it too."""
        if (
            current is None
            or self._manifests.workspace(current).root.folder == own.root.folder
        ):
            return SELECTED
        return unknown("runs in another workspace")

    @staticmethod
    def _not_excluded(arguments: Arguments, package: Manifest) -> Selection:
        answers = [_is_package(word, package) for word in arguments.all("--exclude")]
        if True in answers:
            return missed(f"excludes package `{package.name}`", TAKEN_AWAY)
        return (
            unknown("excludes packages in a way that cannot be read")
            if None in answers
            else SELECTED
        )

    # --- within a package --------------------------------------------------------------

    def _within(
        self, command: CargoCommand, package: Manifest, subject: Subject
    ) -> Selection:
        if command.arguments.has("--no-run"):
            return missed("only compiles (`--no-run`)", ELSEWHERE)
        workspace = self._manifests.workspace(package)
        places = self._places(package, workspace).get(subject.path, [])
        if not places:
            return unknown(f"may compile {subject.path}, which no `mod` leads to")
        current = command.current
        features = Features(
            package, workspace, command.arguments,
            is_current=current is not None and current.folder == package.folder,
            has_script="build" in package.package
            or self._repository.is_file(posixpath.join(package.folder, "build.rs")),
        )  # fmt: skip
        return any_of(self._at(command, place, subject, features) for place in places)

    def _places(
        self, package: Manifest, workspace: Workspace
    ) -> dict[str, list[Location]]:
        if package.folder not in self._locations:
            targets = targets_of(package, workspace.edition(package), self._repository)
            self._locations[package.folder] = locations(targets, self._repository)
        return self._locations[package.folder]

    def _gates(self, subject: Subject) -> tuple[str, ...]:
        """Return the conditions on the test, or on its whole file."""
        if subject.definition is not None:
            return subject.definition.gates
        try:
            found = definitions_in(self._repository.read(subject.path))
        except UnreadableFileError:
            return ()
        return found.gates if found else ()

    def _at(
        self,
        command: CargoCommand,
        place: Location,
        subject: Subject,
        features: Features,
    ) -> Selection:
        return all_of(self._conditions(command, place, subject, features))

    def _conditions(
        self,
        command: CargoCommand,
        place: Location,
        subject: Subject,
        features: Features,
    ) -> Iterator[Selection]:
        yield command.target(place.target)
        for name in place.target.required:
            if features.enabled(name) is not True:
                reason = f"does not enable feature `{name}`, which target `{place.target.name}` needs"
                yield (
                    missed(reason)
                    if features.enabled(name) is False
                    else unknown(reason)
                )
        definition = subject.definition
        for gate in (*place.gates, *self._gates(subject)):
            open_ = holds(gate, features.enabled)
            if open_ is not True:
                reason = f"compiles it only under `cfg({gate})`"
                yield missed(reason) if open_ is False else unknown(reason)
        if not place.target.harness:
            yield unknown(
                f"runs target `{place.target.name}`, which has a harness of its own"
            )
        try:
            source = self._repository.read(subject.path) if definition else None
        except UnreadableFileError:
            source = None
        full = name_of(place.modules, subject.symbol, definition, source)
        yield filtered(
            full,
            command.filters,
            command.libtest.all("--skip"),
            exact=command.libtest.has("--exact"),
        )
        yield command.ignored(subject)
        if command.doubts:
            yield unknown(command.doubts[0])


def _named(named: Sequence[Word], package: Manifest) -> Selection:
    answers = [_is_package(word, package) for word in named]
    if True in answers:
        return SELECTED
    if None in answers:
        return unknown("names a package in a way that cannot be read")
    shown = ", ".join(f"`{word.text}`" for word in named)
    return missed(f"tests package {shown}, not `{package.name}`", ELSEWHERE)


def _is_package(word: Word, package: Manifest) -> bool | None:
    """Tell whether a package id specification names *package*."""
    if not word.known:
        return None
    text = word.text
    if "://" in text or text.startswith((".", "/")):
        return None
    name, _, version = text.partition("@")
    name, _, older = name.partition(":")
    if any(character in name for character in "*?["):
        return compile_glob(name).fullmatch(package.name) is not None
    if name != package.name:
        return False
    wanted = version or older
    actual = package.package.get("version")
    if not wanted or (
        isinstance(actual, str)
        and (actual == wanted or actual.startswith(f"{wanted}."))
    ):
        return True
    return None
