"""Whether ``jest``, ``vitest``, ``mocha``, ``bun test`` or ``node --test`` runs a test.

Called by :class:`.Selector`.  Source of the rules: the command lines and configuration references
of Jest (29, 30), Vitest (1 to 4), Mocha (11), Bun (1.2) and Node (22).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.arguments import (
    Arguments,
    OptionTable,
    parse_arguments,
)
from sphinx_arco_parity.repository.selection.javascript_config import (
    DEFAULT_EXCLUDE,
    config_files,
    config_of,
    in_globs,
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
from sphinx_arco_parity.repository.shell.commands import join, upwards
from sphinx_arco_parity.text.words import word_set

_NAMED = {"-t": "--testNamePattern", "--test-name-pattern": "--testNamePattern", "-c": "--config",
          "-b": "--bail"}  # fmt: skip
_TABLES = {
    "jest": OptionTable(
        values=word_set("--testNamePattern --config -w --maxWorkers --testTimeout --outputFile --env"),
        flags=word_set("""
            --runTestsByPath --ci -i --runInBand --coverage --no-coverage --verbose --silent
            --detectOpenHandles --forceExit --no-cache --colors --color --json --passWithNoTests
            --logHeapUsage --errorOnDeprecated --expand --useStderr -u --updateSnapshot --no-watchman
            --clearMocks --listTests --showConfig --version --help
            """),
        attached=word_set("--bail --watchAll --watchman --cache --coverageReporters --reporters"),
        aliases=_NAMED, rest=False),
    "vitest": OptionTable(
        values=word_set("""
            --testNamePattern --config --reporter --outputFile --pool --environment --testTimeout
            --hookTimeout --teardownTimeout --retry --maxWorkers --minWorkers --maxConcurrency --bail
            """),
        flags=word_set("""
            --run --coverage --coverage.enabled --no-coverage --globals --passWithNoTests --no-watch
            --no-isolate --no-file-parallelism --no-threads --no-color --hideSkippedTests --version
            --dangerouslyIgnoreUnhandledErrors --disableConsoleIntercept --help --logHeapUsage
            """),
        attached=word_set("""
            --watch --silent --update -u --typecheck --coverage.reporter --coverage.provider
            --coverage.reportsDirectory --fileParallelism --isolate --allowOnly --threads
            """),
        aliases=_NAMED, rest=False),
    "bun": OptionTable(
        values=word_set("""
            --testNamePattern --timeout --coverage-reporter --coverage-dir --reporter --preload -r
            --reporter-outfile --rerun-each --seed --max-concurrency --env-file
            """),
        flags=word_set("--coverage --update-snapshots -u --pass-with-no-tests --concurrent --dots "
                       "--randomize --smol --only-failures"),
        attached=word_set("--bail"), aliases=_NAMED, rest=False),
    "mocha": OptionTable(
        values=word_set("--grep --fgrep --timeout -r --require --reporter -R -u --ui --retries"),
        flags=word_set("--exit --bail --parallel --recursive --color --colors --check-leaks"),
        aliases={"-g": "--grep", "-f": "--fgrep", "-t": "--timeout", "-b": "--bail"}),
    "node": OptionTable(
        values=word_set("--import -r --require --test-reporter --test-reporter-destination "
                        "--test-concurrency --test-timeout"),
        flags=word_set("--test --experimental-test-coverage --enable-source-maps --no-warnings "
                       "--experimental-strip-types --experimental-vm-modules"),
        attached=word_set("--test-concurrency --test-timeout")),
}  # fmt: skip
_NOTHING = word_set("--listTests --showConfig --version --help --dry-run")
_JEST_MATCH = ["**/__tests__/**/*.[jt]s?(x)", "**/?(*.)+(spec|test).[jt]s?(x)"]
_VITEST_INCLUDE = ["**/*.{test,spec}.?(c|m)[jt]s?(x)"]
_NODE_GLOBS = ["**/*{.,-,_}test.?(c|m)js", "**/test-*.?(c|m)js", "**/test.?(c|m)js",
               "**/test/**/*.?(c|m)js"]  # fmt: skip
_BUN_NAME = re.compile(r"[^/]*[._](?:test|spec)\.[jt]sx?")
_MOCHA_FILES = (*(f".mocharc{ending}" for ending in ("", ".js", ".cjs", ".yaml", ".yml", ".jsonc", ".json")),
                "test/mocha.opts")  # fmt: skip
#: What some version of Vitest leaves out by itself.
_LEFT_OUT = re.compile(r"(?:^|/)(?:dist|cypress|\.(?:idea|git|cache|output|temp))/|\.config\.")
_ONLY = re.compile(r"\.only\b|\bf(?:it|describe)\s*+\(")
#: Patterns that JavaScript and Python read alike.
_PATTERN = re.compile(r"[\w\s/.,:'\"#|()^$@-]{0,300}")
#: What a configuration may say that decides which tests run, and is not followed.
_VITEST_DECIDES = word_set("""
    dir root workspace testNamePattern shard changed related includeSource runner browser
    tagsFilter ...
    """)
_JEST_DECIDES = word_set("""
    projects runner testRunner dependencyExtractor haste filter shard onlyChanged testNamePattern
    findRelatedTests rootDir testRegex moduleFileExtensions selectProjects testSequencer
    onlyFailures changedSince lastCommit testPathPattern testPathPatterns runTestsByPath ...
    """)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a command asks of its runner."""

    given: Arguments
    words: list[str]
    directory: str
    subject: Subject
    by: str  # the runner's name

    def below(self, folder: str) -> str | None:
        """Return the subject's path as seen from *folder*, ``None`` if it is elsewhere."""
        path, start = self.subject.path, f"{folder}/" if folder else ""
        return path.removeprefix(start) if path.startswith(start) else None


class JavaScriptSelection:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._read = cache(partial(config_of, repository=repository))
        self._by_name = {
            "jest": self._jest, "vitest": self._vitest, "bun": self._bun, "mocha": self._mocha,
            "node": self._node,
        }  # fmt: skip

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
        given = parse_arguments(runner.command.words[1:], _TABLES[runner.driver])
        if given.has(*_NOTHING):
            return missed("runs no tests", ELSEWHERE)
        if given.unknown or _takes_more(given, runner.driver):
            return unknown("has options that may change what is run")
        text = self._repository.text(subject.path)
        if text is None or (subject.definition and subject.definition.gates) or _ONLY.search(text):
            return unknown("is about a file that may choose its tests")
        words = [word.text for word in given.positionals]
        asked = _Asked(given, words, runner.command.directory or "", subject, runner.driver)
        return all_of([self._by_name[runner.driver](asked), _named(asked)])

    def _vitest(self, asked: _Asked) -> Selection:
        words = asked.words
        if words[:1] in (["list"], ["init"], ["bench"]):
            return missed("runs no tests", ELSEWHERE)
        if words[:1] in (["run"], ["watch"], ["dev"]):
            words = words[1:]
        elif words[:1] == ["related"]:
            return unknown("runs what depends on files that it is given")
        path = asked.below(asked.directory)
        if path is None:
            return missed(f"runs in {asked.directory} only", ELSEWHERE)
        data = self._config(asked, ("vitest.config", "vite.config"), asked.directory)
        odd = config_files(asked.directory, "vitest.workspace", self._repository)
        plain = isinstance(data, dict) and not odd and not {"root", "..."} & data.keys()
        test = data.get("test", {}) if plain else ...
        if not isinstance(test, dict):
            return unknown("has a configuration that is computed")
        return all_of([_by_projects(test, path), _by_part(words, path)])

    def _config(self, asked: _Asked, stems: tuple[str, ...], folder: str) -> Any:
        """Return the configuration that holds in *folder*: empty without one."""
        named = asked.given.last("--config")
        if named is not None:
            path = join(asked.directory, named.text)
            return self._read(path) if path else ...
        for stem in stems:
            found = config_files(folder, stem, self._repository)
            if found:
                return self._read(found[0]) if len(found) == 1 else ...
        return {}

    def _jest(self, asked: _Asked) -> Selection:
        root, data = self._jest_config(asked)
        path = asked.below(root)
        if path is None:
            return missed(f"runs in {root} only", ELSEWHERE)
        preset = data.get("preset", "ts-jest") if isinstance(data, dict) else ""
        if not str(preset).startswith("ts-jest") or _JEST_DECIDES & data.keys():
            return unknown("has a configuration that may choose its tests")
        by_path = asked.given.has("--runTestsByPath") and asked.words
        return all_of([
            _by_globs(data.get("testMatch", _JEST_MATCH), path),
            _by_roots(data.get("roots", ["<rootDir>"]), path),
            _by_ignoring(data.get("testPathIgnorePatterns", ["/node_modules/"]), path),
            _by_ignoring(data.get("modulePathIgnorePatterns", []), path),
            self._by_spec(asked, asked.words) if by_path
            else _by_regex(asked.words, asked.subject.path),
        ])  # fmt: skip

    def _jest_config(self, asked: _Asked) -> tuple[str, Any]:
        """Return the folder and the configuration that Jest takes, from its folder upwards."""
        if asked.given.has("--config"):
            named = asked.given.last("--config")
            path = join(asked.directory, named.text) if named else None
            return posixpath.dirname(path or ""), self._config(asked, (), "")
        for folder in upwards(asked.directory):
            found = config_files(folder, "jest.config", self._repository)
            package = posixpath.join(folder, "package.json")
            own = self._read(package) if self._repository.is_file(package) else None
            if own is not None and not isinstance(own, dict):
                return folder, ...
            given = [*map(self._read, found), *([own["jest"]] if own and "jest" in own else [])]
            if given or own is not None:
                return folder, [*given, {}][0] if len(given) < 2 else ...
        return asked.directory, ...

    # --- runners with little to set -----------------------------------------------------

    def _bun(self, asked: _Asked) -> Selection:
        path = asked.below(asked.directory)
        settings = self._repository.text(posixpath.join(asked.directory, "bunfig.toml")) or ""
        if path is None:
            return missed(f"runs in {asked.directory} only", ELSEWHERE)
        if re.search(r"(?m)^[ \t]*+(?:root|pathIgnorePatterns)\b", settings):
            return unknown("has a configuration that may choose its tests")
        if any(word.startswith(("./", "/")) for word in asked.words[1:]):
            return unknown("names files")
        if re.search(r"(?:\A|/)(?:\.|node_modules/)", path):
            return unknown("may not look into that folder")
        if not _BUN_NAME.fullmatch(posixpath.basename(path)):
            return missed("runs only files that are named as tests")
        return _by_part(asked.words[1:], path)

    def _mocha(self, asked: _Asked) -> Selection:
        package = posixpath.join(asked.directory, "package.json")
        owned = self._read(package) if self._repository.is_file(package) else {}
        if (
            any(self._repository.is_file(posixpath.join(asked.directory, f)) for f in _MOCHA_FILES)
            or not isinstance(owned, dict)
            or "mocha" in owned
            or (asked.given.has("--recursive") and not asked.words)
        ):
            return unknown("has a configuration that may choose its tests")
        return self._by_spec(asked, asked.words or ["test/*.{js,cjs,mjs}"])

    def _node(self, asked: _Asked) -> Selection:
        path = asked.below(asked.directory)
        if path is None:
            return missed(f"runs in {asked.directory} only", ELSEWHERE)
        if "node_modules/" in path:
            return missed("leaves out the file", TAKEN_AWAY)
        if asked.words:
            return self._by_spec(asked, asked.words)
        if not re.search(r"\.[cm]?js\Z", path):
            return unknown("is about a file that only some versions take")
        return _by_globs(_NODE_GLOBS, path)

    def _by_spec(self, asked: _Asked, words: list[str]) -> Selection:
        """Judge *words* that are files or globs, quoted or not."""
        return any_of(self._by_file(asked, word) for word in words)

    def _by_file(self, asked: _Asked, word: str) -> Selection:
        path = join(asked.directory, word)
        expanded = any(given.text == word and given.glob for given in asked.given.positionals)
        if path and self._repository.is_directory(path) and asked.by == "mocha":
            deep = "**/" if asked.given.has("--recursive") else ""
            path = f"{path}/{deep}*.{{js,cjs,mjs}}"
        elif path is None or self._repository.is_directory(path) or (expanded and "**" in word):
            return unknown(f"names a folder or pattern (`{word}`)")
        if path == asked.subject.path:
            return SELECTED
        if not self._repository.is_file(path):
            found = _by_globs([path], asked.subject.path)
            if found.selected is not False:
                return found
        return missed(f"runs only `{word}`")


def _takes_more(given: Arguments, driver: str) -> bool:
    """Tell whether an option before words may have taken some of them for its own."""
    own = any(word.text in {"run", "watch", "dev", "test"} for word in given.positionals[:1])
    lists = given.has("--reporters", "--coverageReporters")
    alone = any(value is None and name in _TABLES[driver].attached for name, value in given.options)
    return len(given.positionals) > own and (lists or alone)


def _named(asked: _Asked) -> Selection:
    """Judge the filter by title, if there is one."""
    given, definition = asked.given, asked.subject.definition
    pattern = given.last("--testNamePattern", "--grep", "--fgrep")
    if pattern is None:
        return SELECTED
    title = " ".join(definition.names) if definition else "%"
    odd = re.search(r"[%$\\]", title) or not _PATTERN.fullmatch(pattern.text)
    try:
        found = None if odd else re.search(pattern.text, title)
        loosely = odd or re.search(pattern.text, title, re.IGNORECASE)
    except re.error:
        return unknown("filters by name")
    if found and not given.has("--fgrep"):
        return SELECTED
    if loosely or given.has("--fgrep") or (definition and not definition.is_test):
        return unknown("filters by name")
    return missed(f"runs only tests that match `{pattern.text}`")


def _by_globs(globs: Any, path: str) -> Selection:
    """Judge the patterns of files that hold tests, with or without ``<rootDir>``."""
    if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
        return unknown("has patterns of files that are computed")
    found = in_globs(path, [glob.removeprefix("<rootDir>/") for glob in globs])
    if found is None:
        return unknown("has patterns of files that cannot be read")
    return judged(found, "does not take the file for one of tests")


def _by_roots(roots: Any, path: str) -> Selection:
    if not isinstance(roots, list) or not all(str(root).startswith("<rootDir>") for root in roots):
        return unknown("has folders of tests that are computed")
    folders = {root.removeprefix("<rootDir>").strip("/") for root in roots}
    inside = not folders.isdisjoint(upwards(path))
    return judged(inside, "looks for tests in other folders", ELSEWHERE)


def _by_ignoring(patterns: Any, path: str) -> Selection:
    """Judge the patterns of paths that are left out."""
    if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
        return unknown("leaves out paths that are computed")
    patterns = [pattern.replace("<rootDir>", "^") for pattern in patterns]
    if not all(_PATTERN.fullmatch(pattern) for pattern in patterns):
        return unknown("leaves out paths by a pattern")
    out = any(re.search(pattern, f"/{path}") for pattern in patterns)
    return missed("leaves out the file", TAKEN_AWAY) if out else SELECTED


def _by_vitest(test: dict[str, Any], path: str) -> Selection:
    """Judge a project, or the whole configuration, of Vitest."""
    if _VITEST_DECIDES & test.keys():
        return unknown("has a configuration that may choose its tests")
    excluded = test.get("exclude", [DEFAULT_EXCLUDE])
    usual = isinstance(excluded, list) and DEFAULT_EXCLUDE in excluded
    out = in_globs(path, [g for g in excluded if g != DEFAULT_EXCLUDE] if usual else excluded)
    if out is None or (usual and _LEFT_OUT.search(path)):
        return unknown("leaves out files by a pattern")
    if out or (usual and "node_modules/" in path):
        return missed("leaves out the file", TAKEN_AWAY)
    return _by_globs(test.get("include", _VITEST_INCLUDE), path)


def _by_projects(test: dict[str, Any], path: str) -> Selection:
    shared = dict(test)
    projects = shared.pop("projects", None)
    if projects is None:
        return _by_vitest(shared, path)
    if not isinstance(projects, list):
        return unknown("has projects that are computed")
    return any_of(_by_project(project, shared, path) for project in projects)


def _by_project(project: Any, test: dict[str, Any], path: str) -> Selection:
    own = project.get("test", {}) if isinstance(project, dict) else ...
    if not isinstance(own, dict) or {"root", "..."} & project.keys():
        return unknown("has projects that are computed")
    extends = project.get("extends", False)
    both = {"include", "exclude"} & test.keys() & own.keys()
    if not isinstance(extends, bool) or (extends and both):
        return unknown("has projects that are computed")
    return _by_vitest({**test, **own} if extends else own, path)


def _by_part(words: list[str], path: str) -> Selection:
    """Judge filters that are parts of paths."""
    parts = [word.removeprefix("./").lower() for word in words]
    if any(re.search(r"[*:]|^/|^\.", part) for part in parts):
        return unknown("filters by path")
    found = not parts or any(part in path.lower() for part in parts)
    return SELECTED if found else missed(f"runs only files that match `{' '.join(words)}`")


def _by_regex(words: list[str], path: str) -> Selection:
    """Judge filters that are searched for in absolute paths, whose beginning is not known."""
    if not words:
        return SELECTED
    plain = all(_PATTERN.fullmatch(word) and not word.startswith("^") for word in words)
    try:
        found = plain and any(re.search(w, path, re.IGNORECASE) for w in words if w[:1] != ".")
        starts = any(path.startswith(w.removeprefix("./")) for w in words if w.startswith("./"))
    except re.error:
        return unknown("filters by path")
    if found or starts:
        return SELECTED
    if not plain or any(word.startswith(".") or not re.search(r"\w/|\.", word) for word in words):
        return unknown("filters by path")
    return missed(f"runs only files that match `{' '.join(words)}`")
