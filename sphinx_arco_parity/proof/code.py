"""Judges what is cited in one file: a line, a symbol, a test.

:func:`judge_file` is called for a path that is already known to be a tracked file of
the right kind.  What applies first, in this order: the symbol is not in the file, the line
is past the end, the test never runs, the symbol is at another line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_arco_parity.proof import wording
from sphinx_arco_parity.proof.definitions import NEAR, find
from sphinx_arco_parity.records import Verdict
from sphinx_arco_parity.repository.definitions import language_of, missing_language
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.words import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.proof.definitions import Meant
    from sphinx_arco_parity.records import Evidence
    from sphinx_arco_parity.repository.source import Definition
    from sphinx_arco_parity.repository.symbols import Symbols


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and what the symbol means."""

    verdict: Verdict
    path: str = ""
    """As git writes it."""
    meant: Definition | None = None
    """The definition, if exactly one is meant, or the one at the cited line."""
    past_the_end: bool = False


def judge_file(evidence: Evidence, path: str, symbols: Symbols) -> Judged:
    """Judge *evidence*, whose file is *path*."""
    try:
        if evidence.line is None and evidence.symbol is None:
            return Judged(verdict=_whole_file(evidence, path, symbols), path=path)
        return _judge(evidence, path, symbols)
    except UnreadableFileError as error:
        said = wording.unknown(f"{path} {error.reason}")
        return Judged(verdict=said, path=path)


def _whole_file(evidence: Evidence, path: str, symbols: Symbols) -> Verdict:
    there = Verdict(name="verified", detail=f"{path} is in the repository")
    if evidence.kind != "test":
        return there
    try:
        if not symbols.has_tests(path):
            return there
        reason = symbols.disabled(path)
    except UnreadableFileError:
        return there
    if reason is not None:
        return wording.disabled_file(path, reason)
    return _not_named("verified", path)


def _not_named(verdict: str, path: str) -> Verdict:
    return Verdict(
        name=verdict,
        detail=f"{path} is cited without the name of a test",
        rule="test-not-named",
        help=f"name the test: `{path}` (`test_name`)",
    )


def _judge(evidence: Evidence, path: str, symbols: Symbols) -> Judged:
    count = symbols.line_count(path)
    past = _is_past_the_end(evidence, count)
    if evidence.symbol is None:
        said = (
            wording.past_the_end(evidence, count, None, path)
            if past
            else _line_alone(evidence, path, symbols)
        )
        return Judged(verdict=said, path=path, past_the_end=past)
    meant = find(evidence.symbol, path, symbols, test=evidence.kind == "test")
    lines = () if meant.every else _spelt(evidence, meant, path, symbols)
    if not meant.every and not lines:
        return Judged(verdict=_gone(evidence, meant, path, symbols), path=path)
    if past:
        said = wording.past_the_end(evidence, count, meant, path)
        return Judged(verdict=said, path=path, past_the_end=True)
    if not meant.every:
        return Judged(verdict=_by_word(evidence, lines, path), path=path)
    return _defined(evidence, meant, path)


def _is_past_the_end(evidence: Evidence, count: int) -> bool:
    """An end of a range may be the empty line that editors show after the last one."""
    return (evidence.line or 0) > count or (evidence.end_line or 0) > count + 1


def _line_alone(evidence: Evidence, path: str, symbols: Symbols) -> Verdict:
    if evidence.kind == "test" and symbols.has_tests(path):
        return _not_named("unknown", path)
    return wording.unknown(
        f"line {evidence.line} of {path} is cited with no symbol to hold it to"
    )


def _defined(evidence: Evidence, meant: Meant, path: str) -> Judged:
    right = meant.at(evidence) if evidence.line is not None else None
    alone = meant.primary[0] if len(meant.lines) == 1 else None
    one = right or alone
    off = _disabled(meant, one) if evidence.kind == "test" else None
    if off is not None:
        said = wording.disabled(evidence, off, path)
    elif evidence.line is None:
        said = wording.verified(evidence, meant.primary[0], path)
    elif right is not None:
        said = wording.verified(evidence, right, path)
    else:
        said = wording.moved(evidence, meant, path)
    return Judged(verdict=said, path=path, meant=one)


def _disabled(meant: Meant, one: Definition | None) -> Definition | None:
    """The definition that never runs, if the one that is meant, or each, does not."""
    asked = (one,) if one is not None else meant.primary
    return asked[0] if all(each.disabled for each in asked) else None


def _spelt(
    evidence: Evidence, meant: Meant, path: str, symbols: Symbols
) -> tuple[int, ...]:
    """The lines on which the word of a symbol without a definition stands.

    A comment that names a test is no trace of it; a use or a macro's word may be.
    """
    name = meant.name
    spelt = symbols.words(path, name.whole) or symbols.words(path, name.word)
    return tuple(
        line for line, comment in spelt if not (comment and evidence.kind == "test")
    )


def _gone(evidence: Evidence, meant: Meant, path: str, symbols: Symbols) -> Verdict:
    word, test = meant.name.word, evidence.kind == "test"
    return wording.gone(
        evidence,
        path,
        elsewhere=symbols.search.elsewhere(path, word, test=test),
        alike=_alike(word, path, symbols, test=test),
    )


def _by_word(evidence: Evidence, lines: Sequence[int], path: str) -> Verdict:
    """A word without a definition: right if the cited line is near it."""
    first, symbol = evidence.line, evidence.symbol
    if first is not None:
        last = max(evidence.end_line or first, first)
        near = [line for line in lines if first - NEAR <= line <= last + NEAR]
        if near:
            found = min(near, key=lambda line: abs(line - first))
            detail = f"`{symbol}` stands at line {found} of {path}"
            return Verdict(name="verified", found_line=found, detail=detail)
    where = wording.listed(sorted(set(lines)))
    said = (
        f"`{symbol}` stands at {where} of {path}, with no definition that can be read"
    )
    missing = missing_language(path)
    if missing is not None:
        said += f" ({missing} needs `sphinx-arco-parity[languages]`)"
    return wording.unknown(said)


def _alike(
    word: str, path: str, symbols: Symbols, *, test: bool
) -> tuple[str, int] | None:
    """The name in the file that is most like *word*, with its line."""
    if language_of(path) is None:
        return None
    every = symbols.definitions(path)
    found = every.definitions if every is not None else ()
    lines = {one.name: one.line for one in reversed(found) if one.is_test or not test}
    guess = nearest(word, list(lines))
    return (guess, lines[guess]) if guess is not None else None
