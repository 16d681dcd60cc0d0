"""The outline of a document that may be an ADR: front matter, title, headings, lines.

Markdown, reStructuredText and AsciiDoc alike; used by :mod:`.status`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import yaml

from sphinx_arco_parity.repository.adrs.names import VALUES
from sphinx_arco_parity.text import blocks as blocks_model
from sphinx_arco_parity.text.blocks import Block, read_blocks, without_comments
from sphinx_arco_parity.text.words import STRUCK, plain

_ASCIIDOC = re.compile(r"^={1,6}(?=[ \t])", re.MULTILINE)
_KEY = re.compile(r"['\"]?([\w -]++)['\"]?\s*+[:=]")
#: Characters of front matter up to which it is read as YAML.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and the lines under it, up to the next."""

    text: str
    """Without markup."""
    level: int
    """1 for the highest."""
    line: int
    """Of its text, from 1."""
    first: int
    """The first line under it."""
    last: int
    """The last line under it; less than :attr:`first` if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document cut into what a reader of ADRs looks for."""

    front: dict[str, list[str]]
    """Keys of the front matter, as ``superseded by``, to their values as text."""
    front_lines: dict[str, int]
    lines: tuple[str, ...]
    """The text without front matter, comments, code and struck words; as many lines as
    the file has."""
    headings: tuple[Heading, ...]
    tables: tuple[blocks_model.Table, ...] = ()

    def section(self, heading: Heading) -> Outline:
        """Return what stands under *heading* and those below it, as a document."""
        inner = [heading]
        for following in self.headings[self.headings.index(heading) + 1 :]:
            if following.level <= heading.level:
                break
            inner.append(following)
        first, last = heading.line, inner[-1].last
        lines = [
            line if first <= number <= last else "" for number, line in enumerate(self.lines, 1)
        ]
        return Outline(
            front={},
            front_lines={},
            lines=tuple(lines),
            headings=tuple(inner),
            tables=tuple(t for t in self.tables if first <= t.line <= last),
        )


def key_of(text: str) -> str:
    """Return a key as it is compared: ``superseded-by``, ``1. Superseded By`` alike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = re.sub(r"[\W_]+", " ", spaced).strip().casefold()
    return re.sub(r"^\d+ ", "", bare)


def read_outline(text: str, path: str) -> Outline:
    """Cut *text*, the content of the file at *path*."""
    if path.lower().endswith((".adoc", ".asciidoc")):
        # Its titles are all that tells it from Markdown here.
        text = _ASCIIDOC.sub(lambda match: "#" * len(match[0]), text)
        path = "adr.md"
    if path.lower().endswith(VALUES):
        values = text.splitlines()
        return Outline(
            front=_values(values, toml=False),
            front_lines=_front_lines(values, 1),
            lines=("",) * len(values),
            headings=(),
        )
    blocks = read_blocks(text, path)
    front = blocks.front
    lines = tuple(STRUCK.sub("", line) for line in blocks.text_lines())
    return Outline(
        front=_values(front.lines, toml=front.is_toml) if front else {},
        front_lines=_front_lines(front.lines) if front else {},
        lines=lines,
        headings=_headings(blocks.blocks, len(lines)),
        tables=tuple(blocks.tables()),
    )


def visible(text: str) -> str:
    """Return *text* without comments and struck words."""
    return STRUCK.sub("", without_comments(text))


def _front_lines(lines: Sequence[str], first: int = 2) -> dict[str, int]:
    return {
        key_of(match[1]): number
        for number, line in enumerate(lines, first)
        if (match := _KEY.match(line))
    }


def _headings(blocks: Sequence[Block], last: int) -> tuple[Heading, ...]:
    """Return the headings that stand in no list or quotation.

    A paragraph of several lines above a rule is none, whatever Markdown says: that of a
    status and a date is meant as one.
    """
    found = [
        block
        for block in blocks
        if isinstance(block, blocks_model.Heading)
        and "\n" not in block.text
        and visible(block.text).strip()
    ]
    ends = [*(heading.first - 1 for heading in found[1:]), last]
    return tuple(
        # Marks may close it, as they open it.
        Heading(
            text=plain(visible(heading.text).rstrip("#=")),
            level=heading.level,
            line=heading.line,
            first=heading.last + 1,
            last=end,
        )
        for heading, end in zip(found, ends, strict=False)
    )


def _values(lines: Sequence[str], *, toml: bool) -> dict[str, list[str]]:
    text = "\n".join(lines)
    root = None
    if not toml and len(text) <= _LONGEST:
        with suppress(yaml.YAMLError, RecursionError):
            # The base loader keeps 024 as it is written.
            root = yaml.compose(text, Loader=yaml.BaseLoader)
    if isinstance(root, yaml.MappingNode):
        return {
            key_of(str(key.value)): list(_texts(value, set()))
            for key, value in root.value
            if isinstance(key, yaml.ScalarNode)
        }
    pairs = ((_KEY.match(line), line) for line in lines)
    return {key_of(m[1]): [line[m.end() :].strip().strip("\"'")] for m, line in pairs if m}


def _texts(node: yaml.Node, seen: set[int]) -> Iterator[str]:
    """Yield the texts below *node*; what aliases name again comes once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if node.value:
            yield str(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            texts = _texts(inner, seen)
            # A mapping in a list is one thing: a date and what was decided on it.
            one_thing = isinstance(inner, yaml.MappingNode)
            yield from [" ".join(texts)] if one_thing else texts
    elif isinstance(node, yaml.MappingNode):
        for _, inner in node.value:
            yield from _texts(inner, seen)
