"""Whether ``cargo test`` or ``cargo nextest run`` runs a test.

Called by :class:`.Selector`.  Every condition (package, target, features, filters) is
three-valued; a test is missed if one of them plainly fails.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from sphinx_arco_parity.repository.definitions.rust import IGNORED
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.arguments import Arguments
from sphinx_arco_parity.repository.selection.cargo_command import CargoCommand, filtered
from sphinx_arco_parity.repository.selection.cargo_conditions import Conditions
from sphinx_arco_parity.repository.selection.cargo_manifests import Manifest, Manifests, Workspace
from sphinx_arco_parity.repository.selection.cargo_targets import Location, locations, targets_of
from sphinx_arco_parity.repository.selection.runners import Runner
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    TAKEN_AWAY,
    Selection,
    Subject,
    all_of,
    any_of,
    judged,
    missed,
    negated,
    some,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.text.patterns import compile_glob, is_glob


class CargoSelection:
    """Answers for one repository; what it reads of manifests and modules is kept."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._manifests = Manifests(repository)
        self._places = cache(self._located)
        self._file = cache(self._taken)
        self._conditions = cache(self._built)

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
        known = self._file(runner, subject.path)
        if isinstance(known, Selection):
            return known
        definition = subject.definition
        alike = (definition.gates, definition.disabled) if definition else None
        if known.by_name or alike not in known.answers:  # by name, tests of a kind fare differently
            within = (
                all_of(chain([answer], self._of_place(known, place, subject)))
                for place, answer in known.places
            )
            known.answers[alike] = all_of([known.chosen, any_of(within)])
        return known.answers[alike]

    def _taken(self, runner: Runner, path: str) -> _File | Selection:
        """Return what *runner* does with tests of the file *path*, or the answer for all."""
        command = CargoCommand(runner, self._manifests)
        package = self._manifests.above(posixpath.dirname(path), package=True)
        if not path.endswith(".rs"):
            return unknown("runs tests of another language")
        if package is None:
            return unknown("is about a file outside every package")
        unreadable = command.unreadable()
        if unreadable is not None:
            return unreadable
        chosen = self._package(command, package)
        if chosen.missed:
            return chosen
        if command.arguments.has("--no-run"):
            return missed("only compiles (`--no-run`)", ELSEWHERE)
        places = self._places(package).get(path, [])
        if not places:
            return unknown(f"may compile {path}, which no `mod` leads to")
        conditions = self._conditions(command, package)
        answers = tuple((place, all_of(_of_target(place, conditions))) for place in places)
        return _File(chosen=chosen, conditions=conditions, places=answers)

    # --- packages ----------------------------------------------------------------------

    def _package(self, command: CargoCommand, package: Manifest) -> Selection:
        own = self._manifests.workspace(package)
        if package.folder not in own.members:
            return unknown(f"is about package `{package.name}`, which is no member of a workspace")
        arguments, current = command.arguments, command.current
        if arguments.has("--workspace"):
            excluded = _not_excluded(arguments, package)
            same = self._same_workspace(current, own, package)
            return excluded if excluded.missed else all_of([same, excluded])
        if arguments.has("--exclude"):
            return unknown("has `--exclude` without `--workspace`")
        same = self._same_workspace(current, own, package)
        named = arguments.all("--package")
        if named:  # other workspaces may have it too
            elsewhere = [unknown("runs in another workspace")] if same.missed else []
            return all_of([_named(named, package), *elsewhere])
        if current is None or not same.selected:
            return same
        defaults = self._manifests.workspace(current).defaults(current)
        where = f"package `{current.name}`" if current.name else "the default members"
        return judged(
            any(manifest.folder == package.folder for manifest in defaults),
            f"tests {where} only, not package `{package.name}`",
            ELSEWHERE,
        )

    def _same_workspace(
        self, current: Manifest | None, own: Workspace, package: Manifest
    ) -> Selection:
        if current is None:
            return unknown("runs in a folder that is not known")
        root = self._manifests.workspace(current).root.folder
        reason = f"tests the workspace in `{root or '.'}`, not that of package `{package.name}`"
        return judged(root == own.root.folder, reason, ELSEWHERE)

    # --- within a package --------------------------------------------------------------

    def _located(self, package: Manifest) -> dict[str, list[Location]]:
        edition = self._manifests.workspace(package).edition(package)
        return locations(targets_of(package, edition, self._repository), self._repository)

    def _built(self, command: CargoCommand, package: Manifest) -> Conditions:
        script = posixpath.join(package.folder, "build.rs")
        has_script = "build" in package.package or self._repository.is_file(script)
        return Conditions(command, package, has_script=has_script)

    def _of_place(self, known: _File, place: Location, subject: Subject) -> Iterator[Selection]:
        """Give what decides of one test of a file."""
        command, is_open = known.conditions.command, known.conditions.holds
        for gate in self._gates(subject):
            if not gate.startswith(IGNORED):
                yield judged(is_open(gate), f"compiles it only under `cfg({gate})`")
            elif not command.ignored_tests:
                condition = gate.removeprefix(IGNORED)[:-1]
                runs = negated(is_open(condition))
                yield judged(runs, f"ignores it under `cfg({condition})`")
        if known.by_name:
            yield filtered(command, place.modules, subject, self._repository)
        yield command.ignored(subject)
        if command.doubt:
            yield unknown(command.doubt)

    def _gates(self, subject: Subject) -> tuple[str, ...]:
        """Return the conditions on the test, or on its whole file."""
        if subject.definition is not None:
            return subject.definition.gates
        gated = "#![cfg" in (self._repository.text(subject.path) or "")
        found = self._repository.symbols.definitions(subject.path) if gated else None
        return found.gates if found else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """What a command does with all tests of a file."""

    chosen: Selection
    """Whether it takes the package."""
    conditions: Conditions
    places: tuple[tuple[Location, Selection], ...]
    """Where the file is compiled, and whether it takes that target."""
    answers: dict[object, Selection] = field(default_factory=dict)
    """By the conditions on a test, where its name does not matter."""

    @property
    def by_name(self) -> bool:
        """Whether the command filters by name."""
        return bool(self.conditions.command.filters or self.conditions.command.skips)


def _of_target(place: Location, conditions: Conditions) -> Iterator[Selection]:
    target = place.target
    yield conditions.command.target(target)
    for name in target.required:
        reason = f"does not enable feature `{name}`, which target `{target.name}` needs"
        yield judged(conditions.enabled(name), reason)
    for gate in place.gates:
        yield judged(conditions.holds(gate), f"compiles it only under `cfg({gate})`")
    if not target.harness:
        yield unknown(f"runs target `{target.name}`, which has a harness of its own")


def _not_excluded(arguments: Arguments, package: Manifest) -> Selection:
    excluded = arguments.all("--exclude", "--exclude-from-test")
    found = some(_is_package(word, package) for word in excluded)
    if found is None:
        return unknown("excludes packages in a way that cannot be read")
    return judged(not found, f"excludes package `{package.name}`", TAKEN_AWAY)


def _named(named: Sequence[Word], package: Manifest) -> Selection:
    found = some(_is_package(word, package) for word in named)
    if found is None:
        return unknown("names a package in a way that cannot be read")
    shown = ", ".join(f"`{word.text}`" for word in named)
    return judged(found, f"tests package {shown}, not `{package.name}`", ELSEWHERE)


def _is_package(word: Word, package: Manifest) -> bool | None:
    """Tell whether a package id specification names *package*."""
    if not word.known or "://" in word.text or word.text.startswith((".", "/")):
        return None
    name, _, version = word.text.partition("@")
    name, _, older = name.partition(":")
    if is_glob(name):
        return compile_glob(name).fullmatch(package.name)
    if name != package.name:
        return False
    wanted, actual = version or older, package.package.get("version")
    return True if not wanted or f"{actual}.".startswith(f"{wanted}.") else None
