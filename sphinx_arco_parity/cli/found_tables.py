"""Tables that are a register or a matrix already, found in the tracked pages.

Stricter than what ``parity_tables`` takes: nobody has said that these are ours.  Used by
``arco-parity init``, and by what reads a repository without configuration.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sphinx_arco_parity.cli.our_columns import (
    are_labels,
    evidence_columns,
    is_there,
    is_wordy,
    may_be_statuses,
    our_column,
    says_status,
)
from sphinx_arco_parity.cli.usual_words import legend, own_words, placed, sign_of
from sphinx_arco_parity.declarations.columns import (
    Columns,
    is_legend,
    is_tally,
    map_columns,
    recognise,
)
from sphinx_arco_parity.model.fields import declared_names, evidence_fields
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.settings.options import Settings, status_part
from sphinx_arco_parity.text.blocks import Heading, Outline, Table, read_blocks, split_row
from sphinx_arco_parity.text.blocks.tables import delimiter_width
from sphinx_arco_parity.text.words import is_empty, label_key, plain

_KINDS = ("exceptions", "matrix")

#: A table that has this many of these fields besides what it needs is one.
_TELLING = {
    "exceptions": (2, {"decision", "type", "revisit", "rationale"}),
    "matrix": (1, {"code", "tests", "ci", "proof-level", "exceptions"}),
}
#: What a page's name, title, heading or header speaks of where a table is one.
_SPEAKING = {
    "exceptions": re.compile(r"(?i)exception|diverge|deviation|difference"),
    "matrix": re.compile(
        r"(?i)parity|compatib|conforman|compliance|feature|support|coverage|diverge|deviation"
        r"|exception|capabilit|requirement|traceab|implementation status"
        r"|功能|能力|支持|兼容|对照|差异|機能|対応|互換|기능|지원|호환|функци|поддержк|совместим|паритет"
        r"|funktionsumfang|abweichung|fonctionnalit|compatibilit|funcionalidad|paridad"
    ),
}
_PATH = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)*")
_DATA = re.compile(r"(?:csv|list)-table|^[ \t]*\+[-=]|^[ \t]*=+[ \t]+=", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table that is a register or a matrix."""

    path: str
    """Of its file, relative to the repository."""
    line: int
    columns: Columns
    rows: tuple[tuple[str, ...], ...]
    """The texts of the cells."""

    def values(self, name: str) -> list[str]:
        """Return what stands in the column of field *name*, without markup; no empty cells."""
        at = self.columns.index(name)
        if at is None:
            return []
        cells = (plain(row[at]) for row in self.rows if at < len(row))
        return [cell for cell in cells if cell]


@dataclass(slots=True)
class FoundTables:
    """What the pages hold."""

    tables: list[FoundTable] = field(default_factory=list)
    legends: dict[str, str] = field(default_factory=dict)
    """A label to the status that a page's own legend says it means."""
    disputed: set[str] = field(default_factory=set)
    """Keys of labels of which legends say two things."""
    columns: dict[str, str] = field(default_factory=dict)
    """Headers of a matrix that only its cells tell to be a field, to that field."""
    doubtful: dict[str, list[str]] = field(default_factory=dict)
    """The place of a table to its headers of which each may be the status."""
    looked_at: int = 0
    """How many pages were looked through."""

    def pages(self, kind: str) -> list[str]:
        """Return the paths of the pages with a table of *kind*, in their order."""
        return list(dict.fromkeys(t.path for t in self.tables if t.columns.kind == kind))

    def fields(self, kind: str) -> set[str] | None:
        """Return the fields that every table of *kind* has; ``None`` if there is none."""
        declared = declared_names(kind)
        fields = [
            {str(name) for name in table.columns.fields if name in declared}
            for table in self.tables
            if table.columns.kind == kind
        ]
        return set.intersection(*fields) if fields else None

    def values(self, name: str) -> Counter[str]:
        """Return the words in the cells of field *name*, in their order, counted."""
        return Counter(value for table in self.tables for value in table.values(name))

    def is_filled(self, name: str) -> bool:
        """Tell whether every row of a matrix has field *name*; headings in the table aside."""
        return not any(
            is_empty(row[at]) and not placed(row[at]) and sum(map(bool, row)) > 1
            for table in self.tables
            if table.columns.kind == "matrix" and (at := table.columns.index(name)) is not None
            for row in table.rows
            if at < len(row)
        )

    @property
    def reference(self) -> str:
        """The word before ``Capability`` in a header, or nothing."""
        for table in self.tables:
            for header in table.columns.headers:
                words = header.split()
                if len(words) > 1 and words[-1].lower() == "capability":
                    return " ".join(words[:-1])
        return ""


def find_tables(repository: Repository, paths: Iterable[str]) -> FoundTables:
    """Look through the pages *paths* of the repository."""
    found = FoundTables()
    pages: list[tuple[str, Outline, list[str]]] = []
    for path in paths:
        found.looked_at += 1
        try:
            text = repository.read(path).text
        except UnreadableFileError:
            continue
        if _may_have(text, path):
            outline = read_blocks(text, path)
            if kinds := _kinds(found, outline, path, repository):
                pages.append((path, outline, kinds))
    _confirm(found, pages)
    tables = ((table.path, table.columns, table.rows) for table in _read(found, pages))
    found.columns |= evidence_columns(tables, repository)
    found.tables = list(_read(found, pages))
    for path, outline, _ in pages:
        _note_legend(found, outline, path)
    # A legend holds labels that only it places.
    placing = _Placing(statuses=found.legends)
    found.tables = [
        table
        for table in found.tables
        if not is_legend(table.columns, table.rows, placing)
        and not is_tally(table.columns, table.rows, placing)
    ]
    return found


def _confirm(found: FoundTables, pages: Sequence[tuple[str, Outline, list[str]]]) -> None:
    """Keep a header that names another field only if it holds statuses over all tables.

    It is mapped for all of them.
    """
    own = {word for _, outline, _ in pages for word in own_words(outline)}
    cells: dict[str, list[str]] = {}
    for table in _read(found, pages):
        if (at := table.columns.index("status")) is not None:
            cells.setdefault(plain(table.columns.headers[at]), []).extend(table.values("status"))
    found.columns = {
        header: field
        for header, field in found.columns.items()
        if map_columns([header], "matrix", Settings()).fields == (None,)
        or may_be_statuses(cells.get(header, ()), own)
    }


def _read(
    found: FoundTables, pages: Sequence[tuple[str, Outline, list[str]]]
) -> Iterator[FoundTable]:
    """Yield every table that is read of *pages*: a page is taken whole."""
    settings = _Placing(columns={"matrix": found.columns})
    for path, outline, kinds in pages:
        for table in outline.tables():
            rows = tuple(tuple(row.texts) for row in table.rows)
            columns = recognise([cell.text for cell in table.header], kinds, settings, rows)
            if columns and rows:
                yield FoundTable(path=path, line=table.line, columns=columns, rows=rows)


def _may_have(text: str, path: str) -> bool:
    """Tell quickly whether a page has a table that may be one of ours."""
    if path.endswith(".rst") or "list-table" in text or "csv-table" in text:
        return _DATA.search(text) is not None
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if "-" in line and "|" in line and number and delimiter_width(line.lstrip("> \t")):
            below = "".join(lines[number + 1 : number + 3])
            if _may_head(lines[number - 1].lstrip("> \t")) or any(map(placed, below.split("|"))):
                return True
    return False


@cache
def _may_head(line: str) -> bool:
    """Tell whether *line*, as many pages may have it, is the header of one of our tables."""
    headers = split_row(line).texts
    return recognise(headers, _KINDS, Settings()) is not None or any(map(says_status, headers))


def _kinds(found: FoundTables, outline: Outline, path: str, repository: Repository) -> list[str]:
    """Return the kinds of which a page has a table that is one for sure."""
    own = own_words(outline)
    tables = {table.line: table for table in outline.tables()}
    kinds = set()
    heading = title = ""
    for block in outline.walk():
        if isinstance(block, Heading):
            heading = block.text
            title = title or heading
        table = tables.pop(getattr(block, "line", 0), None)
        if table is not None:
            around = f"{path}\n{title}\n{heading}"
            kinds.add(_kind(found, table, path, around, repository, own))
    return [kind for kind in _KINDS if kind in kinds]


def _note_legend(found: FoundTables, outline: Outline, path: str) -> None:
    labels = {
        label_key(part)
        for table in found.tables
        if table.path == path
        for value in table.values("status")
        for part in (value, status_part(value), sign_of(value))
    }
    for label, status in legend(outline, labels):
        if found.legends.setdefault(label, status) != status:
            found.disputed.add(label_key(label))


def _kind(
    found_tables: FoundTables,
    table: Table,
    path: str,
    around: str,
    repository: Repository,
    own: Collection[str],
) -> str | None:
    """Return the kind of which *table* is one for sure.

    :param around: the path, the title of the page, and the heading above the table.
    """
    headers = [cell.text for cell in table.header]
    rows = tuple(tuple(row.texts) for row in table.rows)
    if not headers or not rows:
        return None
    columns = recognise(headers, _KINDS, Settings())
    if columns and columns.kind == "exceptions" and not _is_told(columns, around):
        columns = None  # a number and a capability are what any table may begin with
    is_ours = _SPEAKING["matrix"].search(f"{around}\n{' '.join(headers)}")
    if columns is None and (is_ours or any(map(says_status, headers))):
        columns = _by_its_cells(
            found_tables, headers, rows, f"{path}:{table.line}", repository, own
        )
    if columns is None:
        return None
    if columns.kind == "exceptions":
        return columns.kind
    found = FoundTable(path=path, line=table.line, columns=columns, rows=rows)
    first = next((name for name in columns.fields if name != "id"), None)
    # An index of decisions has the status of each.
    lists_decisions = first == "adrs" and not _is_told(columns, around)
    if is_legend(columns, rows, _PLACING) or lists_decisions:
        return None
    values = found.values("status")
    # Numbers, versions and badges measure something.
    has_words, has_statuses = any(map(is_wordy, values)), any(map(placed, values))
    if _cites(found, repository) or (_is_telling(columns) and (has_words or has_statuses)):
        return columns.kind
    has_labels = has_statuses or are_labels(values)
    return columns.kind if has_labels and _is_spoken(columns, around) else None


def _is_told(columns: Columns, around: str) -> bool:
    return _is_telling(columns) or _is_spoken(columns, around)


def _is_telling(columns: Columns) -> bool:
    """Tell whether so many of *columns* are of a kind of table that it is one."""
    least, telling = _TELLING[columns.kind]
    return sum(name in telling for name in columns.fields) >= least


def _is_spoken(columns: Columns, around: str) -> bool:
    """Tell whether what stands *around* the table, or its headers, speak of its kind."""
    spoken = f"{around}\n{' '.join(columns.headers)}"
    return _SPEAKING[columns.kind].search(spoken) is not None


def _by_its_cells(
    found: FoundTables,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    place: str,
    repository: Repository,
    own: Collection[str],
) -> Columns | None:
    """Return the columns of a matrix whose status only its cells tell, not its header."""
    candidates, ours = our_column(headers, rows, repository, own)
    if ours is None:
        if candidates:
            found.doubtful[place] = candidates
        return None
    settings = Settings(columns={"matrix": {ours: "status"}})
    columns = recognise(headers, ["matrix"], settings)
    if columns is not None:
        found.columns[ours] = "status"
    return columns


def _cites(table: FoundTable, repository: Repository) -> bool:
    """Tell whether *table* names a tracked file or folder, as evidence if it has such cells."""
    fields = table.columns.fields
    proof = {name for name, _ in evidence_fields(table.columns.kind)}
    places = [place for place, name in enumerate(fields) if name in proof] or range(len(fields))
    return any(
        ("/" in word or "." in word) and word not in {".", ".."} and is_there(word, repository)
        for row in table.rows
        for place in places
        for cell in row[place : place + 1]
        for word in _PATH.findall(cell)
    )


class _Placing(Settings):
    """Settings to which the usual words are known."""

    def status(self, label: str) -> str | None:
        """Return what *label* is mapped to, or usually means."""
        return super().status(label) or placed(label)


_PLACING = _Placing()
