"""A ``cargo test`` command line, asked about its folder, targets and filters by name.

Called by :mod:`.cargo`.  Source of the rules: ``cargo help test``, tried against cargo
1.95.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sphinx_arco_parity.repository.definitions.rust import IGNORED
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.arguments import LIBTEST, Arguments, parse_arguments
from sphinx_arco_parity.repository.selection.cargo_manifests import Manifest, Manifests
from sphinx_arco_parity.repository.selection.cargo_targets import Target
from sphinx_arco_parity.repository.selection.runners import Runner
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SELECTED,
    TAKEN_AWAY,
    Selection,
    Subject,
    judged,
    missed,
    some,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word, join
from sphinx_arco_parity.repository.source import Definition
from sphinx_arco_parity.text.patterns import compile_glob
from sphinx_arco_parity.text.words import word_set

_KINDS = {"--bin": "bin", "--test": "test", "--example": "example", "--bench": "bench"}
_ALL_OF_KIND = {"--lib": "lib", "--bins": "bin", "--examples": "example"}
_TARGET_OPTIONS = (*_KINDS, *_ALL_OF_KIND, "--tests", "--benches", "--all-targets", "--doc")

#: Unstable options that change how tests are built, not which.
_BESIDE = frozenset({"build-std", "build-std-features", "panic-abort-tests", "minimal-versions"})


@dataclass(frozen=True)
class CargoCommand:
    """A command line, asked about targets and filters."""

    runner: Runner
    manifests: Manifests

    @cached_property
    def arguments(self) -> Arguments:
        """What cargo itself is given."""
        return self.runner.arguments

    @cached_property
    def libtest(self) -> Arguments:
        """What the test programs are given, after ``--``."""
        return parse_arguments(self.arguments.rest, LIBTEST)

    @cached_property
    def filters(self) -> list[Word]:
        """The parts of names, one of which a test must have."""
        return [*self.arguments.positionals, *self.libtest.positionals]

    @cached_property
    def skips(self) -> list[Word]:
        """The parts of names that a test may not have."""
        return self.libtest.all("--skip")

    @cached_property
    def current(self) -> Manifest | None:
        """The manifest that cargo takes, from the folder or ``--manifest-path``."""
        folder = self.runner.command.directory
        given = self.arguments.last("--manifest-path")
        if given is not None:
            path = join(folder, given.text) if given.known else None
            if path is None or posixpath.basename(path) != "Cargo.toml":
                return None
            return self.manifests.at(posixpath.dirname(path))
        return None if folder is None else self.manifests.above(folder)

    def unreadable(self) -> Selection | None:
        """Return why nothing can be said of this command line, if so."""
        arguments = self.arguments
        if arguments.has("--help") or self.libtest.has("--list", "--help"):
            return missed("runs no tests", ELSEWHERE)
        if arguments.unknown or self.libtest.unknown:
            name = (*arguments.unknown, *self.libtest.unknown)[0]
            return unknown(f"has the option `{name}`, which is not known here")
        if arguments.open or not self.runner.sure:
            return unknown("has arguments that are not known before it runs")
        if arguments.has(
            "--archive-file", "--partition", "--cargo-metadata", "--binaries-metadata"
        ):
            return unknown("takes its tests from elsewhere or only a part of them")
        named = any(word.text == "t" for word in self.runner.command.words)
        if named and self.manifests.mentions(".cargo/config.toml", r"(?m)^\s*(?:alias\.)?t\s*="):
            return unknown("may be another command: the alias `t` is set by a configuration")
        unstable = {word.text.partition("=")[0] for word in arguments.all("-Z")}
        if unstable - _BESIDE or arguments.has("--config", "--unit-graph", "--build-plan"):
            return unknown("has options that may change what is run")
        return None

    @cached_property
    def doubt(self) -> str:
        """Why a test that passes every condition may still not run; empty if it does."""
        mentions, arguments = self.manifests.mentions, self.arguments
        if self.runner.driver == "tarpaulin" and mentions("tarpaulin.toml", ""):
            return "has settings in tarpaulin.toml"
        if self.libtest.has("--bench", "--exclude-should-panic"):
            return "leaves out some kinds of tests"
        if self.runner.kind != "cargo nextest":
            return ""
        if arguments.has("--filterset"):
            return "selects by a filter set"
        configured = arguments.has("--config-file", "--tool-config-file", "--user-config-file")
        if not arguments.has("--ignore-default-filter") and (
            configured or mentions(".config/nextest.toml", "default-filter|default-set")
        ):
            return "has a default filter in nextest's configuration"
        return ""

    def target(self, target: Target) -> Selection:
        """Tell whether the options on targets take *target*."""
        options = self.arguments
        if not options.has(*_TARGET_OPTIONS):
            if target.kind == "lib" and options.positionals and self.runner.kind == "cargo test":
                return SELECTED  # with a filter before `--`, cargo asks no library
            why = ", which has `test = false`" if target.kind in {"lib", "bin", "test"} else ""
            return judged(target.test, f"does not take the {_shown(target)}{why}")
        taken = some(self._by_options(target))
        if taken is None:
            return unknown("takes targets in a way that cannot be read")
        others = (option for option in _TARGET_OPTIONS if option != "--doc")
        alone = options.has("--doc") and not options.has(*others)
        only = "runs documentation tests only (`--doc`)"
        return judged(taken, only if alone else f"does not take the {_shown(target)}")

    def _by_options(self, target: Target) -> Iterator[bool | None]:
        for name, value in self.arguments.options:
            if name == "--all-targets":
                yield (target.kind in {"lib", "bin", "example"} or target.test or target.bench)
            elif name == "--tests":
                yield target.test
            elif name == "--benches":
                yield target.bench
            elif name in _ALL_OF_KIND:
                yield target.kind == _ALL_OF_KIND[name]
            elif target.kind == _KINDS.get(name):
                text = value.text if value is not None and value.known else None
                yield None if text is None else compile_glob(text).fullmatch(target.name)

    @cached_property
    def ignored_tests(self) -> str:
        """``all`` if ignored tests run too, ``only`` if they run alone, empty if they do not."""
        given = self.arguments.last("--run-ignored")
        mode = given.text if given else ""
        if self.libtest.has("--include-ignored") or mode == "all":
            return "all"
        only = self.libtest.has("--ignored") or mode in {"only", "ignored-only"}
        return "only" if only else ""

    def ignored(self, subject: Subject) -> Selection:
        """Tell whether the options on ignored tests take *subject*."""
        definition = subject.definition
        if definition is not None and definition.is_ignored:
            return SELECTED if self.ignored_tests else unknown("does not run ignored tests")
        if self.ignored_tests != "only":
            return SELECTED
        perhaps = definition is None or any(gate.startswith(IGNORED) for gate in definition.gates)
        reason = "runs ignored tests only"
        return unknown(reason) if perhaps else missed(reason, TAKEN_AWAY)


def _shown(target: Target) -> str:
    kind = {"bin": "binary", "test": "test target"}.get(target.kind, target.kind)
    return "library" if kind == "lib" else f"{kind} `{target.name}`"


_ATTRIBUTE = re.compile(r"#!?\[\s*([\w:]+)")
#: Attributes on a test that leave its name as it is.
_PLAIN = word_set("""
    test ignore should_panic cfg allow warn deny expect doc traced_test tracing_test cfg_attr
    inline serial parallel must_use serial_test track_caller timeout instrument tokio_test
    flaky_test
    """)


def _makes_one(subject: Subject, definition: Definition, repository: Repository) -> bool:
    """Tell whether the attributes of *subject* make exactly one test of its name."""
    numbers = range(definition.first_line, definition.line + 1)
    lines = [repository.line(subject.path, number) or "" for number in numbers]
    found = _ATTRIBUTE.findall("\n".join(lines))
    return bool(found) and all(name.rsplit("::", 1)[-1] in _PLAIN for name in found)


def filtered(
    command: CargoCommand, modules: tuple[str, ...], subject: Subject, repository: Repository
) -> Selection:
    """Return whether *subject*, in a file whose module is *modules*, passes the filters by name."""
    if any(not word.known for word in (*command.filters, *command.skips)):
        return unknown("has a filter that is not known before it runs")
    definition, exact = subject.definition, command.libtest.has("--exact")
    name = definition.whole_name if definition else subject.symbol or ""
    name = "::".join((*modules, name))  # as `--list` shows it
    # Not sure are inline modules that are not known, and tests that go on behind the name.
    sure = definition is not None and _makes_one(subject, definition, repository)

    def match(word: Word) -> bool | None:
        found = word.text == name if exact else word.text in name
        return found if sure or (found and not exact) else None

    for word in command.skips:
        found = match(word)
        if found:
            return missed(f"skips it (`--skip {word.raw}`)", TAKEN_AWAY)
        if found is None:
            return unknown(f"skips names with `{word.text}`")
    found = some(map(match, command.filters)) if command.filters else True
    if found is None:
        return unknown("filters by name")
    shown = ", ".join(f"`{word.text}`" for word in command.filters)
    return judged(found, f"runs only tests with {shown} in their name")
