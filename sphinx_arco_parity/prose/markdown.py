"""Blocks of a Markdown file outside the documentation: a README or a changelog.

Code, HTML comments, front matter and struck-out text are left out.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sphinx_arco_parity.prose.blocks import LITERAL, Block

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?!---|\.\.\.).*\n)*(?:---|\.\.\.)[ \t]*(?:\n|$)")
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_STRUCTURED = re.compile(r"<(?:table|tr|td|th|li|pre|script|style|code)\b", re.IGNORECASE)
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*", re.IGNORECASE)


def markdown_blocks(text: str) -> list[Block]:
    """Return the blocks of *text*, in its order; lines count from 1."""
    front = _FRONT_MATTER.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    walk = _Walk()
    for token in _parser().parse(text):
        walk.take(token)
    return walk.blocks


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass(slots=True)
class Outline:
    """Numbers the sections of a file from the levels of its headings."""

    levels: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def open(self, level: int) -> tuple[int, ...]:
        """Return the section that a heading of *level* opens."""
        while self.levels and self.levels[-1] > level:
            self.levels.pop()
            if len(self.levels) >= 1 or len(self.numbers) > 1:
                self.numbers.pop()
        if self.levels and self.levels[-1] == level:
            self.numbers[-1] += 1
        elif len(self.numbers) > len(self.levels):
            self.levels.append(level)
            self.numbers[-1] += 1
        else:
            self.levels.append(level)
            self.numbers.append(1)
        return self.section

    @property
    def section(self) -> tuple[int, ...]:
        """The section that is open."""
        return tuple(self.numbers)


@dataclass(slots=True)
class _Walk:
    """Makes blocks of the parser's flat list of tokens."""

    blocks: list[Block] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    intros: list[int | None] = field(default_factory=list)
    """For each open list, the block that introduces it."""
    quotes: list[bool] = field(default_factory=list)
    """For each open quotation, whether it is one and no alert."""
    last: int | None = None
    """The block that a list would now be introduced by."""
    heading: bool = False
    in_table: bool = False
    columns: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Take one token."""
        name = token.type
        if name == "heading_open":
            self.outline.open(int(token.tag[1:]))
            self.heading, self.last = True, None
        elif name == "heading_close":
            self.heading, self.last = False, None
        elif name in {"bullet_list_open", "ordered_list_open"}:
            self.intros.append(self.last)
        elif name in {"bullet_list_close", "ordered_list_close"}:
            self.intros.pop()
            self.last = None
        elif name == "blockquote_open":
            self.quotes.append(True)
        elif name == "blockquote_close":
            self.quotes.pop()
        elif name == "list_item_open":
            self.last = None
        elif name in {"table_open", "table_close"}:
            self.in_table, self.columns, self.last = name == "table_open", [], None
        elif name == "tr_open":
            self.row = []
        elif name == "tr_close":
            self.columns = self.columns or self.row
        elif name == "html_block":
            self._html(token)
        elif name == "inline":
            self._inline(token)

    def _inline(self, token: Token) -> None:
        inline = inline_text(token)
        text = inline.text
        if self.quotes and _ALERT.match(text):
            self.quotes[-1] = False
            text = _ALERT.sub("", text, count=1)
        line = (token.map[0] if token.map else 0) + 1
        if self.in_table:
            self._cell(text, line, inline)
            return
        self._add(self._kind(), text, line, inline)

    def _kind(self) -> str:
        if self.heading:
            return "heading"
        if any(self.quotes):
            return "quote"
        return "item" if self.intros else "paragraph"

    def _cell(self, text: str, line: int, inline: Inline) -> None:
        number = len(self.row)
        self.row.append(text)
        header = not self.columns
        label = "" if header or not number else self.row[0]
        column = "" if header or number >= len(self.columns) else self.columns[number]
        self._add("cell", text, line, inline, label=label, column=column)

    def _add(  # noqa: PLR0913 - the parts of a block
        self,
        kind: str,
        text: str,
        line: int,
        inline: Inline,
        *,
        label: str = "",
        column: str = "",
    ) -> None:
        lead = len(text) - len(text.lstrip())
        line += text[:lead].count("\n")
        if kind in {"paragraph", "item"}:
            self.last = len(self.blocks)
        self.blocks.append(
            Block(
                kind=kind,
                text=text.strip(),
                line=line,
                section=self.outline.section,
                intro=self.intros[-1] if kind == "item" else None,
                label=label,
                column=column,
                literals=tuple(inline.literals),
                links=tuple(inline.links),
            )
        )

    def _html(self, token: Token) -> None:
        """Take the text of an HTML paragraph, as a README's first lines often are."""
        source = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), token.content)
        if _STRUCTURED.search(source):
            return
        text = html.unescape(
            _TAG.sub(lambda m: "\n" * m[0].count("\n"), source)
        ).replace(LITERAL, " ")
        if text.strip():
            line = (token.map[0] if token.map else 0) + 1
            self._add("paragraph", text, line, Inline())


@dataclass(slots=True)
class Inline:
    """The text of a paragraph with what was taken out of it."""

    text: str = ""
    literals: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


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
