"""Which exceptions may be cited where a finding asks for one, and the edits that do it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types

from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.text.blocks import is_markdown
from sphinx_arco_parity.text.words import is_empty

_ASKING = ("row-without-exception", "claim-without-exception", "prose-claim")
_MOST = 5
_DIRECTIVE = re.compile(r"(?P<margin>\s*)(?:[`:~]{3,}\{|(?P<rst>\.\. ))parity[-:](?:row|claim)\b")
_OPTION = re.compile(r"\s*:exceptions:(?P<value>.*)$")


def citing(page: Page, finding: Finding) -> Iterator[tuple[str, types.TextEdit]]:
    """Yield the ids that may be cited, the likeliest first, each with the edit that cites it."""
    if finding.rule not in _ASKING:
        return
    for identifier in _candidates(page, finding)[:_MOST]:
        edit = _edit(page, finding, identifier)
        if edit is not None:
            yield identifier, edit


def _candidates(page: Page, finding: Finding) -> Sequence[str]:
    register = page.judged.register
    row = register.rows_by_id.get(finding.item)
    if finding.rule == "row-without-exception" and row is not None:
        about = {e.id: e.capability.casefold() for e in register.exceptions_by_id.values()}
        own = row.capability.casefold()
        return sorted(about, key=lambda i: -SequenceMatcher(None, about[i], own).ratio())
    named = register.id_shapes.tokens(finding.help)
    return [identifier for identifier in named if register.is_declared(identifier)]


def _edit(page: Page, finding: Finding, identifier: str) -> types.TextEdit | None:
    line = finding.place.line
    if finding.rule == "prose-claim":
        return _with_role(page, line, identifier)
    declared = page.declared_at(line)
    cell = page.cell(declared, "exceptions") if declared is not None else None
    if cell is not None:
        return _with_item(page, cell.line, cell.start, cell.end, identifier)
    directive = _DIRECTIVE.match(page.line(line))
    return _with_option(page, line, directive, identifier) if directive else None


def _with_item(page: Page, line: int, start: int, end: int, identifier: str) -> types.TextEdit:
    """Put *identifier* into a cell or option, after what is there."""
    written = page.line(line)[start:end]
    if is_empty(written):
        return types.TextEdit(page.span(line, start, end), identifier)
    return types.TextEdit(page.span(line, end, end), f", {identifier}")


def _with_option(
    page: Page, line: int, directive: re.Match[str], identifier: str
) -> types.TextEdit:
    for number in range(line + 1, len(page.lines) + 1):
        text = page.line(number)
        option = _OPTION.match(text)
        if option is not None:
            start = option.start("value")
            start += len(option["value"]) - len(option["value"].lstrip())
            return _with_item(page, number, start, len(text.rstrip()), identifier)
        if not text.lstrip().startswith(":"):
            break
    margin = directive["margin"] + ("   " if directive["rst"] else "")
    end = len(page.line(line))
    return types.TextEdit(page.span(line, end, end), f"\n{margin}:exceptions: {identifier}")


def _with_role(page: Page, line: int, identifier: str) -> types.TextEdit:
    """Put the role at the end of the paragraph."""
    while page.line(line + 1).strip():
        line += 1
    name = "{exception}" if is_markdown(page.text, page.path) else ":exception:"
    end = len(page.line(line).rstrip())
    return types.TextEdit(page.span(line, end, end), f" ({name}`{identifier}`)")
