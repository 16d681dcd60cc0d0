"""What test files say themselves of tests that fail or do not run, with their reasons.

Asked once in a build, for the exceptions that such reasons name.  Looked at are the files
that are cited as tests, and those whose path speaks of tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.repository.definitions import language_of, question_prefix
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import Definition, Definitions, UnreadableFileError

_TESTS = re.compile(r"tests?(?![a-z])|(?<![a-z])spec|Tests?\b", re.IGNORECASE)
_SIGN = re.compile(
    rb"xfail|expectedFailure|\.fail|\.todo|\.fixme|skip|ignore|Disabled|enabled|\bx(?:it|test|describe)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:#(?!!?\[)|//|/?\*)[/!*]*(.*)")


def marks_in_code(repository: Repository, cited: Iterable[str]) -> Iterator[Mark]:
    """Yield the marks of tests in files; *cited* are paths, there or not."""
    known = {path for path in cited if repository.is_plain_file(path)}
    for path in repository.files():
        if (path in known or _TESTS.search(path)) and language_of(path) is not None:
            for line, name, reason, written, verdict in _of_file(repository, path):
                yield Mark(
                    place=Place(path=path, line=line),
                    path=path,
                    name=name,
                    test=name,
                    reason=reason,
                    written=written,
                    verdict=verdict,
                )


def _of_file(repository: Repository, path: str) -> list[Any]:
    """Return line, name, reason, text and verdict of each mark; known by the file's content."""

    def read(answer: Any) -> list[Any]:
        return [(line, *texts) for line, *texts in answer]

    def find() -> list[Any]:
        spells = _SIGN.search(repository.read_bytes(path))
        every = repository.symbols.definitions(path) if spells else None
        return list(_read(every, repository.read(path).lines)) if every is not None else []

    question = f"{question_prefix(path)}!marks"
    try:
        return repository.facts.asked(repository.digest(path), question, read, find)
    except UnreadableFileError:
        return []


def _read(every: Definitions, lines: Sequence[str]) -> Iterator[tuple[int, str, str, str, str]]:
    for test in every.definitions:
        mark = test.disabled or test.fails
        if test.is_test and mark:
            verdict = "disabled" if test.disabled else "expected-failure"
            yield test.line, test.whole_name, _reason(test, mark, every, lines), mark, verdict
        for parameter in test.failing if test.is_test and not mark else ():
            near = lines[test.first_line - 1 : test.line]
            said = " ".join(line.strip() for line in near if "xfail" in line)
            yield test.line, f"{test.whole_name}[{parameter}]", said, "xfail", "expected-failure"


def _reason(test: Definition, mark: str, every: Definitions, lines: Sequence[str]) -> str:
    """Return *mark* with the comment over it, which may stand at a class or the module."""
    if mark in {every.fails, every.disabled}:
        first, last = 1, len(lines)
    else:
        owner = next(d for d in every.definitions if _owns(d, test, mark))
        first, last = owner.first_line, owner.last_line
    stem = mark.partition("(")[0].rpartition(" = ")[0] or mark.partition("(")[0]
    at = next((n for n in range(first, last + 1) if stem in lines[n - 1]), first)
    above: list[str] = []
    for number in range(at - 1, 0, -1):
        comment = _COMMENT.match(lines[number - 1])
        if comment is None and (number < first or first == 1):
            break
        above += [comment[1].strip()] if comment is not None else []
    behind = lines[at - 1].partition(stem)[2]
    return " ".join(filter(None, (*reversed(above), mark, *re.findall(r"(?:#|//).*", behind))))


def _owns(definition: Definition, test: Definition, mark: str) -> bool:
    """Tell whether *definition* is the test or what is around it, and has its mark."""
    around = definition.names
    within = definition.first_line <= test.line <= definition.last_line
    marked = mark in {definition.fails, definition.disabled}
    return within and marked and test.names[: len(around)] == around
