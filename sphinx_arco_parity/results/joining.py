"""What reports say of the tests that are wanted: those that are cited, or marked."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sphinx_arco_parity.model.results import OUTCOMES, Results
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.results.matching import SCRIPTS, Matching, key_of, tests_in
from sphinx_arco_parity.results.reports import Case

_Said = list[tuple[str, Case]]


def join(
    cases: Iterable[Case],
    wanted: Iterable[tuple[str, str]],
    repository: Repository,
    commit: str | None = None,
) -> Results:
    """Return what *cases* say of *wanted*, each a file and a name as :attr:`.Mark.name`."""
    joined = _Joined(cases, repository)
    found = ((test, joined.result(*test)) for test in dict.fromkeys(wanted))
    tests = {test: result for test, result in found if result is not None}
    return Results(commit=commit, unmatched=joined.unmatched, tests=tests)


class _Joined:
    """Reported cases by file and name."""

    def __init__(self, cases: Iterable[Case], repository: Repository) -> None:
        self._repository = repository
        self._files: dict[str, dict[str, _Said]] = defaultdict(lambda: defaultdict(list))
        self._in_doubt: set[str] = set()
        self.unmatched = 0
        for case, place in Matching(repository).locate(cases):
            if place is None:
                self.unmatched += 1
                self._in_doubt.update(key_of("", case.name).split()[-1:])
            else:
                self._files[place.path][place.key].append((place.parameters, case))
        self._kinds = {posixpath.splitext(path)[1] for path in self._files}

    def result(self, path: str, name: str) -> tuple[str, str] | None:
        """Return the worst that is said of a test, or that it did not run, if that is sure."""
        bare, _, parameters = name.partition("[")
        key, reported = key_of(path, bare), self._files.get(path, {})
        known = tests_in(path, self._repository)
        tests = Counter(known) if known is not None else None
        if tests is not None and tests[key] > 1 and not path.endswith(".py"):
            return None  # titles that are the same when joined
        said: _Said = list(reported.get(key, ()))
        # A suite or class of tests, or all of the file.
        many = not bare or (not said and tests is not None and not tests[key])
        if many:
            within = f"{key} " if key else ""
            said = [s for other in reported if other.startswith(within) for s in reported[other]]
        if parameters:
            given = parameters.removesuffix("]")
            # pytest escapes what is not ASCII.
            spelt = {given, given.encode("unicode_escape").decode("ascii")}
            said = [s for s in said if s[0] in spelt]
        if said:
            return _worst([case for _, case in said], _OF_MANY if many else OUTCOMES)
        return self._not_run(path, key, tests) if not parameters else None

    def _not_run(self, path: str, key: str, tests: Counter[str] | None) -> tuple[str, str] | None:
        """Say so only where every case of the file is known, and none may be the test."""
        if tests is None or not (tests[key] if key else tests):
            return None
        names = {key} if key else set(tests)
        if any(name.rpartition(" ")[2] in self._in_doubt for name in names):
            return None
        if path.endswith(SCRIPTS) and any(re.search(r"[%$]", name) for name in names):
            return None  # `each %i` is reported with what stands for it
        if path in self._files:
            # Go's cases are made while they run.
            own = tuple(f"{test} " for test in tests) if path.endswith(".go") else ()
            known = all(tests[other] or other.startswith(own) for other in self._files[path])
            return ("not-run", f"other tests of {path} ran") if known else None
        kind = posixpath.splitext(path)[1]
        return ("not-run", f"no test of {path} ran") if kind in self._kinds else None


#: Of many tests that are cited together those count that ran.
_OF_MANY = ("failed", "unexpected-pass", "passed", "expected-failure", "skipped")


def _worst(cases: Sequence[Case], order: Sequence[str]) -> tuple[str, str]:
    counts = Counter(case.outcome for case in cases)
    worst = next(outcome for outcome in order if counts[outcome])
    detail = next((case.detail for case in cases if case.outcome == worst and case.detail), "")
    if len(cases) > 1:
        several = ", ".join(f"{counts[o]} {o}" for o in reversed(OUTCOMES) if counts[o])
        detail = f"{several}: {detail}" if detail else several
    return worst, detail
