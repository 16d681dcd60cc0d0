"""Rules on tests: what runners reported of them, and what their marks say of exceptions.

Listed in :data:`sphinx_arco_parity.rules.ALL_RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Evidence, ParityException, ParityRow, Place, Verdict
from sphinx_arco_parity.model.results import outcome_of
from sphinx_arco_parity.rules.citations import why_unknown
from sphinx_arco_parity.rules.context import Context, Proven


def test_failed(context: Context) -> Iterator[Finding]:
    """A cited test failed when it ran."""
    yield from _said(
        context, "test-failed", "failed", "make it pass, or give the row the status that holds"
    )


def test_not_run(context: Context) -> Iterator[Finding]:
    """The results have other tests of the file or the runner, and not the cited one."""
    yield from _said(
        context,
        "test-not-run",
        "not-run",
        "run it where the results are made, or cite a test that runs",
    )


def result_stale(context: Context) -> Iterator[Finding]:
    """The results are of another commit, and what the declaration cites has changed since."""
    for proven in context.proofs:
        found = next(((p, v) for p, v in proven.judged() if v.result == "stale"), None)
        if found is not None:
            help_text = "run the tests again, and `arco-parity results` with what they report"
            yield _finding(context, "result-stale", proven, *found, help_text)


def row_without_result(context: Context) -> Iterator[Finding]:
    """The status demands a test that has passed, and no cited test of the row has."""
    demanded = {context.settings.status(s) for s in context.settings.required_results}
    for proven in context.proofs if context.results is not None else ():
        row = proven.declaration
        if (
            not isinstance(row, ParityRow)
            or (status := context.register.status(row)) not in demanded
        ):
            continue
        tests = [(p, v) for p, v in proven.judged() if p.kind == "test"]
        if tests and not any(verdict.result == "passed" for _, verdict in tests):
            yield context.found(
                "row-without-result",
                row,
                f"its status is {status}, but no cited test has passed in the results",
                "run the cited tests, and `arco-parity results` with what they report",
                field="tests",
            )


def exception_stale(context: Context) -> Iterator[Finding]:
    """A test that an exception excuses, or that is expected to fail, has passed."""
    bound: set[tuple[str, str]] = set()
    for mark, exception in _gone(context):
        bound.add((mark.path, mark.name))
        yield context.found(
            "exception-stale",
            exception,
            f"excuses test {mark.test} ({mark.place.path}:{mark.place.line}), which has passed",
            "remove the mark if nothing differs any more, and decide the exception again",
        )
    for proven in context.proofs:
        for piece, verdict in proven.judged():
            test = piece.path.removeprefix("./"), verdict.test
            if verdict.result == "unexpected-pass" and test not in bound:
                help_text = "remove the mark, and decide again what the row says"
                yield _finding(context, "exception-stale", proven, piece, verdict, help_text)


def _gone(context: Context) -> Iterator[tuple[Mark, ParityException]]:
    """Yield marks whose tests have passed, with each declared exception that they name."""
    if context.results is None or context.changes is None:
        return
    for mark in context.marks:
        reported, _ = context.results.tests.get((mark.path, mark.name), ("", ""))
        passed = outcome_of(reported, mark.written) == "unexpected-pass"
        if passed and not context.changes.since([mark.path, mark.place.path]):
            declared = map(context.register.exceptions_by_id.get, mark.exceptions)
            yield from ((mark, exception) for exception in declared if exception is not None)


def _said(context: Context, rule: str, result: str, help_text: str) -> Iterator[Finding]:
    for proven in context.proofs:
        for piece, verdict in proven.judged():
            if verdict.result == result:
                yield _finding(context, rule, proven, piece, verdict, help_text)


def _finding(
    context: Context, rule: str, proven: Proven, piece: Evidence, verdict: Verdict, help_text: str
) -> Finding:
    declared = proven.declaration
    what = f"test `{piece.symbol}` in {piece.path}" if piece.symbol else f"{piece.path}"
    message = f"{what} {verdict.result_detail}"
    return context.found(rule, declared, message, help_text, evidence=piece)


def difference_undeclared(context: Context) -> Iterator[Finding]:
    """A test is expected to fail, and what says so names no declared exception."""
    bound: dict[str, list[Mark]] = {}
    for mark in context.marks:
        if any(map(context.register.is_declared, mark.exceptions)):
            bound.setdefault(mark.path, []).append(mark)
    for mark in context.marks:
        excused = mark in bound.get(mark.path, ()) or any(
            other.covers(mark.path, mark.name) for other in bound.get(mark.path, ())
        )
        if mark.verdict == "expected-failure" and not excused:
            yield context.found_at(
                "difference-undeclared",
                mark.place,
                mark.test,
                f"test {mark.test}: is expected to fail, but names no declared exception",
                "name the exception that excuses it in the reason or in a comment above",
            )


def unknown_exception_of_a_mark(context: Context) -> Iterator[Finding]:
    """What marks a test names an exception that nobody declares."""
    known: dict[str, tuple[str, str]] = {}
    for mark in context.marks:
        for target in mark.exceptions:
            if context.register.is_declared(target):
                continue
            if target not in known:
                known[target] = why_unknown(context, target)
            wrong, help_text = known[target]
            message = f"test {mark.test}: its mark names `{target}`, {wrong}"
            yield context.found_at("unknown-exception", mark.place, mark.test, message, help_text)


def list_not_read(context: Context) -> Iterator[Finding]:
    """A list of expected failures cannot be read."""
    for wrong in context.unread_lists:
        place = Place(path=wrong.path, line=wrong.line)
        message = f"{wrong.path}: {wrong.reason}"
        help_text = "correct it; until then no test of it counts as expected to fail"
        yield context.found_at("unreadable-file", place, wrong.path, message, help_text)
