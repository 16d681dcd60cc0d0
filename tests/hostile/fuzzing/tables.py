"""Targets: whole tables, from their headers to reports; and claims in prose."""

from __future__ import annotations

from datetime import date

from fuzzing import seeds, vocabulary
from fuzzing.target import Target, writable
from fuzzing.workshop import shared
from sphinx_arco_parity.assessment.assess import Assessment, AssessmentInputs, assess
from sphinx_arco_parity.declarations.columns import identify, map_columns, named_cells, recognise
from sphinx_arco_parity.declarations.records_from import (
    Written,
    claim_from,
    exception_from,
    row_from,
)
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.registry import FILES, FORMATS, PUBLISHED
from sphinx_arco_parity.model.records import DocumentRecords, Place, View
from sphinx_arco_parity.model.table_columns import COLUMNS
from sphinx_arco_parity.prose import (
    find_claims,
    markdown_blocks,
    rst_blocks,
    scope_of,
)
from sphinx_arco_parity.rules.claims import related_exceptions
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.blocks import read_blocks, split_row
from sphinx_arco_parity.views.entries import Entries
from sphinx_arco_parity.views.others import other_entries, parse_other
from sphinx_arco_parity.views.tables import build_table

_SETTINGS = Settings(
    product="Arco Flow",
    reference="Dagster OSS",
    statuses={"parity_green": "Implemented"},
    milestones=["M1", "M2"],
    milestone="M1",
)
_HEADERS = {
    "exceptions": "ID Capability Decision Type Revisit Rationale Owner ADRs Evidence",
    "matrix": "ID Capability Status Code Tests CI Exceptions ADRs Notes",
}
_SHOWN = tuple(kind for kind in COLUMNS if kind != "legend")


def _declared(text: str) -> list[DocumentRecords]:
    """Read *text* as the rows of an exception table and of a matrix."""
    lines = [split_row(line).texts or [""] for line in text.split("\n")[:12]]
    found = []
    for kind, known in _HEADERS.items():
        columns = recognise(lines[0], [kind], _SETTINGS)
        if columns is None:
            columns = map_columns(known.split(), kind, _SETTINGS)
        made = []
        for number, line in enumerate(lines, 1):
            place = Place(path=f"docs/{kind}.md", line=number)
            texts, own = named_cells(columns, line)
            name, derived = identify(texts, kind)
            how = "column" if number % 2 else "option"
            written = Written(docname=kind, anchor=f"a{number}", place=place, how=how)
            make = exception_from if kind == "exceptions" else row_from
            more = {} if kind == "exceptions" else {"section": line[0]}
            made.append(make(texts, own, written, identifier=name, derived=derived, **more))
        claim = claim_from(text, {"exceptions": lines[0][0]}, written, identifier="c", derived=True)
        field = "exceptions" if kind == "exceptions" else "rows"
        found.append(
            DocumentRecords(
                docname=kind,
                path=f"docs/{kind}.md",
                claims=(claim,),
                **{field: tuple(made)},
            )
        )
    return found


def _table(text: str) -> None:
    """Judge the rows of a table, and write every report and every view of them."""
    judged = assess(
        AssessmentInputs(
            documents=_declared(text),
            settings=_SETTINGS,
            repository=shared(),
            pages=("exceptions", "matrix"),
            as_of=date(2024, 1, 1),
        )
    )
    writable(judged.findings)
    _reports(judged)
    place = Place(path="docs/index.md", line=1)
    entries = Entries(judged)
    for kind in _SHOWN:
        view = View(kind=kind, options=(), docname="index", anchor="a", place=place)
        writable(build_table(view, entries).words)


def _reports(judged: Assessment) -> None:
    shown = Presentation(source_line=lambda _path, _line: "| x |")
    for export in (
        *FORMATS.values(),
        *FILES.values(),
        *(e for _, e in PUBLISHED.values()),
    ):
        export(judged, shown).encode()
    published = parse_other(FILES["parity.json"](judged, shown))
    for kind in _SHOWN:
        writable([dict(entry.cells) for entry in other_entries(kind, published)])


def _headers(text: str) -> None:
    headers = split_row(text).texts
    for kind in _HEADERS:
        columns = map_columns(headers, kind, _SETTINGS)
        assert len(columns.fields) == len(columns.headers) == len(headers)
    recognise(headers, tuple(_HEADERS), _SETTINGS)


def _structure(text: str) -> None:
    for path in ("x.md", "x.rst", "x.txt"):
        outline = read_blocks(text, path)
        last = len(outline.lines)
        assert len(outline.text_lines()) == last
        assert all(1 <= block.line <= block.last <= last for block in outline.walk())
        for table in outline.tables():
            for cell in (cell for row in table.rows for cell in row.cells):
                assert cell.start is None or cell.end is not None
                source = outline.lines[cell.line - 1][cell.start : cell.end]
                assert cell.start is None or len(cell.text) <= len(source)


def _prose(text: str) -> None:
    for blocks in (markdown_blocks(text), rst_blocks(text)):
        lines = text.count("\n") + 1
        for claim in find_claims(blocks, _SETTINGS):
            assert 1 <= claim.line <= lines + 1
            for scope in ("paragraph", "section", "page"):
                writable(scope_of(blocks, claim.block, scope).paths)
    related_exceptions(text[:200], (), without=("Arco Flow",))


TARGETS = (
    Target(
        name="tables",
        read=_table,
        words=vocabulary.TABLE,
        seeds=lambda: list(seeds.tables()),
        share=1,
    ),
    Target(
        name="headers",
        read=_headers,
        words=vocabulary.TABLE,
        seeds=lambda: [table.split("\n")[0] for table in seeds.tables()],
        share=20,
    ),
    Target(
        name="block structure",
        read=_structure,
        words=(*vocabulary.TABLE, *vocabulary.ADR),
        seeds=lambda: [*seeds.tables(), *seeds.files(".md", ".rst")],
        share=20,
    ),
    Target(
        name="prose",
        read=_prose,
        words=vocabulary.PROSE,
        seeds=lambda: list(seeds.files(".md", ".rst")),
        share=10,
    ),
)
