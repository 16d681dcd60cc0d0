"""Which verdicts belong to which declaration: evidence as it was judged.

Read by the exports and pictures that show evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import (
    Declaration,
    Evidence,
    ParityException,
    ParityRow,
    Verdict,
)

_UNJUDGED = Verdict(name="unknown")


class Proofs:
    """The judged evidence of each declaration."""

    def __init__(self, assessment: Assessment) -> None:
        self._known = {_key(proof.declaration): proof for proof in assessment.proofs}
        self._marks: dict[str, list[Mark]] = {}
        for mark in assessment.marks:
            for target in mark.exceptions:
                self._marks.setdefault(target, []).append(mark)
        self._disputed = {
            (finding.docname, finding.anchor, finding.item)
            for finding in assessment.findings
            if finding.severity is Severity.ERROR
        }

    def of(self, declared: Declaration) -> list[tuple[Evidence, Verdict]]:
        """Return the evidence of *declared* as written, with its verdicts.

        Evidence that nobody has judged is ``unknown``, never verified.
        """
        proven = self._known.get(_key(declared))
        if proven is not None:
            return proven.judged()
        own: Sequence[Evidence] = ()
        if isinstance(declared, (ParityException, ParityRow)):
            own = declared.evidence
        return [(evidence, _UNJUDGED) for evidence in own]

    def unread(self, declared: ParityException | ParityRow) -> Sequence[Evidence]:
        """Return what *declared* seems to cite and was not understood."""
        proven = self._known.get(_key(declared))
        return proven.unread if proven is not None else declared.unread

    def marks(self, exception: str) -> Sequence[Mark]:
        """Return the marks of tests whose reason names *exception*."""
        return self._marks.get(exception, ())

    def is_disputed(self, declared: Declaration) -> bool:
        """Tell whether *declared* has a finding of level error."""
        return (declared.docname, declared.anchor, declared.id) in self._disputed


def _key(declared: Declaration) -> tuple[object, ...]:
    # Two declarations may share an id, and two of one table a line.
    return (type(declared), declared.place, declared.docname, declared.anchor, declared.id)
