"""The rule on parity claims that nobody marked.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import ProseClaim
from sphinx_arco_parity.rules.claims import how_to_cite
from sphinx_arco_parity.rules.context import Context

_LONGEST = 120


def prose_claim(context: Context) -> Iterator[Finding]:
    """An unmarked parity claim cites no exception."""
    register = context.register
    scope = context.settings.prose_scope
    for claim in register.prose:
        if _is_covered(register, claim):
            continue
        found = context.found_at(
            "prose-claim",
            claim.place,
            claim.docname or claim.place.path,
            f"{_where(claim)}: “{_short(claim.text)}” {claim.reason}; its {scope} cites "
            "no declared exception",
            how_to_cite(context, claim),
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


def _where(claim: ProseClaim) -> str:
    return f"page {claim.docname}" if claim.docname else f"file {claim.place.path}"


def _short(text: str) -> str:
    folded = " ".join(text.split())
    if len(folded) <= _LONGEST:
        return folded
    return folded[:_LONGEST].rsplit(" ", 1)[0] + "…"
