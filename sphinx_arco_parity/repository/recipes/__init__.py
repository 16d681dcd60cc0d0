"""What a command runs that starts a recipe of the repository: make, just, tox, hatch, pdm.

:func:`recipe_of` is called for each command of a step.  A recipe that cannot be read
whole is ``None``: the command then stays what it is, and may run anything.  Shell scripts
and aliases of cargo are read here, the others by the modules of this room.
"""

from __future__ import annotations

import configparser
import posixpath
import re
import shlex
import tomllib
from collections.abc import Callable
from functools import partial

import yaml

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.makefile import make
from sphinx_arco_parity.repository.recipes.noxfile import nox
from sphinx_arco_parity.repository.recipes.package_json import package_script
from sphinx_arco_parity.repository.recipes.python_projects import hatch, pdm, poe
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    line_of,
    refuse_if,
)
from sphinx_arco_parity.repository.recipes.task_files import just, task
from sphinx_arco_parity.repository.recipes.tox import tox
from sphinx_arco_parity.repository.shell.commands import ShellCommand, join, upwards
from sphinx_arco_parity.repository.shell.wrappers import layers
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.text.words import word_set

_SHELLS = re.compile(r"#!\s*(?:/usr)?(?:/local)?/bin/(?:env\s+(?:-S\s+)?)?(?:ba|da|z)?sh\b")
#: What a script does with its arguments that is not followed.
_ARGUMENTS = re.compile(r"\$(?:\{?[1-9#]|\{[@*]:)|(?m:^|[;&|\s])(?:shift|getopts)\b")
_ONE = re.compile(r"\$(?:([1-9])|\{([1-9])(?::?-([\w./-]*))?\})(?!\w)")
#: Where a number is another argument, or no argument: functions, and text in single quotes.
_MOVED = re.compile(r"\bshift\b|\bset --|\(\)|\bfunction\b|'[^'\n]*\$[^'\n]*'")
_ALL = re.compile(r'"\$(?:@|\{@\})"|\$(?:@|\{@\}|\*)')


#: Commands of cargo, which no alias replaces.
_BUILT_IN = word_set("""
    add bench build check clean clippy doc fetch fix fmt generate-lockfile init install
    locate-project login metadata miri new owner package pkgid publish remove report run rustc
    rustdoc search test tree uninstall update vendor verify-project version yank
    """)


def shell(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what ``bash FILE`` with *words* behind the shell runs, if that is a script."""
    flags = words[0] if words[:1] in (["-e"], ["-x"], ["-ex"]) else ""
    words = words[bool(flags) :]
    if not words or words[0].startswith("-"):
        return None
    return script(words[0], words[1:], directory, repository, flags)


def script(
    name: str, words: list[str], directory: str, repository: Repository, flags: str | None = None
) -> Recipe | None:
    """Return what the tracked file *name* runs, given *words*, if it is a shell script.

    It is one if a shell is started with it, with *flags*, or if its first line names a shell.
    """
    path = join(directory, name)
    if path is None or not repository.is_file(path):
        return None
    text = repository.read(path).text
    if flags is None:
        flags = text.partition("\n")[0]
        if not _SHELLS.match(flags):
            return None
    if not _MOVED.search(text):
        text = _ONE.sub(lambda found: _argument(found, words), text)
    refuse_if(_ARGUMENTS.search(text))
    given = shlex.join(words)
    text = _ALL.sub(lambda _match: given, text)
    if re.search(r"\s-\w*e", flags) or flags in {"-e", "-ex"}:
        text = f"set -e; {text}"
    return Recipe(path=path, directory=directory, lines=(Line(text=text, line=1, many=True),))


def _argument(found: re.Match[str], words: list[str]) -> str:
    """Return the argument that a script names by its number, or what stands for it."""
    number = int(found[1] or found[2]) - 1
    word = words[number] if number < len(words) else found[3] or ""
    return word if re.fullmatch(r"[\w./-]*", word) else found[0]


def cargo(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what an alias of ``.cargo/config.toml`` stands for, if *words* begin with one."""
    name = next((word for word in words if not word.startswith(("-", "+"))), "")
    folders = () if not name or name in _BUILT_IN else upwards(directory)
    names = (".cargo/config.toml", ".cargo/config")
    paths = (posixpath.join(folder, file) for folder in folders for file in names)
    for path in filter(repository.is_file, paths):
        text = repository.read(path).text
        alias = tomllib.loads(text).get("alias", {}).get(name)
        if isinstance(alias, list) and all(isinstance(word, str) for word in alias):
            alias = shlex.join(alias)
        if isinstance(alias, str):
            before, after = words[: words.index(name)], words[words.index(name) + 1 :]
            parts = ("cargo", shlex.join(before), alias, shlex.join(after))
            number = line_of(rf'^[ \t]*"?{re.escape(name)}"?\s*=', text)
            line = Line(text=" ".join(filter(None, parts)), line=number)
            return Recipe(path=path, directory=directory, lines=(line,))
    return None


_Reader = Callable[[list[str], str, Repository], Recipe | None]

_READERS: dict[str, _Reader] = {
    "make": make, "gmake": make, "just": just, "tox": tox, "hatch": hatch, "pdm": pdm,
    "poe": poe, "nox": nox, "task": task, "go-task": task,
    "npm": partial(package_script, "npm"), "bun": partial(package_script, "bun"),
    **dict.fromkeys(("pnpm", "yarn"), partial(package_script, "pnpm")), "cargo": cargo,
    "sh": shell, "bash": shell, "zsh": shell, "dash": shell,
}  # fmt: skip

__all__ = ["Line", "Recipe", "recipe_of"]

#: Besides what is said on purpose: files that are broken, and values of other types than the
#: tool itself would take.
_REFUSED = (UnreadableRecipeError, UnreadableFileError, RecursionError, TypeError, ValueError,
            AttributeError, LookupError, configparser.Error, yaml.YAMLError)  # fmt: skip

#: Variables that change what is asked for.
_ASKED_BY = {"nox": "NOXSESSION", "make": "MAKEFLAGS", "gmake": "MAKEFLAGS"}


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
            words = _with_environments(words, inner) if name == "tox" else words
            found = reader(words, inner.directory, repository)
        except _REFUSED:
            return None
        if found is not None:
            return found
    return None


def _with_environments(words: list[str], command: ShellCommand) -> list[str]:
    """Return *words* of tox with the environments that a variable asks for.

    :raises UnreadableRecipeError: if that is not known.
    """
    asked = command.variable("TOX_ENV")
    asked = command.variable("TOXENV") if asked == "" else asked
    at = words.index("--") if "--" in words else len(words)
    if asked == "" or "-e" in words[:at]:  # what is said in the command holds
        return words
    if asked is None:
        raise UnreadableRecipeError("TOXENV")
    return [*words[:at], "-e", asked, *words[at:]]
