"""How rules name things in their messages.

Used by every module of :mod:`sphinx_arco_parity.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import (
    Declaration,
    Mention,
    ParityClaim,
    ParityException,
    ParityRow,
)
from sphinx_arco_parity.text.words import nearest, plain

_KINDS = {ParityException: "exception", ParityRow: "row", ParityClaim: "claim"}


def label_of(what: Declaration | Mention) -> str:
    """Return the words with which a message about *what* begins: ``row tick``."""
    if isinstance(what, Mention):
        return f"page {what.docname}"
    return f"{_KINDS[type(what)]} {what.id}"


def listed(items: Iterable[str], *, joint: str = "and") -> str:
    """Return *items* as in a sentence: ``a, b and c``."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def quoted(text: str) -> str:
    """Return *text*, as people wrote it, in back-ticks and without its markup."""
    return f"`{plain(text).replace('`', '')}`"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return ``did you mean `x`? Otherwise `` for the nearest of *known*, or nothing."""
    guess = nearest(plain(word), list(known))
    return f"did you mean `{guess}`? Otherwise " if guess else ""


def with_capability(register: Register, identifier: str) -> str:
    """Return an exception's id with its capability: ``EX-03 (web UI)``."""
    declared = register.exceptions_by_id.get(identifier)
    if declared is None or not declared.capability:
        return identifier
    return f"{identifier} ({plain(declared.capability)})"
