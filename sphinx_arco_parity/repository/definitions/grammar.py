"""What a language gives to :mod:`.outline`: its grammar, and how it defines names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

from tree_sitter import Language, Node, Parser, Query

from sphinx_arco_parity.repository.definitions.nodes import (
    first_line,
    is_comment,
    last_line,
    text_of,
)
from sphinx_arco_parity.repository.source import Definition


@dataclass(frozen=True, slots=True)
class Tag:
    """What a grammar's own query takes for a definition; see :mod:`.tags`."""

    kind: str
    item: Node
    name: str
    head: str
    """The comment before it, and its text up to the end of its name."""
    outer: Tag | None
    """The definition around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is said of a test, of what is around it, or of a whole file."""

    marks: tuple[str, ...] = ()
    """pytest's."""
    disabled: str | None = None
    """What keeps it from running, as written."""
    gates: tuple[str, ...] = ()
    """Conditions on it, as written."""
    fails: str | None = None
    """What says that it is expected to fail, as written."""
    tags: Mapping[tuple[int, int], Tag] = field(default_factory=dict)
    """Of a file: definitions, by where their names begin and end, in bytes."""


def join(found: Iterable[Marks]) -> Marks:
    """Return what several places say together; the first that disables is named."""
    every = list(found)
    return Marks(
        marks=tuple(dict.fromkeys(mark for said in every for mark in said.marks)),
        disabled=next((said.disabled for said in every if said.disabled), None),
        gates=tuple(dict.fromkeys(gate for said in every for gate in said.gates)),
        fails=next((said.fails for said in every if said.fails), None),
    )


def defined(word: Node, item: Node, /, **said: Any) -> Definition:
    """Return the definition of *item* whose name is the node *word*.

    *said* is what is known besides, or better, by the fields of :class:`.Definition`.
    """
    own: dict[str, Any] = {
        "name": text_of(word),
        "line": first_line(word),
        "first_line": first_line(item),
        "last_line": last_line(item),
    }
    return Definition(**own | said)


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """A language: where its parser is, and what its nodes mean to us."""

    name: str
    suffixes: tuple[str, ...]
    """Of files, with their dot, in lower case."""
    module: str
    """The package of the grammar."""
    _: KW_ONLY
    function: str = "language"
    """The function of that package that gives the grammar."""
    names: str
    """A query that captures every node which may name a definition."""
    define: Callable[[Node, Marks], Definition | None]
    """Returns what the node defines, if it is the name of a definition."""
    whole: Callable[[Node], Marks] = lambda _root: Marks()
    """Returns what the root node says of the whole file."""
    signs: tuple[bytes, ...] = ()
    """Without one of these in it, nothing is said of a file as a whole."""
    is_comment: Callable[[Node], bool] = is_comment
    """Tells whether the node is in a comment or a doc string."""


@lru_cache(maxsize=16)
def parser(grammar: Grammar) -> Parser | None:
    """Return the parser, or ``None`` if the package is missing or of another age."""
    language = _language(grammar)
    return Parser(language) if language is not None else None


@lru_cache(maxsize=16)
def _language(grammar: Grammar) -> Language | None:
    try:
        return Language(getattr(import_module(grammar.module), grammar.function)())
    except (ImportError, AttributeError, ValueError, TypeError):
        return None


@lru_cache(maxsize=32)
def query(grammar: Grammar, text: str) -> Query:
    """Return a compiled query; the grammar must be installed."""
    language = _language(grammar)
    assert language is not None  # noqa: S101 - only trees of this parser are asked
    return Query(language, text)
