"""reStructuredText as blocks: a small reader by lines.

It reads what READMEs, changelogs, ADRs and tables need, and takes a little more than
docutils does: a list may begin without an empty line before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from textwrap import dedent

from sphinx_arco_parity.text.blocks import model
from sphinx_arco_parity.text.blocks.tables import grid_table, simple_table

_ADORNMENT = re.compile(r"([=\-~^\"'`:.#*+_<>])\1{2,}")
_ITEM = re.compile(r"(?:[-*+•]|\(?(?:\d{1,3}|[a-zA-Z#])[.)])[ \t]+(?=\S)|[-*+•]$")
_DIRECTIVE = re.compile(r"\.\.[ \t]+([\w:+.-]+)::(?:[ \t]+(.*))?$")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]|$)")
_GRID = re.compile(r"\+[-=+]{3,}")
_SIMPLE = re.compile(r"={2,} +={2,}")
_FIELD = re.compile(r":[\w .-]{1,60}:(?:[ \t]|$)")
_LINE_END = re.compile(r"\r\n?")
#: Lists and directives in one another, beyond which all is text of the last one.
_DEEPEST = 20


def read_rst(text: str) -> model.Outline:
    """Return the outline of *text*; tabs count as in docutils, eight columns."""
    lines = _LINE_END.sub("\n", text.removeprefix("\ufeff")).split("\n")
    reader = _Reader([line.expandtabs(8).rstrip() for line in lines])
    return model.Outline(lines=tuple(lines), blocks=tuple(reader.body(0, 0)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    at: int = 0
    """The index of the next line."""
    styles: list[str] = field(default_factory=list)
    """The punctuation of titles, from the highest level."""
    simple_tables_end: bool = True

    def body(self, margin: int, depth: int) -> list[model.Block]:
        """Read blocks up to the first line that stands left of *margin*."""
        blocks: list[model.Block] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line:
                self.at += 1
                continue
            if _indent(line) < margin:
                break
            block = self._block(line.lstrip(), depth)
            if block:
                blocks += [block, *self._literal(block, _indent(line))]
        return blocks

    def _block(self, bare: str, depth: int) -> model.Block | None:
        """Read what begins on this line; ``None`` for a transition."""
        if _EXPLICIT.match(bare):
            return self._explicit(bare, depth)
        table = self._table(bare)
        if table:
            return table
        if _ADORNMENT.fullmatch(self.lines[self.at]) or self._is_underlined():
            return self._heading()
        if _ITEM.match(bare) and depth < _DEEPEST:
            return self._items(depth)
        if _FIELD.match(bare):
            return self._raw("fields", self._chunk_end())
        if bare.startswith("| "):
            return self._raw("lines", self._chunk_end())
        return self._paragraph(is_quoted=bool(_indent(self.lines[self.at])) and not depth)

    def _line(self, index: int) -> str:
        return self.lines[index] if index < len(self.lines) else ""

    def _chunk_end(self) -> int:
        """Return the index of the next empty line."""
        end = self.at
        while end < len(self.lines) and self.lines[end]:
            end += 1
        return end

    def _indented_end(self, indent: int) -> int:
        """Return the index after the lines below this one that stand right of *indent*."""
        end = self.at + 1
        last = end
        while end < len(self.lines):
            line = self.lines[end]
            if line and _indent(line) <= indent:
                break
            end += 1
            last = end if line else last
        return last

    def _taken(self, end: int) -> tuple[int, int, str]:
        """Go on to the index *end*; return first line, last line and text up to it."""
        first, self.at = self.at, end
        return first + 1, end, "\n".join(line.strip() for line in self.lines[first:end])

    def _raw(self, kind: str, end: int) -> model.Raw:
        line, last, text = self._taken(end)
        return model.Raw(kind=kind, text=text, line=line, last=last)

    def _explicit(self, bare: str, depth: int) -> model.Block:
        indent = _indent(self.lines[self.at])
        match = _DIRECTIVE.match(bare)
        if match is None:
            return self._raw("comment", self._indented_end(indent))
        name, argument = match[1], (match[2] or "").strip()
        line = self.at + 1
        if name in model.VERBATIM or depth >= _DEEPEST:
            return self._code(self._indented_end(indent), f"{name} {argument}".strip())
        self.at += 1
        while _indent(self._line(self.at)) > indent and _FIELD.match(self._line(self.at).lstrip()):
            self.at += 1
        blocks = self.body(indent + 1, depth + 1)
        return model.Directive(
            name=name,
            argument=argument,
            mark="..",
            blocks=tuple(blocks),
            line=line,
            last=blocks[-1].last if blocks else max(line, self.at),
        )

    def _code(self, end: int, info: str) -> model.Code:
        """Read a literal block; one with *info* is a directive, whose line is no code."""
        first, self.at = self.at, end
        text = dedent("\n".join(self.lines[first + bool(info) : end]))
        return model.Code(text=text, info=info, is_marked=bool(info), line=first + 1, last=end)

    def _literal(self, before: model.Block, indent: int) -> list[model.Code]:
        """Read the literal block that the ``::`` of a paragraph *before* announces."""
        is_text = isinstance(before, model.Paragraph | model.Quote)
        if not is_text or not self.lines[before.last - 1].endswith("::"):
            return []
        start = self.at
        while start < len(self.lines) and not self.lines[start]:
            start += 1
        if start == len(self.lines) or _indent(self.lines[start]) <= indent:
            return []
        self.at = start
        return [self._code(self._indented_end(indent), "")]

    def _table(self, bare: str) -> model.Block | None:
        if _GRID.match(bare):
            end = self._chunk_end()
            table = grid_table(self.lines[self.at : end], self.at + 1)
            if table is None:
                return self._raw("lines", end)
        elif _SIMPLE.match(bare):
            table = None
            if self.simple_tables_end:
                table = simple_table(self.lines, self.at)
                # What does not end here ends nowhere below.
                self.simple_tables_end = table is not None
            if table is None:
                return self._raw("lines", self._chunk_end())
        else:
            return None
        self.at = table.last
        return table

    def _is_underlined(self) -> bool:
        line, below = self.lines[self.at], self._line(self.at + 1)
        long_enough = len(below) + 1 >= len(line)
        return bool(not _indent(line) and long_enough and _ADORNMENT.fullmatch(below))

    def _heading(self) -> model.Heading | None:
        """Read a title under a line of punctuation, or over one."""
        first, line = self.at, self.lines[self.at]
        over = _ADORNMENT.fullmatch(line) is not None
        if over and not (self._line(first + 1) and self._line(first + 2) == line):
            self.at += 1
            return None
        style = line[0] * 2 if over else self.lines[first + 1][0]
        if style not in self.styles:
            self.styles.append(style)
        self.at += 3 if over else 2
        return model.Heading(
            level=self.styles.index(style) + 1,
            text=self.lines[first + over].strip(),
            line=first + over + 1,
            first=first + 1,
            last=self.at,
        )

    def _items(self, depth: int) -> model.Items:
        indent = _indent(self.lines[self.at])
        first = self.at + 1
        items: list[model.Item] = []
        while _indent(self._line(self.at)) == indent:
            match = _ITEM.match(self._line(self.at).lstrip())
            # A title may begin with a number.
            if match is None or self._is_underlined():
                break
            items.append(self._item(indent, match.end(), depth))
            while self.at < len(self.lines) and not self.lines[self.at]:
                self.at += 1
        return model.Items(items=tuple(items), line=first, last=items[-1].last)

    def _item(self, indent: int, width: int, depth: int) -> model.Item:
        """Read an item, whose text begins *width* after its mark."""
        line = self.at + 1
        margin = indent + max(width, 2)
        # What follows the mark is read as if it stood on a line of its own.
        rest = self.lines[self.at][indent + width :]
        self.lines[self.at] = " " * margin + rest if rest else ""
        blocks: list[model.Block] = []
        if rest and not _ITEM.match(rest):
            paragraph = self._paragraph(in_item=True)
            blocks += [paragraph, *self._literal(paragraph, indent)]
        blocks += self.body(margin, depth + 1)
        last = blocks[-1].last if blocks else line
        return model.Item(blocks=tuple(blocks), line=line, last=last)

    def _paragraph(self, *, is_quoted: bool = False, in_item: bool = False) -> model.Block:
        end, indent = self._chunk_end(), _indent(self.lines[self.at])
        for number in range(self.at + 1, end):
            below = self.lines[number]
            if _ITEM.match(below.lstrip()) and (in_item or _indent(below) < indent):
                end = number
                break
        line, last, text = self._taken(end)
        paragraph = model.Paragraph(text=text, line=line, last=last)
        if is_quoted:
            return model.Quote(blocks=(paragraph,), line=line, last=last)
        return paragraph
