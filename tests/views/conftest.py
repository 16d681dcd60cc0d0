"""A project with something of every kind, and its tables as lines of text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import (
    Adr,
    Citation,
    DocumentRecords,
    Evidence,
    Mention,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
    Verdict,
    View,
)
from sphinx_arco_parity.review.history import History, Step
from sphinx_arco_parity.review.lock import Lock, Reviewed
from sphinx_arco_parity.review.renames import exception_digest
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.views.entries import Entries
from sphinx_arco_parity.views.tables import build_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_arco_parity.declarations.register import Register
    from sphinx_arco_parity.views.inline import Cell
    from sphinx_arco_parity.views.tables import Table


def _at(line: int, path: str = "docs/parity.md") -> Place:
    return Place(path=path, line=line)


def _cites(target: str) -> Citation:
    return Citation(target=target, how="column", place=_at(1))


EXCEPTIONS = (
    ParityException(
        id="EX-2", docname="register", anchor="ex-2", place=_at(5), capability="Web **UI**",
        decision="Deferred | later", type="deferral", revisit="Revisit at M2", owner="*ui* team",
        adrs=(_cites("ADR-24"), _cites("24"), _cites("99")), fields=(("Risk Level", "`high`"),),
        evidence=(Evidence(kind="adr", text="x", path="docs/adr/024-s.md"),),
    ),
    ParityException(
        id="EX-10", docname="register", anchor="ex-10", place=_at(6), capability="GraphQL",
        decision="REST only", type="*Odd*", fields=(("Risk Level", "low"),),
    ),
    ParityException(
        id="EX-3", docname="more/register", anchor="ex-3", place=_at(7), capability="Loose",
        decision="No", type="Permanent", revisit="M1",
    ),
)  # fmt: skip

EVIDENCE = (
    Evidence(kind="code", text="x", path="src/tick.rs", line=12, symbol="tick"),
    Evidence(kind="test", text="x", path="tests/tick.rs"),
    Evidence(kind="ci", text="x", path=".github/workflows/ci.yml", job="test", command="cargo test"),
)  # fmt: skip
VERDICTS = (
    Verdict(name="moved", detail="`tick` is at line 41"),
    Verdict(name="verified"),
    Verdict(name="verified"),
)

ROWS = (
    ParityRow(
        id="tick", docname="matrix", anchor="row-tick", place=_at(9), section="Schedules",
        capability="Schedule `tick`", status="🟢 green", proof_level="E2E", feature="Timer",
        owner="core", exceptions=(_cites("EX-2"),), adrs=(_cites("024"),), notes="- first",
        evidence=EVIDENCE,
    ),
    ParityRow(
        id="sensor", docname="matrix", anchor="row-sensor", place=_at(10), section="Sensors",
        status="*who knows*",
    ),
    ParityRow(
        id="later", docname="matrix", anchor="row-later", place=_at(11), section="Schedules",
        capability="Backfill", status="Planned",
    ),
)  # fmt: skip

CLAIM = ParityClaim(
    id="all", docname="index", anchor="claim-all", place=_at(3), text="All **match** but EX-2.",
    rows=(_cites("tick"), _cites("sensor")), adrs=(_cites("24"),),
)  # fmt: skip

ADRS = (
    Adr(number="024", title="On `S`", status="Accepted", path="docs/adr/024-s.md", line=3),
    Adr(number="003", title="Old", status="Superseded by 024", path="docs/adr/003-o.md", line=1,
        superseded_by="024"),
)  # fmt: skip

SETTINGS = Settings(
    milestones=["M1", "M2"], milestone="M1", statuses={"🟢 green": "Implemented"}
)  # fmt: skip

FINDINGS = (
    Finding(
        rule="evidence-moved", severity=Severity.WARNING, message="row tick: `tick` is at line 41",
        help="cite `src/tick.rs:41`", place=_at(9), item="tick", docname="matrix",
        anchor="row-tick",
    ),
    Finding(
        rule="row-status", severity=Severity.ERROR, message="no status", help="", place=_at(10),
        item="sensor", docname="matrix", anchor="row-sensor",
    ),
)  # fmt: skip


def _register() -> Register:
    mentions = tuple(
        Mention(role="exception", target="EX-2", docname="guide", anchor="here", place=_at(line))
        for line in (21, 22)
    )
    documents = [
        DocumentRecords(docname="register", path="r.md", exceptions=EXCEPTIONS[:2]),
        DocumentRecords(docname="more/register", path="m.md", exceptions=EXCEPTIONS[2:]),
        DocumentRecords(docname="matrix", path="x.md", rows=ROWS),
        DocumentRecords(docname="index", path="i.md", claims=(CLAIM,)),
        DocumentRecords(docname="guide", path="g.md", mentions=mentions),
    ]
    return make_register(documents, SETTINGS, adrs=ADRS)


@pytest.fixture
def entries() -> Entries:
    """Return the entries of the project, reviewed in part, with a history."""
    register = _register()
    first, second, _ = register.exceptions
    lock = Lock(
        exceptions={
            "EX-2": Reviewed(
                digest=exception_digest(next(e for e in (first, second) if e.id == "EX-2")),
                date="2026-01-02", by="ann", milestone="M1", note="*fine*",
            ),
            "EX-10": Reviewed(digest="old", date="2025-01-02", by="bob"),
        },
    )  # fmt: skip
    exception = next(e for e in register.exceptions if e.id == "EX-2")
    row = next(r for r in register.rows if r.id == "tick")
    proofs = (
        Proven(
            declaration=exception,
            evidence=exception.evidence,
            verdicts=[Verdict(name="not-found", detail="no such file")],
        ),
        Proven(declaration=row, evidence=row.evidence, verdicts=VERDICTS),
    )
    history = History(
        rows={
            "tick": (
                Step(date="2025-01-01", commit="a" * 40, status="Planned"),
                Step(date="2025-02-01", commit="b" * 40, status=None),
                Step(date="2025-03-01", commit="0123456789abcdef", status="Implemented"),
            )
        }
    )
    assessment = Assessment(
        register=register, proofs=proofs, findings=FINDINGS, lock=lock, as_of=date(2026, 2, 1)
    )
    return Entries(assessment, history)


def view(kind: str, **options: str) -> View:
    """Return the view of a `parity-table` with *options*, on the page `register`."""
    named = tuple((name.replace("_", "-"), text) for name, text in options.items())
    return View(kind=kind, options=named, docname="register", anchor="t", place=_at(1))


def shown(cell: Cell) -> str:
    """Return *cell* as text: `<kind words>`, then `->` what it leads to and `(title)`."""
    found = []
    for part in cell:
        text = part.text if part.kind == "text" else f"<{part.kind} {part.text!r}>"
        text += f"->{':'.join(part.link)}" if part.link else ""
        found.append(text + (f"({part.title})" if part.title else ""))
    return "".join(found)


def as_text(table: Table) -> list[str]:
    """Return the labels and the lines of *table*, cells between `|`."""
    head = " | ".join(column.label for column in table.columns)
    return [head, *(" | ".join(map(shown, line.cells)) for line in table.lines)]


@pytest.fixture
def table(entries: Entries) -> Callable[..., Table]:
    """Return a function that builds a table of the project, by kind and options."""
    return lambda kind, **options: build_table(view(kind, **options), entries)


@pytest.fixture
def text_of() -> Callable[[Table], list[str]]:
    """Return what writes a table as text."""
    return as_text


@pytest.fixture
def cell_text() -> Callable[[Cell], str]:
    """Return what writes a cell as text."""
    return shown


@pytest.fixture
def unreviewed(entries: Entries) -> Entries:
    """Return the entries of the project as it is before its first review."""
    return Entries(replace(entries.assessment, lock=None))


@pytest.fixture
def make_row() -> Callable[..., ParityRow]:
    """Return a function that makes a row of the matrix."""
    return lambda **fields: replace(ROWS[2], **fields)


@pytest.fixture(name="view")
def _view() -> Callable[..., View]:
    """Return a function that makes the view of a `parity-table`."""
    return view


@pytest.fixture
def smaller() -> Callable[..., Entries]:
    """Return a function that makes entries of only the first of each kind."""

    def make(entries: Entries, *, exceptions: int = 3, claims: int = 1) -> Entries:
        documents = [
            DocumentRecords(docname="register", path="r.md", exceptions=EXCEPTIONS[:exceptions]),
            DocumentRecords(docname="matrix", path="x.md", rows=ROWS),
            DocumentRecords(docname="index", path="i.md", claims=(CLAIM,)[:claims]),
        ]
        register = make_register(documents, SETTINGS, adrs=ADRS)
        return Entries(replace(entries.assessment, register=register))

    return make
