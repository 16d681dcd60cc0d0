"""The outline of a document that may be an ADR: front matter, title, headings, lines.

Markdown, reStructuredText and AsciiDoc alike; used by :mod:`.status`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from sphinx_arco_parity.text.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_ATX = re.compile(r"(?:#{1,6}|={1,6})\s++(?P<text>.+)")
_UNDERLINE = re.compile(r"^\s*([=\-~^\"'`#*+.:_])\1{2,}\s*$")
_KEY = re.compile(r"['\"]?([\w -]++)['\"]?\s*+[:=]")
#: Characters of front matter up to which it is read as YAML.
_LONGEST = 20_000
_STRUCK = re.compile(
    r"~~.{1,400}?~~|<(del|s|strike)>.{1,400}?</\1>|\[line-through\]#.{1,400}?#"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and the lines under it, up to the next."""

    text: str
    """Without markup."""
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


def key_of(text: str) -> str:
    """Return a key as it is compared: ``superseded-by``, ``1. Superseded By`` alike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = re.sub(r"[\W_]+", " ", spaced).strip().casefold()
    return re.sub(r"^\d+ ", "", bare)


def read_outline(text: str) -> Outline:
    """Cut *text*, whose lines end with a line feed alone."""
    body, front, front_lines = _front_matter(text)
    # After the last mark that ends a comment none ends: nothing need be looked for there.
    before, end, after = body.rpartition("-->")
    blanked = after
    if end:
        blanked = _COMMENT.sub(_line_ends, before + end) + after
    lines = _without_code(blanked.split("\n"))
    lines = [_STRUCK.sub("", line) for line in lines]
    return Outline(
        front=front,
        front_lines=front_lines,
        lines=tuple(lines),
        headings=_headings(lines),
    )


def _front_matter(text: str) -> tuple[str, dict[str, list[str]], dict[str, int]]:
    """Return the text with the front matter blanked, its values and their lines."""
    lines = text.lstrip("\ufeff").split("\n")
    fence = lines[0].rstrip()
    if fence not in {"---", "+++"}:
        return "\n".join(lines), {}, {}
    ends = [i for i, line in enumerate(lines) if i and line.rstrip() in {fence, "..."}]
    if not ends:
        return "\n".join(lines), {}, {}
    inside = lines[1 : ends[0]]
    where = {
        key_of(match[1]): number
        for number, line in enumerate(inside, 2)
        if (match := _KEY.match(line))
    }
    blank = [""] * (ends[0] + 1) + lines[ends[0] + 1 :]
    return "\n".join(blank), _values(inside, toml=fence == "+++"), where


def _values(lines: list[str], *, toml: bool) -> dict[str, list[str]]:
    if not toml:
        root = _composed("\n".join(lines))
        if isinstance(root, yaml.MappingNode):
            return {
                key_of(str(key.value)): list(_texts(value, set()))
                for key, value in root.value
                if isinstance(key, yaml.ScalarNode)
            }
    pairs = ((_KEY.match(line), line) for line in lines)
    return {
        key_of(m[1]): [line[m.end() :].strip().strip("\"'")] for m, line in pairs if m
    }


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _composed(text: str) -> yaml.Node | None:
    if len(text) > _LONGEST:
        return None
    try:
        # The base loader keeps 024 as it is written.
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def _texts(node: yaml.Node, seen: set[int]) -> Iterator[str]:
    """Yield the texts below *node*; what aliases name again comes once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if node.value:
            yield str(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _texts(one, seen)
    elif isinstance(node, yaml.MappingNode):
        for _, one in node.value:
            yield from _texts(one, seen)


def _without_code(lines: list[str]) -> list[str]:
    fence = ""
    kept: list[str] = []
    for line in lines:
        match = _FENCE.match(line)
        if not fence:
            fence = match[1] if match else ""
            kept.append("" if fence else line)
        else:
            if match and match[1].startswith(fence) and line.strip() == match[1]:
                fence = ""
            kept.append("")
    return kept


def _headings(lines: list[str]) -> tuple[Heading, ...]:
    """Find headings; each is (text, its first line, its text's line, line after it)."""
    found: list[tuple[str, int, int, int]] = []
    for i, line in enumerate(lines):
        atx = _ATX.match(line)
        if atx:
            # Marks may close it, as they open it.
            text = atx["text"].rstrip("#=").rstrip()
            found.append((text, i, i, i + 1))
        elif _is_underlined(lines, i):
            over = i > 0 and _UNDERLINE.match(lines[i - 1])
            found.append((line.strip(), i - bool(over), i, i + 2))
    starts = [start for _, start, _, _ in found[1:]]
    starts.append(len(lines))
    return tuple(
        Heading(text=plain(text), line=at + 1, first=after + 1, last=next_start)
        for (text, _, at, after), next_start in zip(found, starts, strict=False)
    )


def _is_underlined(lines: list[str], i: int) -> bool:
    """Tell whether line *i* is a title with a line of punctuation under it."""
    text = lines[i].rstrip()
    if i + 1 >= len(lines) or not text or _UNDERLINE.match(text):
        return False
    if re.match(r"\s*([-*+>|]\s|\||[-*+]$)", text) or not _UNDERLINE.match(
        lines[i + 1]
    ):
        return False
    # A paragraph's last line above a rule is no title, nor is a definition or a table.
    before = lines[i - 1] if i else ""
    alone = not before.strip() or _UNDERLINE.match(before) is not None
    return alone and len(lines[i + 1].strip()) >= min(3, len(text.strip()))
