"""Which question of the editor is answered by which feature.

Both ends know it: :mod:`.server` asks by name and reads the answer as its type,
:mod:`.worker` calls the function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lsprotocol import types

from sphinx_arco_parity.editor import fixes, hover, places, renaming, symbols
from sphinx_arco_parity.editor.completion import completion
from sphinx_arco_parity.editor.page import Page

Answer = Callable[[Page, Any], Any]

ANSWERS: Mapping[str, Answer] = {
    types.TEXT_DOCUMENT_HOVER: lambda page, asked: hover.hover(page, asked.position),
    types.TEXT_DOCUMENT_DEFINITION: lambda page, asked: places.definition(page, asked.position),
    types.TEXT_DOCUMENT_REFERENCES: lambda page, asked: places.references(
        page, asked.position, declaration=asked.context.include_declaration
    ),
    types.TEXT_DOCUMENT_COMPLETION: lambda page, asked: completion(page, asked.position),
    types.TEXT_DOCUMENT_CODE_ACTION: lambda page, asked: fixes.actions(page, asked.range),
    types.TEXT_DOCUMENT_PREPARE_RENAME: lambda page, asked: renaming.renamable(
        page, asked.position
    ),
    types.TEXT_DOCUMENT_RENAME: lambda page, asked: renaming.rename(
        page, asked.position, asked.new_name
    ),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: lambda page, _asked: symbols.symbols(page),
}

#: Questions of edits: what is not saved is judged before they are answered.
EDITING = frozenset(
    {
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.TEXT_DOCUMENT_PREPARE_RENAME,
        types.TEXT_DOCUMENT_RENAME,
    }
)
