"""Shell scripts of the repository, and the aliases of cargo.

Called by :mod:`.start`.
"""

from __future__ import annotations

import posixpath
import re
import shlex
import tomllib

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes.recipe import (
    Line,
    Recipe,
    UnreadableRecipeError,
    line_of,
)
from sphinx_arco_parity.repository.shell.commands import join, upwards
from sphinx_arco_parity.text.words import word_set

_SHELLS = re.compile(r"#!\s*(?:/usr)?(?:/local)?/bin/(?:env\s+(?:-S\s+)?)?(?:ba|da|z)?sh\b")
#: What a script does with its arguments that is not followed.
_ARGUMENTS = re.compile(r"\$(?:\{?[1-9#]|\{[@*]:)|(?m:^|[;&|\s])(?:shift|getopts)\b")
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
    return _script(words[0], words[1:], directory, repository, flags=flags)


def script(name: str, words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what the tracked file *name*, called with *words*, runs, if it is a shell script."""
    path = join(directory, name)
    if path is None or not repository.is_file(path):
        return None
    first = repository.read(path).text.partition("\n")[0]
    if not _SHELLS.match(first):
        return None
    return _script(name, words, directory, repository, flags=first)


def _script(
    name: str, words: list[str], directory: str, repository: Repository, *, flags: str
) -> Recipe | None:
    path = join(directory, name)
    if path is None or not repository.is_file(path):
        return None
    text = repository.read(path).text
    if _ARGUMENTS.search(text):
        raise UnreadableRecipeError(path)
    given = shlex.join(words)
    text = _ALL.sub(lambda _match: given, text)
    if re.search(r"\s-\w*e", flags) or flags in {"-e", "-ex"}:
        text = f"set -e; {text}"
    return Recipe(path=path, directory=directory, lines=(Line(text=text, line=1, many=True),))


def cargo(words: list[str], directory: str, repository: Repository) -> Recipe | None:
    """Return what an alias of ``.cargo/config.toml`` stands for, if *words* begin with one."""
    name = next((word for word in words if not word.startswith(("-", "+"))), "")
    for folder in () if not name or name in _BUILT_IN else upwards(directory):
        for file in ("config.toml", "config"):
            path = posixpath.join(folder, ".cargo", file)
            if not repository.is_file(path):
                continue
            text = repository.read(path).text
            alias = tomllib.loads(text).get("alias", {}).get(name)
            if isinstance(alias, list) and all(isinstance(word, str) for word in alias):
                alias = shlex.join(alias)
            if isinstance(alias, str):
                before, after = words[: words.index(name)], words[words.index(name) + 1 :]
                command = " ".join(
                    filter(None, ["cargo", shlex.join(before), alias, shlex.join(after)])
                )
                line = line_of(rf'^[ \t]*"?{re.escape(name)}"?\s*=', text)
                return Recipe(
                    path=path, directory=directory, lines=(Line(text=command, line=line),)
                )
    return None
