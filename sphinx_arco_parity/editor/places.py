"""What the editor points at: what is said of it, where it is declared, and what cites it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lsprotocol import types

from sphinx_arco_parity.cli.why import Chains, drawn
from sphinx_arco_parity.declarations.register import CitedBy
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.model.records import (
    Adr,
    Declaration,
    Evidence,
    ParityException,
    ParityRow,
    Place,
    Verdict,
)
from sphinx_arco_parity.notation import print_evidence
from sphinx_arco_parity.proof.ci_lookup import look_up
from sphinx_arco_parity.proof.ci_workflows import Workflows
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.text.visible import visible
from sphinx_arco_parity.text.words import plain

_WORD = re.compile(r"[\w.:#/-]+")
_EDGES = ".:#/-"
#: Before the id of a row or claim, which may be any word: a role, a directive, an option.
_ID_FOLLOWS = re.compile(
    r"(?:`|<|\{(?:parity[:-])?(?:row|claim)\}\s*|(?:row|claim)::\s*|:(?:rows|id):[^`]*)$"
)
_ADR = re.compile(r"(?i:adr)[-_ #]?\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """One of these, and where it stands on the line: columns ``[start, end)``."""

    start: int
    end: int
    kind: str = ""
    """``exception``, ``row`` or ``claim``, of :attr:`declared`."""
    declared: Declaration | None = None
    adr: Adr | None = None
    evidence: tuple[Evidence, Verdict] | None = None


def pointed(page: Page, line: int, column: int) -> Pointed | None:
    """Return what stands at *column* of *line*, if it is something of ours."""
    text = page.line(line)
    for word in _WORD.finditer(text):
        if not word.start() <= column <= word.end():
            continue
        bare = word[0].strip(_EDGES)
        start = word.start() + word[0].find(bare)
        found = _identified(page, line, bare, text[:start], start) or _adr(page, line, bare, start)
        if found is not None:
            return found
    for match in _ADR.finditer(text):
        adr = resolve_adr(match[0], page.judged.register.adrs)
        if adr is not None and match.start() <= column <= match.end():
            return Pointed(start=match.start(), end=match.end(), adr=adr)
    evidence = page.evidence_at(line, column)
    if evidence is None:
        return None
    at = next((w for w in _WORD.finditer(text) if w.start() <= column <= w.end()), None)
    start, end = at.span() if at else (column, column)
    return Pointed(start=start, end=end, evidence=evidence)


def _identified(page: Page, line: int, word: str, before: str, start: int) -> Pointed | None:
    register = page.judged.register
    for kind, by_id in register.by_kind.items():
        declared = by_id.get(word)
        if declared is None:
            continue
        here = declared.place.path == page.path and declared.place.line == line
        shaped = kind == "exception" and register.id_shapes.has(word) and not word.isdecimal()
        if shaped or (here and not declared.derived_id) or _ID_FOLLOWS.search(before):
            end = start + len(word)
            return Pointed(start=start, end=end, kind=kind, declared=declared)
    return None


def _adr(page: Page, line: int, word: str, start: int) -> Pointed | None:
    """Return an ADR that the declaration around *line* cites as *word*."""
    declared = page.declared_at(line)
    if not isinstance(declared, (ParityRow, ParityException)):
        return None
    if not any(citation.target.strip("#") == word for citation in declared.adrs):
        return None
    adr = resolve_adr(word, page.judged.register.adrs)
    return Pointed(start=start, end=start + len(word), adr=adr) if adr else None


def hover(page: Page, position: types.Position) -> types.Hover | None:
    """Return what is known of what stands at *position*."""
    line, column = page.point(position)
    found = pointed(page, line, column)
    if found is None:
        return None
    said = f"````text\n{visible(_said(page, found).rstrip())}\n````"
    content = types.MarkupContent(types.MarkupKind.Markdown, said)
    return types.Hover(content, page.span(line, found.start, found.end))


def _said(page: Page, found: Pointed) -> str:
    if found.declared is not None:
        chains = Chains(page.judged.run.assessment, str, lambda text, _colour: text)
        return drawn(chains.of(found.kind, found.declared))
    if found.adr is not None:
        adr = found.adr
        status = f" [{adr.status}]" if adr.status else ""
        return f"ADR {adr.number} {adr.title}{status}\n{adr.path}:{adr.line}"
    if found.evidence is None:
        return ""
    evidence, verdict = found.evidence
    said = [f"{evidence.kind} {print_evidence(evidence)}: {verdict.name}", verdict.detail]
    if verdict.found_line:
        said.append(f"found at {evidence.path}:{verdict.found_line}")
    rule = f"[parity.{verdict.rule}]" if verdict.rule else ""
    return "\n".join(filter(None, [*said, verdict.help, rule]))


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
        cited = register.cited_by.get(declared.id, CitedBy())
        for row_id in (*cited.rows, *cited.named_by_rows):
            yield _field(page, register.rows_by_id[row_id], "exceptions")
        for claim_id in cited.claims:
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
    found = []
    for declared in page.judged.declared.get(page.path, ()):
        first, end = page.block(declared)
        if first > len(page.lines):
            continue
        name = page.span(first, 0, len(page.line(first)))
        last = page.span(end - 1, 0, len(page.line(end - 1))) if end > first else name
        said = [getattr(declared, key, "") for key in ("capability", "status", "type", "text")]
        symbol = types.DocumentSymbol(
            name=declared.id,
            detail=" · ".join(filter(None, map(plain, said))),
            kind=_KINDS.get(type(declared), types.SymbolKind.String),
            range=types.Range(name.start, last.end),
            selection_range=name,
        )
        found.append(symbol)
    return found
