"""Sentences: where they begin and end in a block, and what in them is quoted.

All patterns here are linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx_arco_parity.prose.blocks import LITERAL
from sphinx_arco_parity.text.words import word_set

#: A sentence of more characters is nothing that people write.
LONGEST = 1500

_QUOTED = re.compile(
    r"“[^“”]{1,1000}”|„[^„“”]{1,1000}[“”]|«[^«»]{1,1000}»|(?<!\w)\"[^\"]{1,1000}\"(?!\w)"
)
_END = re.compile(r"[.!?…][\"'”’)\]*_]{0,4}(?=\s)")
_NO_END = word_set(
    "e.g. i.e. vs. cf. approx. no. v. inc. ltd. ca. resp. incl. fig. sec. ch. dr. mr."
    " ms. st. al. eg. ie. viz. esp."
)


def mask_quotations(text: str) -> str:
    """Return *text*, of the same length, without what stands in quotation marks.

    A quotation of up to two words is not speech but a way of marking a word: only
    its marks go.
    """

    def mask(match: re.Match[str]) -> str:
        inside = match[0][1:-1]
        if len(inside.split()) <= 2 and inside[-1:] not in ".,!?":
            return f" {inside} "
        blank = "".join("\n" if c == "\n" else " " for c in inside)
        end = inside[-1:] if inside[-1:] in set(".!?") else " "
        return f"{LITERAL}{blank}{end}"

    return _QUOTED.sub(mask, text)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of *text*, white space around it excluded."""
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 40].lstrip()[:1]
    if following.islower():
        return False
    if text[match.start()] != ".":
        return True
    word = text[max(0, match.start() - 12) : match.start() + 1].split()[-1:]
    last = word[0].lower().lstrip("([\"'“") if word else ""
    return last not in _NO_END and not (len(last) == 2 and last[0].isalpha())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inside = text[start:end]
    if bare := inside.strip():
        start += len(inside) - len(inside.lstrip())
        yield start, start + len(bare)
