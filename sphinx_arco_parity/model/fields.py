"""The fields of an exception and of a row, each declared once.

Headers of tables, options of directives, what ``parity_columns`` and
``parity_required_fields`` may name, columns, cards, ``parity.json``, CSV files, needs,
digests of the lock and the reference pages are made from :data:`FIELDS`.  What can be done
with a field follows from its :class:`Shape`, so that one of plain text needs its entry
here and nothing else: its text is kept in the record's cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sphinx_arco_parity.model.records import Evidence, ParityException, ParityRow
from sphinx_arco_parity.text.words import plain_value

EXCEPTIONS, MATRIX = "exceptions", "matrix"

#: The kinds of table that declare something.
KINDS = (EXCEPTIONS, MATRIX)


class Shape(StrEnum):
    """What the value of a field is."""

    ID = "id"
    TEXT = "text"
    """Words with markup."""
    WORDS = "words"
    """A name, shown without markup."""
    TITLE = "title"
    """The capability of a row, by which the row is shown."""
    TYPE = "type"
    STATUS = "status"
    PROOF_LEVEL = "proof-level"
    TRIGGER = "trigger"
    EVIDENCE = "evidence"
    SHARE = "share"
    """How much of a row's evidence is verified."""
    EXCEPTIONS = "exceptions"
    ADRS = "adrs"
    CITED_BY = "cited-by"
    REVIEW = "review"


#: Shapes whose value is the text as written.
TEXTS = frozenset(
    {Shape.TEXT, Shape.WORDS, Shape.TITLE, Shape.TYPE, Shape.STATUS}
    | {Shape.PROOF_LEVEL, Shape.TRIGGER}
)

#: Shapes of which a rule may find the text itself wrong.
JUDGED = frozenset({Shape.TYPE, Shape.STATUS, Shape.PROOF_LEVEL, Shape.TRIGGER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, of exceptions, of rows, or of both."""

    name: str
    """In options, settings and ``columns``; in exports ``-`` is ``_``."""
    kinds: tuple[str, ...]
    """Some of :data:`KINDS`."""
    label: str = ""
    """The header of its column, in English; empty: it has no column."""
    shape: Shape = Shape.TEXT
    evidence: str = ""
    """The kind of evidence that its text holds: one of :data:`.EVIDENCE_KINDS`, or
    ``any``."""
    headers: tuple[str, ...] = ()
    """Headers that mean it in people's tables."""
    declared: bool = True
    """People write it: in a column of a table, if there is no option for it."""
    needed: bool = False
    """A table is recognised by it."""
    required: bool = False
    """Every declaration must have it, unless ``parity_required_fields`` says otherwise."""
    option: str = ""
    """What its directive option means; empty: there is none."""
    default: bool = False
    """Its column is shown without a ``columns`` option."""
    always: bool = False
    """Its column is shown even if nothing is in it."""
    card: bool = False
    """The card of a declaration lists it."""
    last: bool = False
    """It comes after the others in tables, cards and lists of options."""
    exported: bool = False
    """It is in ``parity.json`` and the CSV files."""
    digest: bool = False
    """A review signs it: the lock's digest covers it."""
    need: str = ""
    """What its field of a need holds; empty: there is none."""

    @property
    def key(self) -> str:
        """The name in records, exports and digests."""
        return self.name.replace("-", "_")


#: Headers of columns that cite whatever proves a row.
_MIXED = ("Evidence", "Proof", "Implementation", "Location", "Source", "Where", "File", "Files")

#: Every field, in the order of columns and exports.
FIELDS: tuple[Field, ...] = (
    Field(
        name="id",
        kinds=(EXCEPTIONS,),
        label="ID",
        shape=Shape.ID,
        headers=("ID", "#"),
        needed=True,
        default=True,
        always=True,
        exported=True,
    ),
    Field(
        name="id", kinds=(MATRIX,), label="ID", shape=Shape.ID, headers=("ID", "#"), exported=True
    ),
    Field(
        name="section",
        kinds=(MATRIX,),
        label="Section",
        shape=Shape.WORDS,
        declared=False,
        default=True,
        exported=True,
        need="The section of a row.",
    ),
    Field(
        name="capability",
        kinds=(EXCEPTIONS,),
        label="Capability",
        headers=("Capability", "Feature", "Scope"),
        needed=True,
        required=True,
        option="What differs.",
        default=True,
        always=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="capability",
        kinds=(MATRIX,),
        label="Capability",
        shape=Shape.TITLE,
        headers=("Capability", "Feature", "Scope"),
        needed=True,
        required=True,
        option="What the reference does.",
        default=True,
        exported=True,
    ),
    Field(
        name="decision",
        kinds=(EXCEPTIONS,),
        label="Decision",
        headers=("Decision",),
        required=True,
        option="What was decided.",
        default=True,
        always=True,
        card=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="type",
        kinds=(EXCEPTIONS,),
        label="Type",
        shape=Shape.TYPE,
        headers=("Type", "Exception Type"),
        required=True,
        option="One of `parity_exception_types`.",
        default=True,
        always=True,
        exported=True,
        digest=True,
        need="The type of an exception.",
    ),
    Field(
        name="revisit",
        kinds=(EXCEPTIONS,),
        label="Revisit Trigger",
        shape=Shape.TRIGGER,
        headers=("Revisit Trigger", "Revisit", "Sunset"),
        option="When it is decided again: a milestone, a date, an event.",
        default=True,
        always=True,
        card=True,
        exported=True,
        digest=True,
        need="When an exception is decided again.",
    ),
    Field(
        name="rationale",
        kinds=(EXCEPTIONS,),
        label="Rationale",
        headers=("Rationale",),
        exported=True,
        digest=True,
    ),
    Field(
        name="feature",
        kinds=(MATRIX,),
        label="Feature",
        option="What the product has for it.",
        default=True,
        card=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="status",
        kinds=(MATRIX,),
        label="Status",
        shape=Shape.STATUS,
        headers=("Status", "State", "Support", "Supported", "Parity"),
        needed=True,
        required=True,
        option="A status, or a label of `parity_statuses`.",
        default=True,
        exported=True,
    ),
    Field(
        name="proof-level",
        kinds=(MATRIX,),
        label="Proof Level",
        shape=Shape.PROOF_LEVEL,
        headers=("Proof Level", "Proof Level Required"),
        option="One of `parity_proof_levels`.",
        default=True,
        card=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="code",
        kinds=(MATRIX,),
        label="Evidence (Code)",
        shape=Shape.EVIDENCE,
        evidence="code",
        headers=("Evidence (Code)", "Code"),
        option="Evidence in code, one entry a line.",
        card=True,
        exported=True,
    ),
    Field(
        name="tests",
        kinds=(MATRIX,),
        label="Evidence (Tests)",
        shape=Shape.EVIDENCE,
        evidence="test",
        headers=("Evidence (Tests)", "Evidence (Test)", "Tests"),
        option="Evidence in tests, one entry a line.",
        card=True,
        exported=True,
    ),
    Field(
        name="ci",
        kinds=(MATRIX,),
        label="Evidence (CI)",
        shape=Shape.EVIDENCE,
        evidence="ci",
        headers=("Evidence (CI)", "CI"),
        option="Evidence in CI, one entry a line.",
        card=True,
        exported=True,
    ),
    Field(
        name="evidence",
        kinds=(MATRIX,),
        label="Evidence",
        shape=Shape.SHARE,
        evidence="any",
        headers=_MIXED,
        option="Evidence of any kind, one entry a line: each kind follows its path.",
        default=True,
        last=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="exceptions",
        kinds=(MATRIX,),
        label="Exceptions",
        shape=Shape.EXCEPTIONS,
        headers=("Exceptions", "Exception"),
        option="The exceptions that it cites.",
        default=True,
        card=True,
        exported=True,
    ),
    Field(
        name="owner",
        kinds=(EXCEPTIONS,),
        label="Owner",
        shape=Shape.WORDS,
        headers=("Owner",),
        option="Who answers for it.",
        default=True,
        card=True,
        last=True,
        exported=True,
        digest=True,
        need="Who answers for it.",
    ),
    Field(
        name="adrs",
        kinds=KINDS,
        label="ADRs",
        shape=Shape.ADRS,
        headers=("ADRs", "ADR"),
        option="The ADRs on which it rests.",
        card=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="evidence",
        kinds=(EXCEPTIONS,),
        label="Evidence",
        shape=Shape.EVIDENCE,
        evidence="any",
        headers=("Evidence", "Proof"),
        option="References into the repository, one a line.",
        card=True,
        exported=True,
        digest=True,
    ),
    Field(
        name="owner",
        kinds=(MATRIX,),
        label="Owner",
        shape=Shape.WORDS,
        headers=("Owner",),
        option="Who answers for it.",
        default=True,
        card=True,
        last=True,
        exported=True,
        digest=True,
        need="Who answers for it.",
    ),
    Field(
        name="notes", kinds=(MATRIX,), label="Notes", headers=("Notes",), exported=True, digest=True
    ),
    Field(name="notes", kinds=(EXCEPTIONS,), headers=("Notes",)),
    Field(
        name="cited-by",
        kinds=(EXCEPTIONS,),
        label="Cited by",
        shape=Shape.CITED_BY,
        declared=False,
        default=True,
        always=True,
        last=True,
        exported=True,
    ),
    Field(
        name="review",
        kinds=(EXCEPTIONS,),
        label="Review",
        shape=Shape.REVIEW,
        declared=False,
        card=True,
        last=True,
    ),
)


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the fields of exceptions or of the matrix: *kind* is one of :data:`KINDS`."""
    return tuple(field for field in FIELDS if kind in field.kinds)


def ordered(kind: str) -> list[Field]:
    """Return the fields of *kind* as people are shown them: some come last."""
    return sorted(fields_of(kind), key=lambda field: field.last)


@cache
def declared_names(kind: str) -> tuple[str, ...]:
    """Return the names of the fields that a column of a table of *kind* can be."""
    return tuple(field.name for field in fields_of(kind) if field.declared)


@cache
def known_headers(kind: str) -> dict[str, str]:
    """Return each known header of tables of *kind*, as people write it, with its field."""
    return {header: field.name for field in fields_of(kind) for header in field.headers}


def labels(kind: str) -> dict[str, str]:
    """Return each column of *kind* with its label."""
    return {field.name: field.label for field in fields_of(kind) if field.label}


def kind_of(record: ParityException | ParityRow) -> str:
    """Return the kind of table that declares records of this class."""
    return MATRIX if hasattr(record, "status") else EXCEPTIONS


def text_of(record: ParityException | ParityRow, field: Field) -> str:
    """Return the text of *field*, of a shape in :data:`TEXTS`, in *record*.

    A field that records have no attribute for is read from the cells, without markup.
    """
    text = getattr(record, field.key, None)
    if isinstance(text, str):
        return text
    return plain_value(dict(record.cells).get(field.name, ""))


@cache
def evidence_fields(kind: str) -> tuple[tuple[str, str], ...]:
    """Return each field of *kind* whose text is evidence, with the kind of evidence."""
    return tuple((field.name, field.evidence) for field in fields_of(kind) if field.evidence)


def cell_of(evidence: Evidence) -> str:
    """Return the field in which *evidence* is written."""
    usual = {kind: name for name, kind in evidence_fields(MATRIX)}
    return evidence.written_in or usual.get(evidence.kind, "evidence")
