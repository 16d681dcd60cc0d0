"""Links of reStructuredText: `` `text <target>`_ ``.

Called by :mod:`.cell_items`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.notation.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_REFERENCE = re.compile(r"(?P<text>[^<>]*)<(?P<target>[^<>\s]+)>")


def resolve_links(tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* with back-ticks and the underscore after them as one token."""
    resolved: list[Token] = []
    for token in tokens:
        last = resolved[-1] if resolved else None
        if (
            last is not None
            and last.kind is Kind.CODE
            and token.kind is Kind.WORD
            and token.text in {"_", "__"}
            and last.touches(token)
        ):
            resolved[-1] = _link(last, token.end)
        else:
            resolved.append(token)
    return resolved


def _link(token: Token, end: int) -> Token:
    match = _REFERENCE.fullmatch(token.text)
    if match is None:
        return replace(token, kind=Kind.WORD, end=end)
    text, target = match["text"].strip(), match["target"]
    return replace(token, kind=Kind.LINK, text=text, end=end, target=target)
