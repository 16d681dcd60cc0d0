"""Inline markup, read once: the one model of what a cell, an option or a paragraph says.

:func:`parse` gives the spans of a text with their places in it.  Plain words
(:mod:`.words`), evidence (:mod:`sphinx_arco_parity.notation`), roles and links
(:mod:`sphinx_arco_parity.declarations`), what tables show (:mod:`sphinx_arco_parity.views`)
and what ``arco-parity fix`` edits are all taken from it.  Every pattern is bounded or reads
each character once, so that the time is that of the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple

from sphinx_arco_parity.text.code_spans import ENTITY, CodeSpans, literal
from sphinx_arco_parity.text.emphasis import mark_role, paired

_MARKUP = re.compile(
    r"(?P<ticks>`+)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~ ])"
    r"|(?P<break>\r?\n|<br[ \t]{0,9}/?>|</?(?:p|li|ul|ol|hr|div|dd|dt)[ \t]{0,9}/?>)"
    r"|<(?P<element>code|tt|kbd|samp)>(?P<inside>[^<>\n]{1,400})</(?P=element)>"
    r"|<(?P<address>(?:https?|ftp|mailto):[^<>\s]{1,400})>"
    r"|(?P<tag><!--[^\0]{0,400}?-->"
    r"|</?(?:a|abbr|b|big|code|del|details|div|em|font|i|img|ins|kbd|mark|p|pre|s|samp"
    r"|small|span|strike|strong|sub|summary|sup|tt|u|var|wbr)(?:[ \t][^<>\n]{0,400})?/?>)"
    r"|!?\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){0,300})\]"
    r"\((?P<target>[^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?)\)"
    r"|(?P<braces>\{[^{}\s`]{0,300}(?:\{[^{}\s`]{0,300}\}[^{}\s`]{0,300}){0,9}\})"
    r"|(?P<mark>\*{1,3}|_{1,3}|(?<!~)~~(?!~))",
    re.IGNORECASE,
)
_NAME = r"[^\W\d][\w+.-]*(?::[\w+.-]+)*"
_ROLE = re.compile(rf"(?:\{{(?P<myst>{_NAME})\}}|:(?P<rst>{_NAME}):)$")
#: A role's name and what encloses it; no pattern looks further back.
_LONGEST_ROLE = 62
_TITLE = re.compile(r"""(?<!\s)\s++(?:"[^"]*+"|'[^']*+')\s*+$""")


class Kind(Enum):
    """What a span is."""

    TEXT = "text"
    """Words and the white space between them, as written."""
    CODE = "code"
    """A code span, with its role if it has one."""
    LINK = "link"
    """``[label](target)``."""
    IMAGE = "image"
    """``![label](target)``."""
    ADDRESS = "address"
    """``<https://…>``."""
    BREAK = "break"
    """The end of a line, written or forced."""
    OPEN = "open"
    """A marker or tag that opens emphasis."""
    CLOSE = "close"
    """A marker or tag that closes it."""


class Span(NamedTuple):
    """A piece of a text; ``source[start:end]`` is how it was written."""

    kind: Kind
    text: str
    """What it encloses, as written; of a marker or tag that itself."""
    start: int
    end: int
    target: str = ""
    """Of a link or an image, without its title."""
    role: str = ""
    """Of code: the name of the role before its back-ticks."""
    ticks: int = -1
    """Of code in back-ticks: where they begin, after the role; -1 for other code."""


@dataclass(frozen=True)
class Inline:
    """A text with its spans, which follow each other without gaps."""

    source: str
    spans: tuple[Span, ...]

    @cached_property
    def literals(self) -> tuple[Span, ...]:
        """The code spans, those in the labels of links too, in their order."""
        return tuple(_literals(self.spans))

    def shown(self, start: int, end: int) -> str:
        """Return the text of the literal or link that begins in ``[start, end)``.

        Without one, what is written there.
        """
        for span in self.spans:
            if span.kind in {Kind.CODE, Kind.LINK} and start <= span.start < end:
                return literal(span.text.strip("`"))
        return self.source[start:end]

    def literals_before(self, position: int) -> int:
        """Return how many literals begin before *position*."""
        return bisect_left(self._starts, position)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.literals]


def _literals(spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        if span.kind is Kind.CODE:
            yield span
        elif span.kind is Kind.LINK and "`" in span.text:
            first = span.start + 1
            for inner in parse(span.text).literals:
                yield inner._replace(start=first + inner.start, end=first + inner.end)


class _Reader:
    """Reads a text from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.code = CodeSpans(source) if "`" in source else None
        self.spans: list[Span] = []
        self.marks: list[tuple[str, str]] = []
        self.places: list[int] = []
        """Which of :attr:`spans` the marks are."""
        self.read_to = 0
        """Up to here all is in :attr:`spans`."""

    def read(self) -> list[Span]:
        position = 0
        while match := _MARKUP.search(self.source, position):
            position = match.end()
            take = _TAKERS.get(match.lastgroup or "")
            if take is not None:
                position = take(self, match)
        self._text(len(self.source))
        return self._with_pairs()

    def _text(self, end: int) -> None:
        if self.read_to < end:
            text = self.source[self.read_to : end]
            self.spans.append(Span(Kind.TEXT, text, self.read_to, end))
            self.read_to = end

    def _add(self, kind: Kind, text: str, start: int, end: int, target: str = "") -> int:
        self._text(start)
        self.spans.append(Span(kind, text, start, end, target))
        self.read_to = end
        return end

    def ticks(self, match: re.Match[str]) -> int:
        """Take a code span, and the role before it."""
        found = self.code and self.code.at(match.start())
        if not found:
            return match.end()
        inside, end = found
        first = max(self.read_to, match.start() - _LONGEST_ROLE)
        role = _ROLE.search(self.source[first : match.start()])
        start = match.start() if role is None else first + role.start()
        name = (role["myst"] or role["rst"]) if role else ""
        self._text(start)
        self.spans.append(Span(Kind.CODE, inside, start, end, role=name, ticks=match.start()))
        self.read_to = end
        return end

    def element(self, match: re.Match[str]) -> int:
        """Take ``<code>x</code>``."""
        return self._add(Kind.CODE, match["inside"], match.start(), match.end())

    def address(self, match: re.Match[str]) -> int:
        """Take ``<https://…>``."""
        return self._add(Kind.ADDRESS, match["address"], match.start(), match.end())

    def line_end(self, match: re.Match[str]) -> int:
        """Take the end of a line."""
        return self._add(Kind.BREAK, match[0], match.start(), match.end())

    def tag(self, match: re.Match[str]) -> int:
        """Take a tag or a comment of HTML."""
        kind = Kind.CLOSE if match[0].startswith("</") else Kind.OPEN
        return self._add(kind, match[0], match.start(), match.end())

    def link(self, match: re.Match[str]) -> int:
        """Take a link or an image."""
        kind = Kind.IMAGE if match[0].startswith("!") else Kind.LINK
        target = _TITLE.sub("", match["target"]).strip()
        target = unescaped(target.removeprefix("<").removesuffix(">"))
        return self._add(kind, match["label"], match.start(), match.end(), target)

    def mark(self, match: re.Match[str]) -> int:
        """Take a marker, which may turn out to be text."""
        role = mark_role(self.source, match.start(), match.end())
        if not role:
            return match.end()
        end = self._add(Kind.OPEN, match[0], match.start(), match.end())
        self.places.append(len(self.spans) - 1)
        self.marks.append((match[0], role))
        return end

    def _with_pairs(self) -> list[Span]:
        if not self.marks:
            return self.spans
        pairs = paired(self.marks)
        for number, place in enumerate(self.places):
            role = pairs.get(number)
            kind = {"o": Kind.OPEN, "c": Kind.CLOSE}.get(role or "", Kind.TEXT)
            self.spans[place] = self.spans[place]._replace(kind=kind)
        return self.spans


_TAKERS = {
    "ticks": _Reader.ticks, "break": _Reader.line_end, "inside": _Reader.element,
    "address": _Reader.address, "tag": _Reader.tag, "target": _Reader.link, "mark": _Reader.mark,
}  # fmt: skip


def unescaped(text: str) -> str:
    """Return *text* with the characters that entities of HTML stand for."""
    return ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


@lru_cache(maxsize=4096)
def parse(source: str) -> Inline:
    """Return the spans of *source*, Markdown or reStructuredText as cells hold it.

    Markers of emphasis that do not come in pairs are text; white space stays.
    """
    return Inline(source, tuple(_Reader(source).read()))


def code_text(span: Span) -> str:
    """Return what the code of *span* means: entities resolved, white space folded."""
    return literal(span.text)
