"""pytest's root folder and configuration, as pytest finds them, and what its paths lead to.

Called by :mod:`.pytest`.  Folders are relative to the repository; its root is empty, and
nothing above it is looked at.  Source of the rules: "Configuration" in pytest's documentation,
``Session.collect`` and ``pytest_ignore_collect`` of pytest 9.2, which it was tried against.
"""

from __future__ import annotations

import configparser
import fnmatch
import posixpath
import shlex
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SELECTED,
    TAKEN_AWAY,
    Selection,
    any_of,
    judged,
    missed,
    unknown,
)
from sphinx_arco_parity.repository.shell.commands import Word, join, upwards
from sphinx_arco_parity.repository.source import UnreadableFileError

_DEFAULTS: dict[str, list[str]] = {
    "python_files": ["test_*.py", "*_test.py"],
    "python_classes": ["Test"],
    "python_functions": ["test"],
    "norecursedirs": [
        "*.egg", ".*", "_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}",
    ],
    "testpaths": [],
    "addopts": [],
}  # fmt: skip
_NAMES = (
    "pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini",
    "setup.cfg",
)  # fmt: skip


_UNREADABLE = (
    UnreadableFileError, tomllib.TOMLDecodeError, configparser.Error, RecursionError,
)  # fmt: skip


class ConfigError(Exception):
    """pytest's configuration cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PytestConfig:
    """What pytest is configured to."""

    root: str
    """Its root folder."""
    values: dict[str, list[str]] = field(default_factory=dict)

    def get(self, name: str) -> list[str]:
        """Return the words of the setting *name*, or its default."""
        return self.values.get(name, _DEFAULTS[name])


def find_config(
    repository: Repository, invocation: str, places: Sequence[str], given: str | None
) -> PytestConfig:
    """Return the configuration for a run in *invocation*.

    *places* are the files and folders on the command line that are there, *given* is the
    file that ``-c`` names.

    :raises ConfigError: if it is broken.
    """
    if given is not None:
        return PytestConfig(root=posixpath.dirname(given), values=_load(repository, given) or {})
    folders = [p if repository.is_directory(p or ".") else posixpath.dirname(p) for p in places]
    ancestor = posixpath.commonpath(folders) if folders else invocation
    found = _locate(repository, [ancestor])
    if found is not None:
        return found
    for folder in upwards(ancestor):
        if repository.is_file(posixpath.join(folder, "setup.py")):
            return PytestConfig(root=folder)
    found = _locate(repository, folders) if folders != [ancestor] else None
    return found or PytestConfig(root=posixpath.commonpath([invocation, ancestor]))


def _locate(repository: Repository, folders: Sequence[str]) -> PytestConfig | None:
    project: str | None = None
    for start in folders:
        for folder in upwards(start):
            for name in _NAMES:
                path = posixpath.join(folder, name)
                if not repository.is_file(path):
                    continue
                if name == "pyproject.toml" and project is None:
                    project = folder
                values = _load(repository, path)
                if values is not None:
                    return PytestConfig(root=folder, values=values)
    return None if project is None else PytestConfig(root=project)


def _load(repository: Repository, path: str) -> dict[str, list[str]] | None:
    """Return the settings in the file *path*, ``None`` if it has nothing for pytest."""
    try:
        text, name = repository.read(path).text, posixpath.basename(path)
        is_toml = name.endswith(".toml")
        found = _from_toml(tomllib.loads(text), name) if is_toml else _from_ini(text, name)
    except _UNREADABLE as error:
        raise ConfigError(path) from error
    if found is None:
        return None
    return {name: _words(found[name]) for name in _DEFAULTS if name in found}


def _from_toml(data: dict[str, Any], name: str) -> dict[str, Any] | None:
    if name in {"pytest.toml", ".pytest.toml"}:
        table = data.get("pytest", {})
        return table if isinstance(table, dict) else {}
    tool = data.get("tool", {})
    table = tool.get("pytest") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        own = data.get("pytest") if name != "pyproject.toml" else None
        return own if isinstance(own, dict) else None
    ini = table.get("ini_options")
    return ini if isinstance(ini, dict) else table or None


def _from_ini(text: str, name: str) -> dict[str, Any] | None:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    section = "tool:pytest" if name.endswith(".cfg") else "pytest"
    if parser.has_section(section):
        return dict(parser.items(section))
    return {} if name in {"pytest.ini", ".pytest.ini"} else None


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    try:
        return shlex.split(str(value or ""), comments=False)
    except ValueError as error:
        raise ConfigError(str(value)) from error


def overridden(config: PytestConfig, settings: Sequence[str]) -> PytestConfig:
    """Return *config* with the ``name=value`` of ``-o`` put in.

    :raises ConfigError: if a value cannot be read.
    """
    pairs = (setting.partition("=") for setting in settings)
    given = {name: _words(text) for name, _, text in pairs if name in _DEFAULTS}
    return replace(config, values={**config.values, **given})


@dataclass(frozen=True, slots=True)
class Start:
    """Where pytest begins to collect."""

    path: str | None
    """A file or folder; ``None`` if it is not known or not there."""
    names: tuple[str, ...] = ()
    """After ``::``."""

    def is_below(self, other: Start) -> bool:
        """Tell whether *other* is a folder above this, which takes it in."""
        if self.path is None or other.path is None or self.path == other.path:
            return False
        return other.path in upwards(self.path)


def starts_of(words: Sequence[Word], folder: str, repository: Repository) -> list[Start]:
    """Return the places that *words* (paths and node ids), seen from *folder*, name."""
    found: list[Start] = []
    for word in words:
        if word.glob:  # what the shell makes of it
            pattern = None if "::" in word.text else join(folder, word.text.rstrip("/"))
            paths = [] if pattern is None else expand_glob(pattern, repository)
            if word.text.endswith("/"):
                paths = [path for path in paths if repository.is_directory(path)]
            found += [Start(path) for path in paths] or [Start(None)]
            continue
        text, *names = word.text.partition("[")[0].split("::")
        path = join(folder, text) if word.known else None
        there = path is not None and is_there(path, repository)
        found.append(Start(path if there else None, tuple(names)))
    return found


def is_there(path: str, repository: Repository) -> bool:
    """Tell whether *path*, empty for the root, is a file or a folder."""
    return not path or repository.is_file(path) or repository.is_directory(path)


def expand_glob(pattern: str, repository: Repository) -> list[str]:
    """Return the files and folders that match *pattern*, level by level."""
    levels = pattern.split("/")
    found: set[str] = set()
    for path in repository.files():
        parts = path.split("/")
        if len(parts) < len(levels):
            continue
        if all(
            fnmatch.fnmatchcase(part, glob) and (part[:1] != "." or glob[:1] == ".")
            for part, glob in zip(parts, levels, strict=False)
        ):
            found.add("/".join(parts[: len(levels)]))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Collection:
    """What a run collects."""

    starts: tuple[Start, ...]
    config: PytestConfig
    ignored: tuple[str | None, ...]
    """Paths of ``--ignore``; ``None`` for one that is not known."""
    ignored_globs: tuple[str | None, ...]
    """Patterns of ``--ignore-glob``, relative to the repository."""

    def collects(self, path: str, names: Sequence[str] | None) -> Selection:
        """Tell whether the file *path* and, in it, the test *names* are collected."""
        answer = any_of(self._from(start, path, names) for start in self.starts)
        apart = tuple(start for start in self.starts if not any(map(start.is_below, self.starts)))
        if apart == self.starts or answer == replace(self, starts=apart).collects(path, names):
            return answer
        return unknown("names a path inside another, which pytest 9 passes over")

    def _from(self, start: Start, path: str, names: Sequence[str] | None) -> Selection:
        if start.path is None:
            return unknown("has a path that is not in the repository")
        if start.path == path:
            known = tuple(names or ())
            if len(start.names) > len(known) and start.names[: len(known)] == known:
                return unknown("runs a part of it")
            taken = known[: len(start.names)] == start.names
            return judged(taken, f"runs only `{'::'.join(start.names)}` of the file")
        prefix = f"{start.path}/" if start.path else ""
        if not path.startswith(prefix):
            return missed(f"does not collect {path}", ELSEWHERE)
        return self._below(start.path, path)

    def _below(self, start: str, path: str) -> Selection:
        """Tell whether the walk from the folder *start* comes to *path*."""
        way = list(upwards(path))
        asked = {inner for s in self.starts if s.path is not None for inner in upwards(s.path)}
        for inner in reversed(way[: way.index(start)]):
            reason = None if inner in asked else self._ignores(inner, is_file=inner == path)
            if reason is not None:
                return reason
        if not any(_fits(pattern, path) for pattern in self.config.get("python_files")):
            shown = " ".join(self.config.get("python_files"))
            return missed(f"collects only files called {shown}")
        return SELECTED

    def _ignores(self, path: str, *, is_file: bool) -> Selection | None:
        if None in self.ignored or None in self.ignored_globs:
            return unknown("ignores paths that are not known")
        if path in self.ignored:
            return missed(f"ignores {path}", TAKEN_AWAY)
        for glob in self.ignored_globs:
            if fnmatch.fnmatch(path, glob or ""):
                return missed(f"ignores {path} (`{glob}`)", TAKEN_AWAY)
        if not is_file and any(_fits(p, path) for p in self.config.get("norecursedirs")):
            return missed(f"does not enter {path} (`norecursedirs`)")
        return None


def _fits(pattern: str, path: str) -> bool:
    if "/" not in pattern:
        return fnmatch.fnmatch(posixpath.basename(path), pattern)
    return fnmatch.fnmatch(f"/{path}", pattern if pattern.startswith("/") else f"*/{pattern}")
