"""From what Sphinx knows to an assessment: gathers what :func:`.assess` is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sphinx_arco_parity.assessment.assess import AssessmentInputs, assess
from sphinx_arco_parity.assessment.results import without_results
from sphinx_arco_parity.extension.build import EarlierProofs, Judgement, exception_inventories
from sphinx_arco_parity.extension.config import HISTORY
from sphinx_arco_parity.model.records import DocumentRecords, Place, Problem
from sphinx_arco_parity.results.results_file import FILE, ResultsError, read_results
from sphinx_arco_parity.review.history import HistoryError, parse_history
from sphinx_arco_parity.review.lock import LockError, read_lock
from sphinx_arco_parity.rules.context import Proven

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build
    from sphinx_arco_parity.extension.config import Project

T = TypeVar("T")

_LABEL = "label:"
_OUR_OWN = "keep it as a file of the repository"


def judge(build: Build) -> Judgement:
    """Assess the whole project, once all its pages are read."""
    problems: list[Problem] = []
    path = build.project.confdir / HISTORY
    history = _read(
        build.project,
        path,
        problems,
        lambda path: parse_history(path.read_text(encoding="utf-8")),
        "history",
    )
    inputs = replace(assessment_inputs(build, problems), proven=_still_proven(build))
    assessment = assess(inputs)
    build.repository.save()
    proofs = assessment.proofs
    if inputs.results is not None:
        proofs = without_results(proofs)
    contents = build.repository.consulted()
    # For the next time, if what they rest on is known.
    known = contents is not None and not build.repository.problems
    build.note_proofs(
        EarlierProofs(proofs, _pages(build), contents or {}, _listing(build)) if known else None
    )
    return Judgement(assessment, history)


def _still_proven(build: Build) -> Sequence[Proven]:
    """Return what was proven before, of pages that are the same, if the repository is.

    What is not there is looked for again: git is asked why.
    """
    earlier = build.earlier
    if earlier is None or earlier.listing != _listing(build):
        return ()
    # Asking is consulting: what the verdicts rest on is what this build rests on.
    now = build.repository.contents(earlier.contents)
    if any(now[path].digest != state.digest for path, state in earlier.contents.items()):
        return ()
    pages = _pages(build)
    same = {name for name, digest in earlier.pages.items() if pages.get(name) == digest}
    return [
        proven
        for proven in earlier.proofs
        if proven.declaration.docname in same
        and all(verdict.name != "not-found" for verdict in proven.verdicts)
    ]


def _pages(build: Build) -> dict[str, str]:
    return {name: digest for name, (digest, _) in build.domain.documents.items()}


def _listing(build: Build) -> tuple[object, ...]:
    repository = build.repository
    return (repository.commit(), repository.problems, repository.listing_digest())


def assessment_inputs(build: Build, problems: list[Problem]) -> AssessmentInputs:
    """Gather what is judged; *problems* grows by what cannot be read."""
    project = build.project
    settings = project.settings
    path = project.confdir / settings.lock
    lock = _read(project, path, problems, read_lock, "review")
    results = _read(project, path.parent / FILE, problems, read_results, "results")
    baseline = project.confdir / settings.baseline if settings.baseline else None
    if baseline and not _may_read(project, baseline, problems):
        baseline = None
    return AssessmentInputs(
        documents=[
            *(_with_labels(records, build) for records in build.domain.records()),
            *_prose_files(build, problems),
        ],
        settings=settings,
        settings_problems=project.problems,
        repository=build.repository,
        inventories={
            name: None if found is None else frozenset(found)
            for name, found in exception_inventories(build).items()
        },
        config_path=project.config_path,
        config_lines=project.config_lines,
        config_places=project.config_places,
        pages=sorted(build.env.found_docs),
        lock=lock,
        lock_path=project.relative(path),
        results=results,
        problems=problems,
        baseline=baseline,
        baseline_path=project.relative(baseline) if baseline else "",
    )


def _prose_files(build: Build, problems: list[Problem]) -> Iterable[DocumentRecords]:
    settings = build.project.settings
    if not settings.prose or not settings.prose_files:
        return ()
    # Brings the grammar of claims with it, which most projects do not use.
    from sphinx_arco_parity.extension.reading.prose_blocks import prose_files  # noqa: PLC0415

    return prose_files(build, problems)


def _may_read(project: Project, path: Path, problems: list[Problem]) -> bool:
    wrong = project.refusal(path)
    if wrong:
        problems.append(_unreadable(project, path, 1, wrong, _OUR_OWN))
    return not wrong


def _read(
    project: Project,
    path: Path,
    problems: list[Problem],
    reader: Callable[[Path], T | None],
    command: str,
) -> T | None:
    """Return what *reader* makes of a file that *command* writes, ``None`` if it cannot be had."""
    if _may_read(project, path, problems):
        try:
            return reader(path)
        except FileNotFoundError:
            return None
        except LockError as error:
            problems.append(_unreadable(project, path, error.line, error.reason, error.help_text))
        except (OSError, UnicodeDecodeError, HistoryError, ResultsError) as error:
            text = f"write it again with `arco-parity {command}`"
            problems.append(_unreadable(project, path, 1, str(error), text))
    return None


def _unreadable(project: Project, path: Path, line: int, reason: str, help_text: str) -> Problem:
    name = project.relative(path)
    return Problem(
        rule="unreadable-file",
        message=f"{name}: {reason}",
        help=help_text,
        item=path.name,
        place=Place(path=name, line=line),
    )


def _with_labels(records: DocumentRecords, build: Build) -> DocumentRecords:
    """Put the file of the page in place of each label to which a claim links."""
    if not any(_LABEL in link for claim in records.claims for link in claim.links):
        return records
    claims = tuple(
        replace(claim, links=tuple(_page_of(link, build) for link in claim.links))
        for claim in records.claims
    )
    return replace(records, claims=claims)


def _page_of(link: str, build: Build) -> str:
    if not link.startswith(_LABEL):
        return link
    docname = build.page_of_label(link.removeprefix(_LABEL))
    if docname not in build.env.found_docs:
        return link
    return build.project.relative(build.env.doc2path(docname))
