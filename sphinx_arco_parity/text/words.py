"""How words of a document are compared: markup, case, emptiness, ids, slugs.

Used wherever text that people wrote meets a name that we know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from sphinx_arco_parity.text.code_spans import visible
from sphinx_arco_parity.text.inline import Kind, parse

#: What means "nothing" in an option or a cell, compared after :func:`plain`.
EMPTY = frozenset({"", "-", "–", "—", "n/a", "none", "no"})

#: How much more like a word must be than the next to be meant.
_MARGIN = 0.03

#: What an author has taken back.
STRUCK = re.compile(r"~~.{1,400}?~~|<(del|s|strike)>.{1,400}?</\1>|\[line-through\]#.{1,400}?#")

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
#: Without any of these, and without two spaces, a text has no markup, and no white space
#: to fold.  One set of characters is looked for four times as fast as alternatives.
_MARKUP = re.compile(
    r"[`*_~<\[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    r"\u00ad\u200b\u2060\ufeff]"
)
_NOT_WORD = re.compile(r"[\W_]+")
_ESCAPED = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def _is_bare(text: str) -> bool:
    """Tell whether *text* surely has no markup, and no white space to fold."""
    return _MARKUP.search(text) is None and "  " not in text


def plain(text: str) -> str:
    """Return *text* without inline markup, white space folded.

    Emphasis, code, links, line breaks and HTML tags go; what they enclose stays.
    """
    if _is_bare(text):  # as are most texts
        return text.strip()
    said: list[str] = []
    for span in parse(text).spans:
        if span.kind is Kind.CODE:
            said.append(span.text.strip())
        elif span.kind in {Kind.LINK, Kind.IMAGE}:
            said.append(plain(span.text))
        elif span.kind is Kind.BREAK:
            said.append(" ")
        elif span.kind in {Kind.TEXT, Kind.ADDRESS} or span.text.startswith("<!--"):
            said.append(text[span.start : span.end])
    return _SPACE.sub(" ", visible("".join(said))).strip()


@lru_cache(maxsize=4096)
def is_empty(text: str) -> bool:
    """Tell whether *text* means "nothing": empty, a dash, ``n/a``, ``none``, ``no``."""
    return plain(text).lower() in EMPTY


def value(text: str) -> str:
    """Return *text* stripped, or the empty string if it means "nothing"."""
    return "" if is_empty(text) else text.strip()


def plain_value(text: str) -> str:
    """Return *text* without markup, or the empty string if it means "nothing"."""
    if not _is_bare(text):
        return plain(value(text))
    bare = text.strip()
    return "" if bare.lower() in EMPTY else bare


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Return what a table header is compared by: words in lower case.

    ``#`` alone stands for itself.
    """
    bare = plain(text)
    if bare == "#":
        return "#"
    return _NOT_WORD.sub(" ", bare.casefold()).strip()


def _is_decoration(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"So", "Sk", "Cf", "Mn", "Me"} or character in "\ufe0f\u200d"


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """Return what a status, type or proof level is compared by.

    Markup, case and surrounding emoji do not count.  A label that is only an emoji is
    compared as that emoji.
    """
    bare = plain(text)
    start, end = 0, len(bare)
    while start < end and (_is_decoration(bare[start]) or bare[start].isspace()):
        start += 1
    while end > start and (_is_decoration(bare[end - 1]) or bare[end - 1].isspace()):
        end -= 1
    inner = bare[start:end] or bare.replace("\ufe0f", "")
    return _SPACE.sub(" ", inner.casefold()).strip(" :")


def half_character(json_text: str) -> int | None:
    r"""Return the line, from 1, of an escape in JSON that makes half of a character.

    ``"\ud800"`` without its other half is valid JSON, but a text that no file, page or
    terminal can take.  ``None`` if there is none.
    """
    for match in _ESCAPED.finditer(json_text):
        if match["half"]:
            return json_text.count("\n", 0, match.start()) + 1
    return None


#: What is said of it, after the file's name.
HALF_CHARACTER = "escapes half of a character (`\\ud800`…`\\udfff`), which is no text"


@lru_cache(maxsize=16_384)
def slug(text: str) -> str:
    """Return *text* as an id: lower-case words joined by ``-``; may be empty.

    Letters lose their marks; what is not Latin is left out.
    """
    decomposed = unicodedata.normalize("NFKD", plain(text).casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def digest(text: str, size: int = 4) -> str:
    """Return ``2 * size`` hex digits of *text*."""
    return blake2b(text.encode(errors="replace"), digest_size=size).hexdigest()


_SHAPE = re.compile(r"^(?P<prefix>.*[^\d])(?P<digits>\d+)(?P<letter>[A-Za-z]?)$")
_DELIMITERS = re.compile(r"[\s,;()\[\]{}<>|\"'`*“”‘’«»]+")
_JOINTS = re.compile(r"[/+&–—]|\.\.+|…")
_EDGES = ".:!?_~"
#: What stands between the ends of a range of ids, as a word and within one.
_TO = frozenset({"to", "through", "–", "—"})
_RANGED = re.compile(r"[–—]|\.\.|…").search


@dataclass(frozen=True, slots=True)
class IdShapes:
    """What the declared ids look like: prefix, digits, optional letter."""

    prefixes: frozenset[str]
    upper: bool
    """Some declared id ends in a capital letter, so that others may."""
    declared: frozenset[str]

    @classmethod
    def of(cls, ids: Iterable[str]) -> IdShapes:
        """Return the shapes of *ids*."""
        return _shapes_of(frozenset(ids))

    def has(self, word: str) -> bool:
        """Tell whether *word* is shaped like a declared id, declared or not."""
        if word in self.declared:
            return True
        if not any(map(str.isdecimal, word[-3:])):
            return False  # as most words, for which the pattern need not be tried
        match = _SHAPE.match(word)
        if match is None or match["prefix"] not in self.prefixes:
            return False
        return self.upper or not match["letter"].isupper()

    def tokens(self, text: str) -> list[str]:
        """Return the whole tokens of *text* that have the shape, without repeats.

        ``EX-03/EX-04`` are two tokens, and ``EX-01–EX-03`` are those two and what is
        declared between them; a word of which a part is something else (a path, say) is
        none.
        """
        return list(_tokens(self, text)) if text and self.declared else []

    def between(self, first: str, last: str) -> list[str]:
        """Return the declared ids from *first* to *last*, both with them if declared."""
        start, end = _SHAPE.match(first), _SHAPE.match(last)
        if start is None or end is None or start["prefix"] != end["prefix"]:
            return []
        low = (int(start["digits"]), start["letter"])
        high = (int(end["digits"]), end["letter"] or "\uffff")
        shapes = [(match, name) for name in self.declared if (match := _SHAPE.match(name))]
        places = sorted(
            ((int(match["digits"]), match["letter"]), name)
            for match, name in shapes
            if match["prefix"] == start["prefix"]
        )
        return [name for place, name in places if low <= place <= high]


def by_word(groups: Mapping[str, str]) -> dict[str, str]:
    """Return each word of the values with the key under which it stands."""
    return {word: key for key, words in groups.items() for word in words.split()}


def word_set(text: str) -> frozenset[str]:
    """Return the words of *text*: a table of words that reads as one."""
    return frozenset(text.split())


def split_list(text: str) -> list[str]:
    """Split an option's value at commas and line ends; empty words drop out."""
    parts = (part.strip() for part in re.split(r"[,\n;]", _BREAK.sub("\n", text)))
    return [part for part in parts if not is_empty(part)]


# An editor judges the same texts again with each key: one object for the same ids, and what
# is known of a text is found by it.
@lru_cache(maxsize=4)
def _shapes_of(declared: frozenset[str]) -> IdShapes:
    shapes = [match for name in declared if (match := _SHAPE.match(name))]
    upper = any(match["letter"].isupper() for match in shapes)
    return IdShapes(frozenset(match["prefix"] for match in shapes), upper, declared)


@lru_cache(maxsize=16_384)
def _tokens(shapes: IdShapes, text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    last, joint = "", ""
    for word in _DELIMITERS.split(visible(text)):
        bare = word.strip(_EDGES)
        parts = [bare] if shapes.has(bare) else _JOINTS.split(bare)
        if bare in _TO:
            joint = last
            continue
        if bare and all(map(shapes.has, parts)):
            if joint or (len(parts) == 2 and parts[0] + parts[1] != bare and _RANGED(bare)):
                found.update(dict.fromkeys(shapes.between(joint or parts[0], parts[-1])))
            found.update(dict.fromkeys(parts))
        last, joint = parts[-1] if bare and shapes.has(parts[-1]) else "", ""
    return tuple(found)


def nearest(word: str, known: Sequence[str], least: float = 0.6) -> str | None:
    """Return that of *known* which is most like *word*; ``None`` if several are as like.

    :param least: how like it must be, from 0 to 1.
    """
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415 - only for a finding

    lowered = {k.casefold(): k for k in known}
    slip = word.casefold()
    close = get_close_matches(slip, list(lowered), n=2, cutoff=least)
    likeness = [SequenceMatcher(None, guess, slip).ratio() for guess in close]
    if not close or (len(close) > 1 and likeness[0] - likeness[1] < _MARGIN):
        return None
    return lowered[close[0]]
