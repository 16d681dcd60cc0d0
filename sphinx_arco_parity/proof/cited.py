"""A test as a declaration cites it, with what it means; shared by both halves.

Made by :class:`sphinx_arco_parity.proof.Prover`, read by :mod:`.ci`, which asks whether a
quoted command selects the test.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.repository.source import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTest:
    """A piece of evidence of kind ``test``."""

    evidence: Evidence
    """As written; its path may be a folder or a glob, its symbol may be missing."""
    definition: Definition | None = None
    """The test that is meant, if exactly one is, or the one at the cited line."""
