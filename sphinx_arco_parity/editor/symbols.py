"""What a document declares, for the outline of the editor."""

from __future__ import annotations

from lsprotocol import types

from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.model.records import Declaration, ParityException, ParityRow
from sphinx_arco_parity.text.words import plain

_KINDS = {ParityException: types.SymbolKind.Event, ParityRow: types.SymbolKind.Property}


def symbols(page: Page) -> list[types.DocumentSymbol]:
    """Return the exceptions, rows and claims of *page*, in its order."""
    return [
        _symbol(page, declared)
        for declared in page.judged.declared.get(page.path, ())
        if declared.place.line <= len(page.lines)
    ]


def _symbol(page: Page, declared: Declaration) -> types.DocumentSymbol:
    first, end = page.block(declared)
    name = page.span(first, 0, len(page.line(first)))
    last = page.span(end - 1, 0, len(page.line(end - 1))) if end > first else name
    return types.DocumentSymbol(
        name=declared.id,
        detail=_detail(declared),
        kind=_KINDS.get(type(declared), types.SymbolKind.String),
        range=types.Range(name.start, last.end),
        selection_range=name,
    )


def _detail(declared: Declaration) -> str:
    parts = (getattr(declared, name, "") for name in ("capability", "status", "type", "text"))
    return " · ".join(filter(None, map(plain, parts)))
