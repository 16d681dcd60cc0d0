"""Judges the CI evidence of one declaration, together with the tests that it cites.

Called by :class:`sphinx_arco_parity.proof.Prover`.  First each piece is looked up by
itself (:mod:`.ci_lookup`); then each test is held against the commands that are there
(:mod:`.ci_tests`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.proof.ci_lookup import Lookup, look_up
from sphinx_arco_parity.proof.ci_tests import misses
from sphinx_arco_parity.proof.ci_workflows import Workflows
from sphinx_arco_parity.repository.selection import asks_for_ignored
from sphinx_arco_parity.repository.workflows.matching import quoted_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.model.records import Evidence, Verdict
    from sphinx_arco_parity.proof.cited import CitedTest
    from sphinx_arco_parity.repository.files import Repository


class CiJudge:
    """What is known of the CI of one repository."""

    def __init__(self, repository: Repository) -> None:
        self._workflows = Workflows(repository)
        self._looked_up: dict[tuple[object, ...], Lookup] = {}

    def judge(self, commands: Sequence[Evidence], tests: Sequence[CitedTest]) -> list[Verdict]:
        """Return a verdict for each of *commands*, the CI evidence of one declaration.

        *tests* are the tests that the same declaration cites.  A test that none of the
        commands selects is one finding, at the command that comes nearest: one that
        would select it as quoted, then one from whose tests an option takes it away,
        then one that is about its package, then the first.
        """
        found = [self._look_up(evidence) for evidence in commands]
        verdicts = [lookup.verdict for lookup in found]
        for index, verdict in misses(found, tests, self._workflows).items():
            verdicts[index] = verdict
        return verdicts

    def _look_up(self, evidence: Evidence) -> Lookup:
        """Look *evidence* up; the answer is shared by all that cite the same."""
        key = (
            evidence.path,
            evidence.line,
            evidence.end_line,
            evidence.symbol,
            evidence.job,
            evidence.command,
        )
        known = self._looked_up.get(key)
        if known is None:
            known = self._looked_up[key] = look_up(evidence, self._workflows)
        return known

    @staticmethod
    def asks_for_ignored(evidence: Evidence) -> bool:
        """Tell whether the quoted command asks for Rust's ignored tests."""
        return any(map(asks_for_ignored, quoted_commands(evidence.command or "")))
