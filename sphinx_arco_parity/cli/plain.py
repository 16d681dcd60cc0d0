"""What is read where there is no Sphinx project: by configuration in TOML, or without any."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.cli.errors import CannotRunError
from sphinx_arco_parity.cli.listed_pages import SUFFIXES
from sphinx_arco_parity.cli.showing import from_here
from sphinx_arco_parity.extension.config import toml_for
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.git import git_folder
from sphinx_arco_parity.rules.tables import page_globs
from sphinx_arco_parity.text.patterns import matches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx_arco_parity.settings.toml import TomlConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What is to be read below a folder."""

    pages: tuple[str, ...]
    """Relative to the folder."""
    options: dict[str, Any] = field(default_factory=dict)
    """For Sphinx, with their prefixes."""


def is_plain(docs: Path) -> bool:
    """Tell whether *docs* is read without its ``conf.py``.

    That is: it has none, or one that does not load us beside a configuration in TOML.
    """
    conf = docs / "conf.py"
    if not conf.is_file():
        return True
    toml = toml_for(docs)
    if toml is None or toml.path.parent != docs:
        return False
    return not loads_us(conf)


def loads_us(conf: Path) -> bool:
    """Tell whether the ``conf.py`` at *conf* names us; also if it cannot be read."""
    try:
        return ConfText(conf.read_text(encoding="utf-8")).loads_us
    except (OSError, UnicodeDecodeError):
        return True


def plain(docs: Path, root: Path | None = None) -> Plain:
    """Return what is read of the plain files below *docs*.

    :param root: the repository; by default the one around *docs*.
    :raises CannotRunError: if there is nothing to read.
    """
    repository = Repository.open(root or git_folder(docs) or docs)
    toml = toml_for(docs)
    pages = _configured(toml, tracked_pages(repository, docs)) if toml else ()
    return Plain(pages=tuple(pages), options={"project": docs.name})


def tracked_pages(repository: Repository, folder: Path) -> list[str]:
    """Return the tracked pages below *folder*, relative to it."""
    below = folder.resolve().relative_to(repository.root).as_posix()
    prefix = "" if below == "." else f"{below}/"
    ends = tuple(SUFFIXES)
    return [
        path.removeprefix(prefix)
        for path in repository.files()
        if path.endswith(ends) and path.startswith(prefix)
    ]


def _configured(toml: TomlConfig, pages: Sequence[str]) -> list[str]:
    if not toml.values:
        wrong = "; ".join(f"{key} {what}" for key, what in toml.problems) or "sets nothing"
        raise CannotRunError(f"{from_here(toml.path)}: {wrong}")
    tables = toml.values.get("tables", {})
    lists = tables.values() if isinstance(tables, dict) else ()
    globs = [
        page_globs([g for g in some if isinstance(g, str)])
        for some in lists
        if isinstance(some, list)
    ]
    if not any(globs) and not toml.values.get("prose_files"):
        raise CannotRunError(
            f"{from_here(toml.path)} names nothing to read",
            help_text='set `tables.matrix = ["FEATURE_PARITY.md"]` there, say, or run '
            "`arco-parity init`",
        )
    return [
        page
        for page in pages
        if any(matches(page.rpartition(".")[0], patterns) for patterns in globs)
    ]
