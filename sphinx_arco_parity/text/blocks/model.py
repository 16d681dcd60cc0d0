"""What a document consists of: headings, paragraphs, lists, tables, code.

Values only; :mod:`.markdown` and :mod:`.rst` make them.  ``line`` is the first line of a
block and ``last`` its last one, both from 1.  A text is that of the source, inline markup
included, without the marks of the list or quotation around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sphinx_arco_parity.text.words import word_set

#: Directives whose content is no text.
VERBATIM = word_set("""
    code code-block csv-table doctest graphviz literalinclude math mermaid parsed-literal prompt raw
    sourcecode testcode testoutput
    """)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    line: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(_Block):
    """A heading; what stands under it follows it in the same list of blocks."""

    level: int
    """1 for the highest."""
    text: str
    first: int
    """Its first line, which may be one of punctuation; :attr:`line` is that of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(_Block):
    """Lines of text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(_Block):
    """An item of a list."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(_Block):
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(_Block):
    """A quotation, or what is indented as one."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table."""

    text: str
    r"""Stripped; ``\|`` of a pipe table is ``|``."""
    line: int
    start: int | None = None
    """The column of the source line at which the text begins, in a pipe table."""
    end: int | None = None
    """The column after the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    """As many as are written: a row may have fewer or more than the header."""
    line: int
    meant: tuple[Cell, ...] = ()
    """As many cells as the header has, if there are too many in :attr:`cells` only
    because of a ``|`` in code: what the author meant, though no parser reads it so."""

    @property
    def texts(self) -> list[str]:
        """The cells as their author meant them."""
        return [cell.text for cell in self.meant or self.cells]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Block):
    """A table, of whatever form; one without a header has an empty :attr:`header`."""

    header: tuple[Cell, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(_Block):
    """A block that is no text: code, or the content of a directive like it."""

    text: str
    info: str
    """What its author says of it: the language, or ``{math}``."""
    is_marked: bool
    """By a fence or a directive, not by indentation alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(_Block):
    """A directive of reStructuredText or MyST whose content may be text."""

    name: str
    argument: str
    mark: str
    """What opens it: ``..``, or the fence."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw(_Block):
    """What is no text of the document's own language."""

    kind: str
    """``html``, or in reStructuredText ``comment`` (targets and footnotes too),
    ``fields`` and ``lines``."""
    text: str


Block = Heading | Paragraph | Items | Quote | Table | Code | Directive | Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stands between two fences at the head of a file."""

    lines: tuple[str, ...]
    """The lines between the fences; the first one is line 2."""
    is_toml: bool
    """Between ``+++``; else between ``---``, and in YAML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document as the blocks that it consists of."""

    lines: tuple[str, ...]
    """Its lines, front matter included."""
    blocks: tuple[Block, ...]
    front: FrontMatter | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    """The targets of ``[label]: target``, by the label as Markdown compares it."""

    def walk(self) -> Iterator[Block]:
        """Give every block, those around others first."""
        return _walk(self.blocks)

    def tables(self) -> Iterator[Table]:
        """Give every table in the order of lines, list tables included."""
        for block in self.walk():
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Directive) and (table := _list_table(block)):
                yield table

    def text_lines(self) -> list[str]:
        """Return the lines; those of front matter, marked code and comments are empty.

        The content of a MyST directive in a code fence counts as code.
        """
        lines = list(self.lines)
        if self.front:
            _blank(lines, 1, len(self.front.lines) + 2)
        for block in self.walk():
            if isinstance(block, Code):
                if block.is_marked:
                    _blank(lines, block.line, block.last)
            elif isinstance(block, Directive):
                if block.mark[0] in "`~":
                    _blank(lines, block.line, block.last)
            elif not isinstance(block, Items | Quote):  # a comment reaches out of no block
                own = lines[block.line - 1 : block.last]
                if any("<!--" in line for line in own):
                    kept = without_comments("\n".join(own)).split("\n")
                    lines[block.line - 1 : block.last] = kept
        return lines


def _walk(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Items):
            for item in block.items:
                yield from _walk(item.blocks)
        elif isinstance(block, Quote | Directive):
            yield from _walk(block.blocks)


def _blank(lines: list[str], first: int, last: int) -> None:
    for number in range(first, min(last, len(lines)) + 1):
        lines[number - 1] = ""


def without_comments(text: str) -> str:
    """Return *text* without HTML comments that end; the ends of lines stay."""
    # After the last mark that ends a comment none ends: nothing need be looked for there.
    before, end, after = text.rpartition("-->")
    if not end:
        return text
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), before + end) + after


def _list_table(directive: Directive) -> Table | None:
    """Return the table that a two-level list in a ``list-table`` is; its first row heads it."""
    if directive.name != "list-table":
        return None
    rows = [
        Row(cells=tuple(map(_cell, inner.items)), line=item.line)
        for block in directive.blocks
        if isinstance(block, Items)
        for item in block.items
        for inner in item.blocks[:1]
        if isinstance(inner, Items)
    ]
    if not rows:
        return None
    header, *others = rows
    return Table(header=header.cells, rows=tuple(others), line=directive.line, last=directive.last)


def _cell(item: Item) -> Cell:
    texts = (block.text for block in item.blocks if isinstance(block, Paragraph))
    return Cell(text="\n\n".join(texts), line=item.line)
