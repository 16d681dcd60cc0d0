"""Blocks of a reStructuredText file outside the documentation: a README or a changelog.

A small reader by lines, enough for such files: sections, paragraphs, lists and
admonitions.  Other directives, comments, literal blocks and tables are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sphinx_arco_parity.prose.blocks import LITERAL, Block
from sphinx_arco_parity.prose.markdown import Outline
from sphinx_arco_parity.prose.words_of_english import vocabulary

_ADORNMENT = re.compile(r"([=\-~^\"'`:.#*+_<>])\1{2,}")
_ITEM = re.compile(r"(?:[-*+•]|\(?(?:\d{1,3}|[a-zA-Z#])[.)])[ \t]+(?=\S)")
_DIRECTIVE = re.compile(r"\.\.[ \t]+([\w:-]+)::[ \t]*(.*)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]|$)")
_TABLE = re.compile(r"\+[-=+]{3,}|={2,} +={2,}|\|[ \t]")
_FIELD = re.compile(r":[\w .-]{1,60}:(?:[ \t]|$)")
_ADMONITIONS = vocabulary(
    "note tip hint important warning caution attention danger seealso versionadded"
    " versionchanged admonition topic"
)
_LITERAL = re.compile(r"``([^`]{1,300})``")
_TEXT = re.compile(
    r"(?::[\w:+.-]{1,40}:)?`([^`<>]{0,300})(?:<([^<>`]{1,300})>)?`_{0,2}"
)
_STRONG = re.compile(r"(?<!\w)\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?!\w)")
_REFERENCE = re.compile(r"(?<=\w)__?(?!\w)")


def rst_blocks(text: str) -> list[Block]:
    """Return the blocks of *text*, in its order; lines count from 1."""
    reader = _Reader(text.expandtabs(8).splitlines())
    reader.read()
    return reader.blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    blocks: list[Block] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    styles: list[str] = field(default_factory=list)
    intro: int | None = None
    """The last paragraph, which introduces a list that follows it."""
    item_indents: list[int] = field(default_factory=list)
    """How far the text of each open list item is indented."""
    body: int = 0
    """The indentation of the admonition that is open."""

    def read(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line.strip():
                at += 1
                continue
            at = self._take(at, line)

    def _take(self, at: int, line: str) -> int:
        bare, indent = line.strip(), _indent(line)
        if indent < self.body:
            self.body = 0
        directive = _DIRECTIVE.match(bare)
        if directive and directive[1] in _ADMONITIONS:
            self.body = indent + 1
            return at + 1
        if _EXPLICIT.match(bare):
            return self._skip_body(at + 1, indent)
        if _TABLE.match(bare):
            return self._end_of(at)
        title = self._title(at)
        if title:
            return title
        return self._paragraph(at)

    def _title(self, at: int) -> int:
        """Take a title at line *at*; return the line after it, or 0 if there is none."""
        line = self.lines[at]
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        third = self.lines[at + 2] if at + 2 < len(self.lines) else ""
        over = _ADORNMENT.fullmatch(line.rstrip())
        if over:
            closed = below.strip() and third.rstrip() == line.rstrip()
            if not closed:
                return at + 1
            self._heading(below, at + 1, line[0] * 2)
            return at + 3
        under = _ADORNMENT.fullmatch(below.rstrip())
        if _indent(line) or not under or len(below.rstrip()) + 1 < len(line.rstrip()):
            return 0
        self._heading(line, at, below[0])
        return at + 2

    def _heading(self, text: str, at: int, style: str) -> None:
        if style not in self.styles:
            self.styles.append(style)
        self.outline.open(self.styles.index(style) + 1)
        self.intro, self.item_indents = None, []
        self._add("heading", [text], at)

    def _paragraph(self, at: int) -> int:
        end = self._end_of(at)
        line = self.lines[at]
        item = _ITEM.match(line.strip())
        if item:
            return self._item(at, end, item.end())
        indent = _indent(line)
        while self.item_indents and indent < self.item_indents[-1]:
            self.item_indents.pop()
        kind = "item" if self.item_indents else "paragraph"
        if not self.item_indents and indent and not self.body:
            kind = "quote"
        lines = self.lines[at:end]
        if _FIELD.match(line.strip()):
            return end
        self._add(kind, lines, at)
        return self._after(lines, end, indent)

    def _item(self, at: int, end: int, width: int) -> int:
        indent = _indent(self.lines[at])
        while self.item_indents and indent < self.item_indents[-1]:
            self.item_indents.pop()
        self.item_indents.append(indent + width)
        stop = at + 1
        while stop < end and not _ITEM.match(self.lines[stop].strip()):
            stop += 1
        lines = [self.lines[at].strip()[width:], *self.lines[at + 1 : stop]]
        self._add("item", lines, at)
        return self._after(lines, stop, indent)

    def _after(self, lines: list[str], end: int, indent: int) -> int:
        """Skip the literal block that a paragraph's ``::`` announces."""
        if lines[-1].rstrip().endswith("::"):
            return self._skip_body(end, indent)
        return end

    def _end_of(self, at: int) -> int:
        while at < len(self.lines) and self.lines[at].strip():
            at += 1
        return at

    def _skip_body(self, at: int, indent: int) -> int:
        while at < len(self.lines):
            line = self.lines[at]
            if line.strip() and _indent(line) <= indent:
                break
            at += 1
        return at

    def _add(self, kind: str, lines: list[str], at: int) -> None:
        text, literals, links = _inline("\n".join(line.strip() for line in lines))
        if kind == "paragraph":
            self.intro, self.item_indents = len(self.blocks), []
        self.blocks.append(
            Block(
                kind=kind,
                text=text,
                line=at + 1,
                section=self.outline.section,
                intro=self.intro if kind == "item" else None,
                literals=tuple(literals),
                links=tuple(links),
            )
        )


def _inline(text: str) -> tuple[str, list[str], list[str]]:
    literals: list[str] = []
    links: list[str] = []

    def literal(match: re.Match[str]) -> str:
        literals.append(match[1])
        return LITERAL

    def interpreted(match: re.Match[str]) -> str:
        if match[2]:
            links.append(match[2])
        return match[1].rstrip() or match[2] or ""

    text = _LITERAL.sub(literal, text.replace(LITERAL, " "))
    text = _TEXT.sub(interpreted, text)
    text = _REFERENCE.sub("", _STRONG.sub("", text))
    return text.removesuffix("::").rstrip(), literals, links
