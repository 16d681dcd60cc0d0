"""Rules on architecture decision records.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from posixpath import dirname

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.fields import cell_of
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import (
    Adr,
    AdrIndexEntry,
    Citation,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
)
from sphinx_arco_parity.repository.adrs import (
    duplicates,
    first_word,
    number_key,
    resolve_adr,
    standing,
    successor_chain,
)
from sphinx_arco_parity.rules.citations import Cited, found_for, mentions
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import quoted
from sphinx_arco_parity.text.words import nearest

Citing = ParityException | ParityRow | ParityClaim

_LABEL = re.compile(r"(?!ADR-)[A-Z]{1,5}-(?=\d)")
_OUT_OF_FORCE = frozenset({"superseded", "deprecated", "rejected"})


def _named(adr: Adr) -> str:
    return f"ADR {adr.number}"


def _titled(adr: Adr) -> str:
    title = f" ({adr.title})" if adr.title else ""
    return f"{_named(adr)}{title}"


def _declared(register: Register) -> Iterator[Citing]:
    yield from register.exceptions
    yield from register.rows
    yield from register.claims


def _as_cited(declared: Citing, citation: Citation) -> Cited:
    field = "" if citation.how == "role" else "adrs"
    return Cited(by=declared, target=citation.target, place=citation.place, field=field)


def unknown_adr(context: Context) -> Iterator[Finding]:
    """No ADR has the number that is cited."""
    register = context.register
    cited = [
        _as_cited(declared, citation)
        for declared in _declared(register)
        for citation in {c.target: c for c in reversed(declared.adrs)}.values()
        if citation.how != "column" or _can_be_adr(citation.target, register)
    ]
    for citation in (*cited, *mentions(register, "adr")):
        if resolve_adr(citation.target, register.adrs) is None:
            message = f"cites ADR `{citation.target}`, which does not exist"
            help_text = _where_adrs_are(context, citation.target)
            yield found_for(context, "unknown-adr", citation, message, help_text)


def _can_be_adr(target: str, register: Register) -> bool:
    """Return whether *target* of a cell can be an ADR.

    ``API-12`` may be an issue, unless some ADR here is numbered with ``API``.
    """
    label = _LABEL.match(target)
    if label is None:
        return True
    numbers = (adr.number.upper() for adr in register.adrs)
    return any(number.startswith(label[0]) for number in numbers)


def _where_adrs_are(context: Context, target: str) -> str:
    globs = ", ".join(f"`{glob}`" for glob in context.settings.evidence.get("adr", ()))
    adrs = context.register.adrs
    guess = nearest(target, [adr.number for adr in adrs])
    found = resolve_adr(guess, adrs) if guess else None
    offer = f"did you mean {_titled(found)}? Otherwise " if found else ""
    return f"{offer}cite one of the tracked files of {globs} (`parity_evidence`)"


def duplicate_adr(context: Context) -> Iterator[Finding]:
    """Two files of ADRs have the same number."""
    for first, *others in duplicates(context.register.adrs):
        for adr in others:
            other = first.path if first.path != adr.path else f"line {first.line}"
            yield context.found_at(
                "duplicate-adr",
                Place(path=adr.path, line=adr.line if adr.is_entry else 1),
                adr.number,
                f"{_named(adr)}: {adr.path} has the same number as {other}",
                "give one of the two files the next free number, and correct what cites it",
            )


def _rests_on(register: Register, declared: Citing) -> Iterator[tuple[Adr, Cited]]:
    """Yield each ADR that *declared* cites, in its ``adrs`` or as evidence, once."""
    found: dict[str, tuple[Adr, Cited]] = {}
    for citation in declared.adrs:
        adr = resolve_adr(citation.target, register.adrs)
        if adr is not None:
            found.setdefault(adr.key, (adr, _as_cited(declared, citation)))
    paths = {adr.path: adr for adr in register.adrs if not adr.is_entry}
    evidence = () if isinstance(declared, ParityClaim) else declared.evidence
    for piece in evidence:
        adr = paths.get(piece.path.removeprefix("./"))
        if adr is not None:
            cited = Cited(
                by=declared, target=piece.path, place=declared.place, field=cell_of(piece)
            )
            found.setdefault(adr.key, (adr, cited))
    yield from found.values()


def adr_not_in_force(context: Context) -> Iterator[Finding]:
    """A declaration cites a superseded, deprecated or rejected ADR."""
    register = context.register
    for declared in _declared(register):
        for adr, cited in _rests_on(register, declared):
            word = standing(adr)
            if word not in _OUT_OF_FORCE:
                continue
            chain = successor_chain(adr, register.adrs)
            message = f"cites {_named(adr)}, which is {word}"
            message += ", itself superseded".join(f" by {_named(adr)}" for adr in chain)
            help_text = "cite an ADR that is in force, or write one"
            if chain and standing(chain[-1]) not in _OUT_OF_FORCE:
                help_text = f"read {_titled(chain[-1])}, and cite it if it decides the same"
            yield found_for(context, "adr-not-in-force", cited, message, help_text)


def adr_only_proposed(context: Context) -> Iterator[Finding]:
    """An `Implemented` row or an exception rests on a proposed ADR."""
    register = context.register
    rows = (row for row in register.rows if register.status(row) == "Implemented")
    decided: list[Citing] = [*register.exceptions, *rows]
    for declared in decided:
        for adr, cited in _rests_on(register, declared):
            if standing(adr) == "proposed":
                where = f"{quoted(adr.status)} in {adr.path}:{adr.line}"
                message = f"rests on {_named(adr)}, which is only proposed ({where})"
                help_text = "accept the ADR, or cite the decision that is in force"
                yield found_for(context, "adr-only-proposed", cited, message, help_text)


def adr_index_differs(context: Context) -> Iterator[Finding]:
    """The status of an ADR differs from that in the index of its folder."""
    by_number = defaultdict[str, list["Adr"]](list)
    for adr in context.register.adrs:
        by_number[number_key(adr.number)].append(adr)
    for entry in context.register.adr_index:
        listed = _listed_by(entry, by_number[number_key(entry.number)])
        if listed is None:
            continue
        where = f"{listed.path}:{listed.line}"
        yield context.found_at(
            "adr-index-differs",
            entry.place,
            listed.number,
            f"{_named(listed)}: its status is {quoted(listed.status)} in {where}, but {quoted(entry.status)} in this index",
            "correct the one that is out of date",
        )


def _listed_by(entry: AdrIndexEntry, adrs: list[Adr]) -> Adr | None:
    """Return the one of *adrs* that *entry* is about, if their statuses differ."""
    folder = dirname(entry.place.path)
    home = [adr for adr in adrs if dirname(adr.path) == folder]
    below = [adr for adr in adrs if not folder or adr.path.startswith(f"{folder}/")]
    said = first_word(entry.status)
    near = home or below
    words = [first_word(adr.status) for adr in near]
    # A number that several files have may stand for any of them.
    if not near or not said or said in words or not all(words):
        return None
    return near[0]
