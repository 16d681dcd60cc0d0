"""Rules on citations: what is cited must be declared.

Exceptions, rows and ADRs are cited by options, columns, roles and text.  Listed in
:data:`sphinx_arco_parity.rules.ALL_RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import Citation, Declaration, Mention, Place
from sphinx_arco_parity.review.renames import renamed_exceptions
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import did_you_mean, label_of, with_capability
from sphinx_arco_parity.text.words import nearest

_DIGITS = re.compile(r"(?=\d)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An id, who cites it and where."""

    by: Declaration | Mention
    target: str
    place: Place
    field: str = ""
    """Where it is cited, if that is a field."""


def found_for(context: Context, rule: str, cited: Cited, message: str, help_text: str) -> Finding:
    """Return a finding about the citation *cited*, shown where it is made."""
    by = cited.by
    if isinstance(by, Declaration):
        found = context.found(rule, by, message, help_text, place=cited.place, field=cited.field)
        return replace(found, written=(cited.target, 0))
    message = f"{label_of(by)}: {message}"
    found = context.found_at(rule, cited.place, by.docname, message, help_text)
    return replace(found, docname=by.docname, anchor=by.anchor, role=(by.role, by.target))


def _each_once(
    by: Declaration, citations: Iterable[Citation], ids: Iterable[str], field: str
) -> Iterator[Cited]:
    """Yield *ids* of *field*, each at the first of *citations* that names it, else at *by*."""
    made = {citation.target: citation for citation in reversed(list(citations))}
    for target in dict.fromkeys(ids):
        citation = made.get(target)
        place = citation.place if citation else by.place_of(target)
        free = place != by.place if citation is None else citation.how == "role"
        yield Cited(by=by, target=target, place=place, field="" if free else field)


def mentions(register: Register, role: str) -> Iterator[Cited]:
    """Yield what roles in ordinary text cite; *role* as in :class:`.Mention`."""
    for mention in register.mentions:
        if mention.role == role:
            yield Cited(by=mention, target=mention.target, place=mention.place)


def cited_exceptions(register: Register) -> Iterator[Cited]:
    """Yield every citation of an exception, one for each declaration and id."""
    for exception in register.exceptions:
        ids = [role.target for role in exception.roles]
        yield from _each_once(exception, exception.roles, ids, "exceptions")
    for row in register.rows:
        yield from _each_once(row, row.exceptions, register.cited_by_row(row), "exceptions")
    for claim in register.claims:
        ids = list(register.cited_by_claim(claim))
        yield from _each_once(claim, claim.exceptions, ids, "exceptions")
    yield from mentions(register, "exception")


def unknown_exception(context: Context) -> Iterator[Finding]:
    """A role, row, claim or option cites an exception that is not declared."""
    register = context.register
    # Looking for the nearest of many ids takes long, and one slip is made often.
    why: dict[str, tuple[str, str]] = {}
    for cited in cited_exceptions(register):
        if register.is_declared(cited.target):
            continue
        if cited.target not in why:
            why[cited.target] = why_unknown(context, cited.target)
        wrong, help_text = why[cited.target]
        message = f"cites `{cited.target}`, {wrong}"
        yield found_for(context, "unknown-exception", cited, message, help_text)


def why_unknown(context: Context, target: str) -> tuple[str, str]:
    """Return what is wrong with the citation of *target*, and what to do."""
    register, lock = context.register, context.lock
    name, colon, identifier = target.partition(":")
    if colon and name and not register.id_shapes.has(target):
        return _why_unknown_elsewhere(register, name, identifier)
    if not register.exceptions_by_id:
        return "but no exception is declared", (
            "declare it with the directive `parity-exception`, or name the page of the "
            "register in `parity_tables`"
        )
    was = renamed_exceptions(register, lock) if lock is not None else {}
    now = (new for new, old in was.items() if old == target)
    guess = next(now, None) or _slip_of(target, register.exceptions_by_id)
    offer = f"did you mean {with_capability(register, guess)}? Otherwise " if guess else ""
    return "which is not declared", f"{offer}declare it, or remove the citation"


def _slip_of(target: str, known: Iterable[str]) -> str | None:
    """Return the id that *target* is but for case, zeros, signs or a slip in its letters.

    Other digits, or another letter behind them, are another id.
    """
    letters, rest = _parts(target)
    if not rest:
        return nearest(target, list(known))
    same = {key: _parts(key)[0] for key in known if _parts(key)[1] == rest}
    exact = [key for key, word in same.items() if word == letters]
    close = exact or [
        key
        for key, word in same.items()
        if 2 * len(set(word) & set(letters)) >= max(len(word), len(letters))
    ]
    return close[0] if len(close) == 1 else None


def _parts(identifier: str) -> tuple[str, str]:
    """The letters before the first digit, and what follows, as they are compared."""
    folded = "".join(filter(str.isalnum, identifier.casefold()))
    word = _DIGITS.split(folded, maxsplit=1)[0]
    return word, _ZEROS.sub("", folded[len(word) :])


def _why_unknown_elsewhere(register: Register, name: str, identifier: str) -> tuple[str, str]:
    if name not in register.inventories:
        offer = did_you_mean(name, list(register.inventories))
        return f"but `intersphinx_mapping` names no project `{name}`", (
            f"{offer}add the project to `intersphinx_mapping`, or correct the name before the colon"
        )
    guess = _slip_of(identifier, sorted(register.inventories[name] or ()))
    offer = f"did you mean `{guess}`? Otherwise " if guess else ""
    return f"but the project `{name}` declares no exception `{identifier}`", (
        f"{offer}correct the id, or remove the citation"
    )


def inventory_not_loaded(context: Context) -> Iterator[Finding]:
    """An inventory from which exceptions are cited could not be loaded."""
    register = context.register
    missing = {name for name, ids in register.inventories.items() if ids is None}
    if not missing:
        return
    cited = {citation.target.partition(":")[0] for citation in cited_exceptions(register)}
    for name in sorted(missing & cited):
        found = context.found_at(
            "unreadable-file",
            context.config_place("intersphinx_mapping"),
            name,
            f"inventory {name}: could not be loaded, so that the exceptions cited from "
            "it are not checked",
            f"see that the `objects.inv` of `{name}` in `intersphinx_mapping` can be read",
        )
        if "unreadable-file" not in context.settings.rules:
            # A network that is down is no defect of these documents.
            found = replace(found, severity=Severity.WARNING)
        yield found


def exception_uncited(context: Context) -> Iterator[Finding]:
    """No row and no claim cites the exception."""
    register = context.register
    for identifier, exception in register.exceptions_by_id.items():
        cited = register.cited_by.get(identifier)
        if cited is not None and (cited.rows or cited.claims):
            continue
        yield context.found(
            "exception-uncited",
            exception,
            "no row and no claim cites it",
            "cite it in the row or the claim that it limits, or remove it if it limits "
            "nothing any more",
        )


def unknown_row(context: Context) -> Iterator[Finding]:
    """A role or a claim names a row that is not declared."""
    register = context.register
    cited = [
        citation
        for claim in register.claims
        for citation in _each_once(claim, claim.rows, [row.target for row in claim.rows], "rows")
    ]
    for citation in (*cited, *mentions(register, "row")):
        target = citation.target.removeprefix("row:")
        if citation.target in register.rows_by_id or target in register.rows_by_id:
            continue
        message = f"names the row `{target}`, which is not declared"
        offer = did_you_mean(target, list(register.rows_by_id))
        help_text = f"{offer}correct the id, declare the row, or remove the reference"
        yield found_for(context, "unknown-row", citation, message, help_text)
