"""The folder that is read: of ``conf.py``, or of a configuration in TOML, or the repository.

It is the one that is named, or the one that is found from here, and comes with what
``sphinx-build`` is given beside it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx_arco_parity.cli.console import WrongUsageError, from_here
from sphinx_arco_parity.cli.plain import loads_us, may_be_ours
from sphinx_arco_parity.extension.config import toml_for
from sphinx_arco_parity.repository.git import git_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How the documentation is built."""

    confdir: Path | None = None
    """The absolute folder of ``conf.py``; ``None``: that of the pages."""
    tags: tuple[str, ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()
    """Names of configuration values, each with the text that it is set to."""

    @property
    def may_load_us(self) -> bool:
        """Whether a ``conf.py`` that has nothing to do with us is meant nevertheless."""
        return self.confdir is not None or bool(self.overrides)


#: ``conf.py`` beside the pages, and as it stands.
USUAL = BuildOptions()


def asked(named: str | None, arguments: Namespace) -> tuple[Path, BuildOptions]:
    """Return the absolute folder of the pages, and how they are built.

    :param named: the folder, if the user names one.
    :raises WrongUsageError: if there is no such folder, or no ``conf.py``.
    """
    tags, overrides = tuple(arguments.tag), tuple(arguments.define)
    if arguments.conf_dir is None:
        docs = find_docs(named, adopting=bool(overrides))
        return docs, BuildOptions(tags=tags, overrides=overrides)
    confdir = Path(arguments.conf_dir)
    if not (confdir / "conf.py").is_file():
        raise WrongUsageError(
            f"there is no conf.py in {confdir}", help_text="name the folder of conf.py after -c"
        )
    if named is None:
        raise WrongUsageError(
            "with -c the folder of the pages is not known",
            help_text=f"name it, as in `arco-parity {arguments.command} docs -c {confdir}`",
        )
    if not Path(named).is_dir():
        raise WrongUsageError(f"there is no folder {named}")
    options = BuildOptions(confdir=confdir.resolve(), tags=tags, overrides=overrides)
    return Path(named).resolve(), options


#: Where documentation usually is, below the folder of a project.
_FOLDERS = (".", "docs", "doc", "docs/source", "doc/source", "documentation")


def find_docs(named: str | None, *, adopting: bool = False) -> Path:
    """Return the absolute folder of ``conf.py``, or else that of what is read without.

    Without a name ``conf.py`` is looked for here and in the usual folders below, then in
    those of each folder above, up to the one that holds ``.git``.  One that does not load
    us gives way to a configuration in TOML, and one that has nothing to do with us is passed
    over.

    :param adopting: do not pass it over, because we are to be added to it.
    :raises WrongUsageError: if no such folder is there.
    """
    if named is not None:
        return _named(Path(named), adopting=adopting)
    return found_from(Path.cwd(), adopting=adopting)


def found_from(here: Path, *, adopting: bool = False) -> Path:
    """Return the folder that is read for who stands in the absolute folder *here*."""
    toml = toml_for(here)
    for folder in _up(here):
        found = found_below(folder)
        if found is not None:
            conf = found / "conf.py"
            if loads_us(conf) if toml is not None else adopting or may_be_ours(conf):
                return found
    return toml.path.parent if toml else git_folder(here) or here


def _up(here: Path) -> Iterator[Path]:
    """Yield *here* and the folders above it, up to the one that holds ``.git``."""
    for folder in (here, *here.parents):
        yield folder
        if (folder / ".git").exists():
            return


def found_below(folder: Path) -> Path | None:
    """Return the first of the usual folders below *folder* that holds ``conf.py``."""
    for name in _FOLDERS:
        if (folder / name / "conf.py").is_file():
            return (folder / name).resolve()
    return None


def has_documentation(path: Path) -> bool:
    """Tell whether *path* is a ``conf.py`` or a folder with a configuration of its own."""
    toml = toml_for(path.resolve()) if path.is_dir() else None
    return (
        path.name == "conf.py"
        or (path / "conf.py").is_file()
        or (toml is not None and toml.path.parent == path.resolve())
    )


def _named(path: Path, *, adopting: bool) -> Path:
    if path.name == "conf.py" and path.is_file():
        path = path.parent
    if (path / "conf.py").is_file():
        return path.resolve()
    if path.is_file():
        return found_from(path.resolve().parent, adopting=adopting)
    if not path.is_dir():
        raise WrongUsageError(f"there is no folder {path}", help_text="name the folder of conf.py")
    path = path.resolve()
    for folder in _up(path):
        if (folder / "conf.py").is_file() and loads_us(folder / "conf.py"):
            return folder
    toml = toml_for(path)
    below = found_below(path)
    if below is not None and toml is None and (adopting or may_be_ours(below / "conf.py")):
        raise WrongUsageError(
            f"there is no conf.py in {from_here(path)}",
            help_text=f"did you mean {from_here(below)}?",
        )
    return toml.path.parent if toml else path
