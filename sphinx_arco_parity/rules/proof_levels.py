"""The rule on the level of proof.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import ParityRow
from sphinx_arco_parity.rules.context import Context, Proven
from sphinx_arco_parity.rules.messages import label_of, listed


def row_proof_too_low(context: Context) -> Iterator[Finding]:
    """The cited tests are unit tests and the row demands more."""
    levels = list(context.settings.proof_levels)
    for proven in context.proofs:
        row = proven.declaration
        if not isinstance(row, ParityRow):
            continue
        level = context.settings.proof_level(row.proof_level)
        if level is None or level == levels[0]:
            continue
        paths = cited_tests(proven)
        if not paths or not proven.unit_tests.issuperset(paths):
            continue
        yield context.found(
            "row-proof-too-low",
            row,
            f"{label_of(row)}: demands proof of level {level}, but cites only unit tests, "
            f"in {listed(paths)}",
            f"cite a test of level {level} as well, or lower the proof level",
            field="tests",
        )


def cited_tests(proven: Proven) -> list[str]:
    """Return the paths, without repeats, of the cited tests that are there."""
    pairs = zip(proven.evidence, proven.verdicts, strict=True)
    paths = (
        evidence.path
        for evidence, verdict in pairs
        if evidence.kind == "test" and verdict.name not in {"not-found", "gone"}
    )
    return list(dict.fromkeys(paths))
