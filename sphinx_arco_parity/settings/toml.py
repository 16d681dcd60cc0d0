"""The same options in TOML: ``arco-parity.toml``, or ``[tool.arco-parity]`` of ``pyproject.toml``.

Without the prefix ``parity_``.  :mod:`sphinx_arco_parity.extension.config` finds the file
and takes its values where ``conf.py`` has none.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx_arco_parity.settings.options import OPTIONS
from sphinx_arco_parity.text.words import nearest

#: The names of the files, in the order in which they are looked for in a folder.
OWN, SHARED = "arco-parity.toml", "pyproject.toml"
_NAMES = tuple(option.name for option in OPTIONS)
_TABLE = ("tool", "arco-parity")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OPTION = re.compile(rf"parity_(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\b")
_ASSIGNED = re.compile(rf"`{_OPTION.pattern} = (?P<value>[^`]{{1,500}})`")
_INDEXED = re.compile(_OPTION.pattern + r'\["(?P<key>\w+)"\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlConfig:
    """What one file says."""

    path: Path
    """Absolute."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Option, without prefix, to its value."""
    problems: tuple[tuple[str, str], ...] = ()
    """A key that is no option, or the file's name, and what is wrong with it."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Each key to its line."""


def find_toml(folders: Iterable[Path]) -> TomlConfig | None:
    """Return the configuration of the first of *folders* that has one.

    A ``pyproject.toml`` without ``[tool.arco-parity]``, or that is no TOML, has none.
    """
    for folder in folders:
        for name in (OWN, SHARED):
            try:
                text = (folder / name).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                if name == OWN and not isinstance(error, FileNotFoundError | NotADirectoryError):
                    return _unusable(folder / name, "cannot be read as text in UTF-8")
                continue
            found = read_toml(text, folder / name)
            if found is not None:
                return found
    return None


def read_toml(text: str, path: Path) -> TomlConfig | None:
    """Return what the *text* of the file at *path* says; ``None`` if it says nothing to us."""
    try:
        loaded: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not only what tomllib calls an error
        return _unusable(path, f"is no TOML: {error}") if path.name == OWN else None
    shared = path.name == SHARED
    for name in _TABLE if shared else ():
        loaded = loaded.get(name) if isinstance(loaded, dict) else None
    if not isinstance(loaded, dict):
        return None
    return TomlConfig(
        path=path,
        values={name: value for name, value in loaded.items() if name in _NAMES},
        problems=tuple((key, _unknown(key)) for key in loaded if key not in _NAMES),
        lines=_lines(text, _TABLE if shared else ()),
    )


def _unusable(path: Path, wrong: str) -> TomlConfig:
    return TomlConfig(path=path, problems=((path.name, wrong),))


def _unknown(key: str) -> str:
    bare = key.removeprefix("parity_").replace("-", "_")
    guess = bare if bare in _NAMES else nearest(bare, _NAMES)
    return f"is no option{f'; did you mean `{guess}`?' if guess else ''}"


def _lines(text: str, table: tuple[str, ...]) -> dict[str, int]:
    """Return the line on which each key of *table* first stands."""
    found: dict[str, int] = {}
    inside: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        key, is_set, _ = line.partition("=")
        if line.lstrip().startswith("[") and "]" in line:
            inside = whole = _parts(line.partition("]")[0].lstrip(" \t["))
        elif is_set:
            whole = (*inside, *_parts(key))
        else:
            continue
        if whole[: len(table)] == table and len(whole) > len(table):
            found.setdefault(whole[len(table)], number)
    return found


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in key.split("."))


def in_toml(text: str) -> str:
    """Return a message with the options that it names as TOML has them."""
    if "parity_" not in text:
        return text
    text = _ASSIGNED.sub(_assigned, text)
    text = _INDEXED.sub(r"\g<name>.\g<key>", text)
    return _OPTION.sub(r"\g<name>", text)


def _assigned(match: re.Match[str]) -> str:
    try:
        value = ast.literal_eval(match["value"].replace('"…"', "…").replace("…", '"…"'))
    except (ValueError, SyntaxError):
        return match[0]
    return f"`{', '.join(toml_lines(match['name'], value))}`"


def toml_lines(name: str, value: Any) -> list[str]:
    """Return the lines that set the option *name*; a mapping has one for each key."""
    if not isinstance(value, dict):
        return [f"{name} = {toml_value(value)}"]
    return [f"{name}.{toml_key(key)} = {toml_value(item)}" for key, item in value.items()]


def toml_key(key: str) -> str:
    """Return *key* as TOML writes it."""
    return key if _BARE.fullmatch(key) else toml_value(key)


def toml_value(value: Any) -> str:
    """Return a text, truth, number, list or mapping as TOML writes it on one line."""
    if isinstance(value, str):
        # What JSON escapes, TOML reads the same way; it takes no DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ", ".join(f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    return str(value)
