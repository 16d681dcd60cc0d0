"""Finds the file and the full name of each reported test; never a test by its bare name.

A report says where it comes from in one of these ways: a file, a dotted name of a module or
class, a binary of cargo, a package of Go, or the titles around a test.  What stays in doubt
is left out and counted.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.results.packages import Packages
from sphinx_arco_parity.results.reports import Case

_DOTTED = (".py", ".java", ".kt", ".groovy", ".scala")
#: Endings of files whose tests have titles.
SCRIPTS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx")
_NATIVE = (".c", ".cc", ".cpp", ".cxx", ".h", ".hpp")
_JOINTS = re.compile(r"::|\s>\s|[$/]")
_BUILT = re.compile(r"(?:^|/)(?:target|build)/")
_CALLS = re.compile(r"\b(?:it|test|specify)\b")
_MACRO = re.compile(
    r"\b(?:TYPED_)?TEST(?:_[FP])?\s{0,9}\(\s{0,99}(\w{1,200})\s{0,99},\s{0,99}(\w{1,200})\s{0,99}\)"
)
_LETTERS = re.compile(r"[^\W\d]")


class Located(NamedTuple):
    """A test: its file, its full name as :func:`key_of` makes it, and its parameters."""

    path: str
    key: str
    parameters: str = ""


def key_of(path: str, name: str) -> str:
    """Return what *name*, a full name in the file *path*, is compared by.

    Runners join titles in different ways; Go writes spaces as ``_``.
    """
    words = _JOINTS.sub(" ", name).split()
    key = " ".join(words)
    return key.replace("_", " ") if path.endswith(".go") else key


class Matching:
    """Locates cases in one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._packages = Packages(repository)
        self._known: dict[tuple[str, str, tuple[str, ...]], dict[str, str]] = {}

    def locate(self, cases: Iterable[Case]) -> Iterator[tuple[Case, Located | None]]:
        """Yield each of *cases* with its test, ``None`` where that stays in doubt."""
        by_report: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            by_report[case.report].append(case)
        for report, together in by_report.items():
            ways = [self._ways(case) for case in together]
            known = [set(each) for each in ways if each]
            common = set.intersection(*known) if known else set()
            module = self._module(report)
            for case, own in zip(together, ways, strict=True):
                if own:
                    path = _chosen(own, common, module)
                    yield case, _in_file(case, path) if path else None
                else:
                    yield case, self._without_file(case)

    # --- by file ----------------------------------------------------------------------

    def _ways(self, case: Case) -> dict[str, str]:
        """Return to which files the names of *case* may lead, by where its runner stood.

        ``+`` and a folder: names begin there; ``-`` and folders: names begin with these, which
        lie above the repository.  All cases of a suite have a way in common.
        """
        key = (case.file, case.classname, case.suites)
        if key not in self._known:
            scripts = filter(_is_path, (case.classname, *reversed(case.suites)))
            found = map(self._of_path, filter(None, (case.file, *scripts)))
            self._known[key] = next(filter(None, found), {}) or self._of_dotted(case.classname)
        return self._known[key]

    def _of_path(self, text: str) -> dict[str, str]:
        tracked = self._repository.is_plain_file
        path = posixpath.normpath(text.replace("\\", "/"))
        own = path.removeprefix(self._repository.root.as_posix() + "/")
        if own != path:  # it is whole: no other file is called so
            return {"+": own} if tracked(own) else {}
        parts = path.split("/")
        named = self._by_name.get(parts[-1], ())
        ways = {f"+{p[: -len(path)]}": p for p in named if f"/{p}".endswith(f"/{path}")}
        below = {"/".join(parts[:n]): "/".join(parts[n:]) for n in range(1, len(parts))}
        return ways | {f"-{above}": rest for above, rest in below.items() if tracked(rest)}

    def _of_dotted(self, name: str) -> dict[str, str]:
        """Take the longest part of a dotted name that a tracked file has."""
        words = name.partition("$")[0].split(".")
        ways: dict[str, str] = {}
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                part = "/".join(words[start:end])
                named = self._by_stem.get(words[end - 1], ())
                found = [p for p in named if f"/{_without_suffix(p)}".endswith(f"/{part}")]
                if start:
                    found = [p for p in found if _without_suffix(p) == part]
                if found:
                    above = ".".join(words[:start])
                    roots = (_without_suffix(p)[: -len(part)] for p in found)
                    keys = (f"-{above}" if start else f"+{root}" for root in roots)
                    ways.update(zip(keys, found, strict=True))
                    break
        return ways

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for path in self._repository.files():
            found[posixpath.basename(path)].append(path)
        return found

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        """Files whose modules or classes have dotted names, by the last word of these."""
        found = defaultdict[str, list[str]](list)
        for path in self._repository.files():
            if path.endswith(_DOTTED):
                found[posixpath.basename(_without_suffix(path))].append(path)
        return found

    def _module(self, report: str) -> str:
        """Return the folder in whose ``target`` or ``build`` a report lies, with ``/``."""
        path = report.rpartition("#")[0].removeprefix(self._repository.root.as_posix() + "/")
        built = _BUILT.search(path)
        return path[: built.start() + 1] if built and built.start() else ""

    # --- without one ------------------------------------------------------------------

    def _without_file(self, case: Case) -> Located | None:
        names = (case.classname, *reversed(case.suites))
        if case.file or any(map(_is_path, names)):
            return None
        by_cargo = case.runner == "nextest-run"
        found = (
            self._packages.of_cargo(case.classname, case.name)
            if by_cargo
            else self._packages.of_go(names, case.name)
        )
        if found is not None:
            return Located(found[0], key_of(*found))
        if by_cargo:
            return None
        key = _native(case) if case.status else key_of("", _title(case))
        paths = (self._natives if case.status else self._titles).get(key, ())
        return Located(paths[0], key) if len(paths) == 1 else None

    @cached_property
    def _natives(self) -> dict[str, list[str]]:
        """The tests that macros of GoogleTest define, by suite and name."""
        found = defaultdict[str, list[str]](list)
        for path in self._repository.files():
            text = self._repository.text(path) if path.endswith(_NATIVE) else None
            for match in _MACRO.finditer(text or ""):
                found[f"{match[1]} {match[2]}"].append(path)
        return found

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        """The tests in scripts, by the titles around them and their own."""
        found = defaultdict[str, list[str]](list)
        for path in filter(_is_path, self._repository.files()):
            if _CALLS.search(self._repository.text(path) or ""):
                for key in tests_in(path, self._repository) or ():
                    found[key].append(path)
        return found


def tests_in(path: str, repository: Repository) -> list[str] | None:
    """Return the keys of the tests of a file, ``None`` if it cannot be read."""
    try:
        every = repository.symbols.definitions(path)
    except UnreadableFileError:
        return None
    if every is None:
        return None
    return [key_of(path, test.whole_name) for test in every.definitions if test.is_test]


def _chosen(ways: dict[str, str], common: set[str], module: str) -> str | None:
    """Return the one file to which *ways* lead, those that a suite has in *common* first."""
    paths = {ways[way] for way in common} or set(ways.values())
    if len(paths) > 1 and module:
        paths = {path for path in paths if path.startswith(module)}
    return next(iter(paths)) if len(paths) == 1 else None


def _without_suffix(path: str) -> str:
    """Return *path* as names of modules spell it."""
    return posixpath.splitext(path)[0].replace(".", "/") if path.endswith(_DOTTED) else path


def _title(case: Case) -> str:
    """Return the titles around a case and its own, as its runner joins them."""
    own = "" if _is_path(case.classname) else case.classname
    if own and own != "test":
        return case.name if f"{case.name} ".startswith(f"{own} ") else f"{own} {case.name}"
    before = " ".join(suite for suite in case.suites if not _is_path(suite))
    if _is_path(case.classname) or (before and case.name.startswith(f"{before} ")):
        return case.name
    return f"{before} {case.name}"


def _is_path(text: str) -> bool:
    return text.endswith(SCRIPTS)


def _in_file(case: Case, path: str) -> Located | None:
    """Return the test that *case* is in the file *path*."""
    if path.endswith(SCRIPTS):
        return Located(path, key_of(path, _title(case)))
    name, parameters = case.name, ""
    cut = re.search(r"[\[({]|\s\(", name)
    if cut is not None and cut.start():
        name, parameters = name[: cut.start()].strip(), name[cut.start() + 1 :].removesuffix("]")
    if path.endswith(_NATIVE):
        return Located(path, _native(case))
    around = _around(re.split(r"[.$]", case.classname), path)
    if not _LETTERS.match(name) and not name.startswith("_"):
        return None  # a display name, as Gradle has it for a parameter
    return Located(path, key_of(path, " ".join((*around, name))), parameters)


def _native(case: Case) -> str:
    """Return the key of a case of GoogleTest, whose name CTest gives as ``Suite.name``.

    In ``Instance/Suite/0`` and ``name/0`` only the suite's own name stands in the file.
    """
    suite, name = case.classname, case.name
    if suite in {"", name}:
        suite, _, name = name.partition(".")
    suites = [word for word in suite.split("/") if not word.isdigit()]
    return f"{suites[-1] if suites else ''} {name.partition('/')[0]}"


def _around(words: Sequence[str], path: str) -> Sequence[str]:
    """Return the classes of a dotted name in the file *path*; Java's are those of the file too."""
    module = _without_suffix(path).split("/")
    for end in range(len(words), 0, -1):
        both = min(end, len(module))
        if list(words[end - both : end]) == module[-both:]:
            return words[end:] if path.endswith(".py") else words[end - 1 :]
    return [word for word in words if word]
