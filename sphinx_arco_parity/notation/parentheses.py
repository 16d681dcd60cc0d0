"""What stands in parentheses after a path: symbols, a line, or prose.

Called by :mod:`.references`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinx_arco_parity.notation.paths import Lines, read_lines
from sphinx_arco_parity.notation.prose import bare, is_connective, is_negated, spoken, takes_back
from sphinx_arco_parity.notation.symbols import (
    is_identifier,
    quoted_titles,
    read_symbols,
    read_title,
)
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import CONNECTIVES, ELSEWHERE, KIND_WORDS

_LINE_WORDS = re.compile(
    r"(?:lines?|ll\.?|ln\.?|l\.|l(?=[0-9]{2}|[0-9]-)) ?([1-9][0-9]{0,8}(?: ?[-–—] ?l?[1-9][0-9]{0,8})?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Annex:
    """What parentheses say of the path before them."""

    symbols: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    """Names without back-ticks, which may be prose."""
    lines: tuple[Lines, ...] = ()
    denied: bool = False
    """The path is said not to be there."""


def read_annex(tokens: Sequence[Token], *, titled: bool) -> Annex:
    """Return what *tokens*, between parentheses, say.

    :param titled: the file before them has tests that are named by titles with blanks.
    """
    if titled and (titles := quoted_titles(_text_of(tokens))):
        return Annex(symbols=titles)
    if takes_back(tokens):
        return Annex(denied=True)
    if len(tokens) <= 4 and (match := _LINE_WORDS.fullmatch(spoken(tokens))):
        return Annex(lines=read_lines(re.sub(r"[\slL]", "", match[1])))
    if any(token.kind is Kind.CODE for token in tokens):
        return Annex(symbols=_literals(tokens, titled=titled))
    return Annex(inferred=bare_names(tokens))


def is_pure(group: Token) -> bool:
    """Tell whether *group* holds literals that name symbols, and no prose."""
    return bool(group.inner) and all(
        bool(read_symbols(t.text)) if t.kind is Kind.CODE else is_connective([t])
        for t in group.inner
    )


def _text_of(tokens: Sequence[Token]) -> str:
    """What stands between parentheses, with its blanks; a literal is no part of a title."""
    text, end = "", tokens[0].start if tokens else 0
    for token in tokens:
        word = "`" if token.kind is Kind.CODE else token.text
        text, end = text + " " * (token.start > end) + word, token.end
    return text


def _literals(tokens: Sequence[Token], *, titled: bool) -> tuple[str, ...]:
    """Return the symbols that literals name, but for those that a word denies."""
    symbols: list[str] = []
    denied = False
    for index, token in enumerate(tokens):
        if token.kind is not Kind.CODE:
            continue
        before = _run(tokens[max(0, index - 12) : index][::-1])
        if not is_connective(before):
            # The word before a literal may say that it names nothing in the file.
            words = (bare(word.text) for word in before if word.kind is Kind.WORD)
            denied = is_negated(before) or next(words, "") in ELSEWHERE
        if not denied and not _is_denied_after(tokens[index + 1 : index + 13]):
            symbols += read_symbols(token.text) or (read_title(token.text) if titled else ())
    return tuple(dict.fromkeys(symbols))


def _run(tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* up to the first literal."""
    end = next((i for i, t in enumerate(tokens) if t.kind is Kind.CODE), len(tokens))
    return list(tokens[:end])


def _is_denied_after(tokens: Sequence[Token]) -> bool:
    run = _run(tokens)
    stop = next((i for i, t in enumerate(run) if t.kind is Kind.SEPARATOR), len(run))
    if stop == len(run) and len(run) < len(tokens):
        # What stands right before another literal speaks of that one.
        return False
    return is_negated(run[:stop])


def bare_names(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the names in parentheses without back-ticks, if nothing else stands there.

    A word for what they name (``fn load``, ``Graph class``) counts for nothing.
    """
    names: list[str] = []
    joined = True
    for word in _words(tokens):
        if not word or word in KIND_WORDS:
            joined = joined or not word
        elif joined and is_identifier(word.removesuffix("()")):
            names += read_symbols(word.removesuffix("()"))
            joined = False
        else:
            return ()
    return tuple(dict.fromkeys(names))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of *tokens*, with ``()`` behind them; nothing for what only joins."""
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN and index and tokens[index - 1].touches(token):
            continue
        if token.kind is Kind.CLOSE and tokens[index - 1].kind is Kind.OPEN:
            continue
        word = token.text.strip(".,;")
        is_joint = token.kind is Kind.SEPARATOR or bare(word) in CONNECTIVES
        yield "" if is_joint else word if token.kind is Kind.WORD else token.text + " "
