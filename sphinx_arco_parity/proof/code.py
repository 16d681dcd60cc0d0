"""Judges what is cited in one file: a line, a symbol, a test.

:class:`CodeJudge` is asked about a path that is already known to be a tracked file of
the right kind.  What applies first, in this order: the symbol is not in the file, the line
is past the end, the test never runs, the symbol is at another line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import messages
from sphinx_arco_parity.proof.definitions import NEAR, Meant, find
from sphinx_arco_parity.proof.elsewhere import Elsewhere
from sphinx_arco_parity.proof.judged import Judged
from sphinx_arco_parity.proof.members import may_come_from
from sphinx_arco_parity.repository.definitions import (
    collects_itself,
    language_of,
    missing_language,
)
from sphinx_arco_parity.repository.source import Definition, UnreadableFileError
from sphinx_arco_parity.text.words import nearest

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.symbols import Symbols


class CodeJudge:
    """Judges evidence by the names in files; each question is answered once."""

    def __init__(self, symbols: Symbols, elsewhere: Elsewhere) -> None:
        self._symbols = symbols
        self._elsewhere = elsewhere
        self._known: dict[str, Judged] = {}

    def judge(self, evidence: Evidence, path: str) -> Judged:
        """Judge *evidence*, whose file is *path*."""
        if evidence.line is None and evidence.symbol is None and evidence.kind != "test":
            return Judged(verdict=messages.there(path), path=path)
        question = f"={evidence.kind}|{path}|{evidence.line}|{evidence.end_line}|{evidence.symbol}"
        if evidence.kind == "test" and "[" in evidence.text:
            question += f"|{evidence.text}"  # the parameter of a test stands there alone
        if question not in self._known:
            try:
                found = _judge(evidence, path, self._symbols, self._elsewhere)
            except UnreadableFileError as error:
                whole = evidence.line is None and evidence.symbol is None
                said = messages.unknown(f"{path} {error.reason}")
                found = Judged(verdict=messages.there(path) if whole else said, path=path)
            self._known[question] = found
        return self._known[question]


def _whole_test_file(path: str, symbols: Symbols) -> Verdict:
    if not symbols.has_tests(path):
        return messages.there(path)
    reason = symbols.disabled(path)
    if reason is not None:
        return messages.disabled_file(path, reason)
    mark = symbols.fails(path)
    if mark is not None:
        return messages.expected_failures(path, mark)
    return _not_named("verified", path)


def _not_named(verdict: str, path: str) -> Verdict:
    return Verdict(
        name=verdict,
        detail=f"{path} is cited without the name of a test",
        rule="test-not-named",
        help=f"name the test: `{path}` (`test_name`)",
    )


def _judge(evidence: Evidence, path: str, symbols: Symbols, elsewhere: Elsewhere) -> Judged:
    if evidence.line is None and evidence.symbol is None:
        return Judged(verdict=_whole_test_file(path, symbols), path=path)
    count = symbols.line_count(path)
    # An end of a range may be the empty line that editors show after the last one.
    past = (evidence.line or 0) > count or (evidence.end_line or 0) > count + 1
    if evidence.symbol is None:
        if past:
            said = messages.past_the_end(evidence, count, None, path)
        else:
            said = _line_alone(evidence, path, symbols)
        return Judged(verdict=said, path=path, past_the_end=past)
    meant = find(evidence.symbol, path, symbols, test=evidence.kind == "test")
    if not meant.every and (whence := _by_inheritance(evidence, meant, path)):
        return Judged(verdict=whence, path=path)
    lines = () if meant.every or meant.others else _spelt(evidence, meant, path, symbols)
    if not meant.every and not lines:
        return Judged(verdict=_gone(evidence, meant, path, symbols, elsewhere), path=path)
    if past:
        said = messages.past_the_end(evidence, count, meant, path)
        return Judged(verdict=said, path=path, past_the_end=True)
    if not meant.every:
        is_whole = _is_spelt_whole(meant, path, symbols)
        return Judged(verdict=_by_word(evidence, lines, path, is_whole=is_whole), path=path)
    return _defined(evidence, meant, path, symbols)


def _by_inheritance(evidence: Evidence, meant: Meant, path: str) -> Verdict | None:
    """The verdict on a qualified name whose type has it from elsewhere, or may."""
    place, doubt = meant.members.inherited, meant.members.doubt
    if place is not None and evidence.kind == "test":
        doubt = f"{messages.noun(evidence)} is not in {path} itself, but may come from {place[0]}"
    if doubt is not None:
        return messages.unknown(doubt)
    if place is None:
        return None
    detail = f"`{evidence.symbol}` is inherited, from line {place[1]} of {place[0]}"
    return Verdict(name="verified" if evidence.line is None else "unknown", detail=detail)


def _line_alone(evidence: Evidence, path: str, symbols: Symbols) -> Verdict:
    if evidence.kind == "test" and symbols.has_tests(path):
        return _not_named("unknown", path)
    return messages.unknown(f"line {evidence.line} of {path} is cited with no symbol to hold it to")


def _defined(evidence: Evidence, meant: Meant, path: str, symbols: Symbols) -> Judged:
    right = None
    if evidence.line is not None:
        right = meant.at(evidence) or _at_its_type(evidence, meant, path, symbols)
    alone = meant.primary[0] if len(meant.lines) == 1 else None
    chosen = right or alone
    off = _disabled(meant, chosen) if evidence.kind == "test" else None
    mark = _fails(evidence, meant, chosen) if evidence.kind == "test" else None
    if off is not None:
        said = messages.disabled(evidence, off, path)
    elif mark is not None:
        line = (chosen or meant.primary[0]).line
        said = messages.expected_failure(evidence, line, mark, path)
    elif evidence.line is None:
        said = messages.verified(evidence, meant.primary[0], path)
    elif right is not None:
        said = messages.verified(evidence, right, path)
    else:
        said = messages.moved(evidence, meant, path)
    is_test = evidence.kind == "test"
    if meant.is_case and said.name == "verified":
        maker = meant.primary[0].name
        said = messages.unknown(
            f"`{evidence.symbol}` is not spelt in {path}; `{maker}` there may make it"
        )
    elif is_test and said.name == "verified" and _tests_nothing(meant, path, symbols):
        said = messages.unknown(
            f"`{evidence.symbol}` is in {path}, but it is a helper or a fixture, no test"
        )
    return Judged(
        verdict=said,
        path=path,
        meant=chosen if is_test else None,
        ignored=off is not None and off.is_ignored,
    )


def _at_its_type(
    evidence: Evidence, meant: Meant, path: str, symbols: Symbols
) -> Definition | None:
    """The member that is meant, cited at the line of the type that its name begins with."""
    line = evidence.line or 0
    for word in meant.name.scope[-1:]:
        for holder in symbols.named(path, word):
            if holder.kind == "type" and holder.first_line - NEAR <= line <= holder.line:
                return meant.nearest(line)
    return None


def _tests_nothing(meant: Meant, path: str, symbols: Symbols) -> bool:
    """Tell whether a cited name is that of something which is no test and holds none."""
    if any(d.is_test or d.kind == "suite" for d in meant.every):
        return False
    every = symbols.definitions(path)
    tests = [d for d in every.definitions if d.is_test] if every is not None else []
    if not tests and collects_itself(path):
        return False
    return not any(d.name in test.scope for d in meant.every for test in tests)


def _disabled(meant: Meant, chosen: Definition | None) -> Definition | None:
    """The definition that never runs, if the one that is meant, or each, does not."""
    asked = (chosen,) if chosen is not None else meant.primary
    return asked[0] if all(each.disabled for each in asked) else None


def _fails(evidence: Evidence, meant: Meant, chosen: Definition | None) -> str | None:
    """What marks as expected to fail the test that is meant, or each, as written.

    Of a test with parameters, the cited one; of which only the item's text speaks.
    """
    asked = (chosen,) if chosen is not None else meant.primary
    if all(each.fails for each in asked):
        return asked[0].fails
    cited = f"{meant.name.word}["
    _, found, rest = evidence.text.partition(cited)
    if not found or len(asked) > 1:
        return None
    failing = asked[0].failing
    return next((f"its parameter `{p}`" for p in failing if rest.startswith(f"{p}]")), None)


def _spelt(evidence: Evidence, meant: Meant, path: str, symbols: Symbols) -> tuple[int, ...]:
    """The lines on which the word of a symbol without a definition stands.

    A comment that names a test is no trace of it; a use or a macro's word may be.
    """
    name = meant.name
    spelt = symbols.words(path, name.whole) or symbols.words(path, name.word)
    return tuple(line for line, comment in spelt if not (comment and evidence.kind == "test"))


def _gone(
    evidence: Evidence, meant: Meant, path: str, symbols: Symbols, elsewhere: Elsewhere
) -> Verdict:
    word, test = meant.name.word, evidence.kind == "test"
    is_listed = test and language_of(path) is not None
    if not any(character.isalnum() for character in word) or ("*" in word and not is_listed):
        return messages.unknown(f"`{evidence.symbol}` is no name to look for in {path}")
    whence = may_come_from(meant.name, path, symbols) if test else None
    if whence is not None:
        said = f"{messages.noun(evidence)} is not in {path} itself, but may come from {whence}"
        return messages.unknown(said)
    gone = messages.gone(
        evidence,
        path,
        elsewhere=elsewhere.places(evidence),
        alike=None if meant.others else _alike(word, path, symbols, test=test),
        others=meant.others,
    )
    return replace(gone, fix=elsewhere.fix(evidence))


def _is_spelt_whole(meant: Meant, path: str, symbols: Symbols) -> bool:
    """Tell whether a name is not qualified, or that is spelt in the file too.

    Where definitions can be read, a type's member that is spelt without it is another's.
    """
    if not meant.name.scope or symbols.words(path, meant.name.whole):
        return True
    return language_of(path) is None and bool(symbols.words(path, meant.name.scope[-1]))


def _by_word(evidence: Evidence, lines: Sequence[int], path: str, *, is_whole: bool) -> Verdict:
    """A word without a definition: right if the cited line is near it."""
    first, symbol = evidence.line, evidence.symbol
    if first is not None and is_whole:
        last = max(evidence.end_line or first, first)
        near = [line for line in lines if first - NEAR <= line <= last + NEAR]
        if near:
            found = min(near, key=lambda line: abs(line - first))
            detail = f"`{symbol}` stands at line {found} of {path}"
            return Verdict(name="verified", found_line=found, detail=detail)
    where = messages.listed(sorted(set(lines)))
    said = f"`{symbol}` stands at {where} of {path}, with no definition that can be read"
    missing = missing_language(path)
    if missing is not None:
        said += f" ({missing} needs `sphinx-arco-parity[languages]`)"
    return messages.unknown(said)


def _alike(word: str, path: str, symbols: Symbols, *, test: bool) -> tuple[str, int] | None:
    """The name in the file that is most like *word*, with its line."""
    if language_of(path) is None:
        return None
    every = symbols.definitions(path)
    found = every.definitions if every is not None else ()
    lines = {
        definition.name: definition.line
        for definition in reversed(found)
        if definition.is_test or not test
    }
    guess = nearest(word, list(lines))
    return (guess, lines[guess]) if guess is not None else None
