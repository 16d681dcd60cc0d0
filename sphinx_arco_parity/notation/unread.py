"""What an item holds that is shaped like evidence, beside what was read of it.

Called by :mod:`.cells`: bare commands become evidence, the rest is unread, which is counted
and never dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.notation.cell_items import is_reference
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.notation.prose import is_negated
from sphinx_arco_parity.notation.symbols import (
    begins_command,
    is_command,
    is_identifier,
    read_symbols,
)
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import RUNNERS, VALUES

_TELLING = re.compile(r"_|::|\w\.\w|\(\)$|[a-z0-9][A-Z]")
_QUALIFIED = re.compile(r"\w(?:::|[.#])\w")
_OPTION = re.compile(r"--?[A-Za-z]")
#: An address that no file has, with which a path is still meant as one.
_ADDRESS = re.compile(r"^~/|[:@]-?[0-9]+$")
_SUBCOMMANDS = frozenset({"build", "check", "nextest", "run", "test", "tests", "verify"})


def bare_command(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the commands of known runners among *tokens*, each as a literal."""
    every = [t for token in tokens for t in (token, *token.inner)]
    if is_negated(every):
        return
    for token in every:
        if token.kind is Kind.CODE and is_command(token.text) and _runs(token.text.split()):
            yield token
    words = [token.text for token in tokens if token.kind is Kind.WORD]
    # Words without back-ticks are a command only if they are no sentence.
    is_called = len(words) > 1 and (
        words[1] in _SUBCOMMANDS or any(_OPTION.match(word) or "/" in word for word in words[1:])
    )
    if is_called and len(words) == len(tokens) and _runs(words) and begins_command(words[0]):
        whole = Token(Kind.CODE, " ".join(words), tokens[0].start, tokens[-1].end)
        yield replace(whole, text=whole.text.rstrip(".;:"))


def _runs(words: Sequence[str]) -> bool:
    """Tell whether the first of *words*, assignments aside, is a runner of tests."""
    named = next((word for word in words if "=" not in word), "")
    return named.rpartition("/")[2] in RUNNERS


def left_over(tokens: Sequence[Token], found: Sequence[Evidence]) -> Iterator[Token]:
    """Yield what of *tokens*, of one item, is shaped like evidence and not in *found*."""
    used = {piece.symbol for piece in found} | {piece.job for piece in found}
    used |= {piece.path for piece in found} | {piece.command for piece in found}
    every = [t for token in tokens for t in (token, *token.inner)]
    # A link to a file of another site may have its path for its text.
    literals = [
        t
        for t in every
        if t.kind is Kind.CODE or (t.kind is Kind.LINK and t.literal and not t.target)
    ]
    for token in tokens if found else ():
        # `(12)` may be a line and may be a count.
        if token.kind is Kind.GROUP and [t.text.isdecimal() for t in token.inner] == [True]:
            yield replace(token, text=f"({token.inner[0].text})")
    for token in literals:
        text, names = token.text, read_symbols(token.text)
        if text in used or used.intersection(names):
            continue
        is_call = text.endswith("()") and is_identifier(text[:-2])
        is_shaped = names or _is_path(token) or is_command(text) or is_call
        if is_shaped and not any(piece.start <= token.start < piece.end for piece in found):
            yield token
    if tokens and not found and not literals:
        first, *rest = tokens
        if [token.kind for token in rest] == [Kind.GROUP] and not rest[0].inner:
            first = replace(first, text=f"{first.text}()", end=rest[0].end)
            rest = []
        if not rest and _tells(first):
            yield first


def lone_name(tokens: Sequence[Token], token: Token) -> str | None:
    """Return the qualified name that *token* is, if no word before it denies it."""
    names = read_symbols(token.text.rstrip(".,;:"))
    before = (other for other in tokens if other.end <= token.start)
    is_named = len(names) == 1 and _QUALIFIED.search(names[0]) and not is_negated(before)
    return names[0] if is_named else None


def _is_path(token: Token) -> bool:
    """Tell whether *token* is shaped like a path; a file may have an odd address."""
    bare = _ADDRESS.sub("", token.text)
    if bare != token.text and not extension(bare):
        return False
    return is_reference(replace(token, kind=Kind.CODE, text=bare))


def said_after_all(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what a remark says after *but*, which is of something that is there."""
    but = next((i for i, token in enumerate(tokens) if token.text.lower() == "but"), len(tokens))
    return tokens[but + 1 :]


def _tells(token: Token) -> bool:
    """Tell whether a word that stands alone is a path or a name, and none of a language."""
    text = token.text.rstrip(".,;:")
    if token.kind is not Kind.WORD or text.lower() in VALUES:
        return False
    is_name = is_identifier(text.removesuffix("()")) and _TELLING.search(text) is not None
    return is_name or ("/" in text and is_reference(replace(token, kind=Kind.CODE)))
