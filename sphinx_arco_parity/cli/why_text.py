"""From a declaration down to each piece of its evidence, as a tree.

Used by ``arco-parity why``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.cli.tree_text import Branch
from sphinx_arco_parity.model.fields import EXCEPTIONS, TEXTS, ordered, text_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import (
    Citation,
    Declaration,
    Evidence,
    ParityClaim,
    ParityException,
    ParityRow,
    Verdict,
)
from sphinx_arco_parity.notation import print_evidence
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.rules.messages import label_of
from sphinx_arco_parity.text.words import is_empty, plain

_COLOURS = {"verified": "green", "moved": "yellow", "unknown": "cyan"}
_LEVELS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Chains:
    """Draws declarations of one assessment.

    :param shown_path: makes a path of the repository one from where the user stands.
    :param paint: gives a text a colour.
    """

    def __init__(
        self,
        assessment: Assessment,
        shown_path: Callable[[str], str],
        paint: Callable[[str, str], str],
    ) -> None:
        self._register = assessment.register
        self._proofs = Proofs(assessment)
        self._shown = shown_path
        self._paint = paint
        self._findings = assessment.findings
        self.findings: list[Finding] = []
        """What is wrong with whatever has been drawn."""

    def of(self, kind: str, declared: Declaration) -> Branch:
        """Return the tree of *declared*; *kind* is ``exception``, ``row`` or ``claim``."""
        root = Branch(self._headline(kind, declared), self._notes(declared))
        if isinstance(declared, ParityException):
            self._below_exception(root, declared, citing=True)
        elif isinstance(declared, ParityRow):
            self._below_row(root, declared)
        elif isinstance(declared, ParityClaim):
            self._below_claim(root, declared)
        return root

    def citing(self, path: str) -> Branch:
        """Return the tree of what cites the file, or what is below the folder, at *path*."""
        root = Branch(self._paint(self._shown(path), "bold"), [])
        register = self._register
        records: list[ParityException | ParityRow] = [*register.exceptions, *register.rows]
        for record in records:
            pieces = [
                (evidence, verdict)
                for evidence, verdict in self._proofs.of(record)
                if evidence.path == path or evidence.path.startswith(f"{path}/")
            ]
            adrs = [
                citation
                for citation in record.adrs
                if (adr := resolve_adr(citation.target, register.adrs)) and adr.path == path
            ]
            if pieces or adrs:
                kind = "row" if isinstance(record, ParityRow) else "exception"
                below = root.add(self._headline(kind, record), *self._wrong(record))
                for evidence, verdict in pieces:
                    below.add(self._piece(evidence, verdict), verdict.detail)
                self._adrs(below, adrs)
        for claim in register.claims:
            if path in claim.links:
                root.add(self._headline("claim", claim), *self._notes(claim))
        if not root.branches:
            root.add("nothing cites it")
        return root

    def _headline(self, kind: str, declaration: Declaration) -> str:
        words = [kind, self._paint(declaration.id, "bold")]
        if isinstance(declaration, ParityRow):
            status = self._register.status(declaration) or plain(declaration.status) or "no status"
            words += [plain(declaration.capability), f"[{status}]"]
        elif isinstance(declaration, ParityException):
            words += [plain(declaration.capability), f"[{plain(declaration.type) or 'no type'}]"]
        place = f"{self._shown(declaration.place.path)}:{declaration.place.line}"
        return " ".join([*filter(None, words), f"({place})"])

    def _notes(self, declaration: Declaration) -> list[str]:
        notes = []
        if isinstance(declaration, ParityClaim):
            notes.append(f"“{plain(declaration.text)}”")
        if isinstance(declaration, ParityException):
            said = [
                text_of(declaration, field)
                for field in ordered(EXCEPTIONS)
                if field.card and field.shape in TEXTS
            ]
            notes.append("; ".join(plain(text) for text in said if not is_empty(text)))
        return [*filter(None, notes), *self._wrong(declaration)]

    def _wrong(self, declaration: Declaration) -> list[str]:
        """Return what is wrong with *declaration* itself, a line for each finding."""
        named = f"{label_of(declaration)}:"
        found = [
            f
            for f in self._findings
            if f.message.startswith(named) and f.place.path == declaration.place.path
        ]
        self.findings += found
        # What is wrong with a piece of evidence is said where the piece hangs.
        details = tuple(verdict.detail for _, verdict in self._proofs.of(declaration))
        return [
            f"{self._paint(f'{f.severity}:', _LEVELS[f.severity])} {f.message} [parity.{f.rule}]"
            for f in found
            if not f.message.endswith(details or ("\0",))
        ]

    def _below_claim(self, branch: Branch, claim: ParityClaim) -> None:
        for identifier in self._register.cited_by_claim(claim):
            self._exception(branch, identifier)
        for cited in claim.rows:
            row = self._register.rows_by_id.get(cited.target)
            if row is None:
                branch.add(f"row {cited.target}: not declared")
                continue
            below = branch.add(self._headline("row", row), *self._notes(row))
            self._below_row(below, row)
        self._adrs(branch, claim.adrs)
        if not branch.branches:
            branch.add("nothing is cited")

    def _below_row(self, branch: Branch, row: ParityRow) -> None:
        self._evidence(branch, row)
        for identifier in self._register.cited_by_row(row):
            self._exception(branch, identifier)
        self._adrs(branch, row.adrs)
        if not branch.branches:
            branch.add("nothing is cited")

    def _exception(self, branch: Branch, identifier: str) -> None:
        exception = self._register.exceptions_by_id.get(identifier)
        if exception is None:
            declared = self._register.is_declared(identifier)
            said = "of another project" if declared else "not declared"
            branch.add(f"exception {identifier}: {said}")
            return
        below = branch.add(self._headline("exception", exception), *self._notes(exception))
        self._below_exception(below, exception, citing=False)

    def _below_exception(self, branch: Branch, exception: ParityException, *, citing: bool) -> None:
        self._evidence(branch, exception)
        self._adrs(branch, exception.adrs)
        for mark in self._proofs.marks(exception.id):
            place = f"{self._shown(mark.place.path)}:{mark.place.line}"
            branch.add(
                f"test {mark.test}: {self._paint(mark.verdict, 'red')} ({place})", mark.reason
            )
        cited = self._register.cited_by.get(exception.id) if citing else None
        if cited is not None:
            for row_id in cited.rows:
                row = self._register.rows_by_id[row_id]
                branch.add(f"cited by {self._headline('row', row)}")
            for claim_id in cited.claims:
                claim = self._register.claims_by_id[claim_id]
                branch.add(f"cited by {self._headline('claim', claim)}")
        if citing and not branch.branches:
            branch.add("no evidence, and nothing cites it")

    def _evidence(self, branch: Branch, declared: Declaration) -> None:
        for evidence, verdict in self._proofs.of(declared):
            rule = f" [parity.{verdict.rule}]" if verdict.rule else ""
            branch.add(self._piece(evidence, verdict), f"{verdict.detail}{rule}")

    def _piece(self, evidence: Evidence, verdict: Verdict) -> str:
        colour = _COLOURS.get(verdict.name, "red")
        said = f"{evidence.kind} {print_evidence(evidence)}: {self._paint(verdict.name, colour)}"
        return f"{said}, {verdict.result_detail}" if verdict.result else said

    def _adrs(self, branch: Branch, cited: Iterable[Citation]) -> None:
        for citation in cited:
            adr = resolve_adr(citation.target, self._register.adrs)
            if adr is None:
                branch.add(f"ADR {citation.target}: there is none")
                continue
            status = f" [{adr.status}]" if adr.status else ""
            place = f"{self._shown(adr.path)}:{adr.line}"
            branch.add(f"ADR {adr.number} {adr.title}{status} ({place})")
