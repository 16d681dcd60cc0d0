"""What a review looks at: the first declaration of each id, in the register's order."""

from __future__ import annotations

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import ParityException, ParityRow


def exceptions_of(register: Register) -> tuple[ParityException, ...]:
    """Return the exceptions, each id once, in the order of pages and lines."""
    first = register.exceptions_by_id
    return tuple(exception for exception in register.exceptions if first[exception.id] is exception)


def rows_of(register: Register) -> tuple[ParityRow, ...]:
    """Return the rows, each id once, in the order of pages and lines."""
    first = register.rows_by_id
    return tuple(row for row in register.rows if first[row.id] is row)
