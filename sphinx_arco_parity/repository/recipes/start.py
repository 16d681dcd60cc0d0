"""Finds the recipe that a command starts.

Called by :mod:`sphinx_arco_parity.repository.workflows.steps`.
"""

from __future__ import annotations

import configparser
from collections.abc import Callable
from functools import partial

import yaml

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.justfile import just
from sphinx_arco_parity.repository.recipes.makefile import make
from sphinx_arco_parity.repository.recipes.noxfile import nox
from sphinx_arco_parity.repository.recipes.package_json import package_script
from sphinx_arco_parity.repository.recipes.python_projects import hatch, pdm, poe
from sphinx_arco_parity.repository.recipes.recipe import Recipe, UnreadableRecipeError
from sphinx_arco_parity.repository.recipes.scripts import cargo, script, shell
from sphinx_arco_parity.repository.recipes.taskfile import task
from sphinx_arco_parity.repository.recipes.tox import tox
from sphinx_arco_parity.repository.shell.commands import ShellCommand
from sphinx_arco_parity.repository.shell.wrappers import layers
from sphinx_arco_parity.repository.source import UnreadableFileError

_Reader = Callable[[list[str], str, Repository], Recipe | None]

_READERS: dict[str, _Reader]
_READERS = {
    "make": make, "gmake": make, "just": just, "tox": tox, "hatch": hatch, "pdm": pdm,
    "poe": poe, "nox": nox, "task": task, "go-task": task,
    "npm": partial(package_script, "npm"), "bun": partial(package_script, "bun"),
    **dict.fromkeys(("pnpm", "yarn"), partial(package_script, "pnpm")), "cargo": cargo,
    "sh": shell, "bash": shell, "zsh": shell, "dash": shell,
}  # fmt: skip

#: Besides what is said on purpose: files that are broken, and values of other types than the
#: tool itself would take.
_REFUSED = (UnreadableRecipeError, UnreadableFileError, RecursionError, TypeError, ValueError,
            AttributeError, configparser.Error, yaml.YAMLError)  # fmt: skip

#: Variables that change what is asked for.
_ASKED_BY = {"tox": "TOXENV", "nox": "NOXSESSION", "make": "MAKEFLAGS", "gmake": "MAKEFLAGS"}


def recipe_of(command: ShellCommand, repository: Repository) -> Recipe | None:
    """Return what *command* starts, ``None`` if it starts none that can be read whole."""
    for unwrapped in layers(command):
        inner = unwrapped.command
        name = inner.words[0].text.rsplit("/", 1)[-1]
        reader = _READERS.get(name)
        if reader is None and "/" in inner.words[0].text:
            reader = partial(script, inner.words[0].text)
        if reader is None:
            continue
        asked = _ASKED_BY.get(name)
        if asked and inner.variable(asked) != "":
            return None
        if not inner.known or not unwrapped.sure or inner.directory is None:
            return None
        words = [word.text for word in inner.words[1:]]
        try:
            found = reader(words, inner.directory, repository)
        except _REFUSED:
            return None
        if found is not None:
            return found
    return None
