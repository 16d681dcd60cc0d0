"""Assessments to export: one by hand that has everything, and any number of odd ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import (
    EVIDENCE_KINDS,
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
from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_arco_parity.declarations.register import Register


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """The part of an assessment that exports read."""

    register: Register
    proofs: tuple[Proven, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    marks: tuple[Mark, ...] = ()
    results: Results | None = None


SETTINGS = Settings(
    product="Arco Flow",
    reference="Dagster OSS",
    milestones=["M1", "M2", "M3"],
    milestone="M1",
    statuses={"green": "Implemented"},
    fields={"exceptions": ["Risk"]},
)


def _at(line: int, path: str = "docs/parity.md") -> Place:
    return Place(path=path, line=line)


def _cites(target: str, how: str = "column") -> Citation:
    return Citation(target=target, how=how, place=_at(1))


def _found(rule: str, severity: Severity, line: int, item: str, message: str) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        help="cite `crates/flow/src/tick.rs:41`",
        place=_at(line),
        item=item,
    )


TEST = Evidence(
    kind="test",
    text="`crates/flow/tests/tick.rs:41` (`test_tick`)",
    path="crates/flow/tests/tick.rs",
    line=41,
    symbol="test_tick",
)
CODE = Evidence(
    kind="code",
    text="`crates/flow/src/tick.rs:12`",
    path="crates/flow/src/tick.rs",
    line=12,
)
CI = Evidence(
    kind="ci",
    text="`.github/workflows/ci.yml` (job `test`: `cargo test`)",
    path=".github/workflows/ci.yml",
    job="test",
    command="cargo test",
)


def _documents() -> list[DocumentRecords]:
    base = {"docname": "parity"}
    exceptions = (
        ParityException(
            **base, id="EX-03", anchor="ex-03", place=_at(12), capability="Web UI",
            decision="Deferred | later", type="**Deferral**", revisit="Revisit at M2",
            adrs=(_cites("ADR-24"), _cites("99")), fields=(("Risk", "=1+1"),),
        ),
        ParityException(
            **base, id="EX-07", anchor="ex-07", place=_at(13), capability="GraphQL API",
            decision="REST only", type="Permanent",
        ),
    )  # fmt: skip
    rows = (
        ParityRow(
            **base, id="Schedule tick", derived_id=True, anchor="row-1", place=_at(30),
            section="Schedules", capability="Schedule tick", status="🟢 green",
            proof_level="E2E", exceptions=(_cites("EX-03"),), adrs=(_cites("024"),),
            evidence=(CODE, TEST, CI), notes="- first\n- second",
        ),
        ParityRow(
            **base, id="sensor", anchor="row-2", place=_at(31), section="Sensors",
            capability="Sensor", status="who knows", exceptions_text="EX-07, EX-09",
        ),
    )  # fmt: skip
    claim = ParityClaim(
        docname="index", id="", derived_id=True, anchor="claim-1", place=_at(5, "docs/index.md"),
        text="Schedules match **Dagster OSS** (EX-03).", rows=(_cites("sensor"),),
    )  # fmt: skip
    return [
        DocumentRecords(docname="parity", path="docs/parity.md", exceptions=exceptions, rows=rows),
        DocumentRecords(docname="index", path="docs/index.md", claims=(claim,)),
    ]


@pytest.fixture
def sample() -> Assessed:
    """Return an assessment with something of every kind."""
    adrs = (
        Adr(number="024", title="Schedules", status="Accepted", path="docs/adr/adr-024-s.md", line=3),
        Adr(number="003", title="", status="", path="docs/adr/adr-003.md", line=1, superseded_by="024"),
    )  # fmt: skip
    register = make_register(_documents(), SETTINGS, adrs=adrs)
    row = register.rows[0]
    verdicts = (
        Verdict(
            name="moved",
            found_line=41,
            detail="`tick` is at line 41",
            rule="evidence-moved",
        ),
        Verdict(name="verified", found_line=41),
        Verdict(name="unknown"),
    )
    findings = (
        _found("row-status", Severity.ERROR, 31, "sensor", "row sensor: `who knows` is no status"),
        _found("evidence-moved", Severity.WARNING, 30, "schedule-tick", "row schedule-tick: `tick` is at line 41"),
        _found("exception-uncited", Severity.INFO, 13, "EX-07", "exception EX-07: nothing cites it"),
    )  # fmt: skip
    findings = tuple(sorted(findings, key=lambda one: one.place))
    proof = Proven(declaration=row, evidence=row.evidence, verdicts=verdicts)
    return Assessed(register=register, proofs=(proof,), findings=findings)


@pytest.fixture
def empty() -> Assessed:
    """Return an assessment of a project that declares nothing."""
    return Assessed(register=make_register([], Settings()))


@pytest.fixture
def with_findings() -> Callable[..., Assessed]:
    """Return a function that makes an assessment of the findings it is given."""

    def make(*findings: Finding) -> Assessed:
        return Assessed(register=make_register([], Settings()), findings=findings)

    return make


@pytest.fixture
def finding() -> Callable[..., Finding]:
    """Return a function that makes a finding, with defaults for what a test leaves out."""

    def make(rule: str = "evidence-gone", **values: object) -> Finding:
        defaults: dict[str, object] = {
            "severity": Severity.ERROR,
            "message": "row tick: gone",
            "help": "",
            "place": _at(7),
            "item": "tick",
        }
        return Finding(rule=rule, **{**defaults, **values})

    return make


TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        "",
        "-",
        "=1",
        "a | b",
        "[[x()]]",
        "<b>&amp;",
        "\x1b[31m",
        "\x00",
        "\u202e",
        "```",
        "..\n",
        "EX-01",
    ]
)
IDS = st.sampled_from(["EX-01", "EX-02", "ex-01", "é", "tick", "a b", "1"]) | st.text(
    min_size=1, max_size=6
)
LINES = st.integers(1, 99)
PLACES = st.builds(Place, path=st.sampled_from(["a.md", "d/ü b#.md"]), line=LINES)
CITATIONS = st.lists(
    st.builds(Citation, target=IDS, how=st.just("role"), place=PLACES), max_size=2
).map(tuple)
EVIDENCE = st.lists(
    st.builds(
        Evidence,
        kind=st.sampled_from(EVIDENCE_KINDS),
        text=TEXTS,
        path=TEXTS,
        line=st.none() | LINES,
        symbol=st.none() | TEXTS,
        command=st.none() | TEXTS,
    ),
    max_size=3,
).map(tuple)
FIELDS = st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)
BASE = {"id": IDS, "docname": st.just("p"), "anchor": st.just(""), "place": PLACES}
EXCEPTIONS = st.builds(
    ParityException, **BASE, capability=TEXTS, decision=TEXTS, type=TEXTS | st.just("Deferral"),
    revisit=TEXTS, rationale=TEXTS, adrs=CITATIONS, evidence=EVIDENCE, fields=FIELDS,
)  # fmt: skip
ROWS = st.builds(
    ParityRow, **BASE, section=TEXTS, capability=TEXTS, status=TEXTS | st.just("Partial"),
    exceptions=CITATIONS, exceptions_text=TEXTS, adrs=CITATIONS, evidence=EVIDENCE, notes=TEXTS,
    fields=FIELDS, derived_id=st.booleans(),
)  # fmt: skip
CLAIMS = st.builds(ParityClaim, **BASE, text=TEXTS, exceptions=CITATIONS, rows=CITATIONS)
ADRS = st.lists(
    st.builds(
        Adr, number=st.sampled_from(["1", "001", "2"]), title=TEXTS, status=TEXTS,
        path=st.sampled_from(["adr/1.md", "adr/b/1.md", "adr/2.md"]), line=LINES,
        superseded_by=st.none() | st.sampled_from(["1", "2", "7"]),
    ),
    max_size=3, unique_by=lambda adr: adr.path,
)  # fmt: skip
FINDINGS = st.lists(
    st.builds(
        Finding, rule=st.sampled_from(RULE_NAMES), message=TEXTS, help=TEXTS, item=TEXTS, place=PLACES,
        severity=st.sampled_from([Severity.ERROR, Severity.WARNING, Severity.INFO]),
    ),
    max_size=4,
)  # fmt: skip


@st.composite
def _assessments(draw: st.DrawFn) -> Assessed:
    document = DocumentRecords(
        docname="p",
        path="a.md",
        exceptions=tuple(draw(st.lists(EXCEPTIONS, max_size=4))),
        rows=tuple(draw(st.lists(ROWS, max_size=4))),
        claims=tuple(draw(st.lists(CLAIMS, max_size=3))),
    )
    register = make_register([document], Settings(), adrs=draw(ADRS))
    proofs = tuple(
        Proven(
            declaration=one,
            evidence=one.evidence,
            verdicts=[
                Verdict(name=draw(st.sampled_from(VERDICTS)), detail=draw(TEXTS))
                for _ in one.evidence
            ],
        )
        for one in (*register.exceptions, *register.rows)
        if one.evidence
    )
    return Assessed(register=register, proofs=proofs, findings=tuple(draw(FINDINGS)))


@pytest.fixture(scope="session")
def assessments() -> st.SearchStrategy[Assessed]:
    """Return a strategy for assessments of anything that a page may hold."""
    return _assessments()
