"""Judges the CI evidence of one declaration, together with the tests that it cites.

Called by :class:`sphinx_arco_parity.proof.Prover`.  First each piece is looked up by
itself (:mod:`.ci_lookup`); then each test is held against the commands that are there
(:mod:`.ci_tests`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof.ci_lookup import Lookup, look_up
from sphinx_arco_parity.proof.ci_messages import no_job, not_gating
from sphinx_arco_parity.proof.ci_tests import may_run, misses
from sphinx_arco_parity.proof.ci_workflows import Workflows
from sphinx_arco_parity.proof.judged import CitedTest
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import asks_for_ignored
from sphinx_arco_parity.repository.workflows import Workflow
from sphinx_arco_parity.repository.workflows.matching import quoted_commands

_KEY = attrgetter("path", "line", "end_line", "symbol", "job", "command")


class CiJudge:
    """What is known of the CI of one repository."""

    def __init__(self, repository: Repository) -> None:
        self._workflows = Workflows(repository)
        self._looked_up: dict[tuple[object, ...], Lookup] = {}

    def judge(
        self, commands: Sequence[Evidence], tests: Sequence[CitedTest], paths: Sequence[str] = ()
    ) -> list[Verdict]:
        """Return a verdict for each of *commands*, the CI evidence of one declaration.

        *tests* are the tests that the same declaration cites, *paths* those of its tests and
        code.  A test that none of the
        commands selects is one finding, at the command that comes nearest: one that
        would select it as quoted, then one from whose tests an option takes it away,
        then one that is about its package, then the first.
        """
        found = [self._look_up(evidence) for evidence in commands]
        verdicts = [lookup.verdict for lookup in found]
        for index, verdict in misses(found, tests, self._workflows).items():
            verdicts[index] = verdict
        for index, lookup in enumerate(found):
            if lookup.workflow is None:
                continue
            if lookup.verdict.rule == "ci-job-not-found":
                verdicts[index] = self._offer(lookup, lookup.workflow, tests)
            elif verdicts[index].name == "verified" and verdicts[index].rule is None:
                verdicts[index] = self._filtered(lookup, lookup.workflow, paths)
        return verdicts

    def _filtered(self, lookup: Lookup, workflow: Workflow, paths: Sequence[str]) -> Verdict:
        """Return the verdict of *lookup*, unless the workflow does not run for *paths*."""
        jobs = [job for job, _ in (*lookup.commands, *lookup.steps)]
        repository = self._workflows.repository
        files = [file for path in paths for file in repository.below(path)]
        if not jobs or not workflow.leaves_out(files):
            return lookup.verdict
        said = f"the workflow's path filters leave out {', '.join(dict.fromkeys(paths))}"
        return not_gating(lookup.verdict, lookup.evidence, workflow, jobs[0], said)

    def _offer(self, lookup: Lookup, workflow: Workflow, tests: Sequence[CitedTest]) -> Verdict:
        """Offer those jobs for one that is not there which leave nothing to find."""
        cited = lookup.evidence
        named = [
            (other, job)
            for other in self._workflows.readable()
            if other.path != workflow.path
            for job in other.jobs_called(cited.job or "")[0]
        ]
        right = [
            (other, job)
            for other, job in [*((workflow, job) for job in workflow.jobs), *named]
            if (there := self._look_up(replace(cited, path=other.path, job=job.id)))
            and there.verdict.rule in ({None} if other is workflow else {None, "ci-not-gating"})
            and may_run(there, tests, self._workflows)
        ]
        return no_job(cited, workflow, right)

    def _look_up(self, evidence: Evidence) -> Lookup:
        """Look *evidence* up; the answer is shared by all that cite the same."""
        key = _KEY(evidence)
        known = self._looked_up.get(key)
        if known is None:
            known = self._looked_up[key] = look_up(evidence, self._workflows)
        return known

    @staticmethod
    def asks_for_ignored(evidence: Evidence) -> bool:
        """Tell whether the quoted command asks for Rust's ignored tests."""
        return any(map(asks_for_ignored, quoted_commands(evidence.command or "")))
