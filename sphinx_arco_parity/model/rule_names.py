"""Every rule's name, default severity and sentence, in the order of the reports.

The functions that look for them are in :mod:`sphinx_arco_parity.rules`; their pages are
``rules/pages/<name>.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.model.findings import Severity

_ERROR, _WARNING, _INFO, _OFF = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check."""

    name: str
    severity: Severity
    """By default."""
    sentence: str
    """When it is reported; a plain sentence without its full stop."""
    evidence: bool = False
    """Graded by the row's status: error becomes warning for ``Partial``, and info for
    ``Designed``, ``Planned`` and ``Exception``."""


RULES: tuple[Rule, ...] = (
    Rule("configuration", _ERROR, "a configuration value or a file that it names cannot be used"),
    Rule("unreadable-file", _ERROR, "a data file, a workflow or the repository cannot be read"),
    Rule("malformed-declaration", _ERROR, "a parity directive or role is misspelt or malformed"),
    Rule("claim-without-exception", _ERROR, "a claim cites no declared exception"),
    Rule("unknown-exception", _ERROR, "a role, row, claim or option cites an exception that is not declared"),
    Rule("prose-claim", _WARNING, "an unmarked parity claim cites no exception"),
    Rule("duplicate-id", _ERROR, "two declarations share an id"),
    Rule("exception-incomplete", _ERROR, "a required field of an exception is missing"),
    Rule("exception-type", _ERROR, "the type of an exception is not a configured one"),
    Rule("exception-uncited", _INFO, "no row and no claim cites the exception"),
    Rule("row-incomplete", _ERROR, "a required field of a row is missing"),
    Rule("row-status", _ERROR, "the status of a row is not a configured one"),
    Rule("row-proof-level", _ERROR, "the proof level of a row is not a configured one"),
    Rule("row-without-evidence", _ERROR, "the status requires a kind of evidence and the row has none"),
    Rule("row-cites-exception", _ERROR, "an `Implemented` row cites an exception"),
    Rule("row-without-exception", _ERROR, "an `Exception` row cites no declared exception"),
    Rule("row-proof-too-low", _INFO, "the cited tests are unit tests and the row requires more"),
    Rule("table-not-recognised", _WARNING, "a pattern of `parity_tables` matches no page, or no page that it matches has a table with the needed columns"),
    Rule("table-not-read", _INFO, "a table on a page that `parity_tables` names is not read"),
    Rule("evidence-unread", _INFO, "a cell or option of evidence holds something that looks like a reference and was not understood", evidence=True),
    Rule("evidence-short-path", _INFO, "the path is only the ending of the one tracked path that it means"),
    Rule("unknown-row", _ERROR, "a role or a claim names a row that is not declared"),
    Rule("unknown-adr", _ERROR, "no ADR has the number that is cited"),
    Rule("duplicate-adr", _ERROR, "two files of ADRs have the same number"),
    Rule("adr-not-in-force", _WARNING, "a declaration cites a superseded, deprecated or rejected ADR"),
    Rule("adr-only-proposed", _WARNING, "an `Implemented` row or an exception rests on a proposed ADR"),
    Rule("adr-index-differs", _WARNING, "the status of an ADR differs from that in the index of its folder"),
    Rule("evidence-not-canonical", _ERROR, "the path matches no glob of the policy for its kind", evidence=True),
    Rule("evidence-background", _ERROR, "the path is background material, which is not proof", evidence=True),
    Rule("evidence-not-found", _ERROR, "no tracked file or directory has that path", evidence=True),
    Rule("evidence-moved", _WARNING, "the symbol is not at the cited line", evidence=True),
    Rule("evidence-gone", _ERROR, "the cited line is past the end of the file, or the cited symbol is not in the file", evidence=True),
    Rule("test-not-found", _ERROR, "no test of that name is in the cited file", evidence=True),
    Rule("test-disabled", _ERROR, "the test is ignored or skipped unconditionally", evidence=True),
    Rule("test-expected-to-fail", _ERROR, "the repository itself marks the test as expected to fail", evidence=True),
    Rule("test-failed", _ERROR, "a cited test failed when it ran", evidence=True),
    Rule("test-not-run", _WARNING, "the results have other tests of the file or the runner, and not the cited one", evidence=True),
    Rule("result-stale", _WARNING, "the results are of another commit, and what the declaration cites has changed since", evidence=True),
    Rule("row-without-result", _ERROR, "the status demands a test that has passed, and no cited test of the row has"),
    Rule("exception-stale", _ERROR, "a test that an exception excuses, or that is expected to fail, has passed"),
    Rule("difference-undeclared", _OFF, "a test is expected to fail, and what says so names no declared exception"),
    Rule("test-not-named", _INFO, "a test file is cited without the name of a test", evidence=True),
    Rule("ci-job-not-found", _ERROR, "the workflow has no such job", evidence=True),
    Rule("ci-command-not-found", _ERROR, "the job has no step that runs the quoted command", evidence=True),
    Rule("ci-command-misses-test", _ERROR, "the quoted command is in CI but does not select the cited test", evidence=True),
    Rule("ci-not-gating", _WARNING, "the job does not run for a pull request, or may fail without failing it", evidence=True),
    Rule("revisit-due", _ERROR, "the milestone of the revisit trigger is reached and the exception has not been decided again"),
    Rule("review-due", _ERROR, "a status, a row, an exception or the milestone has changed since the exceptions were last reviewed"),
    Rule("unknown-milestone", _ERROR, "a revisit trigger names a milestone that is not among the configured ones"),
    Rule("permanent-with-milestone", _WARNING, "a permanent exception has a milestone for its trigger"),
    Rule("below-minimum", _ERROR, "a share is less than `parity_minimum` demands"),
    Rule("ignore-unused", _WARNING, "an entry of `parity_ignore` matches no finding"),
    Rule("baseline-outdated", _WARNING, "a finding of the baseline is gone and can be removed from it"),
)  # fmt: skip

RULES_BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}

RULE_NAMES: tuple[str, ...] = tuple(RULES_BY_NAME)
