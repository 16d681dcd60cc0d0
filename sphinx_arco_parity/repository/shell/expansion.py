"""What a word becomes once the known variables are put in.

Called by :mod:`.interpreter`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_arco_parity.repository.shell.commands import UNKNOWN, Word
from sphinx_arco_parity.repository.shell.lexer import Piece, Token

_WILDCARD = re.compile(r"[*?\[]")
_BRACES = re.compile(r"\{[^{}]*(,|\.\.)[^{}]*\}")
_SPLIT = re.compile(r"([ \t\n]+)")


def joined(value: tuple[Word, ...] | None) -> str | None:
    """Return a variable's value as one text, or ``None`` if it is not known."""
    if value is None or not all(word.known for word in value):
        return None
    return " ".join(word.text for word in value)


class _Builder:
    """Collects the words that one token becomes."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.words: list[Word] = []
        self.text = ""
        self.begun = False
        self.glob = False
        self.many = False

    def add(self, text: str, *, glob: bool = False) -> None:
        self.text += text
        self.begun = True
        self.glob = self.glob or glob

    def end(self) -> None:
        if self.begun:
            raw = self.raw
            self.words.append(Word(self.text, raw, self.many, self.glob))
        self.text, self.begun, self.glob, self.many = "", False, False, False


def expand(
    token: Token,
    variables: Mapping[str, tuple[Word, ...] | None],
    *,
    skip: int = 0,
    split: bool = True,
) -> list[Word]:
    """Return the words that *token* becomes; with *split* false exactly one.

    *skip* characters at its start (``name=``) are left out.
    """
    builder = _Builder(token.text)
    for piece in token.pieces:
        if skip and piece.kind == "text" and not piece.quoted:
            text = piece.text[skip:]
            skip = max(0, skip - len(piece.text))
            if text:
                builder.add(text)
        else:
            _add(piece, builder, variables, split=split)
    if not split and not builder.begun:
        builder.add("")
    builder.end()
    return builder.words


def _add(
    piece: Piece,
    builder: _Builder,
    variables: Mapping[str, tuple[Word, ...] | None],
    *,
    split: bool,
) -> None:
    if piece.kind == "text":
        _add_text(piece, builder)
    elif piece.kind == "unknown":
        _add_unknown(builder, many=not piece.quoted and split)
    elif piece.kind == "array":
        _add_array(piece, builder, variables.get(piece.text), split=split)
    else:
        _add_value(joined(variables.get(piece.text)), piece, builder, split=split)


def _add_text(piece: Piece, builder: _Builder) -> None:
    text = piece.text
    if piece.quoted:
        builder.add(text)
        return
    if not builder.begun and (text == "~" or text.startswith("~/")):
        builder.add(UNKNOWN + text[1:])
        return
    if _BRACES.search(text):
        builder.add(UNKNOWN)
        builder.many = True
        return
    builder.add(text, glob=bool(_WILDCARD.search(text)))


def _add_unknown(builder: _Builder, *, many: bool) -> None:
    builder.add(UNKNOWN)
    builder.many = builder.many or many


def _add_value(value: str | None, piece: Piece, builder: _Builder, *, split: bool) -> None:
    if value is None:
        _add_unknown(builder, many=not piece.quoted and split)
    elif piece.quoted or not split:
        builder.add(value)
    else:
        for part in _SPLIT.split(value):
            if not part:
                continue
            if part.isspace():
                builder.end()
            else:
                builder.raw = part if builder.words or value.split() != [value] else builder.raw
                builder.add(part, glob=bool(_WILDCARD.search(part)))


def _add_array(
    piece: Piece, builder: _Builder, value: tuple[Word, ...] | None, *, split: bool
) -> None:
    if value is None or not split:
        _add_unknown(builder, many=split)
        return
    for index, word in enumerate(value):
        if index:
            builder.end()
        builder.raw = word.raw
        builder.add(word.text, glob=word.glob and not piece.quoted)
        builder.many = builder.many or word.many
