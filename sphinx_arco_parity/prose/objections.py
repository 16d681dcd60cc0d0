"""Why a sentence that looks like a parity claim is none.

Negated, a goal or rule or question, another product's, or a mere mention: each check
works on the clause of the predicate, see :mod:`.clauses`.  "Schedules match X" speaks of the
product whose documentation it is, and "Airflow matches X" does not.  Where a name cannot be
told from a common noun, the sentence is taken as another's: a false alarm is worse than a
missed claim.
"""

from __future__ import annotations

import re
from collections.abc import Container

from sphinx_arco_parity.prose import words_of_english as english
from sphinx_arco_parity.prose.clauses import Clause
from sphinx_arco_parity.prose.names import Marked
from sphinx_arco_parity.text.words import word_set

_NEGATOR = re.compile(rf"(?<![^ ])(?:{english.NEGATORS})(?![^ ])")
_INTENTION = re.compile(rf"(?<![^ ])(?:{english.INTENTIONS})(?![^ ])")
_INFINITIVE = re.compile(r"(?:^|.* )(?P<verb>[^ ]{1,40} )?to (?:[a-z]{2,20}ly |also |be ){0,2}$")
_ACHIEVED = word_set("able guaranteed proven known shown continues continue found certified")
_NOT_ONLY = re.compile(r"(?<![^ ])(?:not (?:only|just|merely)|no doubt|no less)(?![^ ])")
_AFTERTHOUGHT = re.compile(
    rf" ?(?:'s )?(?:(?:for|in|of|on|across|with) (?:[^ ,;:—]{{1,40}} ){{1,6}})?{english.AFTERTHOUGHTS}"
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
    words = before.split()[:2]
    if words[:1] and words[0] in {"the", "this", "each", "every", "a", "our", "your", "these"}:
        words = words[1:]
    return _requested(before) or any(word in english.TEXTS for word in words[:1])


def _requested(before: str) -> bool:
    words = before.replace(",", " ").split()
    if words[:1] in (["then"], ["always"], ["please"], ["also"], ["first"], ["now"]):
        words = words[1:]
    if not words or words[0] not in english.IMPERATIVES:
        return False
    return (
        words[0] not in english.NOUNS_TOO or words[1:2] == [] or words[1] in english.AFTER_REQUEST
    )


def only_named(clause: Clause, predicate: str) -> bool:
    """Tell whether a phrase without a verb is itself the subject of another statement.

    "Full parity with X" is a claim in a list of features, "full parity with X is
    planned" is none.
    """
    first = predicate.split(" ", 1)[0]
    has_verb = first in _FINITE or (first.endswith("s") and first not in _NOT_FINITE)
    return _AFTERTHOUGHT.match(clause.after) is not None and not has_verb


_FINITE = word_set("is are has have match work behave added matched equals do")
_NOT_FINITE = word_set("always as this its across semantics")


def base_form(predicate: str) -> bool:
    """Tell whether *predicate* begins with a verb that gives an order if it comes first."""
    return predicate.split(" ", 1)[0] in english.IMPERATIVES


def silencing(text: str) -> bool:
    """Tell whether the marked *text*, before a colon or a list, rules out what follows.

    It negates, plans, asks or gives a rule.
    """
    return bool(_LABEL.search(text) or _NEGATOR.search(text) or _INTENTION.search(text))


def goal_heading(text: str) -> bool:
    """Tell whether a heading makes everything below it a goal."""
    return any(word in english.GOAL_HEADINGS for word in _WORDS.findall(text.lower()))


_OWN = re.compile(rf"(?<![^ ]){english.OWN}(?![^ ])")
_OTHER = re.compile(r"(?<![^ ])O(?![^ ])")
_RELATIVE = re.compile(r"(?:^|.* )(?:that|which|who|whose)(?: [a-z]{2,20}ly| also| now)? $")
_OWN_RELATIVE = re.compile(
    rf"(?:^|.* ){english.OWN} (?:(?:[^ ,]{{1,40}} ){{0,3}}, |(?:is|are|provides|offers|has|ships) "
    r"(?:an?|the|one|our) (?:[^ ,]{1,40} ){1,7})(?:that|which) (?:[a-z]{2,20}ly |also )?$"
)
_PRONOUN = re.compile(r"(?:and |so |then )?(?:it|they|its|both|this|these)(?![^ ])")
_BESIDE = re.compile(
    r" ?(?:unlike|(?:just )?like|compared (?:to|with)|contrary to|in contrast to|besides"
    r"|apart from|next to) [^,]{1,200}, "
)
_IN_REFERENCE = re.compile(r"(?:in|on|with|under|for|since) (?:[^ ,]{1,40} ){0,2}R[ ,]")
_VERBS = word_set("""
    is are was has have had uses offers provides exposes supports implements behaves works remains
    returns accepts follows can also now itself too does runs speaks passes gives keeps ships
    claims already still will itself performs reads writes handles fires evaluates treats
    """)
_DETERMINERS = word_set("the our this its your each every all most these those")
_FILLERS = word_set(", now also already still both itself today")
_OBJECT = re.compile(r"(?:^|.* )(?:any|some|other|another|every|each|an?)(?: [^ ,]{1,40}){1,4} $")
_CLIENT_VERBS = re.compile(
    r"(?<![^ ])(?:needs?|requires?|uses?|using|used|connects?|talks?|stores?|stored|accepts?"
    r"|wants?|expects?|sends?|sent|works? with|install|choose|pick|select|exports?|imports?"
    r"|integrates?|calls?|wraps?|depends?|found in|comes? from)(?![^ ])"
)


def foreign(marked: Marked, clause: Clause, start: int, lowered: Container[str]) -> bool:
    """Tell whether the subject of the predicate at *start* may be another's.

    *lowered* holds the words that the page also writes in lower case.
    """
    if clause.opens and clause.label:
        labels = clause.label.split()
        return labels == ["R"] or ("O" in labels and "P" not in labels)
    region = clause.sentence_before if clause.opens else clause.before
    beside = _BESIDE.match(region)
    if beside is not None and _OWN.search(beside[0]):
        region = region[beside.end() :]
        if not _OWN.search(region):
            # "Unlike Arco Flow, Puffin matches X".
            length = len(region.split())
            first = marked.word_at(start) - length
            return length > 0 and _is_name(marked.raw[first], lowered, alone=True)
    if _RELATIVE.fullmatch(region) and not _OWN_RELATIVE.fullmatch(region):
        return True
    own = [match.end() for match in _OWN.finditer(region)]
    other = [match.start() for match in _OTHER.finditer(region)]
    if own or other:
        # The one that is nearest before the predicate.
        near = own and other and other[-1] > own[-1] and len(region[other[-1] :].split()) <= 3
        return not own or bool(near)
    return _IN_REFERENCE.match(clause.sentence_before) is not None or _head_is_foreign(
        marked, clause, region, start, lowered
    )


def _head_is_foreign(
    marked: Marked, clause: Clause, region: str, start: int, lowered: Container[str]
) -> bool:
    words = region.split()
    if any(word in english.FOREIGN_SUBJECTS for word in words[:2]):
        return True
    if _PRONOUN.match(region):
        markers = (word for word in clause.sentence_before.split() if word in {"P", "O", "R"})
        return next(markers, "") == "O"
    if "R" in words[:2] and words[1:2] != ["'s"]:
        return True
    return _proper_head(marked, start, len(words), lowered)


def _proper_head(marked: Marked, start: int, length: int, lowered: Container[str]) -> bool:
    """Tell whether the words before *start* are headed by a name that we do not know."""
    last = marked.word_at(start) - 1
    first = max(0, last - length + 1)
    while last >= first and _is_filler(marked, last):
        last -= 1
    if last < first:
        return False
    raw = marked.raw
    if first == last or _verb_follows(marked, first):
        return first == 0 and _is_name(raw[first], lowered, alone=True)
    if any(_word(marked, at) in _DETERMINERS for at in range(first, last)):
        return False
    return _is_name(raw[last], lowered, alone=False) or (
        _verb_follows(marked, first + 1) and _is_name(raw[first + 1], lowered, alone=False)
    )


def _word(marked: Marked, index: int) -> str:
    return marked.raw[index].lower()


def _is_filler(marked: Marked, index: int) -> bool:
    word = _word(marked, index)
    return not word or word.endswith("ly") or word[:1].isdigit() or word in _FILLERS


def _verb_follows(marked: Marked, index: int) -> bool:
    following = [_word(marked, at) for at in range(index + 1, min(index + 4, len(marked.raw)))]
    if following[:1] == [","]:
        return following[1:2] in (["a"], ["an"], ["another"], ["the"], ["which"])
    if following and following[0][:1].isdigit():
        following = following[1:]
    return bool(following) and following[0] in _VERBS


def _is_name(raw: str, lowered: Container[str], *, alone: bool) -> bool:
    """Tell whether *raw* is a name.

    *alone*: it stands at the head of a sentence, where every word has a capital.
    """
    if not raw[:1].isalpha() or raw in english.NEUTRAL or raw[:2].isupper():
        return False
    if any(c.isupper() for c in raw[1:]):
        return True
    if raw[0].islower() or not raw.isalpha():
        return any(c.isdigit() for c in raw)
    word = raw.lower()
    if word in english.COMMON_NOUNS or word in lowered or word.endswith(english.NOUN_ENDINGS):
        return False
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "os"))
    return not (plural and alone)


def object_of_another(clause: Clause) -> bool:
    """Tell whether the predicate describes something that is used, not the subject.

    "Arco Flow stores its state in any database compatible with X".
    """
    return bool(_OBJECT.fullmatch(clause.before) and _CLIENT_VERBS.search(clause.before))
