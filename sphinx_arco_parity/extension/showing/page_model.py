"""What a page shows of ours, as one value that can be kept between builds.

Made by :mod:`.model_builder` from the assessment; kept by :mod:`.page_cache` as JSON, so that
a page that is written again while nothing else has changed needs no assessment.  Nothing
in it is a line of a page: moving a declaration does not change what is shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_arco_parity.extension.showing.targets import Target
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.views.cards import Card
from sphinx_arco_parity.views.inline import Cell, Part
from sphinx_arco_parity.views.pictures.picture import Picture, PictureTable
from sphinx_arco_parity.views.tables import Column, Line, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What a view shows: a table, or pictures.
Shown = Table | tuple[Picture, ...]

#: (kind, name), as in :attr:`.Part.link`.
Link = tuple[str, str]


class EvidenceMark(NamedTuple):
    """A piece of evidence in a cell of the author's, and what is said of it."""

    column: str
    """The field of the column in which it is written."""
    start: int
    """Where in the text of its cell it is written."""
    literal: int | None
    """Which of the cell's literals that is, from 0, if it is one."""
    before: int
    """How many literals of the cell begin before it."""
    text: str
    """What is written: the text of the literal, the word, or the text of the link."""
    place: str
    """The file, with the line where it was found or is cited, if there is one."""
    verdict: str
    detail: str


class RowMarks(NamedTuple):
    """What is added to a row of a plain table."""

    classes: tuple[str, ...] = ()
    status: str | None = None
    """Of a row of the matrix, as the settings name it."""
    type: str | None = None
    """Of an exception, as the settings name it."""
    evidence: tuple[EvidenceMark, ...] = ()
    cited: Cell = ()
    """What cites an exception."""


class RoleMarks(NamedTuple):
    """What is said of a thing where a role names it."""

    known: bool = False
    """Whether it is declared, here or elsewhere."""
    number: str = ""
    """Of an ADR."""
    status: str | None = None
    """Of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageModel:
    """All that one page shows of ours, by anchor or by link."""

    cards: dict[str, Card] = field(default_factory=dict)
    rows: dict[str, RowMarks] = field(default_factory=dict)
    views: dict[str, Shown] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    """Errors and warnings; under an empty anchor those of the page."""
    roles: dict[Link, RoleMarks] = field(default_factory=dict)
    targets: dict[Link, Target | None] = field(default_factory=dict)
    """Where the links of all these lead."""


def links_of(model: PageModel) -> Iterable[Link]:
    """Yield the links in cards, rows and views."""
    for card in model.cards.values():
        yield from _links((card.title, card.cited, *(cell for _, cell in card.fields)))
    for row in model.rows.values():
        yield from _links((row.cited,))
    for shown in model.views.values():
        if isinstance(shown, Table):
            yield from _links(shown.notes)
            for line in shown.lines:
                yield from _links(line.cells)


def _links(cells: Iterable[Cell]) -> Iterable[Link]:
    return (part.link for cell in cells for part in cell if part.link is not None)


def encode(model: PageModel) -> str:
    """Return *model* as one line of text: equal models give equal texts."""
    return json.dumps(
        [
            model.cards,
            model.rows,
            {
                anchor: ["table" if isinstance(shown, Table) else "pictures", shown]
                for anchor, shown in model.views.items()
            },
            model.findings,
            [[*link, marks] for link, marks in model.roles.items()],
            [[*link, target] for link, target in model.targets.items()],
        ],
        default=_told,
        separators=(",", ":"),
    )


def _told(one: Finding) -> list[str]:
    return [one.rule, one.severity.value, one.message, one.help]


def decode(text: str) -> PageModel:
    """Return the model of which :func:`encode` has made *text*."""
    cards, rows, views, findings, roles, targets = json.loads(text)
    return PageModel(
        cards={anchor: _card(*one) for anchor, one in cards.items()},
        rows={anchor: _row(*one) for anchor, one in rows.items()},
        views={anchor: _shown(*one) for anchor, one in views.items()},
        findings={anchor: _findings(told) for anchor, told in findings.items()},
        roles={(kind, name): RoleMarks(*one) for kind, name, one in roles},
        targets={
            (kind, name): None if one is None else Target(*one)
            for kind, name, one in targets
        },
    )


def _cell(parts: list[Any]) -> Cell:
    return tuple(
        Part(text, kind, (link[0], link[1]) if link else None, title)
        for text, kind, link, title in parts
    )


def _card(
    kind: str,
    identifier: str,
    title: Any,
    marks: Any,
    fields: Any,
    cited: Any,
    findings: Any,
) -> Card:
    return Card(
        kind=kind,
        id=identifier,
        title=_cell(title),
        marks=_cell(marks),
        fields=tuple((label, _cell(cell)) for label, cell in fields),
        cited=_cell(cited),
        findings=tuple(_findings(findings)),
    )


def _row(
    classes: list[str],
    status: str | None,
    kind: str | None,
    evidence: list[Any],
    cited: list[Any],
) -> RowMarks:
    marks = tuple(EvidenceMark(*one) for one in evidence)
    return RowMarks(tuple(classes), status, kind, marks, _cell(cited))


def _shown(kind: str, model: list[Any]) -> Shown:
    return _table(*model) if kind == "table" else tuple(_picture(*p) for p in model)


def _table(
    kind: str,
    columns: list[Any],
    lines: list[Any],
    caption: str,
    empty: str,
    per_page: int,
    notes: list[Any],
) -> Table:
    return Table(
        kind=kind,
        columns=tuple(Column(*one) for one in columns),
        lines=tuple(
            Line(tuple(map(_cell, cells)), anchor, tuple(classes), group)
            for cells, anchor, classes, group in lines
        ),
        caption=caption,
        empty=empty,
        per_page=per_page,
        notes=tuple(map(_cell, notes)),
    )


def _picture(
    name: str, title: str, description: str, svg: str, table: list[Any]
) -> Picture:
    headers, rows = table
    numbers = PictureTable(tuple(headers), tuple(map(tuple, rows)))
    return Picture(name, title, description, svg, numbers)


def _findings(told: list[list[str]]) -> list[Finding]:
    return [
        Finding(
            rule=rule,
            severity=Severity(severity),
            message=message,
            help=help_text,
            place=_NOWHERE,
            item="",
        )
        for rule, severity, message, help_text in told
    ]


_NOWHERE = Place(path="", line=1)
