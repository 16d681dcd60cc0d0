"""What may be written here: ids, labels, paths, symbols, jobs.

What is offered follows from the field: of the column, option or role in which the cursor
is.  A page that is half written is asked for its lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from lsprotocol import types

from sphinx_arco_parity.declarations.columns import map_columns
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME
from sphinx_arco_parity.model.fields import EXCEPTIONS, FIELDS, MATRIX
from sphinx_arco_parity.model.records import STATUSES, Declaration
from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.repository.workflows import WorkflowError, is_workflow, read_workflow
from sphinx_arco_parity.text.blocks import is_delimiter, split_row
from sphinx_arco_parity.text.words import plain

#: A label, what is said of it, and what kind of thing it is.
Offer = tuple[str, str, types.CompletionItemKind]

#: Paths and symbols that are offered at most; the editor asks again as more is written.
_MOST = 300

_KIND = types.CompletionItemKind
_ROLE = re.compile(
    r"[{:](?:parity[:-])?(?P<name>exception|adr|row|claim)[}:]`(?:[^`<]*<)?(?P<written>[^`<>]*)$"
)
#: Role to the field that may hold the same.
_CITED = {"exception": "exceptions", "claim": "exceptions", "row": "rows", "adr": "adrs"}
_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):(?P<value>.*)$")
_OPTION_NAME = re.compile(r"\s*:(?P<written>[\w-]*)$")
_DIRECTIVE = re.compile(r"\s*(?:[`:~]{3,}\{|\.\. )parity[-:](?P<name>[a-z]+)")
_LIST_ROW = re.compile(r"\s*[*+-] +[*+-](?: |$)")
_LIST_CELL = re.compile(r"\s*(?:[*+-] +)?[*+-](?: (?P<text>.*)|$)")
_WORD = re.compile(r"(?<![\w./-])[\w./-]*+$")
_NAME = re.compile(r"(?<!\w)\w*+$")
_PATH = re.compile(r"[\w./-]++")
#: Lines above the cursor that are looked at.
_REACH = 2_000


def completion(page: Page, position: types.Position) -> types.CompletionList:
    """Return what may stand at *position*."""
    line, column = page.point(position)
    before = page.line(line)[:column]
    offers, written = _offered(page, line, before)
    start = column - len(written)
    folded = written.casefold()
    fitting = [offer for offer in offers if folded in offer[0].casefold()]
    items = [
        types.CompletionItem(
            label=label,
            detail=detail or None,
            kind=kind,
            filter_text=label,
            text_edit=types.TextEdit(page.span(line, start, column), label),
        )
        for label, detail, kind in fitting[:_MOST]
    ]
    return types.CompletionList(is_incomplete=len(fitting) > _MOST, items=items)


def _offered(page: Page, line: int, before: str) -> tuple[Iterable[Offer], str]:
    """Return what is offered, and the part of it that is written."""
    role = _ROLE.search(before)
    if role is not None:
        return _of_field(page, _CITED[role["name"]], ""), role["written"]
    directive = _directive(page, line)
    if directive and (match := _OPTION_NAME.fullmatch(before)):
        shape = SHAPES_BY_NAME.get(f"parity-{directive}")
        options = shape.options if shape else ()
        return ((o.name, o.help, _KIND.Property) for o in options), match["written"]
    found = _cell(page, line, before) or (_option(page, line, before) if directive else None)
    if found is None:
        return (), ""
    name, text = found
    whole = name in {"status", "type", "proof-level"}
    written = text.lstrip(" `*") if whole else (_WORD.search(text) or [""])[0]
    offers = list(_of_field(page, name, text))
    if offers and offers[0][2] in {_KIND.Function, _KIND.Event}:
        written = (_NAME.search(text) or [""])[0]
    return offers, written


# --- where ------------------------------------------------------------------------------


def _above(page: Page, line: int) -> Iterator[str]:
    """Yield the lines above *line*, the nearest first."""
    for number in range(line - 1, max(0, line - _REACH), -1):
        yield page.line(number)


def _directive(page: Page, line: int) -> str:
    """Return the name, without ours, of the directive whose options *line* may be of."""
    for text in _above(page, line):
        if match := _DIRECTIVE.match(text):
            return match["name"]
        if not text.strip():
            return ""
    return ""


def _option(page: Page, line: int, before: str) -> tuple[str, str] | None:
    """Return the option in whose value the cursor is, and that value up to it."""
    if match := _OPTION.match(before):
        return match["name"], match["value"]
    for text in _above(page, line):
        if match := _OPTION.match(text):
            return match["name"], before
        if _DIRECTIVE.match(text) or not text.startswith((" ", "\t")):
            return None
    return None


def _cell(page: Page, line: int, before: str) -> tuple[str, str] | None:
    """Return the field of the column in which the cursor is, and its cell up to there."""
    if _LIST_CELL.match(before):
        headers, column = _list_headers(page, line, before)
        text = (_LIST_CELL.match(before) or {"text": ""})["text"] or ""
    elif before.lstrip().startswith("|"):
        headers = _headers(page, line)
        # The mark keeps the blank at the end, and the cell that has nothing else.
        *others, cell = split_row(f"{before.lstrip()}\0|").texts
        column, text = len(others), cell.removesuffix("\0")
    else:
        return None
    settings = page.judged.run.project.settings
    known = [map_columns(headers, kind, settings) for kind in (MATRIX, EXCEPTIONS)]
    fields = next((columns.fields for columns in known if not columns.missing), ())
    name = fields[column] if column < len(fields) else None
    return (name, text) if name else None


def _headers(page: Page, line: int) -> Sequence[str]:
    """Return the headers of the pipe or grid table that *line* is a row of."""
    above = _above(page, line)
    for text in above:
        bare = text.strip()
        if is_delimiter(bare) and ("=" in bare or bare.startswith(("|", ":", "-"))):
            row = next(above, "").strip()
            return split_row(row).texts if row.startswith("|") else ()
        if not bare.startswith(("|", "+")):
            break
    return ()


def _list_headers(page: Page, line: int, before: str) -> tuple[Sequence[str], int]:
    """Return the first row of the list that is a table, and the column of *before*."""
    rows: list[list[str]] = [[]]
    for text in (before, *_above(page, line)):
        cell = _LIST_CELL.match(text)
        if cell is None and not text.startswith((" ", "\t")):
            break
        if cell is not None:
            rows[-1].insert(0, cell["text"] or "")
            if _LIST_ROW.match(text):
                rows.append([])
    return (rows[-2] if len(rows) > 2 else ()), len(rows[0]) - 1


# --- what -------------------------------------------------------------------------------


def _of_field(page: Page, name: str, text: str) -> Iterator[Offer]:
    """Yield what the field *name* may hold; *text* is what stands before the cursor."""
    known = _KNOWN.get(name)
    if known is not None:
        yield from known(page)
    elif any(field.name == name and field.evidence for field in FIELDS):
        yield from _evidence(page, text)


def _labels(labels: Iterable[str], detail: Callable[[str], str] = str) -> Iterator[Offer]:
    for label in dict.fromkeys(labels):
        said = detail(label)
        yield label, "" if said == label else said, _KIND.EnumMember


def _statuses(page: Page) -> Iterator[Offer]:
    settings = page.judged.run.project.settings
    return _labels((*settings.statuses, *STATUSES), lambda label: settings.status(label) or "")


def _ids(declared: Iterable[Declaration]) -> Iterator[Offer]:
    for declaration in declared:
        said = getattr(declaration, "capability", "") or getattr(declaration, "text", "")
        yield declaration.id, plain(said), _KIND.Reference


def _adrs(page: Page) -> Iterator[Offer]:
    for adr in page.judged.register.adrs:
        said = f"{adr.title} [{adr.status}]" if adr.status else adr.title
        yield adr.number, said, _KIND.Reference


_KNOWN: dict[str, Callable[[Page], Iterator[Offer]]] = {
    "status": _statuses,
    "type": lambda page: _labels(page.judged.run.project.settings.exception_types),
    "proof-level": lambda page: _labels(page.judged.run.project.settings.proof_levels),
    "exceptions": lambda page: _ids(page.judged.register.exceptions_by_id.values()),
    "rows": lambda page: _ids(page.judged.register.rows_by_id.values()),
    "adrs": _adrs,
}


def _evidence(page: Page, text: str) -> Iterator[Offer]:
    """Yield paths, or what the file defines that is named before the cursor."""
    repository = page.judged.run.repository
    named = [match for match in _PATH.finditer(text) if repository.is_file(match[0])]
    rest = text[named[-1].end() :] if named else ""
    if re.search(r"[(:]{1,2}|` ", rest) and not re.search(r"[,;)]", rest):
        yield from _inside(page, named[-1][0])
        return
    for path in repository.files():
        yield path, "", _KIND.File


def _inside(page: Page, path: str) -> Iterator[Offer]:
    """Yield the jobs of a workflow, or the names that a source file defines."""
    repository = page.judged.run.repository
    try:
        if is_workflow(path):
            for job in read_workflow(repository, path).jobs:
                yield job.id, job.raw_name, _KIND.Event
            return
        found = definitions_in(repository.read(path))
    except (UnreadableFileError, WorkflowError):
        return
    for definition in found.definitions if found else ():
        scope = ".".join(definition.scope)
        said = f"{definition.kind} {scope}".strip()
        yield definition.name, f"{said}, line {definition.line}", _KIND.Function
