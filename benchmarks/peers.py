"""The other tools that keep such items: the same words in their notation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from corpus import exceptions, paged, rows, write, write_repository
from system import MYST, System

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corpus import ExceptionItem, RowItem

_NEEDS = """
extensions = {extensions}
needs_id_regex = "^[A-Za-z0-9_-]+$"
needs_types = [
    {{"directive": "exc", "title": "Exception", "prefix": "", "color": "#fff", "style": "node"}},
    {{"directive": "row", "title": "Row", "prefix": "", "color": "#fff", "style": "node"}},
]
needs_fields = {{
    name: {{"description": name, "nullable": True, "schema": {{"type": "string"}}}}
    for name in ("decision", "kind", "revisit", "owner", "code", "tests", "ci")
}}
needs_links = {{"excepts": {{"incoming": "cited by", "outgoing": "exceptions"}}}}
"""

_MLX = """
extensions = {extensions}
import mlx.traceability
html_static_path = [os.path.join(os.path.dirname(mlx.traceability.__file__), "assets")]
traceability_relationships = {{"excepts": "cited_by"}}
traceability_relationship_to_string = {{"excepts": "Exceptions", "cited_by": "Cited by"}}
traceability_attributes = {{
    name: "^.*$"
    for name in (
        "decision", "kind", "revisit", "owner", "status", "code", "tests", "ci"
    )
}}
traceability_attribute_to_string = {{
    name: name.capitalize() for name in traceability_attributes
}}
traceability_render_relationship_per_item = True
traceability_render_attributes_per_item = True
"""


@dataclass(frozen=True, kw_only=True)
class Needs(System):
    """sphinx-needs."""

    requires: ClassVar[tuple[str, ...]] = (*System.requires, "sphinx-needs>=9.1,<10")
    scenarios: ClassVar[tuple[str, ...]] = (*System.scenarios, "j2")

    def conf(self) -> str:
        """Return types, fields and the one link."""
        return _NEEDS.format(extensions=MYST["needs", self.markup])

    def exception_page(self, items: list[ExceptionItem], docs: Path, name: str) -> str:
        """Return a need for each."""
        del docs, name
        return "".join(
            self._need("exc", one.id, one.title, one.body, _exception_fields(one)) for one in items
        )

    def row_page(self, items: list[RowItem], docs: Path, name: str) -> str:
        """Return a need for each."""
        del docs, name
        return "".join(
            self._need("row", one.id, one.title, one.body, _row_fields(one)) for one in items
        )

    def _need(self, kind: str, name: str, title: str, text: str, fields: Mapping[str, str]) -> str:
        options = {"id": name, **_kind(fields)}
        return self.m.directive(kind, title, options, self.m.text(text))

    def tables(self, found: list[ExceptionItem], stated: list[RowItem]) -> str:
        """Return a table of each kind, and who cites each exception."""
        del found, stated
        return "".join(
            self.m.directive(
                "needtable",
                "",
                {"types": kind, "columns": columns, "style": "table"},
            )
            for kind, columns in (
                ("exc", "id;title;kind;revisit;owner"),
                ("row", "id;title;status;excepts;owner"),
                ("exc", "id;title;excepts_back"),
            )
        )


@dataclass(frozen=True, kw_only=True)
class Mlx(System):
    """mlx.traceability, which does not run on Sphinx 9."""

    requires: ClassVar[tuple[str, ...]] = (
        "sphinx<9",
        "mlx.traceability>=11.8,<12",
        "myst-parser>=4",
    )
    largest: ClassVar[int] = 10_000

    def conf(self) -> str:
        """Return attributes and the one relation."""
        return "import os\n" + _MLX.format(extensions=MYST["mlx", self.markup])

    def exception_page(self, items: list[ExceptionItem], docs: Path, name: str) -> str:
        """Return an item for each."""
        del docs, name
        return "".join(
            self._item(f"{x.id} {x.title}", _kind(_exception_fields(x)), x.body) for x in items
        )

    def row_page(self, items: list[RowItem], docs: Path, name: str) -> str:
        """Return an item for each."""
        del docs, name
        return "".join(
            self._item(
                f"{one.id} {one.title}",
                {**_row_fields(one), "excepts": " ".join(one.exceptions)},
                one.body,
            )
            for one in items
        )

    def _item(self, argument: str, options: dict[str, str], body: str) -> str:
        return self.m.directive("item", argument, options, self.m.text(body))

    def tables(self, found: list[ExceptionItem], stated: list[RowItem]) -> str:
        """Return a matrix of the attributes of all, and one of the relation."""
        del found, stated
        return self.m.directive(
            "item-attributes-matrix",
            "All",
            {"attributes": "kind status revisit owner"},
        ) + self.m.directive(
            "item-matrix",
            "Rows",
            {"source": "EX", "target": "row", "type": "cited_by", "nocaptions": ""},
        )


_GRAMMAR = """\
[DOCUMENT]
TITLE: Page {name}

[GRAMMAR]
ELEMENTS:
- TAG: REQUIREMENT
  FIELDS:
{fields}
  RELATIONS:
  - TYPE: Parent

"""


@dataclass(frozen=True, kw_only=True)
class StrictDoc(System):
    """StrictDoc: a program of its own, not an extension of Sphinx."""

    requires: ClassVar[tuple[str, ...]] = ("strictdoc>=0.30,<0.31",)
    sphinx: ClassVar[bool] = False
    largest: ClassVar[int] = 10_000

    def touch(self, page: Path) -> None:
        """Add a sentence to the last item: text of its own would need a grammar."""
        text, name, after = page.read_text("utf-8").rpartition("STATEMENT: ")
        page.write_text(f"{text}{name}One more sentence. {after}", encoding="utf-8")

    def write(self, folder: Path, total: int) -> None:
        """Write one document for each page."""
        docs = folder / "docs"
        for number, some in paged(exceptions(total)):
            name = f"exceptions_{number:04d}"
            items = [self._item(x.id, x.title, x.body, _exception_fields(x)) for x in some]
            write(docs / f"{name}.sdoc", _document(name, items))
        for number, some in paged(rows(total)):
            name = f"rows_{number:04d}"
            items = [self._item(x.id, x.title, x.body, _row_fields(x), x.exceptions) for x in some]
            write(docs / f"{name}.sdoc", _document(name, items))
        write(
            folder / "strictdoc_config.py",
            "from strictdoc.core.project_config import ProjectConfig\n\n\n"
            "def create_config():\n    return ProjectConfig(\n"
            '        project_title="Bench",\n        project_features=[\n'
            '            "TABLE_SCREEN", "TRACEABILITY_SCREEN",\n'
            '            "TRACEABILITY_MATRIX_SCREEN",\n        ],\n    )\n',
        )
        write_repository(folder, total)

    def _item(
        self,
        name: str,
        title: str,
        text: str,
        fields: Mapping[str, str],
        parents: tuple[str, ...] = (),
    ) -> str:
        lines = ["[REQUIREMENT]", f"UID: {name}", f"TITLE: {title}"]
        lines += [
            f"{key.upper()}: {value}"
            for key in _FIELDS
            if (value := fields.get(key)) and key != "excepts"
        ]
        lines.append(f"STATEMENT: {text}")
        if parents:
            lines.append("RELATIONS:")
        for parent in parents:
            lines += ["- TYPE: Parent", f"  VALUE: {parent}"]
        return "\n".join(lines) + "\n\n"


_FIELDS = ("decision", "type", "revisit", "status", "code", "tests", "ci", "owner")


def _document(name: str, items: list[str]) -> str:
    names = ("UID", "TITLE", *(key.upper() for key in _FIELDS), "STATEMENT")
    fields = "\n".join(
        f"  - TITLE: {name}\n    TYPE: String\n    REQUIRED: False" for name in names
    )
    return _GRAMMAR.format(name=name, fields=fields) + "".join(items)


def _kind(fields: Mapping[str, str]) -> dict[str, str]:
    """Return *fields* with another name for the type, which both tools keep for theirs."""
    return {"kind" if key == "type" else key: text for key, text in fields.items()}


def _exception_fields(one: ExceptionItem) -> dict[str, str]:
    return {
        "decision": one.decision,
        "type": one.type,
        "revisit": one.revisit,
        "owner": one.owner,
    }


def _row_fields(one: RowItem) -> dict[str, str]:
    return {
        "status": one.status,
        "code": one.code,
        "tests": one.tests,
        "ci": one.ci,
        "excepts": ", ".join(one.exceptions),
        "owner": one.owner,
    }


PEERS: dict[str, System] = {
    "needs-rst": Needs(markup="rst"),
    "needs-md": Needs(markup="md"),
    "mlx-rst": Mlx(markup="rst"),
    "mlx-md": Mlx(markup="md"),
    "strictdoc": StrictDoc(),
}
