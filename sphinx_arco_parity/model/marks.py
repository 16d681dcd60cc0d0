"""What marks a test as one that fails, or that does not run.  Read by :mod:`sphinx_arco_parity.repository.marks`."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.model.results import LISTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What says of a test that it fails, or that it does not run, and why."""

    place: Place
    """Where that is said: at the test, or in a list."""
    path: str
    """The file of the test; empty if a list names none that is tracked."""
    name: str
    """Its name there with all that is around it, joined by ``::``, and its parameters in
    brackets; empty: every test of the file."""
    test: str
    """The test as people are told of it."""
    reason: str
    written: str = LISTED
    """The mark itself, where code has it."""
    verdict: str = "expected-failure"
    """Or ``disabled``."""
    exceptions: tuple[str, ...] = ()
    """What :attr:`reason` names in the shape of the declared ids."""

    def covers(self, path: str, name: str) -> bool:
        """Tell whether it holds for the test *name*, or for all of its parameters."""
        bare = name.partition("[")[0]
        within = not self.name or self.name in {name, bare} or bare.startswith(f"{self.name}::")
        return bool(path) and path == self.path and within
