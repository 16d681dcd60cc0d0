"""Whether ``go test`` runs a test.

Called by :mod:`.select`.  Source of the rules: ``go help test``, ``go help packages``
and ``go help testflag`` (1.22).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.runners import Runner
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
from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.repository.shell.folders import join, upwards
from sphinx_arco_parity.text.words import word_set

_VALUES = word_set("""
    -run -skip -count -timeout -cover -coverprofile -covermode -coverpkg -cpu -bench -benchtime
    -blockprofile -cpuprofile -memprofile -mutexprofile -parallel -p -tags -ldflags -gcflags
    -asmflags -mod -modfile -o -outputdir -vet -shuffle -fuzz -fuzztime -list -trace -overlay
    -buildmode -C -exec
    """) - {"-cover"}
_FLAGS = word_set("""
    -v -race -cover -short -failfast -json -a -x -i -n -c -msan -asan -trimpath -work -benchmem
    -fullpath -linkshared
    """)
_FILTERS = ("-run", "-skip")
_PLAIN = re.compile(r"[\w/^$|().*+?-]*")
_SYSTEMS = "windows|linux|darwin|unix|freebsd|js|wasip1|amd64|arm64|386|arm|wasm"
_PLATFORM = re.compile(rf"_(?:{_SYSTEMS})(?:_(?:{_SYSTEMS}))?_test\.go\Z")
_CONSTRAINT = re.compile(r"(?m)^//\s*(?:go:build|\+build)\b")


class GoSelection:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
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
        package = self._package(packages or ["."], folder, subject.path)
        compiled = self._compiled(subject.path, options)
        return all_of([package, *compiled, *_named(options, subject)])

    def _package(self, packages: list[str], folder: str, path: str) -> Selection:
        own = posixpath.dirname(path)
        module = self._module(own)
        if module is None or self._module(folder) is None:
            return unknown("is about a file outside every Go module")
        if "go.work" not in self._repository.files() and module != self._module(folder):
            return missed(f"tests another Go module than that of {path}", ELSEWHERE)
        if any(part[:1] in {"_", "."} or part == "testdata" for part in own.split("/")):
            return unknown("is about a folder that `...` leaves out")
        return any_of(_one_of(pattern, folder, own) for pattern in packages)

    def _module(self, folder: str) -> str | None:
        """Return the folder of the nearest ``go.mod`` upwards."""
        is_file = self._repository.is_file
        return next((f for f in upwards(folder) if is_file(posixpath.join(f, "go.mod"))), None)

    def _compiled(self, path: str, options: dict[str, str]) -> list[Selection]:
        """Return what the file itself says of when it is compiled and run."""
        text = self._repository.text(path)
        if text is None:
            return [unknown("is about a file that cannot be read")]
        if _CONSTRAINT.search(text) or _PLATFORM.search(path):
            return [unknown("is about a file with a build constraint")]
        if "-short" in options and "testing.Short" in text:
            return [unknown("leaves out some tests (`-short`)")]
        return []


def _cut(words: Sequence[Word]) -> tuple[dict[str, str], list[str], bool]:
    """Return the options, the packages, and whether all of them can be read."""
    options: dict[str, str] = {}
    packages: list[str] = []
    readable = True
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        readable = readable and word.known
        if word.text in {"-args", "--args"}:
            break
        if not word.text.startswith("-"):
            packages.append(word.text)
            continue
        name, equals, value = word.text.partition("=")
        name = name.removeprefix("-") if name.startswith("--") else name
        name = name.replace("-test.", "-")
        if name in _VALUES and not equals and at < len(words):
            readable = readable and words[at].known
            value = words[at].text
            at += 1
        readable = readable and (name in _VALUES or name in _FLAGS)
        options[name] = value
    return options, packages, readable


def _one_of(pattern: str, folder: str, own: str) -> Selection:
    """Tell whether the package in the folder *own* is one of *pattern*."""
    if not pattern.startswith("."):
        return unknown(f"names packages by their import path (`{pattern}`)")
    recursive = pattern.endswith("/...") or pattern == "..."
    start = join(folder, pattern.removesuffix("..."))
    if start is None or "..." in pattern.removesuffix("..."):
        return unknown(f"names packages by a pattern (`{pattern}`)")
    below = not start or own == start or own.startswith(start + "/")
    if own == start or (recursive and below):
        return SELECTED
    return missed(f"tests `{pattern}` only, not the package in {own or '.'}", ELSEWHERE)


def _named(options: dict[str, str], subject: Subject) -> list[Selection]:
    definition = subject.definition
    if definition is None:
        return [unknown("filters by name")] if options.keys() & set(_FILTERS) else []
    name = (*definition.scope, definition.name)[0]
    if not name.startswith(("Test", "Example")):
        fuzz = name.startswith("Fuzz")
        return [] if fuzz and "-run" not in options else [unknown("may not run it")]
    return [_by_name(option, options[option], name) for option in _FILTERS if option in options]


def _searched(pattern: str, name: str) -> bool | None:
    """Tell whether the first element of *pattern* matches *name*."""
    first, slash, _ = pattern.partition("/")
    if not _PLAIN.fullmatch(pattern) or (slash and "(" in pattern):
        return None
    try:
        return re.search(first, name) is not None
    except re.error:
        return None


def _by_name(option: str, pattern: str, name: str) -> Selection:
    found, skips = _searched(pattern, name), option == "-skip"
    if found is None or (found and "/" in pattern):
        return unknown(f"{'skips' if skips else 'filters'} by name (`{option} {pattern}`)")
    if found is not skips:
        return SELECTED
    if skips:
        return missed(f"skips it (`-skip {pattern}`)", TAKEN_AWAY)
    return missed(f"runs only tests that match `-run {pattern}`")
