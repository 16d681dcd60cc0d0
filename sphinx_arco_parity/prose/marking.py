"""A sentence as the grammar reads it: lower-case words and markers, one space between.

``P`` stands for the product, ``R`` for the reference, ``O`` for another product, ``C``
for code or a quotation.  What stands in parentheses is left out, hyphens are spaces and
contractions are written out, so that the grammar needs no variants for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sphinx_arco_parity.prose.blocks import LITERAL
from sphinx_arco_parity.prose.names import OTHER, PRODUCT, REFERENCE, Names
from sphinx_arco_parity.text.words import word_set

_LETTERS = {PRODUCT: "P", REFERENCE: "R", OTHER: "O", LITERAL: "C"}
_TOKEN = re.compile(
    rf"[{PRODUCT}{REFERENCE}{OTHER}{LITERAL}]|['’]s\b|[^\W_](?:[\w+%]|[.'’:/&](?=\w))*"
    r"|[,;:()\[\]!?.…—–|→]|--+|%"
)
_HYPHEN = re.compile(r"[-‐‑](?=\w)")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS_AFTER = word_set("it that there here what this who where let he she everything")
_NOT = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence of words and markers."""

    text: str
    """The words, lower-case, with one space between."""
    raw: tuple[str, ...]
    """For each word what was written, the name for a marker."""
    starts: tuple[int, ...]
    """For each word its offset in :attr:`text`."""

    def word_at(self, offset: int) -> int:
        """Return the index of the word that *offset* of :attr:`text` is in."""
        return bisect_right(self.starts, offset) - 1

    def written(self, start: int, end: int) -> str:
        """Return the words from offset *start* to offset *end* as they were written."""
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        text = " ".join(raw for raw in self.raw[first : last + 1] if raw)
        return re.sub(r" ([,;:.!?%]|['’]s\b)", r"\1", text).replace("- ", "-")


def mark(sentence: str, names: Names) -> Marked:
    """Return *sentence*, in which quotations are masked, as the grammar reads it."""
    text, found = names.mark(sentence)
    named = iter(found)
    pairs: list[tuple[str, str]] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        raw = next(named, token) if token in _LETTERS and token != LITERAL else token
        if _HYPHEN.match(text, match.end()):
            raw += "-"
        if token in _OPEN:
            depth += 1
        elif token in _CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            pairs.extend(_words(token, raw, pairs))
    return _joined(pairs)


def _joined(pairs: list[tuple[str, str]]) -> Marked:
    starts: list[int] = []
    at = 0
    for word, _ in pairs:
        starts.append(at)
        at += len(word) + 1
    return Marked(
        text=" ".join(word for word, _ in pairs),
        raw=tuple(raw for _, raw in pairs),
        starts=tuple(starts),
    )


def _words(token: str, raw: str, before: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what *token* becomes; of several words the first carries *raw*."""
    if token in _LETTERS:
        return [(_LETTERS[token], raw)]
    if token[0] in "—–-|→":
        return [("—", "—")]
    if token in "!?.…][":  # noqa: S105 - signs
        return []
    if token == "%":  # noqa: S105 - a sign
        return [("%", "%")] if before and before[-1][0].isdigit() else []
    words = _written_out(token.lower().replace("’", "'"))
    return [(words[0], raw), *((word, "") for word in words[1:])]


def _written_out(word: str) -> tuple[str, ...]:
    if word in _NOT:
        return _NOT[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    if word.endswith("'s") and len(word) > 2:
        base = word[:-2]
        return (base, "is" if base in _IS_AFTER else "'s")
    for ending, full in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], full)
    if word.endswith("%"):
        return (word[:-1], "%")
    return (word,)
