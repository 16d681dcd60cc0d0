"""Tables and cards as HTML, written at once: one node instead of one for each cell."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.views.marks import MARKS, STATUS_GLYPHS, VERDICT_GLYPHS, class_of, glyph_of

if TYPE_CHECKING:
    from sphinx_arco_parity.views.cards import Card
    from sphinx_arco_parity.views.inline import Cell, Part
    from sphinx_arco_parity.views.pictures.drawing import Picture
    from sphinx_arco_parity.views.tables import Line, Table

    Resolve = Callable[[tuple[str, str]], tuple[str, str]]


_NOT_NAME = re.compile(r"[^\w.-]+")


def table_html(table: Table, anchor: str, resolve: Resolve) -> str:
    """Return *table* with its wrapper, caption and notes."""
    if not table.lines:
        return _empty(anchor, table.empty)
    label = table.caption or _(NAMES.get(table.kind, table.kind))
    per_page = f' data-per-page="{table.per_page}"' if table.per_page else ""
    head = "".join(
        f'<th class="head parity-col-{escape(column.key)}" scope="col">'
        f"<p>{escape(_(column.label))}</p></th>"
        for column in table.columns
    )
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    body = _body(table, anchor, resolve)
    notes = "".join(
        f'<p class="parity-note">{cell_html(note, resolve)}</p>\n' for note in table.notes
    )
    return (
        f'<div class="parity-view" id="{escape(anchor)}">\n'
        f'<div class="parity-scroll" role="region" tabindex="0" '
        f'aria-label="{escape(label)}">\n'
        f'<table class="parity-table parity-{table.kind} docutils align-default"'
        f"{per_page}>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}"
        f"</tbody>\n</table>\n</div>\n{notes}</div>\n"
    )


def _empty(anchor: str, text: str = "") -> str:
    shown = escape(text or _("Nothing matches."))
    return f'<p class="parity-empty" id="{escape(anchor)}">{shown}</p>\n'


NAMES = {
    "exceptions": "Exceptions",
    "matrix": "Parity matrix",
    "claims": "Claims",
    "adrs": "Architecture decision records",
    "evidence": "Evidence",
    "traceability": "Traceability",
    "review": "Review",
    "findings": "Findings",
    "history": "History",
}


def _body(table: Table, anchor: str, resolve: Resolve) -> str:
    parts: list[str] = []
    group = None
    ids = _line_ids(table, anchor)
    for number, line in enumerate(table.lines):
        if line.group != group and line.group:
            parts.append(
                f'<tr class="parity-group"><th colspan="{len(table.columns)}" '
                f'scope="rowgroup">{escape(line.group)}</th></tr>\n'
            )
        group = line.group
        parts.append(_line(line, number, ids[number], resolve))
    return "".join(parts)


def _line_ids(table: Table, anchor: str) -> list[str]:
    """Return an id for each line, for its permalink; the words of a legend need none.

    A line is named for what it links to, so that its address outlives a new order.
    """
    if table.kind == "legend":
        return [""] * len(table.lines)
    seen: Counter[str] = Counter()
    ids = []
    for line in table.lines:
        links = (part.link[1] for cell in line.cells for part in cell if part.link)
        name = _NOT_NAME.sub("-", next(links, "")).strip("-") or "line"
        named = line.anchor or f"{anchor}-{name}"
        seen[named] += 1
        ids.append(named if seen[named] == 1 else f"{named}-{seen[named]}")
    return ids


def _line(line: Line, number: int, name: str, resolve: Resolve) -> str:
    classes = " ".join(("row-odd" if number % 2 else "row-even", *line.classes))
    anchor = f' id="{escape(name)}"' if name else ""
    cells = "".join(f"<td>{_folded(cell, resolve)}</td>" for cell in line.cells)
    row = f'<tr class="{escape(classes)}"{anchor}>{cells}</tr>\n'
    if line.below:
        found = findings_html(line.below, resolve)
        row += f'<tr class="parity-below"><td colspan="{len(line.cells)}">{found}</td></tr>\n'
    return row


def _folded(cell: Cell, resolve: Resolve) -> str:
    """Return *cell*; references with their verdicts behind a line that counts these."""
    html = cell_html(cell, resolve)
    if cell and cell[0].kind == "code" and cell[-1].kind in {"verdict", "result"}:
        verdicts = Counter(part.text for part in cell if part.kind == "verdict")
        return f"{fold_html(verdicts)}{html}{FOLD_END}"
    return html


def fold_html(verdicts: Mapping[str, int]) -> str:
    """Return what opens folded evidence: how many pieces have which of *verdicts*."""
    counts = " · ".join(
        # The word is its name: what stands behind a reference is a verdict, this is a sum.
        f'<span class="parity-mark {class_of("verdict", name)}" role="img"'
        f' title="{escape(_(name))}" aria-label="{verdicts[name]} {escape(_(name))}">'
        f"{glyph_of('verdict', name)} {verdicts[name]}</span>"
        for name in VERDICT_GLYPHS
        if name in verdicts
    )
    return f'<details class="parity-fold"><summary>{counts}</summary>'


FOLD_END = "</details>"


def cell_html(cell: Cell, resolve: Resolve) -> str:
    """Return the parts of *cell*; everything in it is escaped."""
    return "".join(_part(part, resolve) for part in cell)


def _part(part: Part, resolve: Resolve) -> str:
    inner = escape(part.text)
    title = f' title="{escape(part.title)}"' if part.title else ""
    if part.kind == "break":
        return "<br />"
    if part.kind == "code":
        inner = (
            f'<code class="docutils literal notranslate"><span class="pre">{inner}</span></code>'
        )
    elif part.kind == "strong":
        inner = f"<strong>{inner}</strong>"
    elif part.kind == "label":
        return f'<span class="parity-label">{escape(_(part.text))}:</span>'
    elif part.kind in MARKS:
        return mark_html(part.kind, part.text, part.title)
    if part.link is not None:
        uri, told = resolve(part.link)
        if uri:
            about = f' title="{escape(told)}"' if told else title
            kind = "external" if "://" in uri else "internal"
            return f'<a class="reference {kind}" href="{escape(uri)}"{about}>{inner}</a>'
    return f"<span{title}>{inner}</span>" if title else inner


def mark_html(kind: str, word: str, title: str = "") -> str:
    """Return a status, verdict, severity or type: word, glyph and colour together."""
    glyph = glyph_of(kind, word)
    told = f' title="{escape(title)}"' if title else ""
    shown = f'<span aria-hidden="true">{glyph}</span> ' if glyph else ""
    name = escape(class_of(kind, word))
    return f'<span class="parity-mark {name}"{told}>{shown}{escape(_(word))}</span>'


def card_html(card: Card, anchor: str, resolve: Resolve, permalink: str) -> str:
    """Return what stands before the body of a declaration."""
    if card.kind == "claim" and not (card.id or card.fields or card.findings):
        return f'<div class="parity-item parity-claim" id="{escape(anchor)}">\n'
    marks = cell_html(card.marks, resolve)
    name = f'<span class="parity-id">{escape(card.id)}</span> ' if card.id else ""
    heading = f"{name}{cell_html(card.title, resolve)} {marks}".strip()
    title = (
        f'<p class="parity-item-title">{heading}'
        f'<a class="headerlink" href="#{escape(anchor)}" '
        f'title="{escape(permalink)}">¶</a></p>\n'
        if heading
        else ""
    )
    tones = [class_of(mark.kind, mark.text) for mark in card.marks]
    classes = " ".join(["parity-item", f"parity-{card.kind}", *tones])
    fields = "".join(
        f"<div><dt>{escape(_(label))}</dt><dd>{cell_html(cell, resolve)}</dd></div>\n"
        for label, cell in card.fields
    )
    if fields:
        fields = f'<dl class="parity-fields">\n{fields}</dl>\n'
    return f'<div class="{escape(classes)}" id="{escape(anchor)}">\n{title}{fields}'


def card_end_html(card: Card, resolve: Resolve) -> str:
    """Return what stands after the body: what cites it, and its findings."""
    cited = ""
    if card.cited:
        cited = (
            f'<p class="parity-cited">{escape(_("Cited by"))} — '
            f"{cell_html(card.cited, resolve)}</p>\n"
        )
    return f"{cited}{findings_html(card.findings, resolve)}</div>\n"


def pictures_html(
    pictures: Sequence[Picture], anchor: str, resolve: Resolve, *, drawn: bool = True
) -> str:
    """Return pictures, each with its table behind it; only the tables if not *drawn*."""
    if not pictures:
        return _empty(anchor)
    figures = "".join(_figure(picture, resolve, drawn=drawn) for picture in pictures)
    return f'<div class="parity-pictures" id="{escape(anchor)}">\n{figures}</div>\n'


def _drawing(picture: Picture, resolve: Resolve) -> str:
    first, *rest = picture.svg.split("\0")
    uris = (resolve(link)[0] for link in picture.links)
    hrefs = (f' href="{escape(uri)}"' if uri else "" for uri in uris)
    svg = first + "".join(href + piece for href, piece in zip(hrefs, rest, strict=True))
    return (
        f'<div class="parity-scroll" role="group" tabindex="0" '
        f'aria-label="{escape(picture.title)}">{svg}</div>\n'
    )


def _figure(picture: Picture, resolve: Resolve, *, drawn: bool) -> str:
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in picture.table.headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>\n"
        for row in picture.table.rows
    )
    opened = "" if drawn else ' open="open"'
    return (
        f'<figure class="parity-picture parity-picture-{escape(picture.name)}">\n'
        f"<figcaption>{escape(picture.title)}</figcaption>\n"
        f'<p class="parity-headline">{escape(picture.description)}</p>\n'
        f"{_drawing(picture, resolve) if drawn else ''}"
        f"<details{opened}><summary>{escape(_('The numbers as a table'))}</summary>\n"
        f'<div class="parity-scroll" role="group" tabindex="0" '
        f'aria-label="{escape(picture.title)}">\n'
        f'<table class="parity-numbers docutils align-default">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
        f"</div>\n</details>\n</figure>\n"
    )


def findings_html(findings: Sequence[Cell], resolve: Resolve) -> str:
    """Return each finding as a box; its first part is its severity."""
    return "".join(
        f'<p class="parity-finding {class_of("severity", cell[0].text)}">'
        f"{cell_html(cell, resolve)}</p>\n"
        for cell in findings
    )


#: Exactly as they stand in ``parity.js``; what is in braces is filled in there.
SCRIPT_WORDS = (
    "Search",
    "Clear",
    "Filter the table",
    "Filter: {name}",
    "{shown} of {all} shown",
    "No row matches.",
    "Link to {name}",
    "Pages",
    "Previous",
    "Next",
    "Show all",
    "Page {page} of {pages}",
)


def script_words() -> dict[str, Any]:
    """Return the attributes of the table script's element: none where all is English.

    A strict content security policy forbids inline scripts, and a file of its own would be
    one more request.
    """
    words = {word: _(word) for word in (*SCRIPT_WORDS, *STATUS_GLYPHS)}
    other = {english: said for english, said in words.items() if english != said}
    if not other:
        return {}
    return {"data-parity-words": json.dumps(other, ensure_ascii=False, sort_keys=True)}
