"""What ``sphinx-build`` is given beside the folder of the pages: ``-c``, ``-t`` and ``-D``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.errors import WrongUsageError
from sphinx_arco_parity.cli.find_docs import find_docs

if TYPE_CHECKING:
    from argparse import Namespace


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
        return find_docs(named, adopting=bool(overrides)), BuildOptions(
            tags=tags, overrides=overrides
        )
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
