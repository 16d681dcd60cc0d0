"""Assessments to draw: of any size, and with hostile names."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.declarations.register import Register, make_register
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import (
    STATUSES,
    VERDICTS,
    Adr,
    Citation,
    DocumentRecords,
    Evidence,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
    Verdict,
)
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_arco_parity.model.findings import Finding

SETTINGS = Settings(milestones=["M1", "M2", "M3"], milestone="M1")


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """The part of an assessment that pictures read."""

    register: Register
    proofs: tuple[Proven, ...] = ()
    findings: tuple[Finding, ...] = ()
    marks: tuple[Mark, ...] = ()


def _cites(target: str) -> Citation:
    return Citation(target=target, how="column", place=_at(1))


def _at(line: int) -> Place:
    return Place(path="docs/parity.md", line=line)


def _assessed(
    exceptions: list[ParityException],
    rows: list[ParityRow],
    claims: list[ParityClaim],
    adrs: list[Adr],
    settings: Settings = SETTINGS,
) -> Assessed:
    document = DocumentRecords(
        docname="p",
        path="docs/parity.md",
        exceptions=tuple(exceptions),
        rows=tuple(rows),
        claims=tuple(claims),
    )
    register = make_register([document], settings, adrs=tuple(adrs))
    proofs = tuple(
        Proven(
            declaration=row,
            evidence=row.evidence,
            verdicts=[Verdict(name=VERDICTS[n % 7]) for n in range(len(row.evidence))],
        )
        for row in register.rows
    )
    return Assessed(register=register, proofs=proofs)


def _exception(identifier: str, line: int, **more: object) -> ParityException:
    values = {"capability": f"Capability {line}", "type": "Deferral", **more}
    return ParityException(id=identifier, docname="p", anchor=f"e{line}", place=_at(line), **values)


def _row(identifier: str, line: int, **more: object) -> ParityRow:
    kinds = ("code", "test", "ci")
    evidence = tuple(Evidence(kind=kind, text=kind, path=kind) for kind in kinds)
    values = {"capability": f"Thing {line}", "status": "Partial", **more}
    return ParityRow(
        id=identifier, docname="p", anchor=f"r{line}", place=_at(line),
        evidence=evidence, **values,
    )  # fmt: skip


@pytest.fixture
def small() -> Assessed:
    """Return two sections, three exceptions of which one is not cited, a claim, two ADRs."""
    exceptions = [
        _exception("EX-01", 1, type="Permanent", revisit="No planned revisit"),
        _exception("EX-02", 2, revisit="Revisit at M2/M3", adrs=(_cites("ADR-1"),)),
        _exception("EX-03", 3, revisit="on demand"),
    ]
    rows = [
        _row("tick", 11, section="Schedules", status="Implemented", adrs=(_cites("2"),)),
        _row("sensor", 12, section="Schedules", exceptions=(_cites("EX-02"),)),
        _row("ui", 13, section="UI", status="Exception", exceptions=(_cites("EX-01"), _cites("EX-77"))),
        _row("loose", 14, section="UI", status="what"),
    ]  # fmt: skip
    claim = ParityClaim(
        id="", derived_id=True, docname="index", anchor="c", place=_at(20),
        text="All match but EX-02.",
    )  # fmt: skip
    adrs = [
        Adr(number="001", title="One", status="Accepted", path="adr/001.md", line=1),
        Adr(
            number="002",
            title="Two",
            status="Superseded by 1",
            path="adr/002.md",
            line=1,
        ),
        Adr(number="003", title="Three", status="", path="adr/003.md", line=1),
    ]
    return _assessed(exceptions, rows, [claim], adrs)


@pytest.fixture
def empty() -> Assessed:
    """Return a project that declares nothing."""
    return _assessed([], [], [], [])


@pytest.fixture
def large() -> Callable[[int], Assessed]:
    """Return a function that makes an assessment of so many items."""

    def make(items: int) -> Assessed:
        random, half, decisions = Random(1), items // 2, items // 20  # noqa: S311
        exceptions = [
            _exception(
                f"EX-{n:05}", n + 1, type=random.choice(SETTINGS.exception_types),
                revisit=random.choice(["M2", "M3", "later", ""]),
                adrs=(_cites(str(random.randrange(decisions))),),
            )
            for n in range(half)
        ]  # fmt: skip
        rows = [
            _row(
                f"row-{n}", half + n + 1, section=f"Section {n // 12}",
                status=random.choice(STATUSES),
                exceptions=(_cites(f"EX-{random.randrange(half):05}"),),
                adrs=(_cites(str(random.randrange(decisions))),) if n % 9 == 0 else (),
            )
            for n in range(half)
        ]  # fmt: skip
        adrs = [
            Adr(number=f"{n:04}", title=f"Decision {n}", status="Accepted", path=f"adr/{n:04}.md", line=1)
            for n in range(decisions)
        ]  # fmt: skip
        return _assessed(exceptions, rows, [], adrs)

    return make


@pytest.fixture
def named() -> Callable[[str], Assessed]:
    """Return a function that makes an assessment in which everything bears one name."""

    def make(name: str) -> Assessed:
        exceptions = [_exception(name or "x", 1, capability=name, type=name, revisit=name)]
        rows = [
            _row(
                name or "x",
                2,
                capability=name,
                section=name,
                status=name,
                exceptions=(_cites(name or "x"),),
            )
        ]
        claim = ParityClaim(
            id=name or "x",
            docname=name,
            anchor="c",
            place=_at(3),
            text=name,
            exceptions=(_cites(name or "x"),),
        )
        adr = Adr(number=name, title=name, status=name, path="adr/1.md", line=1)
        return _assessed(exceptions, rows, [claim], [adr], Settings(milestones=[name or "M"]))  # fmt: skip

    return make
