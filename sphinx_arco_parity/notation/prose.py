"""The words between references: what joins, what denies, what takes back.

Called by :mod:`.references` and :mod:`.ci_cells`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import CONNECTIVES, NEGATIONS, SUCCESSION

_TAKEN_BACK = re.compile(
    r"(?:(?:is|are|was|were|has been|have been) )?"
    r"(?:not (?:yet|written|implemented|created|present|there|available|in tree)\b.*"
    r"|planned|todo|tbd|needed|missing|suggested|proposed|pending|future|removed|deleted"
    r"|to (?:be )?(?:add|write|create|written|added|created|done|do)\b.*"
    r"|(?:does|do)(?: not|n'?t) (?:yet )?exist.*|(?:planned|todo|tbd|missing)[:,;] .*"
    r"|(?:planned|needed|proposed|removed|deleted|missing) (?:for|in|by|since|at|yet)\b.*)"
)
_EDGES = " .,;:：。!?-–—()[]\"'“”‘’*_"


def bare(word: str) -> str:
    """Return *word* in lower case, without punctuation around it."""
    return word.strip(_EDGES).lower()


def only(tokens: Iterable[Token], words: Collection[str]) -> bool:
    """Tell whether *tokens* are words and separators, each of them among *words*."""
    return all(
        token.kind is Kind.SEPARATOR
        or (
            token.kind is Kind.WORD
            and (bare(token.text) in words or not any(map(str.isalnum, token.text)))
        )
        for token in tokens
    )


def is_connective(tokens: Iterable[Token]) -> bool:
    """Tell whether *tokens* only join what is before them to what follows."""
    return only(tokens, CONNECTIVES)


def is_negated(tokens: Iterable[Token], *, also: Collection[str] = ()) -> bool:
    """Tell whether one of *tokens* denies, or speaks of something that is not there."""
    return any(
        word in NEGATIONS or word in also or word.endswith(("n't", "n’t"))
        for token in tokens
        if token.kind is Kind.WORD
        for word in bare(token.text).replace("/", " ").split()
    )


def is_succeeded(tokens: Iterable[Token]) -> bool:
    """Tell whether *tokens* say that what follows has replaced what stands before."""
    said = {bare(token.text) for token in tokens}
    return "from" not in said and bool(said & SUCCESSION or {"replaced", "by"} <= said)


def spoken(tokens: Iterable[Token]) -> str:
    """Return what *tokens* say, words joined by single spaces."""
    return " ".join(token.text for token in tokens)


def takes_back(tokens: Iterable[Token]) -> bool:
    """Tell whether *tokens* say of what stands before them that it is not there."""
    text = spoken(tokens).strip(_EDGES).lower()
    return len(text) < 200 and _TAKEN_BACK.fullmatch(text) is not None
