"""Tables over the whole project: entries filtered, sorted, grouped and laid out.

The model is made once and emitted by the Sphinx rooms for every builder.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import Declaration, View
from sphinx_arco_parity.model.table_columns import ALWAYS_SHOWN, COLUMNS, DEFAULT_COLUMNS, own_key
from sphinx_arco_parity.rules.rows import KIND_WORDS, demanded_evidence
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import label_key, split_list
from sphinx_arco_parity.views.inline import Cell, Part, joined, plain_text
from sphinx_arco_parity.views.marks import STATUS_MEANINGS, VERDICT_MEANINGS

if TYPE_CHECKING:
    from sphinx_arco_parity.views.cells import Entry
    from sphinx_arco_parity.views.entries import Entries

_FILTERS = ("status", "type", "milestone", "section", "owner", "documents")
_NATURAL = re.compile(r"(\d+)")


class Column(NamedTuple):
    """A column that is shown."""

    key: str
    label: str
    """In English; the emitter translates it."""


class Line(NamedTuple):
    """A line that is shown."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    """An id for the line, where it is the declaration itself."""
    classes: tuple[str, ...] = ()
    group: str = ""
    below: tuple[Cell, ...] = ()
    """Findings of it, which stand across the table below it."""


class Table(NamedTuple):
    """What a table shows, for every builder."""

    kind: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    caption: str = ""
    empty: str = ""
    per_page: int = 0
    """How many lines a reader sees at once; 0: all."""
    notes: tuple[Cell, ...] = ()
    """Sentences below the table."""

    @property
    def words(self) -> str:
        """All words of the table, for the search."""
        cells = (plain_text(cell) for line in self.lines for cell in line.cells)
        return " ".join(cells)


def build_table(view: View, entries: Entries, others: Sequence[Mapping[str, Any]] = ()) -> Table:
    """Return what the table of *view* shows.

    :param others: contents of ``parity.json`` files of other repositories, which are
        shown instead of this project's own if the view names any.
    """
    options = dict(view.options)
    if "anchors" in options:
        anchors = split_list(options["anchors"])
        return lay_out(view, entries.at(view.docname, anchors), entries.register)
    source: Callable[[], Iterable[Entry]] = getattr(entries, view.kind)
    if "from" not in options:
        return lay_out(view, source(), entries.register)
    from sphinx_arco_parity.views.others import other_entries  # noqa: PLC0415 - seldom

    found = [entry for other in others for entry in other_entries(view.kind, other)]
    return lay_out(view, found, entries.register)


def legend_table(view: View, settings: Settings, say: Callable[[str], str] = str) -> Table:
    """Return what each status and verdict means, and what a status demands; *say* translates."""
    marks = (("status", STATUS_MEANINGS), ("verdict", VERDICT_MEANINGS))
    lines = [
        Line(
            (
                (Part(word, kind),),
                (Part(". ".join([say(meaning), *_demands(word, settings, say)])),),
            )
        )
        for kind, meanings in marks
        for word, meaning in meanings.items()
    ]
    columns = tuple(Column(key, label) for key, label in COLUMNS["legend"].items())
    caption = dict(view.options).get("caption", "")
    return Table(kind="legend", columns=columns, lines=tuple(lines), caption=caption)


def _demands(status: str, settings: Settings, say: Callable[[str], str]) -> Iterator[str]:
    """Give what the rules that are on demand of a row with *status*."""
    rules = {
        "row-without-exception": ("Exception", say("It needs a declared exception")),
        "row-cites-exception": ("Implemented", say("It cites no exception")),
    }
    kinds = [say(KIND_WORDS[kind]) for kind in demanded_evidence(settings, status)]
    if kinds and settings.rules.get("row-without-evidence") != "off":
        yield say("It needs evidence: {kinds}").format(kinds=", ".join(kinds))
    for rule, (its, said) in rules.items():
        if its == status and settings.rules.get(rule) != "off":
            yield said


def lay_out(view: View, entries: Iterable[Entry], register: Register) -> Table:
    """Filter, sort, group and lay out *entries* as the options of *view* say."""
    options = dict(view.options)
    chosen = [entry for entry in entries if _matches(entry, options)]
    chosen = _sorted(chosen, options.get("sort", ""))
    group_by = own_key(options.get("group-by", ""))
    columns = _columns(view.kind, options, chosen)
    if group_by:
        columns = tuple(column for column in columns if column.key != group_by)
    groups = defaultdict[str, list[Line]](list)
    for entry in chosen:
        group = plain_text(entry.cells.get(group_by, ())) if group_by else ""
        cells = tuple(entry.cells.get(column.key, ()) for column in columns)
        anchor = entry.anchor if "anchors" in options else ""
        groups[group].append(Line(cells, anchor, entry.classes, group))
    whole = not _is_filtered(options)
    return Table(
        kind=view.kind,
        columns=columns,
        lines=tuple(line for lines in groups.values() for line in lines),
        caption=options.get("caption", ""),
        empty=options.get("empty", ""),
        per_page=int(options.get("per-page", "0") or 0),
        notes=tuple(_notes(register)) if whole and view.kind == "traceability" else (),
    )


def _is_filtered(options: dict[str, str]) -> bool:
    return any(name in options for name in (*_FILTERS, "from"))


def _matches(entry: Entry, options: dict[str, str]) -> bool:
    for name in _FILTERS:
        if name not in options:
            continue
        wanted = split_list(options[name])
        facts = entry.facts.get(name, ())
        if name == "documents":
            if not any(matches(fact, wanted) for fact in facts):
                return False
        elif not {label_key(w) for w in wanted} & {label_key(f) for f in facts}:
            return False
    return True


def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Return a key by which ``EX-2`` comes before ``EX-10``."""
    return [
        (0, int(word), "") if word.isdigit() else (1, 0, word.casefold())
        for word in _NATURAL.split(text)
        if word
    ]


def _sorted(entries: list[Entry], sort: str) -> list[Entry]:
    """Sort by ``field`` or ``-field``; what lacks the field comes last."""
    name = own_key(sort.lstrip("-"))
    if not name:
        return entries
    texts = [(plain_text(e.cells.get(name, ())), e) for e in entries]
    having = [(natural_key(text), e) for text, e in texts if text]
    having.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [e for _, e in having] + [e for text, e in texts if not text]


def _columns(kind: str, options: dict[str, str], entries: Sequence[Entry]) -> tuple[Column, ...]:
    labels = COLUMNS[kind]
    own = own_columns(entries, labels)
    if options.get("columns"):
        keys = [own_key(name) for name in split_list(options["columns"])]
        return tuple(Column(k, labels.get(k) or own[k]) for k in keys if k in labels or k in own)
    keys = [*DEFAULT_COLUMNS[kind], *(own if "anchors" in options else ())]
    if "from" in options:
        keys.insert(0, "product")
    always = ALWAYS_SHOWN.get(kind, frozenset())
    return tuple(
        Column(key, labels.get(key) or own.get(key) or key.title())
        for key in keys
        if key in always or not entries or any(entry.cells.get(key) for entry in entries)
    )


def own_columns(entries: Sequence[Entry], labels: dict[str, str]) -> dict[str, str]:
    """Return the project's own columns: key to label."""
    keys = {key: None for entry in entries for key in entry.cells if key not in labels}
    return {key: key.replace("-", " ").title() for key in keys}


def _notes(register: Register) -> Iterable[Cell]:
    """Yield what nothing cites, below the table of traceability."""
    uncited = [
        exception.id
        for exception in register.exceptions
        if not (c := register.cited_by.get(exception.id)) or not (c.rows or c.claims)
    ]
    if uncited:
        links = joined([Part(identifier, link=("exception", identifier)) for identifier in uncited])
        yield (Part("Cited by no row and no claim: "), *links, Part("."))
    resting = {c.target for claim in register.claims for c in claim.rows}
    loose = [
        row.id for row in register.rows if row.id not in resting and not register.cited_by_row(row)
    ]
    if loose and register.claims:
        count = f"{len(loose)} of {len(register.rows)} rows are named by no claim and cite no exception."
        yield (Part(count),)


def declarations_shown(view: View, entries: Entries) -> Callable[[Declaration], bool]:
    """Return what tells whether a declaration is within the filters of *view*."""
    options = dict(view.options)
    if not _is_filtered(options):
        return lambda _declared: True
    sources = (entries.exceptions(), entries.matrix(), entries.claims())
    shown = {
        entry.declared
        for source in sources
        for entry in source
        if _matches(entry, {n: t for n, t in options.items() if n in entry.facts})
    }
    return lambda declared: (declared.docname, declared.anchor) in shown
