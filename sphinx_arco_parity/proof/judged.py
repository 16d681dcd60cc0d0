"""What became of one piece of evidence, and a cited test with what it means.

Made by :class:`sphinx_arco_parity.proof.Prover` and what it asks; :mod:`.ci` holds quoted
commands against the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.repository.source import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and what the symbol of a test means."""

    verdict: Verdict
    path: str = ""
    """As git writes it."""
    meant: Definition | None = None
    """The test, if exactly one is meant, or the one at the cited line."""
    past_the_end: bool = False
    ignored: bool = False
    """It never runs because of Rust's ``#[ignore]``: a command may ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTest:
    """A piece of evidence of kind ``test``."""

    evidence: Evidence
    """As written; its path may be a folder or a glob, its symbol may be missing."""
    definition: Definition | None = None
    """The test that is meant, if exactly one is, or the one at the cited line."""
