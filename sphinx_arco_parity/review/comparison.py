"""Two ``parity.json`` compared: what improved, regressed, came, went, was reviewed.

Used by ``arco-parity diff``.  The older one is that of a git revision, made by building
its documentation in a folder of its own; here both are only dictionaries.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sphinx_arco_parity.model.parity_document import (
    ClaimEntry,
    EvidenceEntry,
    ExceptionEntry,
    ParityDocument,
    RowEntry,
)
from sphinx_arco_parity.model.results import RESULTS
from sphinx_arco_parity.review.lock import Lock
from sphinx_arco_parity.review.renames import paired_ids

#: How good a verdict is; all others are failures.  A moved line is still proven.
PROVEN = 2
_GOODNESS = {"verified": PROVEN, "moved": PROVEN, "unknown": 1}


def paired_evidence(
    old: Sequence[EvidenceEntry], new: Sequence[EvidenceEntry]
) -> Iterator[tuple[EvidenceEntry | None, EvidenceEntry | None]]:
    """Pair each piece with what it was: itself, the one at another line, one of its kind.

    Among several the best is taken first, so that no order of cells makes anything worse.
    """
    keys: tuple[Callable[[EvidenceEntry], object], ...] = (
        lambda piece: (cited_as(piece), piece.get("line")),
        cited_as,
        lambda piece: piece["kind"],
    )
    for key in keys:
        before: defaultdict[object, list[EvidenceEntry]] = defaultdict(list)
        for piece in sorted(old, key=goodness, reverse=True):
            before[key(piece)].append(piece)
        rest = []
        for piece in sorted(new, key=goodness, reverse=True):
            if before[key(piece)]:
                yield before[key(piece)].pop(0), piece
            else:
                rest.append(piece)
        old, new = [piece for left in before.values() for piece in left], rest
    yield from ((piece, None) for piece in old)
    yield from ((None, piece) for piece in new)


def goodness(piece: EvidenceEntry) -> int:
    """Return how much *piece* proves, up to :data:`PROVEN`."""
    return _GOODNESS.get(piece["verdict"], 0)


def cited_as(piece: EvidenceEntry) -> tuple[str | None, ...]:
    """Return what a piece of evidence is known by, in whichever column and line it stands."""
    return (piece.get("path"), piece.get("symbol"), piece.get("job"), piece.get("command"))


Declared = ExceptionEntry | RowEntry | ClaimEntry
Renamed = Mapping[str, Mapping[str, str]]

#: How near to the reference a status is; a declared difference is the farthest.
_NEARNESS = {"Exception": 0, "Planned": 1, "Designed": 2, "Partial": 3, "Implemented": 4}

#: What is compared by itself, or only follows from the rest; all else is only what it says.
_APART = frozenset(
    {"id", "location", "status", "evidence", "exceptions", "rows", "cited_by", "disputed", "marks"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs."""

    kind: str
    """``row``, ``exception``, ``claim``, ``evidence`` or ``finding``."""
    id: str
    """Of the row, exception or claim; of what cites the evidence or has the finding."""
    was: str = ""
    """The status, verdict, or the fields that changed; empty for what was added."""
    now: str = ""
    what: str = ""
    """The capability, the evidence as it is cited, or the rule of the finding."""
    why: str = ""
    """Of evidence that is not proven now: what is the matter with it."""
    path: str = ""
    """Where it stands now, or stood, relative to the repository."""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two states of the documentation."""

    improved: tuple[Difference, ...] = ()
    regressed: tuple[Difference, ...] = ()
    changed: tuple[Difference, ...] = ()
    """Neither better nor worse: fields of exceptions, other ids, other evidence as good."""
    added: tuple[Difference, ...] = ()
    removed: tuple[Difference, ...] = ()
    reviewed: tuple[Difference, ...] = ()
    """Exceptions that have been reviewed since."""
    milestone: tuple[str | None, str | None] = (None, None)
    """Before and now."""
    statuses: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Status to how many rows have it, before and now."""

    results: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Result to how many cited tests have it, before and now; empty where nobody has one."""

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
    renamed: Renamed | None = None,
    unseen: Callable[[str], bool] = lambda _path: False,
) -> Comparison:
    """Compare two contents of ``parity.json``, and the locks beside them.

    :param renamed: the rows and exceptions that have another id in *new*.
    :param unseen: tells whether the work tree of *new* lacks a tracked path, as a sparse
        checkout does: that it cannot be judged is no regression.
    """
    renamed = {**(renamed or {}), "claim": _renamed_claims(old, new)}
    judged = [*_newly_wrong(old, new, renamed), *_with_other_ids(new, renamed)]
    old = _with_new_ids(old, renamed)
    judged += _judged(old, new, unseen)
    return Comparison(
        improved=_ordered(d for way, d in judged if way > 0),
        regressed=_ordered(d for way, d in judged if way < 0),
        changed=_ordered(d for way, d in judged if way == 0),
        added=_ordered(_only_in(new, old, now=True)),
        removed=_ordered(_only_in(old, new, now=False)),
        reviewed=tuple(_reviewed(new, old_lock, new_lock)),
        milestone=(old.get("milestone"), new.get("milestone")),
        statuses=_statuses(old, new),
        results=_results(old, new),
    )


#: Kinds of declaration, in the order of the report.
_KINDS = ("row", "exception", "claim")


def _declared(document: ParityDocument, kind: str) -> Sequence[Declared]:
    return cast("Sequence[Declared]", document.get(f"{kind}s", []))


def _ordered(found: Iterator[Difference]) -> tuple[Difference, ...]:
    rank = {kind: number for number, kind in enumerate(_KINDS)}
    return tuple(sorted(found, key=lambda d: (rank.get(d.kind, 9), d.path, d.line, d.id, d.what)))


def _by_id(document: ParityDocument, kind: str) -> dict[str, Declared]:
    """Return the first declaration of each id."""
    found: dict[str, Declared] = {}
    for entry in _declared(document, kind):
        found.setdefault(entry["id"], entry)
    return found


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


def _judged(
    old: ParityDocument, new: ParityDocument, unseen: Callable[[str], bool]
) -> Iterator[tuple[int, Difference]]:
    """Give what is in both and differs, with 1 for better, -1 for worse, else 0."""
    targets = {entry["id"] for kind in ("row", "exception") for entry in _declared(new, kind)}
    for kind in _KINDS:
        before = _by_id(old, kind)
        for key, entry in _by_id(new, kind).items():
            if key not in before:
                continue
            was: Any = before[key]
            now: Any = entry
            states = _state("row", was), _state("row", now)
            if kind == "row" and states[0] != states[1]:
                found = _difference("row", now, was=states[0], now=states[1])
                yield _way_of_status(*states), found
            yield from _judged_fields(kind, was, now)
            yield from _judged_citations(kind, was, now, targets)
            yield from _judged_evidence(was, now, unseen)


def _sign(before: int, after: int) -> int:
    return (after > before) - (after < before)


def _way_of_status(was: str, now: str) -> int:
    """What becomes a word of no meaning is worse; what was one can not be compared."""
    if was not in _NEARNESS:
        return 0
    return _sign(_NEARNESS[was], _NEARNESS.get(now, -1))


def _judged_citations(
    kind: str, old: Any, new: Any, targets: set[str]
) -> Iterator[tuple[int, Difference]]:
    """Judge what is cited: less is worse, unless the row has come nearer to the reference.

    An ``Implemented`` row must cite no exception, so that it loses the citation.
    """
    before, after = ([*e.get("exceptions", ()), *e.get("rows", ())] for e in (old, new))
    lost, gained = set(before) - set(after), set(after) - set(before)
    if lost or gained:
        nearer = _state(kind, new) == "Implemented" or (
            _way_of_status(_state(kind, old), _state(kind, new)) > 0
        )
        way = -1 if len(lost) > len(gained & targets) and not nearer else 0
        was, now = (f"cites {', '.join(cited) or 'nothing'}" for cited in (before, after))
        yield way, _difference(kind, new, was=was, now=now)


def _judged_evidence(
    old: Any, new: Any, unseen: Callable[[str], bool]
) -> Iterator[tuple[int, Difference]]:
    """Judge each piece of evidence, and what is cited in place of another piece."""
    for was, now in paired_evidence(old.get("evidence", ()), new.get("evidence", ())):
        same = bool(was and now and cited_as(was) == cited_as(now))
        verdicts = was["verdict"] if was else "added", now["verdict"] if now else "removed"
        if same and verdicts[0] == verdicts[1]:
            continue
        if was and now:
            seen = now["verdict"] != "unknown" or not unseen(now.get("path") or "")
            way = _sign(goodness(was), goodness(now)) if seen else 0
        else:  # what is wrong with a new one is a finding
            way = -1 if was and goodness(was) == PROVEN else 0
        names = [piece.get("text") or piece.get("path") or "" for piece in (was, now) if piece]
        what = names[-1] if same else " → ".join(dict.fromkeys(names))
        why = (now.get("detail") or "") if now and goodness(now) < PROVEN else ""
        was_now = {"was": verdicts[0], "now": verdicts[1]}
        yield way, _difference("evidence", new, **was_now, what=what, why=why)


def _newly_wrong(
    old: ParityDocument, new: ParityDocument, renamed: Renamed
) -> Iterator[tuple[int, Difference]]:
    """Give the errors that were not found before; what is renamed keeps its own."""
    old_ids = {key: was for ids in renamed.values() for key, was in ids.items()}
    findings = old.get("findings", ())
    known = Counter(finding["id"] for finding in findings if finding["severity"] == "error")
    of_items = {(finding["rule"], finding["item"]) for finding in findings}
    for finding in new.get("findings", ()):
        item = finding["item"] or ""
        known[finding["id"]] -= 1
        kept = item in old_ids and (finding["rule"], old_ids[item]) in of_items
        if finding["severity"] == "error" and known[finding["id"]] < 0 and not kept:
            found = Difference(
                kind="finding",
                id=item or finding["path"] or "",
                now=finding["message"],
                what=finding["rule"],
                path=finding["path"] or "",
                line=finding["line"],
            )
            yield -1, found


def _renamed_claims(old: ParityDocument, new: ParityDocument) -> dict[str, str]:
    before, after = (
        {claim["id"]: claim["text"] for claim in document.get("claims", ())}
        for document in (old, new)
    )
    added = {key: text for key, text in after.items() if key not in before}
    gone = {key: text for key, text in before.items() if key not in after}
    return paired_ids(added, gone, telling=set(added))


def _with_other_ids(new: ParityDocument, renamed: Renamed) -> Iterator[tuple[int, Difference]]:
    for kind, ids in renamed.items():
        entries = _by_id(new, kind)
        for key, was in ids.items():
            if key in entries:
                yield 0, _difference(kind, entries[key], was=f"was called {was}")


def _with_new_ids(document: ParityDocument, renamed: Renamed) -> ParityDocument:
    """Return the older *document* with the ids of the newer one."""
    new_ids = {kind: {was: key for key, was in ids.items()} for kind, ids in renamed.items()}

    def named(kind: str, key: str) -> str:
        return new_ids.get(kind, {}).get(key, key)

    def renewed(kind: str, entry: Declared) -> dict[str, Any]:
        texts = cast("Mapping[str, list[str]]", entry)
        cited = {
            f"{kind}s": [named(kind, key) for key in texts.get(f"{kind}s", ())]
            for kind in ("exception", "row")
        }
        return {**entry, "id": named(kind, entry["id"]), **cited}

    changed = {
        f"{kind}s": [renewed(kind, entry) for entry in _declared(document, kind)] for kind in _KINDS
    }
    return cast("ParityDocument", {**document, **changed})


def _judged_fields(kind: str, old: Any, new: Any) -> Iterator[tuple[int, Difference]]:
    apart = {*_APART, "status_label"} if old.get("status") != new.get("status") else _APART
    names = [name for name in new if name not in apart]
    said = [(name, _field(old.get(name)), _field(new[name])) for name in names]
    said = [(name, was, now) for name, was, now in said if was != now]
    if said:
        was = "; ".join(f"{name}: {was}" for name, was, _ in said)
        now = "; ".join(f"{name}: {now}" for name, _, now in said)
        yield 0, _difference(kind, new, was=was, now=now)


def _field(value: object) -> str:
    if isinstance(value, dict):
        value = [f"{key}={text}" for key, text in value.items() if text]
    return (", ".join(value) if isinstance(value, list) else str(value or "")) or "–"


def _reviewed(
    new: ParityDocument, old_lock: Lock | None, new_lock: Lock | None
) -> Iterator[Difference]:
    before = old_lock.exceptions if old_lock else {}
    for key, review in sorted((new_lock.exceptions if new_lock else {}).items()):
        if before.get(key) != review:
            entry = _by_id(new, "exception").get(key) or cast("Declared", {"id": key})
            said = (review.date, review.milestone, review.by, review.note)
            yield _difference("exception", entry, now=", ".join(s for s in said if s))


def _results(old: ParityDocument, new: ParityDocument) -> dict[str, tuple[int, int]]:
    """Count what was reported of tests that are cited, before and now."""

    def counted(document: ParityDocument) -> Counter[str | None]:
        declared: list[Any] = [*document.get("exceptions", []), *document.get("rows", [])]
        return Counter(piece.get("result") for entry in declared for piece in entry["evidence"])

    then, now = counted(old), counted(new)
    return {word: (then[word], now[word]) for word in RESULTS if then[word] or now[word]}


def _statuses(old: ParityDocument, new: ParityDocument) -> dict[str, tuple[int, int]]:
    before, after = (
        Counter(_state("row", row) or "?" for row in document.get("rows", ()))
        for document in (old, new)
    )
    names = [*reversed(_NEARNESS), *sorted((set(before) | set(after)) - set(_NEARNESS))]
    return {name: (before[name], after[name]) for name in names if before[name] or after[name]}
