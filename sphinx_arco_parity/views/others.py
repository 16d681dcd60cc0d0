"""Entries made from the ``parity.json`` files of other repositories.

A product of many repositories builds each on its own machine; record site shows them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX, TEXTS, Shape, fields_of
from sphinx_arco_parity.model.parity_document import SCHEMA_VERSION
from sphinx_arco_parity.model.table_columns import own_key
from sphinx_arco_parity.schemas import misfit
from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character
from sphinx_arco_parity.views.cells import Entry
from sphinx_arco_parity.views.inline import Cell, Part, joined, lines, parts_of
from sphinx_arco_parity.views.marks import class_of

#: What is shown of other projects has had the same names since the first version.
_VERSIONS = (1, SCHEMA_VERSION)
_SHOWN = ("product", "exceptions", "rows", "claims", "adrs", "findings")


class OtherProjectError(ValueError):
    """A file is no ``parity.json`` that can be shown; the text says why."""


def parse_other(text: str) -> dict[str, Any]:
    """Return the content of a ``parity.json``.

    :raises OtherProjectError: if it is none, or newer than this version knows; a member of
        another type than its schema says is named.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OtherProjectError(f"is no valid JSON: {error}") from error
    if half_character(text) is not None:
        raise OtherProjectError(HALF_CHARACTER)
    if not isinstance(document, dict) or "schema_version" not in document:
        raise OtherProjectError("is no parity.json: it has no `schema_version`")
    if document["schema_version"] not in _VERSIONS:
        version = document["schema_version"]
        raise OtherProjectError(f"has schema version {version}, not {SCHEMA_VERSION}")
    shown = {name: document.get(name) for name in _SHOWN}
    wrong = misfit(shown)
    if wrong:
        raise OtherProjectError(f"is no parity.json: {wrong}")
    return document


def other_entries(kind: str, document: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the entries of a table of *kind* for another project's *document*."""
    make = _MAKERS.get(kind)
    if make is None:
        return
    product = (Part(_text(document, "product")),)
    for cells, facts, classes in make(document):
        yield Entry(cells={"product": product, **cells}, facts=facts, classes=classes)


_Made = tuple[dict[str, Cell], dict[str, list[str]], tuple[str, ...]]


def _field_cells(kind: str, record: Mapping[str, Any]) -> dict[str, Cell]:
    """Return the cells of the fields of *record*, and of its project's own."""
    cells = {
        field.name: _CELLS[field.shape](record, field.key)
        for field in fields_of(kind)
        if field.exported and field.shape in _CELLS
    }
    own = record.get("fields", {})
    return {**cells, **{own_key(name): parts_of(text) for name, text in own.items()}}


def _status_of(record: Mapping[str, Any]) -> str:
    return _text(record, "status") or _text(record, "status_label")


def _citing(record: Mapping[str, Any], *kinds: str) -> Cell:
    cited = record.get("cited_by") or {}
    return _list([name for kind in kinds for name in cited.get(kind, ())])


def _exceptions(document: Mapping[str, Any]) -> Iterator[_Made]:
    for record in document["exceptions"]:
        cells = {
            "rows": _citing(record, "rows"),
            "claims": _citing(record, "claims"),
            **_field_cells(EXCEPTIONS, record),
        }
        yield cells, _facts(record, "type", "owner"), ()


def _rows(document: Mapping[str, Any]) -> Iterator[_Made]:
    for record in document["rows"]:
        status = _status_of(record)
        facts = {"status": [status], **_facts(record, "section", "owner")}
        classes = (class_of("status", status),) if status else ()
        yield _field_cells(MATRIX, record), facts, classes


def _claims(document: Mapping[str, Any]) -> Iterator[_Made]:
    for record in document["claims"]:
        cells = {
            **_cells(record, "id", "text"),
            "exceptions": _list(record.get("exceptions")),
            "rows": _list(record.get("rows")),
            "page": (Part(_text(record.get("location", {}), "path"), "code"),),
        }
        yield cells, {}, ()


def _adrs(document: Mapping[str, Any]) -> Iterator[_Made]:
    for record in document["adrs"]:
        cells = {
            **_cells(record, "number", "title", "status"),
            "superseded-by": _cell(record, "superseded_by"),
            "path": (Part(_text(record, "path"), "code"),),
        }
        yield cells, _facts(record, "status"), ()


def _findings(document: Mapping[str, Any]) -> Iterator[_Made]:
    for record in document["findings"]:
        severity = _text(record, "severity")
        cells = {
            "severity": (Part(severity, "severity"),),
            "rule": (Part(_text(record, "rule"), "code"),),
            **_cells(record, "item", "message", "help"),
            "place": (Part(f"{_text(record, 'path')}:{record.get('line')}", "code"),),
        }
        facts = {"status": [severity], "type": [_text(record, "rule")]}
        yield cells, facts, (class_of("severity", severity),)


def _references(document: Mapping[str, Any]) -> Iterator[_Made]:
    for record in (*document["exceptions"], *document["rows"]):
        for piece in _pieces(record):
            cells = {
                "item": _cell(record, "id"),
                "evidence": _reference(piece),
                "verdict": _verdict(piece),
                **_cells(piece, "kind", "detail"),
            }
            facts = {"type": [_text(piece, "kind")], **_facts(record, "status", "section", "owner")}
            yield cells, facts, (class_of("verdict", _text(piece, "verdict")),)


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Iterable[_Made]]] = {
    "exceptions": _exceptions,
    "traceability": _exceptions,
    "matrix": _rows,
    "claims": _claims,
    "adrs": _adrs,
    "findings": _findings,
    "evidence": _references,
}


def _text(record: Mapping[str, Any], name: str) -> str:
    return record.get(name) or ""


def _cell(record: Mapping[str, Any], name: str) -> Cell:
    return parts_of(_text(record, name))


def _cells(record: Mapping[str, Any], *names: str) -> dict[str, Cell]:
    return {name: _cell(record, name) for name in names}


def _facts(record: Mapping[str, Any], *names: str) -> dict[str, list[str]]:
    return {name: [_text(record, name)] for name in names}


def _list(values: list[str] | None) -> Cell:
    return joined(Part(value) for value in values or ())


def _pieces(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record.get("evidence", [])
    return found


def _verdict(piece: Mapping[str, Any]) -> Cell:
    words = Part(_text(piece, "verdict"), "verdict"), Part(_text(piece, "result"), "result")
    return joined((word for word in words if word.text), " ")


def _evidence(record: Mapping[str, Any]) -> Cell:
    return lines((*_reference(piece), Part(" "), *_verdict(piece)) for piece in _pieces(record))


def _reference(piece: Mapping[str, Any]) -> Cell:
    line = piece.get("line")
    place = f"{_text(piece, 'path')}:{line}" if line else _text(piece, "path")
    named = filter(None, (_text(piece, name) for name in ("symbol", "job", "command")))
    return joined((Part(text, "code") for text in (place, *named)), " ")


#: How a column is made of a field of ``parity.json``, by the field's shape.
_CELLS: dict[Shape, Callable[[Mapping[str, Any], str], Cell]] = {
    **dict.fromkeys((Shape.ID, *TEXTS), _cell),
    Shape.STATUS: lambda record, _key: (
        (Part(_status_of(record), "status"),) if _status_of(record) else ()
    ),
    Shape.ADRS: lambda record, key: _list(record.get(key)),
    Shape.EXCEPTIONS: lambda record, key: _list(record.get(key)),
    Shape.CITED_BY: lambda record, _key: _citing(record, "rows", "claims"),
    Shape.EVIDENCE: lambda record, key: _evidence(record) if key == "evidence" else (),
    Shape.SHARE: lambda record, _key: _evidence(record),
}
