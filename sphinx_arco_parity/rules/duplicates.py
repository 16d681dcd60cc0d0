"""The rule that an id is declared once.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import Declaration
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import label_of


def duplicate_id(context: Context) -> Iterator[Finding]:
    """Two declarations share an id."""
    register = context.register
    kinds: tuple[Sequence[Declaration], ...] = (register.exceptions, register.rows, register.claims)
    for declared in kinds:
        first: dict[str, Declaration] = {}
        for declaration in declared:
            if declaration.derived_id:
                continue
            earlier = first.setdefault(declaration.id, declaration)
            if earlier is not declaration:
                yield _twice(context, earlier, declaration)


def _twice(context: Context, first: Declaration, second: Declaration) -> Finding:
    where = f"{first.place.path}:{first.place.line}"
    if first.place == second.place:
        return context.found(
            "duplicate-id",
            second,
            f"{label_of(second)}: is declared twice, because {first.place.path} is "
            f"included in the pages {first.docname} and {second.docname}",
            "include the file in one page only, and link to that page from the other",
        )
    here = f"{second.place.path}:{second.place.line}"
    return context.found(
        "duplicate-id",
        second,
        f"{label_of(second)}: is declared at {here} and already at {where}",
        "give one of the two another id, or remove it if both mean the same",
    )
