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
    from collections.abc import Callable

    from markdown_it.token import Token

_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_STRUCTURED = re.compile(
    r"<(?:table|tr|td|th|li|pre|script|style|code)\b", re.IGNORECASE
)
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*", re.IGNORECASE)


def markdown_blocks(text: str) -> list[Block]:
    """Return the blocks of *text*, in its order; lines count from 1."""
    walk = _Walk()
    for token in _parser().parse(_without_front_matter(text)):
        walk.take(token)
    return walk.blocks


def _without_front_matter(text: str) -> str:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {"---", "..."}:
            return "\n" * (number + 1) + "\n".join(lines[number + 1 :])
    return text


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass(slots=True)
class Outline:
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
    def section(self) -> tuple[int, ...]:
        """The section that is open."""
        return tuple(number for _, number in self.path)


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
        taker = _TAKERS.get(token.type)
        if taker:
            taker(self, token)

    def open_heading(self, token: Token) -> None:
        """Begin a section."""
        self.outline.open(int(token.tag[1:]))
        self.heading, self.last = True, None

    def close_heading(self, _token: Token) -> None:
        """End the heading's text."""
        self.heading, self.last = False, None

    def open_list(self, _token: Token) -> None:
        """Begin a list, which the block before it introduces."""
        self.intros.append(self.last)

    def close_list(self, _token: Token) -> None:
        """End a list."""
        self.intros.pop()
        self.last = None

    def open_item(self, _token: Token) -> None:
        """Begin an item, which nothing before it introduces."""
        self.last = None

    def open_quote(self, _token: Token) -> None:
        """Begin a quotation."""
        self.quotes.append(True)

    def close_quote(self, _token: Token) -> None:
        """End a quotation."""
        self.quotes.pop()

    def table(self, token: Token) -> None:
        """Begin or end a table."""
        self.in_table, self.columns, self.last = token.nesting > 0, [], None

    def open_row(self, _token: Token) -> None:
        """Begin a row of a table."""
        self.row = []

    def close_row(self, _token: Token) -> None:
        """End a row; the first one is the header."""
        self.columns = self.columns or self.row

    def inline(self, token: Token) -> None:
        """Take the text of a paragraph, heading or cell."""
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

    def _add(
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

    def raw(self, token: Token) -> None:
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


_TAKERS: dict[str, Callable[[_Walk, Token], None]] = {
    "heading_open": _Walk.open_heading,
    "heading_close": _Walk.close_heading,
    "bullet_list_open": _Walk.open_list,
    "bullet_list_close": _Walk.close_list,
    "ordered_list_open": _Walk.open_list,
    "ordered_list_close": _Walk.close_list,
    "list_item_open": _Walk.open_item,
    "blockquote_open": _Walk.open_quote,
    "blockquote_close": _Walk.close_quote,
    "table_open": _Walk.table,
    "table_close": _Walk.table,
    "tr_open": _Walk.open_row,
    "tr_close": _Walk.close_row,
    "html_block": _Walk.raw,
    "inline": _Walk.inline,
}


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
