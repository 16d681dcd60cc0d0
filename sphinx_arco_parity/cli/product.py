"""What a repository says of the product: its name, and the languages that it is written in."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError

#: A file at the root to what the language is called.
_LANGUAGES = {
    "Cargo.toml": ("rust",),
    "go.mod": ("go", "golang"),
    "package.json": ("typescript", "ts", "javascript", "js", "node", "nodejs"),
    "pyproject.toml": ("python", "py"),
    "setup.py": ("python", "py"),
    "pom.xml": ("java",),
    "build.gradle": ("java", "kotlin"),
    "build.gradle.kts": ("kotlin", "java"),
    "Package.swift": ("swift",),
    "mix.exs": ("elixir",),
    "build.zig": ("zig",),
    "composer.json": ("php",),
    "Gemfile": ("ruby",),
    "CMakeLists.txt": ("c++", "cpp", "c"),
}


def languages_of(repository: Repository) -> set[str]:
    """Return the names of the languages, by the files at the root."""
    return {
        name for file, names in _LANGUAGES.items() if repository.is_file(file) for name in names
    }


def product_of(repository: Repository) -> str:
    """Return the name of the product, as its package files say."""
    for path, keys in (
        ("pyproject.toml", (("project", "name"), ("tool", "poetry", "name"))),
        ("Cargo.toml", (("package", "name"),)),
        ("package.json", (("name",),)),
    ):
        loaded = _loaded(repository, path)
        for key in keys:
            value: Any = loaded
            for word in key:
                value = value.get(word) if isinstance(value, dict) else None
            if isinstance(value, str) and value:
                return value
    module = re.search(r"(?m)^module[ \t]+(\S+)", _text(repository, "go.mod"))
    words = module[1].split("/") if module else [""]
    return words[-2 if words[1:] and re.fullmatch(r"v\d+", words[-1]) else -1]


def _text(repository: Repository, path: str) -> str:
    try:
        return repository.read(path).text
    except UnreadableFileError:
        return ""


def _loaded(repository: Repository, path: str) -> Any:
    text = _text(repository, path)
    try:
        return json.loads(text) if path.endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
