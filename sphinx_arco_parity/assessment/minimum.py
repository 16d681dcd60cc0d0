"""``parity_minimum``: how much of the matrix must be implemented, verified, passed.

Counted when all else is found, as a row with an error is disputed.  Used by :mod:`.assess`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.rules.context import Context

_Counted = tuple[int, int]


def below_minimum(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a finding for each share that ``parity_minimum`` sets and that is not reached."""
    for name, least in context.settings.minimum.items():
        what, measure = _MEASURES[name]
        good, total = measure(context, findings)
        if 100 * good < least * total:
            yield context.found_at(
                "below-minimum",
                context.config_place("parity_minimum"),
                name,
                f"parity_minimum: {good} of {total} {what} ({100 * good / total:.1f} %) are {name}, "
                f"less than {least} %",
                "raise what has fallen, or lower the minimum",
            )


def _implemented(context: Context, findings: Sequence[Finding]) -> _Counted:
    wrong = {(f.docname, f.anchor, f.item) for f in findings if f.severity is Severity.ERROR}
    rows = context.register.rows
    good = (
        context.register.status(row) == "Implemented"
        and (row.docname, row.anchor, row.id) not in wrong
        for row in rows
    )
    return sum(good), len(rows)


def _verified(context: Context, _findings: Sequence[Finding]) -> _Counted:
    names = [verdict.name for proven in context.proofs for verdict in proven.verdicts]
    return names.count("verified"), len(names)


def _passed(context: Context, _findings: Sequence[Finding]) -> _Counted:
    """Of tests that are cited, where results were read."""
    results = [
        verdict.result
        for proven in context.proofs if context.results is not None
        for piece, verdict in proven.judged()
        if piece.kind == "test"
    ]  # fmt: skip
    return results.count("passed"), len(results)


#: Name to what is counted and how: how many there are of it, of how many.
_MEASURES: dict[str, tuple[str, Callable[[Context, Sequence[Finding]], _Counted]]] = {
    "verified": ("pieces of evidence", _verified),
    "implemented": ("rows", _implemented),
    "passed": ("cited tests", _passed),
}
