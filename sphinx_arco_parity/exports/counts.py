"""Numbers that several formats show: findings by severity, rows, evidence, the closing line.

All mappings have every known key, so that a reader need not guess which are absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import STATUSES, VERDICTS, ParityException, ParityRow, Verdict
from sphinx_arco_parity.model.results import RESULTS

#: The severities of findings, gravest first.
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)

#: The key of what has no known status or type.
UNKNOWN = "unknown"


def count(known: Iterable[str], seen: Iterable[str | None]) -> dict[str, int]:
    """Count *seen* by the *known* words; ``unknown`` has a key only if it occurs."""
    counts = Counter(seen)
    result = {word: counts.pop(word, 0) for word in dict.fromkeys(known)}
    rest = counts.total()
    if rest:
        result[UNKNOWN] = result.get(UNKNOWN, 0) + rest
    return result


def findings_by_severity(findings: Sequence[Finding]) -> dict[str, int]:
    """Count *findings* as error, warning and info."""
    return count([severity.value for severity in SEVERITIES], [f.severity for f in findings])


def rows_by_status(assessment: Assessment) -> dict[str, int]:
    """Count rows by the five statuses."""
    register = assessment.register
    return count(STATUSES, [register.status(row) for row in register.rows])


def exceptions_by_type(assessment: Assessment) -> dict[str, int]:
    """Count exceptions by the configured types."""
    settings = assessment.register.settings
    types = [
        settings.exception_type(exception.type) for exception in assessment.register.exceptions
    ]
    return count(settings.exception_types, types)


def evidence_by_verdict(assessment: Assessment) -> dict[str, int]:
    """Count pieces of evidence by verdict."""
    return count(VERDICTS, [verdict.name for verdict in _verdicts(assessment)])


def _verdicts(assessment: Assessment) -> list[Verdict]:
    register, proofs = assessment.register, Proofs(assessment)
    declared = (*register.exceptions, *register.rows)
    return [verdict for record in declared for _, verdict in proofs.of(record)]


def results(assessment: Assessment) -> dict[str, int]:
    """Count what was reported of cited tests; empty where no results were read."""
    if assessment.results is None:
        return {}
    return count(RESULTS, [v.result for v in _verdicts(assessment) if v.result])


def unread(assessment: Assessment) -> int:
    """Return how many texts seem to be evidence and were not understood."""
    register, proofs = assessment.register, Proofs(assessment)
    declared: list[ParityException | ParityRow] = [*register.exceptions, *register.rows]
    return sum(len(proofs.unread(declaration)) for declaration in declared)


def disputed(assessment: Assessment) -> int:
    """Return how many rows have a finding of level error."""
    return sum(map(Proofs(assessment).is_disputed, assessment.register.rows))


def tables(assessment: Assessment) -> dict[str, int]:
    """Return how many tables of the pages of ``parity_tables`` were read, of how many."""
    documents = assessment.register.documents
    read = sum(len(page.tables) for page in documents)
    left = sum(p.rule == "table-not-read" for page in documents for p in page.problems)
    return {"read": read, "found": read + left}


def closing_line(findings: Sequence[Finding]) -> str:
    """Return the last line of a report; empty with neither errors nor warnings."""
    counts = findings_by_severity(findings)
    errors, warnings = counts["error"], counts["warning"]
    if not errors and not warnings:
        return ""
    files = {f.place.path for f in findings if f.severity in SEVERITIES[:2]}
    return f"sphinx-arco-parity: {errors} error(s), {warnings} warning(s) in {len(files)} file(s)"


def plural(number: int, noun: str) -> str:
    """Return ``1 row`` or ``2 rows``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
