"""Files outside the documentation as blocks of prose: a README or a changelog.

Of Markdown, code, HTML comments, front matter and struck-out text are left out; of
reStructuredText, directives that are no admonitions, comments, literal blocks and tables.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sphinx_arco_parity.prose.blocks import LITERAL, Block
from sphinx_arco_parity.text import blocks as structure
from sphinx_arco_parity.text.blocks.markdown import read_markdown
from sphinx_arco_parity.text.words import word_set

if TYPE_CHECKING:
    from markdown_it.token import Token


_TAG = re.compile(r"<[^<>]*>")
_OPEN_COMMENT = re.compile(r"<!--.*", re.DOTALL)
_STRUCTURED = re.compile(r"<(?:table|tr|td|th|li|pre|script|style|code)\b", re.IGNORECASE)
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*", re.IGNORECASE)


@dataclass(slots=True)
class Inline:
    """The text of a paragraph with what was taken out of it."""

    text: str = ""
    literals: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sections:
    """Numbers the sections of a file from the levels of its headings."""

    path: list[tuple[int, int]] = field(default_factory=list)
    """Level and number of each section that is open, from the outermost."""

    def open(self, level: int) -> None:
        """Begin the section that a heading of *level* opens."""
        closed = 0
        while self.path and self.path[-1][0] >= level:
            closed = self.path.pop()[1]
        self.path.append((level, closed + 1))

    @property
    def current(self) -> tuple[int, ...]:
        """The section that is open."""
        return tuple(number for _, number in self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What stands around a block."""

    kind: str = "paragraph"
    """What a paragraph is there."""
    intro: int | None = None
    """In a list, the index of the block that introduces it."""


@dataclass(slots=True)
class ProseReader:
    """Makes blocks of prose, in the order of the file."""

    inline: Callable[[str], Inline]
    """Reads the inline markup of a text."""
    is_prose: Callable[[structure.Block], bool]
    """Whether a block, with all in it, is to be read."""
    blocks: list[Block] = field(default_factory=list)
    sections: Sections = field(default_factory=Sections)

    def read(
        self, found: Sequence[structure.Block], around: _Around = _Around(), last: int | None = None
    ) -> int | None:
        """Read what stands side by side; return the block that would introduce a list.

        :param last: the block that would introduce a list at the beginning.
        """
        for block in filter(self.is_prose, found):
            if isinstance(block, structure.Paragraph):
                self._add(around.kind, self.inline(block.text), block.line, intro=around.intro)
                last = last if around.kind == "quote" else len(self.blocks) - 1
            elif isinstance(block, structure.Heading):
                self.sections.open(block.level)
                self._add("heading", self.inline(block.text), block.line)
                last = None
            elif isinstance(block, structure.Items):
                in_item = _Around(kind="item", intro=last)
                for item in block.items:
                    self.read(item.blocks, around if around.kind == "quote" else in_item)
            elif isinstance(block, structure.Quote):
                self._quote(block, around)
            elif isinstance(block, structure.Table):
                self._table(block)
                last = None
            elif isinstance(block, structure.Directive):
                last = self.read(block.blocks, around, last)
            elif isinstance(block, structure.Raw) and block.kind == "html":
                last = self._html(block) or last
        return last

    def _quote(self, block: structure.Quote, around: _Around) -> None:
        first = block.blocks[0] if block.blocks else None
        alert = _ALERT.match(first.text) if isinstance(first, structure.Paragraph) else None
        if alert is None or not isinstance(first, structure.Paragraph):
            self.read(block.blocks, _Around(kind="quote"))
            return
        rest = first.text[alert.end() :]
        text = structure.Paragraph(text=rest, line=first.line, last=first.last)
        self.read((text, *block.blocks[1:]), around)

    def _table(self, table: structure.Table) -> None:
        columns = [self.inline(cell.text) for cell in table.header]
        for header in columns:
            self._add("cell", header, table.line)
        for row in table.rows:
            label = ""
            cells = zip(columns, (self.inline(cell.text) for cell in row.cells), strict=False)
            for number, (column, cell) in enumerate(cells):
                self._add("cell", cell, row.line, label=label, column=column.text)
                label = label if number else cell.text

    def _html(self, block: structure.Raw) -> int | None:
        """Take the text of an HTML paragraph, as a README's first lines often are."""
        source = _OPEN_COMMENT.sub(_line_ends, structure.without_comments(block.text))
        if _STRUCTURED.search(source):
            return None
        text = html.unescape(_TAG.sub(_line_ends, source)).replace(LITERAL, " ")
        if not text.strip():
            return None
        self._add("paragraph", Inline(text=text), block.line)
        return len(self.blocks) - 1

    def _add(
        self,
        kind: str,
        inline: Inline,
        line: int,
        *,
        intro: int | None = None,
        label: str = "",
        column: str = "",
    ) -> None:
        text = inline.text
        lead = len(text) - len(text.lstrip())
        self.blocks.append(
            Block(
                kind=kind,
                text=text.strip(),
                line=line + text[:lead].count("\n"),
                section=self.sections.current,
                intro=intro,
                label=label,
                column=column,
                literals=tuple(inline.literals),
                links=tuple(inline.links),
            )
        )


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def markdown_blocks(text: str) -> list[Block]:
    """Return the blocks of *text*, in its order; lines count from 1."""
    outline = read_markdown(text)
    references = {label: {"href": target, "title": ""} for label, target in outline.links.items()}

    def inline(text: str) -> Inline:
        return inline_text(_parser().parseInline(text, {"references": references})[0])

    reader = ProseReader(inline=inline, is_prose=_is_markdown_prose)
    reader.read(outline.blocks)
    return reader.blocks


def _is_markdown_prose(block: structure.Block) -> bool:
    """A code fence is code for those who read the file as it is."""
    return not isinstance(block, structure.Directive) or block.mark.startswith(":")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")


def inline_text(token: Token) -> Inline:
    """Return the text of an inline token, literals and links apart."""
    inline = Inline()
    parts: list[str] = []
    struck = 0
    for child in token.children or ():
        struck += {"s_open": 1, "s_close": -1}.get(child.type, 0)
        if child.type == "link_open":
            inline.links.append(str(child.attrGet("href") or ""))
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif struck:
            continue
        elif child.type == "code_inline":
            inline.literals.append(child.content)
            parts.append(LITERAL)
        elif child.type == "text":
            parts.append(child.content.replace(LITERAL, " "))
        elif child.type == "html_inline" and child.content[:3].lower() == "<br":
            parts.append(" ")
    inline.text = "".join(parts)
    return inline


_ADMONITIONS = word_set(
    "note tip hint important warning caution attention danger seealso versionadded"
    " versionchanged admonition topic"
)
_LITERAL = re.compile(r"``([^`]{1,300})``")
_TEXT = re.compile(r"(?::[\w:+.-]{1,40}:)?`([^`<>]{0,300})(?:<([^<>`]{1,300})>)?`_{0,2}")
_STRONG = re.compile(r"(?<!\w)\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?!\w)")
_REFERENCE = re.compile(r"(?<=\w)__?(?!\w)")


def rst_blocks(text: str) -> list[Block]:
    """Return the blocks of *text*, in its order; lines count from 1."""
    reader = ProseReader(inline=_rst_inline, is_prose=_is_rst_prose)
    reader.read(structure.read_rst(text).blocks)
    return reader.blocks


def _is_rst_prose(block: structure.Block) -> bool:
    if isinstance(block, structure.Directive):
        return block.name in _ADMONITIONS
    return not isinstance(block, structure.Table)


def _rst_inline(text: str) -> Inline:
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
    text = text.removesuffix("::").rstrip()
    return Inline(text=text, literals=literals, links=links)
