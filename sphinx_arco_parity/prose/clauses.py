"""Clauses: which words before a predicate belong to it.

Works on marked sentences (see :mod:`.marking`).  A clause ends at a sign that separates,
and at a comma or a word that begins a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinx_arco_parity.text.words import word_set

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
    return Clause(
        sentence_before=text[:start],
        before=before,
        governing=_governing(before, text[start:end]),
        label=label,
        after=text[end:],
    )


def _governing(before: str, predicate: str) -> str:
    opened = _OPENED.match(before)
    if opened:
        before = before[opened.end() :]
    is_base_form = predicate.split(" ", 1)[0] in _BASE_FORMS
    if not is_base_form and _AND.fullmatch(before) and "neither" not in before:
        return ""
    return before
