"""The builder ``parity``, and what HTML builds publish beside ``objects.inv``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging

from sphinx_arco_parity.extension.project import parity_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.domain import ParityDomain

logger = logging.getLogger(__name__)

_PUBLISHING = {"html", "dirhtml", "singlehtml"}

#: ``parity_publish``: the name of each file, without importing what makes it.
_PUBLISHED = {"json": "parity.json", "badge": "parity-badge.svg"}


class ParityBuilder(DummyBuilder):
    """Writes reports and exports of the whole project, and no pages."""

    name = "parity"
    epilog = "The reports are in %(outdir)s."

    def finish(self) -> None:
        """Write every file."""
        # Late here and below: most builds of a project write no export.
        from sphinx_arco_parity.exports.presentation import (  # noqa: PLC0415
            Presentation,
        )
        from sphinx_arco_parity.exports.registry import FILES  # noqa: PLC0415

        domain = parity_domain(self.env)
        shown = Presentation(commit=domain.commit())
        for name, export in FILES.items():
            _put(domain, Path(self.outdir) / name, export(domain.judged(), shown))


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write what ``parity_publish`` names; for ``build-finished``.

    A file that could not be written, here or by the builder ``parity``, fails the build.
    """
    if exception is not None or not app.env:
        return
    domain = parity_domain(app.env)
    if domain.judge is not None and app.builder.name in _PUBLISHING:
        _publish(app, domain)
    if domain.unwritten:
        app.statuscode = app.statuscode or 1


def _publish(app: Sphinx, domain: ParityDomain) -> None:
    known = domain.last.published if domain.last is not None else {}
    for name in domain.project.settings.publish:
        path = Path(app.outdir) / _PUBLISHED[name]
        if str(path) not in known or _stamp(path) != known[str(path)]:
            _write(domain, name, path)


def _write(domain: ParityDomain, name: str, path: Path) -> None:
    from sphinx_arco_parity.exports.presentation import Presentation  # noqa: PLC0415
    from sphinx_arco_parity.exports.registry import PUBLISHED  # noqa: PLC0415

    _name, export = PUBLISHED[name]
    text = export(domain.judged(), Presentation(commit=domain.commit()))
    if _put(domain, path, text) and domain.last is not None:
        domain.last.published[str(path)] = _stamp(path)
        domain.last.kept = False


def _stamp(path: Path) -> str:
    """Return what tells whether a file was written since: reading it would cost more."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def _put(domain: ParityDomain, path: Path, text: str) -> bool:
    """Write a file; tell whether it holds *text* now."""
    from sphinx_arco_parity.exports.files import write_text  # noqa: PLC0415

    try:
        write_text(path, text)
    except OSError as error:
        # No exception: Sphinx would show a traceback and ask for a report.
        message = "%s cannot be written: %s; what stands there is out of date"
        logger.error(message, path, error.strerror or error)  # noqa: TRY400
        domain.unwritten = True
        return False
    return True
