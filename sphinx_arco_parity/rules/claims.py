"""Rules on claims, marked or not.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import ParityClaim, ProseClaim
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import label_of, listed, with_capability

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
            f"{label_of(claim)}: cites no declared exception",
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
    related = _related(context, claim.text)
    example = register.exceptions_by_id[(related or [register.exceptions[0].id])[0]]
    ways = " or ".join(_ways(claim, example.id))
    if related:
        offered = listed(with_capability(register, related_id) for related_id in related)
        return f"{offered} may limit it: cite what does, as with {ways}"
    return f"name the exceptions that limit it, as with {ways}, or link to {example.place.path}"


def _ways(claim: ParityClaim | ProseClaim, example: str) -> list[str]:
    role = f"the role :exception:`{example}`"
    if isinstance(claim, ProseClaim):
        return [role]
    if claim.inline:
        return [f"`<{example}>` at its end", role]
    return [f"`:exceptions: {example}`", role]


def _related(context: Context, text: str) -> list[str]:
    # Words are compared only where there is something to say.
    from sphinx_arco_parity.prose.related import related_exceptions  # noqa: PLC0415

    settings, exceptions = context.settings, context.register.exceptions
    if len(exceptions) > _MANY:
        return []
    names = [settings.product, settings.reference]
    names += [name for aliases in settings.aliases.values() for name in aliases]
    return related_exceptions(text, exceptions, without=names)
