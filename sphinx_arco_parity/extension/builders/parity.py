"""The builder ``parity``, and what HTML builds publish beside ``objects.inv``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.cache.build_cache import BuildCache
from sphinx_arco_parity.repository.safe_path import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_arco_parity.exports.registry import Export
    from sphinx_arco_parity.extension.build import Build

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
        from sphinx_arco_parity.exports.registry import FILES  # noqa: PLC0415 - late, as below

        for name, export in FILES.items():
            _write(build_of(self.env), export, Path(self.outdir) / name)


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write what ``parity_publish`` names; for ``build-finished``.

    A file that could not be written, here or by the builder ``parity``, fails the build.
    """
    if exception is not None or not app.env:
        return
    build = build_of(app.env)
    if build.is_read and app.builder.name in _PUBLISHING:
        _publish(app, build)
    if build.unwritten:
        app.statuscode = app.statuscode or 1


def _publish(app: Sphinx, build: Build) -> None:
    cache, folder = build.part(BuildCache), str(app.outdir)
    wanted = {_PUBLISHED[name]: name for name in build.project.settings.publish}
    before = cache.published(folder)
    for file in set(before.files) - set(wanted):
        _take_back(build, Path(folder, file), before.files[file])
    kept = [file for file in wanted if cache.is_published(folder, file)]
    written = []
    for file, name in wanted.items():
        if file not in kept:
            from sphinx_arco_parity.exports.registry import PUBLISHED  # noqa: PLC0415 - late

            if _write(build, PUBLISHED[name][1], Path(folder, file)):
                written.append(file)
    if {*kept, *written} != set(before.files) or written:
        cache.note_published(folder, [*kept, *written])


def _take_back(build: Build, path: Path, digest: str) -> None:
    """Remove a file that is published no more, unless somebody else has replaced it."""
    if not digest or state_of(path, path.parent) != digest:
        return
    try:
        path.unlink()
    except OSError as error:
        message = "%s cannot be removed: %s; it is still published"
        logger.error(message, path, error.strerror or error)  # noqa: TRY400
        build.note_unwritten()


def _write(build: Build, export: Export, path: Path) -> bool:
    """Write what *export* returns; tell whether *path* holds it now."""
    # Late: most builds of a project write no export.
    from sphinx_arco_parity.exports.presentation import Presentation, write_text  # noqa: PLC0415

    shown = Presentation(commit=build.commit(), source_line=build.repository.line)
    text = export(build.assessment, shown)
    try:
        write_text(path, text)
    except OSError as error:
        # No exception: Sphinx would show a traceback and ask for a report.
        message = "%s cannot be written: %s; what stands there is out of date"
        logger.error(message, path, error.strerror or error)  # noqa: TRY400
        build.note_unwritten()
        return False
    return True
