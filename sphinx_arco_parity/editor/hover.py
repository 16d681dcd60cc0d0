"""What is said of what the mouse is on: as ``arco-parity why``, or of an ADR its status."""

from __future__ import annotations

from lsprotocol import types

from sphinx_arco_parity.cli.tree_text import drawn
from sphinx_arco_parity.cli.why_text import Chains
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.editor.pointed import Pointed, pointed
from sphinx_arco_parity.model.records import Adr, Evidence, Verdict
from sphinx_arco_parity.notation import print_evidence
from sphinx_arco_parity.text.visible import visible


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
