"""Which column of a table is which field, and what the cells of a row are.

Headers are compared without case, markup and punctuation; the longest known name wins,
and the first column that maps to a field keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sphinx_arco_parity.model.fields import (
    MATRIX,
    declared_names,
    evidence_fields,
    fields_of,
    known_headers,
)
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import header_key, label_key, plain, plain_value, slug

_PARENTHESIS = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*+[)\]]\s*+$")
#: What joins the parts of a header.
_JOINTS = re.compile(r" ?/ ?| (?:and|or|&|\+) ")
#: A header that ends so measures or sorts things: it is no capability where a file can be.
_MEASURE = re.compile(
    r"\b(?:bytes|count|coverage|date|effort|kind|language|length|lines|loc|namespace|priority|ratio"
    r"|severity|size|time|type|version)$"
)
#: A header that ends so names where something is.
_LOCATIONS = frozenset({"location", "locations", "file", "files"})
#: Words of such a header that say that it is not in this repository.
_ELSEWHERE = frozenset({"legacy", "original", "reference", "upstream"})
#: Words of the header of where a source was ported to.
_PORTED = frozenset({"destination", "local", "ported", "target"})
#: Words of the header of what a legend says of each label.
_MEANING = frozenset({"meaning", "definition", "explanation", "means"})
#: A whole number.
_COUNT = re.compile(r"[0-9]{1,9}")
_CONFIGURED = 10_000
_EXACT = 1_000


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table is, by position."""

    kind: str
    """``exceptions`` or ``matrix``."""
    headers: tuple[str, ...]
    """As written, without markup."""
    fields: tuple[str | None, ...]
    """The field of each column; ``None`` for one of the project's own."""
    names: tuple[str, ...]
    """The field, ours or the project's, or else the header as written."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which the table declares nothing."""
        needed = (field.name for field in fields_of(self.kind) if field.needed)
        return tuple(name for name in needed if self.index(name) is None)

    def index(self, name: str) -> int | None:
        """Return the position of the column of field *name*.

        Where each row is about a file, that is the capability too.
        """
        if name == "capability" and name not in self.fields and self.kind == MATRIX:
            return _first_file(self.fields)
        return self.fields.index(name) if name in self.fields else None


def map_columns(
    headers: Sequence[str], kind: str, settings: Settings, rows: Sequence[Sequence[str]] = ()
) -> Columns:
    """Map *headers*, as written, to the fields of a table of *kind*.

    :param rows: the texts of the cells, which decide where two columns may be the status.
    """
    wishes = [_wish(header, kind, settings) for header in headers]
    wishes = _by_cells(wishes, rows, settings)
    holder: dict[str, int] = {}
    for position, (name, weight) in enumerate(wishes):
        if name and (name not in holder or weight > wishes[holder[name]][1]):
            holder[name] = position
    cited = dict(evidence_fields(kind))
    fields = [
        name if name in cited or holder.get(name or "") == position else None
        for position, (name, _) in enumerate(wishes)
    ]
    if kind == MATRIX:
        _leave_sources(headers, fields)
        if "capability" in holder:
            _place_feature(headers, fields)
        elif "status" in holder:
            _place_capability(headers, fields, settings)
    bare = tuple(plain(header) for header in headers)
    names = tuple(
        name or _own_field(header, kind, settings) or plain(header)
        for header, name in zip(headers, fields, strict=True)
    )
    return Columns(kind, bare, tuple(fields), names)


def _by_cells(
    wishes: list[tuple[str | None, int]], rows: Sequence[Sequence[str]], settings: Settings
) -> list[tuple[str | None, int]]:
    """Return *wishes* without the columns of statuses that hold few, if another holds many.

    A header may be configured for the tables that have no other.
    """
    places = [place for place, (name, _) in enumerate(wishes) if name == "status"]
    if len(places) < 2 or not rows:
        return wishes
    cells = {place: [row[place] for row in rows if row[place : place + 1]] for place in places}
    holding = [
        place
        for place in places
        if 2 * sum(map(bool, map(settings.status, cells[place]))) >= len(rows)
    ]
    return [
        (None, 0) if holding and place in places and place not in holding else wish
        for place, wish in enumerate(wishes)
    ]


def _leave_sources(headers: Sequence[str], fields: list[str | None]) -> None:
    """Leave out `Source file` where another column says where it was ported to."""
    words = [{*header_key(header).split()} for header in headers]
    if any(_PORTED & said for said in words):
        for position, said in enumerate(words):
            if fields[position] == "evidence" and "source" in said and said & _LOCATIONS:
                fields[position] = None


def _own_field(header: str, kind: str, settings: Settings) -> str | None:
    """Return the project's own field to which *header* is mapped, if it is to one."""
    key = header_key(header)
    return next(
        (
            name
            for own, name in settings.columns.get(kind, {}).items()
            if header_key(own) == key and name in settings.fields.get(kind, ())
        ),
        None,
    )


def _place_feature(headers: Sequence[str], fields: list[str | None]) -> None:
    """Make another column whose header ends in ``Feature`` the feature."""
    if "feature" in fields:
        return
    for position, header in enumerate(headers):
        if fields[position] is None and header_key(header).split()[-1:] == ["feature"]:
            fields[position] = "feature"
            return


def _place_capability(headers: Sequence[str], fields: list[str | None], settings: Settings) -> None:
    """Make the first column that is nothing else the capability."""
    own = {header_key(name) for name in settings.fields.get(MATRIX, ())}
    own |= {header_key(name) for name in settings.columns.get(MATRIX, ())}
    has_file = _first_file(fields) is not None
    for position, header in enumerate(headers):
        key = header_key(header)
        is_measure = has_file and _MEASURE.search(key)
        if fields[position] is None and key not in own and not is_measure:
            fields[position] = "capability"
            return


def _first_file(fields: Sequence[str | None]) -> int | None:
    """Return the position of the first column, numbers and ids aside, if it names files."""
    first = next((place for place, name in enumerate(fields) if name != "id"), 0)
    return first if fields and fields[first] == "evidence" else None


def _wish(header: str, kind: str, settings: Settings) -> tuple[str | None, int]:
    """Return the field that *header* names, and how strongly."""
    key = header_key(header)
    for own, configured in settings.columns.get(kind, {}).items():
        if header_key(own) == key:
            name = configured if configured in declared_names(kind) else None
            return name, _CONFIGURED
    own_field = any(header_key(own) == key for own in settings.fields.get(kind, ()))
    if own_field and key not in _by_key(kind):
        return None, 0
    name, weight = _known(key, kind)
    if name is None:
        shorter = header_key(_PARENTHESIS.sub("", plain(header)))
        if shorter and shorter != key:
            name, weight = _known(shorter, kind)
    if name:
        return name, weight
    # A part of a header such as `Evidence / Notes` may name a field of evidence.
    parts = [_known(header_key(part), kind)[0] for part in _JOINTS.split(plain(header))]
    cited = dict(evidence_fields(kind))
    return next((name for name in parts if name in cited), None), 1


@cache
def _by_key(kind: str) -> dict[str, str]:
    """Return what headers are compared by, with the field that each means."""
    return {header_key(h): name for h, name in known_headers(kind).items()}


def _known(key: str, kind: str) -> tuple[str | None, int]:
    name = _by_key(kind).get(key)
    if name:
        return name, _EXACT + len(key)
    *before, last = key.split() or [""]
    if before and last == "capability":
        return "capability", _EXACT + len(key)
    if before and last == "feature":
        return "capability", len(key)
    if before and last in _LOCATIONS and not _ELSEWHERE & {*before}:
        return "evidence", len(key)
    return None, 0


def telling_header(columns: Columns, rows: Sequence[Sequence[str]]) -> str:
    """Return the header of the column that is most like labels: few of them, often said.

    :param rows: the texts of the cells, row by row.
    """
    open_places = [place for place, name in enumerate(columns.fields) if name is None]
    filled = {
        place: [row[place] for row in rows if place < len(row) and row[place].strip()]
        for place in open_places[1:] or open_places or [0]
    }
    best = min(filled, key=lambda place: len(set(filled[place])) / (len(filled[place]) or 0.5))
    return columns.headers[best]


def is_legend(columns: Columns, rows: Sequence[Sequence[str]], settings: Settings) -> bool:
    """Tell whether a table only says what each status means.

    Its first column holds the labels, each of them once; one of which the second says what it
    means, or how many there are, may be any.

    :param rows: the texts of the cells, row by row.
    """
    if columns.kind != MATRIX or columns.fields[:1] != ("status",) or len(columns.fields) > 3:
        return False
    labels = [label_key(row[0]) for row in rows if row]
    explains = any(_MEANING & set(header_key(header).split()) for header in columns.headers[1:2])
    known = all(settings.status(row[0]) for row in rows if row)
    counts = all(_COUNT.fullmatch(plain(cell)) for row in rows for cell in row[1:2])
    sure = known or explains or (counts and len(columns.headers) > 1)
    return sure and len(set(labels)) == len(labels) and "evidence" not in columns.fields


def is_tally(columns: Columns, rows: Sequence[Sequence[str]], settings: Settings) -> bool:
    """Tell whether a column of statuses holds counts, as of how many commands of a group there are.

    :param rows: the texts of the cells, row by row.
    """
    named = [_known(header_key(header), columns.kind)[0] for header in columns.headers]
    pairs = enumerate(zip(named, columns.fields, strict=True))
    places = [place for place, names in pairs if "status" in names]
    for place in places if columns.kind == MATRIX else ():
        cells = [row[place] for row in rows if row[place : place + 1]]
        if cells and all(_COUNT.fullmatch(plain(c)) and not settings.status(c) for c in cells):
            return True
    return False


def recognise(
    headers: Sequence[str],
    kinds: Sequence[str],
    settings: Settings,
    rows: Sequence[Sequence[str]] = (),
) -> Columns | None:
    """Return the columns of a table of one of *kinds*, or ``None``.

    Where both kinds fit, the one with more known columns.

    :param rows: the texts of the cells, for :func:`map_columns`.
    """
    candidates = [map_columns(headers, kind, settings, rows) for kind in kinds]
    fitting = [columns for columns in candidates if not columns.missing]
    if not fitting:
        return None
    return max(fitting, key=lambda columns: sum(map(bool, columns.fields)))


def identify(texts: dict[str, str], kind: str) -> tuple[str, bool]:
    """Return the id of a row, and whether it is derived from the capability.

    Numbers in a matrix are no ids.
    """
    identifier = plain_value(texts.get("id", ""))
    if kind == "matrix" and identifier.rstrip(".").isdigit():
        identifier = ""
    if identifier:
        return identifier, False
    return plain(texts.get("capability", "")), True


def anchor_name(identifier: str, derived: bool) -> str | None:
    """Return what the id of an element is made of; ``None`` lets Sphinx number it."""
    return (slug(identifier) if derived else identifier) or None


def named_cells(
    columns: Columns, texts: Sequence[str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the texts of our fields, and (name, text) of the other columns."""
    ours: dict[str, str] = {}
    own: list[tuple[str, str]] = []
    for name, field, text in zip(columns.names, columns.fields, texts, strict=False):
        if field:
            ours[field] = f"{ours[field]}\n{text}" if field in ours else text
        else:
            own.append((name, text))
    title = columns.index("capability")
    if title is not None and title < len(texts):
        ours.setdefault("capability", texts[title])
    return ours, own
