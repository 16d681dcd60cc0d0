"""The shape of ``parity.json``, as types.

Written by the exports, read of other repositories by views and of other revisions by
``arco-parity diff``.  The JSON Schema in ``schemas`` says the same to programs.
"""

from __future__ import annotations

from typing import TypedDict

#: Raised when a name or a meaning changes; a new name alone does not raise it.
SCHEMA_VERSION = 2


class Location(TypedDict):
    """Where something is declared."""

    path: str
    line: int


class EvidenceEntry(TypedDict):
    """One reference into the repository, with its verdict."""

    kind: str
    text: str
    path: str | None
    line: int | None
    symbol: str | None
    job: str | None
    command: str | None
    verdict: str
    found_path: str | None
    found_line: int | None
    detail: str | None
    result: str | None
    result_detail: str | None


class CitedBy(TypedDict):
    """The ids of what cites an exception."""

    rows: list[str]
    claims: list[str]


class MarkEntry(TypedDict):
    """A test that is marked as failing, or as not run, because of an exception."""

    path: str
    line: int
    test: str
    reason: str


class ExceptionEntry(TypedDict):
    """An exception; its members are those of :data:`.FIELDS`."""

    id: str
    location: Location
    capability: str | None
    decision: str | None
    type: str | None
    revisit: str | None
    rationale: str | None
    owner: str | None
    adrs: list[str]
    evidence: list[EvidenceEntry]
    marks: list[MarkEntry]
    cited_by: CitedBy
    fields: dict[str, str]


class RowEntry(TypedDict):
    """A row of the matrix; its members are those of :data:`.FIELDS`."""

    id: str
    location: Location
    section: str | None
    capability: str | None
    feature: str | None
    status: str | None
    status_label: str | None
    status_note: str | None
    proof_level: str | None
    evidence: list[EvidenceEntry]
    exceptions: list[str]
    adrs: list[str]
    owner: str | None
    notes: str | None
    fields: dict[str, str]
    disputed: bool
    unread: list[str]


class ClaimEntry(TypedDict):
    """A claim."""

    id: str
    location: Location
    text: str
    exceptions: list[str]
    rows: list[str]


class AdrEntry(TypedDict):
    """An architecture decision record."""

    number: str
    title: str | None
    status: str | None
    path: str
    superseded_by: str | None


class FindingEntry(TypedDict):
    """A finding."""

    id: str
    rule: str
    severity: str
    message: str
    help: str | None
    path: str | None
    line: int
    column: int | None
    end_line: int | None
    end_column: int | None
    item: str | None
    fixable: bool
    cause: str | None


class Summary(TypedDict):
    """How many there are of what."""

    rows: dict[str, int]
    disputed: int
    exceptions: dict[str, int]
    evidence: dict[str, int]
    unread: int
    tables: dict[str, int]
    findings: dict[str, int]


class ParityDocument(TypedDict):
    """The whole file."""

    schema_version: int
    product: str | None
    reference: str | None
    commit: str | None
    milestone: str | None
    exceptions: list[ExceptionEntry]
    rows: list[RowEntry]
    claims: list[ClaimEntry]
    adrs: list[AdrEntry]
    findings: list[FindingEntry]
    summary: Summary


#: What a project without documentation has.
EMPTY = ParityDocument(
    schema_version=SCHEMA_VERSION, product=None, reference=None, commit=None, milestone=None,
    exceptions=[], rows=[], claims=[], adrs=[], findings=[],
    summary=Summary(
        rows={}, disputed=0, exceptions={}, evidence={}, unread=0,
        tables={"read": 0, "found": 0}, findings={},
    ),
)  # fmt: skip
