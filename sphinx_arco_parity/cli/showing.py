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
        source_line=run.repository.line,
    )


def shown_path(run: Run) -> Callable[[str], str]:
    """Return what makes a path of the repository one from where the user stands."""
    return path_from(str(Path.cwd()), str(run.project.root))
