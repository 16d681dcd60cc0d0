"""Rules on directives that show collected things: what they ask for must exist.

Listed in :data:`.rules.ALL_RULES`.  Columns of the project's own are known only when all
pages have been read, so this is no problem of reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import View
from sphinx_arco_parity.model.table_columns import COLUMNS, own_key
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.text.words import nearest, split_list

_OPTIONS = ("columns", "group-by", "sort")


def view_asks_for_no_column(context: Context) -> Iterator[Finding]:
    """A directive that shows a table names a column that the table does not have."""
    for document in context.register.documents:
        for view in document.views:
            if view.kind in COLUMNS:
                yield from _unknown(context, view)


def _unknown(context: Context, view: View) -> Iterator[Finding]:
    known = {*COLUMNS[view.kind], *_own_columns(context, view.kind)}
    if "from" in dict(view.options):
        known.add("product")
    for option, text in view.options:
        if option not in _OPTIONS:
            continue
        for name in split_list(text):
            if own_key(name.lstrip("-")) not in known:
                yield _found(context, view, option, name.lstrip("-"), sorted(known))


def _own_columns(context: Context, kind: str) -> set[str]:
    register = context.register
    fields = [exception.fields for exception in register.exceptions] if kind != "matrix" else []
    fields += [row.fields for row in register.rows] if kind == "matrix" else []
    return {own_key(header) for pairs in fields for header, _ in pairs}


def _found(context: Context, view: View, option: str, name: str, known: list[str]) -> Finding:
    guess = nearest(name, known)
    hint = f"; did you mean `{guess}`?" if guess else ""
    found = context.found_at(
        "malformed-declaration",
        view.place,
        f"parity-table {view.kind}",
        f"parity-table {view.kind}: `{option}` names “{name}”, which is no column of "
        f"this table{hint}",
        f"known columns: {', '.join(known)}",
    )
    return replace(found, docname=view.docname, anchor=view.anchor)
