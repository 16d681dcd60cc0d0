"""Rules on claims, marked or not.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import ParityClaim, ParityException, ProseClaim
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import listed, with_capability
from sphinx_arco_parity.text.words import plain, word_set

_WORD = re.compile(r"[^\W_]{2,40}")
_STOP = word_set("""
    about above after all also an and any api are as at be because been but by can could compatible
    compatibility do does each equal equivalent every exactly exception feature features for from
    full fully functional had has have how identical if in into is it its just like match matches
    matching model more most no not now of on one only or other our out parity planned product
    provides reference replacement replaces revisit same semantics so some such support supported
    supports than that the their them then there these they this those to type use used uses
    version via was we were what when which while will with work works you your drop
    """)
_ENDINGS = (
    "iations", "iation", "izations", "isations", "ization", "isation", "ations", "ation", "ments", "ment",
    "ings", "ing", "ions", "ion", "able", "ers", "er", "ors", "or", "ies", "ed", "es", "s",
    "e", "y",
)  # fmt: skip

#: Characters of a sentence that are shown.
_LONGEST = 120

#: Of more exceptions than these none is offered: comparing all would take long.
_MANY = 500


def claim_without_exception(context: Context) -> Iterator[Finding]:
    """A claim cites no declared exception."""
    register = context.register
    for claim in register.claims:
        # One that cites an unknown id is told that, and that alone.
        if register.cited_by_claim(claim) or register.cites_declaring_page(claim.links):
            continue
        yield context.found(
            "claim-without-exception",
            claim,
            "cites no declared exception",
            _how_to_cite(context, claim),
        )


def prose_claim(context: Context) -> Iterator[Finding]:
    """An unmarked parity claim cites no exception."""
    register = context.register
    scope = context.settings.prose_scope
    for claim in register.prose:
        if _is_covered(register, claim):
            continue
        text = " ".join(claim.text.split())
        if len(text) > _LONGEST:
            text = text[:_LONGEST].rsplit(" ", 1)[0] + "…"
        where = f"page {claim.docname}" if claim.docname else f"file {claim.place.path}"
        found = context.found_at(
            "prose-claim",
            claim.place,
            claim.docname or claim.place.path,
            f"{where}: “{text}” {claim.reason}; its {scope} cites no declared exception",
            _how_to_cite(context, claim),
        )
        yield replace(found, docname=claim.docname, anchor=claim.anchor)


def _is_covered(register: Register, claim: ProseClaim) -> bool:
    """Tell whether the scope of *claim* cites, or its page declares exceptions."""
    if claim.place.path in register.declaring_paths:
        return True
    # A role that cites an unknown id is told that, and that alone.
    if claim.scope_roles or register.cites_declaring_page(claim.scope_links):
        return True
    tokens = register.id_shapes.tokens(claim.scope_text)
    return any(register.is_declared(token) for token in tokens)


def _how_to_cite(context: Context, claim: ParityClaim | ProseClaim) -> str:
    """Return help for a claim that cites nothing: what may limit it, and how to say so."""
    register = context.register
    if not register.exceptions:
        return (
            "no exception is declared: declare one with the directive "
            "`parity-exception`, or name the page of the register in `parity_tables`"
        )
    names = [context.settings.product, context.settings.reference]
    names += [name for aliases in context.settings.aliases.values() for name in aliases]
    few = register.exceptions if len(register.exceptions) <= _MANY else ()
    related = related_exceptions(claim.text, few, without=names)
    example = register.exceptions_by_id[(related or [register.exceptions[0].id])[0]]
    ways = f"the role :exception:`{example.id}`"
    if isinstance(claim, ParityClaim):
        own = f"`<{example.id}>` at its end" if claim.inline else f"`:exceptions: {example.id}`"
        ways = f"{own} or {ways}"
    if related:
        offered = listed(with_capability(register, related_id) for related_id in related)
        return f"{offered} may limit it: cite what does, as with {ways}"
    return f"name the exceptions that limit it, as with {ways}, or link to {example.place.path}"


def related_exceptions(
    text: str, exceptions: Sequence[ParityException], *, without: Sequence[str] = (), limit: int = 3
) -> list[str]:
    """Return the ids of the exceptions that share words with *text*, best first.

    Words of *without* (the names of product and reference) do not count.  A word counts
    for more if few exceptions have it, and a capability's for more than a rationale's.
    """
    ignored = {stem for name in without for stem in _stems(name)}
    wanted = _stems(text) - ignored
    if not wanted:
        return []
    heads = [_stems(exception.capability) - ignored for exception in exceptions]
    bodies = [
        _stems(f"{exception.decision} {exception.rationale}") - ignored for exception in exceptions
    ]
    known_by = Counter(
        stem for pair in zip(heads, bodies, strict=True) for stem in set.union(*pair)
    )
    scored = []
    for order, (exception, head, body) in enumerate(zip(exceptions, heads, bodies, strict=True)):
        shared = wanted & (head | body)
        score = sum(1 / known_by[stem] * (3 if stem in head else 1) for stem in shared)
        if score:
            scored.append((-score, order, exception.id))
    return list(dict.fromkeys(name for _, _, name in sorted(scored)))[:limit]


def _stems(text: str) -> set[str]:
    """Return the words of *text* that carry meaning, without their endings."""
    words = _WORD.findall(plain(text).casefold())
    return {_stem(word) for word in words if word not in _STOP}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
