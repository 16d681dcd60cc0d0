"""What the repository said of the evidence, as findings.

The verdicts are made by :mod:`sphinx_arco_parity.proof`.  Listed in
:data:`.rules.ALL_RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from sphinx_arco_parity.model.fields import cell_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import Evidence, ParityRow, Place
from sphinx_arco_parity.rules.context import Context, Proven
from sphinx_arco_parity.rules.messages import listed, quoted
from sphinx_arco_parity.rules.rows import demanded_evidence
from sphinx_arco_parity.settings.options import POLICY_KINDS


def evidence_that_fails(context: Context) -> Iterator[Finding]:
    """A piece of evidence is not what, or not where, the declaration says."""
    unread: set[str] = set()
    for proven in context.proofs:
        said: set[tuple[str, str]] = set()
        for evidence, verdict in proven.judged():
            # Several symbols of one item share its file, and what is wrong with it.
            if verdict.rule is None or (verdict.rule, verdict.detail) in said:
                continue
            said.add((verdict.rule, verdict.detail))
            if verdict.rule != "unreadable-file":
                declared, rule = proven.declaration, verdict.rule
                found = context.found(
                    rule, declared, verdict.detail, verdict.help, evidence=evidence
                )
                yield replace(found, cause=verdict.cause, fix=verdict.fix)
            elif verdict.detail not in unread:
                unread.add(verdict.detail)
                # A workflow, however many cite it, is one finding: where it must be fixed.
                path = evidence.path.removeprefix("./")
                place = Place(path=path, line=verdict.found_line or 1)
                yield context.found_at("unreadable-file", place, path, verdict.detail, verdict.help)


def evidence_unread(context: Context) -> Iterator[Finding]:
    """A cell or option of evidence holds something that looks like a reference and was not understood."""
    for proven in context.proofs:
        for cell, pieces in groupby(proven.unread, lambda piece: (cell_of(piece), piece.column)):
            yield _unread(context, proven, cell[0], list(pieces))


def _unread(context: Context, proven: Proven, cell: str, pieces: list[Evidence]) -> Finding:
    declared = proven.declaration
    usual = None
    if isinstance(declared, ParityRow):
        status = context.register.status(declared)
        kinds = {piece.kind for piece in pieces}
        read = {POLICY_KINDS[piece.kind] for piece in proven.evidence}
        demanded = {*demanded_evidence(context.settings, status)} - read
        if (cell == "evidence" and demanded) or demanded & {POLICY_KINDS[kind] for kind in kinds}:
            usual = Severity.WARNING
    said = [quoted(piece.text) for piece in pieces[:5]]
    said += [f"{len(pieces) - 5} more"] if len(pieces) > 5 else []
    look = "looks" if len(pieces) == 1 else "look"
    return context.found(
        "evidence-unread",
        declared,
        f"{listed(said)} {look} like evidence, but could not be read",
        "name the file beside it: `path` (`name`); a path is written from the root of the "
        "repository",
        usual=usual,
        evidence=pieces[0],
    )
