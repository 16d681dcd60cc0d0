"""Which test runner a command is, and for which language.

Called by :mod:`sphinx_arco_parity.proof.ci` and by the search for quoted commands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from sphinx_arco_parity.repository.selection.arguments import (
    CARGO_NEXTEST,
    CARGO_TEST,
    DRIVERS,
    PYTEST,
    Arguments,
    OptionTable,
    nextest_under,
    parse_arguments,
)
from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word, join
from sphinx_arco_parity.repository.shell.wrappers import unwrap
from sphinx_arco_parity.text.words import by_word, word_set

#: Kinds of :attr:`Runner.kind` whose arguments are cut into options and values.
COMPUTED = ("cargo test", "cargo nextest", "pytest")
#: Kinds whose selection is computed.
SELECTING = (*COMPUTED, "go test", "maven", "javascript", "unittest")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Runner:
    """What a command runs, once its wrappers are off; a key of caches by what it is."""

    kind: str
    """One of :data:`SELECTING`; ``nothing`` for a command that runs no tests; else
    ``other``."""
    language: str | None
    """The language of its tests; ``None`` if that is not known."""
    command: ShellCommand
    """Without wrappers."""
    arguments: Arguments = field(default_factory=Arguments)
    """For the kinds of :data:`COMPUTED`."""
    driver: str = ""
    """The subcommand of cargo, or program, that takes the arguments of ``cargo test``:
    ``miri``, ``llvm-cov``, …; empty for cargo itself.  Of JavaScript, the program."""
    sure: bool = True
    """``False`` if a wrapper has an option that we do not know."""


_ALIASES = {"t": "test", "b": "build", "c": "check", "d": "doc", "r": "run"}
_CARGO_NOTHING = word_set("""
    build check clippy fmt doc rustdoc fetch update tree metadata publish package install clean
    deny audit machete udeps outdated vendor add remove init new bench version search login owner
    yank fix generate-lockfile binstall semver-checks public-api spellcheck sort msrv about
    cyclonedx vet
    """)
_NOTHING = word_set("""
    ruff mypy black flake8 isort pyright basedpyright pylint bandit rustfmt rustup echo printf
    mkdir cp mv rm ls cat sed awk grep chmod touch git pip pip3 apt apt-get brew choco curl wget
    tar unzip codecov yamllint shellcheck actionlint maturin twine true : exit test [
    tsc eslint prettier biome stylelint tsup oxlint rimraf tsgo vue-tsc oxfmt rollup unbuild tsdown
    publint attw knip madge sphinx-build sphinx-autobuild mkdocs pyproject-build diff-cover towncrier
    """)
_LANGUAGES = {
    "python": "tox nox unittest nose2 nosetests ward behave robot green stestr trial",
    "javascript": "npm yarn pnpm bun npx jest vitest mocha ava playwright cypress karma node deno wtr tap turbo nx lerna",
    "java": "mvn mvnw gradle gradlew sbt ant",
    "go": "go gotestsum ginkgo richgo",
}
_OTHERS = by_word(_LANGUAGES)
_PIP_LIKE = {("uv", "pip"), ("uv", "sync"), ("uv", "venv"), ("uv", "lock"), ("uv", "build"), ("poetry", "install"),
             ("poetry", "build"), ("poetry", "lock"), ("pdm", "install"), ("npm", "ci"), ("npm", "install"),
             ("hatch", "fmt"), ("hatch", "build"),
             *(("coverage", n) for n in ("combine", "report", "xml", "html", "json", "lcov", "erase"))}  # fmt: skip
_GRADLE_NOTHING = word_set("""
    assemble classes testClasses compileJava compileKotlin compileTestJava compileTestKotlin jar
    javadoc clean spotlessCheck spotlessApply ktlintCheck ktlintFormat detekt checkstyleMain
    checkstyleTest spotbugsMain pmdMain dependencies tasks help wrapper
    """)
_GOTESTSUM_VALUES = word_set(
    "-f --format --junitfile --jsonfile --rerun-fails-max-failures "
    "--junitfile-testsuite-name --junitfile-testcase-classname --post-run-command"
)
_GOTESTSUM = _GOTESTSUM_VALUES | word_set("--no-color --rerun-fails --hide-summary --no-summary")
_NODE_VALUES = frozenset({"--import", "-r", "--require", "--loader"})
_GO_NOTHING = word_set("build vet fmt mod generate install get env version list clean doc")
#: Drivers that run the tests when they are given no subcommand.
_TESTS_ALONE = frozenset({"llvm-cov", "tarpaulin"})
_DRIVER_NOTHING = frozenset({"report", "clean", "show-env", "run"})
_IGNORED = frozenset({"--ignored", "--include-ignored", "--run-ignored"})
_PYTHON = re.compile(r"python[\d.]*")
#: What code has that may start tests.
_STARTS = re.compile(r"(?i)test|process|system|exec|spawn|popen|run|import_|importlib|\$")
_PYTEST = re.compile(r"(?:py\.?test)(?:-3)?")
_JAVASCRIPT = re.compile(r"(?:\S*/)?node_modules/(?:\.bin/)?(jest|vitest|mocha)(?:/\S*)?")


@lru_cache(maxsize=4096)
def runner_of(command: ShellCommand) -> Runner:
    """Return what *command* runs; nobody changes the answer."""
    unwrapped = unwrap(command)
    inner = unwrapped.command
    if not inner.words:
        return Runner(kind="other", language=None, command=inner)
    name = program(inner.words[0])
    if name in {"cargo", "cross"}:
        found = _cargo(inner)
        if name == "cross" and not found.driver:
            found = replace(found, driver=name)
    elif _PYTEST.fullmatch(name):
        found = _computed("pytest", inner, inner.words[1:], PYTEST)
    else:
        found = _javascript(name, inner) or _other(name, inner)
    if found.kind == "other" and found.language is None:  # what `npx` starts is JavaScript
        language = _OTHERS.get(program(command.words[0]))
        found = replace(found, language=language)
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
    kind: str, command: ShellCommand, words: tuple[Word, ...], table: OptionTable
) -> Runner:
    language, arguments = "python" if kind == "pytest" else "rust", parse_arguments(words, table)
    return Runner(kind=kind, language=language, command=command, arguments=arguments)


def _javascript(name: str, command: ShellCommand) -> Runner | None:
    """Return the runner of JavaScript's tests that *command* is, ``None`` if it is none."""
    texts = [word.text for word in command.words]
    at = texts.index("--test") if name == "node" and "--test" in texts else 0
    own = all(
        text.startswith("-") or before in _NODE_VALUES for before, text in pairwise(texts[:at])
    )
    if name == "node" and not (at and own):
        at, started = next(
            ((n, found) for n, text in enumerate(texts) if (found := _JAVASCRIPT.fullmatch(text))),
            (0, None),
        )
        if started is None or not all(text.startswith("-") for text in texts[1:at]):
            return None
        name, command = started[1], replace(command, words=command.words[at:])
    elif name not in {"jest", "vitest", "mocha", "node"} and (name, *texts[1:2]) != ("bun", "test"):
        return None
    return Runner(kind="javascript", language="javascript", command=command, driver=name)


def _other(name: str, command: ShellCommand) -> Runner:
    first = command.words[0].text
    second = command.words[1].text if len(command.words) > 1 else ""
    if name == "richgo":  # colours what `go` prints
        name, command = "go", replace(command, words=(Word("go", first), *command.words[1:]))
    if name == "gotestsum":
        command = _under_gotestsum(command)
        name, second = "go", command.words[1].text
    if (name, second) == ("go", "test"):
        return Runner(kind="go test", language="go", command=command)
    kind = {"unittest": "unittest", "mvn": "maven", "mvnw": "maven"}.get(name, "other")
    if name == "go" and second in _GO_NOTHING:
        kind = "nothing"
    elif (
        (_PYTHON.fullmatch(name) and second == "-c" and not _STARTS.search(command.text))
        or (name in {"gradle", "gradlew"} and _idle_gradle(command))
        or (name in _NOTHING and "/" not in first)
        or (name, second) in _PIP_LIKE
    ):
        return Runner(kind="nothing", language=None, command=command)
    return Runner(kind=kind, language=_OTHERS.get(name), command=command)


def _under_gotestsum(command: ShellCommand) -> ShellCommand:
    """Return the ``go test`` that gotestsum starts, ``gotestsum`` itself if that is not known."""
    words = list(command.words[1:])
    while words and words[0].text.startswith("-") and words[0].text != "--":
        option = words.pop(0).text
        if option not in _GOTESTSUM and option.partition("=")[0] not in _GOTESTSUM:
            return replace(command, words=(command.words[0], Word("", "")))
        if option in _GOTESTSUM_VALUES and words:
            words.pop(0)
    words = words[1:] if words[:1] and words[0].text == "--" else words
    given = words or [Word("./...", "./...")]  # `go test` alone takes one package
    return replace(command, words=(Word("go", "go"), Word("test", "test"), *given))


def _idle_gradle(command: ShellCommand) -> bool:
    """Tell whether all the tasks that Gradle is asked for are such as run no tests."""
    tasks = [w.text.rpartition(":")[2] for w in command.words[1:] if not w.text.startswith("-")]
    return command.known and bool(tasks) and _GRADLE_NOTHING.issuperset(tasks)


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
    rest = (*early, *words[1:])
    if name == "test":
        return _computed("cargo test", command, rest, CARGO_TEST)
    if name == "nextest":
        found, rest = _subcommand(rest, CARGO_NEXTEST)
        if found in {"run", "r"}:
            return _computed("cargo nextest", command, rest, CARGO_NEXTEST)
        kind = "nothing" if found in {"list", "archive", "show-config", "self"} else "other"
        return Runner(kind=kind, language="rust", command=command)
    if name in DRIVERS:
        return replace(_driven(name, command, rest), driver=name)
    kind, language = ("nothing", "rust") if name in _CARGO_NOTHING else ("other", None)
    return Runner(kind=kind, language=language, command=command)


def _driven(name: str, command: ShellCommand, words: tuple[Word, ...]) -> Runner:
    """Return what the driver *name* runs: the tests that its subcommand would."""
    table = DRIVERS[name]
    found, rest = _subcommand(words, table)
    found = _ALIASES.get(found, found)
    if found == "nextest":
        inner, after = _subcommand(rest, table)
        rest = after if inner in {"run", "r"} else rest
        if name != "llvm-cov" and inner not in {"run", "r"}:
            return Runner(kind="other", language="rust", command=command)
        return _computed("cargo nextest", command, rest, nextest_under(table))
    if found not in {"test", *({""} if name in _TESTS_ALONE else set())}:
        if name not in _TESTS_ALONE or found in _DRIVER_NOTHING:
            kind = "other" if found == "run" else "nothing"
            return Runner(kind=kind, language="rust", command=command)
        rest = words  # a filter of the tests, not a subcommand
    return _computed("cargo test", command, rest, table)


def _subcommand(words: tuple[Word, ...], table: OptionTable) -> tuple[str, tuple[Word, ...]]:
    """Return the first word of *words* that is no option, and the others."""
    until = next((at for at, word in enumerate(words) if word.text == "--"), len(words))
    given = parse_arguments(words[:until], table).positionals
    if not given:
        return "", words
    at = next(at for at, word in enumerate(words) if word is given[0])
    return given[0].text, (*words[:at], *words[at + 1 :])
