"""The assessment: the register, what is proven of it, and all findings, graded.

Made once in a build, and by the command line, through :func:`assess`; reports, views
and exports read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import chain
from pathlib import Path

from sphinx_arco_parity.assessment.baseline import (
    BaselineError,
    KnownFinding,
    apply_baseline,
    can_be_known,
    read_baseline,
)
from sphinx_arco_parity.assessment.ignoring import is_ignored, unused
from sphinx_arco_parity.assessment.minimum import below_minimum
from sphinx_arco_parity.assessment.results import with_results
from sphinx_arco_parity.declarations.register import Register, make_register
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import (
    DocumentRecords,
    ParityException,
    ParityRow,
    Place,
    Problem,
)
from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.repository.adrs import Adrs, read_adrs
from sphinx_arco_parity.repository.expected_failures import ListError, listed_marks
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.results.changes import Changes
from sphinx_arco_parity.review.lock import Lock
from sphinx_arco_parity.rules import ALL_RULES, REPOSITORY_RULES
from sphinx_arco_parity.rules.context import Context, Given, Proven
from sphinx_arco_parity.settings.toml import in_toml

_ORDER = {name: number for number, name in enumerate(RULE_NAMES)}


@dataclass(frozen=True, kw_only=True)
class AssessmentInputs(Given):
    """What an assessment is made of."""

    documents: Sequence[DocumentRecords]
    """In any order."""
    settings_problems: Sequence[tuple[str, str]] = ()
    """(option with its prefix, what is wrong), as from :func:`.read_settings`."""
    repository: Repository | None = None
    """Without one nothing is proven, and no ADR is known."""
    inventories: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    """What could not be read, beside the pages."""
    baseline: Path | None = None
    """The file of ``parity_baseline`` on disk; ``None`` if there is none, or if it is
    about to be written."""
    baseline_path: str = "parity.baseline.json"
    proven: Sequence[Proven] = ()
    """What was proven of declarations before and still holds, so that it is not again."""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What a build found."""

    register: Register
    proofs: tuple[Proven, ...]
    """One for each exception and row that cites evidence, if there is a repository."""
    findings: tuple[Finding, ...]
    """Sorted by place, rule and item; none of them is off."""
    lock: Lock | None = None
    """Of the last review."""
    as_of: date | None = None
    ignored: int = 0
    """How many findings ``parity_ignore`` silences."""
    known: int = 0
    """How many findings are ``info`` only because the baseline knows them."""
    results: Results | None = None
    marks: tuple[Mark, ...] = ()
    """What says of tests that they fail, or do not run; the unbound ones are read only
    where a rule asks for them."""
    before_baseline: tuple[Finding, ...] = ()
    """Errors and warnings as they are without a baseline: what one would hold."""


def assess(inputs: AssessmentInputs) -> Assessment:
    """Judge all that is declared in *inputs*."""
    # If its files could not be listed, everything would seem to be missing from it.
    listed = inputs.repository is not None and not inputs.repository.problems
    repository = inputs.repository if listed else None
    adrs = read_adrs(repository, inputs.settings) if repository else Adrs()
    register = make_register(
        inputs.documents,
        inputs.settings,
        adrs=adrs.adrs,
        adr_index=adrs.index,
        inventories=inputs.inventories,
    )
    context = _context(inputs, register, repository)
    unread = (context.found_at(p.rule, p.place, p.item, p.message, p.help) for p in inputs.problems)
    found = chain(
        _settings_findings(context, inputs.settings_problems),
        _repository_findings(context, inputs.repository),
        unread,
        *(rule(context) for rule in ALL_RULES if repository or rule not in REPOSITORY_RULES),
    )
    raw = _worded(inputs, found)
    return _graded(inputs, context, raw, complete=repository is not None)


def _context(
    inputs: AssessmentInputs, register: Register, repository: Repository | None
) -> Context:
    proofs: tuple[Proven, ...] = ()
    if repository:
        proofs = tuple(_proofs(register, repository, inputs.proven))
    changes = None
    if repository and inputs.results is not None:
        changes = Changes(inputs.results.commit, repository)
        proofs = with_results(proofs, inputs.results, changes)
    marks, wrong = _marks(register, repository) if repository else ((), ())
    return Context(
        register=register,
        proofs=proofs,
        marks=marks,
        changes=changes,
        unread_lists=wrong,
        **{given.name: getattr(inputs, given.name) for given in fields(Given)},
    )


def _marks(
    register: Register, repository: Repository
) -> tuple[tuple[Mark, ...], Sequence[ListError]]:
    """Return what is marked, bound to the exceptions that it names, and broken lists."""
    settings = register.settings
    listed, wrong = listed_marks(repository, settings.expected_failures)
    wanted = settings.rules.get("difference-undeclared", "off") != "off"
    if not register.exceptions and not wanted:
        return tuple(listed), wrong
    # Brings the parsers with it, which a project without exceptions does not need.
    from sphinx_arco_parity.repository.marks import marks_in_code  # noqa: PLC0415

    cited = {piece.path for row in register.rows for piece in row.evidence if piece.kind == "test"}
    found = (*listed, *marks_in_code(repository, cited))
    bound = [replace(m, exceptions=tuple(register.id_shapes.tokens(m.reason))) for m in found]
    kept = (m for m in bound if m.exceptions or (wanted and m.verdict != "disabled"))
    return tuple(sorted(kept, key=lambda m: (m.place, m.test))), wrong


def _proofs(register: Register, repository: Repository, proven: Sequence[Proven]) -> list[Proven]:
    declared: list[ParityException | ParityRow] = [*register.exceptions, *register.rows]
    citing = [declaration for declaration in declared if declaration.evidence or declaration.unread]
    known = {(earlier.declaration.place, earlier.declaration.anchor): earlier for earlier in proven}
    holding = [known.get((declaration.place, declaration.anchor)) for declaration in citing]
    pairs = list(zip(citing, holding, strict=True))
    new = [d for d, earlier in pairs if earlier is None or earlier.declaration != d]
    proofs = iter(_proven(new, register, repository) if new else ())
    return [e if e is not None and e.declaration == d else next(proofs) for d, e in pairs]


def _proven(
    citing: Sequence[ParityException | ParityRow], register: Register, repository: Repository
) -> list[Proven]:
    # Brings the parsers with it, which a project without evidence does not need.
    from sphinx_arco_parity.proof import Prover, is_unit_test  # noqa: PLC0415
    from sphinx_arco_parity.proof.meant import as_meant  # noqa: PLC0415 - the same

    prover = Prover(repository, register.settings)
    meant = [as_meant(declaration, repository, register.settings) for declaration in citing]
    cited = [evidence for evidence, _ in meant]
    prover.prepare(chain.from_iterable(cited))
    return [
        Proven(
            declaration=declaration,
            evidence=evidence,
            verdicts=prover.prove(evidence),
            unread=unread,
            unit_tests=frozenset(
                piece.path
                for piece in evidence
                if piece.kind == "test" and is_unit_test(piece, repository)
            ),
        )
        for declaration, evidence, (_, unread) in zip(citing, cited, meant, strict=True)
    ]


def _settings_findings(context: Context, problems: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for option, wrong in problems:
        place = context.config_place(option)
        yield context.found_at(
            "configuration",
            place,
            option,
            f"{option}: {wrong}",
            "correct the file; until then it sets nothing"
            if place.path.endswith(option)
            else f"correct `{option}` in {place.path}; until then the default applies",
        )


def _repository_findings(context: Context, repository: Repository | None) -> Iterator[Finding]:
    for wrong in repository.problems if repository is not None else ():
        yield context.found_at(
            "unreadable-file",
            context.config_place("parity_repository"),
            "repository",
            f"repository: {wrong}",
            "nothing can be proven until the repository can be read",
        )


def _worded(inputs: AssessmentInputs, findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* in order, in the words of the configuration that there is."""
    if inputs.config_path.endswith(".toml"):
        findings = [
            replace(
                finding,
                message=in_toml(finding.message),
                help=in_toml(finding.help),
                item=in_toml(finding.item) if finding.rule == "configuration" else finding.item,
            )
            for finding in findings
        ]
    return _ordered(findings)


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* in order, each said once.

    A file that two pages include is read twice, and is wrong once.
    """
    first: dict[tuple[Place, int, str, str], Finding] = {}
    for found in sorted(findings, key=lambda found: (found.docname, found.anchor)):
        key = (found.place, _ORDER[found.rule], found.item, found.message)
        first.setdefault(key, found)
    return [first[key] for key in sorted(first)]


def _graded(
    inputs: AssessmentInputs, context: Context, raw: Sequence[Finding], *, complete: bool
) -> Assessment:
    """Apply the baseline and ``parity_ignore`` to *raw*.

    What is no longer found is reported only if all was looked at (*complete*).
    """
    ignored = inputs.settings.ignore
    known, wrong = _read_known(inputs, context)
    graded, gone = apply_baseline(raw, known)
    more = [*wrong, *(_outdated(inputs, context, gone) if complete else ())]
    everything = [*graded, *more]
    kept = [finding for finding in everything if not is_ignored(finding, ignored)]
    if complete:
        minimum = list(below_minimum(context, kept))
        kept += [finding for finding in minimum if not is_ignored(finding, ignored)]
        kept += _unused(context, [*everything, *minimum])
    shown = [finding for finding in kept if finding.severity is not Severity.OFF]
    return Assessment(
        register=context.register,
        proofs=tuple(context.proofs),
        findings=tuple(_ordered(shown)),
        results=inputs.results,
        marks=tuple(context.marks),
        lock=inputs.lock,
        as_of=inputs.as_of,
        ignored=sum(is_ignored(finding, ignored) for finding in everything),
        known=sum(new is not old for new, old in zip(graded, raw, strict=True)),
        before_baseline=tuple(
            finding for finding in raw if can_be_known(finding) and not is_ignored(finding, ignored)
        ),
    )


def _read_known(
    inputs: AssessmentInputs, context: Context
) -> tuple[Sequence[KnownFinding], list[Finding]]:
    """Return the entries of the baseline, and what is wrong with its file."""
    if inputs.baseline is None:
        return (), []
    try:
        return read_baseline(inputs.baseline), []
    except BaselineError as error:
        return (), [
            context.found_at(
                "configuration",
                context.config_place("parity_baseline"),
                "parity_baseline",
                f"parity_baseline: {inputs.baseline_path} {error}",
                "write it with `arco-parity check --write-baseline "
                f"{inputs.baseline_path}`, or remove `parity_baseline`",
            )
        ]


def _outdated(
    inputs: AssessmentInputs, context: Context, gone: Iterable[KnownFinding]
) -> Iterator[Finding]:
    for entry in gone:
        yield context.found_at(
            "baseline-outdated",
            Place(path=inputs.baseline_path, line=entry.line),
            entry.item,
            f"{entry.item}: the known finding {entry.id} ({entry.rule} in {entry.path}) is gone",
            f"remove the line from {inputs.baseline_path}",
        )


def _unused(context: Context, findings: Sequence[Finding]) -> Iterator[Finding]:
    ignored = context.settings.ignore
    for rule, key in unused(findings, ignored):
        yield context.found_at(
            "ignore-unused",
            context.config_place("parity_ignore"),
            key,
            f"{key}: is ignored for `{rule}`, but no finding of that rule is about it",
            f"remove the entry, whose reason is: {ignored[rule][key]}",
        )
