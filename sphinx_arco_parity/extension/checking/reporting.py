"""Judging a build once all pages are read: findings and exit status.

Runs on ``env-updated``, which every build emits in its main process after the workers
have been merged, changed pages or none, with every builder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_arco_parity.extension.build import Outcome, build_of
from sphinx_arco_parity.extension.cache.build_cache import BuildCache
from sphinx_arco_parity.extension.needs import has_needs
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.text.visible import visible

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.build import Build
    from sphinx_arco_parity.extension.config import Project

logger = logging.getLogger(__name__)


#: What is reported in a build; the rest is for the exports.
_REPORTED = frozenset({Severity.ERROR, Severity.WARNING})


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> None:
    """Judge the project and report."""
    build = build_of(env)
    outcome = look_up(build)
    build.note_outcome(outcome)
    report(outcome.findings, build.project)
    if any(finding.severity is Severity.ERROR for finding in outcome.findings):
        app.statuscode = app.statuscode or 1
        if build.project.settings.strict_output:
            build.stop_before_writing()


def stop_before_writing(app: Sphinx, _builder: Builder) -> None:
    """End the build where ``parity_strict_output`` says so; for ``write-started``.

    What was read is kept by then.  An error of Sphinx's own kind would be shown with a
    traceback, and would make the next build read everything again.

    :raises SystemExit: with 1, after the build has been told that it is over.
    """
    if not build_of(app.env).stopping:
        return
    message = "sphinx-arco-parity: nothing is written, as `parity_strict_output` says"
    logger.info(message)
    app.events.emit("build-finished", RuntimeError(message))
    raise SystemExit(1)


def look_up(build: Build) -> Outcome:
    """Return what is found: that of the last build if it still holds, else judged now."""
    folder = Path(build.app.doctreedir)
    build.begin_checking(Repository.open(build.project.root, cache=folder))
    cache = build.part(BuildCache)
    known = None if has_needs(build.app) else cache.recall()
    if known is not None:
        return known
    findings = build.assessment.findings
    outcome = Outcome(
        findings=tuple(found for found in findings if found.severity in _REPORTED),
        objects=tuple(build.objects()),
    )
    cache.remember(outcome)
    return outcome


def report(findings: Sequence[Finding], project: Project) -> None:
    """Log *findings*, errors and warnings, each at its place, and the closing line."""
    for finding in findings:
        log = logger.error if finding.severity is Severity.ERROR else logger.warning
        path, line = project.absolute(finding.place.path), finding.place.line
        log(
            "%s",
            visible(message_of(finding)),
            location=visible(f"{Path(path)}:{line}"),
            type="parity",
            subtype=finding.rule,
        )
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if not findings:
        return
    # Without a type, so that suppress_warnings cannot hide it; a warning where there
    # are no errors, so that -W fails even if the lines are suppressed.
    log = logger.error if errors else logger.warning
    log(
        "sphinx-arco-parity: %d error(s), %d warning(s) in %d file(s)",
        errors,
        len(findings) - errors,
        len({finding.place.path for finding in findings}),
    )


def message_of(finding: Finding) -> str:
    """Return a finding as one line: what is wrong, then what to do."""
    return f"{finding.message} ({finding.help})" if finding.help else finding.message
