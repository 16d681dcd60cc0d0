"""Two ``parity.json`` compared: what improved, regressed, came, went, was reviewed.

Used by ``arco-parity diff``.  The older one is that of a git revision, made by building
its documentation in a folder of its own; here both are only dictionaries.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from sphinx_arco_parity.model.fields import EXCEPTIONS, TEXTS, fields_of
from sphinx_arco_parity.model.records import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_arco_parity.model.parity_document import (
        ClaimEntry,
        EvidenceEntry,
        ExceptionEntry,
        ParityDocument,
        RowEntry,
    )
    from sphinx_arco_parity.review.lock import Lock

    Declared = ExceptionEntry | RowEntry | ClaimEntry

#: How near to the reference a status is; a declared difference is the farthest.
_NEARNESS = {
    "Exception": 0,
    "Planned": 1,
    "Designed": 2,
    "Partial": 3,
    "Implemented": 4,
}

#: Verdicts that are no proof any more.  ``unknown`` is neither proof nor failure, and a
#: moved line is still proven.
_FAILING = frozenset(VERDICTS) - {"verified", "moved", "unknown"}

_EXCEPTION_FIELDS = tuple(
    field.key for field in fields_of(EXCEPTIONS) if field.exported and field.shape in TEXTS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs."""

    kind: str
    """``row``, ``exception``, ``evidence`` or ``claim``."""
    id: str
    """Of the row, exception or claim; of the declaration that cites the evidence."""
    was: str = ""
    """The status, verdict, or the fields that changed; empty for what was added."""
    now: str = ""
    what: str = ""
    """The capability, or the evidence as it is cited."""
    path: str = ""
    """Where it stands now, or stood, relative to the repository."""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two states of the documentation."""

    improved: tuple[Difference, ...] = ()
    regressed: tuple[Difference, ...] = ()
    changed: tuple[Difference, ...] = ()
    """Neither better nor worse: fields of exceptions, labels that are no status."""
    added: tuple[Difference, ...] = ()
    removed: tuple[Difference, ...] = ()
    reviewed: tuple[Difference, ...] = ()
    """Exceptions that have been reviewed since."""
    milestone: tuple[str | None, str | None] = (None, None)
    """Before and now."""
    statuses: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Status to how many rows have it, before and now."""

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        parts = (self.improved, self.regressed, self.changed, self.added, self.removed)
        return any(parts) or bool(self.reviewed) or self.milestone[0] != self.milestone[1]


def compare(
    old: ParityDocument,
    new: ParityDocument,
    *,
    old_lock: Lock | None = None,
    new_lock: Lock | None = None,
) -> Comparison:
    """Compare two contents of ``parity.json``, and the locks beside them."""
    judged = list(_judged(old, new))
    return Comparison(
        improved=_ordered(d for way, d in judged if way > 0),
        regressed=_ordered(d for way, d in judged if way < 0),
        changed=_ordered(d for way, d in judged if way == 0),
        added=_ordered(_only_in(new, old, now=True)),
        removed=_ordered(_only_in(old, new, now=False)),
        reviewed=tuple(_reviewed(new, old_lock, new_lock)),
        milestone=(old.get("milestone"), new.get("milestone")),
        statuses=_statuses(old, new),
    )


#: Kinds of declaration, in the order of the report.
_KINDS = ("row", "exception", "claim")


def _declared(document: ParityDocument, kind: str) -> Sequence[Declared]:
    if kind == "row":
        return document.get("rows", [])
    if kind == "exception":
        return document.get("exceptions", [])
    return document.get("claims", [])


def _ordered(found: Iterator[Difference]) -> tuple[Difference, ...]:
    return tuple(
        sorted(
            found,
            key=lambda d: (
                _KINDS.index(d.kind) if d.kind in _KINDS else 9,
                d.path,
                d.line,
                d.id,
                d.what,
            ),
        )
    )


def _by_id(document: ParityDocument, kind: str) -> dict[str, Declared]:
    """Return the first declaration of each id."""
    found: dict[str, Declared] = {}
    for entry in _declared(document, kind):
        found.setdefault(entry["id"], entry)
    return found


def _rows(document: ParityDocument) -> dict[str, RowEntry]:
    return cast("dict[str, RowEntry]", _by_id(document, "row"))


def _exceptions(document: ParityDocument) -> dict[str, ExceptionEntry]:
    return cast("dict[str, ExceptionEntry]", _by_id(document, "exception"))


def _difference(kind: str, entry: Declared, **more: str) -> Difference:
    named = cast("Mapping[str, str | None]", entry)
    location = entry.get("location")
    return Difference(
        kind=kind,
        id=entry["id"],
        what=more.pop("what", named.get("capability") or named.get("text") or ""),
        path=location["path"] if location else "",
        line=location["line"] if location else 1,
        **more,
    )


def _state(kind: str, entry: Declared) -> str:
    named = cast("Mapping[str, str | None]", entry)
    if kind == "row":
        return named.get("status") or named.get("status_label") or ""
    return (named.get("type") or "") if kind == "exception" else ""


def _only_in(document: ParityDocument, other: ParityDocument, *, now: bool) -> Iterator[Difference]:
    for kind in _KINDS:
        there = _by_id(other, kind)
        for key, item in _by_id(document, kind).items():
            if key not in there:
                state = {"now" if now else "was": _state(kind, item)}
                yield _difference(kind, item, **state)


def _judged(old: ParityDocument, new: ParityDocument) -> Iterator[tuple[int, Difference]]:
    """Give what is in both and differs, with 1 for better, -1 for worse, else 0."""
    rows = _rows(old)
    for key, row in _rows(new).items():
        if key in rows:
            yield from _judged_row(rows[key], row)
            yield from _judged_evidence(rows[key], row)
    exceptions = _exceptions(old)
    for key, exception in _exceptions(new).items():
        if key in exceptions:
            yield from _judged_exception(exceptions[key], exception)
            yield from _judged_evidence(exceptions[key], exception)


def _sign(before: int, after: int) -> int:
    return (after > before) - (after < before)


def _judged_row(old: RowEntry, new: RowEntry) -> Iterator[tuple[int, Difference]]:
    was, now = _state("row", old), _state("row", new)
    if was == now:
        return
    known = was in _NEARNESS and now in _NEARNESS
    way = _sign(_NEARNESS[was], _NEARNESS[now]) if known else 0
    yield way, _difference("row", new, was=was, now=now)


def _judged_evidence(
    old: RowEntry | ExceptionEntry, new: RowEntry | ExceptionEntry
) -> Iterator[tuple[int, Difference]]:
    """Judge the evidence that both cite: proven, failing, or unknown."""
    before = {_cited(piece): piece["verdict"] for piece in old.get("evidence", ())}
    for piece in new.get("evidence", ()):
        was, now = before.get(_cited(piece)), piece["verdict"]
        if was is None or (was in _FAILING) == (now in _FAILING):
            continue
        what = piece.get("text") or piece.get("path") or ""
        way = 1 if was in _FAILING else -1
        yield way, _difference("evidence", new, was=was, now=now, what=what)


def _cited(piece: EvidenceEntry) -> tuple[str | None, ...]:
    """Return what a piece of evidence is known by; its line may move."""
    return (
        piece["kind"],
        piece.get("path"),
        piece.get("symbol"),
        piece.get("job"),
        piece.get("command"),
    )


def _judged_exception(old: ExceptionEntry, new: ExceptionEntry) -> Iterator[tuple[int, Difference]]:
    before, after = (cast("Mapping[str, str | None]", entry) for entry in (old, new))
    names = [name for name in _EXCEPTION_FIELDS if before.get(name) != after.get(name)]
    if names:
        was = "; ".join(f"{name}: {before.get(name) or '–'}" for name in names)
        now = "; ".join(f"{name}: {after.get(name) or '–'}" for name in names)
        yield 0, _difference("exception", new, was=was, now=now)


def _reviewed(
    new: ParityDocument, old_lock: Lock | None, new_lock: Lock | None
) -> Iterator[Difference]:
    before = old_lock.exceptions if old_lock else {}
    for key, review in sorted((new_lock.exceptions if new_lock else {}).items()):
        if before.get(key) != review:
            entry = _by_id(new, "exception").get(key) or cast("Declared", {"id": key})
            said = (review.date, review.milestone, review.by, review.note)
            yield _difference("exception", entry, now=", ".join(s for s in said if s))


def _statuses(old: ParityDocument, new: ParityDocument) -> dict[str, tuple[int, int]]:
    before, after = (_count(document.get("rows", ())) for document in (old, new))
    names = [*reversed(_NEARNESS), *sorted((set(before) | set(after)) - set(_NEARNESS))]
    return {name: (before[name], after[name]) for name in names if before[name] or after[name]}


def _count(rows: Sequence[RowEntry]) -> Counter[str]:
    return Counter(_state("row", row) or "?" for row in rows)
