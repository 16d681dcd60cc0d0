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
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple
from unicodedata import category

from sphinx_arco_parity.text.code_spans import ENTITY, CodeSpans, literal

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
        found: list[Span] = []
        for span in self.spans:
            if span.kind is Kind.CODE:
                found.append(span)
            elif span.kind is Kind.LINK and "`" in span.text:
                first = span.start + 1
                found += (
                    inner._replace(start=first + inner.start, end=first + inner.end)
                    for inner in parse(span.text).literals
                )
        return tuple(found)

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
            name = match.lastgroup or ""
            if name in _WHOLE:
                position = self._add(Span(_WHOLE[name], match[name], *match.span()))
            elif name in _TAKERS:
                position = _TAKERS[name](self, match)
            else:
                position = match.end()
        self._text(len(self.source))
        pairs = paired(self.marks)
        for number, place in enumerate(self.places):
            kind = {"o": Kind.OPEN, "c": Kind.CLOSE}.get(pairs.get(number, ""), Kind.TEXT)
            self.spans[place] = self.spans[place]._replace(kind=kind)
        return self.spans

    def _text(self, end: int) -> None:
        if self.read_to < end:
            text = self.source[self.read_to : end]
            self.spans.append(Span(Kind.TEXT, text, self.read_to, end))
            self.read_to = end

    def _add(self, span: Span) -> int:
        self._text(span.start)
        self.spans.append(span)
        self.read_to = span.end
        return span.end

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
        return self._add(Span(Kind.CODE, inside, start, end, role=name, ticks=match.start()))

    def tag(self, match: re.Match[str]) -> int:
        """Take a tag or a comment of HTML."""
        kind = Kind.CLOSE if match[0].startswith("</") else Kind.OPEN
        return self._add(Span(kind, match[0], *match.span()))

    def link(self, match: re.Match[str]) -> int:
        """Take a link or an image."""
        kind = Kind.IMAGE if match[0].startswith("!") else Kind.LINK
        target = _TITLE.sub("", match["target"]).strip()
        target = unescaped(target.removeprefix("<").removesuffix(">"))
        return self._add(Span(kind, match["label"], *match.span(), target))

    def mark(self, match: re.Match[str]) -> int:
        """Take a marker, which may turn out to be text."""
        role = mark_role(self.source, match.start(), match.end())
        if not role:
            return match.end()
        end = self._add(Span(Kind.OPEN, match[0], *match.span()))
        self.places.append(len(self.spans) - 1)
        self.marks.append((match[0], role))
        return end


#: What is a span of itself.
_WHOLE = {"break": Kind.BREAK, "inside": Kind.CODE, "address": Kind.ADDRESS}
_TAKERS = {
    "ticks": _Reader.ticks, "tag": _Reader.tag, "target": _Reader.link, "mark": _Reader.mark,
}  # fmt: skip


#: Of emphasis: what may stand before a marker that opens, after one that closes, and within.
_BEFORE = " \t\n\r([{\"'“‘>*_~—–"
_AFTER = " \t\n\r)]}\"'”’<*_~.,:;!?—–"
_INSIDE = "`[\"'“‘(*_~"


def mark_role(text: str, start: int, end: int) -> str:
    """Return ``o`` if ``text[start:end]`` may open emphasis, ``c`` if it may close it.

    Or both, or neither: the ``*`` of ``crates/*.rs`` and the underscores of ``__init__.py``
    do not pair.
    """
    opens, closes = _opens(text, start, end), _closes(text, start, end)
    return ("o" if opens else "") + ("c" if closes else "")


def _opens(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] not in _BEFORE:
        return False
    following = text[end : end + 1]
    return following != "" and (
        following.isalnum() or following in _INSIDE or category(following) == "So"
    )


def _closes(text: str, start: int, end: int) -> bool:
    if not start or text[start - 1].isspace() or text[start - 1] == "/":
        return False
    rest = text[end : end + 2]
    if text[start:end] == "**" and rest[:1].isalnum():
        return True  # `**C**ode`
    return not rest or (rest[0] in _AFTER and not (rest[0] == "." and rest[1:].isalnum()))


def paired(marks: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Return which of *marks* are markup: index to ``o`` (it opens) or ``c`` (closes).

    :param marks: each marker with what :func:`mark_role` says of it, in their order.
    """
    pairs: dict[int, str] = {}
    waiting: dict[str, list[int]] = {}
    for index, (marker, role) in enumerate(marks):
        same = waiting.setdefault(marker, [])
        if same and "c" in role:
            pairs |= {same.pop(): "o", index: "c"}
        elif "o" in role:
            same.append(index)
    return pairs


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
