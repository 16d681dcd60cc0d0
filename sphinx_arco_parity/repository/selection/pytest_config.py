"""pytest's root folder and configuration, as pytest finds them.

Called by :mod:`.pytest`.  Folders are relative to the repository; its root is empty, and
nothing above it is looked at.  Source of the rules: "Configuration" in pytest's
documentation, tried against pytest 9.2.
"""

from __future__ import annotations

import configparser
import posixpath
import shlex
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.shell.folders import upwards
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
    path: str | None = None
    """The file that configures it."""
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
        return PytestConfig(
            root=posixpath.dirname(given), path=given, values=_load(repository, given) or {}
        )
    folders = [p if repository.is_directory(p or ".") else posixpath.dirname(p) for p in places]
    ancestor = posixpath.commonpath(folders) if folders else invocation
    found = _locate(repository, [ancestor])
    if found is not None:
        return found
    for folder in upwards(ancestor):
        if repository.is_file(posixpath.join(folder, "setup.py")):
            return PytestConfig(root=folder)
    if folders != [ancestor]:
        found = _locate(repository, folders)
        if found is not None:
            return found
    return PytestConfig(root=posixpath.commonpath([invocation, ancestor]))


def _locate(repository: Repository, folders: Sequence[str]) -> PytestConfig | None:
    project: str | None = None
    for start in folders:
        for folder in upwards(start):
            for name in _NAMES:
                path = posixpath.join(folder, name)
                if not repository.is_file(path):
                    continue
                if name == "pyproject.toml" and project is None:
                    project = path
                values = _load(repository, path)
                if values is not None:
                    return PytestConfig(root=folder, path=path, values=values)
    if project is not None:
        return PytestConfig(root=posixpath.dirname(project), path=project)
    return None


def _load(repository: Repository, path: str) -> dict[str, list[str]] | None:
    """Return the settings in the file *path*, ``None`` if it has nothing for pytest."""
    try:
        text = repository.read(path).text
        if path.endswith(".toml"):
            found = _from_toml(tomllib.loads(text), posixpath.basename(path))
        else:
            found = _from_ini(text, posixpath.basename(path))
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
    if isinstance(ini, dict):
        return ini
    return table or None


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
    values = dict(config.values)
    for setting in settings:
        name, _, value = setting.partition("=")
        if name.strip() in _DEFAULTS:
            values[name.strip()] = _words(value)
    return PytestConfig(root=config.root, path=config.path, values=values)
