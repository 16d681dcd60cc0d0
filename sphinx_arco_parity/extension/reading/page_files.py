"""Files that a page reads beside its source: data files, and other repositories' data.

Sphinx reads a page again where the time of a file says so.  A file may be made after it
was missing, be replaced by an older one, or become readable: its content decides.
"""

from __future__ import annotations

import posixpath
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.repository.safe_path import refusal, state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class PageFile(NamedTuple):
    """A file that a page names."""

    relative: str
    """To the sources."""
    path: Path
    wrong: str
    """Why it cannot be read; empty if it can."""


def page_file(env: BuildEnvironment, name: str) -> PageFile:
    """Return the file that the current page calls *name*.

    The page depends on it from now on, there or not.

    :param name: relative to the page, or to the sources after a leading ``/``.
    """
    project = build_of(env).project
    # Not by `relfn2path`, which follows links: they may lead in a circle.
    folder = "" if name.startswith("/") else posixpath.dirname(env.docname)
    relative = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
    path = project.srcdir / relative
    state = state_of(path, project.root)
    build_of(env).domain.note_file(env.docname, relative, state)
    wrong = refusal(path, project.root) or ("" if state else "does not exist")
    if not wrong:
        env.note_dependency(relative)
    return PageFile(relative, path, wrong)


def pages_with_other_files(
    _app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Return the pages whose files are not what they were; for ``env-get-outdated``."""
    build = build_of(env)
    return [
        docname
        for docname, files in build.domain.files.items()
        if docname not in {*added, *changed, *removed}
        and any(
            state_of(build.project.srcdir / name, build.project.root) != state
            for name, state in files.items()
        )
    ]
