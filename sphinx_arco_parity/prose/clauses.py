"""Sentences, what in them is quoted, and clauses: which words before a predicate belong to it.

Clauses are of marked sentences (see :mod:`.names`).  A clause ends at a sign that separates,
and at a comma or a word that begins a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


_SUBJECT = r"(?:it|they|we|i|you|this|that|there|P|R|O|the|its|our|is|are|has|have|so|not|also|thus|therefore|hence|existing|schedules|most|all)"
_BASE_FORMS = word_set(
    "match replace be behave work act support have implement cover provide offer reach achieve"
)
_BOUNDARY = re.compile(
    r"(?<![^ ])(?:(?P<hard>[;:—])"
    r"|, (?:but|yet|so|because|since|while|whereas|although|though|hence|therefore|which"
    rf" makes|and(?= {_SUBJECT}\b)|or(?= {_SUBJECT}\b))"
    r"|because|whereas|but(?! also)(?! rather))(?![^ ,])"
)
_OPENERS = (
    r"(?:although|though|while|whereas|if|when|once|because|since|as|with|unlike|except"
    r"|in|on|by|to|for|after|before|under|at|from|during|despite|apart|aside|besides|until"
    r"|contrary|compared|not only|even|unless|given|where|without|coming|just|like)"
)
_OPENED = re.compile(rf"{_OPENERS} [^,]{{0,200}}, ")
_AND = re.compile(
    r"(?:^|.* )(?:and|then|or)(?: (?:[a-z]{2,20}ly|now|also|thus|therefore|so|then|hence"
    r"|still|even|otherwise))? $"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What stands before a predicate."""

    sentence_before: str
    """All of the sentence before it."""
    before: str
    """The part of it in the same clause, introductory phrases included."""
    governing: str
    """The part whose negations and intentions reach the predicate."""
    label: str
    """What a colon before the clause has introduced, or the empty string."""
    after: str
    """What follows the predicate up to the end of the sentence."""

    @property
    def opens(self) -> bool:
        """Tell whether the predicate stands at the head of its clause."""
        return not self.before.strip(" ,")


def clause_of(text: str, start: int, end: int) -> Clause:
    """Return the clause of the predicate at ``text[start:end]``."""
    begin, label = 0, ""
    for boundary in _BOUNDARY.finditer(text, 0, start):
        if boundary["hard"] == ":":
            label = text[begin : boundary.start()].strip()
        elif boundary["hard"]:
            label = ""
        begin = boundary.end()
    before = text[begin:start].removeprefix(" ")
    opened = _OPENED.match(before)
    governing = before[opened.end() :] if opened else before
    is_base_form = text[start:end].split(" ", 1)[0] in _BASE_FORMS
    if not is_base_form and _AND.fullmatch(governing) and "neither" not in governing:
        governing = ""
    return Clause(
        sentence_before=text[:start],
        before=before,
        governing=governing,
        label=label,
        after=text[end:],
    )
