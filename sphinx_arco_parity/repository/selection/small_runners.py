"""Whether ``go test``, ``mvn`` or ``python -m unittest`` runs a test.

Called by :class:`.Selector`.  Source of the rules: ``go help test``, ``go help packages`` and
``go help testflag`` (1.22); Maven's default lifecycle and the default patterns of its Surefire
plugin (3.2); "Test Discovery" and "Command-Line Interface" in Python's documentation of
:mod:`unittest` (3.13).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.arguments import (
    Arguments,
    OptionTable,
    parse_arguments,
)
from sphinx_arco_parity.repository.selection.runners import Runner
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SELECTED,
    TAKEN_AWAY,
    Selection,
    Subject,
    all_of,
    any_of,
    judged,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word, join, upwards
from sphinx_arco_parity.text.words import word_set

#: Of options one dash or two are the same to go.
_GO = OptionTable(
    values=word_set("""
        --run --skip --count --timeout --coverprofile --covermode --coverpkg --cpu --bench
        --benchtime --blockprofile --cpuprofile --memprofile --mutexprofile --parallel --p --tags
        --ldflags --gcflags --asmflags --mod --modfile --o --outputdir --vet --shuffle --fuzz
        --fuzztime --list --trace --overlay --buildmode --C --exec
        """),
    flags=word_set("""
        --v --race --cover --short --failfast --json --a --x --i --n --c --msan --asan --trimpath
        --work --benchmem --fullpath --linkshared
        """),
)
_FILTERS = ("-run", "-skip")
_PLAIN = re.compile(r"[\w/^$|().*+?-]*")
_SYSTEMS = "windows|linux|darwin|unix|freebsd|js|wasip1|amd64|arm64|386|arm|wasm"
_PLATFORM = re.compile(rf"_(?:{_SYSTEMS})(?:_(?:{_SYSTEMS}))?_test\.go\Z")
_CONSTRAINT = re.compile(r"(?m)^//\s*(?:go:build|\+build)\b")


def go(repository: Repository, runner: Runner, subject: Subject) -> Selection:
    """Tell whether ``go test`` runs *subject*."""
    words = runner.command.words[2:]
    options, packages, readable = _cut(words)
    folder = runner.command.directory
    if "-C" in options:
        folder = join(folder, options["-C"])
    if not readable or not runner.sure:
        return unknown("has arguments that are not known before it runs")
    if folder is None:
        return unknown("runs in a folder that is not known")
    if not subject.path.endswith("_test.go"):
        return unknown("is about a file that is no Go test")
    if "-c" in options or "-list" in options or "-n" in options:
        return missed("runs no tests", ELSEWHERE)
    package = _package(repository, packages or ["."], folder, subject.path)
    compiled = _compiled(repository, subject.path, options)
    return all_of([package, *compiled, *_go_named(options, subject)])


def _package(repository: Repository, packages: list[str], folder: str, path: str) -> Selection:
    own = posixpath.dirname(path)
    module, here = _module(repository, own), _module(repository, folder)
    if module is None or here is None:
        return unknown("is about a file outside every Go module")
    if "go.work" not in repository.files() and module != here:
        return missed(f"tests another Go module than that of {path}", ELSEWHERE)
    if any(part[:1] in {"_", "."} or part == "testdata" for part in own.split("/")):
        return unknown("is about a folder that `...` leaves out")
    return any_of(_one_of(pattern, folder, own) for pattern in packages)


def _module(repository: Repository, folder: str) -> str | None:
    """Return the folder of the nearest ``go.mod`` upwards."""
    is_file = repository.is_file
    return next((f for f in upwards(folder) if is_file(posixpath.join(f, "go.mod"))), None)


def _compiled(repository: Repository, path: str, options: dict[str, str]) -> list[Selection]:
    """Return what the file itself says of when it is compiled and run."""
    text = repository.text(path)
    if text is None:
        return [unknown("is about a file that cannot be read")]
    if _CONSTRAINT.search(text) or _PLATFORM.search(path):
        return [unknown("is about a file with a build constraint")]
    if "-short" in options and "testing.Short" in text:
        return [unknown("leaves out some tests (`-short`)")]
    return []


def _cut(words: Sequence[Word]) -> tuple[dict[str, str], list[str], bool]:
    """Return the options, the packages, and whether all of them can be read."""
    texts = [word.text for word in words]
    until = next((at for at, text in enumerate(texts) if text in {"-args", "--args"}), len(words))
    spelt = [re.sub(r"\A--?(?:test\.)?(?=\w)", "--", text) for text in texts[:until]]
    given = parse_arguments([Word(text, text) for text in spelt], _GO)
    readable = all(word.known for word in words[:until]) and not (given.unknown or given.rest)
    options = {name[1:]: value.text if value else "" for name, value in given.options}
    return options, [word.text for word in given.positionals], readable


def _one_of(pattern: str, folder: str, own: str) -> Selection:
    """Tell whether the package in the folder *own* is one of *pattern*."""
    if not pattern.startswith("."):
        return unknown(f"names packages by their import path (`{pattern}`)")
    recursive = pattern.endswith("/...") or pattern == "..."
    start = join(folder, pattern.removesuffix("..."))
    if start is None or "..." in pattern.removesuffix("..."):
        return unknown(f"names packages by a pattern (`{pattern}`)")
    taken = own == start or (recursive and start in upwards(own))
    reason = f"tests `{pattern}` only, not the package in {own or '.'}"
    return judged(taken, reason, ELSEWHERE)


def _go_named(options: dict[str, str], subject: Subject) -> list[Selection]:
    definition = subject.definition
    if definition is None:
        return [unknown("filters by name")] if options.keys() & set(_FILTERS) else []
    name = definition.names[0]
    if not name.startswith(("Test", "Example")):
        fuzz = name.startswith("Fuzz")
        return [] if fuzz and "-run" not in options else [unknown("may not run it")]
    return [_by_go_name(option, options[option], name) for option in _FILTERS if option in options]


def _by_go_name(option: str, pattern: str, name: str) -> Selection:
    skips = option == "-skip"
    perhaps = unknown(f"{'skips' if skips else 'filters'} by name (`{option} {pattern}`)")
    first, slash, _ = pattern.partition("/")
    if not _PLAIN.fullmatch(pattern) or (slash and "(" in pattern):
        return perhaps
    try:
        found = re.search(first, name) is not None
    except re.error:
        return perhaps
    if found and slash:
        return perhaps
    if skips:
        return judged(not found, f"skips it (`-skip {pattern}`)", TAKEN_AWAY)
    return judged(found, f"runs only tests that match `-run {pattern}`")


_TESTING = word_set("""
    test prepare-package package pre-integration-test integration-test post-integration-test verify
    install deploy
    """)
_BEFORE_TESTS = word_set(
    "validate compile test-compile clean process-classes process-resources generate-sources site"
)
_PLAIN_OPTIONS = word_set("""
    -B -q -e -X -U -V -ntp -fae -ff --batch-mode --quiet --errors --no-transfer-progress
    --show-version --update-snapshots --fail-fast --fail-at-end
    """)
_SKIPS = frozenset({"-DskipTests", "-Dmaven.test.skip", "-Dmaven.test.skip.exec"})
_JAVA = "src/test/java/"
_TEST_NAME = re.compile(r"(?:Test\w*|\w*(?:Test|Tests|TestCase))(?:\.java)?")
#: What a project may say of its tests that this reading does not follow.
_SETTINGS = re.compile(
    r"skip|<(?:includes?|excludes?|groups|excludedGroups|parent|testSourceDirectory|profile)\b"
)


def maven(repository: Repository, runner: Runner, subject: Subject) -> Selection:
    """Tell whether ``mvn`` runs *subject*."""
    words = [word.text for word in runner.command.words[1:]]
    for word in words:
        name, _, value = word.partition("=")
        if name in _SKIPS and value in {"", "true"}:
            return missed(f"runs no tests (`{word}`)", ELSEWHERE)
    goals = [word for word in words if not word.startswith("-")]
    if goals and all(goal in _BEFORE_TESTS for goal in goals):
        return missed("runs no tests", ELSEWHERE)
    goals = [goal for goal in goals if ":" not in goal]  # of plugins: beside the lifecycle
    if not set(goals) <= _TESTING | _BEFORE_TESTS or not set(goals) & _TESTING:
        return unknown("has goals that are not known here")
    if any(word.startswith("-") and word not in _PLAIN_OPTIONS for word in words):
        return unknown("has options that may change what is run")
    folder, (before, there, _) = runner.command.directory or "", subject.path.rpartition(_JAVA)
    if not there or not _TEST_NAME.fullmatch(posixpath.basename(subject.path)):
        return unknown("is about a file that Maven's defaults do not take")
    project = repository.text(posixpath.join(folder, "pom.xml"))
    if before.rstrip("/") != folder or project is None:
        return unknown(f"may not run the module of {subject.path}")
    reason = "has a project that may choose its tests"
    return unknown(reason) if _SETTINGS.search(project) else SELECTED


_UNITTEST = OptionTable(
    values=word_set("-k -s --start-directory -p --pattern -t --top-level-directory --durations"),
    flags=word_set("-v --verbose -q --quiet -f --failfast -b --buffer -c --catch --locals"),
)
_CASE = r"(?:\w+\.)?(?:TestCase|IsolatedAsyncioTestCase)"


def unittest(repository: Repository, runner: Runner, subject: Subject) -> Selection:
    """Tell whether ``python -m unittest`` runs *subject*."""
    directory = runner.command.directory or ""
    given = parse_arguments(runner.command.words[1:], _UNITTEST)
    words = [word.text for word in given.positionals]
    if given.unknown or any(word.glob for word in given.positionals):
        return unknown("has options that may change what is run")
    if words and words[0] != "discover":
        named = [_named(repository, word, directory, subject) for word in words]
        own = subject.definition.names if subject.definition else ("",)
        spelt = any(word.endswith(f".{'.'.join(own)}") for word in words)  # `-k` aside
        by_name = SELECTED if spelt else _by_name(given, subject)
        return all_of([any_of(named), _is_case(repository, subject), by_name])
    found = _discovered(repository, given, words[1:], directory, subject)
    return all_of([found, _is_case(repository, subject), _by_name(given, subject)])


def _discovered(
    repository: Repository, given: Arguments, words: list[str], directory: str, subject: Subject
) -> Selection:
    """Judge the search for tests below a folder."""
    begins, called = given.last("-s", "--start-directory"), given.last("-p", "--pattern")
    start = (begins.text if begins else "") or "".join(words[:1]) or "."
    pattern = (called.text if called else "") or "".join(words[1:2]) or "test*.py"
    folder = join(directory, start)
    if folder is None or (folder and not repository.is_directory(folder)):
        return unknown(f"looks for tests in `{start}`")
    if folder not in upwards(subject.path):
        return missed(f"looks for tests below `{start}` only", ELSEWHERE)
    if not fnmatchcase(posixpath.basename(subject.path), pattern):
        return missed(f"looks for tests in files that match `{pattern}`")
    return _packages(repository, posixpath.dirname(subject.path), folder)


def _packages(repository: Repository, folder: str, start: str) -> Selection:
    """Tell whether the search comes from *start* to *folder*: through packages alone."""
    for package in upwards(folder):
        if package == start:
            return SELECTED
        text = repository.text(posixpath.join(package, "__init__.py"))
        if text is None:
            return missed(f"does not enter {package}, which is no package", ELSEWHERE)
        if "load_tests" in text:
            return unknown(f"leaves the choice to {package}/__init__.py")
    return unknown("looks for tests elsewhere")


def _named(repository: Repository, word: str, directory: str, subject: Subject) -> Selection:
    """Judge a module, class or method that is named, or a file."""
    path = join(directory, word)
    if word.endswith(".py") or path is None:
        same = path == subject.path
        return SELECTED if same else missed(f"runs only `{word}`", ELSEWHERE)
    parts = word.split(".")
    for count in range(len(parts), 0, -1):
        module = posixpath.join(directory, *parts[:count])
        if repository.is_directory(module):
            return unknown(f"names a package (`{word}`)")
        if repository.is_file(f"{module}.py"):
            if f"{module}.py" != subject.path:
                return missed(f"runs only `{word}`", ELSEWHERE)
            own = subject.definition.names if subject.definition else ()
            if own[: len(parts) - count] == tuple(parts[count:]):
                return SELECTED
            return judged(False if own else None, f"runs only `{word}`")
    return unknown(f"names something that is not found (`{word}`)")


def _is_case(repository: Repository, subject: Subject) -> Selection:
    """Tell whether unittest takes *subject* for a test: a method of a ``TestCase``."""
    text, definition = repository.text(subject.path) or "", subject.definition
    if "load_tests" in text or (definition is None and not re.search(_CASE, text)):
        return unknown("is about a file that may choose its tests")
    if definition is None:
        return SELECTED
    if definition.kind == "function" and not definition.scope:
        return missed("runs only methods of test cases")
    owner = definition.name if definition.kind == "type" else (*definition.scope, "")[0]
    base = re.search(rf"(?m)^class {re.escape(owner)}\({_CASE}\):", text)
    if base is None or definition.gates or len(definition.scope) > 1:
        return unknown("is about a class whose bases are not known")
    return SELECTED


def _by_name(given: Arguments, subject: Subject) -> Selection:
    """Judge ``-k``: parts of names, which may be globs."""
    patterns = [word.text for word in given.all("-k")]
    definition = subject.definition
    if not patterns:
        return SELECTED
    if definition is None or any(re.search(r"[*?\[.]", pattern) for pattern in patterns):
        return unknown("filters by name (`-k`)")
    module = subject.path.removesuffix(".py").replace("/", ".")
    name = ".".join((module, *definition.scope, definition.name))
    if any(pattern in f"{'.'.join(definition.scope)}.{definition.name}" for pattern in patterns):
        return SELECTED
    if any(pattern in name for pattern in patterns) or definition.kind == "type":
        return unknown("filters by name (`-k`)")
    return missed(f"runs only tests that match `-k {' '.join(patterns)}`")
