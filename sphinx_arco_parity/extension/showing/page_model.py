"""What a page shows of ours, as one value that can be kept between builds.

Made by :mod:`.model_builder` from the assessment, and kept by :mod:`.build_cache`, so that
a page that is written again while nothing else has changed needs no assessment.  Nothing
in it is a line of a page: moving a declaration does not change what is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sphinx_arco_parity.views.pictures.drawing import Picture
from sphinx_arco_parity.views.tables import Table

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.showing.targets import Target
    from sphinx_arco_parity.views.cards import Card
    from sphinx_arco_parity.views.inline import Cell

#: What a view shows: a table, or pictures.
Shown = Table | tuple[Picture, ...]

#: (kind, name), as in :attr:`.Part.link`.
Link = tuple[str, str]


class EvidenceMark(NamedTuple):
    """A piece of evidence in a cell of the author's, and what is said of it."""

    column: str
    """The field of the column in which it is written."""
    number: int
    """Which column of that field, from 0."""
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
    adr: str = ""
    """The key of the ADR that it is, if it is one."""
    result: str = ""
    """What was reported of a test, if anything was."""
    result_detail: str = ""


class RowMarks(NamedTuple):
    """What is added to a row of a plain table."""

    classes: tuple[str, ...] = ()
    status: str | None = None
    """Of a row of the matrix, as the settings name it."""
    disputed: bool = False
    """A finding of level error speaks against it."""
    type: str | None = None
    """Of an exception, as the settings name it."""
    evidence: tuple[EvidenceMark, ...] = ()
    cited: Cell = ()
    """What cites an exception."""
    links: tuple[tuple[str, str, Link], ...] = ()
    """What its cells name: the field of the column, or nothing for all, the word, and
    what that is."""


class RoleMarks(NamedTuple):
    """What is said of a thing where a role names it."""

    known: bool = False
    """Whether it is declared, here or elsewhere."""
    number: str = ""
    """Of an ADR."""
    status: str | None = None
    """Of a row."""
    title: str = ""
    """Of a row of which nobody wrote the id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageModel:
    """All that one page shows of ours, by anchor or by link."""

    cards: dict[str, Card] = field(default_factory=dict)
    rows: dict[str, RowMarks] = field(default_factory=dict)
    views: dict[str, Shown] = field(default_factory=dict)
    findings: dict[str, list[Cell]] = field(default_factory=dict)
    """By :attr:`.Finding.home`: errors and warnings, as :func:`.finding_cell` has them;
    under an empty anchor those of the page."""
    roles: dict[Link, RoleMarks] = field(default_factory=dict)
    targets: dict[Link, Target | None] = field(default_factory=dict)
    """Where the links of all these lead."""


def links_of(model: PageModel) -> Iterable[Link]:
    """Yield the links in cards, rows and views."""
    for card in model.cards.values():
        yield from _links((card.title, card.cited, *(cell for _, cell in card.fields)))
    for findings in model.findings.values():
        yield from _links(findings)
    for row in model.rows.values():
        yield from _links((row.cited,))
        yield from (link for _, _, link in row.links)
        yield from (("adr", mark.adr) for mark in row.evidence if mark.adr)
    for shown in model.views.values():
        if isinstance(shown, Table):
            yield from _links(shown.notes)
            for line in shown.lines:
                yield from _links(line.cells)
        else:
            yield from (link for picture in shown for link in picture.links)


def _links(cells: Iterable[Cell]) -> Iterable[Link]:
    return (part.link for cell in cells for part in cell if part.link is not None)


def digest_of(model: PageModel) -> str:
    """Return a digest of *model*: equal models have equal ones."""
    text = json.dumps(
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
        separators=(",", ":"),
    )
    return blake2b(text.encode(), digest_size=12).hexdigest()
