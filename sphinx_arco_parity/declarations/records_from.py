"""Make records of named texts: the options of a directive or the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from posixpath import dirname
from sys import intern
from typing import TypedDict

from sphinx_arco_parity.model.fields import (
    EXCEPTIONS,
    FIELDS,
    JUDGED,
    MATRIX,
    Shape,
    cell_of,
    evidence_fields,
)
from sphinx_arco_parity.model.records import (
    Citation,
    Evidence,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
)
from sphinx_arco_parity.text.code_spans import visible
from sphinx_arco_parity.text.inline import Kind, parse
from sphinx_arco_parity.text.words import plain, plain_value, split_list, value

#: Fields of which a rule may find the text itself wrong.
_JUDGED = tuple(field.name for field in FIELDS if field.shape in JUDGED)

#: Shapes of fields that say the same in most declarations.
_ALIKE = {Shape.TYPE, Shape.STATUS, Shape.PROOF_LEVEL, Shape.WORDS}

_REPEATED = frozenset(
    field.name for field in FIELDS if field.shape in _ALIKE or field.evidence == "ci"
)

_ADR = re.compile(r"(?i)\badr[-_ #]*((?:(?-i:[A-Z]{1,5})-?)?\d+[a-rt-z]?)\b")
_ADR_ITEM = re.compile(
    r"(?i)^(?:adr[-_ #]*(?:(?-i:[A-Z]{1,5})-?)?|(?-i:[A-Z]{1,5})-)?\d+[a-z]?"
    r"(?:[-_][\w-]+)?(?:\.(?:md|rst|ya?ml))?$"
)
# In two steps: a pattern for both would look for the ending from every character on.
_PATH = re.compile(r"(?:[\w.@+-]|/(?=[\w.@+-]))+")
_DOCUMENT = re.compile(r"\.(?:md|rst|txt|markdown)\b")

#: The role, without its domain, to what it cites.
ROLES = {
    "exception": "exception",
    "adr": "adr",
    "parity-row": "row",
    "row": "row",
    "parity-claim": "claim",
    "claim": "claim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where and how a declaration was written."""

    docname: str
    anchor: str
    place: Place
    how: str
    """``option`` or ``column``."""
    roles: Sequence[tuple[str, str, Place]] = ()
    """Roles found by the document's own parser: kind, target, place."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Option to the line on which its text begins, where that is another than the
    declaration's."""

    columns: Sequence[tuple[str | None, str]] = ()
    """Field, if it is one of ours, and text of each column of a row, in their order."""
    site: str = ""
    """Where the repository's own site shows a file; see :class:`.Home`."""

    def place_of(self, name: str) -> Place:
        """Return where the option or column *name* stands."""
        line = self.lines.get(name)
        return Place(path=self.place.path, line=line) if line else self.place

    def cite(self, target: str, how: str = "", place: Place | None = None) -> Citation:
        """Return a citation of *target* from here."""
        return Citation(target=target, how=how or self.how, place=place or self.place)


def split_target(text: str) -> tuple[str, str]:
    """Split the text of a role into title and target: ``title <target>``."""
    text = visible(text)
    bare = text.removesuffix("\n")
    title, _, target = bare[:-1].rpartition("<")
    if bare.endswith(">") and title and ">" not in target and title[-1] != "\\":
        return title.strip(), target.strip()
    return text.strip(), text.strip()


def roles_in(text: str, place: Place) -> list[tuple[str, str, Place]]:
    """Return the roles that *text* holds as source: kind, target, place."""
    found = []
    for span in parse(text).spans if "`" in text else ():
        kind = ROLES.get(span.role.removeprefix("parity:"))
        before = text[span.start - 1 : span.start]
        if kind and not (before.isalnum() or before in {"_", "+", ":", "{"}):
            found.append((kind, split_target(span.text)[1], place))
    return found


def exception_from(
    texts: Mapping[str, str],
    own: Sequence[tuple[str, str]],
    written: Written,
    *,
    identifier: str,
    derived: bool = False,
    rationale: str = "",
) -> ParityException:
    """Make an exception of *texts*: field name to text as written."""
    texts = _shared(texts)
    roles = _roles(texts, own, written)
    return ParityException(
        id=identifier,
        derived_id=derived,
        docname=written.docname,
        anchor=written.anchor,
        place=written.place,
        lines=_field_lines(written),
        columns=_order(tuple(name or "" for name, _ in written.columns)),
        capability=_plain(texts, "capability"),
        decision=_plain(texts, "decision"),
        type=plain(texts.get("type", "")),
        revisit=_plain(texts, "revisit"),
        rationale=rationale or value(texts.get("rationale", "") or texts.get("notes", "")),
        owner=_plain(texts, "owner"),
        adrs=_adrs(texts.get("adrs", ""), roles, written),
        **_evidence(texts, evidence_fields(EXCEPTIONS), written),
        cells=_cells(texts, written),
        fields=tuple(own),
        roles=_cited(roles, "exception", written),
    )


def row_from(
    texts: Mapping[str, str],
    own: Sequence[tuple[str, str]],
    written: Written,
    *,
    identifier: str,
    derived: bool,
    section: str,
    notes: str = "",
) -> ParityRow:
    """Make a row of *texts*: field name to text as written."""
    texts = _shared(texts)
    roles = _roles(texts, own, written)
    listed: tuple[Citation, ...] = ()
    if written.how == "option":
        listed = _options(texts, "exceptions", written)
    return ParityRow(
        id=identifier,
        derived_id=derived,
        docname=written.docname,
        anchor=written.anchor,
        place=written.place,
        lines=_field_lines(written),
        columns=_order(tuple(name or "" for name, _ in written.columns)),
        section=section,
        capability=_plain(texts, "capability"),
        feature=_plain(texts, "feature"),
        status=texts.get("status", "").strip(),
        proof_level=texts.get("proof-level", "").strip(),
        owner=_plain(texts, "owner"),
        notes=notes or value(texts.get("notes", "")),
        exceptions=listed + _cited(roles, "exception", written),
        exceptions_text="" if listed else value(texts.get("exceptions", "")),
        adrs=_adrs(texts.get("adrs", ""), roles, written),
        **_evidence(texts, evidence_fields(MATRIX), written),
        cells=_cells(texts, written),
        fields=tuple(own),
    )


def claim_from(
    text: str,
    options: Mapping[str, str],
    written: Written,
    *,
    identifier: str,
    derived: bool,
    links: Sequence[str] = (),
    inline: bool = False,
) -> ParityClaim:
    """Make a claim of its *text*, in the canonical form of cells."""
    roles = list(written.roles)
    return ParityClaim(
        id=identifier,
        derived_id=derived,
        docname=written.docname,
        anchor=written.anchor,
        place=written.place,
        text=text,
        exceptions=_options(options, "exceptions", written) + _cited(roles, "exception", written),
        rows=_options(options, "rows", written) + _cited(roles, "row", written),
        links=tuple(dict.fromkeys((*links, *named_documents(text)))),
        adrs=_cited(roles, "adr", written),
        inline=inline,
    )


def named_documents(text: str) -> list[str]:
    """Return the literal paths of documents that *text* names, without lines."""
    found = []
    for path in _PATH.findall(text):
        ends = [match.end() for match in _DOCUMENT.finditer(path)]
        if ends:
            found.append(path[: ends[-1]].removeprefix("./"))
    return found


def _field_lines(written: Written) -> tuple[tuple[str, int], ...]:
    """Return where the options stand that a rule may find wrong by their text alone."""
    if not written.lines:
        return ()
    return tuple((name, written.lines[name]) for name in _JUDGED if name in written.lines)


@lru_cache(maxsize=64)
def _order(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one tuple that the rows of a table share, in memory and where they are kept."""
    return columns


def _shared(texts: Mapping[str, str]) -> dict[str, str]:
    """Return *texts*, with one string for what many declarations say.

    Ten thousand of them take a fifth less of memory so, and of time to be kept.
    """
    return {name: intern(text) if name in _REPEATED else text for name, text in texts.items()}


def _plain(texts: Mapping[str, str], name: str) -> str:
    return plain_value(texts.get(name, ""))


def _options(texts: Mapping[str, str], name: str, written: Written) -> tuple[Citation, ...]:
    """Return what a list option names: each entry is a citation, role or id."""
    found = []
    text, place = texts.get(name, ""), written.place_of(name)
    for below, entry in _entries(text):
        at = Place(path=place.path, line=place.line + below)
        if name not in written.lines:
            at = place
        roles = roles_in(entry, at)
        targets = [target for _, target, _ in roles] or [plain(entry)]
        found += [written.cite(target, place=at) for target in targets]
    return tuple(found)


def _entries(text: str) -> list[tuple[int, str]]:
    """Return the entries of a list, each with the number of lines above it."""
    lines = enumerate(text.split("\n"))
    return [(below, entry) for below, line in lines for entry in split_list(line)]


def _roles(
    texts: Mapping[str, str], own: Sequence[tuple[str, str]], written: Written
) -> list[tuple[str, str, Place]]:
    """Return the roles of a declaration: those parsed, or else those in its source."""
    if written.how == "column" and written.roles:
        return list(written.roles)
    found = list(written.roles)
    for name, text in (*texts.items(), *own):
        if not (written.how == "option" and name in {"exceptions", "rows"}):
            found += roles_in(text, written.place)
    return found


def _cited(
    roles: Sequence[tuple[str, str, Place]], kind: str, written: Written
) -> tuple[Citation, ...]:
    return tuple(written.cite(target, "role", place) for k, target, place in roles if k == kind)


def _with_targets(text: str) -> str:
    """Return *text* with the target of each link in its place."""
    if "](" not in text:
        return text
    return "".join(
        span.target or span.text if span.kind is Kind.LINK else text[span.start : span.end]
        for span in parse(text).spans
    )


def _adrs(
    text: str, roles: Sequence[tuple[str, str, Place]], written: Written
) -> tuple[Citation, ...]:
    """Return the ADRs that an ``adrs`` cell or option names, and those of roles."""
    targets: dict[str, int] = {}
    for below, item in _entries(_with_targets(text)):
        word = plain(item).split("#")[0].lstrip("/")
        if (
            ("/" in word and " " not in word and named_documents(word))
            or _ADR_ITEM.match(word)
            or written.how == "option"
        ):
            targets.setdefault(word, below)
        else:
            for number in _ADR.findall(word):
                targets.setdefault(number, below)
    place = written.place_of("adrs")
    if "adrs" not in written.lines:
        targets = dict.fromkeys(targets, 0)
    named = [
        written.cite(target, place=Place(path=place.path, line=place.line + below))
        for target, below in targets.items()
    ]
    return (*named, *_cited(roles, "adr", written))


class _Cited(TypedDict):
    """What a declaration cites, and what it seems to cite; lines in an option included."""

    evidence: tuple[Evidence, ...]
    unread: tuple[Evidence, ...]


def _evidence(
    texts: Mapping[str, str], kinds: Sequence[tuple[str, str]], written: Written
) -> _Cited:
    """Return the evidence of the fields of *kinds*, and what is unread in them."""
    # Brings the whole grammar with it, which a build that reads no page does not need.
    from sphinx_arco_parity.notation import Home, parse_cell  # noqa: PLC0415

    home = Home(dirname(written.place.path), written.site)
    found: list[Evidence] = []
    unread: list[Evidence] = []
    for name, kind in kinds:
        for column, (text, before) in enumerate(_written_as(name, texts, written)):
            cell = parse_cell(text, kind, home=home) if value(text) else None
            if cell is None:
                continue
            placed = partial(_placed, name, column, text, before, written.lines.get(name))
            found += map(placed, cell.evidence)
            unread += map(placed, cell.unread)
    return {"evidence": tuple(found), "unread": tuple(unread)}


def _placed(
    name: str, column: int, text: str, before: Callable[[], str], first: int | None, piece: Evidence
) -> Evidence:
    """Return *piece*, of the field *name*, with where it is written."""
    start = text.rfind(piece.text, 0, piece.start + len(piece.text))
    repeats = before().count(piece.text) + text.count(piece.text, 0, max(start, 0))
    at = None
    if first is not None:
        at = first + text.count("\n", 0, max(text.find(piece.text.split("\n")[0]), 0))
    other = name if cell_of(piece) != name else ""
    if at is None and not (repeats or other or column):  # as in most cells
        return piece
    return replace(piece, at=at, repeats=repeats, written_in=other, column=column)


def _written_as(
    name: str, texts: Mapping[str, str], written: Written
) -> list[tuple[str, Callable[[], str]]]:
    """Return each text of the field *name*, with what gives all that is said before it."""
    columns = written.columns
    places = [place for place, (field, _) in enumerate(columns) if field == name]
    if places:
        return [
            (columns[place][1], partial("\n".join, [text for _, text in columns[:place]]))
            for place in places
        ]
    line = written.lines.get(name, 0)
    above = [texts[other] for other in texts if written.lines.get(other, 0) < line]
    return [(texts.get(name, ""), partial("\n".join, above))]


def _cells(texts: Mapping[str, str], written: Written) -> tuple[tuple[str, str], ...]:
    """Return field and text of each cell; a field may have several columns."""
    fields = [field for field, _ in written.columns if field]
    if len(fields) == len(set(fields)):
        return tuple(texts.items())
    return tuple((field, text) for field, text in written.columns if field)
