"""Judges the CI evidence of one declaration, together with the tests that it cites.

Called by :func:`sphinx_arco_parity.proof.prove`.  First each piece is looked up by
itself (:mod:`.ci_lookup`); then each test is held against the commands that are there
(:mod:`.ci_tests`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_arco_parity.proof.ci_lookup import Lookup, look_up
from sphinx_arco_parity.proof.ci_tests import misses
from sphinx_arco_parity.proof.ci_workflows import Workflows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.model.records import Evidence, Verdict
    from sphinx_arco_parity.proof.cited import CitedTest
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.settings.options import Settings


@lru_cache(maxsize=1)
def _opened(repository: Repository) -> Workflows:
    """Return what is known of the CI of *repository*, kept while it is the one in use."""
    return Workflows(repository)


def judge_commands(
    commands: Sequence[Evidence],
    tests: Sequence[CitedTest],
    repository: Repository,
    settings: Settings,
) -> list[Verdict]:
    """Return a verdict for each of *commands*, the CI evidence of one declaration.

    *tests* are the tests that the same declaration cites.  Nothing of *settings* is
    needed: whether a path is canonical was judged before.  A test that none of the
    commands selects is one finding, at the command that comes nearest: one that would
    select it as quoted, then one from whose tests an option takes it away, then one that
    is about its package, then the first.
    """
    del settings
    known = _opened(repository)
    found: list[Lookup] = [look_up(one, known) for one in commands]
    verdicts = [one.verdict for one in found]
    for index, verdict in misses(found, tests, known).items():
        verdicts[index] = verdict
    return verdicts
