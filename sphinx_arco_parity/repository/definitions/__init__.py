"""The names that source files define, by way of tree-sitter's parsers.

Rust and Python always; the others where their grammars are installed.  :class:`.Symbols` asks by name; tools that need all names of a file call
:func:`definitions_in`.
"""

from __future__ import annotations

from functools import lru_cache

from sphinx_arco_parity.repository.definitions import ecmascript, go, java, python, rust
from sphinx_arco_parity.repository.definitions.nodes import Grammar, parser
from sphinx_arco_parity.repository.definitions.outline import Outline
from sphinx_arco_parity.repository.definitions.tags import TAGGED, TAGGED_NAMES
from sphinx_arco_parity.repository.source import Definitions, SourceFile

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


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def language_of(path: str) -> str | None:
    """Return the language of *path* if its grammar is installed, else ``None``."""
    grammar = _grammar(_suffix(path))
    return grammar.name if grammar is not None else None


def question_prefix(path: str) -> str:
    """Return what tells the questions about a file's names by grammar: its suffix."""
    return _suffix(path)


def missing_language(path: str) -> str | None:
    """Return the language of *path* if we could read it with the extra installed."""
    suffix = _suffix(path)
    known = _BY_SUFFIX.get(suffix)
    return known.name if known is not None and _grammar(suffix) is None else None


def collects_itself(path: str) -> bool:
    """Tell whether what runs the tests of *path* may take any function for one."""
    return language_of(path) in TAGGED_NAMES


def outline_of(source: SourceFile) -> Outline | None:
    """Return a way to ask for names of *source*; ``None`` as :func:`definitions_in`."""
    grammar = _grammar(_suffix(source.path))
    return Outline(source, grammar) if grammar is not None else None


def definitions_in(source: SourceFile) -> Definitions | None:
    """Return all names that *source* defines.

    ``None`` if the language is not known, or its grammar is not installed.
    """
    outline = outline_of(source)
    return outline.definitions() if outline is not None else None
