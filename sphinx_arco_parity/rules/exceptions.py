"""Rules on declared exceptions.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.fields import incomplete
from sphinx_arco_parity.rules.messages import did_you_mean, label_of, listed, quoted
from sphinx_arco_parity.text.words import is_empty


def exception_incomplete(context: Context) -> Iterator[Finding]:
    """A required field of an exception is missing."""
    declared = context.register.exceptions
    yield from incomplete(context, "exception-incomplete", "exceptions", declared)


def exception_type(context: Context) -> Iterator[Finding]:
    """The type of an exception is not a configured one."""
    known = list(context.settings.exception_types)
    for exception in context.register.exceptions:
        label = exception.type
        if is_empty(label) or context.settings.exception_type(label):
            continue
        yield context.found(
            "exception-type",
            exception,
            f"{label_of(exception)}: the type {quoted(label)} is not a configured one",
            f"{did_you_mean(label, known)}Use {listed(known, joint='or')}, or add the "
            "type to `parity_exception_types`",
            field="type",
        )


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
