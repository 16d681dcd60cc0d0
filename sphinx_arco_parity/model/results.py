"""What test runners said of the tests that are cited or marked, as values.

Made by :mod:`sphinx_arco_parity.results`, read by the assessment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

#: What a runner may say of a test, worst first.
OUTCOMES = ("failed", "unexpected-pass", "expected-failure", "skipped", "passed")

#: What is said of a cited test beside its verdict, in the order of counts.
RESULTS = (
    "passed", "failed", "skipped", "expected-failure", "unexpected-pass", "not-run", "stale",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The content of ``parity.results.json``."""

    commit: str | None = None
    """The full hash of the commit whose tests ran."""
    unmatched: int = 0
    """Reported tests of which it stayed in doubt which they are."""
    tests: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """File and name, as :attr:`.Mark.name`, to one of :data:`OUTCOMES` or ``not-run``, and
    what was said."""


#: The mark of a test that a list expects to fail.
LISTED = "listed"

#: Marks with which runners of JavaScript report a test that fails as passed.
_TURNED = re.compile(r"^\w+\.(?:fails|failing|fail)\b")


def outcome_of(reported: str, mark: str) -> str:
    """Return what *reported* means of a test with *mark*, as written; empty: it has none.

    Some runners report an expected failure, others an unexpected pass, as passed.
    """
    if not mark or reported not in {"passed", "failed"}:
        return reported
    turned = _TURNED.match(mark) is not None
    if reported == "passed":
        return "expected-failure" if turned else "unexpected-pass"
    if turned:
        return "unexpected-pass"
    return "expected-failure" if mark == LISTED else reported
