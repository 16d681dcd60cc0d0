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
_SCRIPTS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx")
_NATIVE = (".c", ".cc", ".cpp", ".cxx", ".h", ".hpp")
_JOINTS = re.compile(r"::|\s>\s|[$/]")
_BUILT = re.compile(r"(?:^|/)(?:target|build)/")
_CALLS = re.compile(rb"\b(?:it|test|specify)\b")
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

    def locate(self, cases: Iterable[Case]) -> Iterator[tuple[Case, Located | None]]:
        """Yield each of *cases* with its test, ``None`` where that stays in doubt."""
        by_report: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            by_report[case.report].append(case)
        for together in by_report.values():
            hints = [self._hint(case) for case in together]
            root = self._root({hint for hint in hints if hint})
            known: dict[str, str | None] = {}
            for case, hint in zip(together, hints, strict=True):
                if hint and hint not in known:
                    known[hint] = self._file(hint, root, case.report)
                path = known.get(hint)
                yield case, _in_file(case, path) if path else self._without_file(case, hint)

    # --- by file ----------------------------------------------------------------------

    def _hint(self, case: Case) -> str:
        """Return a path, or the ending of one, that *case* names; empty if it names none."""
        for text in (case.file, case.classname, *reversed(case.suites)):
            path = self._relative(text)
            if path and (text == case.file or path.endswith(_SCRIPTS)) and self._candidates(path):
                return path
        return self._dotted(case.classname)

    def _relative(self, text: str) -> str:
        """Return what of a path may be one of the repository's."""
        path = text.replace("\\", "/")
        root = self._repository.root.as_posix() + "/"
        if path.startswith(root):
            return path.removeprefix(root)
        path = posixpath.normpath(path) if path else ""
        if not path.startswith(("/", "../")) and ":" not in path[:3]:
            return path
        parts = path.split("/")
        endings = ("/".join(parts[start:]) for start in range(1, len(parts)))
        return next(filter(self._repository.is_plain_file, endings), "")

    def _candidates(self, hint: str) -> list[str]:
        """Return the tracked files of which *hint* is the ending, or the ending but for a suffix."""
        if not hint.endswith("."):
            name = posixpath.basename(hint)
            return [p for p in self._by_name.get(name, ()) if f"/{p}".endswith(f"/{hint}")]
        name = posixpath.splitext(hint[:-1].rpartition("/")[2])[0]
        found = self._by_stem.get(name.rpartition(".")[2], ())
        return [p for p in found if f"/{_without_suffix(p)}".endswith(f"/{hint[:-1]}")]

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
                found[_without_suffix(path).rpartition("/")[2].rpartition(".")[2]].append(path)
        return found

    def _dotted(self, name: str) -> str:
        """Return the longest part of a dotted name that a tracked file has: ``a/b.``.

        Run from above the repository, names begin with folders that are not of it.
        """
        if name not in self._dots:
            words = name.partition("$")[0].split(".")
            count = len(words) if all(words) else 0
            spans = ((start, end) for start in range(count) for end in range(count, start, -1))
            hints = ("/".join(words[start:end]) + "." for start, end in spans)
            whole = "/".join(words)
            self._dots[name] = next((h for h in hints if self._is_module(h, whole)), "")
        return self._dots[name]

    def _is_module(self, hint: str, whole: str) -> bool:
        paths = self._candidates(hint)
        return bool(paths) and (
            whole.startswith(hint[:-1]) or any(f"{_without_suffix(p)}." == hint for p in paths)
        )

    @cached_property
    def _dots(self) -> dict[str, str]:
        return {}

    def _root(self, hints: set[str]) -> str | None:
        """Return the folder from which all *hints* lead to files, if it is the only one."""
        found: set[str] | None = None
        for hint in hints:
            length = len(hint.removesuffix("."))
            paths = self._candidates(hint)
            ends = [_without_suffix(p) if hint.endswith(".") else p for p in paths]
            roots = {path[: len(path) - length] for path in ends}
            found = roots if found is None else found & roots
        return next(iter(found)) if found is not None and len(found) == 1 else None

    def _file(self, hint: str, root: str | None, report: str) -> str | None:
        paths = self._candidates(hint)
        if root is not None:
            start = root + hint
            paths = [p for p in paths if p == start or f"{_without_suffix(p)}." == start]
        if len(paths) > 1 and (
            built := _BUILT.search(self._relative(report.rpartition("#")[0]) or report)
        ):
            module = (self._relative(report.rpartition("#")[0]) or report)[: built.start()]
            paths = [p for p in paths if p.startswith(f"{module}/")]
        return paths[0] if len(paths) == 1 else None

    # --- without one ------------------------------------------------------------------

    def _without_file(self, case: Case, hint: str) -> Located | None:
        names = (case.classname, *reversed(case.suites))
        if hint or case.file or any(map(_is_path, names)):
            return None
        found: tuple[str, str] | None = None
        if case.runner == "nextest-run":
            found = self._packages.of_cargo(case.classname, case.name)
        elif any("/" in name for name in names) or self._packages.has_go:
            found = self._packages.of_go(names, case.name)
        if found is not None:
            return Located(found[0], key_of(*found))
        return None if case.status or case.runner == "nextest-run" else self._by_title(_title(case))

    def _by_title(self, title: str) -> Located | None:
        key = key_of("", title)
        paths = self._titles.get(key, ())
        return Located(paths[0], key) if len(paths) == 1 else None

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        """The tests in scripts, by the titles around them and their own."""
        found = defaultdict[str, list[str]](list)
        for path in self._repository.files():
            for key in scripted(path, self._repository) if path.endswith(_SCRIPTS) else ():
                found[key].append(path)
        return found


def scripted(path: str, repository: Repository) -> list[str]:
    """Return the keys of the tests of a script; one that two tests have is there twice."""
    try:
        if not _CALLS.search(repository.read_bytes(path)):
            return []
        every = repository.symbols.definitions(path)
    except UnreadableFileError:
        return []
    tests = [d for d in every.definitions if d.is_test] if every is not None else []
    return [key_of(path, test.whole_name) for test in tests]


def _without_suffix(path: str) -> str:
    """Return *path* as names of modules spell it."""
    return posixpath.splitext(path)[0].replace(".", "/") if path.endswith(_DOTTED) else path


def _title(case: Case) -> str:
    """Return the titles around a case and its own, as its runner joins them."""
    around = [suite for suite in case.suites if not _is_path(suite)]
    own = "" if _is_path(case.classname) else case.classname
    if own and own != "test":
        return case.name if f"{case.name} ".startswith(f"{own} ") else f"{own} {case.name}"
    before = " ".join(around)
    if _is_path(case.classname) or (before and case.name.startswith(f"{before} ")):
        return case.name
    return f"{before} {case.name}"


def _is_path(text: str) -> bool:
    return text.endswith(_SCRIPTS)


def _in_file(case: Case, path: str) -> Located | None:
    """Return the test that *case* is in the file *path*."""
    if path.endswith(_SCRIPTS):
        return Located(path, key_of(path, _title(case)))
    stem = posixpath.splitext(posixpath.basename(path))[0]
    name, parameters = case.name, ""
    cut = re.search(r"[\[({]|\s\(", name)
    if cut is not None and cut.start():
        name, parameters = name[: cut.start()].strip(), name[cut.start() + 1 :].removesuffix("]")
    if path.endswith(_NATIVE):
        # `Instance/Suite/0`: only the suite's own name stands in the file.
        suites = [word for word in case.classname.split("/") if not word.isdigit()]
        suite = suites[-1] if suites else ""
        return Located(path, key_of(path, f"{suite} {case.name.partition('/')[0]}"))
    around = _around(re.split(r"[.$]", case.classname), stem, keep=not path.endswith(".py"))
    if not _LETTERS.match(name) and not name.startswith("_"):
        return None  # a display name, as Gradle has it for a parameter
    return Located(path, key_of(path, " ".join((*around, name))), parameters)


def _around(words: Sequence[str], stem: str, *, keep: bool) -> Sequence[str]:
    """Return the classes of a dotted name, whose module or outer class is *stem*."""
    last = stem.rpartition(".")[2]
    if last not in words:
        return [word for word in words if word]
    at = len(words) - 1 - list(reversed(words)).index(last)
    return words[at:] if keep else words[at + 1 :]
