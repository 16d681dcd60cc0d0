"""The fields of an exception and of a row, each declared once.

Headers of tables, options of directives, what ``parity_columns`` and
``parity_required_fields`` may name, columns, cards, ``parity.json``, CSV files, needs,
digests of the lock and the reference pages are made from :data:`FIELDS`.  What can be done
with a field follows from its :class:`Shape`, so that one of plain text needs its entry
here and nothing else: its text is kept in the record's cells.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import cache
from typing import Any

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
    MARKS = "marks"
    """The tests whose expected failure, or skip, names the exception."""


#: Shapes whose value is the text as written.
TEXTS = frozenset(
    {Shape.TEXT, Shape.WORDS, Shape.TITLE, Shape.TYPE, Shape.STATUS}
    | {Shape.PROOF_LEVEL, Shape.TRIGGER}
)

#: Shapes of which a rule may find the text itself wrong.
JUDGED = frozenset({Shape.TYPE, Shape.STATUS, Shape.PROOF_LEVEL, Shape.TRIGGER})


@dataclass(frozen=True, slots=True)
class Field:
    """One field, of exceptions, of rows, or of both."""

    name: str
    """In options, settings and ``columns``; in exports ``-`` is ``_``."""
    kinds: tuple[str, ...]
    """Some of :data:`KINDS`."""
    label: str = ""
    """The header of its column, in English; empty: it has no column."""
    shape: Shape = Shape.TEXT
    _: KW_ONLY
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


def _is(words: str) -> dict[str, Any]:
    """Return what is true of a field, of the names of its attributes."""
    return dict.fromkeys(words.split(), True)


_EXCEPTION, _ROW = (EXCEPTIONS,), (MATRIX,)

#: Headers of columns that cite whatever proves a row.
_MIXED = ("Evidence", "Proof", "Implementation", "Location", "Source", "Where", "File", "Files")

#: Every field, in the order of columns and exports.
FIELDS: tuple[Field, ...] = (
    Field("id", _EXCEPTION, "ID", Shape.ID, headers=("ID", "#"),
          **_is("needed default always exported")),
    Field("id", _ROW, "ID", Shape.ID, headers=("ID", "#"), **_is("exported")),
    Field("section", _ROW, "Section", Shape.WORDS, declared=False, need="The section of a row.",
          **_is("default exported")),
    Field("capability", _EXCEPTION, "Capability", headers=("Capability", "Feature", "Scope"),
          option="What differs.", **_is("needed required default always exported digest")),
    Field("capability", _ROW, "Capability", Shape.TITLE,
          headers=("Capability", "Feature", "Scope"), option="What the reference does.",
          **_is("needed required default exported")),
    Field("decision", _EXCEPTION, "Decision", headers=("Decision",), option="What was decided.",
          **_is("required default always card exported digest")),
    Field("type", _EXCEPTION, "Type", Shape.TYPE, headers=("Type", "Exception Type"),
          option="One of `parity_exception_types`.", need="The type of an exception.",
          **_is("required default always exported digest")),
    Field("revisit", _EXCEPTION, "Revisit Trigger", Shape.TRIGGER,
          headers=("Revisit Trigger", "Revisit", "Sunset"),
          option="When it is decided again: a milestone, a date, an event.",
          need="When an exception is decided again.",
          **_is("default always card exported digest")),
    Field("rationale", _EXCEPTION, "Rationale", headers=("Rationale",), **_is("exported digest")),
    Field("feature", _ROW, "Feature", option="What the product has for it.",
          **_is("default card exported digest")),
    Field("status", _ROW, "Status", Shape.STATUS,
          headers=("Status", "State", "Support", "Supported", "Parity"),
          option="A status, or a label of `parity_statuses`.",
          **_is("needed required default exported")),
    Field("proof-level", _ROW, "Proof Level", Shape.PROOF_LEVEL,
          headers=("Proof Level", "Proof Level Required"), option="One of `parity_proof_levels`.",
          **_is("default card exported digest")),
    Field("code", _ROW, "Evidence (Code)", Shape.EVIDENCE, evidence="code",
          headers=("Evidence (Code)", "Code"), option="Evidence in code, one entry a line.",
          **_is("card exported")),
    Field("tests", _ROW, "Evidence (Tests)", Shape.EVIDENCE, evidence="test",
          headers=("Evidence (Tests)", "Evidence (Test)", "Tests",
                   "Test Coverage", "Covered by", "Covered by Tests"),
          option="Evidence in tests, one entry a line.", **_is("card exported")),
    Field("ci", _ROW, "Evidence (CI)", Shape.EVIDENCE, evidence="ci",
          headers=("Evidence (CI)", "CI"), option="Evidence in CI, one entry a line.",
          **_is("card exported")),
    Field("evidence", _ROW, "Evidence", Shape.SHARE, evidence="any", headers=_MIXED,
          option="Evidence of any kind, one entry a line: each kind follows its path.",
          **_is("default last exported digest")),
    Field("exceptions", _ROW, "Exceptions", Shape.EXCEPTIONS, headers=("Exceptions", "Exception"),
          option="The exceptions that it cites.", **_is("default card exported")),
    Field("owner", _EXCEPTION, "Owner", Shape.WORDS, headers=("Owner",),
          option="Who answers for it.", need="Who answers for it.",
          **_is("default card last exported digest")),
    Field("adrs", KINDS, "ADRs", Shape.ADRS, headers=("ADRs", "ADR"),
          option="The ADRs on which it rests.", **_is("card exported digest")),
    Field("evidence", _EXCEPTION, "Evidence", Shape.EVIDENCE, evidence="any",
          headers=("Evidence", "Proof"), option="References into the repository, one a line.",
          **_is("card exported digest")),
    Field("tests", _EXCEPTION, "Tests", Shape.MARKS, declared=False, **_is("card")),
    Field("owner", _ROW, "Owner", Shape.WORDS, headers=("Owner",), option="Who answers for it.",
          need="Who answers for it.", **_is("default card last exported digest")),
    Field("notes", _ROW, "Notes", headers=("Notes",), **_is("exported digest")),
    Field("notes", _EXCEPTION, headers=("Notes",)),
    Field("cited-by", _EXCEPTION, "Cited by", Shape.CITED_BY, declared=False,
          **_is("default always last exported")),
    Field("review", _EXCEPTION, "Review", Shape.REVIEW, declared=False, **_is("card last")),
)  # fmt: skip


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
