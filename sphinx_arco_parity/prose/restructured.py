"""reStructuredText files outside the documentation as blocks: a README or a changelog.

Sections, paragraphs, lists and admonitions.  Other directives, comments, literal blocks
and tables are left out.
"""

from __future__ import annotations

import re

from sphinx_arco_parity.prose.blocks import LITERAL, Block
from sphinx_arco_parity.prose.from_outline import Inline, ProseReader
from sphinx_arco_parity.text import blocks as structure
from sphinx_arco_parity.text.blocks import Directive, Table, read_rst
from sphinx_arco_parity.text.words import word_set

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
    reader = ProseReader(inline=_inline, is_prose=_is_prose)
    reader.read(read_rst(text).blocks)
    return reader.blocks


def _is_prose(block: structure.Block) -> bool:
    if isinstance(block, Directive):
        return block.name in _ADMONITIONS
    return not isinstance(block, Table)


def _inline(text: str) -> Inline:
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
