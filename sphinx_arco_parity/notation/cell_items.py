"""The items of a cell: what line breaks, commas and semicolons separate.

:func:`split_items` is public; :mod:`.cells` calls :func:`items_of`.  Separators inside
parentheses and code spans do not split, and a remark keeps the rest of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sphinx_arco_parity.notation.links import ANYWHERE, Home, resolve_links
from sphinx_arco_parity.notation.paths import read_reference
from sphinx_arco_parity.notation.tokens import Kind, Token, tokenize
from sphinx_arco_parity.notation.vocabulary import REMARK_WORDS

_WORDS = "|".join(sorted(REMARK_WORDS))
_REMARK = re.compile(
    rf"(?:{_WORDS})(?:/(?:{_WORDS}))*(?![\w/\\$]|\.\w|::|:[0-9]|-[a-z])", re.IGNORECASE
)
_DECORATION = re.compile(r"^(?:[^\w./@:]+|:[a-z_]+:(?!\w))*")
_INDENTATION = re.compile(r"[ \t]*")
_BULLET = re.compile(r"(?:[-*+•‣▪◦·]|[0-9]{1,3}[.)]|#\.)[ \t]")


@dataclass(frozen=True, slots=True)
class Item:
    """One item, without its bullet."""

    text: str
    """As written."""
    tokens: tuple[Token, ...]
    starts_line: bool
    """It begins a line."""
    is_remark: bool


@dataclass(slots=True)
class _Piece:
    """What stands between two separators."""

    separator: str
    """Before it: ``,``, ``;``, a line break, or nothing for the first."""
    tokens: list[Token] = field(default_factory=list)
    bulleted: bool = False
    blank_before: bool = False
    is_remark: bool = False
    end: int = 0
    """Of what it says, in the cell: a remark goes on after its tokens."""
    has_colon: bool = False
    has_path: bool = False
    words: int = 0
    """How many of its tokens are no path."""

    def learn(self, tokens: Sequence[Token]) -> None:
        """Note what *tokens*, of a remark or under one, hold."""
        paths = sum(map(is_reference, tokens))
        self.words += len(tokens) - paths
        self.has_path = self.has_path or paths > 0
        self.has_colon = self.has_colon or any(map(_is_label_end, tokens))
        self.end = tokens[-1].end


def is_reference(token: Token) -> bool:
    """Tell whether *token* alone is a path."""
    if token.kind is Kind.LINK:
        return token.target != ""  # the others are resolved
    return read_reference(token.text, quoted=token.kind is Kind.CODE) is not None


def _is_label_end(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text.endswith((":", "："))


def group(tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* with each outermost pair of parentheses as one token.

    A parenthesis without its partner is a word.  No pair reaches over a list's bullet.
    """
    partner = _partners(tokens)
    grouped: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        closing = partner.get(index)
        if closing is not None:
            inner = tuple(_unbroken(tokens[index + 1 : closing]))
            end = tokens[closing].end
            grouped.append(Token(Kind.GROUP, "", token.start, end, inner=inner))
            index = closing
        elif token.kind in {Kind.OPEN, Kind.CLOSE}:
            grouped.append(replace(token, kind=Kind.WORD))
        else:
            grouped.append(token)
        index += 1
    return grouped


def _unbroken(tokens: Iterable[Token]) -> Iterator[Token]:
    """Return *tokens* on one line: a forced break separates, a wrapped line goes on."""
    for token in tokens:
        if token.kind is not Kind.BREAK:
            yield token
        elif token.text != "\n":
            yield replace(token, kind=Kind.SEPARATOR, text=";")


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            waiting.append(index)
        elif token.kind is Kind.BULLET:
            waiting.clear()
        elif token.kind is Kind.CLOSE and waiting:
            partner[waiting.pop()] = index
    return partner


def _pieces(tokens: list[Token], text: str) -> Iterator[_Piece]:
    piece = _Piece("")
    for token in tokens:
        if token.kind is Kind.BULLET:
            piece.bulleted = True
        elif token.kind in {Kind.BREAK, Kind.SEPARATOR}:
            if token.kind is Kind.BREAK and _goes_on(piece, token, text):
                continue
            if piece.tokens:
                yield piece
            begun = not piece.tokens and piece.separator == "\n"
            starts_line = begun or token.kind is Kind.BREAK
            blank = begun or (not piece.tokens and piece.blank_before)
            piece = _Piece("\n" if starts_line else token.text, blank_before=blank)
        else:
            piece.tokens.append(token)
    if piece.tokens:
        yield piece


def _goes_on(piece: _Piece, token: Token, text: str) -> bool:
    """Tell whether the line after *token* is the rest of a list's item."""
    if token.text != "\n" or not piece.bulleted or not piece.tokens:
        return False
    match = _INDENTATION.match(text, token.end)
    start = match.end() if match else token.end
    is_text = text[start : start + 1].strip() != ""
    return start - token.end >= 2 and is_text and _BULLET.match(text, start) is None


def begins_remark(tokens: Sequence[Token]) -> bool:
    """Tell whether what *tokens* say begins with a remark's word or a parenthesis."""
    for token in tokens:
        if token.kind is Kind.GROUP:
            return True
        letters = _DECORATION.sub("", token.text, count=1)
        if letters:
            return _REMARK.match(letters) is not None
    return False


def _continues(remark: _Piece, piece: _Piece) -> bool:
    """Tell whether *piece* is still what *remark* says."""
    begins_with_path = is_reference(piece.tokens[0])
    if piece.separator == ",":
        return remark.has_colon or remark.has_path or not begins_with_path
    # `Suggested: a.rs; b.rs` lists what is missing; other sentences end at a semicolon.
    listed = remark.has_colon and remark.has_path and remark.words <= 2
    return piece.separator == ";" and begins_with_path and listed


def _under_header(header: _Piece, piece: _Piece, last: _Piece) -> bool:
    """Tell whether *piece* is in the list that *header* (``Missing:``) announces."""
    if piece.separator != "\n":
        return True
    if header.bulleted or piece.bulleted:
        return not header.bulleted
    # A list whose bullets are gone has an empty line before each of its items.
    apart = piece.blank_before and last is not header and not last.blank_before
    return not (piece.has_colon or apart or last.bulleted)


def _sorted_out(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return *pieces* with the remarks marked, and what goes on with one in it."""
    kept: list[_Piece] = []
    header: _Piece | None = None
    for piece in pieces:
        last = kept[-1] if kept else None
        begins = begins_remark(piece.tokens)
        if last is not None and last.is_remark and not begins and _continues(last, piece):
            last.learn(piece.tokens)
            last.tokens += piece.tokens
            continue
        piece.learn(piece.tokens)
        if header is not None and last is not None and not _under_header(header, piece, last):
            header = None
        if begins and _is_label_end(piece.tokens[-1]):
            header = piece
        piece.is_remark = begins or header is not None
        kept.append(piece)
    return kept


def items_of(text: str, home: Home) -> list[Item]:
    """Return the items of *text*, in its order; none is empty."""
    pieces = _pieces(group(resolve_links(tokenize(text), home)), text)
    return [
        Item(
            text=text[piece.tokens[0].start : piece.end],
            tokens=tuple(piece.tokens),
            starts_line=piece.separator in {"", "\n"},
            is_remark=piece.is_remark,
        )
        for piece in _sorted_out(pieces)
    ]


def split_items(text: str) -> list[str]:
    """Return the items of *text* as written, without bullets.

    Between and around them stand only separators, bullets and white space.
    """
    return [item.text for item in items_of(text, ANYWHERE)]
