"""Unmarked parity claims in blocks of text.

:func:`find_claims` is what the rest of the code calls: for pages while they are read, and
for files outside the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sphinx_arco_parity.prose import objections
from sphinx_arco_parity.prose.blocks import LITERAL, Block, fill
from sphinx_arco_parity.prose.clauses import LONGEST, Clause, clause_of, mask_quotations, sentences
from sphinx_arco_parity.prose.grammar import ELIDED_RULES, RULES, UNNAMED_RULES, Rule
from sphinx_arco_parity.prose.names import Marked, Names, mark
from sphinx_arco_parity.prose.objections import foreign, object_of_another
from sphinx_arco_parity.settings.options import Settings

#: What stands before a colon, a dash or an equals sign.
_LEGEND = re.compile(r"(?P<label>[^:=–—\n]{1,40}?)\s?(?:[:=–—]| - )")
_LETTER = re.compile(r"[^\W_]")
_BARE = re.compile(r"(?:.*(?:[,:]|(?<![^ ])(?:and|both|but|yet|—)) )?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A sentence that says parity."""

    text: str
    """The sentence, white space folded, code literals in their places."""
    reason: str
    """A fragment that begins with a verb: what the sentence says, and by which words."""
    rule: str
    """The name of the rule of grammar."""
    line: int
    """Of the sentence's first word, from 1."""
    block: int
    """The index of its block."""


def find_claims(blocks: Sequence[Block], settings: Settings) -> list[FoundClaim]:
    """Return the parity claims of one page or file, in the order of its text."""
    aliases = (tuple(settings.aliases.get(whose, ())) for whose in ("product", "reference"))
    names = _names(settings.product, settings.reference, *aliases)
    return list(_Reader(blocks, names, settings).claims())


_names = lru_cache(maxsize=16)(Names)


class _Reader:
    """Reads one page."""

    def __init__(self, blocks: Sequence[Block], names: Names, settings: Settings) -> None:
        self._blocks = blocks
        self._settings = settings
        self._names = names
        self._unnamed = ELIDED_RULES if names.reference else UNNAMED_RULES
        self._headings = {b.section: b.text for b in blocks if b.kind == "heading"}
        self._goals = {
            section for section, text in self._headings.items() if objections.goal_heading(text)
        }

    def claims(self) -> Iterator[FoundClaim]:
        for index, block in enumerate(self._blocks):
            if (
                block.kind in {"heading", "quote"}
                or not self._names.may_claim(block.text)
                or self._is_goal(block.section)
                or self._is_silenced(block)
                or self._is_anothers_cell(block)
                or self._is_legend(block)
            ):
                continue
            yield from self._in_block(index, block)

    def _is_goal(self, section: tuple[int, ...]) -> bool:
        return bool(self._goals) and any(
            section[:depth] in self._goals for depth in range(1, len(section) + 1)
        )

    def _is_silenced(self, block: Block) -> bool:
        """Tell whether what introduces a list takes its items out of the claims.

        A list or a table with no introduction has that of its heading.
        """
        if block.kind not in {"item", "cell"}:
            return False
        if block.intro is None:
            heading = self._headings.get(block.section, "")
            return objections.silencing(mark(heading, self._names).text)
        intro = self._blocks[block.intro]
        text = mask_quotations(intro.text)
        spans = list(sentences(text))
        last = text[slice(*spans[-1])] if spans else ""
        if objections.question(last):
            return True
        if not last.rstrip("*_ ").endswith(":") and intro.kind != "item":
            return False
        return objections.silencing(mark(last, self._names).text)

    def _is_legend(self, block: Block) -> bool:
        """Tell whether a block says what a status means, which is a rule."""
        if block.label and self._settings.status(block.label):
            return True
        head = _LEGEND.match(block.full_text)
        if head is None:
            return False
        label = head["label"].strip(" *_`\"'“”")
        return not _LETTER.search(label) or self._settings.status(label) is not None

    def _is_anothers_cell(self, block: Block) -> bool:
        """Tell whether a cell stands in the row or column of the reference or another."""
        for text in (block.label, block.column):
            words = mark(text, self._names).text.split() if text else []
            if words[:1] == ["R"] and len(words) == 1:
                return True
            if "O" in words and "P" not in words:
                return True
        return False

    def _in_block(self, index: int, block: Block) -> Iterator[FoundClaim]:
        masked = mask_quotations(block.text)
        earlier: Marked | None = None
        for start, end in sentences(masked):
            sentence = masked[start:end]
            if end - start > LONGEST:
                continue
            marked = mark(sentence, self._names)
            found = self._judge(block, sentence, marked, earlier)
            earlier = marked
            if found:
                rule, words = found
                reference = f" {self._names.reference}" if self._names.reference else ""
                before = block.text.count(LITERAL, 0, start)
                text = fill(block.text[start:end], block.literals[before:])
                yield FoundClaim(
                    text=" ".join(text.split()),
                    reason=f"says that {self._names.product} {rule.says}{reference}: “{words}”",
                    rule=rule.name,
                    line=block.line + block.text.count("\n", 0, start),
                    block=index,
                )

    def _judge(
        self, block: Block, sentence: str, marked: Marked, earlier: Marked | None
    ) -> tuple[Rule, str] | None:
        text = marked.text
        named = "R" in text.split()
        if objections.question(sentence) or objections.other_parity(text):
            return None
        for rule in RULES if named else self._unnamed:
            for match in rule.pattern.finditer(text):
                if self._holds(rule, match, block, marked, earlier):
                    return rule, marked.written(match.start(), match.end())
        return None

    def _holds(
        self, rule: Rule, match: re.Match[str], block: Block, marked: Marked, earlier: Marked | None
    ) -> bool:
        clause = clause_of(marked.text, match.start(), match.end())
        if (
            objections.denied(clause)
            or objections.intended(clause)
            or (clause.label and objections.silencing(clause.label))
            or (rule.bare and not _BARE.fullmatch(clause.before))
        ):
            return False
        if rule.whole:
            return _whole_holds(clause, match[0])
        if "R" not in marked.text.split() and not self._is_ours(clause, match[0]):
            return False
        at_head = not clause.sentence_before.strip(" ,")
        if at_head and not _may_stand_alone(rule, match[0], block, clause):
            return _leads(clause, match[0])
        named = objections.only_named(clause, match[0])
        return not named and not self._is_foreign(match, marked, clause, earlier)

    def _is_ours(self, clause: Clause, predicate: str) -> bool:
        """Tell whether a claim that names no reference is made of the product."""
        before = clause.sentence_before.split()
        if "O" in before or "O" in clause.after.split():
            return False
        if not self._names.reference and "parity" in predicate:
            return True
        return any(word in {"P", "we", "our"} for word in before)

    def _is_foreign(
        self, match: re.Match[str], marked: Marked, clause: Clause, earlier: Marked | None
    ) -> bool:
        resumes = clause.sentence_before.split()[:1]
        if earlier and resumes and resumes[0] in {"it", "they", "its", "their", "this", "these"}:
            speaks_of = (word for word in earlier.text.split() if word in {"P", "O", "we"})
            if next(speaks_of, "") == "O":
                return True
        return object_of_another(clause) or foreign(marked, clause, match.start(), self._lowered)

    @cached_property
    def _lowered(self) -> frozenset[str]:
        text = " ".join(block.text for block in self._blocks)
        return frozenset(word for word in text.split() if word.islower())


def _whole_holds(clause: Clause, predicate: str) -> bool:
    words = f"{clause.sentence_before} {predicate}".split()
    if "O" in words and "P" not in words:
        return False
    ordered = clause.opens and objections.base_form(predicate)
    return not ordered or predicate.startswith(("migrate ", "move ", "switch ", "port "))


def _leads(clause: Clause, predicate: str) -> bool:
    """Tell whether it is a phrase like "Just like X," and the rest speaks of us."""
    following = clause.after.lstrip(" ,").split()
    if not clause.after.startswith(" ,") or not {"as", "like"} & set(predicate.split()):
        return False
    if "P" in following[:4] or following[:1] in (["we"], ["our"]):
        return True
    plain = {"O", "R", "you"}.isdisjoint(following) and len(following) > 2
    return plain and not objections.silencing(" ".join(following))


def _may_stand_alone(rule: Rule, predicate: str, block: Block, clause: Clause) -> bool:
    if block.kind == "caption" or (block.kind == "cell" and not block.label):
        return False
    if objections.base_form(predicate):
        return False
    finite = predicate.split(" ", 1)[0] in {"matches", "matched", "replaces"}
    return (rule.fragment or finite) and not objections.only_named(clause, predicate)
