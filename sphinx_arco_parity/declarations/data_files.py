"""Tables kept in CSV, TSV, YAML and JSON files, as rows of texts with their lines.

Gets text and gives values: who opens the file is the directive that names it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import yaml

from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character

#: Characters of all cells, aliases followed.
_MOST = 40 * 1024 * 1024
_DEEPEST = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"
_NULL = "tag:yaml.org,2002:null"


class DataFileError(Exception):
    """A data file that cannot be understood.

    :param line: where, from 1.
    :param reason: what is wrong, for people.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DataRow:
    """One entry of a data file."""

    cells: tuple[tuple[str, str], ...]
    """Header to text, in the order of the file."""
    line: int
    """From 1."""


def read_rows(text: str, suffix: str) -> list[DataRow]:
    """Read the rows of a file's *text*; *suffix* is ``.csv``, ``.yaml`` and so on.

    YAML and JSON hold a list of mappings, or a mapping from id to mapping.

    :raises DataFileError: if it is none of that.
    """
    reader = _READERS.get(suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise DataFileError(1, f"is no data file that can be read: use {known}")
    try:
        return list(_bounded(reader(text.removeprefix("\ufeff"))))
    except RecursionError as error:
        raise DataFileError(1, "is nested too deeply") from error


def _bounded(rows: Iterable[DataRow]) -> Iterator[DataRow]:
    """Yield *rows* until they are more than any file that is read holds by itself.

    Aliases and merged mappings of YAML make much of little.
    """
    size = 0
    for row in rows:
        size += sum(len(header) + len(text) + 1 for header, text in row.cells)
        if size > _MOST:
            raise DataFileError(row.line, "has aliases that make too much text of it")
        yield row


def _csv(text: str, delimiter: str = ",") -> Iterator[DataRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headers: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if headers is None and any(cell.strip() for cell in cells):
                headers = cells
            elif headers is not None and any(cell.strip() for cell in cells):
                yield _csv_row(headers, cells, line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataFileError(line, f"is no valid CSV: {error}") from error


def _csv_row(headers: list[str], cells: list[str], line: int) -> DataRow:
    if len(cells) > len(headers):
        raise DataFileError(
            line,
            f"has {len(cells)} cells where the header has {len(headers)}; quote a cell "
            "that holds the delimiter",
        )
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    pairs = zip(headers, padded, strict=True)
    return DataRow(tuple((header.strip(), cell) for header, cell in pairs), line)


def _yaml(text: str) -> Iterator[DataRow]:
    try:
        _refuse_depth(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read"
        line = mark.line + 1 if mark else 1
        raise DataFileError(line, f"is no valid YAML: {problem}") from error
    if root is None:
        return
    pairs = _Mappings().pairs
    if isinstance(root, yaml.SequenceNode):
        for node in root.value:
            yield DataRow(tuple(pairs(node).items()), node.start_mark.line + 1)
    elif isinstance(root, yaml.MappingNode):
        for key, node in root.value:
            cells = [(head, cell) for head, cell in pairs(node).items() if head != "id"]
            yield DataRow((("id", _scalar(key)), *cells), key.start_mark.line + 1)
    else:
        raise DataFileError(1, "must hold a list of mappings, or ids with mappings")


def _refuse_depth(text: str) -> None:
    """Refuse what is nested deeper than a table can be.

    The composer goes down by calling itself, in C without looking how deep it is.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise DataFileError(line, "is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Mappings:
    """The keys and texts of mappings, each made once however often it is merged."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, str]] = {}
        self._size = 0

    def pairs(self, node: yaml.Node, depth: int = 0) -> dict[str, str]:
        """Return the keys and texts of one mapping; merged mappings come first."""
        if not isinstance(node, yaml.MappingNode) or depth > 8:
            line = node.start_mark.line + 1
            raise DataFileError(line, "must be a mapping from headers to texts")
        if id(node) not in self._known:
            self._known[id(node)] = self._made(node, depth)
        return self._known[id(node)]

    def _made(self, node: yaml.MappingNode, depth: int) -> dict[str, str]:
        merged: dict[str, str] = {}
        own: dict[str, str] = {}
        for key, item in node.value:
            if key.tag == _MERGE:
                sources = item.value if isinstance(item, yaml.SequenceNode) else [item]
                for source in sources:
                    found = self.pairs(source, depth + 1)
                    self._count(len(found), key)
                    merged.update(found)
                continue
            name = _scalar(key)
            if name in own:
                raise DataFileError(key.start_mark.line + 1, f"names `{name}` twice")
            is_list = isinstance(item, yaml.SequenceNode)
            parts = [_scalar(part) for part in (item.value if is_list else [item])]
            if is_list:
                self._count(sum(map(len, parts)), item)
            own[name] = "\n".join(parts)
        return {**merged, **own}

    def _count(self, size: int, node: yaml.Node) -> None:
        self._size += size + 1
        if self._size > _MOST:
            line = node.start_mark.line + 1
            raise DataFileError(line, "has aliases that make too much text of it")


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise DataFileError(
            node.start_mark.line + 1, "must be a text or a list of texts, not nested"
        )
    return "" if node.tag == _NULL else str(node.value)


def _json(text: str) -> Iterator[DataRow]:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise DataFileError(error.lineno, f"is no valid JSON: {error.msg}") from error
    except ValueError as error:
        raise DataFileError(1, "holds a number that is too long") from error
    torn = half_character(text)
    if torn is not None:
        raise DataFileError(torn, HALF_CHARACTER)
    yield from _json_entries(text)


def _json_entries(text: str) -> Iterator[DataRow]:
    """Walk the outermost list or mapping, so that each entry keeps its line."""
    # As it is written: 1.10 is another id than 1.1.
    decoder = json.JSONDecoder(
        object_pairs_hook=_Object, parse_float=str, parse_int=str, parse_constant=str
    )
    position = _skip(text, 0)
    opening = text[position]
    if opening not in "[{":
        raise DataFileError(1, "must hold a list of mappings, or ids with mappings")
    position = _skip(text, position + 1)
    line, counted = 1, 0
    while text[position] not in "]}":
        start, identifier = position, None
        if opening == "{":
            identifier, position = decoder.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        entry, position = decoder.raw_decode(text, position)
        line, counted = line + text.count("\n", counted, start), start
        yield _json_row(identifier, entry, line)
        position = _skip(text, position)
        if text[position] == ",":
            position = _skip(text, position + 1)


class _Object(list[tuple[str, object]]):
    """A JSON object, with its keys in order and repeats kept."""


def _json_row(identifier: str | None, entry: object, line: int) -> DataRow:
    if not isinstance(entry, _Object):
        raise DataFileError(line, "must be a mapping from headers to texts")
    cells = [(key, _json_text(value, line)) for key, value in entry]
    for name, count in Counter(key for key, _ in cells).items():
        if count > 1:
            raise DataFileError(line, f"names `{name}` twice")
    if identifier is not None:
        cells = [("id", identifier), *((k, v) for k, v in cells if k != "id")]
    return DataRow(tuple(cells), line)


def _json_text(entry: object, line: int) -> str:
    if isinstance(entry, list) and not isinstance(entry, _Object):
        return "\n".join(_json_text(item, line) for item in entry)
    if isinstance(entry, _Object):
        raise DataFileError(line, "must be a text or a list of texts, not nested")
    if entry is None:
        return ""
    return entry if isinstance(entry, str) else json.dumps(entry)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position


_READERS: dict[str, Callable[[str], Iterable[DataRow]]] = {
    ".csv": _csv, ".tsv": partial(_csv, delimiter="\t"), ".yaml": _yaml, ".yml": _yaml,
    ".json": _json,
}  # fmt: skip
