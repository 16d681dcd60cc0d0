"""Which columns of a matrix cite files, whatever their headers say.

``| Feature | Status | Artifacts |``: a column of which most cells name a file of the
repository is evidence.  A header is decided over all tables that have it, because the
configuration maps it for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.notation import parse_cell
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.text.words import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_arco_parity.cli.found_tables import FoundTable
    from sphinx_arco_parity.repository.files import Repository


def evidence_columns(tables: Iterable[FoundTable], repository: Repository) -> dict[str, str]:
    """Return the headers, of no field of ours, whose columns cite files, to ``evidence``."""
    cells: dict[str, list[str]] = {}
    for table in tables:
        if table.columns.kind == "matrix":
            for place, header in enumerate(table.columns.headers):
                if header and not table.columns.fields[place]:
                    texts = [row[place] for row in table.rows if place < len(row)]
                    cells.setdefault(header, []).extend(texts)
    return {header: "evidence" for header, texts in cells.items() if _cite(texts, repository)}


def _cite(texts: Sequence[str], repository: Repository) -> bool:
    """Tell whether most of the cells name paths, of which most are there."""
    filled = [text for text in texts if not is_empty(text)]
    named = [[piece.path for piece in parse_cell(text, "any").evidence] for text in filled]
    paths = [path for some in named for path in some if path]
    there = sum(is_there(path, repository) for path in paths)
    return 2 * sum(any(some) for some in named) >= len(filled) and 2 * there >= len(paths) > 0


def is_there(path: str, repository: Repository) -> bool:
    """Tell whether *path* is tracked, or the ending of one tracked file."""
    if repository.exists(path):
        return True
    return bool(extension(path.rpartition("/")[2])) and len(repository.ending_in(path)) == 1
