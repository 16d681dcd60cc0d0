"""Which exceptions a claim is probably about: those that share words with it.

For the help of the finding ``prose-claim``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sphinx_arco_parity.model.records import ParityException
from sphinx_arco_parity.text.words import plain, word_set

_WORD = re.compile(r"[^\W_]{2,40}")
_STOP = word_set("""
    about above after all also an and any api are as at be because been but by can could compatible
    compatibility do does each equal equivalent every exactly exception feature features for from
    full fully functional had has have how identical if in into is it its just like match matches
    matching model more most no not now of on one only or other our out parity planned product
    provides reference replacement replaces revisit same semantics so some such support supported
    supports than that the their them then there these they this those to type use used uses
    version via was we were what when which while will with work works you your drop
    """)
_ENDINGS = (
    "iations", "iation", "izations", "isations", "ization", "isation", "ations", "ation", "ments", "ment",
    "ings", "ing", "ions", "ion", "able", "ers", "er", "ors", "or", "ies", "ed", "es", "s",
    "e", "y",
)  # fmt: skip


def related_exceptions(
    text: str, exceptions: Sequence[ParityException], *, without: Sequence[str] = (), limit: int = 3
) -> list[str]:
    """Return the ids of the exceptions that share words with *text*, best first.

    Words of *without* (the names of product and reference) do not count.  A word counts
    for more if few exceptions have it, and a capability's for more than a rationale's.
    """
    ignored = {stem for name in without for stem in stems(name)}
    wanted = stems(text) - ignored
    if not wanted:
        return []
    heads = [stems(exception.capability) - ignored for exception in exceptions]
    bodies = [
        stems(f"{exception.decision} {exception.rationale}") - ignored for exception in exceptions
    ]
    known_by = Counter(
        stem for pair in zip(heads, bodies, strict=True) for stem in set.union(*pair)
    )
    scored = []
    for order, (exception, head, body) in enumerate(zip(exceptions, heads, bodies, strict=True)):
        shared = wanted & (head | body)
        score = sum(1 / known_by[stem] * (3 if stem in head else 1) for stem in shared)
        if score:
            scored.append((-score, order, exception.id))
    return list(dict.fromkeys(name for _, _, name in sorted(scored)))[:limit]


def stems(text: str) -> set[str]:
    """Return the words of *text* that carry meaning, without their endings."""
    words = _WORD.findall(plain(text).casefold())
    return {_stem(word) for word in words if word not in _STOP}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
