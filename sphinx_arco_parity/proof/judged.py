"""What became of one piece of evidence."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.model.records import Verdict
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
