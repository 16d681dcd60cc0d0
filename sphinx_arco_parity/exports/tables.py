r"""CSV files: the exceptions, the matrix, and what cites what.

RFC 4180 but for line ends, which are ``\n``; UTF-8; a list is joined by ``; ``.  A cell
that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a
tab or a carriage return) gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.declarations.register import CitedBy, Register
from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX, Field, Shape, fields_of, text_of
from sphinx_arco_parity.model.records import (
    VERDICTS,
    Citation,
    Evidence,
    ParityException,
    ParityRow,
    Verdict,
)
from sphinx_arco_parity.repository.adrs import resolve_adr


def adr_numbers(register: Register, cited: Iterable[Citation]) -> list[str]:
    """Return the number of each cited ADR, or what was written if there is none."""
    numbers: dict[str, None] = {}
    for citation in cited:
        adr = resolve_adr(citation.target, register.adrs)
        numbers[citation.target if adr is None else adr.number] = None
    return list(numbers)


Pairs = Sequence[tuple[Evidence, Verdict]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_TRACEABILITY = (
    "exception", "capability", "type", "revisit", "cited", "rows", "claims", "adrs",
    "evidence", "verdicts", "findings", "path", "line",
)  # fmt: skip


def exceptions_csv(assessment: Assessment) -> str:
    """Return a line for each exception; the project's own fields come last."""
    return _declared_csv(assessment, EXCEPTIONS, assessment.register.exceptions)


def matrix_csv(assessment: Assessment) -> str:
    """Return a line for each row; the project's own fields come last."""
    return _declared_csv(assessment, MATRIX, assessment.register.rows)


def _declared_csv(
    assessment: Assessment, kind: str, declared: Sequence[ParityException | ParityRow]
) -> str:
    register, proofs = assessment.register, Proofs(assessment)
    columns = [column for field in fields_of(kind) for column in _columns_of(field)]
    own = list(dict.fromkeys(name for record in declared for name, _ in record.fields))
    lines = []
    for record in declared:
        pairs = proofs.of(record)
        line = [value(record, register, pairs) for _, value in columns]
        line += [record.place.path, str(record.place.line)]
        cells = dict(record.fields)
        lines.append([*line, *(cells.get(name, "") for name in own)])
    headers = [*(header for header, _ in columns), "path", "line"]
    # No header of the file stands twice.
    headers += [f"{name} (field)" if name in headers else name for name in own]
    return _csv(headers, lines)


def _columns_of(field: Field) -> list[_Column]:
    """Return the columns of *field*: header and what makes the cell."""
    if not field.exported:
        return []
    if field.shape in _COLUMNS:
        return _COLUMNS[field.shape]
    if field.shape is Shape.EVIDENCE:
        kind = None if field.evidence == "any" else field.evidence
        column: _Column = (field.key, lambda _, __, pairs: _texts(pairs, kind))
        return [column] if kind else [column, _VERDICTS]
    return [(field.key, lambda record, register, _: label_of(record, field, register))]


def label_of(record: ParityException | ParityRow, field: Field, register: Register) -> str:
    """Return the text of *field*, as configured where it is a type or level that is."""
    text = text_of(record, field)
    if field.shape is Shape.TYPE:
        return register.settings.exception_type(text) or text
    if field.shape is Shape.PROOF_LEVEL:
        return register.settings.proof_level(text) or text
    return text


def traceability_csv(assessment: Assessment) -> str:
    """Return a line for each exception: what cites it, its proof, what was found."""
    register, proofs = assessment.register, Proofs(assessment)
    rules: dict[str, dict[str, None]] = {}
    for found in assessment.findings:
        rules.setdefault(found.item, {})[found.rule] = None
    lines = []
    for exception in register.exceptions:
        pairs, cited = proofs.of(exception), register.cited_by.get(exception.id, CitedBy())
        line = [
            *(exception.id, exception.capability),
            register.settings.exception_type(exception.type) or exception.type,
            *(exception.revisit, "yes" if cited.rows or cited.claims else "no"),
            *(_list(cited.rows), _list(cited.claims), _list(adr_numbers(register, exception.adrs))),
            *(_texts(pairs), verdict_counts(pairs), _list(rules.get(exception.id, ()))),
            *(exception.place.path, str(exception.place.line)),
        ]
        lines.append(line)
    return _csv(_TRACEABILITY, lines)


def verdict_counts(pairs: Pairs) -> str:
    """Return ``verified 3; moved 1``, best verdict first."""
    seen = Counter(verdict.name for _, verdict in pairs)
    return _list(f"{name} {seen[name]}" for name in VERDICTS if seen[name])


def _texts(pairs: Pairs, kind: str | None = None) -> str:
    """Return the items of *pairs*; several pieces of one item are said once."""
    chosen = [piece for piece, _ in pairs if kind is None or piece.kind == kind]
    return _list(dict.fromkeys(reference.text for reference in chosen))


def _list(items: Iterable[str]) -> str:
    return "; ".join(items)


def _csv(headers: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_cell(header) for header in headers)
    writer.writerows([_cell(cell) for cell in line] for line in lines)
    return file.getvalue()


def _cell(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip()
    return f"'{text}" if text.startswith(_FORMULA) else text


_Column = tuple[str, Callable[[Any, "Register", "Pairs"], str]]

_VERDICTS: _Column = ("verdicts", lambda _, __, pairs: verdict_counts(pairs))

#: The columns of fields that are no text of their own, by shape.
_COLUMNS: dict[Shape, list[_Column]] = {
    Shape.STATUS: [
        ("status", lambda row, register, _: register.status(row) or ""),
        ("status_label", lambda row, _, __: str(row.status)),
    ],
    Shape.SHARE: [("adr_evidence", lambda _, __, pairs: _texts(pairs, "adr")), _VERDICTS],
    Shape.ID: [("id", lambda record, _, __: str(record.id))],
    Shape.EXCEPTIONS: [("exceptions", lambda row, register, _: _list(register.cited_by_row(row)))],
    Shape.ADRS: [("adrs", lambda record, register, _: _list(adr_numbers(register, record.adrs)))],
    Shape.CITED_BY: [
        ("cited_by_rows", lambda e, known, _: _list(known.cited_by.get(e.id, CitedBy()).rows)),
        ("cited_by_claims", lambda e, known, _: _list(known.cited_by.get(e.id, CitedBy()).claims)),
    ],
}
