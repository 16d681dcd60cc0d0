"""What a cited symbol may mean: its last word, and the words around that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sphinx_arco_parity.repository.source import Definition

_GENERICS = re.compile(r"<[^<>]*>")
_RAW = re.compile(r"\br#(?=\w)")
_SPLIT = re.compile(r"::|[.#/\\]|->|(?<!\s)\s++>\s++")
_OWN = frozenset({"crate", "self", "super", "Self", "this"})
_FOLDERS = frozenset({"src", "lib", "tests", "test", "main", "mod", "__init__", "index"})
#: Places that open a definition again, or the block around a test of the same title;
#: they count for a line, not for a correction.
SECONDARY = frozenset({"impl", "declaration", "suite"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A symbol, taken apart."""

    whole: str
    """As written, without calls and parameters."""
    word: str
    """The last word, which the file must spell."""
    scope: tuple[str, ...] = ()
    """The words before it."""


def read_name(symbol: str) -> Name:
    """Take *symbol* apart: ``crate::a::Type::<T>::method()`` is ``method`` in ``a::Type``."""
    bare = symbol.strip().strip("`").strip()
    call = bare.endswith(")") and "(" in bare
    text = (bare.partition("(")[0] if call else bare).rstrip("!;,?").lstrip("@&*")
    if not text.startswith("[") and text.endswith("]"):
        text = text.partition("[")[0] or text
    for _ in range(4):
        text = _GENERICS.sub("", text)
    words = [word.strip() for word in _SPLIT.split(_RAW.sub("", text))]
    words = [word for word in words if word]
    while len(words) > 1 and words[0] in _OWN:
        words = words[1:]
    if not words:
        return Name(whole=bare, word=bare)
    return Name(whole=bare, word=words[-1], scope=tuple(words[:-1]))


def module_words(path: str) -> tuple[str, ...]:
    """Return the names that *path* gives to a module: ``a/b-c/src/d.rs`` is a, b_c, d."""
    words = re.sub(r"\.\w+$", "", path).replace("-", "_").split("/")
    return tuple(word for word in words if word not in _FOLDERS)


def best(name: Name, found: Sequence[Definition], path: str) -> tuple[Definition, ...]:
    """Return those of *found* whose scope agrees most with the words before the name.

    Words that agree with nothing (a re-export, an alias) do not count.
    """
    if len(found) < 2 or not name.scope:
        return tuple(found)
    module = module_words(path)
    scores = [_agreement(name.scope, (*module, *definition.scope)) for definition in found]
    most = max(scores)
    return tuple(
        definition for definition, score in zip(found, scores, strict=True) if score == most
    )


def _agreement(scope: Sequence[str], around: Sequence[str]) -> int:
    """How many words of *scope* occur in *around* in this order, from the right."""
    agreed, end = 0, len(around)
    for word in reversed(scope):
        for index in range(end - 1, -1, -1):
            if around[index] == word:
                agreed, end = agreed + 1, index
                break
    return agreed
