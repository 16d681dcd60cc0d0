"""Finds the definitions that a cited symbol may mean, and says whether a line is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof.members import Members, members
from sphinx_arco_parity.proof.naming import SECONDARY, Name, best, read_name
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.source import Definition

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.symbols import Symbols

_PLAIN = Members()

#: Lines before a definition, or around a word, that still count as the right line.
NEAR = 3


#: Languages whose tests may have any text for a name.
_TITLES = frozenset({"go", "javascript", "typescript"})
_BLOCKS = re.compile(r"::|\s>\s|(?<=\w)/(?=\w)")

#: Files in which a nested type may be written `Outer$Inner`.
_NESTING = (".java", ".kt", ".scala", ".groovy")
_NESTED = re.compile(r"(?<=\w)\$(?=[A-Za-z_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a symbol may mean in its file."""

    name: Name
    every: tuple[Definition, ...]
    """All that agree with it, in the order of the lines."""
    others: tuple[Definition, ...] = ()
    """All that have its last word."""
    members: Members = _PLAIN
    """What became of the qualification."""
    is_case: bool = False
    """The last word may be a case that a macro or a table makes of the test before it."""

    @property
    def primary(self) -> tuple[Definition, ...]:
        """Without the places that only open a definition again, if there are others."""
        first = tuple(definition for definition in self.every if definition.kind not in SECONDARY)
        return first or self.every

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines on which a definition's name stands, each once."""
        return tuple(sorted({definition.line for definition in self.primary}))

    def at(self, evidence: Evidence) -> Definition | None:
        """Return the definition to which the cited line belongs, the smallest first."""
        right = [definition for definition in self.every if _holds(definition, evidence)]
        return min(
            right, key=lambda definition: definition.last_line - definition.first_line, default=None
        )

    def nearest(self, line: int | None) -> Definition:
        """Return the definition closest to *line*; the first without one."""
        if line is None:
            return self.primary[0]
        return min(
            self.primary, key=lambda definition: (abs(definition.line - line), definition.line)
        )


def find(symbol: str, path: str, symbols: Symbols, *, test: bool) -> Meant:
    """Return what *symbol* may mean in the file *path*; with *test*, tests first.

    :raises UnreadableFileError: if the file cannot be read.
    """
    name = read_name(symbol)
    if path.endswith(_NESTING):
        name = read_name(_NESTED.sub("::", symbol))
    name, found = _candidates(name, path, symbols, test=test)
    belong = members(name, found, path, symbols, test=test) if name.scope else Members(found)
    chosen = best(name, belong.found, path)
    if not test or (found and not chosen):
        return Meant(name=name, every=chosen, others=found, members=belong)
    if not found and name.scope and not symbols.words(path, name.word):
        # The last word may be a case that a macro or a table makes: `test_x::case_1`.
        cases = tuple(d for d in symbols.named(path, name.scope[-1]) if d.is_test)
        return Meant(name=name, every=cases, members=belong, is_case=bool(cases))
    tests = any(definition.is_test for definition in chosen)
    kept = (d for d in chosen if d.is_test or d.kind == "suite" or not tests)
    return Meant(name=name, every=tuple(kept), members=belong)


def _candidates(
    name: Name, path: str, symbols: Symbols, *, test: bool
) -> tuple[Name, tuple[Definition, ...]]:
    """What the file defines under a name, which may be a title or end in one."""
    for title in _titles(name, path):
        if found := symbols.named(path, title.word):
            return title, found
    found = symbols.named(path, name.word)
    if not found and test:
        cases = symbols.named(path, name.word.replace("_", " "))
        found = tuple(definition for definition in cases if definition.is_test)
    return name, found


def _titles(name: Name, path: str) -> Iterator[Name]:
    """The whole name as a title, and what stands behind the titles of blocks."""
    if name.whole == name.word or language_of(path) not in _TITLES:
        return
    yield Name(whole=name.whole, word=name.whole)
    for match in _BLOCKS.finditer(name.whole):
        scope = _BLOCKS.split(name.whole[: match.start()])
        yield Name(whole=name.whole, word=name.whole[match.end() :], scope=tuple(scope))


def _holds(definition: Definition, evidence: Evidence) -> bool:
    """Tell whether the cited line or range is that of a definition.

    The head of a Rust ``impl`` counts without the lines before it.
    """
    line = evidence.line or 0
    end = max(evidence.end_line or line, line)
    slack = 0 if definition.kind == "impl" else NEAR
    if definition.first_line - slack <= line <= definition.last_line:
        return True
    return line < definition.first_line and end >= definition.line
