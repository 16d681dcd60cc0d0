"""What was already certain when the pages were read, as findings.

Listed in :data:`.rules.ALL_RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.rules.context import Context


def problems_of_reading(context: Context) -> Iterator[Finding]:
    """A page holds something that cannot be what it is plainly meant to be."""
    for document in context.register.documents:
        for problem in document.problems:
            found = context.found_at(
                problem.rule, problem.place, problem.item, problem.message, problem.help
            )
            yield replace(found, docname=problem.docname, anchor=problem.anchor)
