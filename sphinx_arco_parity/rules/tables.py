"""Rules on tables: those of ``parity_tables``, and those that directives show.

Listed in :data:`.rules.ALL_RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import View
from sphinx_arco_parity.model.table_columns import COLUMNS, own_key
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import did_you_mean, listed
from sphinx_arco_parity.text.patterns import matches, page_globs
from sphinx_arco_parity.text.words import nearest, split_list

#: The columns without which a table is not taken, by kind.
_NEEDED = {"exceptions": "id and capability", "matrix": "capability and status"}
_OPTIONS = ("columns", "group-by", "sort")
_NAMES = {"exceptions": "exceptions", "matrix": "the matrix"}


def table_not_recognised(context: Context) -> Iterator[Finding]:
    """A pattern of `parity_tables` matches no page, or no page that it matches has a table with the needed columns."""
    for kind, patterns in context.settings.tables.items():
        for number, pattern in enumerate(patterns):
            if pattern.startswith("!"):
                continue
            # What later patterns take away was never meant by this one.
            away = [pattern for pattern in patterns[number + 1 :] if pattern.startswith("!")]
            wrong = _what_is_wrong(context, kind, pattern, away)
            if wrong is not None:
                yield context.found_at(
                    "table-not-recognised",
                    context.config_place("parity_tables"),
                    pattern,
                    f"pattern {pattern}: {wrong[0]}",
                    wrong[1],
                )


def _what_is_wrong(
    context: Context, kind: str, pattern: str, away: Sequence[str]
) -> tuple[str, str] | None:
    """Return what is wrong with *pattern* and what to do, or ``None``."""
    globs = page_globs([pattern, *away])
    pages = [name for name in context.pages if matches(name, globs)]
    if not pages:
        offer = did_you_mean(page_globs([pattern])[-1], list(context.pages))
        return (
            f"`parity_tables` takes {_NAMES[kind]} from it, but it matches no page",
            f"{offer}write the names of pages, without their ending; `*` does not cross `/`",
        )
    taken = {document.docname for document in context.register.documents if kind in document.tables}
    if not taken.isdisjoint(pages):
        return None
    some = listed(pages[:3]) if len(pages) <= 3 else f"{pages[0]} and {len(pages) - 1} more"
    return (f"no table of {some} has the columns that `parity_tables` needs for {_NAMES[kind]}"), (
        f"give a table there the headers for {_NEEDED[kind]}, or map its own headers "
        f'with `parity_columns["{kind}"]`'
    )


def view_asks_for_no_column(context: Context) -> Iterator[Finding]:
    """A directive that shows a table names a column that the table does not have."""
    # Columns of the project's own are known only when all pages have been read.
    for document in context.register.documents:
        for view in document.views:
            if view.kind in COLUMNS:
                yield from _unknown(context, view)


def _unknown(context: Context, view: View) -> Iterator[Finding]:
    register = context.register
    declared = register.rows if view.kind == "matrix" else register.exceptions
    own = {own_key(header) for record in declared for header, _ in record.fields}
    known = {*COLUMNS[view.kind], *own}
    if "from" in dict(view.options):
        known.add("product")
    for option, text in view.options:
        if option not in _OPTIONS:
            continue
        for written in split_list(text):
            name = written.lstrip("-")
            if own_key(name) in known:
                continue
            guess = nearest(name, sorted(known))
            hint = f"; did you mean `{guess}`?" if guess else ""
            found = context.found_at(
                "malformed-declaration",
                view.place,
                f"parity-table {view.kind}",
                f"parity-table {view.kind}: `{option}` names “{name}”, which is no column of "
                f"this table{hint}",
                f"known columns: {', '.join(sorted(known))}",
            )
            yield replace(found, docname=view.docname, anchor=view.anchor)
