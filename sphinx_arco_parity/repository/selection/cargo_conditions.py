"""What a cargo command sets of conditions: features of a package, platform and ``--cfg``.

Called by :mod:`.cargo`.  A feature that the command does not enable itself may be enabled by
another package that depends on this one: then it is unknown.  Source of the rules:
"Conditional compilation" of the Rust reference and "Configuration" of the Cargo book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, partial

from sphinx_arco_parity.repository.selection.arguments import HACK_FEATURES
from sphinx_arco_parity.repository.selection.cargo_command import CargoCommand
from sphinx_arco_parity.repository.selection.cargo_manifests import Manifest, table, texts
from sphinx_arco_parity.repository.selection.verdicts import holds
from sphinx_arco_parity.repository.shell.commands import UNKNOWN
from sphinx_arco_parity.text.words import word_set

#: The runner's system, as GitHub's variable ``RUNNER_OS`` has it, to Rust's name.
_RUNNERS = {"Linux": "linux", "Windows": "windows", "macOS": "macos"}
_SYSTEMS = {"darwin": "macos", "linux": "linux", "windows": "windows", "android": "android",
            "ios": "ios", "freebsd": "freebsd", "netbsd": "netbsd", "openbsd": "openbsd"}  # fmt: skip
_ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "aarch64", "i686": "x86", "i586": "x86",
                  "wasm32": "wasm32"}  # fmt: skip
_CONFIGS = (".cargo/config.toml", ".cargo/config")
#: Conditions of the compiler that this reading does not follow.
_COMPILER = word_set("""
    panic overflow_checks proc_macro relocation_model sanitize target_abi target_endian target_env
    target_feature target_has_atomic target_pointer_width target_thread_local target_vendor
    ub_checks version accessible rustfmt clippy rust_analyzer docsrs coverage_nightly
    contract_checks
    """)
#: Conditions that a driver of ``cargo test`` sets, by the condition.
_DRIVEN = {"miri": "miri", "careful": "careful", "coverage": "llvm-cov", "tarpaulin": "tarpaulin"}  # fmt: skip


class Conditions:
    """The conditions of one command in one package."""

    def __init__(self, command: CargoCommand, package: Manifest, *, has_script: bool) -> None:
        """Ask *command*; a build script, if *package* has one, may set conditions of its own."""
        self.command = command
        self.package = package
        self._has_script = has_script
        self._workspace = command.manifests.workspace(package)
        self.holds = cache(partial(holds, feature=self.enabled, other=self._other))
        """Tells whether what stands in ``cfg(…)`` holds; ``None`` if that is not known."""

    # --- features ----------------------------------------------------------------------

    def enabled(self, name: str) -> bool | None:
        """Tell whether the feature *name* is enabled; ``None`` if that is not known."""
        lists = table(self.package.data.get("features"))
        words = {word for words in lists.values() for word in texts(words)}
        found = (n for n, how in self.package.dependencies() if how.get("optional") is True)
        optional = (n for n in found if f"dep:{n}" not in words)  # which hides the feature
        if name not in {*lists, *optional}:
            return None if "/" in name or self._has_script else False
        if self.command.arguments.has(*HACK_FEATURES):
            return None  # cargo-hack runs several sets of features
        if self.command.arguments.has("--all-features"):
            return True if self._applies() else None
        start = self._start()
        flags = self.command.arguments.has("--features", "--no-default-features")
        if start is None or (flags and not self._applies()):
            return None
        if name in closure(self.package, start):
            return True
        return None if self._others(name) else False

    def _applies(self) -> bool:
        """Tell whether feature options are surely about this package."""
        current = self.command.current
        is_current = current is not None and current.folder == self.package.folder
        virtual = not self._workspace.root.name  # as cargo's `allows_new_cli_feature_behavior`
        return virtual or self._workspace.resolver != "1" or is_current

    def _start(self) -> set[str] | None:
        values = self.command.arguments.all("--features")
        if any(not value.known for value in values):
            return None
        start = set() if self.command.arguments.has("--no-default-features") else {"default"}
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
        for member in self._workspace.members.values():
            for alias, value in member.dependencies():
                shared = table(self._workspace.shared.get(alias))
                full = {**shared, **value} if value.get("workspace") else value
                if full.get("package", alias) != self.package.name:
                    continue
                wanted = {*texts(value.get("features")), *texts(shared.get("features"))}
                wanted |= {"default"} if full.get("default-features") is not False else set()
                if name in closure(self.package, wanted) or _forwards(member, alias):
                    return True
        return False

    # --- the platform ------------------------------------------------------------------

    def _other(self, name: str, value: str | None) -> bool | None:
        """Tell whether ``cfg(name)`` or ``cfg(name = "value")`` holds."""
        if name in {"unix", "windows"} and value is None:
            name, value = "target_family", name
        system = self._system
        platform = {
            "target_family": system if system in {"windows", None} else "unix",
            "target_os": system,
            "target_arch": _ARCHITECTURES.get((self._triple or "").partition("-")[0]),
        }
        if name in platform:
            return None if platform[name] is None else platform[name] == value
        if name == "debug_assertions":
            given = self.command.arguments.has("--release", "--profile", "--cargo-profile")
            return (
                None
                if given or self.command.manifests.mentions("Cargo.toml", "debug-assertions")
                else True
            )
        if name in _COMPILER:
            return None
        if name in _DRIVEN and self.command.runner.driver == _DRIVEN[name]:
            return True
        return self._given(name, value)

    @cached_property
    def _triple(self) -> str | None:
        """The target that is asked for; empty for the runner's own, ``None`` if unknown."""
        given = self.command.arguments.all("--target")
        if given:
            return given[0].text if len(given) == 1 and given[0].known else None
        text = self.command.runner.command.variable("CARGO_BUILD_TARGET")
        if text == "" and self._configured(r"(?m)^\s*target\s*="):
            return None
        return text

    @cached_property
    def _system(self) -> str | None:
        if self._triple == "":
            return _RUNNERS.get(self.command.runner.command.variable("RUNNER_OS") or "")
        parts = (self._triple or "").split("-")
        return next((_SYSTEMS[part] for part in parts if part in _SYSTEMS), None)

    # --- what is set -------------------------------------------------------------------

    def _given(self, name: str, value: str | None) -> bool | None:
        """Tell whether something sets a condition that is a project's own."""
        wanted = re.escape(name)
        if value is not None:
            wanted += rf'\s*=\s*\\?["\']{re.escape(value)}\\?["\']'
        pattern = re.compile(rf"--cfg(?:=|\s+|\x1f)['\"]?{wanted}(?![\w=])")
        given = self.command.runner.command.environment
        flags = [text for variable, text in given if variable.endswith("RUSTFLAGS")]
        if any(text and pattern.search(text) for text in flags):
            return True
        doubtful = any(text is None or UNKNOWN in text for text in flags)
        if doubtful or self._has_script or self._configured(rf"\b{re.escape(name)}\b"):
            return None
        return False

    def _configured(self, pattern: str) -> bool:
        return any(self.command.manifests.mentions(path, pattern) for path in _CONFIGS)


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
            head, slash, _ = word.partition("/")
            if not (slash and head.endswith("?")):
                pending.append(head)  # `dep:name` is a feature that nobody asks for
    return found
