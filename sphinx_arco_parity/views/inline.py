"""Text of a cell as parts: words, code, links and marks, for every kind of output."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<role>(?:\{[\w:-]{1,60}\}|:[\w:-]{1,60}:)(?=`))"
    r"|(?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|!?\[(?P<label>[^\[\]]*)\]\((?P<uri>[^()\s]*)\)"
    r"|(?P<break><br\s*/?>|\n)"
    r"|(?P<strong>\*\*(?=\S)(?P<bold>[^*\n]+?)(?<=\S)\*\*)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([|\\`*_<>\[\]])")


class Part(NamedTuple):
    """A run of text of one kind.

    Like all that a page shows a named tuple: it is made often, and kept as JSON.
    """

    text: str
    kind: str = "text"
    """``text``, ``code``, ``strong``, ``break``, ``status``, ``verdict``,
    ``severity``, or ``share`` (``0`` to ``100``)."""
    link: tuple[str, str] | None = None
    """What it leads to: (``exception`` | ``row`` | ``claim`` | ``adr`` | ``page`` |
    ``file`` | ``url``, id).  A ``file`` is ``path`` or ``path:line``."""
    title: str = ""
    """What is told on pointing at it."""


Cell = tuple[Part, ...]


def parts_of(text: str) -> Cell:
    """Return *text*, in the form that cells have, as parts.

    Nothing in it can become markup of the output: each part is plain text.
    """
    parts: list[Part] = []
    position = 0
    for match in _TOKEN.finditer(text):
        _add_text(parts, text[position : match.start()])
        position = match.end()
        if match["code"]:
            parts.append(Part(match["code"].strip(), "code"))
        elif match["break"]:
            parts.append(Part("\n", "break"))
        elif match["strong"]:
            parts.append(Part(match["bold"], "strong"))
        elif match["uri"] is not None:
            parts.append(_link(match["label"], match["uri"]))
    _add_text(parts, text[position:])
    return tuple(parts)


def _add_text(parts: list[Part], text: str) -> None:
    if text:
        parts.append(Part(_ESCAPE.sub(r"\1", text)))


def _link(label: str, uri: str) -> Part:
    label = label.strip("`") or uri
    if re.match(r"(?i)^(?:https?|mailto):", uri):
        return Part(label, link=("url", uri))
    if uri.startswith("/"):
        return Part(label, link=("file", uri.lstrip("/").split("#")[0]))
    return Part(label)


def joined(cells: list[Part] | tuple[Part, ...], separator: str = ", ") -> Cell:
    """Return *cells* with *separator* between them."""
    result: list[Part] = []
    for part in cells:
        if result:
            result.append(Part(separator))
        result.append(part)
    return tuple(result)


def lines(cells: list[Cell]) -> Cell:
    """Return *cells*, each on a line of its own."""
    result: list[Part] = []
    for cell in cells:
        if result:
            result.append(Part("\n", "break"))
        result += cell
    return tuple(result)


def plain_text(cell: Cell) -> str:
    """Return the words of *cell*."""
    return "".join(part.text for part in cell)
