"""``arco-parity why``: the chain from a declaration to its evidence, with the verdicts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.cli.check import exit_status
from sphinx_arco_parity.cli.console import Console, WrongUsageError
from sphinx_arco_parity.cli.find_docs import asked
from sphinx_arco_parity.cli.running import Run, checked, shown_path
from sphinx_arco_parity.declarations.register import CitedBy
from sphinx_arco_parity.exports.presentation import SEVERITY_COLOURS
from sphinx_arco_parity.model.fields import EXCEPTIONS, TEXTS, ordered, text_of
from sphinx_arco_parity.model.findings import Finding
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
from sphinx_arco_parity.text.words import is_empty, nearest, plain


@dataclass(slots=True)
class Branch:
    """A line with what hangs from it."""

    text: str
    notes: list[str] = field(default_factory=list)
    """Lines below it that are no branches: what is wrong, and what to do."""
    branches: list[Branch] = field(default_factory=list)

    def add(self, text: str, *notes: str) -> Branch:
        """Hang a new branch from this one, and return it."""
        branch = Branch(text, [note for note in notes if note])
        self.branches.append(branch)
        return branch


def drawn(root: Branch) -> str:
    """Return the lines of the tree."""
    lines = [root.text]
    lines += _below(root, "")
    return "\n".join([*lines, ""])


def _below(branch: Branch, margin: str) -> Iterator[str]:
    stem = "│ " if branch.branches else "  "
    for note in branch.notes:
        yield f"{margin}{stem}{note}"
    for below in branch.branches:
        last = below is branch.branches[-1]
        yield f"{margin}{'└─ ' if last else '├─ '}{below.text}"
        yield from _below(below, f"{margin}{'   ' if last else '│  '}")


_COLOURS = {"verified": "green", "moved": "yellow", "unknown": "cyan"}


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
            f"{self._paint(f'{f.severity}:', SEVERITY_COLOURS[f.severity])} {f.message} [parity.{f.rule}]"
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
        register = self._register
        cited = register.cited_by.get(exception.id, CitedBy()) if citing else CitedBy()
        for row_id in cited.rows:
            branch.add(f"cited by {self._headline('row', register.rows_by_id[row_id])}")
        for claim_id in cited.claims:
            branch.add(f"cited by {self._headline('claim', register.claims_by_id[claim_id])}")
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


def why(arguments: Namespace, console: Console) -> int:
    """Draw the chains of what has the id; return the exit status."""
    docs, options = asked(arguments.docs, arguments)
    seen = checked(docs, options, console)
    chains = Chains(seen.assessment, shown_path(seen), console.paint)
    path = _path(arguments.id, seen)
    if path is not None:
        trees = [drawn(chains.citing(path))]
    else:
        found = _found(arguments.id, seen)
        trees = [drawn(chains.of(kind, declaration)) for kind, declaration in found]
    console.write("\n".join(trees))
    return exit_status(chains.findings)


def _path(wanted: str, seen: Run) -> str | None:
    """Return the path in the repository that *wanted* is, as the user or a page writes it."""
    register, root = seen.assessment.register, seen.project.root
    if any(wanted in by_id for by_id in (register.rows_by_id, register.exceptions_by_id)):
        return None
    for whole in (Path(wanted).resolve(), (root / wanted).resolve()):
        if whole.exists() and whole.is_relative_to(root) and whole != root:
            return whole.relative_to(root).as_posix()
    return None


def _found(wanted: str, seen: Run) -> list[tuple[str, Declaration]]:
    """Return each kind in which *wanted* is an id, with what is declared by it.

    :raises WrongUsageError: if it is not declared.
    """
    kinds = seen.assessment.register.by_kind
    kind, colon, rest = wanted.partition(":")
    if colon and kind in kinds:
        kinds, wanted = {kind: kinds[kind]}, rest
    found = [(name, by_id[wanted]) for name, by_id in kinds.items() if wanted in by_id]
    if not found:
        what = "exception, row or claim" if len(kinds) > 1 else next(iter(kinds))
        guess = nearest(wanted, [known for by_id in kinds.values() for known in by_id])
        raise WrongUsageError(
            f"the {what} `{wanted}` is not declared",
            help_text=f"did you mean `{guess}`?" if guess else "",
        )
    return found
