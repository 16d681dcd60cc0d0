"""Reads the reports of test runners: JUnit XML in its dialects, and CTRF JSON.

A report comes from elsewhere: what it declares beside elements is refused, and size, depth and
number are bounded.  Which test a case is, is found by :mod:`.matching`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

#: Bytes of one report, and elements around another.
_MOST, _DEEPEST = 100 * 1024 * 1024, 100
#: Characters of a name or a message that are kept.
_LONGEST = 2000
_FAILED = frozenset({"failure", "error"})
_EXPECTED = re.compile(r"pytest\.xfail|XFAIL\b|expected failure", re.IGNORECASE)
_UNEXPECTED = re.compile(
    r"\[XPASS\(strict\)\]|Unexpected ?success|Failing test passed|Expect test to fail",
    re.IGNORECASE,
)
_NOT_RUN = frozenset({"notrun", "disabled"})
#: What CTRF calls it.
_STATUSES = {"passed": "passed", "failed": "failed", "skipped": "skipped", "pending": "skipped"}


class ReportError(Exception):
    """A report that cannot be used; the text says why, after the file's name.

    :param line: from 1.
    """

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test as a runner reported it."""

    name: str
    outcome: str
    """``passed``, ``failed``, ``skipped``, ``expected-failure`` or ``unexpected-pass``."""
    classname: str = ""
    file: str = ""
    suites: tuple[str, ...] = ()
    """The names of the suites around it, outermost first."""
    runner: str = ""
    """The name of the whole report."""
    status: str = ""
    """What GoogleTest and CTest say of every case."""
    detail: str = ""
    """The first line of what it said."""
    report: str = ""
    """The file that reports it, and which of its suites."""


def read_report(path: Path) -> list[Case]:
    """Return the cases of the report at *path*.

    :raises ReportError: if it cannot be read, or is none.
    """
    try:
        size = path.stat().st_size
        if size > _MOST:
            raise ReportError(f"is larger than {_MOST // 1024 // 1024} MiB")
        return list(parse_report(path.read_bytes(), path.as_posix()))
    except OSError as error:
        raise ReportError(f"cannot be read: {error.strerror or error}") from None


def parse_report(raw: bytes, name: str = "") -> Iterator[Case]:
    """Yield the cases of a report's bytes; *name* tells its cases from those of others.

    :raises ReportError: if it is none.
    """
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _ctrf(raw, name)
    reader = _Reader(name)
    reader.read(raw)
    return iter(reader.cases)


class _Reader:
    """Takes the events of one document of JUnit XML."""

    def __init__(self, name: str) -> None:
        self.cases: list[Case] = []
        self._name = name
        self._open: list[tuple[str, Mapping[str, str]]] = []
        self._suite = 0
        self._said: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._parser = expat.ParserCreate()

    def read(self, raw: bytes) -> None:
        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(raw, True)
        except expat.ExpatError as error:
            reason = f"is no XML: {expat.ErrorString(error.code)}"
            raise ReportError(reason, max(error.lineno, 1)) from None
        except (LookupError, ValueError, UnicodeError):  # of its encoding
            raise ReportError("is in an encoding that is not known") from None

    def _refuse(self, *_what: object) -> None:
        line = self._parser.CurrentLineNumber
        raise ReportError("has a document type or entities, which no report needs", line)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        line = self._parser.CurrentLineNumber
        if not self._open and tag not in {"testsuites", "testsuite"}:
            raise ReportError(f"is no report of tests: it begins with `{tag[:40]}`", line)
        if len(self._open) >= _DEEPEST:
            raise ReportError("is nested too deeply", line)
        if tag == "testsuite" and not any(name == tag for name, _ in self._open):
            self._suite += 1
        if tag == "testcase":
            self._said = []
        self._text = []
        self._open.append((tag, attributes))

    def _characters(self, text: str) -> None:
        if self._open[-1][0] in _FAILED | {"skipped"} and len(self._text) < 20:
            self._text.append(text[:_LONGEST])

    def _end(self, _tag: str) -> None:
        tag, attributes = self._open.pop()
        if tag in _FAILED or tag == "skipped":
            said = (attributes.get("type", ""), attributes.get("message", ""), *self._text)
            self._said.append((tag, "\n".join(filter(None, map(str.strip, said[1:]))) or said[0]))
            if tag == "skipped" and _EXPECTED.match(said[0] or said[1]):
                self._said[-1] = ("expected", said[1])
        elif tag == "testcase":
            self.cases.append(self._case(attributes))

    def _case(self, given: Mapping[str, str]) -> Case:
        suites = [suite for tag, suite in self._open if tag == "testsuite"]
        names = [suite.get("name", "")[:_LONGEST] for suite in suites]
        root, top = self._open[0]
        files = [given.get("file", ""), *(suite.get("file", "") for suite in reversed(suites))]
        outcome, detail = self._outcome(given)
        return Case(
            name=given.get("name", "")[:_LONGEST],
            outcome=outcome,
            classname=given.get("classname", "")[:_LONGEST],
            file=next(filter(None, files), "")[:_LONGEST],
            suites=tuple(filter(None, names)),
            runner=top.get("name", "") if root == "testsuites" else "",
            status=given.get("status", "")[:20],
            detail=_first_line(detail),
            report=f"{self._name}#{self._suite}",
        )

    def _outcome(self, given: Mapping[str, str]) -> tuple[str, str]:
        for kind, text in self._said:
            if kind in _FAILED:
                return ("unexpected-pass" if _UNEXPECTED.search(text) else "failed"), text
        for kind, text in self._said:
            return ("expected-failure" if kind == "expected" else "skipped"), text
        off = given.get("status") in _NOT_RUN or given.get("result") in {"suppressed", "skipped"}
        return ("skipped" if off else "passed"), ""


def _first_line(text: str) -> str:
    return " ".join((text.strip().splitlines() or [""])[0].split())[:200]


def _ctrf(raw: bytes, name: str) -> Iterator[Case]:
    try:
        document: Any = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ReportError(f"is no JSON: {error.msg}", error.lineno) from None
    except (ValueError, RecursionError):
        raise ReportError("is no JSON that can be read") from None
    results = document.get("results")
    tests = results.get("tests") if isinstance(results, dict) else None
    if not isinstance(tests, list):
        raise ReportError("is no report of tests: it has no `results.tests`, as CTRF has")
    return (_ctrf_case(test, name) for test in tests if isinstance(test, dict))


def _ctrf_case(test: Mapping[str, Any], report: str) -> Case:
    suite = test.get("suite")
    suites = suite if isinstance(suite, list) else str(suite or "").split(" > ")
    return Case(
        name=str(test.get("name") or "")[:_LONGEST],
        # What is neither is a failure to those who count it so; here nobody knows.
        outcome=_STATUSES.get(str(test.get("status")), "skipped"),
        file=str(test.get("filePath") or "")[:_LONGEST],
        suites=tuple(str(each)[:_LONGEST] for each in suites if each),
        detail=_first_line(str(test.get("message") or "")),
        report=f"{report}#",
    )
