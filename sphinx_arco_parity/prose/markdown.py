"""Markdown files outside the documentation as blocks: a README or a changelog.

Code, HTML comments, front matter and struck-out text are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sphinx_arco_parity.prose.blocks import LITERAL, Block
from sphinx_arco_parity.prose.from_outline import Inline, ProseReader
from sphinx_arco_parity.text import blocks as structure
from sphinx_arco_parity.text.blocks import Directive
from sphinx_arco_parity.text.blocks.markdown import read_markdown

if TYPE_CHECKING:
    from markdown_it.token import Token


def markdown_blocks(text: str) -> list[Block]:
    """Return the blocks of *text*, in its order; lines count from 1."""
    outline = read_markdown(text)
    references = {label: {"href": target, "title": ""} for label, target in outline.links.items()}
    reader = ProseReader(inline=partial(_inline, references), is_prose=_is_prose)
    reader.read(outline.blocks)
    return reader.blocks


def _is_prose(block: structure.Block) -> bool:
    """A code fence is code for those who read the file as it is."""
    return not isinstance(block, Directive) or block.mark.startswith(":")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")


def _inline(references: Mapping[str, Mapping[str, str]], text: str) -> Inline:
    tokens = _parser().parseInline(text, {"references": dict(references)})
    return inline_text(tokens[0])


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
