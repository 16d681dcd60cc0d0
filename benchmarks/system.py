"""What every measured tool has: pages of items, ``conf.py`` and a repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from corpus import exceptions, paged, rows, write, write_repository
from markup import MARKUPS

if TYPE_CHECKING:
    from pathlib import Path

    from corpus import ExceptionItem, RowItem
    from markup import Restructured

_EXTENSIONS = {
    "plain": (),
    "ours": ("sphinx_arco_parity",),
    "needs": ("sphinx_needs",),
    "mlx": ("mlx.traceability",),
}

_PER_PART = 20

#: (tool, markup) to the value of ``extensions``.
MYST = {
    (tool, markup): list(names if markup == "rst" else ("myst_parser", *names))
    for tool, names in _EXTENSIONS.items()
    for markup in MARKUPS
}


@dataclass(frozen=True, kw_only=True)
class System:
    """A tool with one way of writing the items."""

    #: The packages of its environment; ours comes from this folder's parent.
    requires: ClassVar[tuple[str, ...]] = ("sphinx>=9.0,<9.1", "myst-parser>=4")
    sphinx: ClassVar[bool] = True
    #: What is done with it, of :data:`builds.SCENARIOS`: what some ratio needs.
    scenarios: ClassVar[tuple[str, ...]] = ("cold", "unchanged", "touched")
    #: The number of items above which it is not measured.
    largest: ClassVar[int] = 50_000
    markup: str = "rst"
    has_tables: bool = True
    """Whether there is a page with the table of all and the traceability table."""

    @property
    def m(self) -> Restructured:
        """The language of the pages."""
        return MARKUPS[self.markup]

    def write(self, folder: Path, total: int) -> None:
        """Write the project: its documents are in ``docs``."""
        docs = folder / "docs"
        names = []
        found, stated = exceptions(total), rows(total)
        for kind, items, page in (
            ("exceptions", found, self.exception_page),
            ("rows", stated, self.row_page),
        ):
            for number, some in paged(items):
                name = f"{kind}_{number:04d}"
                names.append(name)
                text = self.m.title(f"Page {name}") + page(some, docs, name)
                write(docs / f"{name}{self.m.suffix}", text)
        if self.has_tables:
            names.append("tables")
            text = self.m.title("All items") + self.tables(found, stated)
            write(docs / f"tables{self.m.suffix}", text)
        self.write_contents(docs, names)
        write(docs / "conf.py", f'project = "Bench"\n{self.conf()}')
        write_repository(folder, total)

    def write_contents(self, docs: Path, names: list[str]) -> None:
        """Write the tables of contents: 20 pages in each, as large projects have them.

        Sphinx draws the siblings of each page in its sidebar, so that one table of
        contents with all pages would take a time that grows with their square.
        """
        parts = []
        for start in range(0, len(names), _PER_PART):
            part = f"part_{start // _PER_PART:03d}"
            parts.append(part)
            listed = names[start : start + _PER_PART]
            self._write_part(docs, part, f"Part {part}", listed)
        self._write_part(docs, "index", "Benchmark", parts)

    def _write_part(self, docs: Path, name: str, title: str, below: list[str]) -> None:
        toctree = self.m.directive("toctree", body="\n".join(below))
        write(docs / f"{name}{self.m.suffix}", self.m.title(title) + toctree)

    @property
    def shows_titles(self) -> bool:
        """Whether a citation shows more of what it cites than its id."""
        return False

    def touch(self, page: Path) -> None:
        """Add a sentence to a page."""
        with page.open("a", encoding="utf-8") as stream:
            stream.write("\nOne more sentence.\n")

    def conf(self) -> str:
        """Return what ``conf.py`` says beside the project's name."""
        return f"extensions = {MYST['plain', self.markup]}\n"

    def exception_page(self, items: list[ExceptionItem], docs: Path, name: str) -> str:
        """Return the body of a page of exceptions."""
        raise NotImplementedError

    def row_page(self, items: list[RowItem], docs: Path, name: str) -> str:
        """Return the body of a page of rows."""
        raise NotImplementedError

    def tables(self, found: list[ExceptionItem], stated: list[RowItem]) -> str:
        """Return the body of the page of tables."""
        raise NotImplementedError
