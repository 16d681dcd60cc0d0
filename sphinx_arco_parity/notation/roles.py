"""Roles and links of reStructuredText and MyST around back-ticks.

``:file:`x``` and ``{file}`x``` are code; other roles are words; `` `text <target>`_ `` is a
link.  Called by :mod:`.cell_items`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.notation.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROLE = re.compile(r"(?::(?P<rst>[\w+.-]+(?::[\w+.-]+)?):|\{(?P<myst>[\w+.:-]+)\})")
_CODE_ROLES = frozenset(
    {"file", "code", "literal", "samp", "command", "program", "kbd"}
)
_REFERENCE = re.compile(r"(?P<text>[^<>]*)<(?P<target>[^<>\s]+)>")


def resolve_roles(tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* with each role and its back-ticks as one token."""
    resolved: list[Token] = []
    for token in tokens:
        last = resolved[-1] if resolved else None
        joined = (
            _join(last, token) if last is not None and last.touches(token) else None
        )
        if joined is None:
            resolved.append(token)
        else:
            resolved[-1] = joined
    return resolved


def _join(last: Token, token: Token) -> Token | None:
    if last.kind is Kind.WORD and token.kind is Kind.CODE:
        match = _ROLE.fullmatch(last.text)
        if match is None:
            return None
        role = match["rst"] or match["myst"]
        kind = Kind.CODE if role in _CODE_ROLES else Kind.WORD
        return replace(token, kind=kind, start=last.start)
    if last.kind is Kind.CODE and token.kind is Kind.WORD and token.text in {"_", "__"}:
        match = _REFERENCE.fullmatch(last.text)
        if match is None:
            return replace(last, kind=Kind.WORD, end=token.end)
        return Token(
            Kind.LINK,
            match["text"].strip(),
            last.start,
            token.end,
            target=match["target"],
        )
    return None
