"""Tokens that are one reference: `` `path`:12 ``, `` `path`::`symbol` ``, ``Rust:path``.

:class:`Reader` is made by :mod:`.cells` for each cell and used by the grammars.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.notation.cell_items import Item
from sphinx_arco_parity.notation.links import Home
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.notation.paths import Reference, read_reference
from sphinx_arco_parity.notation.prose import bare
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import CONNECTIVES, POINTERS

LINE_WORD = re.compile(r"(?P<mark>L?)(?P<lines>[1-9][0-9]{0,8}(?:[-–—]L?[1-9][0-9]{0,8})?)[.,:;]?")
_LABELLED = re.compile(r"([A-Za-z][\w-]*:)(?!:|//)(?=[\w.]*/)(.+)")
_TRAILING = ".,;:：。!?\"'”’»"
_LEADING = "\"'“‘«"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads single tokens as references."""

    home: Home
    """Where the cell is written."""

    def reference(self, token: Token) -> Reference | None:
        """Return the reference that *token* is, or ``None``."""
        if token.kind is Kind.CODE:
            return read_reference(token.text, quoted=True)
        if token.kind is Kind.WORD:
            return read_reference(_unpunctuated(token.text), quoted=False)
        if token.kind is Kind.LINK:
            return self.home.reference(token)
        return None

    def join(self, tokens: Sequence[Token]) -> list[Token]:
        """Return *tokens* with those that touch and make one reference as one literal."""
        joined: list[Token] = []
        index = 0
        while index < len(tokens):
            token, used = self._joined(tokens[index : index + 3])
            joined += _split_label(token)
            index += used
        return joined

    def _joined(self, tokens: Sequence[Token]) -> tuple[Token, int]:
        first = tokens[0]
        if first.kind is not Kind.CODE or len(tokens) < 2 or not first.touches(tokens[1]):
            return first, 1
        glue = tokens[1]
        if glue.kind is not Kind.WORD or glue.text[0] not in ":#":
            return first, 1
        if len(tokens) > 2 and tokens[2].kind is Kind.CODE and glue.touches(tokens[2]):
            whole = self._glued(first, glue.text + tokens[2].text, tokens[2].end)
            if glue.text in {":", "::", "#"} and whole is not None:
                return whole, 3
        whole = self._glued(first, _unpunctuated(glue.text), glue.end)
        return (whole, 2) if whole is not None else (first, 1)

    def _glued(self, first: Token, more: str, end: int) -> Token | None:
        whole = replace(first, text=first.text + more, end=end)
        reference = self.reference(whole)
        if reference is None or not (reference.lines or reference.symbols):
            return None
        return whole if self.reference(first) is not None else None


def as_references(item: Item) -> Item:
    """Return *item* with its words as literals, if none of them is one of a sentence.

    ``engine.rs (tick)`` cites a file; "see engine.rs for that" speaks of one.
    """
    words = [token for token in item.tokens if token.kind is Kind.WORD]
    paths = {token for token in words if _is_plain_path(token)}
    joins = all(token in paths or _joins(token.text) for token in words)
    if not paths or not joins:
        return item
    tokens = (
        replace(token, kind=Kind.CODE, text=_unpunctuated(token.text)) if token in paths else token
        for token in item.tokens
    )
    return replace(item, tokens=tuple(tokens))


def _is_plain_path(token: Token) -> bool:
    """Tell whether *token* is a path as it would be in back-ticks; an image's text is none."""
    text = _unpunctuated(token.text)
    found = read_reference(text, quoted=True)
    if found is None or text != token.text or token.end - token.start != len(text):
        return False
    return not found.lines or all(map(extension, found.paths))


def _joins(word: str) -> bool:
    return (
        word.endswith((":", "："))
        or bare(word) in CONNECTIVES
        or word in POINTERS
        or bare(word) in {"line", "lines"}
        or LINE_WORD.fullmatch(word) is not None
    )


def _unpunctuated(word: str) -> str:
    return word.lstrip(_LEADING).rstrip(_TRAILING)


def _split_label(token: Token) -> list[Token]:
    """Split ``Rust:crates/x.rs``, where no space follows the label."""
    match = _LABELLED.fullmatch(token.text) if token.kind is Kind.WORD else None
    if match is None or read_reference(_unpunctuated(match[2]), quoted=False) is None:
        return [token]
    middle = token.end - len(match[2])
    label = replace(token, text=match[1], end=middle)
    return [label, replace(token, text=match[2], start=middle)]
