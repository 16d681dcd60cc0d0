"""All rules, listed.

Each is a function that is given a :class:`.Context` and yields findings; its docstring
is the rule in one plain sentence.  Called by :mod:`sphinx_arco_parity.assessment.assess`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.rules import (
    adrs,
    citations,
    claims,
    evidence,
    fields,
    reading,
    results,
    review,
    rows,
    tables,
)
from sphinx_arco_parity.rules.context import Context

RuleFunction = Callable[[Context], Iterator[Finding]]

#: Every rule, in the order of :data:`sphinx_arco_parity.model.rule_names.RULES`.
ALL_RULES: tuple[RuleFunction, ...] = (
    reading.problems_of_reading, tables.view_asks_for_no_column, citations.inventory_not_loaded,
    claims.claim_without_exception, citations.unknown_exception,
    results.unknown_exception_of_a_mark, results.list_not_read, claims.prose_claim,
    fields.duplicate_id, fields.exception_incomplete, fields.exception_type,
    citations.exception_uncited, fields.row_incomplete, rows.row_status, fields.row_proof_level,
    rows.row_without_evidence, rows.row_cites_exception, rows.row_without_exception,
    rows.row_proof_too_low, tables.table_not_recognised, citations.unknown_row,
    adrs.unknown_adr, adrs.duplicate_adr, adrs.adr_not_in_force, adrs.adr_only_proposed,
    adrs.adr_index_differs, evidence.evidence_that_fails, evidence.evidence_unread,
    results.test_failed, results.test_not_run, results.result_stale, results.row_without_result,
    results.exception_stale, results.difference_undeclared,
    review.revisit_due, review.review_due, review.unknown_milestone,
    review.permanent_with_milestone,
)  # fmt: skip

#: Rules that say something only where a repository has been read.
REPOSITORY_RULES: frozenset[RuleFunction] = frozenset({adrs.unknown_adr})
