"""Scripts of ``package.json``: npm, pnpm, yarn and bun, and their workspaces.

Called by :func:`.recipe_of`.  Source of the rules: "scripts" in the documentation of npm.
"""

from __future__ import annotations

import json
import posixpath
import re
import shlex
from collections import deque
from dataclasses import replace

import yaml

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    below,
    first_file,
    known,
    line_of,
    parted,
    refuse_if,
    strings,
)
from sphinx_arco_parity.repository.shell.commands import join, upwards
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import word_set

#: Words of a program that are no scripts.
_OWN = word_set("""
    install i ci add remove rm exec dlx x create init publish pack link audit update outdated
    config cache version workspace workspaces info why set up upgrade import dedupe rebuild
    """)
_PROGRAMS = frozenset({"jest", "vitest", "mocha"})
_SHORT = {"t": "test", "tst": "test", "test": "test", "start": "start", "stop": "stop"}
_FOLDERS = word_set("--prefix -C --dir --cwd")
_FLAGS = word_set("-s --silent --if-present --reporter-hide-prefix --bun")


def package_script(
    own: str, words: list[str], directory: str, repository: Repository
) -> Recipe | None:
    """Return what *own*, ``npm``, ``pnpm`` (and ``yarn``) or ``bun``, with *words* runs.

    What is behind ``--`` goes to npm's script, a script's name needs no ``run`` for the others,
    and ``bun test`` is a runner of tests.
    """
    words, chosen = asked_of(words, own)
    rest, where = _options(words, directory)
    if rest[:1] in (["run"], ["run-script"]):
        rest = [word for at, word in enumerate(rest[1:]) if at or word not in _FLAGS]
    elif own != "bun" and rest and rest[0] in _SHORT:
        rest[0] = _SHORT[rest[0]]
    elif own == "npm" or not rest or rest[0] in _OWN or (own == "bun" and rest[0] == "test"):
        return None
    if not rest or rest[0].startswith("-"):
        return None
    given = _given(rest[1:], own)
    if chosen is None:
        return _script(rest[0], given, where, repository, own=own)
    found = [
        known(_script(rest[0], given, folder, repository, own=own))
        for folder in members(where, chosen, repository)
        if chosen or rest[0] in _package(folder, repository)[1]
    ]
    refuse_if(not found)
    lines = tuple(
        replace(line, path=recipe.path, directory=recipe.directory)
        for recipe in found
        for line in recipe.lines
    )
    return Recipe(path=found[0].path, directory=where, lines=lines)


def _options(words: list[str], directory: str) -> tuple[list[str], str]:
    """Return the words from the first that is no option on, and the folder that is asked for."""
    rest = list(words)
    while rest and rest[0].startswith("-"):
        option, equals, value = rest.pop(0).partition("=")
        if option in _FOLDERS:
            directory = below(directory, value if equals else rest.pop(0) if rest else "")
        else:
            refuse_if(option not in _FLAGS)
    return rest, directory


def _given(rest: list[str], own: str) -> list[str]:
    """Return the arguments for the script: all, or of npm's what is no option of its own."""
    if own != "npm":
        return rest[1:] if rest[:1] == ["--"] else rest
    before, after = parted(rest)
    refuse_if(any(word.startswith("-") and word not in _FLAGS for word in before))
    return [word for word in before if word not in _FLAGS] + after


def _package(directory: str, repository: Repository) -> tuple[str, dict[str, str]]:
    """Return the next ``package.json`` from *directory* upwards, and its scripts."""
    path = first_file(["package.json"], upwards(directory), repository)
    scripts: dict[str, str] = json.loads(repository.read(path).text).get("scripts", {})
    strings(list(scripts.values()))
    return path, scripts


def _script(
    name: str, given: list[str], folder: str, repository: Repository, *, own: str
) -> Recipe | None:
    path, scripts = _package(folder, repository)
    directory = posixpath.dirname(path)
    if name not in scripts:
        refuse_if(own == "npm")
        if name not in _PROGRAMS:
            return None  # the others may take it for a program
        program = Line(text=shlex.join([name, *given]), line=1)
        return Recipe(path=path, directory=directory, lines=(program,))
    text = repository.read(path).text
    start = text.find('"scripts"')
    lines = [
        Line(
            text=" ".join([scripts[part], *([shlex.join(given)] if part == name else [])]),
            line=line_of(rf"{re.escape(json.dumps(part))}\s*:", text, max(start, 0)),
        )
        for part in (f"pre{name}", name, f"post{name}")
        if part in scripts
    ]
    return Recipe(path=path, directory=directory, lines=tuple(lines))


_ONE = {"npm": {"-w", "--workspace"}, "pnpm": {"--filter", "-F"}}
_ALL = {"npm": {"-ws", "--workspaces"}, "pnpm": {"-r", "--recursive"}}


def asked_of(words: list[str], own: str) -> tuple[list[str], list[str] | None]:
    """Return *words* without those that choose packages, and the choice.

    ``None`` for the package that the folder is in, an empty list for all packages.
    """
    if words[:1] == ["workspace"] and len(words) > 2:
        return words[2:], words[1:2]
    chosen: list[str] | None = None
    before: list[str] = []
    pending = deque(words)
    while pending and pending[0] != "--":
        word = pending[0]
        if own != "npm" and word != "run" and not word.startswith("-"):
            break
        name, equals, value = pending.popleft().partition("=")
        if name in _ONE.get(own, ()):
            given = value if equals or not pending else pending.popleft()
            chosen = [*(chosen or []), given]
        elif name in _ALL.get(own, ()):
            chosen = chosen or []
        else:
            before.append(word)
    return [*before, *pending], chosen


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
        named = [f for f in found if _is(wanted, f, repository) or join(where, wanted) == f]
        refuse_if(not named or (len(named) != 1 and "*" not in wanted))
        picked += named
    return picked


def _globs(where: str, repository: Repository) -> list[str]:
    own = posixpath.join(where, "pnpm-workspace.yaml")
    path = own if repository.is_file(own) else posixpath.join(where, "package.json")
    text = repository.read(path).text
    data = yaml.safe_load(text) if path == own and "<<" not in text else json.loads(text)
    found = data.get("packages" if path == own else "workspaces")
    return strings(found.get("packages") if isinstance(found, dict) else found)


def _is(wanted: str, folder: str, repository: Repository) -> bool:
    """Tell whether the package in *folder* is called *wanted*, where ``*`` stands for any text."""
    try:
        name = json.loads(repository.read(f"{folder}/package.json").text).get("name")
    except (ValueError, RecursionError, AttributeError):
        return False
    pattern = re.escape(wanted).replace(r"\*", ".*")
    return isinstance(name, str) and re.fullmatch(pattern, name) is not None
