"""Tables that are a register or a matrix already, found by their headers.

Stricter than what ``parity_tables`` takes: nobody has said that these are ours.  Used by
``arco-parity init``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.declarations.columns import recognise
from sphinx_arco_parity.model.fields import declared_names
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.blocks import read_blocks
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import is_empty, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_arco_parity.declarations.columns import Columns
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.text.blocks import Table

#: Besides what every such table has, this many of these must be there.
_TELLING = {
    "exceptions": (2, {"decision", "type", "revisit", "rationale"}),
    "matrix": (1, {"code", "tests", "ci", "proof-level", "exceptions"}),
}
_SUFFIXES = (".md", ".rst", ".txt", ".markdown")


@dataclass(slots=True)
class FoundTables:
    """What the pages hold."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    """``exceptions`` and ``matrix`` to the names of pages."""
    fields: dict[str, set[str]] = field(default_factory=dict)
    """The fields that every table of a kind has."""
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    """A field to the words in its cells, in their order."""
    reference: str = ""
    """The word before ``Capability`` in a header."""


def find_tables(repository: Repository, docs: Path, excluded: Sequence[str]) -> FoundTables:
    """Look through the pages below *docs*.

    :param excluded: patterns over paths relative to *docs*.
    """
    found = FoundTables()
    for path in sorted(_pages(docs, excluded)):
        try:
            whole = (docs / path).relative_to(repository.root).as_posix()
            text = repository.read(whole).text
        except (UnreadableFileError, ValueError):
            continue
        for table in read_blocks(text, path).tables():
            _note(found, table, path.rpartition(".")[0])
    return found


def _pages(docs: Path, excluded: Sequence[str]) -> Iterator[str]:
    for file in docs.rglob("*"):
        path = file.relative_to(docs).as_posix()
        hidden = any(part.startswith(("_", ".")) for part in path.split("/"))
        if file.suffix in _SUFFIXES and not hidden and file.is_file():
            parents = [path, *(p.as_posix() for p in Path(path).parents)]
            if not any(matches(parent, excluded) for parent in parents):
                yield path


def _note(found: FoundTables, table: Table, docname: str) -> None:
    headers = [cell.text for cell in table.header]
    columns = recognise(headers, ["exceptions", "matrix"], Settings())
    if columns is None or not table.rows or not _is_telling(columns):
        return
    pages = found.pages.setdefault(columns.kind, [])
    if docname not in pages:
        pages.append(docname)
    here = {name for name in columns.fields if name in declared_names(columns.kind)}
    there = found.fields.get(columns.kind)
    names = {str(name) for name in here}
    found.fields[columns.kind] = names if there is None else there & names
    _note_values(found, table, columns)
    if not found.reference:
        found.reference = _reference(headers)


def _is_telling(columns: Columns) -> bool:
    least, telling = _TELLING[columns.kind]
    return sum(name in telling for name in columns.fields) >= least


def _note_values(found: FoundTables, table: Table, columns: Columns) -> None:
    for name in ("status", "type", "proof-level", "revisit"):
        at = columns.index(name)
        for row in table.rows if at is not None else ():
            cells = row.texts
            text = plain(cells[at]) if at is not None and at < len(cells) else ""
            if not is_empty(text):
                found.values.setdefault(name, {})[text] = None


def _reference(headers: Sequence[str]) -> str:
    for header in map(plain, headers):
        words = header.split()
        if len(words) > 1 and words[-1].lower() == "capability":
            return " ".join(words[:-1])
    return ""
