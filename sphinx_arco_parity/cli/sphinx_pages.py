"""Which page of a Sphinx project shows a file: it is one, or a page includes it.

For ``arco-parity init``, which names pages and runs nothing of the project.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.text.patterns import matches

SUFFIXES = (".md", ".rst", ".txt", ".markdown")
_INCLUDE = re.compile(
    r"^[ \t>]*(?:(?:`{3,}|~{3,}|:{3,})\{include\}|\.\. include::)[ \t]+(?P<path>\S+)", re.MULTILINE
)


class SphinxPages:
    """The pages below the folder of ``conf.py``, as its text lets one expect."""

    def __init__(self, repository: Repository, docs: Path, excluded: Sequence[str]) -> None:
        """Look for the pages.

        :param excluded: patterns over paths relative to *docs*.
        """
        self.repository = repository
        below = docs.relative_to(repository.root).as_posix()
        self._prefix = "" if below == "." else f"{below}/"
        self.paths = [f"{self._prefix}{page}" for page in sorted(_pages(docs, excluded))]
        """Relative to the repository."""
        self._includers: dict[str, str] | None = None

    def page_of(self, path: str) -> str | None:
        """Return the name of the page that is, or includes, the file at *path*, or ``None``."""
        if path in self.paths:
            return path.removeprefix(self._prefix).rpartition(".")[0]
        if self._includers is None:
            self._includers = dict(self._includes())
        return self._includers.get(path)

    def _includes(self) -> Iterator[tuple[str, str]]:
        for page in self.paths:
            try:
                text = self.repository.read(page).text
            except UnreadableFileError:
                continue
            for match in _INCLUDE.finditer(text):
                named = match["path"]
                start = self._prefix if named.startswith("/") else posixpath.dirname(page)
                path = posixpath.normpath(posixpath.join(start, named.lstrip("/")))
                yield path, page.removeprefix(self._prefix).rpartition(".")[0]


def _pages(docs: Path, excluded: Sequence[str]) -> Iterator[str]:
    for file in docs.rglob("*"):
        path = file.relative_to(docs).as_posix()
        hidden = any(part.startswith(("_", ".")) for part in path.split("/"))
        if file.suffix in SUFFIXES and not hidden and file.is_file():
            parents = [path, *(p.as_posix() for p in Path(path).parents)]
            if not any(matches(parent, excluded) for parent in parents):
                yield path
