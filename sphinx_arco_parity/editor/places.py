"""Where something is declared or found, and what cites it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.editor.pointed import Pointed, pointed
from sphinx_arco_parity.model.records import (
    Adr,
    Declaration,
    Evidence,
    ParityException,
    ParityRow,
    Place,
    Verdict,
)
from sphinx_arco_parity.proof.ci_lookup import look_up
from sphinx_arco_parity.proof.ci_workflows import Workflows
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.text.words import plain


def definition(page: Page, position: types.Position) -> list[types.Location]:
    """Return where what stands at *position* is declared, defined or run."""
    found = pointed(page, *page.point(position))
    if found is None:
        return []
    if found.declared is not None:
        return [_at(page, found.declared.place)]
    if found.adr is not None:
        return [page.location(found.adr.path, found.adr.line)]
    places = _defined(page, *found.evidence) if found.evidence else []
    return [page.location(path, line) for path, line in dict.fromkeys(places)]


def _defined(page: Page, evidence: Evidence, verdict: Verdict) -> list[tuple[str, int]]:
    """Return the path and line of what *evidence* cites, as far as it is there."""
    repository = page.judged.run.repository
    path = evidence.path.removeprefix("./")
    if evidence.kind == "ci":
        seen = look_up(evidence, Workflows(repository))
        steps = [(command.path, command.line) for _, command in seen.commands]
        steps += [(step.path, step.line) for _, step in seen.steps]
        named = seen.workflow.jobs_called(evidence.job)[0] if seen.workflow and evidence.job else ()
        jobs = [(job.path, job.line) for job in named]
        found = steps if evidence.command else jobs
        if found:
            return found[:1] if evidence.command is None else found
    if not repository.exists(path):
        return []
    return [(path, verdict.found_line or evidence.line or 1)]


def references(page: Page, position: types.Position, *, declaration: bool) -> list[types.Location]:
    """Return what cites what stands at *position*, or else the file itself.

    :param declaration: whether the place where it is declared is wanted, too.
    """
    line, column = page.point(position)
    found = pointed(page, line, column)
    places: list[Place] = []
    if found is not None and found.declared is not None:
        places += [found.declared.place] if declaration else []
        places += _citing(page, found)
    elif found is not None and found.adr is not None:
        places += _citing_adr(page, found.adr)
    elif found is not None and found.evidence is not None:
        places += _citing_file(page, found.evidence[0].path, 0)
    else:
        places += _citing_file(page, page.path, line)
    return [_at(page, place) for place in dict.fromkeys(places)]


def _citing(page: Page, found: Pointed) -> Iterator[Place]:
    register, declared = page.judged.register, found.declared
    assert declared is not None  # noqa: S101 - asked for by the caller
    if found.kind == "exception":
        cited = register.cited_by.get(declared.id)
        for row_id in (*cited.rows, *cited.named_by_rows) if cited else ():
            yield _field(page, register.rows_by_id[row_id], "exceptions")
        for claim_id in cited.claims if cited else ():
            yield register.claims_by_id[claim_id].place
    if found.kind == "row":
        for claim in register.claims:
            yield from (cited.place for cited in claim.rows if cited.target == declared.id)
    for mention in register.mentions:
        if mention.target == declared.id and mention.role == found.kind:
            yield mention.place


def _field(page: Page, declared: Declaration, name: str) -> Place:
    """Return where the field *name* of *declared* is written."""
    place = declared.place_of(name)
    cell = page.other(place.path).cell(declared, name)
    return Place(path=place.path, line=cell.line) if cell else place


def _records(page: Page) -> tuple[ParityException | ParityRow, ...]:
    register = page.judged.register
    return (*register.exceptions, *register.rows)


def _citing_adr(page: Page, adr: Adr) -> Iterator[Place]:
    register = page.judged.register
    for record in _records(page):
        if any(resolve_adr(citation.target, register.adrs) == adr for citation in record.adrs):
            yield _field(page, record, "adrs")
    for mention in register.mentions:
        if mention.role == "adr" and resolve_adr(mention.target, register.adrs) == adr:
            yield mention.place


def _citing_file(page: Page, path: str, line: int) -> list[Place]:
    """Return what cites the file at *path*: if some of it cites *line*, that alone."""
    whole: list[Place] = []
    exact: list[Place] = []
    for record in _records(page):
        for evidence, verdict in page.judged.proofs.of(record):
            if evidence.path.removeprefix("./") == path:
                place = Place(path=record.place.path, line=page.line_of(record, evidence))
                whole.append(place)
                last = evidence.end_line or evidence.line or 0
                if line and (verdict.found_line == line or (evidence.line or 0) <= line <= last):
                    exact.append(place)
    adr = resolve_adr(path, page.judged.register.adrs)
    return exact or [*whole, *(_citing_adr(page, adr) if adr else ())]


def _at(page: Page, place: Place) -> types.Location:
    return page.location(place.path, place.line)


_KINDS = {ParityException: types.SymbolKind.Event, ParityRow: types.SymbolKind.Property}


def symbols(page: Page) -> list[types.DocumentSymbol]:
    """Return the exceptions, rows and claims of *page*, in its order."""
    return [
        _symbol(page, declared)
        for declared in page.judged.declared.get(page.path, ())
        if declared.place.line <= len(page.lines)
    ]


def _symbol(page: Page, declared: Declaration) -> types.DocumentSymbol:
    first, end = page.block(declared)
    name = page.span(first, 0, len(page.line(first)))
    last = page.span(end - 1, 0, len(page.line(end - 1))) if end > first else name
    return types.DocumentSymbol(
        name=declared.id,
        detail=_detail(declared),
        kind=_KINDS.get(type(declared), types.SymbolKind.String),
        range=types.Range(name.start, last.end),
        selection_range=name,
    )


def _detail(declared: Declaration) -> str:
    parts = (getattr(declared, name, "") for name in ("capability", "status", "type", "text"))
    return " · ".join(filter(None, map(plain, parts)))
