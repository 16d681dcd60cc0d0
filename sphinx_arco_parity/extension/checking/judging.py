"""From what Sphinx knows to an assessment: gathers what :func:`.assess` is given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment.assess import Assessment, AssessmentInputs, assess
from sphinx_arco_parity.extension.checking.inventories import exception_inventories
from sphinx_arco_parity.extension.project import HISTORY
from sphinx_arco_parity.model.records import Place, Problem
from sphinx_arco_parity.review.history import HistoryError, parse_history
from sphinx_arco_parity.review.lock import LockError
from sphinx_arco_parity.review.lock_file import read_lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.extension.domain import ParityDomain
    from sphinx_arco_parity.model.records import DocumentRecords
    from sphinx_arco_parity.review.history import History
    from sphinx_arco_parity.review.lock import Lock

_LABEL = "label:"
_OUR_OWN = "keep it as a file of the repository"


def judge(app: Sphinx, domain: ParityDomain) -> Assessment:
    """Assess the whole project, and keep the result on *domain* for this build."""
    repository = domain.repository
    problems: list[Problem] = []
    domain.history = _history(domain.project, problems)
    assessment = assess(assessment_inputs(app, domain, problems))
    if repository is not None:
        repository.save()
    domain.assessment = assessment
    return assessment


def assessment_inputs(
    app: Sphinx, domain: ParityDomain, problems: list[Problem]
) -> AssessmentInputs:
    """Gather what is judged; *problems* grows by what cannot be read."""
    project = domain.project
    settings = project.settings
    lock = _lock(project, problems)
    baseline = _baseline(project, problems)
    return AssessmentInputs(
        documents=[
            *(_with_labels(one, domain) for one in domain.records()),
            *_prose_files(domain, problems),
        ],
        settings=settings,
        settings_problems=project.problems,
        repository=domain.repository,
        inventories={
            name: None if found is None else frozenset(found)
            for name, found in exception_inventories(app).items()
        },
        config_path=project.config_path,
        config_lines=project.config_lines,
        pages=sorted(app.env.found_docs),
        lock=lock,
        lock_path=project.relative(project.confdir / settings.lock),
        problems=problems,
        baseline=baseline,
        baseline_path=project.relative(baseline) if baseline else "",
    )


def _prose_files(
    domain: ParityDomain, problems: list[Problem]
) -> Iterable[DocumentRecords]:
    settings = domain.project.settings
    if not settings.prose or not settings.prose_files:
        return ()
    # Brings the grammar of claims with it, which most projects do not use.
    from sphinx_arco_parity.extension.reading.prose_files import prose_files  # noqa: PLC0415

    return prose_files(domain, problems)


def _lock(project: Project, problems: list[Problem]) -> Lock | None:
    path = project.confdir / project.settings.lock
    if not _may_read(project, path, problems):
        return None
    try:
        return read_lock(path)
    except LockError as error:
        problems.append(
            _unreadable(project, path, error.line, error.reason, error.help_text)
        )
        return None


def _baseline(project: Project, problems: list[Problem]) -> Path | None:
    if not project.settings.baseline:
        return None
    path = project.confdir / project.settings.baseline
    return path if _may_read(project, path, problems) else None


def _may_read(project: Project, path: Path, problems: list[Problem]) -> bool:
    wrong = project.refusal(path)
    if wrong:
        problems.append(_unreadable(project, path, 1, wrong, _OUR_OWN))
    return not wrong


def _history(project: Project, problems: list[Problem]) -> History | None:
    path = project.confdir / HISTORY
    if not _may_read(project, path, problems):
        return None
    try:
        return parse_history(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, HistoryError) as error:
        text = "write it again with `arco-parity history`"
        problems.append(_unreadable(project, path, 1, str(error), text))
        return None


def _unreadable(
    project: Project, path: Path, line: int, reason: str, help_text: str
) -> Problem:
    name = project.relative(path)
    return Problem(
        rule="unreadable-file",
        message=f"{name}: {reason}",
        help=help_text,
        item=path.name,
        docname="",
        anchor="",
        place=Place(path=name, line=line),
    )


def _with_labels(records: DocumentRecords, domain: ParityDomain) -> DocumentRecords:
    """Put the file of the page in place of each label to which a claim links."""
    if not any(_LABEL in link for one in records.claims for link in one.links):
        return records
    claims = tuple(
        replace(one, links=tuple(_page_of(link, domain) for link in one.links))
        for one in records.claims
    )
    return replace(records, claims=claims)


def _page_of(link: str, domain: ParityDomain) -> str:
    if not link.startswith(_LABEL):
        return link
    label = link.removeprefix(_LABEL)
    domain.labels.add(label)
    labels = getattr(domain.env.get_domain("std"), "anonlabels", {})
    docname = labels.get(label, ("", ""))[0]
    if docname not in domain.env.found_docs:
        return link
    return domain.project.relative(domain.env.doc2path(docname))
