"""Blocks of text: what the reader of prose reads, and what counts as near a claim.

Pages become blocks in :mod:`sphinx_arco_parity.extension`, files outside the
documentation in :mod:`.from_outline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Stands in a block's text for a code literal.
LITERAL = "\N{OBJECT REPLACEMENT CHARACTER}"

_PLACE = re.compile(r"(?:#.*|:\d+(?:[-–]\d+)?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, list item, caption, table cell, heading or quotation."""

    kind: str
    """``paragraph``, ``item``, ``caption``, ``cell``, ``heading`` or ``quote``; every
    further paragraph of a list item is an ``item``."""
    text: str
    """Without markup; line ends as in the source, :data:`LITERAL` for each code
    literal, the words of a link without its target."""
    line: int
    """Of the first line of :attr:`text`, from 1."""
    section: tuple[int, ...] = ()
    """Where it stands in the outline: ``(2, 1)`` is the first subsection of the second
    section; empty before the first heading.  A heading is in the section it opens."""
    intro: int | None = None
    """For an item: the index of the paragraph, or the item, that introduces its list."""
    label: str = ""
    """For a cell: the text of the first cell of its row, if it is not that cell."""
    column: str = ""
    """For a cell: the text of its column's header."""
    literals: tuple[str, ...] = ()
    """The code literals, in the order of their placeholders."""
    links: tuple[str, ...] = ()
    """The targets of its links, as written."""

    @property
    def full_text(self) -> str:
        """The text with its literals in their places."""
        return fill(self.text, self.literals)


def fill(text: str, literals: Sequence[str]) -> str:
    """Return *text* with each placeholder replaced by its literal, as far as they go."""
    first, *parts = text.split(LITERAL)
    put = [*literals, *[LITERAL] * len(parts)]
    return first + "".join(f"{literal}{part}" for literal, part in zip(put, parts, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What stands near a claim: where an exception that is named covers it."""

    blocks: tuple[int, ...]
    """The indexes of the blocks."""
    text: str
    """Their text, with code literals."""
    links: tuple[str, ...]
    """The targets of their links and their code literals, which may be paths."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The :attr:`links` without fragments and lines: `docs/x.md:7` is `docs/x.md`."""
        return tuple(_PLACE.sub("", link) for link in self.links)


def scope_of(blocks: Sequence[Block], index: int, scope: str) -> Scope:
    """Return what is near the block at *index*.

    *scope* is ``paragraph`` (the block; for an item also what introduces its list; for a
    cell its row), ``section`` (the section with its
    subsections; directly under a title of the first level, up to the next heading) or
    ``page``.
    """
    if scope == "page":
        chosen = tuple(range(len(blocks)))
    elif scope == "section":
        own = blocks[index].section
        depth = len(own) if len(own) > 1 else None
        chosen = tuple(n for n, block in enumerate(blocks) if block.section[:depth] == own)
    else:
        chosen = _paragraph(blocks, index)
    links: dict[str, None] = {}
    for number in chosen:
        near = blocks[number]
        links.update(dict.fromkeys((*near.links, *near.literals)))
    text = "\n\n".join(blocks[number].full_text for number in chosen)
    return Scope(blocks=chosen, text=text, links=tuple(links))


def _paragraph(blocks: Sequence[Block], index: int) -> tuple[int, ...]:
    block = blocks[index]
    if block.kind == "cell":
        return tuple(
            number
            for number, other in enumerate(blocks)
            if other.kind == "cell" and other.line == block.line and other.section == block.section
        )
    near = [index]
    intro = block.intro
    while intro is not None and intro not in near:
        near.append(intro)
        intro = blocks[intro].intro
    return tuple(sorted(near))
