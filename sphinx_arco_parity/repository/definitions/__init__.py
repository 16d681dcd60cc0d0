"""The names that source files define, by way of tree-sitter's parsers.

Rust and Python always; the others where their grammars are installed.  :class:`.Symbols` asks
by name; tools that need all names of a file call :func:`definitions_in`.  The words of a file
that spell a name are looked up in its syntax tree one by one; so a question costs what the
name's occurrences cost, and a file is parsed at most once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from tree_sitter import Node, QueryCursor

from sphinx_arco_parity.repository.definitions import ecmascript, go, java, nodes, python, rust
from sphinx_arco_parity.repository.definitions.nodes import Grammar, parser, query
from sphinx_arco_parity.repository.definitions.tags import TAGGED, TAGGED_NAMES
from sphinx_arco_parity.repository.source import Definition, Definitions, Marks, SourceFile

#: The languages, in the order of the documentation.
GRAMMARS: tuple[Grammar, ...] = (
    rust.GRAMMAR, python.GRAMMAR, go.GRAMMAR, ecmascript.TYPESCRIPT, ecmascript.TSX,
    ecmascript.JAVASCRIPT, java.GRAMMAR, *TAGGED,
)  # fmt: skip

_BY_SUFFIX = {suffix: grammar for grammar in GRAMMARS for suffix in grammar.suffixes}


@lru_cache(maxsize=256)
def _grammar(suffix: str) -> Grammar | None:
    grammar = _BY_SUFFIX.get(suffix)
    return grammar if grammar is not None and parser(grammar) is not None else None


def question_prefix(path: str) -> str:
    """Return what tells the questions about a file's names by grammar: its suffix."""
    name = path.rpartition("/")[2]
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def language_of(path: str) -> str | None:
    """Return the language of *path* if its grammar is installed, else ``None``."""
    grammar = _grammar(question_prefix(path))
    return grammar.name if grammar is not None else None


def missing_language(path: str) -> str | None:
    """Return the language of *path* if we could read it with the extra installed."""
    suffix = question_prefix(path)
    known = _BY_SUFFIX.get(suffix)
    return known.name if known is not None and _grammar(suffix) is None else None


def collects_itself(path: str) -> bool:
    """Tell whether what runs the tests of *path* may take any function for one."""
    return language_of(path) in TAGGED_NAMES


def outline_of(source: SourceFile) -> Outline | None:
    """Return a way to ask for names of *source*; ``None`` as :func:`definitions_in`."""
    grammar = _grammar(question_prefix(source.path))
    return Outline(source, grammar) if grammar is not None else None


def definitions_in(source: SourceFile) -> Definitions | None:
    """Return all names that *source* defines.

    ``None`` if the language is not known, or its grammar is not installed.
    """
    outline = outline_of(source)
    return outline.definitions() if outline is not None else None


#: The bytes of words: ASCII letters, digits, ``_``, and all letters beyond ASCII.
_WORD = frozenset(
    byte for byte in range(256) if byte >= 0x80 or chr(byte).isalnum() or byte == 0x5F
)


class Outline:
    """The definitions of one file."""

    def __init__(self, source: SourceFile, grammar: Grammar) -> None:
        self._grammar = grammar
        self._bytes = source.text.encode("utf-8", "replace")

    @cached_property
    def _root(self) -> Node:
        made = parser(self._grammar)
        assert made is not None  # noqa: S101 - outlines are made for parsers we have
        return made.parse(self._bytes).root_node

    @cached_property
    def whole(self) -> Marks:
        """What holds for the whole file."""
        if not any(sign in self._bytes for sign in self._grammar.signs):
            return Marks()
        return self._grammar.whole(self._root)

    def named(self, name: str) -> tuple[Definition, ...]:
        """Return what the file defines under *name*, in the order of its lines.

        Places at which a definition is only opened again (a Rust ``impl``, a ``mod x;``)
        have the kinds ``impl`` and ``declaration``.  Nothing, if the file is nested
        too deeply to be looked through.
        """
        found = self._defined(node for node, _line in self._occurrences(name))
        return tuple(definition for definition in found if definition.name == name)

    def _defined(self, names: Iterable[Node]) -> list[Definition]:
        try:
            found = [self._grammar.define(node, self.whole) for node in names]
        except nodes.DeepNestingError:
            return []
        return [definition for definition in found if definition is not None]

    def words(self, name: str) -> tuple[tuple[int, bool], ...]:
        """Return where the word *name* occurs: (line, whether in a comment)."""
        is_comment = self._grammar.is_comment
        return tuple((line, is_comment(node)) for node, line in self._occurrences(name))

    def _occurrences(self, name: str) -> Iterator[tuple[Node, int]]:
        for line, start in word_lines(self._bytes, name):
            end = start + len(name.encode("utf-8", "replace"))
            node = self._root.descendant_for_byte_range(start, end)
            if node is not None:
                yield node, line

    def definitions(self) -> Definitions:
        """Return all names that the file defines."""
        captures = QueryCursor(query(self._grammar, self._grammar.names)).captures(self._root)
        # They come in no order: two on one line would change places from run to run.
        names = sorted(captures.get("name", ()), key=lambda node: node.start_byte)
        found = {
            (definition.line, definition.name, definition.scope): definition
            for definition in self._defined(names)
        }
        ordered = sorted(found.values(), key=lambda each: (each.line, each.last_line, each.name))
        return Definitions(
            definitions=tuple(ordered),
            gates=self.whole.gates,
            disabled=self.whole.disabled,
            fails=self.whole.fails,
        )


def word_lines(raw: bytes, name: str) -> Iterator[tuple[int, int]]:
    """Yield the line on which *name* stands in *raw* as a whole word, and where, in bytes."""
    line, counted = 1, 0
    for start in word_offsets(raw, name):
        line += raw.count(b"\n", counted, start)
        counted = start
        yield line, start


def word_offsets(raw: bytes, name: str) -> Iterator[int]:
    """Yield where *name* stands in *raw* as a whole word, in bytes."""
    spelt = name.encode("utf-8", "replace")
    if not spelt:
        return
    before, after = spelt[0] in _WORD, spelt[-1] in _WORD
    start, size, end = raw.find(spelt), len(spelt), len(raw)
    while start >= 0:
        stop = start + size
        inside = before and start and raw[start - 1] in _WORD
        if not inside and not (after and stop < end and raw[stop] in _WORD):
            yield start
        start = raw.find(spelt, start + 1)
