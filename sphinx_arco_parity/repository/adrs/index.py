"""The table of ADRs in the README or index of their folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname

from sphinx_arco_parity.model.records import Adr, AdrIndexEntry, Place
from sphinx_arco_parity.repository.adrs.names import cited_numbers, number_key, title_number
from sphinx_arco_parity.repository.adrs.outline import visible
from sphinx_arco_parity.repository.adrs.status import cleaned
from sphinx_arco_parity.text.blocks import Table, read_blocks
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
    known = {number_key(adr.number) for adr in near}
    for table in read_blocks(text, path).tables():
        entries = list(_entries(path, table))
        listed = [entry for entry in entries if number_key(entry.number) in known]
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
        cited = cited_numbers(cell) if told or _WHOLE.fullmatch(cell) else []
        if cited:
            return cited[0]
        if header in _SUBJECT_HEADERS and (number := title_number(bare)):
            return number
    return None
