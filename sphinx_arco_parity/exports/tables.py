r"""CSV files: the exceptions, the matrix, and what cites what.

RFC 4180 but for line ends, which are ``\n``; UTF-8; a list is joined by ``; ``.  A cell
that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a
tab or a carriage return) gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.exports.adr_numbers import adr_numbers
from sphinx_arco_parity.model.records import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.model.records import (
        Evidence,
        ParityException,
        ParityRow,
        Verdict,
    )

    Pairs = Sequence[tuple[Evidence, Verdict]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_EXCEPTIONS = (
    "id", "capability", "decision", "type", "revisit", "rationale", "owner", "adrs",
    "evidence", "verdicts", "cited_by_rows", "cited_by_claims", "path", "line",
)  # fmt: skip
_MATRIX = (
    "id", "section", "capability", "feature", "status", "status_label", "proof_level",
    "code", "tests", "ci", "adr_evidence", "verdicts", "exceptions", "adrs", "owner",
    "notes", "path", "line",
)  # fmt: skip
_TRACEABILITY = (
    "exception", "capability", "type", "revisit", "cited", "rows", "claims", "adrs",
    "evidence", "verdicts", "findings", "path", "line",
)  # fmt: skip


def exceptions_csv(assessment: Assessment) -> str:
    """Return a line for each exception; the project's own fields come last."""
    register, proofs = assessment.register, Proofs(assessment)
    own = _own_headers(register.exceptions)
    lines = []
    for one in register.exceptions:
        pairs, cited = proofs.of(one), register.cited_by.get(one.id)
        line = [
            *(one.id, one.capability, one.decision),
            register.settings.exception_type(one.type) or one.type,
            *(one.revisit, one.rationale, one.owner),
            _list(adr_numbers(register, one.adrs)),
            *(_texts(pairs), verdict_counts(pairs)),
            _list(cited.rows if cited else ()),
            _list(cited.claims if cited else ()),
            *(one.place.path, str(one.place.line)),
        ]
        lines.append([*line, *_own_cells(one, own)])
    return _csv([*_EXCEPTIONS, *_distinct(own, _EXCEPTIONS)], lines)


def matrix_csv(assessment: Assessment) -> str:
    """Return a line for each row; the project's own fields come last."""
    register, proofs = assessment.register, Proofs(assessment)
    own = _own_headers(register.rows)
    lines = []
    for one in register.rows:
        pairs, settings = proofs.of(one), register.settings
        line = [
            *(one.id, one.section, one.capability, one.feature),
            *(register.status(one) or "", one.status),
            settings.proof_level(one.proof_level) or one.proof_level,
            *(_texts(pairs, kind) for kind in ("code", "test", "ci", "adr")),
            verdict_counts(pairs),
            _list(register.cited_by_row(one)),
            _list(adr_numbers(register, one.adrs)),
            *(one.owner, one.notes, one.place.path, str(one.place.line)),
        ]
        lines.append([*line, *_own_cells(one, own)])
    return _csv([*_MATRIX, *_distinct(own, _MATRIX)], lines)


def traceability_csv(assessment: Assessment) -> str:
    """Return a line for each exception: what cites it, its proof, what was found."""
    register, proofs = assessment.register, Proofs(assessment)
    rules: dict[str, dict[str, None]] = {}
    for found in assessment.findings:
        rules.setdefault(found.item, {})[found.rule] = None
    lines = []
    for one in register.exceptions:
        pairs, cited = proofs.of(one), register.cited_by.get(one.id)
        rows, claims = (cited.rows, cited.claims) if cited else ((), ())
        line = [
            *(one.id, one.capability),
            register.settings.exception_type(one.type) or one.type,
            *(one.revisit, "yes" if rows or claims else "no"),
            *(_list(rows), _list(claims), _list(adr_numbers(register, one.adrs))),
            *(_texts(pairs), verdict_counts(pairs), _list(rules.get(one.id, ()))),
            *(one.place.path, str(one.place.line)),
        ]
        lines.append(line)
    return _csv(_TRACEABILITY, lines)


def verdict_counts(pairs: Pairs) -> str:
    """Return ``verified 3; moved 1``, best verdict first."""
    seen = Counter(verdict.name for _, verdict in pairs)
    return _list(f"{name} {seen[name]}" for name in VERDICTS if seen[name])


def _texts(pairs: Pairs, kind: str | None = None) -> str:
    """Return the items of *pairs*; several pieces of one item are said once."""
    chosen = [one for one, _ in pairs if kind is None or one.kind == kind]
    return _list(dict.fromkeys(one.text for one in chosen))


def _list(items: Iterable[str]) -> str:
    return "; ".join(items)


def _own_headers(declared: Iterable[ParityException | ParityRow]) -> list[str]:
    """Return the headers of the project's own fields, in the order they appear."""
    return list(dict.fromkeys(name for one in declared for name, _ in one.fields))


def _own_cells(one: ParityException | ParityRow, own: Sequence[str]) -> list[str]:
    cells = dict(one.fields)
    return [cells.get(name, "") for name in own]


def _distinct(own: Sequence[str], ours: Sequence[str]) -> list[str]:
    """Return *own* so that no header of the file stands twice."""
    return [f"{name} (field)" if name in ours else name for name in own]


def _csv(headers: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_cell(header) for header in headers)
    writer.writerows([_cell(cell) for cell in line] for line in lines)
    return file.getvalue()


def _cell(text: str) -> str:
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip()
    )
    return f"'{text}" if text.startswith(_FORMULA) else text
