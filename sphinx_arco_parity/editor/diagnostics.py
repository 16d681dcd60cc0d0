"""The findings of a project as diagnostics: what ``arco-parity check`` reports, at the literal."""

from __future__ import annotations

from importlib.resources import as_file, files

from lsprotocol import types

from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.exports.spans import span_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.rules import pages

SOURCE = "arco-parity"
_LEVELS = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(page: Page) -> dict[str, list[types.Diagnostic]]:
    """Return the absolute path of each file with findings, and these; *page* is any."""
    found: dict[str, list[types.Diagnostic]] = {}
    opened: dict[str, Page] = {}
    for finding in page.judged.run.assessment.findings:
        path = finding.place.path
        own = opened.setdefault(path, page.other(path))
        found.setdefault(own.absolute(path), []).append(diagnostic(own, finding))
    return found


def diagnostic(page: Page, finding: Finding) -> types.Diagnostic:
    """Return *finding*, of the file that *page* is."""
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return types.Diagnostic(
        range=range_of(page, finding),
        message=text,
        severity=_LEVELS[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(_page_of(page, finding.rule)),
        source=SOURCE,
        data=finding.id,
    )


def range_of(page: Page, finding: Finding) -> types.Range:
    """Return where the wrong literal stands, or else the line."""
    span = span_of(finding, lambda path, line: page.line(line) if path == page.path else None)
    if span is None:
        return page.span(finding.place.line, 0, len(page.line(finding.place.line)))
    return page.span(span.line, span.start, span.end)


def _page_of(page: Page, rule: str) -> str:
    """Return the address of the page of *rule*: of ``parity_rules_url``, or the one shipped."""
    template = page.judged.run.project.settings.rules_url
    if template:
        return template.format(rule=rule)
    with as_file(files(pages) / f"{rule}.md") as path:
        return path.as_uri()
