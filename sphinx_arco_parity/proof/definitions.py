"""Finds the definitions that a cited symbol may mean, and says whether a line is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_arco_parity.proof.naming import SECONDARY, best, read_name
from sphinx_arco_parity.repository.definitions import language_of

if TYPE_CHECKING:
    from sphinx_arco_parity.model.records import Evidence
    from sphinx_arco_parity.proof.naming import Name
    from sphinx_arco_parity.repository.source import Definition
    from sphinx_arco_parity.repository.symbols import Symbols

#: Lines before a definition, or around a word, that still count as the right line.
NEAR = 3


#: Languages whose tests may have any text for a name.
_TITLES = frozenset({"go", "javascript", "typescript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a symbol may mean in its file."""

    name: Name
    every: tuple[Definition, ...]
    """All that agree with it, in the order of the lines."""

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
            right,
            key=lambda definition: definition.last_line - definition.first_line,
            default=None,
        )

    def nearest(self, line: int | None) -> Definition:
        """Return the definition closest to *line*; the first without one."""
        if line is None:
            return self.primary[0]
        return min(
            self.primary,
            key=lambda definition: (abs(definition.line - line), definition.line),
        )


def find(symbol: str, path: str, symbols: Symbols, *, test: bool) -> Meant:
    """Return what *symbol* may mean in the file *path*; with *test*, tests first.

    :raises UnreadableFileError: if the file cannot be read.
    """
    name = read_name(symbol)
    found = _candidates(name, path, symbols, test=test)
    chosen = best(name, found, path)
    tests = tuple(definition for definition in chosen if definition.is_test)
    return Meant(name=name, every=tests if test and tests else chosen)


def _candidates(name: Name, path: str, symbols: Symbols, *, test: bool) -> tuple[Definition, ...]:
    found: tuple[Definition, ...] = ()
    if name.whole != name.word and language_of(path) in _TITLES:
        found = symbols.named(path, name.whole)
    found = found or symbols.named(path, name.word)
    if found or not test:
        return found
    found = symbols.named(path, name.word.replace("_", " "))
    if not found and name.scope and not symbols.words(path, name.word):
        # The last word may be a case that a macro or a table makes: `test_x::case_1`.
        found = symbols.named(path, name.scope[-1])
    return tuple(definition for definition in found if definition.is_test)


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
