"""Why a sentence that looks like a parity claim is none.

Negated, a goal or rule or question, another product's, or a mere mention: each check
works on the clause of the predicate, see :mod:`.clauses`.
"""

from __future__ import annotations

import re

from sphinx_arco_parity.prose.clauses import Clause
from sphinx_arco_parity.prose.words_of_english import (
    AFTER_REQUEST,
    AFTERTHOUGHTS,
    GOAL_HEADINGS,
    IMPERATIVES,
    INTENTIONS,
    NEGATORS,
    NOUNS_TOO,
    TEXTS,
)
from sphinx_arco_parity.text.words import word_set

_NEGATOR = re.compile(rf"(?<![^ ])(?:{NEGATORS})(?![^ ])")
_INTENTION = re.compile(rf"(?<![^ ])(?:{INTENTIONS})(?![^ ])")
_INFINITIVE = re.compile(r"(?:^|.* )(?P<verb>[^ ]{1,40} )?to (?:[a-z]{2,20}ly |also |be ){0,2}$")
_ACHIEVED = word_set("able guaranteed proven known shown continues continue found certified")
_NOT_ONLY = re.compile(r"(?<![^ ])(?:not (?:only|just|merely)|no doubt|no less)(?![^ ])")
_AFTERTHOUGHT = re.compile(
    rf" ?(?:'s )?(?:(?:for|in|of|on|across|with) (?:[^ ,;:—]{{1,40}} ){{1,6}})?{AFTERTHOUGHTS}"
)
_DENIED_AFTER = re.compile(
    r" (?:(?:[^ ,;:—]{1,40} ){0,4})(?:is|are|remains?) (?:not|no longer|only partly|deferred"
    r"|out of scope|planned|wrong|false|missing|incomplete|impossible)\b"
)
_LATER = re.compile(
    r"(?<![^ ])(?:(?:some|one) day|next (?:year|release|version|quarter|milestone)|in the "
    r"future|soon|(?<!at )once|eventually|tbd|todo|(?:after|when|if|until) m\d+"
    r"|by (?:m\d+|q\d|20\d\d|the end|the next|next|end of|milestone|release|version|v?\d+\.\d+))(?![^ ])"
)
_OTHER_PARITY = re.compile(
    r"(?<![^ ])(?:(?:odd|even|raid|slot|disk|bit) parity|parity (?:bits?|checks?|shards?"
    r"|blocks?|flags?|errors?|disks?|drives?|words?|bytes?|conditions?|symmetry|matri(?:x"
    r"|ces)|charters?|claims?|tables?|reports?|exceptions?|reviews?|status(?:es)?|polic(?:y"
    r"|ies)|documents?|pages?|rows?|tests?|gaps?|audits?|rules?|goals?|roadmap))(?![^ ])"
)
_LABEL = re.compile(
    r"(?<![^ ])(?:not|no|non|un[a-z]{1,20}|planned|future|later|never|missing|without|todo"
    r"|goals?|aims?|must|should|will|wanted|unsupported|open|pending|rule|rules|examples?"
    r"|e\.g|do not|cannot|questions?|limitations?|gaps?|differences?|deferred|excluded"
    r"|roadmap|exceptions?|however|false|wrong|claims?|phrases?|titles?|target|intended"
    r"|wish|objective|plan|plans|remaining|towards?|next|idea|ideas|proposal|if|when"
    r"|implemented|partial|partially|designed|exception|status|legend|done|green|yellow"
    r"|acceptance|acceptable|expected|expectation|scenario|given|when|then|tests?|steps?|tasks?"
    r"|story|stories|criteri(?:on|a)|cases?|assertions?|conditions?|requirements?|definition"
    r"|consider|check|lacks?|neither|unlike|or)(?![^ ])"
)
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)?")


def question(sentence: str) -> bool:
    """Tell whether *sentence*, as written, asks."""
    return sentence.rstrip(" \"'”’)*_").endswith("?")


def other_parity(text: str) -> bool:
    """Tell whether the marked *text* speaks of the parity of bits or of documents."""
    return _OTHER_PARITY.search(text) is not None


def denied(clause: Clause) -> bool:
    """Tell whether the clause is negated before or after its predicate."""
    before = _NOT_ONLY.sub("", clause.governing)
    if before.startswith("no ") or _NEGATOR.search(before):
        return True
    return _DENIED_AFTER.match(clause.after) is not None


def intended(clause: Clause) -> bool:
    """Tell whether the clause is a goal, a plan, a rule, a condition or a request."""
    before = clause.governing
    if _INTENTION.search(before) or _LATER.search(f"{clause.before}|{clause.after}"):
        return True
    if before.startswith("to "):
        return True
    infinitive = _INFINITIVE.fullmatch(before)
    if infinitive and (infinitive["verb"] or "").strip() not in _ACHIEVED:
        return True
    return _requested(before) or _speaks_of_a_text(before)


def _speaks_of_a_text(before: str) -> bool:
    words = before.split()[:2]
    if words[:1] and words[0] in {"the", "this", "each", "every", "a", "our", "your", "these"}:
        words = words[1:]
    return any(word in TEXTS for word in words[:1])


def _requested(before: str) -> bool:
    words = before.replace(",", " ").split()
    if words[:1] in (["then"], ["always"], ["please"], ["also"], ["first"], ["now"]):
        words = words[1:]
    if not words or words[0] not in IMPERATIVES:
        return False
    return words[0] not in NOUNS_TOO or words[1:2] == [] or words[1] in AFTER_REQUEST


def only_named(clause: Clause, predicate: str) -> bool:
    """Tell whether a phrase without a verb is itself the subject of another statement.

    "Full parity with X" is a claim in a list of features, "full parity with X is
    planned" is none.
    """
    return _AFTERTHOUGHT.match(clause.after) is not None and not _has_verb(predicate)


def _has_verb(predicate: str) -> bool:
    first = predicate.split(" ", 1)[0]
    return first in _FINITE or (first.endswith("s") and first not in _NOT_FINITE)


_FINITE = word_set("is are has have match work behave added matched equals do")
_NOT_FINITE = word_set("always as this its across semantics")


def base_form(predicate: str) -> bool:
    """Tell whether *predicate* begins with a verb that gives an order if it comes first."""
    return predicate.split(" ", 1)[0] in IMPERATIVES


def silencing(text: str) -> bool:
    """Tell whether the marked *text*, before a colon or a list, rules out what follows.

    It negates, plans, asks or gives a rule.
    """
    return bool(_LABEL.search(text) or _NEGATOR.search(text) or _INTENTION.search(text))


def goal_heading(text: str) -> bool:
    """Tell whether a heading makes everything below it a goal."""
    return any(word in GOAL_HEADINGS for word in _WORDS.findall(text.lower()))
