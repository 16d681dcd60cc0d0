"""Runs the project's real Sphinx configuration, and gives the assessment of it.

No page is written: the builder is Sphinx's own that writes nothing.  Sphinx's log goes to
standard error; the findings, which are the report, are not logged too.
"""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.cli.errors import CannotRunError
from sphinx_arco_parity.cli.progress import Above, Progress
from sphinx_arco_parity.cli.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from typing import TextIO

    from sphinx.application import Sphinx

    from sphinx_arco_parity.assessment.assess import Assessment, AssessmentInputs
    from sphinx_arco_parity.cli.console import Console
    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.repository.files import Repository

#: Sphinx's name of the logger of the findings.
_FINDINGS_LOGGER = "sphinx.sphinx_arco_parity.extension.checking.reporting"


@dataclass(frozen=True, kw_only=True)
class Run:
    """The documentation as it was read and judged."""

    assessment: Assessment
    given: AssessmentInputs
    """What was judged."""
    project: Project
    repository: Repository
    commit: str | None
    read_at: Mapping[str, int]
    """The name of a page to when it was read, in microseconds of the epoch."""


def run(
    docs: Path,
    work: Path,
    console: Console,
    *,
    root: Path | None = None,
    as_of: date | None = None,
    quiet: bool = False,
) -> Run:
    """Read and judge the documentation whose ``conf.py`` is in *docs*.

    :param work: a folder of our own; what is there from an earlier run is used again.
    :param root: the repository, if it is not the one that the configuration gives.
    :param as_of: the day for which triggers that are dates are judged.
    :param quiet: keep Sphinx's log to ourselves.
    :raises CannotRunError: if the configuration, an extension or Sphinx fails.
    """
    from sphinx.util.docutils import (  # noqa: PLC0415 - Sphinx is for those who run it
        docutils_namespace,
        patch_docutils,
    )

    overrides: dict[str, Any] = {"parity_strict_output": False}
    if root is not None:
        overrides["parity_repository"] = str(root)
    with (
        _silent_findings(),
        _same_path(),
        patch_docutils(docs),
        docutils_namespace(),
    ):
        try:
            with _streams(console, quiet=quiet) as (status, warning, progress):
                app = _built(docs, work, overrides, status, warning, progress)
            return _judged(app, as_of)
        except CannotRunError:
            raise
        except (Exception, SystemExit) as error:
            reason, help_text = reason_of(error, docs)
            raise CannotRunError(reason, help_text=help_text) from error


def _built(
    docs: Path,
    work: Path,
    overrides: dict[str, Any],
    status: TextIO | None,
    warning: TextIO | None,
    progress: Progress | None,
) -> Sphinx:
    from sphinx.application import Sphinx  # noqa: PLC0415 - late

    app = Sphinx(
        docs,
        docs,
        work / "out",
        work / "doctrees",
        "dummy",
        overrides,
        status,
        warning,
    )
    if "parity" not in app.registry.domains:
        raise CannotRunError(
            f"{docs / 'conf.py'} does not load sphinx_arco_parity",
            help_text='add "sphinx_arco_parity" to the list `extensions` there, or run '
            "`arco-parity init`",
        )
    if progress is not None:
        _watch(app, progress)
    # The builder would resolve the links of every page only to throw the page away.
    vars(app.builder)["write"] = _write_nothing
    app.build()
    return app


def _write_nothing(*_pages: object) -> None:
    pass


def _watch(app: Sphinx, progress: Progress) -> None:
    def begin(_app: Sphinx, _env: object, docnames: list[str]) -> None:
        progress.begin("reading pages", len(docnames))

    def read(_app: Sphinx, _doctree: object) -> None:
        progress.step()

    def judge(_app: Sphinx, _env: object) -> None:
        progress.begin("checking evidence")

    app.connect("env-before-read-docs", begin)
    app.connect("doctree-read", read)
    app.connect("env-updated", judge, priority=100)


def _judged(app: Sphinx, as_of: date | None) -> Run:
    from sphinx_arco_parity.assessment.assess import assess  # noqa: PLC0415 - late
    from sphinx_arco_parity.extension.checking.judging import assessment_inputs  # noqa: PLC0415
    from sphinx_arco_parity.extension.project import parity_domain  # noqa: PLC0415

    domain = parity_domain(app.env)
    repository = domain.repository
    assert repository is not None  # noqa: S101 - set by who judged
    facts = replace(assessment_inputs(app, domain, []), as_of=as_of)
    assessment = domain.judged() if as_of is None else assess(facts)
    return Run(
        assessment=assessment,
        given=facts,
        project=domain.project,
        repository=repository,
        commit=domain.commit(),
        read_at=dict(app.env.all_docs),
    )


@contextmanager
def _streams(
    console: Console, *, quiet: bool
) -> Iterator[tuple[TextIO | None, TextIO | None, Progress | None]]:
    """Give the streams for Sphinx's log and warnings, and the progress bar if any."""
    if quiet:
        yield None, None, None
        return
    colour = _set_colour(console)
    try:
        if console.verbose or not console.err.isatty():
            yield console.err, console.err, None
            return
        progress = Progress(console.err)
        try:
            yield None, Above(console.err, progress), progress  # type: ignore[misc]
        finally:
            progress.clear()
    finally:
        colour()


def _set_colour(console: Console) -> Callable[[], None]:
    """Have Sphinx colour its log if standard error takes it; return what undoes that."""
    from sphinx.util.console import colorize, coloron, nocolor  # noqa: PLC0415 - late

    from sphinx_arco_parity.cli.console import wants_colour  # noqa: PLC0415

    before = colorize("red", "x") != "x"
    (coloron if wants_colour(console.err) else nocolor)()
    return coloron if before else nocolor


@contextmanager
def _same_path() -> Iterator[None]:
    """Forget what ``conf.py`` adds to the folders from which modules are imported."""
    before = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = before


@contextmanager
def _silent_findings() -> Iterator[None]:
    # A filter, because Sphinx enables every logger that it makes.
    logger = logging.getLogger(_FINDINGS_LOGGER)
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
