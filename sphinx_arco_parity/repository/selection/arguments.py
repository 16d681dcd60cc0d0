"""A runner's arguments, cut into options, their values, and the rest.

An option that the table does not have may or may not take the next word: it is kept as
unknown, and what follows from it is for the caller to judge.  Called by :mod:`.cargo`,
:mod:`.pytest` and the search for quoted commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sphinx_arco_parity.repository.shell.commands import Word


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The options of a runner, by their canonical names."""

    values: frozenset[str]
    """Those that take a value, in the next word or after ``=``."""
    flags: frozenset[str]
    optional: frozenset[str] = frozenset()
    """Those that take the next word only if it is no option."""
    attached: frozenset[str] = frozenset()
    """Those whose value, if any, is attached by ``=``."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Other spellings to canonical names."""
    rest: bool = True
    """Whether ``--`` begins arguments for someone else."""

    def name(self, written: str) -> str | None:
        """Return the canonical name of an option, or ``None`` if it is not known."""
        name = self.aliases.get(written, written)
        known = name in self.values or name in self.flags
        return name if known or name in self.optional or name in self.attached else None


@dataclass(slots=True)
class Arguments:
    """What a runner was given."""

    options: list[tuple[str, Word | None]] = field(default_factory=list)
    positionals: list[Word] = field(default_factory=list)
    rest: list[Word] = field(default_factory=list)
    """After ``--``."""
    unknown: list[str] = field(default_factory=list)
    """Options that the table does not have."""
    open: bool = False
    """Some word may become any number of words."""

    def has(self, *names: str) -> bool:
        """Tell whether one of the options *names* is given."""
        return any(name in names for name, _ in self.options)

    def all(self, *names: str) -> list[Word]:
        """Return the values of the options *names*, in order."""
        return [value for name, value in self.options if name in names and value is not None]

    def last(self, *names: str) -> Word | None:
        """Return the last value of the options *names*."""
        found = self.all(*names)
        return found[-1] if found else None


def parse_arguments(words: Sequence[Word], table: OptionTable) -> Arguments:
    """Cut *words* (without the runner's own name) by *table*."""
    found = Arguments()
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.many:
            found.open = True
        if word.text == "--":
            after = words[at:]
            if table.rest:
                found.rest = list(after)
            else:
                found.positionals += after
            break
        if not word.text.startswith("-") or word.text == "-":
            found.positionals.append(word)
        elif word.text.startswith("--"):
            at = _long(word, words, at, table, found)
        else:
            at = _short(word, words, at, table, found)
    found.open = found.open or any(word.many for word in found.rest)
    return found


def _following(words: Sequence[Word], at: int, *, optional: bool) -> tuple[Word | None, int]:
    if at >= len(words) or (optional and words[at].text.startswith("-")):
        return None, at
    return words[at], at + 1


def _long(word: Word, words: Sequence[Word], at: int, table: OptionTable, found: Arguments) -> int:
    written, equals, text = word.text.partition("=")
    name = table.name(written)
    if name is None:
        found.unknown.append(written)
        return at
    value: Word | None = None
    if equals:
        value = Word(text, word.raw.partition("=")[2], word.many, word.glob)
    elif name in table.values or name in table.optional:
        value, at = _following(words, at, optional=name in table.optional)
    found.options.append((name, value))
    return at


def _short(word: Word, words: Sequence[Word], at: int, table: OptionTable, found: Arguments) -> int:
    """Cut ``-xvs``, ``-n4``, ``-n 4`` and ``-p=a``."""
    letters = word.text[1:]
    while letters:
        name = table.name("-" + letters[0])
        if name is None:
            found.unknown.append("-" + letters)
            return at
        letters = letters[1:]
        if name not in table.values and name not in table.optional:
            found.options.append((name, None))
            continue
        if letters:
            text = letters.removeprefix("=")
            found.options.append((name, Word(text, text, word.many, word.glob)))
            return at
        value, at = _following(words, at, optional=name in table.optional)
        found.options.append((name, value))
        return at
    return at
