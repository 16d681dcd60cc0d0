"""Which test runner a command is, and for which language.

Called by :mod:`sphinx_arco_parity.proof.ci` and by the search for quoted commands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_arco_parity.repository.selection.arguments import Arguments, parse_arguments
from sphinx_arco_parity.repository.selection.tables import (
    CARGO_NEXTEST,
    CARGO_TEST,
    PYTEST,
)
from sphinx_arco_parity.repository.shell.folders import join
from sphinx_arco_parity.repository.shell.wrappers import unwrap

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word

#: Kinds of :attr:`Runner.kind` whose selection is computed.
COMPUTED = ("cargo test", "cargo nextest", "pytest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """What a command runs, once its wrappers are off."""

    kind: str
    """One of :data:`COMPUTED`; ``nothing`` for a command that runs no tests; else
    ``other``."""
    language: str | None
    """The language of its tests; ``None`` if that is not known."""
    command: ShellCommand
    """Without wrappers."""
    arguments: Arguments | None = None
    """For the kinds that are computed."""
    sure: bool = True
    """``False`` if a wrapper has an option that we do not know."""


_ALIASES = {"t": "test", "b": "build", "c": "check", "d": "doc", "r": "run"}
_CARGO_NOTHING = frozenset(
    [
        "build",
        "check",
        "clippy",
        "fmt",
        "doc",
        "rustdoc",
        "fetch",
        "update",
        "tree",
        "metadata",
        "publish",
        "package",
        "run",
        "install",
        "clean",
        "deny",
        "audit",
        "machete",
        "udeps",
        "outdated",
        "vendor",
        "add",
        "remove",
        "init",
        "new",
        "bench",
        "version",
        "search",
        "login",
        "owner",
        "yank",
        "fix",
        "generate-lockfile",
        "binstall",
        "semver-checks",
        "public-api",
        "spellcheck",
        "sort",
        "msrv",
        "about",
        "cyclonedx",
        "vet",
    ]
)
_NOTHING = frozenset(
    [
        "ruff",
        "mypy",
        "black",
        "flake8",
        "isort",
        "pyright",
        "basedpyright",
        "pylint",
        "bandit",
        "rustfmt",
        "rustup",
        "echo",
        "printf",
        "mkdir",
        "cp",
        "mv",
        "rm",
        "ls",
        "cat",
        "sed",
        "awk",
        "grep",
        "chmod",
        "touch",
        "git",
        "pip",
        "pip3",
        "apt",
        "apt-get",
        "brew",
        "choco",
        "curl",
        "wget",
        "tar",
        "unzip",
        "codecov",
        "pre-commit",
        "yamllint",
        "shellcheck",
        "actionlint",
        "maturin",
        "twine",
        "true",
        ":",
        "exit",
        "test",
        "[",
    ]
)
_LANGUAGES = {
    "python": "tox nox unittest nose2 nosetests pytest-3 ward behave robot green stestr trial",
    "javascript": "npm yarn pnpm bun npx jest vitest mocha ava playwright cypress karma node deno wtr tap turbo nx lerna",
    "java": "mvn mvnw gradle gradlew sbt ant",
    "go": "go gotestsum ginkgo richgo",
    "rust": "cross",
}
_OTHERS = {
    name: language for language, names in _LANGUAGES.items() for name in names.split()
}
_PIP_LIKE = {("uv", "pip"), ("uv", "sync"), ("uv", "venv"), ("uv", "lock"), ("uv", "build"), ("poetry", "install"),
             ("poetry", "build"), ("poetry", "lock"), ("pdm", "install"), ("npm", "ci"), ("npm", "install")}  # fmt: skip
_IGNORED = frozenset({"--ignored", "--include-ignored", "--run-ignored"})
_PYTEST = re.compile(r"(?:py\.?test)(?:-3)?")


@lru_cache(maxsize=4096)
def runner_of(command: ShellCommand) -> Runner:
    """Return what *command* runs; nobody changes the answer."""
    unwrapped = unwrap(command)
    inner = unwrapped.command
    if not inner.words:
        return Runner(kind="other", language=None, command=inner)
    name = program(inner.words[0])
    if name == "cargo":
        found = _cargo(inner)
    elif _PYTEST.fullmatch(name):
        found = _computed("pytest", "python", inner, inner.words[1:])
    else:
        found = _other(name, inner)
    return replace(found, sure=unwrapped.sure)


def asks_for_ignored(command: ShellCommand) -> bool:
    """Tell whether *command* asks for the tests that Rust's ``#[ignore]`` leaves out.

    Whatever it runs them with: a task of the repository may hand its options on.
    """
    options = {word.text.partition("=")[0] for word in command.words}
    return not _IGNORED.isdisjoint(options)


def program(word: Word) -> str:
    """Return a program's name without its folder."""
    text = word.text.replace("\\", "/")
    return text.rsplit("/", 1)[-1].removesuffix(".exe")


def _computed(
    kind: str, language: str, command: ShellCommand, words: tuple[Word, ...]
) -> Runner:
    table = {
        "pytest": PYTEST,
        "cargo test": CARGO_TEST,
        "cargo nextest": CARGO_NEXTEST,
    }[kind]
    return Runner(
        kind=kind,
        language=language,
        command=command,
        arguments=parse_arguments(words, table),
    )


def _other(name: str, command: ShellCommand) -> Runner:
    first = command.words[0].text
    second = command.words[1].text if len(command.words) > 1 else ""
    if (name in _NOTHING and "/" not in first) or (name, second) in _PIP_LIKE:
        return Runner(kind="nothing", language=None, command=command)
    return Runner(kind="other", language=_OTHERS.get(name), command=command)


def _cargo(command: ShellCommand) -> Runner:
    words = list(command.words[1:])
    if words and words[0].text.startswith("+"):
        words.pop(0)
    early: list[Word] = []
    directory = command.directory
    while words and words[0].text.startswith("-"):
        option = words.pop(0)
        early.append(option)
        if option.text in {"--config", "-Z", "--color", "-C"} and words:
            early.append(words.pop(0))
        if option.text == "-C":
            directory = join(directory, early[-1].text)
            early = early[:-2]
    if not words:
        return Runner(kind="nothing", language="rust", command=command)
    command = replace(command, directory=directory)
    name = _ALIASES.get(words[0].text, words[0].text)
    if name == "test":
        return _computed("cargo test", "rust", command, (*early, *words[1:]))
    if name == "careful" and len(words) > 1 and words[1].text == "test":
        return _computed("cargo test", "rust", command, (*early, *words[2:]))
    if name == "nextest" and len(words) > 1 and words[1].text in {"run", "r"}:
        return _computed("cargo nextest", "rust", command, (*early, *words[2:]))
    kind = "nothing" if name in _CARGO_NOTHING else "other"
    return Runner(kind=kind, language="rust", command=command)
