"""Sphinx over single pages of a repository that is no Sphinx project.

Only the pages that are listed are documents, no ``conf.py`` is run, and nothing is written
beside them.  The pages are other people's: what Sphinx would say of their links and
directives is not our business, and one that cannot be read ends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx.project
from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.model.records import DocumentRecords, Place, Problem

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: The ending of a file to what its parser is called by.
SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".rst": "restructuredtext"}

#: A root document is needed; no file can be called so.
_ROOT = ":"


class ReadingBuilder(DummyBuilder):
    """Sphinx's builder that writes nothing, and resolves no links for nothing either."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write nothing."""


class _ListedProject(sphinx.project.Project):
    """The pages that are listed, and no walk through all folders."""

    def __init__(self, srcdir: Path, source_suffix: Sequence[str], pages: Sequence[str]) -> None:
        super().__init__(srcdir, source_suffix)
        self._pages = tuple(pages)

    def discover(self, *_patterns: Any, **_more: Any) -> set[str]:
        """Take the pages; of two that differ in their ending alone, the second is named with it."""
        self.docnames.clear()
        self._path_to_docname.clear()
        self._docname_to_path.clear()
        for page in self._pages:
            stem = page.rpartition(".")[0]
            docname = page if stem in self.docnames else stem
            self.docnames.add(docname)
            self._path_to_docname[Path(page)] = docname
            self._docname_to_path[docname] = Path(page)
        return self.docnames


class _ListedBuilder(ReadingBuilder):
    """Goes on where a page cannot be read."""

    def read_doc(self, docname: str, *, _cache: bool = True) -> None:  # type: ignore[misc]
        """Read a page, or note that it cannot be."""
        try:
            super().read_doc(docname, _cache=_cache)
        except Exception as error:  # noqa: BLE001 - whatever a parser falls over
            build = build_of(self.env)
            path = build.project.relative(self.env.doc2path(docname))
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            problem = Problem(
                rule="unreadable-file",
                message=f"{path}: cannot be read as a page: {reason}",
                help="leave it out of `parity_tables`, or correct what its parser falls over",
                item=path,
                docname=docname,
                place=Place(path=path, line=1),
            )
            self.env.ref_context.clear()
            # To be tried again next time.
            self.env.all_docs[docname] = 0
            noted = DocumentRecords(docname=docname, path=path, problems=(problem,))
            build.domain.note_records(noted)


class ListedPages(Sphinx):
    """Sphinx that reads *pages* below *folder*, with *options* as its configuration."""

    def __init__(
        self, folder: Path, work: Path, pages: Sequence[str], options: dict[str, Any], *streams: Any
    ) -> None:
        self._pages = pages
        settings = {
            "extensions": ["myst_parser", "sphinx_arco_parity"],
            "source_suffix": dict(SUFFIXES),
            "root_doc": _ROOT,
            "locale_dirs": [],
            **options,
        }
        name = DummyBuilder.name
        out, trees = work / "out", work / "doctrees"
        super().__init__(folder, None, out, trees, name, settings, *streams)
        # No page is written: what would be fetched or copied into one is for nothing.
        self.env.settings["raw_enabled"] = False
        self.connect("env-before-read-docs", _add_root)

    @property
    def project(self) -> sphinx.project.Project:
        """The documents."""
        return self._project

    @project.setter
    def project(self, made: sphinx.project.Project) -> None:
        # Before the first search for documents, for which there is no event.
        self._project = _ListedProject(made.srcdir, made.source_suffix, self._pages)

    def preload_builder(self, name: str) -> None:
        """Take our builder, once all extensions are loaded."""
        self.add_builder(_ListedBuilder, override=True)
        super().preload_builder(name)


def _add_root(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    env.all_docs[_ROOT] = 0
