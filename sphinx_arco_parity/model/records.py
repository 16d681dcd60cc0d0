"""What people declare, as values: exceptions, rows, claims, evidence and ADRs.

Made by :mod:`sphinx_arco_parity.extension` while pages are read, kept by the domain, and
read by everything else.  Nothing here knows docutils, Sphinx or the file system.

Paths are relative to the repository and use ``/``; lines count from 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

#: What a piece of evidence may be, in the order in which ``parity.json`` names them.
EVIDENCE_KINDS = ("adr", "code", "test", "ci")

#: What can be said of a piece of evidence, best first.
VERDICTS = (
    "verified", "moved", "gone", "not-found", "disabled", "expected-failure", "excluded",
    "unknown",
)  # fmt: skip

#: The five meanings of a status; a project's own labels map to them.
STATUSES = ("Implemented", "Partial", "Designed", "Planned", "Exception")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands in a file."""

    path: str
    """Relative to the repository, with ``/``."""
    line: int
    """From 1; 0 for what stands on no line."""

    def shown(self, shown_path: Callable[[str], str] = str) -> str:
        """Return ``path:line`` for people, the path as *shown_path* gives it."""
        path = shown_path(self.path)
        return f"{path}:{self.line}" if self.line else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reference into the repository, as it was written.

    An item of a cell that names several symbols or commands becomes several pieces of
    evidence which share :attr:`item`.
    """

    kind: str
    """One of :data:`EVIDENCE_KINDS`."""
    text: str
    """The item as written, markup and label included."""
    path: str
    """As written, without line or symbol; relative to the repository."""
    line: int | None = None
    """The cited line, or the first of a range."""
    end_line: int | None = None
    """The last line of a range."""
    symbol: str | None = None
    """``name``, ``Type::method``, ``Class.method``, or a test's name."""
    job: str | None = None
    """The workflow's job that is named."""
    command: str | None = None
    """The command that is quoted."""
    inferred: bool = False
    """The symbol is written without back-ticks, or in another cell: it counts only if the
    file defines it."""
    as_written: str = ""
    """The path as written, where it is only the ending of :attr:`path`."""
    item: int = 0
    """Which item of its cell this came from, from 0."""
    at: int | None = None
    """The line on which it is written, if that is not the declaration's."""
    written_in: str = field(default="", compare=False)
    """The field in which it is written, if that is not the one of its kind."""
    column: int = field(default=0, compare=False)
    """Which column of that field it is written in, from 0."""
    # Where it is written is not what it cites: the same reference elsewhere is equal.
    start: int = field(default=0, compare=False)
    """Where in the text of its cell or option the literal, link or word begins that names
    the file, or that goes on with the file named before (``:40``)."""
    end: int = field(default=0, compare=False)
    """Where that ends, with what is joined to it."""
    repeats: int = field(default=0, compare=False)
    """How often :attr:`text` stands in the declaration before it is this item."""
    literal: int | None = field(default=None, compare=False)
    """Which of the cell's literals that is, from 0; ``None`` for a word, and for a link
    whose text is no literal."""
    linked: bool = field(default=False, compare=False)
    """The path is the target of a link, read relative to the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What ``arco-parity fix`` may write in place of a reference."""

    path: str
    """As it is written now."""
    new_path: str
    """As it is to be written."""
    file: str
    """The file that was looked into, relative to the repository."""
    line: int = 0
    """The cited line, or the first of a range; 0 if none is cited."""
    new_line: int = 0
    """The right one; 0 if none is cited."""
    option: str = ""
    """The option of the command that it is for, such as ``--paths``; empty if it needs none."""

    @property
    def lines(self) -> tuple[int, int]:
        """The cited line and the right one."""
        return self.line, self.new_line

    def __str__(self) -> str:
        lines = f":{self.line} → {self.new_line}" if self.line != self.new_line else ""
        if self.new_path == self.path:
            return f"{self.path}{lines}"
        cited = [f":{line}" if line else "" for line in self.lines]
        return f"{self.path}{cited[0]} → {self.new_path}{cited[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the repository says of one piece of evidence."""

    name: str
    """One of :data:`VERDICTS`."""
    found_line: int | None = None
    """The line where the symbol is, when it is known."""
    detail: str = ""
    """One plain sentence for people: why this verdict."""
    rule: str | None = None
    """The rule that this breaks, if any."""
    help: str = ""
    """What to do about it."""
    cause: str = ""
    """What makes this verdict of others, too; see :attr:`.Finding.cause`."""
    fix: Fix | None = None
    """What may be written instead, if exactly one definition or file can be meant."""
    test: str = ""
    """The cited test's name in its file: as :attr:`Mark.name`."""
    mark: str = ""
    """What says that it is expected to fail, as written."""
    result: str | None = None
    """One of :data:`.RESULTS`, if results were read that speak of it."""
    result_detail: str = ""
    """What was reported, and of which commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An exception, row or ADR that is named by a declaration."""

    target: str
    """The id as written; ``NAME:ID`` for another project's."""
    how: str
    """``option``, ``column``, ``role`` or ``text``."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What exceptions, rows and claims have in common."""

    id: str
    docname: str
    """The page that shows it."""
    anchor: str
    """The id of its element on that page."""
    place: Place
    derived_id: bool = False
    """The id was made by us from the text; it never raises ``duplicate-id``."""
    lines: tuple[tuple[str, int], ...] = ()
    """Field to the line on which it is written, for fields of whose text rules speak,
    where that is not the declaration's; of a claim, each word of its text that may be an id."""

    columns: tuple[str, ...] = field(default=(), compare=False)
    """The field of each column of the table that it is a row of; empty for another's."""

    def column_of(self, name: str, number: int = 0) -> int | None:
        """Return the position of the column *number* of those of the field *name*."""
        found = [at for at, other in enumerate(self.columns) if name and other == name]
        return found[number] if number < len(found) else None

    def place_of(self, name: str) -> Place:
        """Return where the field *name* is written."""
        line = dict(self.lines).get(name)
        return Place(path=self.place.path, line=line) if line else self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class ParityException(Declaration):
    """A declared difference between the product and the reference."""

    capability: str = ""
    decision: str = ""
    type: str = ""
    """As written; see :meth:`.Settings.exception_type`."""
    revisit: str = ""
    rationale: str = ""
    owner: str = ""
    adrs: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unread: tuple[Evidence, ...] = ()
    """What is shaped like evidence and was not understood; :attr:`Evidence.text` is it.
    A name that stands alone is its :attr:`Evidence.path` too: a folder may be called so."""
    cells: tuple[tuple[str, str], ...] = ()
    """Field name to text as written, in the order of the columns or options."""
    fields: tuple[tuple[str, str], ...] = ()
    """Fields of the project's own: header as written to text."""
    roles: tuple[Citation, ...] = ()
    """Exceptions that are named by a role in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParityRow(Declaration):
    """One semantic statement of the parity matrix."""

    section: str = ""
    capability: str = ""
    feature: str = ""
    status: str = ""
    """As written; see :meth:`.Settings.status`."""
    proof_level: str = ""
    owner: str = ""
    notes: str = ""
    exceptions: tuple[Citation, ...] = ()
    """From the column or option, and from roles anywhere in the row."""
    exceptions_text: str = ""
    """The ``Exceptions`` cell, whose tokens shaped like ids also cite."""
    adrs: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unread: tuple[Evidence, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParityClaim(Declaration):
    """A statement to readers that the product matches the reference."""

    text: str = ""
    exceptions: tuple[Citation, ...] = ()
    """From the option and from roles; ids in the text are found by the register."""
    rows: tuple[Citation, ...] = ()
    links: tuple[str, ...] = ()
    """Repository paths that the text links to or names."""
    adrs: tuple[Citation, ...] = ()
    inline: bool = False
    """Made by the role, not by the directive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A role of ours in ordinary text."""

    role: str
    """``exception``, ``adr`` or ``row``."""
    target: str
    docname: str
    anchor: str
    """Of the nearest element with an id, or empty for the page."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseClaim:
    """A sentence that says parity and that nobody marked."""

    text: str
    reason: str
    """The rule of grammar that made it a claim."""
    docname: str
    """Empty for a file outside the documentation."""
    anchor: str
    place: Place
    scope_text: str = ""
    """The text of its scope, in which an id counts as a citation."""
    scope_roles: tuple[Citation, ...] = ()
    scope_links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding that is already certain when a page is read."""

    rule: str
    message: str
    help: str
    item: str
    docname: str = ""
    anchor: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A directive that shows collected things."""

    kind: str
    """``exceptions``, ``matrix``, …, ``summary``, ``graph`` or ``legend``."""
    options: tuple[tuple[str, str], ...]
    docname: str
    anchor: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Lines of a page that the build leaves out where an expression does not hold."""

    kind: str
    """``only``, about tags, or ``ifconfig``, about the configuration."""
    expression: str
    first: int
    last: int
    anchors: frozenset[str] = frozenset()
    """Of what stands there, which may be written in another file."""

    def holds_back(self, record: Any, path: str) -> bool:
        """Tell whether *record*, of the page at *path*, stands there."""
        return getattr(record, "anchor", None) in self.anchors or (
            record.place.path == path and self.first <= record.place.line <= self.last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecords:
    """All that one page declares, in the order of its text."""

    docname: str
    path: str
    exceptions: tuple[ParityException, ...] = ()
    rows: tuple[ParityRow, ...] = ()
    claims: tuple[ParityClaim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    prose: tuple[ProseClaim, ...] = ()
    problems: tuple[Problem, ...] = ()
    views: tuple[View, ...] = ()
    tables: tuple[str, ...] = ()
    """The kinds (``exceptions``, ``matrix``) of the plain tables that were taken."""
    in_tables: tuple[str, ...] = ()
    """The anchors of what those tables declare; the rest has a place of its own."""
    conditions: tuple[Condition, ...] = ()
    """Parts of the page that not every build has."""

    def where(self, holds: Callable[[Condition], bool]) -> DocumentRecords:
        """Return what stands in no part whose condition does not hold."""
        out = [part for part in self.conditions if not holds(part)]
        if not out:
            return self

        def kept(records: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(
                each
                for each in records
                if not any(part.holds_back(each, self.path) for part in out)
            )

        names = ("exceptions", "rows", "claims", "mentions", "prose", "problems", "views")
        left: dict[str, Any] = {name: kept(getattr(self, name)) for name in names}
        return replace(self, **left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adr:
    """An architecture decision record."""

    number: str
    """As in the file's name: ``024``."""
    title: str
    status: str
    """As written, in the first line of its status; empty if there is none."""
    path: str
    line: int
    """Where the status stands, or 1."""
    supersedes: tuple[str, ...] = ()
    """Numbers as written."""
    superseded_by: str | None = None
    """The number as written in the successor's file name, if it is known."""
    is_entry: bool = False
    """It is a section of a file that holds several."""

    @property
    def key(self) -> str:
        """What tells it from all others: its path, and its number if it is an entry."""
        return f"{self.path}#{self.number}" if self.is_entry else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class AdrIndexEntry:
    """A line of the table in the README or index of a folder of ADRs."""

    number: str
    status: str
    place: Place
