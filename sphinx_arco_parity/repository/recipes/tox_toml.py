"""Environments of tox that are written in TOML: ``tox.toml`` and ``[tool.tox]``.

Called by :mod:`.tox`.  Source of the rules: "Configuration" of tox (4).
"""

from __future__ import annotations

import re
import shlex
import tomllib
from typing import Any

from sphinx_arco_parity.repository.recipes.recipe import Line, UnreadableRecipeError

#: What an environment may say that changes where or whether its commands run.
_LIMITS = frozenset({"change_dir", "platform", "base", "ignore_outcome", "commands_pre"})


def read(text: str, *, tool: bool) -> dict[str, Any]:
    """Return the configuration in *text*, of ``pyproject.toml`` if *tool*; empty if it has none."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise UnreadableRecipeError("TOML") from None
    found = data.get("tool", {}).get("tox", {}) if tool else data
    return found if isinstance(found, dict) else {}


def listed(data: dict[str, Any]) -> list[str]:
    """Return the environments that run where none is asked for."""
    names = data.get("env_list", ["py"])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UnreadableRecipeError("env_list")
    return names


def lines(name: str, data: dict[str, Any], text: str, posargs: list[str]) -> list[Line]:
    """Return the commands of the environment *name*."""
    own, base = data.get("env", {}).get(name), data.get("env_run_base", {})
    if own is None and not re.fullmatch(r"(?:py|pypy|python)?[\d.]*t?", name):
        raise UnreadableRecipeError(name)
    both = {**base, **(own or {})}
    if _LIMITS & both.keys() or "ADDOPTS" in text:
        raise UnreadableRecipeError(name)
    header = f"[env.{name}]" if own and "commands" in own else "[env_run_base]"
    start = next(
        (n for n, line in enumerate(text.split("\n"), 1) if line.strip().endswith(header[1:])), 1
    )
    return [_line(command, start, posargs) for command in both.get("commands", [])]


def _line(command: Any, start: int, posargs: list[str]) -> Line:
    words: list[str] = []
    for part in command if isinstance(command, list) else [None]:
        if isinstance(part, dict) and part.get("replace") == "posargs" and part.get("extend"):
            words += posargs or part.get("default", [])
        elif isinstance(part, str):
            words.append(part)
        else:
            raise UnreadableRecipeError(command)
    ignored = words[:1] == ["-"]
    text = shlex.join(words[ignored:])
    # Folders of tox are values of options; what runs is plain.
    if not all(isinstance(word, str) for word in words) or re.match(r"'?\{", text):
        raise UnreadableRecipeError(command)
    return Line(text=text, line=start, ignored=ignored)
