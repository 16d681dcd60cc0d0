"""The grammar of parity: each way of saying that the product matches the reference.

A rule is a pattern over a marked sentence (see :mod:`.names`): lower-case words with
one space between, ``P`` the product, ``R`` the reference, ``O`` another product, ``C``
code.  Words in angle brackets are the parts below.  No pattern repeats anything without
a bound, so each is linear in the length of the sentence.

Whether a match *is* a claim is decided in :mod:`.objections`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTS = {
    # One word that is no marker of a product and no sign.
    "W": r"(?!(?:not|never|no|nor|neither|hardly|barely)\b)[^ PRO,;:—]{1,40}",
    # A word between a predicate and the reference: prepositions that lead elsewhere and
    # finite verbs may not be crossed.
    "V": r"(?!(?:from|into|against|via|through|without|before|after|than|because|when|if"
    r"|not|never|no|nor|neither|hardly|barely"
    r"|is|are|was|were|has|have|which|who|to|by|using|over|under|since|and|or|both)\b)"
    r"[^ PRO,;:—]{1,40}",
    # How a predicate reaches the reference: "those of the current R", "its R".
    "TO": r"(?:<V> ){0,4}R",
    "IN": r"(?:in |with |on |for |under |of |by |to )?(?:<V> ){0,2}R",
    # Adverbs.
    "A": r"(?:(?:[a-z]{2,20}ly|now|also|already|still|both|quite|100|99|%|very|even"
    r"|again|once|more|so|today|thus|then|just|otherwise|almost|bug|for|byte|bit"
    r"|feature|in|every|way|all|at|of|course) ){0,4}",
    "BE": r"(?:is|became|are|be|been|being|'s|remains?|stays?|becomes?|keeps?|am)"
    r"(?: not (?:only|just|merely))?",
    "HAVE": r"(?:has|have|having|got|reach(?:es|ed)?|achiev(?:es?|ed)|offers?|provides?"
    r"|delivers?|maintains?|at|in|gives?|attains?|attained|enjoys?|keeps?|supports?"
    r"|with|added|adds|gains?|gained|claims?|brings?|retains?|preserves?|guarantees?"
    r"|ensures?|promises?|combines?)(?: (?:you|us|users|teams|everyone))?",
    # Words before "parity" and "compatibility".
    "J": r"(?:(?:the|a|an|full|complete|feature|strict|exact|api|near|functional|total"
    r"|behaviou?ral|semantic|perfect|100|%|one|to|1:1|near|close|cross|wire|protocol"
    r"|backwards?|forwards?|syntax|source|binary|absolute|essentially|almost|its|their"
    r"|very|high|entire|true|real|bug|for|and|or|cli|sql|command|level|drop|in) ){0,5}",
    "CHANGES": r"(?:changes?|modifications?|alterations?|rewriting|rewrites?|edits?"
    r"|adjustments?|changing|modifying|porting)",
    # A change to what is not the reader's own is another matter.
    "ASIS": r"(?:unchanged|unmodified|unaltered|verbatim|as is|without (?:<V> ){0,2}"
    r"<CHANGES>|with (?:no|zero) (?:<V> ){0,2}<CHANGES>)(?! (?:to|in|of) (?!(?:your|any|the"
    r"|their) (?:<W> )?(?:code|applications?|apps?|clients?|scripts?|quer(?:y|ies)"
    r"|config|configurations?|programs?|source|projects?|pipelines?)\b))",
    # What follows the reference where it is not the reference that is meant.
    "THING": r"(?! (?:'s )?(?:<W> )?(?:blogs?|posts?|documentation|docs|manual|book|paper"
    r"|articles?|tutorials?|communit(?:y|ies)|team|website|logo|colou?rs?|benchmarks?"
    r"|examples?|repositor(?:y|ies)|instance|installation|hosts?|accounts?|conference)\b)",
    "RUN": r"(?:runs?|works?|loads?|used|moved?|migrated?|ported?|behaves?|compiles?"
    r"|executes?|reads?|opens?|replaces?|keeps?|switch|operates?|parses?|continues?|accepts?|pointed|connects?"
    r"|handles?|understands?|executed|builds?)",
    "DOES": r"(?:runs?|builds?|reads?|writes?|accepts?|supports?|parses?|understands?|gives?"
    r"|handles?|loads?|opens?|executes?|compiles?|does|do|offers?|provides?|renders?"
    r"|returns?|allows?|produces?|computes?)",
    "LIKE_FOR_LIKE": r"(?:drop in|1:1|one to one|one for one|plug in|plug compatible"
    r"|plug and play|like for like|api compatible|wire compatible|fully compatible"
    r"|compatible)",
    "SAME_NOUN": r"(?!(?:ports?|hosts?|machines?|team|people|compan(?:y|ies)|licen[cs]es?"
    r"|day|time|server|network|director(?:y|ies)|folder|databases?|hardware|passwords?"
    r"|repositor(?:y|ies)|environment|conference|authors?|price|locale|image"
    r"|process|cluster|bucket|account|region|computer|laptop|year|month|week|moment|place"
    r"|reason|problem|bugs?|question|ideas?|audience|date|release)\b)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way of saying parity."""

    name: str
    says: str
    """What a sentence of this form says of product and reference."""
    pattern: re.Pattern[str]
    whole: bool = False
    """The pattern holds both sides: what stands before it is not its subject."""
    bare: bool = False
    """It is a claim only at the head of a clause or after another predicate."""
    fragment: bool = False
    """It is a claim without a verb too: at the head of a list item, say."""


def _rule(name: str, says: str, *patterns: str, **how: bool) -> Rule:
    choice = "|".join(f"(?:{pattern})" for pattern in patterns)
    for _ in range(3):
        choice = re.sub(r"(?<!P)<(\w+)>", lambda match: _PARTS[match[1]], choice)
    pattern = re.compile(rf"(?<![^ ])(?:{choice})(?![^ ])")
    return Rule(name=name, says=says, pattern=pattern, **how)


_MATCH_OF = (
    r"(?:(?:all|every|most|many|the|each|full|core|key|exact) ){0,3}"
    r"(?:(?:features?|behaviou?rs?|semantics|capabilit(?:y|ies)|functionality|api|apis"
    r"|commands?|syntax|interface|options|flags|rules|output|results|feature set|surface"
    r"|those|that|parity|model|guarantees|counterparts?)(?: (?:and|set) <W>)? "
    r"(?:of|in|from) )?"
    r"(?:(?:the|its|their|upstream|those|that|of|current|plain|standard|stock) ){0,3}R"
)

RULES: tuple[Rule, ...] = (
    _rule("parity", "has parity with",
          r"<HAVE> <A><J>parity (?:<V> ){0,4}?(?:with|to) <TO>",
          r"<HAVE> <A><J>R (?:<V> ){0,2}parity",
          r"(?:<HAVE>|there <BE>) <A><J>parity between (?:P and R|R and P)",
          r"there <BE> <A><J>parity (?:with|to) <TO>",
          r"brings? (?:(?:<W>|P) ){1,4}(?:to|into|in|on) (?:<J>parity|par) with <TO>",
          r"(?:feature )?parity (?:with|to) <TO> (?:(?:in|for|of|on) (?:<W> ){1,5})?(?:is|has been"
          r"|was) <A>(?:complete|completed|reached|achieved|full|done|guaranteed)",
          r"R (?:feature |api )?parity (?:is|has been) <A>(?:complete|completed|reached|achieved"
          r"|full|done)",
          fragment=True),
    _rule("parity", "has parity with",
          r"(?:full|complete|feature|strict|exact|100 %|drop in) <J>parity (?:with|to) <TO>",
          r"(?:full|complete|feature|strict|100 %) <J>R (?:<V> ){0,2}parity",
          fragment=True, bare=True),
    _rule("compatible", "is compatible with",
          r"<BE> <A>(?:(?:an?|the|one|some) (?:<V> ){1,8})?(?:<V> ){0,3}compatible with <TO>",
          r"<BE> <A>(?:(?:an?|the|one) (?:<V> ){0,4})?R (?:<V> ){0,3}compatible",
          r"(?:provides?|offers?|exposes?|has|have|with|presents?|serves?|gives?|ships) (?:an?|the"
          r"|its|full|our) (?:<V> ){0,3}R (?:<V> ){0,2}compatible",
          r"<HAVE> <A><J>compatibility (?:<V> ){0,3}?with <TO>",
          r"<HAVE> <A>(?:<J>)R (?:<V> ){0,2}compatibility",
          fragment=True),
    _rule("compatible", "is compatible with",
          r"<A>(?:api |wire |protocol |source |binary |syntax |format |file |sql ){0,3}compatible "
          r"with <TO>",
          r"(?:(?:fully|100 %|completely|largely|wire|api) ){0,2}R (?:api |wire "
          r"|protocol )?compatible",
          r"(?:full|complete|100 %) <J>compatibility with <TO>",
          r"(?:full|complete|100 %) <J>R (?:<V> ){0,2}compatibility",
          fragment=True, bare=True),
    _rule("replacement", "replaces",
          r"(?:<LIKE_FOR_LIKE> )(?:open source |modern |faster |<V> ){0,2}(?:replacement"
          r"|alternative|substitute|clone|rewrite|reimplementation) (?:for|of|to) <TO>",
          r"<BE> <A>(?:an?|the|our|your) (?:<V> ){0,4}(?:replacement|substitute) (?:for|of|to) "
          r"<TO>",
          r"drop in (?:for|to) <TO>",
          r"(?:be )?used to (?:fully |completely )?replace R",
          r"(?:serves?|works?|acts?|functions?|used?) as (?:<V> ){1,4}(?:replacement|substitute) "
          r"(?:for|of|to) <TO>",
          r"(?:<LIKE_FOR_LIKE> )(?:<V> ){0,2}R (?:<V> )?(?:replacement|substitute|alternative)",
          r"<BE> <A>(?:an?|the|our) (?:<V> ){0,2}R (?:replacement|substitute)",
          r"bug for bug compatible (?:<V> ){1,2}of <TO>",
          r"(?:fully |completely |entirely |simply )?replaces? (?:all of |upstream "
          r"|the )?R(?! (?:'s|with|by)\b)(?! <V> (?:with|by)\b)(?! [a-z]{3,20}s (?:with|by)\b)(?=$"
          r"| (?:in|for|as|on|without|and|or|when|completely|entirely|fully|at|here|one)\b"
          r"| [,;:—])",
          fragment=True),
    _rule("match", "matches",
          r"(?:matches|match|matched|equals?) <A>"
          + _MATCH_OF
          + r"(?! (?:glob|globs|regexp?|regular|patterns?|expressions?|keys?|strings?|names?"
          r"|paths?|prefix(?:es)?|topics?|tables?|logs?|entr(?:y|ies)|records?|files?"
          r"|version|tags?)\b)(?! 's (?:<W> ){0,2}(?:log|regex|pattern|name|path|keys?)\b)<THING>"),
    _rule("same", "is the same as",
          r"(?:exactly |precisely )?(?:the )?(?:very |exact )?same <SAME_NOUN>(?:<V> ){0,6}(?:as"
          r"|like) (?:(?:the )?C (?:<V> )?)?(?:(?:it|they|that|those|the ones?|is|are|does"
          r"|do) ){0,3}(?:in |on |with |for |by |of |from |under )?(?:(?:its|their|the|any|plain"
          r"|upstream|standard|your) ){0,2}R<THING>",
          r"(?:the )?same <SAME_NOUN>(?:<V> ){0,5}(?:in|with|on) (?:both )?(?:R and (?:in |on )?P"
          r"|P and (?:in |on )?R)",
          r"(?:in )?(?:exactly |just |much )?the same way (?:as |that |like )?(?:it does "
          r"|they do )?(?:in |with |on )?R",
          r"(?:the )?same (?:<V> ){1,4}(?:that |which )?(?:they|it) (?:have|has|do|does|had) (?:in"
          r"|with|on|under) (?:the )?R",
          r"identical <SAME_NOUN>(?:<V> ){0,3}(?:to|with|as) <TO>",
          r"(?:with|have|has) identical <W> (?:to|as) <TO>",
          fragment=True),
    _rule("equivalent", "is equivalent to",
          r"<BE> <A>(?:(?:an? |the )?(?:<V> ){0,3})(?:equivalent|identical|equal|isomorphic"
          r"|interchangeable|indistinguishable|in line|on par|at par|on a par|consistent"
          r"|congruent) (?:to|with|from) <TO>",
          r"(?:and )<A>(?:<V> )?(?:equivalent|identical) to <TO>",
          r"(?:on par|on a par|at par) with <TO>",
          r"(?:1:1|one to one|one for one) (?:<V> ){0,2}?(?:with|to|onto|for|of) <TO>",
          r"(?:full|complete|100 %) (?:<V> )?(?:coverage|equivalence) (?:of|with) <TO>",
          r"P and R <BE> <A>(?:equivalent|identical|interchangeable|compatible)",
          r"R and P <BE> <A>(?:equivalent|identical|interchangeable|compatible)",
          r"(?:semantics|behaviou?rs?|rules|syntax|meanings?|guarantees|grammar|formats?"
          r"|apis?)(?: <W>){0,4} (?:is|are) <A>(?:those|that) of <TO>",
          r"(?:unchanged|unmodified) from <TO>",
          r"(?:identical|the same|equivalent|equal) (?:in|on|for|across) (?:both )?(?:P and (?:in "
          r"|on |for )?R|R and (?:in |on |for )?P)",
          r"corresponds? (?:exactly|precisely|directly|fully) to <TO>",
          r"(?:feature )?complete (?:with respect|compared|relative|with regard|in regard) to <TO>",
          r"(?:identically|equivalently) (?:to|as|with|in) <TO>",
          r"<BE> <A>an? (?:<V> ){0,3}superset of <TO>",
          fragment=True),
    _rule("as-in", "behaves as",
          r"(?:just |exactly |precisely |identically |(?<=, )|(?:<RUN>|acts?|functions?|done"
          r"|handled|resolved|evaluated|treated|performs?|interpreted|stored|fires?"
          r"|stored and replayed|expressed|written|supported|implemented|[a-z]{3,16}ed) <A>)as "
          r"(?:(?:it|they|that|you) )?(?:(?:does|do|is|are|would|did) )?(?:in|with|on|under"
          r"|against) (?:(?:the|plain|any|upstream) )?R<THING>",
          r"(?:just |exactly |precisely |the way |in the way )(?:as |that |how )?R "
          r"(?:<V> ){0,2}?(?:does|do|did|[a-z]{3,16}s)",
          r"(?:<RUN>|handled|resolved|evaluated|treated|stored|interpreted|[a-z]{3,16}ed) <A>as R "
          r"(?:does|do|did|[a-z]{3,16}s (?:it|them))",
          r"(?:<RUN>|acts?|performs?|looks) (?:<A>)like (?:(?:it|they) (?:do|does|is|are) )?<IN>",
          r"(?:just|exactly|precisely) like (?:(?:it|they) (?:do|does|is|are) )?<IN>",
          r"as (?:in|with) R(?= ,)",
          r"as R (?:does|do)(?= [,;—]|$)",
          r"just as (?:it |they )?(?:does |do )?(?:in |with |on |against |under )?R"),
    _rule("alike", "behaves in the same way as",
          r"R(?: <W>| ,| C){0,9} (?:behaves?|works?|acts?) <A>(?:identically|the same way|the same"
          r"|in the same way|in exactly the same way)(?= [,;:—]|$| in P| here| too)",
          r"P(?: <W>| ,){0,6} R(?: <W>| ,){0,9} (?:the two|both|they) <BE> <A>(?:equivalent"
          r"|identical|interchangeable|compatible)",
          r"R(?: <W>| ,){0,3} P(?: <W>| ,){0,9} (?:the two|both|they) <BE> <A>(?:equivalent"
          r"|identical|interchangeable|compatible)",
          r"R(?: <W>| P| [,;]){0,9} (?:it|they|P) <BE> <A>(?:compatible|identical"
          r"|interchangeable) (?:with|to) (?:it|them)",
          r"R(?: <W>| P| ,){0,9} compatible with (?:its?|them|their)",
          r"R(?: <W>| P| [,;]){0,9} (?:it|P) <BE> (?:fully|100 %|completely) compatible(?= [,;:—]"
          r"|$)",
          r"P , (?:an?|the) (?:<W> |, ){0,5}R (?:<V> ){0,3}compatible",
          r"R(?: <W>| P| ,){0,9} (?:behaves?|works?|acts?) (?:exactly|just|precisely) like (?:it"
          r"|them|those|theirs)(?= [,;:—]|$)",
          r"R(?: <W>){0,9} P : (?:<W> |, ){1,8}(?:behaves?|works?) <A>(?:identically|the same)",
          whole=True),
    _rule("covers", "supports all of",
          r"(?:supports?|implements?|covers?|provides?|offers?|accepts?|understands?|does|do|has"
          r"|have|reproduces?|reimplements?) <A>(?:all|every|everything|each|anything|whatever"
          r"|the (?:full|complete|entire|whole)|100 %)(?: of)?(?: (?!versions?|releases?|you"
          r"|needed|required|tools?|information)<V>){0,6} R(?! (?:<V> )?(?:versions?|releases?)\b)",
          r"(?:implements?|reimplements?|speaks?|natively implements) <A>(?!(?:only |a "
          r"|an )?(?:(?:sub|sub set|part|parts|small|limited|portion)\b))(?:(?!subset|parts?"
          r"|portion|fraction|only)<V> ){0,4}R(?: 's)?(?: (?:and <W>|(?!clients?"
          r"|drivers?)<V>)){0,4} (?:protocols?|apis?|interfaces?|dialect|command|commands|syntax"
          r"|semantics|spec|specification|language|grammar|functions)",
          r"supports? <A>(?:the |its |full |all ){0,2}R(?: 's)? (?:wire |client "
          r"|native )?(?:protocol|dialect)",
          r"pass(?:es)? (?:<V> ){0,3}R(?: 's)?(?: <V>){0,4} (?:tests?|suites?)",
          r"(?:fully |certified |100 % )(?:conformant|compliant|conforming) (?:with |to )?<TO>",
          r"<BE> <A>(?:an? )?(?:certified|conformant|compliant) R",
          r"conforms? <A>to <TO>",
          r"mirrors? (?:that|those|the <W>) of (?:the )?R",
          r"mirrors? (?:the )?R(?: 's)? (?:apis?|interfaces?|behaviou?rs?|semantics|syntax"
          r"|commands?)",
          r"(?:follows?|reproduces?|replicates?|preserves?|retains?|emulates?|copies|obeys?) "
          r"(?:the )?R(?: 's)? (?:<V> ){1,3}(?:exactly|precisely|faithfully|perfectly|in full)",
          r"(?:follows?|preserves?|keeps?|retains?|honou?rs|respects?) (?:the )?R(?: 's)? "
          r"(?:<V> )?(?:semantics|behaviou?r|rules)",
          r"(?:exactly|faithfully|perfectly|precisely) (?:follows?|reproduces?|replicates?"
          r"|preserves?|emulates?|copies) (?:<V> ){0,3}R",
          r"(?:fully|completely|entirely) (?:supports?|implements?|covers?|understands?) "
          r"(?!(?:<V> ){0,3}(?:clients?|drivers?) (?:for"
          r"|of))(?:<V> ){0,3}R(?! (?:<V> )?(?:versions?|releases?|integrations?)\b)",
          fragment=True),
    _rule("everything", "does everything that is done with",
          r"(?:everything|anything|whatever|what|all|any|every|each|code|scripts?|programs?"
          r"|quer(?:y|ies)|applications?|apps?|clients?|projects?|pipelines?|templates?|packages?"
          r"|tools?|workloads?)(?: <W>){0,6} (?P<verb>works?|runs?|do|does|supports?|builds?"
          r"|passes|compiles?|loads?)(?: <W>){0,3} R(?: 's)?(?: <W>| ,){0,6} "
          r"(?P=verb)(?: <W>){0,3} (?:P|ours|us|here)",
          r"(?P<deed><DOES>) (?:exactly |precisely |just )?what R (?P=deed)",
          r"(?P<act><DOES>) (?:any|every|all|whatever|everything|anything)(?: <W>){0,5} R "
          r"(?:can )?(?P=act)",
          r"(?:everything|anything|all|every|any)(?: <W>){0,6} R(?: 's)?(?: <W>){0,6} (?:works?"
          r"|runs?|supported|behaves?)(?: <W>){0,3} (?:in|on|with|by) (?:P|ours)",
          r"(?:all|every|each|everything)(?: <V>){0,4} (?:of|in) "
          r"(?:<V> ){0,3}R(?: 's)?(?: <V>){0,4} <BE> <A>(?:available|supported|implemented|present"
          r"|included|covered|provided)",
          r"(?:every|each|all) (?:<V> ){0,2}R (?:<V> ){0,4}(?:has|have) "
          r"(?:<V> ){1,3}(?:counterpart|equivalent)s? in P",
          r"(?:do|does|supports?|offers?|provides?|covers?|implements?|has|have|handles?) "
          r"<A>everything (?:that |which )?R (?:can|does|supports|offers|provides|has|do|is)",
          r"everything (?:that |which )?R (?:can|does|supports|offers|provides|has|do)(?: <W>"
          r"| ,){0,4} (?:P|we|ours)",
          whole=True),
    _rule("unchanged", "takes over without changes what is made for",
          r"R(?! 's)(?: <W>| ,){0,6} <RUN>(?: (?!not )<W>| P| ,){0,7} <ASIS>",
          r"<RUN>(?: <V>| from){0,4} R(?: <W>| P| ,){0,7} <ASIS>",
          r"(?:for R|R(?! 's)(?: <V>){1,4}) (?:keeps? (?:on )?(?:working|running)"
          r"|continues? to (?:work|run))",
          r"<RUN> (?:<V> ){0,2}(?:unmodified|unchanged) (?:<V> ){0,3}R",
          r"(?:switch|mov|migrat|port|chang)(?:ing|e)? (?:<W> ){0,4}?(?:from )?R to P "
          r"(?:<W> ){0,4}(?:no|without|zero) (?:<V> ){0,2}<CHANGES>",
          r"R (?:compatible|compatibility) : (?:<W> ){1,6}<ASIS>",
          r"(?:no|zero) (?:<V> ){0,2}<CHANGES> (?:to|in|of) (?:<V> ){0,3}R(?: <V>){0,4} <BE> "
          r"(?:needed|required|necessary)",
          r"R(?: 's)? (?:<V> ){1,3}works? (?:<W> ){0,2}(?:with|on|against|in) P <ASIS>",
          whole=True),
    _rule("no-difference", "does not differ from",
          r"no (?:<V> )?differences? (?:<W> ){0,6}?(?:from|to|with|between)(?: <W>| P){0,5} R",
          r"nothing (?:<W> ){0,2}R(?: <W>){0,3} P (?:can not|does not|lacks)",
          r"(?:(?:will|can|do|should) )?not (?:notice|see|find|observe) (?:an?|any) "
          r"(?:<V> )?differences? (?:<W> ){0,4}?(?:from|to|with|between)(?: <W>| P){0,5} R",
          r"(?:does|do) not differ (?:<V> )?from (?:<V> ){0,3}R",
          r"(?:is|are) no(?:t)? (?:<V> )?different (?:from|than|to) (?:<V> ){0,3}R",
          whole=True),
)  # fmt: skip

#: For a sentence that leaves out with what it compares: "We have full parity."
ELIDED_RULES: tuple[Rule, ...] = (
    _rule("parity", "has parity with",
          r"<HAVE> <A>(?:full|complete|feature|100 %|api|strict) <J>parity(?=$| [,;—]| (?:for|in"
          r"|across|on|since|now|today|and)\b)"),
    _rule("replacement", "replaces",
          r"<BE> <A>(?:an?|the|our) (?:<V> ){0,3}drop in (?:<V> )?(?:replacement|substitute)(?=$"
          r"| [,;—])"),
)  # fmt: skip

#: For a project with no reference: words that say parity whatever it is compared with.
UNNAMED_RULES: tuple[Rule, ...] = (
    _rule("parity", "has parity with something",
          r"<HAVE> <A>(?:full|complete|feature|100 %|api|strict) <J>parity(?: with| to)?"),
    _rule("replacement", "replaces something",
          r"<BE> <A>(?:an?|the|our) (?:<V> ){0,3}drop in (?:<V> )?(?:replacement|substitute)"),
)  # fmt: skip
