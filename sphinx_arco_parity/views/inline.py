"""Text of a cell as parts: words, code, links and marks, for every kind of output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sphinx_arco_parity.text.inline import Kind, Span, parse

_MARKUP = re.compile(r"[`<\[*\\\n]")
_BREAK = re.compile(r"\r?\n|<br", re.IGNORECASE)
_STRONG = frozenset({"**", "***"})
_SPACE = re.compile(r"\s")
_URL = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([|\\`*_<>\[\]])")


class Part(NamedTuple):
    """A run of text of one kind.

    Like all that a page shows a named tuple: it is made often, and kept as JSON.
    """

    text: str
    kind: str = "text"
    """``text``, ``code``, ``strong``, ``break``, ``status``, ``verdict``, ``severity``,
    ``share`` (``0`` to ``100``), or ``label``: an English word that says what follows."""
    link: tuple[str, str] | None = None
    """What it leads to: (``exception`` | ``row`` | ``claim`` | ``adr`` | ``page`` |
    ``file`` | ``url`` | ``rule``, id).  A ``file`` is ``path`` or ``path:line``."""
    title: str = ""
    """What is told on pointing at it."""


Cell = tuple[Part, ...]


def parts_of(text: str) -> Cell:
    """Return *text*, in the form that cells have, as parts.

    Nothing in it can become markup of the output: each part is plain text.
    """
    if _MARKUP.search(text) is None:  # as in most texts
        return (Part(text),) if text else ()
    parts: list[Part] = []
    words, kind = "", "text"
    for span in parse(text).spans:
        part = _part(span)
        turns = span.text in _STRONG and span.kind in {Kind.OPEN, Kind.CLOSE}
        if part is None and not turns:
            words += text[span.start : span.end]
            continue
        _add_words(parts, words, kind)
        words = ""
        if part is not None:
            plain = part.kind == "text" and part.link is None
            parts.append(part._replace(kind=kind) if plain else part)
        else:
            kind = "strong" if span.kind is Kind.OPEN else "text"
    _add_words(parts, words, kind)
    return tuple(parts)


def _part(span: Span) -> Part | None:
    """Return what *span* is shown as, ``None`` if it is shown as written."""
    if span.kind is Kind.CODE and span.ticks >= 0:
        return Part(span.text.strip().replace("\n", " "), "code")
    if span.kind is Kind.BREAK and _BREAK.match(span.text):
        return Part("\n", "break")
    if span.kind not in {Kind.LINK, Kind.IMAGE} or _SPACE.search(span.target):
        return None
    label = span.text.strip("`") or span.target
    if _URL.match(span.target):
        return Part(label, link=("url", span.target))
    if span.target.startswith("/"):
        return Part(label, link=("file", span.target.lstrip("/").split("#")[0]))
    return Part(label)


def _add_words(parts: list[Part], text: str, kind: str) -> None:
    if text:
        parts.append(Part(_ESCAPE.sub(r"\1", text), kind))


def joined(parts: Iterable[Part], separator: str = ", ") -> Cell:
    """Return *parts* with *separator* between them."""
    return tuple(piece for part in parts for piece in (Part(separator), part))[1:]


def labelled(groups: Mapping[str, Sequence[Part]]) -> Cell:
    """Return the parts of each group behind its label, each once."""
    return tuple(
        part
        for label, parts in groups.items()
        if parts
        for part in (Part(" · "), Part(label, "label"), Part(" "), *joined(dict.fromkeys(parts)))
    )[1:]


def lines(cells: Iterable[Cell]) -> Cell:
    """Return *cells*, each on a line of its own."""
    return tuple(part for cell in cells for part in (Part("\n", "break"), *cell))[1:]


def plain_text(cell: Cell) -> str:
    """Return the words of *cell*."""
    return "".join(part.text for part in cell)
