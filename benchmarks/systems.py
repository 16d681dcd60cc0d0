"""Who is measured: for each system, how the same items are written and built.

:data:`SYSTEMS` is read by :mod:`run`; ``python benchmarks/systems.py SYSTEM NUMBER FOLDER``
writes a project of NUMBER items.
"""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from corpus import write
from markup import MARKUPS
from peers import PEERS
from system import MYST, System
from words import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus import ExceptionItem, RowItem

_EXCEPTION_HEADERS = ("ID", "Capability", "Decision", "Type", "Revisit", "Owner")
_EXCEPTION_HEADERS += ("Rationale",)
_ROW_HEADERS = ("ID", "Capability", "Status", "Code", "Tests", "CI", "Exceptions")
_ROW_HEADERS += ("Owner", "Notes")


@dataclass(frozen=True, kw_only=True)
class Ours(System):
    """sphinx-arco-parity; ``form`` is how the items are declared."""

    form: str = "directive"
    scenarios: ClassVar[tuple[str, ...]] = (
        *(*System.scenarios, "changed", "dummy", "dummy-again", "check", "j2"),
    )

    @property
    def shows_titles(self) -> bool:
        """Whether we write the citations: plain tables stay as they were written."""
        return self.form != "table"

    def conf(self) -> str:
        """Return our own options."""
        tables = '{"exceptions": ["exceptions_*"], "matrix": ["rows_*"]}'
        tables = tables if self.form == "table" else "{}"
        return (
            f"extensions = {MYST['ours', self.markup]}\n"
            f'parity_repository = ".."\nparity_tables = {tables}\n'
        )

    def exception_page(self, items: list[ExceptionItem], docs: Path, name: str) -> str:
        """Return directives, a table, or a directive that names a file."""
        if self.form == "directive":
            return "".join(self._exception(one) for one in items)
        lines = [
            (x.id, x.title, x.decision, x.type, x.revisit, x.owner, self.m.text(x.body))
            for x in items
        ]
        return self._table("parity-exceptions", _EXCEPTION_HEADERS, lines, docs / name)

    def _exception(self, one: ExceptionItem) -> str:
        options = {
            "capability": one.title,
            "decision": one.decision,
            "type": one.type,
            "revisit": one.revisit,
            "owner": one.owner,
        }
        body = self.m.text(one.body)
        return self.m.directive("parity-exception", one.id, options, body)

    def row_page(self, items: list[RowItem], docs: Path, name: str) -> str:
        """Return directives, a table, or a directive that names a file."""
        if self.form == "directive":
            return "".join(self._row(one) for one in items)
        lines = [
            (
                *(one.id, one.title, one.status),
                *map(self.m.cell, (one.code, one.tests, one.ci)),
                ", ".join(one.exceptions),
                one.owner,
                self.m.text(one.body),
            )
            for one in items
        ]
        return self._table("parity-matrix", _ROW_HEADERS, lines, docs / name)

    def _row(self, one: RowItem) -> str:
        options = {
            "capability": one.title,
            "status": one.status,
            "code": one.code,
            "tests": one.tests,
            "ci": one.ci,
            "exceptions": ", ".join(one.exceptions),
            "owner": one.owner,
        }
        return self.m.directive("parity-row", one.id, options, self.m.text(one.body))

    def _table(
        self,
        directive: str,
        headers: tuple[str, ...],
        lines: list[tuple[str, ...]],
        path: Path,
    ) -> str:
        if self.form == "table":
            return self.m.table(headers, lines)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([headers, *lines])
        write(path.with_suffix(".csv"), text.getvalue())
        return self.m.directive(directive, "", {"file": f"{path.name}.csv"})

    def tables(self, found: list[ExceptionItem], stated: list[RowItem]) -> str:
        """Return the three directives."""
        del found, stated
        wanted = {
            "exceptions": "id, capability, type, revisit, owner",
            "matrix": "id, capability, status, exceptions, owner",
            "traceability": "id, capability, rows",
        }
        return "".join(
            self.m.directive("parity-table", kind, {"columns": columns})
            for kind, columns in wanted.items()
        )


@dataclass(frozen=True, kw_only=True)
class Bare(Ours):
    """Sphinx without us, on the same pages with plain tables."""

    form: str = "table"
    has_tables: bool = False
    scenarios: ClassVar[tuple[str, ...]] = (*System.scenarios, "dummy-again")

    def conf(self) -> str:
        """Return no options."""
        return System.conf(self)


@dataclass(frozen=True, kw_only=True)
class Plain(System):
    """Sphinx alone with the same visible content: admonitions, tables, ``:ref:``."""

    def _links(self, names: tuple[str, ...]) -> str:
        return ", ".join(self.m.reference(name.lower(), name) for name in names)

    def exception_page(self, items: list[ExceptionItem], docs: Path, name: str) -> str:
        """Return a labelled admonition for each."""
        del docs, name
        return "".join(
            self._item(
                one.id,
                f"{one.id} {one.title} ({one.type})",
                {
                    "Decision": one.decision,
                    "Revisit Trigger": one.revisit,
                    "Owner": one.owner,
                },
                one.body,
                {"Cited by": self._links(one.cited_by)},
            )
            for one in items
        )

    def row_page(self, items: list[RowItem], docs: Path, name: str) -> str:
        """Return a labelled admonition for each."""
        del docs, name
        return "".join(
            self._item(
                one.id,
                f"{one.id} {one.title} ({one.status})",
                {
                    "Code": f"{self.m.cell(one.code)} verified",
                    "Tests": f"{self.m.cell(one.tests)} verified",
                    "CI": f"{self.m.cell(one.ci)} verified",
                    "Exceptions": self._links(one.exceptions),
                    "Owner": one.owner,
                },
                one.body,
                {},
            )
            for one in items
        )

    def _item(
        self,
        identifier: str,
        title: str,
        fields: dict[str, str],
        text: str,
        last: dict[str, str],
    ) -> str:
        listed = self._fields(fields)
        after = self._fields(last) if last else ""
        body = f"{listed}{self.m.text(text)}\n\n{after}".rstrip()
        label = self.m.label(identifier.lower())
        return label + self.m.directive("admonition", title, {}, body)

    def _fields(self, fields: dict[str, str]) -> str:
        if self.markup == "rst":
            return self.m.fields(fields)
        return "".join(f"- {name}: {text}\n" for name, text in fields.items()) + "\n"

    def tables(self, found: list[ExceptionItem], stated: list[RowItem]) -> str:
        """Return three ``list-table``."""
        return (
            self.m.list_table(
                ("ID", "Capability", "Type", "Revisit", "Owner"),
                [(self._links((x.id,)), x.title, x.type, x.revisit, x.owner) for x in found],
            )
            + self.m.list_table(
                ("ID", "Capability", "Status", "Exceptions", "Owner"),
                [
                    (
                        self._links((one.id,)),
                        one.title,
                        one.status,
                        self._links(one.exceptions),
                        one.owner,
                    )
                    for one in stated
                ],
            )
            + self.m.list_table(
                ("ID", "Capability", "Rows"),
                [(self._links((x.id,)), x.title, self._links(x.cited_by)) for x in found],
            )
        )


def _ours() -> Iterator[tuple[str, System]]:
    for markup in MARKUPS:
        for form in ("directive", "table", "file"):
            yield f"ours-{form}-{markup}", Ours(markup=markup, form=form)
        read = Ours(markup=markup, form="table", has_tables=False)
        yield f"ours-read-{markup}", read
        yield f"bare-read-{markup}", Bare(markup=markup)
        yield f"plain-{markup}", Plain(markup=markup)


SYSTEMS: dict[str, System] = {**dict(_ours()), **TEXTS, **PEERS}


def main(arguments: list[str]) -> None:
    """Write one project: the name of its system, how many items, and the folder."""
    system, number, folder = arguments
    SYSTEMS[system].write(Path(folder), int(number))


if __name__ == "__main__":
    main(sys.argv[1:])
