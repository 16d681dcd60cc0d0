"""Packages of a workspace of npm, pnpm or yarn, and which of them a command is for.

Called by :mod:`.package_json`.
"""

from __future__ import annotations

import json
import posixpath
from typing import Any

import yaml

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import UnreadableRecipeError
from sphinx_arco_parity.repository.shell.folders import join
from sphinx_arco_parity.text.patterns import matches

_ONE = {"npm": {"-w", "--workspace"}, "pnpm": {"--filter", "-F"}}
_ALL = {"npm": {"-ws", "--workspaces"}, "pnpm": {"-r", "--recursive"}}


def asked_of(words: list[str], own: str) -> tuple[list[str], list[str] | None]:
    """Return *words* without those that choose packages, and the choice.

    ``None`` for the package that the folder is in, an empty list for all packages.
    """
    chosen: list[str] | None = None
    rest: list[str] = []
    at = 0
    if words[:1] == ["workspace"] and len(words) > 2:
        return words[2:], words[1:2]
    while at < len(words) and words[at] != "--" and (own == "npm" or words[at].startswith("-")):
        name, equals, value = words[at].partition("=")
        at += 1
        if name in _ONE.get(own, ()):
            given = value if equals else "".join(words[at : at + 1])
            at += not equals
            chosen = [*(chosen or []), given]
        elif name in _ALL.get(own, ()):
            chosen = chosen or []
        else:
            rest.append(words[at - 1])
    return [*rest, *words[at:]], chosen


def members(where: str, chosen: list[str], repository: Repository) -> list[str]:
    """Return the folders of the packages *chosen*, of the workspace in the folder *where*."""
    globs = [glob.removeprefix("./").rstrip("/") for glob in _globs(where, repository)]
    start = f"{where}/" if where else ""
    packages = (p.removeprefix(start) for p in repository.files() if p.startswith(start))
    folders = [posixpath.dirname(p) for p in packages if p.endswith("/package.json")]
    found = {start + folder: folder for folder in folders if matches(folder, globs)}
    if not chosen:
        return list(found)
    picked = []
    for wanted in chosen:
        named = [f for f in found if wanted == _name(f, repository) or join(where, wanted) == f]
        if len(named) != 1:
            raise UnreadableRecipeError(wanted)
        picked += named
    return picked


def _globs(where: str, repository: Repository) -> list[str]:
    own = posixpath.join(where, "pnpm-workspace.yaml")
    path = own if repository.is_file(own) else posixpath.join(where, "package.json")
    text = repository.read(path).text
    try:
        data = yaml.safe_load(text) if path == own and "<<" not in text else json.loads(text)
        found = data.get("packages" if path == own else "workspaces")
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError):
        raise UnreadableRecipeError(path) from None
    found = found.get("packages") if isinstance(found, dict) else found
    if not isinstance(found, list) or not all(isinstance(glob, str) for glob in found):
        raise UnreadableRecipeError(path)
    return found


def _name(folder: str, repository: Repository) -> Any:
    try:
        return json.loads(repository.read(f"{folder}/package.json").text).get("name")
    except (ValueError, RecursionError, AttributeError):
        return None
