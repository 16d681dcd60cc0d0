"""Which columns of a matrix cite files, whatever their headers say.

``| Feature | Status | Artifacts |``: a column of which most cells name a file of the
repository is evidence.  So is a first column of files that the rows are about.  A header is
decided over all tables that have it, because the configuration maps it for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from posixpath import dirname

from sphinx_arco_parity.declarations.columns import Columns, map_columns
from sphinx_arco_parity.model.fields import MATRIX
from sphinx_arco_parity.notation import Home, parse_cell
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import is_empty

#: The share of the paths that must be there: a list of old files, or of another project's, has less.
_SHARE = 0.9
#: Words of headers that say it, though no header that is known does.
_SAYING = re.compile(
    r"根拠|证据|依据|代码位置|实现位置|实现文件|测试文件|근거|доказательств|(?i:evidence|nachweis|beleg|preuve|evid[eê]ncia)"
)


def evidence_columns(
    tables: Iterable[tuple[str, Columns, Sequence[Sequence[str]]]], repository: Repository
) -> dict[str, str]:
    """Return the headers, of no field of ours, whose columns cite files, to ``evidence``.

    :param tables: the path, the columns and the rows of each.
    """
    cells: dict[str, list[tuple[str, Home]]] = {}
    titles: set[str] = set()
    for path, columns, rows in tables:
        home = Home(dirname(path), "")
        for place, (header, field) in enumerate(zip(columns.headers, columns.fields, strict=True)):
            if columns.kind == MATRIX and header and field in {None, "capability"}:
                texts = [(row[place], home) for row in rows if place < len(row)]
                cells.setdefault(header, []).extend(texts)
                if field and not _may_be_title(columns.headers, place):
                    titles.add(header)
    return {
        header: "evidence"
        for header, texts in cells.items()
        if header not in titles and _cite(header, texts, repository)
    }


def _may_be_title(headers: Sequence[str], place: int) -> bool:
    """Tell whether the capability still is what it is when it is evidence as well."""
    settings = Settings(columns={MATRIX: {headers[place]: "evidence"}})
    return map_columns(headers, MATRIX, settings).index("capability") == place


def _cite(header: str, texts: Sequence[tuple[str, Home]], repository: Repository) -> bool:
    """Tell whether most of the cells name paths, nearly all of which are there.

    Where the header says as much, some that are there are enough.
    """
    filled = [(text, home) for text, home in texts if not is_empty(text)]
    named = [
        [piece.path for piece in parse_cell(text, "any", home=home).evidence]
        for text, home in filled
    ]
    paths = [path for some in named for path in some if path]
    there = sum(is_there(path, repository) for path in paths)
    if _SAYING.search(header):
        return there > 0
    is_usual = 2 * sum(any(some) for some in named) >= len(filled)
    return is_usual and there >= max(_SHARE * len(paths), 1)


def beyond_policy(
    tables: Iterable[tuple[str, Columns, Sequence[Sequence[str]]]], repository: Repository
) -> bool:
    """Tell whether evidence names files that the default policy takes for no proof, as of docs.

    :param tables: the path, the columns and the rows of each.
    """
    settings = Settings()
    return any(
        repository.is_file(piece.path) and not settings.is_canonical(piece.path, "code")
        for path, columns, rows in tables
        for place, field in enumerate(columns.fields)
        if field == "evidence"
        for row in rows
        if place < len(row)
        for piece in parse_cell(row[place], "any", home=Home(dirname(path), "")).evidence
        if piece.kind == "code"
    )


def is_there(path: str, repository: Repository) -> bool:
    """Tell whether *path* is tracked, or the ending of a tracked file."""
    if repository.exists(path):
        return True
    return bool(extension(path.rpartition("/")[2]) and repository.ending_in(path))
