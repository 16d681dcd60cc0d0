"""Rules on declared exceptions.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.fields import incomplete, not_configured
from sphinx_arco_parity.rules.messages import label_of


def exception_incomplete(context: Context) -> Iterator[Finding]:
    """A required field of an exception is missing."""
    declared = context.register.exceptions
    yield from incomplete(context, "exception-incomplete", "exceptions", declared)


def exception_type(context: Context) -> Iterator[Finding]:
    """The type of an exception is not a configured one."""
    declared, meant = context.register.exceptions, context.settings.exception_type
    yield from not_configured(context, "exception-type", "exception_types", declared, meant)


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
            f"{label_of(exception)}: no row and no claim cites it",
            "cite it in the row or the claim that it limits, or remove it if it limits "
            "nothing any more",
        )
