"""The folder of ``conf.py``: the one that is named, or the one that is found from here."""

from __future__ import annotations

from pathlib import Path

from sphinx_arco_parity.cli.errors import WrongUsageError

#: Where documentation usually is, below the folder of a project.
USUAL = (".", "docs", "doc", "docs/source", "doc/source", "documentation")


def find_docs(named: str | None) -> Path:
    """Return the absolute folder of ``conf.py``.

    Without a name it is looked for here and in the usual folders below, then in those of
    each folder above, up to the one that holds ``.git``.

    :raises WrongUsageError: if there is none.
    """
    if named is not None:
        return _named(Path(named))
    here = Path.cwd()
    for folder in (here, *here.parents):
        found = found_below(folder)
        if found is not None:
            return found
        if (folder / ".git").exists():
            break
    raise WrongUsageError(
        f"no conf.py is here, nor in {', '.join(USUAL[1:])}, nor in a folder above",
        help_text="name the folder of conf.py, as in `arco-parity check path/to/docs`",
    )


def found_below(folder: Path) -> Path | None:
    """Return the first of the usual folders below *folder* that holds ``conf.py``."""
    for name in USUAL:
        if (folder / name / "conf.py").is_file():
            return (folder / name).resolve()
    return None


def _named(path: Path) -> Path:
    if path.name == "conf.py" and path.is_file():
        path = path.parent
    if (path / "conf.py").is_file():
        return path.resolve()
    if not path.is_dir():
        raise WrongUsageError(f"there is no folder {path}", help_text="name the folder of conf.py")
    below = found_below(path)
    raise WrongUsageError(
        f"there is no conf.py in {path}",
        help_text=f"did you mean {path / below.relative_to(path.resolve())}?"
        if below is not None
        else "name the folder of conf.py",
    )
