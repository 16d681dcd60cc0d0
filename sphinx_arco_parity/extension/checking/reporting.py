"""Judging a build once all pages are read: findings, exit status, pages to rewrite.

Runs on ``env-updated``, which every build emits in its main process after the workers
have been merged, changed pages or none, with every builder.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_arco_parity.extension.cache.build_cache import recall, remember
from sphinx_arco_parity.extension.cache.page_digests import changed_pages
from sphinx_arco_parity.extension.needs import has_needs, need_targets
from sphinx_arco_parity.extension.project import parity_domain
from sphinx_arco_parity.extension.speed.gc_tuning import without_collection
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.repository.files import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.assessment.assess import Assessment
    from sphinx_arco_parity.extension.cache.build_cache import Remembered
    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.extension.domain import ParityDomain
    from sphinx_arco_parity.model.findings import Finding

logger = logging.getLogger(__name__)


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Judge the project, report, and return the pages whose shown data has changed."""
    domain = parity_domain(env)
    last = look_up(app, domain)
    domain.need_targets = need_targets(domain) if has_needs(app) else {}
    report(last.findings, domain.project)
    if any(one.severity is Severity.ERROR for one in last.findings):
        app.statuscode = app.statuscode or 1
        domain.stopping = domain.project.settings.strict_output
    return changed_pages(app, domain)


def stop_before_writing(app: Sphinx, _builder: Builder) -> None:
    """End the build where ``parity_strict_output`` says so; for ``write-started``.

    What was read is kept by then.  An error of Sphinx's own kind would be shown with a
    traceback, and would make the next build read everything again.

    :raises SystemExit: with 1, after the build has been told that it is over.
    """
    if not parity_domain(app.env).stopping:
        return
    message = "sphinx-arco-parity: nothing is written, as `parity_strict_output` says"
    logger.info(message)
    app.events.emit("build-finished", RuntimeError(message))
    raise SystemExit(1)


def look_up(app: Sphinx, domain: ParityDomain) -> Remembered:
    """Return what is found: that of the last build if it still holds, else judged now."""

    def judge_now() -> Assessment:
        # Late: brings all rules and readers of the repository with it.
        from sphinx_arco_parity.extension.checking.judging import judge  # noqa: PLC0415

        # Where nothing is declared, a search for cycles is all that it would cost.
        with without_collection() if domain.documents else nullcontext():
            return judge(app, domain)

    cache = Path(app.doctreedir)
    domain.begin(judge_now, Repository.open(domain.project.root, cache=cache))
    last = None if has_needs(app) else recall(app, domain)
    if last is None:
        last = remember(app, domain, domain.judged())
    domain.last = last
    return last


def report(findings: Iterable[Finding], project: Project) -> None:
    """Log errors and warnings, each at its place, and the closing line."""
    counted = [
        one for one in findings if one.severity in {Severity.ERROR, Severity.WARNING}
    ]
    for one in counted:
        log = logger.error if one.severity is Severity.ERROR else logger.warning
        log(
            "%s",
            message_of(one),
            location=f"{Path(project.absolute(one.place.path))}:{one.place.line}",
            type="parity",
            subtype=one.rule,
        )
    errors = sum(one.severity is Severity.ERROR for one in counted)
    if not counted:
        return
    # Without a type, so that suppress_warnings cannot hide it; a warning where there
    # are no errors, so that -W fails even if the lines are suppressed.
    log = logger.error if errors else logger.warning
    log(
        "sphinx-arco-parity: %d error(s), %d warning(s) in %d file(s)",
        errors,
        len(counted) - errors,
        len({one.place.path for one in counted}),
    )


def message_of(finding: Finding) -> str:
    """Return a finding as one line: what is wrong, then what to do."""
    return f"{finding.message} ({finding.help})" if finding.help else finding.message
