"""Whether ``pytest`` runs a test.

Called by :class:`.Selector`.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, product

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.arguments import PYTEST, Arguments, parse_arguments
from sphinx_arco_parity.repository.selection.pytest_config import (
    Collection,
    ConfigError,
    PytestConfig,
    Start,
    expand_glob,
    find_config,
    is_there,
    overridden,
    starts_of,
)
from sphinx_arco_parity.repository.selection.pytest_items import (
    Item,
    conceals,
    conftests,
    methods,
    read_item,
)
from sphinx_arco_parity.repository.selection.runners import Runner
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SAME_PACKAGE,
    SELECTED,
    TAKEN_AWAY,
    ExpressionError,
    Selection,
    Subject,
    all_of,
    evaluate,
    judged,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word, join, upwards
from sphinx_arco_parity.text.patterns import is_glob

_RUNS_NOTHING = (
    "--collect-only", "--fixtures", "--fixtures-per-test", "--markers", "--help", "--version",
    "--cache-show", "--setup-only", "--setup-plan",
)  # fmt: skip
_DOUBTS = (
    "--last-failed", "--lfnf", "--benchmark-only", "--benchmark-skip", "--looponfail",
    "--stepwise", "--rsyncdir",
)  # fmt: skip
_HOOKS = re.compile(
    r"collect_ignore|pytest_ignore_collect|pytest_collection|pytest_collect_|pytest_pycollect"
    r"|pytest_cmdline|pytest_load_initial|pytest_plugins|pytest_runtest_protocol|markexpr"
    r"|option\.keyword"
)
#: What a conftest.py does to the tests of all folders once it is loaded.
_FILTERS = re.compile(r"pytest_collection_modifyitems|pytest_itemcollected|markexpr")

_COLLECTS = re.compile(
    r"pytest_collect_file|pytest_ignore_collect|pytest_pycollect|pytest_cmdline|pytest_load_initial"
)


class PytestSelection:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._conftest_has = cache(self._conftest_finds)
        self._is_base = cache(self._is_inherited)
        self._run = cache(self._prepared)

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
        if not subject.path.endswith(".py"):
            return unknown("runs tests of another language")
        run = self._run(runner)
        if isinstance(run, Selection):
            return run
        answer = all_of(self._conditions(run, subject))
        return self._elsewhere(subject) or answer if answer.missed else answer

    def _prepared(self, runner: Runner) -> _Run | Selection:
        """Return what *runner* does with any test, or the answer for all of them."""
        arguments, folder = runner.arguments, runner.command.directory
        broken = _unreadable(arguments, runner.sure, folder)
        if broken is not None or folder is None:
            return broken or unknown("runs in a folder that is not known")
        try:
            run = self._configured(runner, folder)
        except (ConfigError, ValueError):
            return unknown("has a configuration that cannot be read")
        return _unreadable(run.arguments, True, folder) or run

    def _elsewhere(self, subject: Subject) -> Selection | None:
        """Return why a test that is missed in its file may still run, if so."""
        if self._conftest_has(_COLLECTS, subject.path):
            return unknown("has a conftest.py that may collect it")
        found = subject.definition
        if found and (found.scope or _is_class(subject)) and self._is_base(found.names[0]):
            return unknown("may run it in a class that inherits it")
        return None

    def _conftest_finds(self, pattern: re.Pattern[str], path: str) -> bool:
        return any(pattern.search(text) for text in conftests(self._repository, path))

    def _is_filtered(self, run: _Run) -> bool:
        """Tell whether a ``conftest.py`` of another folder may leave out what *run* collects."""
        places = [start.path for start in run.collection.starts if start.path is not None]
        pairs = product(self._filters, places)
        return any(place in upwards(own) or own in upwards(place) for own, place in pairs)

    @cached_property
    def _environments(self) -> list[str]:
        """The folders that are virtual environments, as pytest knows them."""
        signs = ("/pyvenv.cfg", "/conda-meta/history")
        found = (path for path in self._repository.files() if path.endswith(signs))
        return [path[: -len(next(filter(path.endswith, signs)))] for path in found]

    @cached_property
    def _filters(self) -> list[str]:
        """The folders whose ``conftest.py`` filters tests."""
        paths = (p for p in self._repository.files() if posixpath.basename(p) == "conftest.py")
        texts = ((path, self._repository.text(path) or "") for path in paths)
        return [posixpath.dirname(path) for path, text in texts if _FILTERS.search(text)]

    def _is_inherited(self, name: str) -> bool:
        """Tell whether some class inherits the class *name*."""
        pattern = re.compile(rf"\bclass\s+\w+\s*\([^)]*\b{re.escape(name)}\b")
        paths = (path for path in self._repository.files() if path.endswith(".py"))
        return any(pattern.search(text or "") for text in map(self._repository.text, paths))

    def _configured(self, runner: Runner, folder: str) -> _Run:
        extra, plugins = map(runner.command.variable, ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"))
        if extra is None or plugins is None:
            raise ConfigError("PYTEST_ADDOPTS")
        words = (*map(_word, shlex.split(extra)), *runner.command.words[1:])
        arguments = parse_arguments(words, PYTEST)
        given = arguments.last("-c")
        ini = join(folder, given.text) if given and given.known else None
        if given is not None and (ini is None or not self._repository.is_file(ini)):
            raise ConfigError(given.text)
        starts = starts_of(arguments.positionals, folder, self._repository)
        places = [start.path for start in starts if start.path is not None]
        config = find_config(self._repository, folder, places, ini)
        root = arguments.last("--rootdir")
        if root is not None:
            moved = join(folder, root.text) if root.known else None
            if moved is None:
                raise ConfigError(root.text)
            config = replace(config, root=moved)
        config = overridden(config, [word.text for word in arguments.all("-o")])
        added = [*map(_word, config.get("addopts")), *[_word(f"-p{plugins}")][: len(plugins)]]
        late = [word.text for word in parse_arguments(added, PYTEST).all("-o")]
        if overridden(config, late) != config:  # it depends on pytest's version
            raise ConfigError("addopts")
        parsed = parse_arguments((*added, *words), PYTEST)
        return _Run(config, parsed, self._collection(folder, config, parsed))

    # --- conditions --------------------------------------------------------------------

    def _conditions(self, run: _Run, subject: Subject) -> Iterator[Selection]:
        names = subject.definition.names if subject.definition else None
        yield run.collection.collects(subject.path, names)
        yield from self._deselected(run, subject, names)
        expressions = [(o, v) for o, v in run.arguments.options if o in {"-k", "-m"} and v]
        item = self._item(subject, names or ()) if expressions else None
        if item is not None:
            item.marks_open |= self._is_filtered(run)
        for option in ("-k", "-m"):
            given = [value for name, value in expressions if name == option]
            if given:  # the last one holds
                yield _expression(
                    option, given[-1], item, whole=names is None or _is_class(subject)
                )
        if names is not None:
            yield self._is_collected(run, subject, names)
        yield from self._doubts(run, subject)

    def _collection(self, folder: str, config: PytestConfig, arguments: Arguments) -> Collection:
        starts = starts_of(arguments.positionals, folder, self._repository)
        own = [] if arguments.has("--collect-in-virtualenv") else self._environments
        if not starts and folder == config.root:
            found = (self._testpath(path, folder) for path in config.get("testpaths"))
            starts = list(map(Start, chain.from_iterable(found)))
        return Collection(
            starts=tuple(starts or [Start(folder)]),
            config=config,
            ignored=(*_paths(folder, arguments.all("--ignore")), *own),
            ignored_globs=tuple(_paths(folder, arguments.all("--ignore-glob"))),
        )

    def _testpath(self, text: str, folder: str) -> list[str]:
        path = join(folder, text)
        if path is None or "**" in text:
            raise ConfigError(text)
        if is_glob(text):
            return expand_glob(path, self._repository)
        return [path] if is_there(path, self._repository) else []

    def _item(self, subject: Subject, names: Sequence[str]) -> Item | None:
        if subject.symbol is not None and not names:
            return None
        return read_item(self._repository, subject.path, names)

    @staticmethod
    def _deselected(
        run: _Run, subject: Subject, names: Sequence[str] | None
    ) -> Iterator[Selection]:
        root = run.config.root
        prefix = f"{root}/" if root else ""
        inside = subject.path.startswith(prefix)
        node = "::".join((subject.path.removeprefix(prefix), *(names or ())))
        for word in run.arguments.all("--deselect"):
            if not word.known or not inside:
                yield unknown("deselects tests that are not known")
            elif node.startswith(word.text):
                yield missed(f"deselects it (`--deselect {word.text}`)", TAKEN_AWAY)
            elif word.text.startswith(f"{node}::"):
                yield unknown("deselects a part of it")

    def _is_collected(self, run: _Run, subject: Subject, names: Sequence[str]) -> Selection:
        """Tell whether the names of classes and function are those of tests."""
        classes, functions = run.config.get("python_classes"), run.config.get("python_functions")
        last = classes if _is_class(subject) else functions
        if _is_class(subject) and not any(
            _is_named(name, functions) for name in methods(self._repository, subject.path, names)
        ):
            return unknown("may not collect a test of that name")
        named = all(_is_named(name, classes) for name in names[:-1]) and _is_named(names[-1], last)
        item = None
        if len(names) > 2 or (len(names) > 1 and not (named and names[-1].startswith("test"))):
            item = self._item(subject, names)
        if item is not None and (item.is_case or item.in_case):  # unittest's own rules hold
            named = names[-1].startswith("test") and not (item.in_case or _is_class(subject))
            named = named and all(_is_named(name, classes) for name in names[:-2])
        inner = subject.definition is not None and subject.definition.kind == "function"
        if (
            not named
            or (inner and len(names) > 1)
            or conceals(self._repository, subject.path, names)
        ):
            return unknown("may not collect a test of that name")
        return SELECTED

    def _doubts(self, run: _Run, subject: Subject) -> Iterator[Selection]:
        for option in _DOUBTS:
            if run.arguments.has(option):
                yield unknown(f"has `{option}`, which may leave it out")
        plugins = [word.text for word in run.arguments.all("-p")]
        if any(not p.startswith("no:") or p in {"no:python", "no:unittest"} for p in plugins):
            yield unknown("loads, or does without, a plugin that may leave it out")
        if self._conftest_has(_HOOKS, subject.path) or self._is_filtered(run):
            yield unknown("has a conftest.py that may leave it out")


@dataclass(frozen=True, slots=True)
class _Run:
    config: PytestConfig
    arguments: Arguments
    """With those of the configuration and of ``PYTEST_ADDOPTS``."""
    collection: Collection


def _is_class(subject: Subject) -> bool:
    return subject.definition is not None and subject.definition.kind == "type"


def _word(text: str) -> Word:
    return Word(text, text)


def _unreadable(arguments: Arguments, sure: bool, folder: str | None) -> Selection | None:
    if arguments.has(*_RUNS_NOTHING):
        return missed("runs no tests", ELSEWHERE)
    if arguments.unknown:
        return unknown(f"has the option `{arguments.unknown[0]}`, which is not known here")
    if arguments.open or not sure:
        return unknown("has arguments that are not known before it runs")
    values = (value for _, value in arguments.options if value is not None)
    read = any(word.text.startswith("@") for word in (*arguments.positionals, *values))
    late = any(word.text.startswith("-") for word in arguments.positionals)  # behind `--`
    if read or late or arguments.has("--pyargs"):
        return unknown("names its tests in a way that cannot be read")
    return unknown("runs in a folder that is not known") if folder is None else None


def _paths(folder: str, words: Sequence[Word]) -> list[str | None]:
    return [join(folder, word.text) if word.known else None for word in words]


def _is_named(name: str, patterns: Sequence[str]) -> bool:
    return any(name.startswith(p) or fnmatch.fnmatch(name, p) for p in patterns)


def _expression(option: str, word: Word, item: Item | None, *, whole: bool) -> Selection:
    if not word.known or item is None:
        return unknown(f"selects by `{option}`")
    text, term = (word.text.lstrip(), item.keyword) if option == "-k" else (word.text, item.mark)
    inner = whole and (option == "-k" or item.inside & set(re.findall(r"\w+", text)))
    try:
        answer = evaluate(text, term)
    except ExpressionError:
        answer = None
    if answer is None or (inner and not (answer and "not" not in text)):
        return unknown(f"selects by `{option} {word.raw}`")
    nearness = TAKEN_AWAY if "not" in word.text else SAME_PACKAGE
    return judged(answer, f"leaves it out (`{option} {word.raw}`)", nearness)
