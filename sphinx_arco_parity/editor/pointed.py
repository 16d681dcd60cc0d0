"""What is said of what the mouse is on: as ``arco-parity why``, or of an ADR its status."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lsprotocol import types

from sphinx_arco_parity.cli.why import Chains, drawn
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.model.records import (
    Adr,
    Declaration,
    Evidence,
    ParityException,
    ParityRow,
    Verdict,
)
from sphinx_arco_parity.notation import print_evidence
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.text.visible import visible

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
    content = types.MarkupContent(types.MarkupKind.Markdown, _said(page, found))
    return types.Hover(content, page.span(line, found.start, found.end))


def _said(page: Page, found: Pointed) -> str:
    if found.declared is not None:
        chains = Chains(page.judged.run.assessment, str, _bare)
        return _fenced(drawn(chains.of(found.kind, found.declared)))
    if found.adr is not None:
        return _of_adr(found.adr)
    return _of_evidence(*found.evidence) if found.evidence else ""


def _bare(text: str, _colour: str) -> str:
    return text


def _fenced(text: str) -> str:
    return f"````text\n{visible(text.rstrip())}\n````"


def _of_adr(adr: Adr) -> str:
    status = f" [{adr.status}]" if adr.status else ""
    return _fenced(f"ADR {adr.number} {adr.title}{status}\n{adr.path}:{adr.line}")


def _of_evidence(evidence: Evidence, verdict: Verdict) -> str:
    said = [f"{evidence.kind} {print_evidence(evidence)}: {verdict.name}", verdict.detail]
    if verdict.found_line:
        said.append(f"found at {evidence.path}:{verdict.found_line}")
    rule = f"[parity.{verdict.rule}]" if verdict.rule else ""
    return _fenced("\n".join(filter(None, [*said, verdict.help, rule])))
