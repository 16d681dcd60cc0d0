"""Finds the ADRs of a repository and the tables that list them, and reads them.

Called once in a build, by the room that assesses the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import basename, dirname, splitext

from sphinx_arco_parity.model.records import Adr, AdrIndexEntry, Place
from sphinx_arco_parity.repository.adrs import names
from sphinx_arco_parity.repository.adrs.in_force import resolve_adr, status_word
from sphinx_arco_parity.repository.adrs.outline import Heading, Outline, read_outline, visible
from sphinx_arco_parity.repository.adrs.status import StatusText, cleaned, find_status
from sphinx_arco_parity.repository.source import SourceFiles
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.blocks import Table, read_blocks
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import header_key, is_empty, plain, word_set

_STATUS_HEADERS = frozenset({"status", "state", "adr status", "current status"})
_NUMBER_HEADERS = frozenset({"#", "adr", "number", "no", "nr", "num", "id", "adr number",
                             "adr no", "adr id", "n", "nummer"})  # fmt: skip
_SUBJECT_HEADERS = word_set("adr title decision record name subject topic file link document")
_WHOLE = re.compile(
    r"\W*adr[-_ #:]*(?:[A-Z]{1,5}-?)?\d+[a-z]?\W*|\W*\[[^\[\]]*\]\([^()]*\)\W*|`[^`]*`_*",
    re.IGNORECASE,
)
_OTHER_ADRS = ("supersede", "supercede", "replace", "related", "depend", "amend", "link to")


def index_entries(path: str, text: str, adrs: Sequence[Adr]) -> Iterator[AdrIndexEntry]:
    """Give the rows of the tables of *text* that list *adrs* with a status.

    :param path: of the README, relative to the repository; numbers are looked for among
        the ADRs of its folder and of those below.
    """
    folder = dirname(path)
    near = [adr for adr in adrs if not folder or adr.path.startswith(folder + "/")]
    known = {names.number_key(adr.number) for adr in near}
    for table in read_blocks(text, path).tables():
        entries = list(_entries(path, table))
        listed = [entry for entry in entries if names.number_key(entry.number) in known]
        # A table of something else may have a column of numbers and one of statuses.
        if 2 * len(listed) >= len(entries):
            yield from listed


def _entries(path: str, table: Table) -> Iterator[AdrIndexEntry]:
    headers = [header_key(visible(cell.text)) for cell in table.header]
    status = next((i for i, key in enumerate(headers) if key in _STATUS_HEADERS), None)
    if status is None:
        return
    for row in table.rows:
        cells = [visible(text) for text in row.texts]
        number = _number(headers, cells)
        if number and status < len(cells) and not is_empty(cells[status]):
            text = cleaned(cells[status])
            yield AdrIndexEntry(number=number, status=text, place=Place(path=path, line=row.line))


def _number(headers: list[str], cells: Sequence[str]) -> str | None:
    """Return the number of the ADR that a row is about, from its first cell with one."""
    titled = bool(_SUBJECT_HEADERS & set(headers))
    for header, cell in zip(headers, cells, strict=False):
        if header in _STATUS_HEADERS or header.startswith(_OTHER_ADRS):
            continue
        bare = plain(cell)
        if titled and header in _NUMBER_HEADERS and bare.isdigit():
            return bare
        told = header in _NUMBER_HEADERS | _SUBJECT_HEADERS
        # In a column of another name only a cell that is a reference counts.
        cited = names.cited_numbers(cell) if told or _WHOLE.fullmatch(cell) else []
        if cited:
            return cited[0]
        if header in _SUBJECT_HEADERS and (number := names.title_number(bare)):
            return number
    return None


_Read = tuple[Adr, StatusText]


_ADR_HEADING = re.compile(r"\W*adr", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adrs:
    """The ADRs of a repository and the tables that list them, by path and line."""

    adrs: tuple[Adr, ...] = ()
    index: tuple[AdrIndexEntry, ...] = ()


def read_adrs(repository: SourceFiles, settings: Settings) -> Adrs:
    """Read the ADRs among the tracked files that the policy's ``adr`` globs give.

    A file that cannot be read is an ADR without a status, if its name has a number:
    what cites it is not wrong for that.
    """
    globs = settings.evidence.get("adr", ())
    files = sorted(path for path in repository.files() if path.lower().endswith(names.SUFFIXES))
    candidates = [path for path in files if matches(path, globs)]
    read = [record for path in _records(candidates) for record in _read_file(repository, path)]
    numbers = {names.number_key(adr.number) for adr, _ in read if not adr.is_entry}
    # An entry of a list may have a file of its own.
    adrs = _joined(
        [r for r in read if not r[0].is_entry or names.number_key(r[0].number) not in numbers]
    )
    return Adrs(adrs=adrs, index=tuple(_index(repository, files, globs, adrs)))


def _records(candidates: Sequence[str]) -> list[str]:
    """Return the files that may hold ADRs, one of each folder that is a record.

    A folder that has a number is a record by its README, or else its index; but one in
    which files have numbers is a category.  Values beside a text belong to it.
    """
    texts = {_bare(path) for path in candidates if not path.lower().endswith(names.VALUES)}
    numbered = {names.home_of(path) for path in candidates if names.file_number(path)}
    homes: dict[str, str] = {}
    for path in candidates:
        if _is_home(path):
            best = homes.setdefault(dirname(path), path)
            homes[dirname(path)] = min(
                best, path, key=lambda home: (names.HOME_STEMS.index(basename(_bare(home))), home)
            )
    return [
        path
        for path in candidates
        if not (path.lower().endswith(names.VALUES) and _bare(path) in texts)
        and (
            (homes[dirname(path)] == path and dirname(path) not in numbered)
            if _is_home(path)
            else names.is_index(path) or not names.is_other(path)
        )
    ]


def _bare(path: str) -> str:
    return splitext(path)[0].lower()


def _is_home(path: str) -> bool:
    return names.home_of(path) != dirname(path)


def _read_file(repository: SourceFiles, path: str) -> list[_Read]:
    """Return the ADR that the file at *path* is, or those that its sections are."""
    outline = read_outline(repository.text(path) or "", path)
    entries = [] if names.file_number(path) else _section_entries(outline, path)
    if entries or (names.is_index(path) and not _is_home(path)):
        return entries
    said = find_status(outline)
    front = next(iter(outline.front.get("title", ())), "")
    title = outline.headings[0].text if outline.headings else front
    if names.file_number(path) is None and not said.status:
        # A name that begins with letters and a number, or a date, is a record's.
        stem = names.stem_of(path)
        if not (names.label_of(stem) or names.record_date(stem)) or path.lower().endswith(
            names.VALUES
        ):
            return []
    keys = ("number", "adr", "id", "adr id", "adr number")
    texts = (text.strip() for key in keys for text in outline.front.get(key, ()))
    number = next(filter(None, map(names.file_number, texts)), None)  # `id: ADR-012`
    return [(_adr(path, title, said, number), said)]


def _section_entries(outline: Outline, path: str) -> list[_Read]:
    """Return the ADRs of a file for all of them: each heading with a number is one.

    A number alone may be that of a chapter: of such sections most have a status.  Those
    of a README, which may list the ADRs of other files, all have one.
    """
    numbered = [heading for heading in outline.headings if names.title_number(heading.text)]
    level = min((heading.level for heading in numbered), default=0)
    sections = [
        (heading, find_status(outline.section(heading)))
        for heading in numbered
        if heading.level == level
    ]
    decided = sum(bool(said.status) for _, said in sections)
    most = 2 * decided > len(sections)
    found = [
        (_adr(path, heading.text, said, is_entry=True), said)
        for heading, said in sections
        if said.status or (not names.is_index(path) and (most or _ADR_HEADING.match(heading.text)))
    ]
    alone = len(found) == 1 and numbered[0] is outline.headings[0]
    return [] if (alone and not names.is_index(path)) or _is_one(outline, numbered) else found


def _is_one(outline: Outline, numbered: Sequence[Heading]) -> bool:
    """Return whether the document has a status of its own above its numbered sections."""
    if not numbered or numbered[0] is outline.headings[0]:
        return False
    last = numbered[0].line
    lines = [*outline.lines[: last - 1], *[""] * (len(outline.lines) - last + 1)]
    above = tuple(h for h in outline.headings if h.line < last)
    own = replace(outline, lines=tuple(lines), headings=above)
    return bool(find_status(own).status)


def _adr(
    path: str, title: str, said: StatusText, front: str | None = None, *, is_entry: bool = False
) -> Adr:
    named = None if is_entry else names.file_number(path)
    number = named or names.title_number(title) or front or names.stem_of(path)
    return Adr(
        number=number,
        title=names.without_number(title, number) or title,
        status=said.status,
        path=path,
        line=said.line,
        supersedes=said.supersedes,
        is_entry=is_entry,
    )


def _joined(found: Sequence[_Read]) -> tuple[Adr, ...]:
    """Give each ADR its successor, named by itself or by the newer one."""
    adrs = tuple(adr for adr, _ in found)
    newer: dict[str, str] = {}
    for adr in adrs:
        # What is only proposed, or was rejected, supersedes nothing yet.
        if status_word(adr.status) in {"accepted", "superseded", "deprecated"}:
            for number in adr.supersedes:
                older = resolve_adr(number, adrs, near=adr.path)
                if older is not None and older.key != adr.key:
                    newer.setdefault(older.key, adr.number)
    joined = []
    for adr, said in found:
        named = said.superseded_by
        successor = resolve_adr(named, adrs, near=adr.path) if named is not None else None
        by = successor.number if successor else named
        joined.append(replace(adr, superseded_by=by or newer.get(adr.key)))
    return tuple(joined)


def _index(
    repository: SourceFiles, files: Sequence[str], globs: Sequence[str], adrs: Sequence[Adr]
) -> Iterable[AdrIndexEntry]:
    folders = {names.home_of(adr.path) for adr in adrs}
    records = {adr.path for adr in adrs if not adr.is_entry}
    for path in files:
        near = dirname(path) in folders or matches(path, globs)
        if names.is_index(path) and path not in records and near:
            yield from index_entries(path, repository.text(path) or "", adrs)
