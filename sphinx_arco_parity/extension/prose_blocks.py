"""The running text of a page as blocks, for the reader of unmarked claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.cell_text import CellReader
    from sphinx_arco_parity.records import ProseClaim


def prose_claims(
    document: nodes.document, cells: CellReader, env: BuildEnvironment
) -> Iterator[ProseClaim]:
    """Yield the unmarked claims of a page, if they are looked for."""
    del document, env
    if cells.project.settings.prose:
        yield from ()
