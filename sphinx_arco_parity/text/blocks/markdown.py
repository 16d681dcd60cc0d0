"""Markdown as blocks, by GitHub's rules: CommonMark, pipe tables, MyST directives.

The parser's own rule for tables makes three tokens of a cell and forgets where the cell
stood; the rule here makes one token of a table, and keeps lines and columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, cast

from markdown_it import MarkdownIt

from sphinx_arco_parity.text.blocks import model
from sphinx_arco_parity.text.blocks.tables import delimiter_width, split_row

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_OPENING = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*+\{(?P<name>[\w:+.-]{1,60})\}")
_OPTION = re.compile(r":[\w-]{1,60}:")
#: Directives whose content is not Markdown.
_VERBATIM = model.VERBATIM | {"code-cell", "eval-rst"}
_LINE_END = re.compile(r"\r\n?")


def read_markdown(text: str) -> model.Outline:
    """Return the outline of *text*."""
    text = _LINE_END.sub("\n", text)
    lines = text.split("\n")
    front = _front_matter(lines)
    if front:
        gap = len(front.lines) + 2
        text = "\n" * gap + "\n".join(lines[gap:])
    environment: dict[str, dict[str, dict[str, str]]] = {}
    if text.startswith("\ufeff"):
        text = f" {text[1:]}"  # which moves no column
    tokens = _parser().parse(text, environment)
    links = environment.get("references", {})
    return model.Outline(
        lines=tuple(lines),
        blocks=_blocks(iter(tokens)),
        front=front,
        links={label: link["href"] for label, link in links.items()},
    )


def _front_matter(lines: Sequence[str]) -> model.FrontMatter | None:
    fence = lines[0].lstrip("\ufeff").rstrip()
    if fence not in {"---", "+++"}:
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {fence, "..."}:
            return model.FrontMatter(lines=tuple(lines[1:number]), is_toml=fence == "+++")
    return None


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return a parser that reads blocks alone: who needs a paragraph's inlines reads it."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.at("table", _pipe_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before(
        "fence", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _source(state: StateBlock, line: int) -> tuple[str, int]:
    """Return the text of a line in the block around it, and the column where it begins."""
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]], start - (state.src.rfind("\n", 0, start) + 1)


def _pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a table that begins at line *start*: a rule of the parser."""
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return False
    if state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    width = delimiter_width(_source(state, start + 1)[0])
    text, column = _source(state, start) if width else ("", 0)
    if "|" not in text:
        return False
    header = split_row(text, start + 1, column)
    if len(header.cells) != width:
        return False
    if silent:
        return True
    rows = [header, *_rows(state, start + 2, end, width)]
    token = state.push("pipe_table", "", 0)
    state.line = rows[-1].line if len(rows) > 1 else start + 2
    token.map = [start, state.line]
    token.meta = {"rows": rows}
    return True


def _rows(state: StateBlock, start: int, end: int, width: int) -> Iterator[model.Row]:
    rules = state.md.block.ruler.getRules("blockquote")
    for line in range(start, end):
        text, column = _source(state, line)
        if not text.strip() or state.sCount[line] < state.blkIndent:
            return
        if state.is_code_block(line):
            return
        if text[0] != "|" and any(rule(state, line, end, True) for rule in rules):
            return
        yield split_row(text, line + 1, column, width=width)


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a MyST directive, whose content are blocks: a rule of the parser."""
    text, _ = _source(state, start)
    match = _OPENING.match(text)
    if match is None or state.is_code_block(start):
        return False
    mark, argument = match["mark"], text[match.end() :].strip()
    if mark[0] in argument and mark[0] == "`":
        return False
    if silent:
        return True
    close, last = _closing(state, start + 1, end, mark)
    if match["name"] in _VERBATIM:
        token = state.push("fence", "code", 0)
        token.info = text[len(mark) :].strip()
        token.content = state.getLines(start + 1, close, state.sCount[start], True)
        token.map, state.line = [start, last], last
        return True
    token = state.push("directive_open", "", 1)
    token.map, token.markup, token.info = [start, last], mark, argument
    token.meta = {"name": match["name"]}
    _content(state, start + 1, close)
    state.push("directive_close", "", -1)
    state.line = last
    return True


def _closing(state: StateBlock, start: int, end: int, mark: str) -> tuple[int, int]:
    """Return the line after the content of a fence, and the one after all of it."""
    for line in range(start, end):
        text, _ = _source(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return line, line
        bare = text.rstrip()
        closes = len(bare) >= len(mark) and not bare.strip(mark[0])
        if closes and not state.is_code_block(line):
            return line, line + 1
    return end, end


def _content(state: StateBlock, start: int, end: int) -> None:
    """Read the blocks of a directive's content, after its options."""
    if start < end and _source(state, start)[0].rstrip() == "---":
        fences = (n for n in range(start + 1, end) if _source(state, n)[0].rstrip() == "---")
        start = next(fences, start - 1) + 1
    while start < end and _OPTION.match(_source(state, start)[0]):
        start += 1
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "directive", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, line_max


def _blocks(tokens: Iterator[Token]) -> tuple[model.Block, ...]:
    """Return the blocks up to the token that closes the one around them."""
    found: list[model.Block] = []
    for token in tokens:
        if token.nesting < 0:
            break
        make = _MAKERS.get(token.type)
        if make:
            found.append(make(token, tokens))
    return tuple(found)


def _span(token: Token) -> dict[str, int]:
    first, after = token.map or (0, 1)
    return {"line": first + 1, "last": max(after, first + 1)}


def _text(tokens: Iterator[Token]) -> str:
    """Return the text of a heading or paragraph, to the token that closes it."""
    text = next(tokens).content
    next(tokens)
    return text


def _items(token: Token, tokens: Iterator[Token]) -> model.Items:
    inside = takewhile(lambda inner: inner.nesting >= 0, tokens)
    items = tuple(model.Item(blocks=_blocks(tokens), **_span(inner)) for inner in inside)
    return model.Items(items=items, **_span(token))


def _made_directive(token: Token, tokens: Iterator[Token]) -> model.Directive:
    return model.Directive(
        name=token.meta["name"],
        argument=token.info,
        mark=token.markup,
        blocks=_blocks(tokens),
        **_span(token),
    )


def _table(token: Token, _tokens: Iterator[Token]) -> model.Table:
    header, *rows = cast("list[model.Row]", token.meta["rows"])
    return model.Table(header=header.cells, rows=tuple(rows), **_span(token))


def _code(token: Token, _tokens: Iterator[Token]) -> model.Code:
    is_marked = token.type == "fence"
    return model.Code(
        text=token.content, info=token.info.strip(), is_marked=is_marked, **_span(token)
    )


_MAKERS: dict[str, Callable[[Token, Iterator[Token]], model.Block]] = {
    "heading_open": lambda token, tokens: model.Heading(
        level=int(token.tag[1:]), text=_text(tokens), first=_span(token)["line"], **_span(token)
    ),
    "paragraph_open": lambda token, tokens: model.Paragraph(text=_text(tokens), **_span(token)),
    "bullet_list_open": _items,
    "ordered_list_open": _items,
    "blockquote_open": lambda token, tokens: model.Quote(blocks=_blocks(tokens), **_span(token)),
    "directive_open": _made_directive,
    "pipe_table": _table,
    "fence": _code,
    "code_block": _code,
    "html_block": lambda token, _: model.Raw(kind="html", text=token.content, **_span(token)),
}
