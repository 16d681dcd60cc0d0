"""Entries made from the ``parity.json`` files of other repositories.

A product of many repositories builds each on its own machine; one site shows them all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.model.table_columns import own_key
from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character
from sphinx_arco_parity.views.entry import Entry
from sphinx_arco_parity.views.inline import Cell, Part, joined, lines, parts_of
from sphinx_arco_parity.views.marks import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: The newest ``schema_version`` that is understood.
SCHEMA_VERSION = 1


class OtherProjectError(ValueError):
    """A file is no ``parity.json`` that can be shown; the text says why."""


def parse_other(text: str) -> dict[str, Any]:
    """Return the content of a ``parity.json``.

    :raises OtherProjectError: if it is none, or newer than this version knows.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OtherProjectError(f"is no valid JSON: {error}") from error
    if half_character(text) is not None:
        raise OtherProjectError(HALF_CHARACTER)
    if not isinstance(document, dict) or "schema_version" not in document:
        raise OtherProjectError("is no parity.json: it has no `schema_version`")
    if document["schema_version"] != SCHEMA_VERSION:
        version = document["schema_version"]
        raise OtherProjectError(f"has schema version {version}, not {SCHEMA_VERSION}")
    for name in ("exceptions", "rows", "claims", "adrs", "findings"):
        entries = document.get(name)
        if not isinstance(entries, list) or not all(
            isinstance(e, dict) for e in entries
        ):
            raise OtherProjectError(
                f"is no parity.json: `{name}` is no list of objects"
            )
    return document


def other_entries(kind: str, document: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the entries of a table of *kind* for another project's *document*."""
    make = _MAKERS.get(kind)
    if make is None:
        return
    product = _text(document, "product")
    for cells, facts, classes in make(document):
        yield Entry(
            cells={"product": (Part(product),), **cells}, facts=facts, classes=classes
        )


_Made = tuple[dict[str, Cell], dict[str, list[str]], tuple[str, ...]]


def _exceptions(document: Mapping[str, Any]) -> Iterator[_Made]:
    for one in document["exceptions"]:
        cited = one.get("cited_by") or {}
        cells = {
            "id": _cell(one, "id"),
            "capability": _cell(one, "capability"),
            "decision": _cell(one, "decision"),
            "type": _cell(one, "type"),
            "revisit": _cell(one, "revisit"),
            "owner": _cell(one, "owner"),
            "rationale": _cell(one, "rationale"),
            "adrs": _list(one.get("adrs")),
            "rows": _list(cited.get("rows")),
            "claims": _list(cited.get("claims")),
            "cited-by": _list(
                [*_strings(cited.get("rows")), *_strings(cited.get("claims"))]
            ),
            "evidence": _evidence(one),
            **_own(one),
        }
        facts = {"type": [_text(one, "type")], "owner": [_text(one, "owner")]}
        yield cells, facts, ()


def _rows(document: Mapping[str, Any]) -> Iterator[_Made]:
    for one in document["rows"]:
        status = _text(one, "status") or _text(one, "status_label")
        cells = {
            "id": _cell(one, "id"),
            "section": _cell(one, "section"),
            "capability": _cell(one, "capability"),
            "feature": _cell(one, "feature"),
            "status": (Part(status, "status"),) if status else (),
            "proof-level": _cell(one, "proof_level"),
            "exceptions": _list(one.get("exceptions")),
            "adrs": _list(one.get("adrs")),
            "owner": _cell(one, "owner"),
            "notes": _cell(one, "notes"),
            "evidence": _evidence(one),
            **_own(one),
        }
        facts = {
            "status": [status],
            "section": [_text(one, "section")],
            "owner": [_text(one, "owner")],
        }
        yield cells, facts, (class_of("status", status),) if status else ()


def _claims(document: Mapping[str, Any]) -> Iterator[_Made]:
    for one in document["claims"]:
        cells = {
            "id": _cell(one, "id"),
            "text": _cell(one, "text"),
            "exceptions": _list(one.get("exceptions")),
            "rows": _list(one.get("rows")),
            "page": (Part(_text(one.get("location") or {}, "path"), "code"),),
        }
        yield cells, {}, ()


def _adrs(document: Mapping[str, Any]) -> Iterator[_Made]:
    for one in document["adrs"]:
        cells = {
            "number": _cell(one, "number"),
            "title": _cell(one, "title"),
            "status": _cell(one, "status"),
            "superseded-by": _cell(one, "superseded_by"),
            "path": (Part(_text(one, "path"), "code"),),
        }
        yield cells, {"status": [_text(one, "status")]}, ()


def _findings(document: Mapping[str, Any]) -> Iterator[_Made]:
    for one in document["findings"]:
        severity = _text(one, "severity")
        cells = {
            "severity": (Part(severity, "severity"),),
            "rule": (Part(_text(one, "rule"), "code"),),
            "item": _cell(one, "item"),
            "message": _cell(one, "message"),
            "help": _cell(one, "help"),
            "place": (Part(f"{_text(one, 'path')}:{one.get('line')}", "code"),),
        }
        facts = {"status": [severity], "type": [_text(one, "rule")]}
        yield cells, facts, (class_of("severity", severity),)


def _references(document: Mapping[str, Any]) -> Iterator[_Made]:
    for one in (*document["exceptions"], *document["rows"]):
        for piece in _pieces(one):
            verdict = _text(piece, "verdict")
            cells = {
                "item": _cell(one, "id"),
                "kind": _cell(piece, "kind"),
                "evidence": _reference(piece),
                "verdict": (Part(verdict, "verdict"),),
                "detail": _cell(piece, "detail"),
            }
            facts = {
                "type": [_text(piece, "kind")],
                "status": [_text(one, "status")],
                "section": [_text(one, "section")],
                "owner": [_text(one, "owner")],
            }
            yield cells, facts, (class_of("verdict", verdict),)


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Iterable[_Made]]] = {
    "exceptions": _exceptions,
    "traceability": _exceptions,
    "matrix": _rows,
    "claims": _claims,
    "adrs": _adrs,
    "findings": _findings,
    "evidence": _references,
}


def _text(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""


def _cell(one: Mapping[str, Any], name: str) -> Cell:
    return parts_of(_text(one, name))


def _strings(values: Any) -> list[str]:
    return [one for one in values or () if isinstance(one, str)]


def _list(values: Any) -> Cell:
    return joined([Part(one) for one in _strings(values)])


def _own(one: Mapping[str, Any]) -> dict[str, Cell]:
    fields = one.get("fields")
    pairs = fields.items() if isinstance(fields, dict) else ()
    return {
        own_key(name): parts_of(text) for name, text in pairs if isinstance(text, str)
    }


def _pieces(one: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [piece for piece in one.get("evidence") or () if isinstance(piece, dict)]


def _evidence(one: Mapping[str, Any]) -> Cell:
    cells: list[Cell] = [
        (*_reference(piece), Part(" "), Part(_text(piece, "verdict"), "verdict"))
        for piece in _pieces(one)
    ]
    return lines(cells)


def _reference(piece: Mapping[str, Any]) -> Cell:
    line = piece.get("line")
    place = f"{_text(piece, 'path')}:{line}" if line else _text(piece, "path")
    parts = [Part(place, "code")]
    for name in ("symbol", "job", "command"):
        if _text(piece, name):
            parts += [Part(" "), Part(_text(piece, name), "code")]
    return tuple(parts)
