"""Whether ``python -m unittest`` runs a test.

Called by :mod:`.select`.  Source of the rules: "Test Discovery" and "Command-Line Interface"
in Python's documentation of :mod:`unittest` (3.13).
"""

from __future__ import annotations

import posixpath
import re
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
    Selection,
    Subject,
    all_of,
    any_of,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.shell.folders import join, upwards
from sphinx_arco_parity.text.words import word_set

_TABLE = OptionTable(
    values=word_set("-k -s --start-directory -p --pattern -t --top-level-directory --durations"),
    flags=word_set("-v --verbose -q --quiet -f --failfast -b --buffer -c --catch --locals"),
)
_CASE = r"(?:\w+\.)?(?:TestCase|IsolatedAsyncioTestCase)"


class UnittestSelection:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
        command = runner.command
        if not command.known or not runner.sure or command.directory is None:
            return unknown("has arguments that are not known before it runs")
        given = parse_arguments(command.words[1:], _TABLE)
        words = [word.text for word in given.positionals]
        if given.unknown or any(word.glob for word in given.positionals):
            return unknown("has options that may change what is run")
        if words and words[0] != "discover":
            named = [self._named(word, command.directory, subject) for word in words]
            own = (
                (*definition.scope, definition.name)
                if (definition := subject.definition)
                else ("",)
            )
            spelt = any(word.endswith(f".{'.'.join(own)}") for word in words)  # `-k` aside
            by_name = SELECTED if spelt else _by_name(given, subject)
            return all_of([any_of(named), self._is_case(subject), by_name])
        found = self._discovered(given, words[1:], command.directory, subject)
        return all_of([found, self._is_case(subject), _by_name(given, subject)])

    def _discovered(
        self, given: Arguments, words: list[str], directory: str, subject: Subject
    ) -> Selection:
        """Judge the search for tests below a folder."""
        values = [given.last("-s", "--start-directory"), given.last("-p", "--pattern")]
        spoken = [value.text if value else "" for value in values]
        start, pattern = spoken[0] or "".join(words[:1]) or ".", spoken[1] or "".join(words[1:2])
        pattern = pattern or "test*.py"
        folder = join(directory, start)
        if folder is None or (folder and not self._repository.is_directory(folder)):
            return unknown(f"looks for tests in `{start}`")
        inside = f"{folder}/" if folder else ""
        if not subject.path.startswith(inside):
            return missed(f"looks for tests below `{start}` only", ELSEWHERE)
        if not fnmatchcase(posixpath.basename(subject.path), pattern):
            return missed(f"looks for tests in files that match `{pattern}`")
        return self._packages(posixpath.dirname(subject.path), folder)

    def _packages(self, folder: str, start: str) -> Selection:
        """Tell whether the search comes from *start* to *folder*: through packages alone."""
        for package in upwards(folder):
            if package == start:
                return SELECTED
            text = self._repository.text(posixpath.join(package, "__init__.py"))
            if text is None:
                return missed(f"does not enter {package}, which is no package", ELSEWHERE)
            if "load_tests" in text:
                return unknown(f"leaves the choice to {package}/__init__.py")
        return unknown("looks for tests elsewhere")

    def _named(self, word: str, directory: str, subject: Subject) -> Selection:
        """Judge a module, class or method that is named, or a file."""
        path = join(directory, word)
        if word.endswith(".py") or path is None:
            same = path == subject.path
            return SELECTED if same else missed(f"runs only `{word}`", ELSEWHERE)
        parts = word.split(".")
        for count in range(len(parts), 0, -1):
            module = posixpath.join(directory, *parts[:count])
            if self._repository.is_directory(module):
                return unknown(f"names a package (`{word}`)")
            if self._repository.is_file(f"{module}.py"):
                if f"{module}.py" != subject.path:
                    return missed(f"runs only `{word}`", ELSEWHERE)
                return _within(tuple(parts[count:]), subject, word)
        return unknown(f"names something that is not found (`{word}`)")

    def _is_case(self, subject: Subject) -> Selection:
        """Tell whether unittest takes *subject* for a test: a method of a ``TestCase``."""
        text, definition = self._repository.text(subject.path) or "", subject.definition
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


def _within(names: tuple[str, ...], subject: Subject, word: str) -> Selection:
    """Judge what is named within the subject's module."""
    definition = subject.definition
    own = (*definition.scope, definition.name) if definition else ()
    if own[: len(names)] == names:
        return SELECTED
    return missed(f"runs only `{word}`") if own else unknown(f"runs only `{word}`")


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
