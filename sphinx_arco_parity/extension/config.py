"""Options of ``conf.py``: registered, checked, and turned into :class:`.Settings`.

Also says where the repository is and how a file's path is written in records.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.repository.safe_path import refusal
from sphinx_arco_parity.settings.options import OPTIONS, Settings, read_settings
from sphinx_arco_parity.settings.toml import OWN, TomlConfig, find_toml
from sphinx_arco_parity.text.patterns import compile_glob

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Options that change what is read from a page; the others only change what is made of it.
_READING = frozenset(
    {"columns", "fields", "tables", "repository", "prose", "prose_pages", "aliases"}
    | {"product", "reference", "repository_url"}
)


_OURS = ("parity_", "intersphinx_")

#: Where `arco-parity history` writes, beside ``conf.py``.
HISTORY = "parity.history.json"


def register_options(app: Sphinx) -> None:
    """Register every option of :data:`.OPTIONS`; what is in TOML is the default here."""
    toml = toml_for(Path(app.confdir))
    values = _placed(toml, Path(app.srcdir), Path(app.confdir)) if toml else {}
    for option in OPTIONS:
        app.add_config_value(
            f"parity_{option.name}",
            values.get(option.name, option.default),
            "env" if option.name in _READING else "",
            # Sphinx's own check only prints a warning; ours is a finding with its place.
            types=Any,
        )


def toml_for(folder: Path) -> TomlConfig | None:
    """Return the configuration in TOML that is nearest to *folder*: in it, or above.

    No further up than the folder that holds ``.git``.
    """
    folders = [folder, *folder.parents]
    top = next((n for n, path in enumerate(folders) if (path / ".git").exists()), None)
    return find_toml(folders if top is None else folders[: top + 1])


def _placed(toml: TomlConfig, srcdir: Path, confdir: Path) -> dict[str, Any]:
    """Return the values of *toml* as ``conf.py`` would have them.

    In TOML, paths and patterns over pages are relative to the file.
    """
    values, folder = dict(toml.values), toml.path.parent
    for name in ("baseline", "lock", "repository"):
        if isinstance(values.get(name), str):
            values[name] = os.path.relpath(folder / values[name], confdir)
    between = Path(os.path.relpath(srcdir, folder)).parts
    if "prose_pages" in values:
        values["prose_pages"] = _below(between, values["prose_pages"])
    if isinstance(values.get("tables"), dict):
        tables = values["tables"].items()
        values["tables"] = {kind: _below(between, globs) for kind, globs in tables}
    return values


def _below(between: Sequence[str], globs: Any) -> Any:
    if not isinstance(globs, list):
        return globs
    return [_inside(between, glob) if isinstance(glob, str) else glob for glob in globs]


def _inside(between: Sequence[str], glob: str) -> str:
    """Return *glob* as seen from the folder to which *between* leads from where it holds."""
    mark, parts = "!" * glob.startswith("!"), glob.removeprefix("!").removeprefix("./").split("/")
    for number, name in enumerate(between):
        first = parts[0]
        if first == "**":
            break
        if len(parts) == 1 or not compile_glob(first).fullmatch(name):
            return mark + "/".join([".."] * (len(between) - number) + parts)
        parts = parts[1:]
    return mark + "/".join(parts)


@dataclass(frozen=True)
class Project:
    """One project's configuration and places; made once a build."""

    settings: Settings
    problems: tuple[tuple[str, str], ...]
    """Option, with its prefix, and what is wrong with its value."""
    srcdir: Path
    confdir: Path
    """Where the lock and its kin lie; see :func:`_exported`."""
    root: Path
    """The repository, resolved."""
    conf: Path
    """The ``conf.py`` that was read."""
    toml: TomlConfig | None = None
    """The same options in TOML, if there is a file."""

    @classmethod
    def of(cls, env: BuildEnvironment, confdir: Path) -> Project:
        """Return the project that *env* builds."""
        values = {option.name: env.config[f"parity_{option.name}"] for option in OPTIONS}
        settings, problems = read_settings(values)
        if not settings.product:
            settings = replace(settings, product=str(env.config.project))
        srcdir = Path(env.srcdir).resolve()
        read = Path(confdir).resolve()
        confdir, top = _exported(read, srcdir)
        root, wrong = _root(settings, srcdir, confdir, top)
        if wrong:
            problems.append(("parity_repository", wrong))
        toml = toml_for(read)
        problems += toml.problems if toml else ()
        conf = read / "conf.py"
        return cls(settings, tuple(problems), srcdir, confdir, root, conf, toml)

    def relative(self, path: str | os.PathLike[str]) -> str:
        """Return *path* relative to the repository; with ``..`` if it lies outside."""
        text = os.path.normpath(self.srcdir / path)
        if text not in self._relative:
            self._relative[text] = _relative(Path(text), self.root)
        return self._relative[text]

    def relative_source(self, source: str) -> str:
        """Return the path of a file as parsers name it: absolute, or from where we run."""
        text = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
        return self.relative(text)

    @cached_property
    def _relative(self) -> dict[str, str]:
        return {}

    def refusal(self, path: Path) -> str | None:
        """Return why a file of the project's own must not be read, if so."""
        return refusal(path, self.root, self.confdir)

    def absolute(self, path: str) -> str:
        """Return the place on disk of a *path* relative to the repository."""
        return os.path.normpath(self.root / PurePosixPath(path))

    @property
    def config_path(self) -> str:
        """``conf.py``, or else the file in TOML, relative to the repository."""
        if self.conf.is_file() and (self.config_lines or not self.toml):
            return self.relative(self.conf)
        return self.relative(self.toml.path if self.toml else self.confdir / OWN)

    @cached_property
    def config_lines(self) -> dict[str, int]:
        """Each option that ``conf.py`` sets, with its prefix, to its line."""
        return _assignments(self.conf)

    @cached_property
    def config_places(self) -> dict[str, Place]:
        """Each option that a file in TOML sets, with its prefix, and other keys, to its line."""
        if self.toml is None:
            return {}
        path = self.relative(self.toml.path)
        keys = [key for key, _ in self.toml.problems]
        return {
            key if key in keys else f"parity_{key}": Place(
                path=path, line=self.toml.lines.get(key, 1)
            )
            for key in (*self.toml.lines, *keys)
            if f"parity_{key}" not in self.config_lines
        }


def _relative(path: Path, root: Path) -> str:
    for candidate in (path, path.parent.resolve() / path.name):
        if candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    try:
        return PurePath(os.path.relpath(path, root)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def _exported(confdir: Path, srcdir: Path) -> tuple[Path, Path | None]:
    """Return where ``conf.py`` stands in the tree of the sources, and that tree's top.

    sphinx-multiversion builds each version from a tree of its own, without git, but with
    the newest ``conf.py``, and says in the environment where the version's own one is.
    """
    own = os.environ.get("SPHINX_MULTIVERSION_CONFDIR")
    if not own or not os.path.isdir(own):  # noqa: PTH112 - as below
        return confdir, None
    home = Path(own).resolve()
    folders = (confdir, *confdir.parents)
    depth = next((n for n, path in enumerate(folders) if (path / ".git").exists()), 0)
    top = (home, *home.parents)[min(depth, len(home.parents))]
    return (home, top) if srcdir.is_relative_to(top) else (confdir, None)


def _root(
    settings: Settings, srcdir: Path, confdir: Path, top: Path | None
) -> tuple[Path, str | None]:
    """Return the repository, and what is wrong with the option if it is."""
    wrong = None
    if settings.repository is not None:
        root = Path(os.path.realpath(confdir / settings.repository))
        if os.path.isdir(root):  # noqa: PTH112 - `Path.is_dir` fails on names too long
            return root, None
        wrong = f"names no folder: {settings.repository}"
    for folder in () if top else (srcdir, *srcdir.parents):
        if (folder / ".git").exists():
            return folder, wrong
    return top or srcdir, wrong


def _assignments(conf: Path) -> dict[str, int]:
    try:
        tree = ast.parse(conf.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        target.id: node.lineno
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.startswith(_OURS)
    }
