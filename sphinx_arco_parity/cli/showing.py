"""How an assessment is shown to who stands here: paths, sources, colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.exports.presentation import Presentation, path_from

if TYPE_CHECKING:
    from sphinx_arco_parity.cli.running import Run


def presentation(
    run: Run, console: Console, *, strict: bool = False, to_file: bool = False
) -> Presentation:
    """Return how a report on *run* is shown; *to_file*: not on the terminal."""
    return Presentation(
        commit=run.commit,
        strict=strict,
        colour=console.colour and not to_file,
        width=100 if to_file else console.width,
        wrapped=console.out.isatty() and not to_file,
        shown_path=shown_path(run),
        url=url_of(run),
        source_line=run.repository.line,
    )


def url_of(run: Run) -> Callable[[str, int], str]:
    """Return what says where the site of the repository shows a line, if it has one."""
    settings = run.project.settings
    return lambda path, line: settings.file_url(path, line, run.commit)


def shown_path(run: Run) -> Callable[[str], str]:
    """Return what makes a path of the repository one from where the user stands."""
    return path_from(str(Path.cwd()), str(run.project.root))
