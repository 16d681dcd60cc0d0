"""Rules on claims that are marked.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import ParityClaim, ProseClaim
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import label_of, listed, with_capability

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
            how_to_cite(context, claim),
        )


def how_to_cite(context: Context, claim: ParityClaim | ProseClaim) -> str:
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
