"""Results beside verdicts: what was reported of each cited test, and whether it still holds.

A result creates no evidence and changes no verdict.  Used by :mod:`.assess`, and by the
command line for what it asks reports for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.model.results import Results, outcome_of
from sphinx_arco_parity.results.changes import Changes
from sphinx_arco_parity.rules.context import Proven


def wanted_tests(proofs: Iterable[Proven], marks: Iterable[Mark]) -> Iterator[tuple[str, str]]:
    """Yield file and name of each test that is cited, or marked; no name: all of the file."""
    for proven in proofs:
        for piece, verdict in proven.judged():
            if _is_cited(piece, verdict):
                yield piece.path.removeprefix("./"), verdict.test
    for mark in marks:
        if mark.path and mark.name:
            yield mark.path, mark.name


def _is_cited(piece: Evidence, verdict: Verdict) -> bool:
    """Tell whether *piece* cites a test, or a file of tests, that is there."""
    if piece.kind != "test" or not piece.path:
        return False
    if piece.symbol is None:
        return piece.line is None and verdict.rule == "test-not-named"
    return bool(verdict.test)


def with_results(
    proofs: Sequence[Proven], results: Results, changes: Changes
) -> tuple[Proven, ...]:
    """Return *proofs* with what *results* say of each cited test."""
    found = []
    for proven in proofs:
        changed = changes.since(piece.path for piece in proven.evidence if piece.path)
        said = (_said(*judged, results, changes, changed) for judged in proven.judged())
        found.append(replace(proven, verdicts=tuple(said)))
    return tuple(found)


def without_results(proofs: Sequence[Proven]) -> tuple[Proven, ...]:
    """Return *proofs* as they were before results were read."""
    return tuple(
        replace(p, verdicts=tuple(replace(v, result=None, result_detail="") for v in p.verdicts))
        for p in proofs
    )


def _said(
    piece: Evidence, verdict: Verdict, results: Results, changes: Changes, changed: str
) -> Verdict:
    found = results.tests.get((piece.path.removeprefix("./"), verdict.test))
    if found is None or not _is_cited(piece, verdict):
        return verdict
    reported, detail = found
    outcome = outcome_of(reported, verdict.mark)
    said = f"{_WORDS.get(outcome, outcome)}{changes.at}"
    said = f"{said}: {detail}" if detail else said
    if changed:
        return replace(verdict, result="stale", result_detail=f"{said}; {changed}")
    return replace(verdict, result=outcome, result_detail=said)


_WORDS = {
    "expected-failure": "failed as expected",
    "unexpected-pass": "passed against its mark",
    "not-run": "did not run",
}
