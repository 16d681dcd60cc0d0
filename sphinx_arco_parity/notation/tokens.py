"""From the inline markup of a cell to tokens: words, separators, parentheses, literals.

Markup is what :mod:`sphinx_arco_parity.text.inline` says; only its text is read here, in the
time of its length.  :mod:`.cell_items` groups tokens, the grammars (:mod:`.references`,
:mod:`.ci_cells`) read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from sphinx_arco_parity.text.code_spans import literal, visible
from sphinx_arco_parity.text.inline import Kind as Markup
from sphinx_arco_parity.text.inline import Span, code_text, parse, unescaped


class Kind(Enum):
    """What a token is."""

    CODE = "code"
    """A code span; its text is the literal."""
    LINK = "link"
    """``[text](target)``."""
    WORD = "word"
    """Anything between white space that is nothing else."""
    MARK = "mark"
    """A marker of emphasis, a tag or a comment of HTML, until it is dropped."""
    SEPARATOR = "separator"
    """A comma or a semicolon."""
    BREAK = "break"
    """The end of a line."""
    BULLET = "bullet"
    """The marker of a list at the start of a line."""
    OPEN = "open"
    CLOSE = "close"
    GROUP = "group"
    """What stands in parentheses, nested ones included."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a cell; ``source[start:end]`` is how it was written."""

    kind: Kind
    text: str
    """Without markup; entities and escapes resolved."""
    start: int
    end: int
    target: str = ""
    """Of a link; of a marker ``o`` (it opens) or ``c`` (it closes)."""
    literal: bool = False
    """A link whose text is a code span, or the word of a role, which is all of a word."""
    inner: tuple[Token, ...] = ()
    """Of a group; flat: nested parentheses are ``OPEN`` and ``CLOSE``."""

    def touches(self, following: Token) -> bool:
        """Tell whether nothing stands between this token and *following*."""
        return self.end == following.start


_BULLET = re.compile(r"[ \t]*(?:[-*+•‣▪◦·]|[0-9]{1,3}[.)]|#\.)[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_PIECE = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<open>[(（])|(?P<close>[)）])"
    r"|(?P<comma>[,，、])|(?P<semicolon>[;；])"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|\\(?P<escape>[!-/:-@\[-`{-~ ])"
    r"|(?P<letters>\{[^{}\s`]{0,300}(?:\{[^{}\s`]{0,300}\}[^{}\s`]{0,300}){0,9}\}"
    r"|[^\s\\&,;()，；、（）{]+|.)",
    re.DOTALL,
)
_COMMA_IN_NUMBER = re.compile(r"(?<=[0-9]),(?=[0-9])")
_STRETCHED = frozenset({Kind.CODE, Kind.LINK, Kind.WORD, Kind.OPEN, Kind.CLOSE})
_CODE_ROLES = frozenset({"file", "code", "literal", "samp", "command", "program", "kbd"})
_SEPARATORS = {"comma": ",", "semicolon": ";"}
_STRIKE = "~~"
_PARENTHESES = {"open": Kind.OPEN, "close": Kind.CLOSE}


class _Scanner:
    """Makes tokens of the spans of a cell, from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[Token] = []
        self.word: list[str] = []
        self.word_start = 0
        self.position = 0

    def scan(self) -> list[Token]:
        """Return the tokens, markers of emphasis among them."""
        self._bullet()
        for span in parse(self.source).spans:
            self._span(span)
        self._flush()
        return self.tokens

    def _span(self, span: Span) -> None:
        if span.end <= self.position:
            return  # a bullet's
        if span.kind is Markup.CODE:
            self._code(span)
        elif span.kind is Markup.BREAK:
            self._add(Kind.BREAK, "\n" if span.text[-1] == "\n" else "<br>", span)
            self._bullet()
        elif span.kind in {Markup.OPEN, Markup.CLOSE}:
            role = "o" if span.kind is Markup.OPEN else "c"
            self._add(Kind.MARK, span.text, span, target=role)
        elif span.kind is Markup.LINK and span.text:
            self._link(span)
        elif span.kind in {Markup.IMAGE, Markup.ADDRESS} and span.text:
            self._add(Kind.WORD, span.text, span)
        else:
            self._text(span.end)

    def _code(self, span: Span) -> None:
        """Take code; what most roles enclose are words."""
        if span.role and self.word:
            self._text(span.ticks)  # `x:y:` before back-ticks is no role
        is_code = bool(self.word) or not span.role or span.role in _CODE_ROLES
        kind = Kind.CODE if is_code else Kind.WORD
        self._add(kind, code_text(span), span, is_literal=not is_code)

    def _add(
        self, kind: Kind, text: str, span: Span, target: str = "", *, is_literal: bool = False
    ) -> None:
        self._flush()
        start = max(span.start, self.position)
        self.position = span.end
        self.tokens.append(Token(kind, text, start, span.end, target, is_literal))

    def _flush(self) -> None:
        if self.word:
            text = visible("".join(self.word))
            if text:
                self.tokens.append(Token(Kind.WORD, text, self.word_start, self.position))
            self.word = []

    def _bullet(self) -> None:
        match = _BULLET.match(self.source, self.position)
        if match is not None:
            self._flush()
            self.tokens.append(Token(Kind.BULLET, "", match.start(), match.end()))
            self.position = match.end()

    def _link(self, span: Span) -> None:
        shown = span.text.strip(" *~")
        is_literal = len(shown) > 2 and shown[0] == shown[-1] == "`"
        text = literal(shown.strip("`") if is_literal else shown.replace("`", ""))
        self._add(Kind.LINK, text, span, span.target, is_literal=is_literal)

    def _text(self, end: int) -> None:
        while self.position < end:
            match = _PIECE.match(self.source, self.position, end)
            if match is None:  # cannot be: the last alternative takes any character
                break
            self._piece(match, str(match.lastgroup))

    def _piece(self, match: re.Match[str], name: str) -> None:
        start, end = match.span()
        if name in _SEPARATORS and not (self.word and _COMMA_IN_NUMBER.match(self.source, start)):
            self._flush()
            text = _SEPARATORS[name]
            self.tokens.append(Token(Kind.SEPARATOR, text, start, end))
        elif name in _PARENTHESES:
            self._flush()
            self.tokens.append(Token(_PARENTHESES[name], match[0], start, end))
        elif name == "space":
            self._flush()
        else:
            if not self.word:
                self.word_start = start
            if name == "entity":
                self.word.append(unescaped(match[0]))
            else:
                self.word.append(match["escape"].strip() if name == "escape" else match[0])
        self.position = end


def tokenize(text: str) -> list[Token]:
    """Return the tokens of *text*; white space and markup are gone.

    What stands beside a marker of emphasis is stretched over it, so that an item is given
    back with its markup.
    """
    kept: list[Token] = []
    opener: Token | None = None
    is_struck = False
    for each in _Scanner(text).scan():
        token = each
        if token.kind is Kind.MARK:
            is_struck = token.target == "o" if token.text == _STRIKE else is_struck
            last = kept[-1] if kept else None
            if last and token.target == "c" and last.kind in _STRETCHED and last.touches(token):
                kept[-1] = replace(last, end=token.end)
            elif opener is None or not opener.touches(token):
                opener = token
            else:
                opener = replace(opener, end=token.end)
            continue
        if is_struck:  # taken back: it says nothing any more
            token = Token(Kind.WORD, _STRIKE, token.start, token.end)
        if opener is not None and opener.touches(token) and token.kind in _STRETCHED:
            kept.append(replace(token, start=opener.start))
        else:
            kept.append(token)
        opener = None
    return _merged(kept)


def _merged(tokens: Iterable[Token]) -> list[Token]:
    """Return *tokens* with words that touch as one."""
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        if last and _is_text(last) and _is_text(token) and last.touches(token):
            merged[-1] = replace(last, text=last.text + token.text, end=token.end)
        else:
            merged.append(token)
    return merged


def _is_text(token: Token) -> bool:
    return token.kind is Kind.WORD and not token.literal
