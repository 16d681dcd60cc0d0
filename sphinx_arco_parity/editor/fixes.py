"""Quick fixes: what ``arco-parity fix`` does, and what a finding itself proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types

from sphinx_arco_parity.cli.line_edits import OPTIONS, Move, moves_of, places_of, rewrite, smallest
from sphinx_arco_parity.editor.citing import citing
from sphinx_arco_parity.editor.diagnostics import diagnostic, range_of
from sphinx_arco_parity.editor.ignoring import ignoring
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.exports.spans import Span, words_of
from sphinx_arco_parity.model.findings import Finding

_MEANT = re.compile(r"did you mean (?:`([^`\n]+)`|([^\s?;`]+)(?=[?]| \())")
#: How like a word must be to what was meant instead.
_ALIKE = 0.5
_FIX_ALL = types.CodeActionKind("source.fixAll")


def actions(page: Page, wanted: types.Range) -> list[types.CodeAction]:
    """Return the fixes of the findings that *wanted* touches, and one of all moved lines."""
    found: list[types.CodeAction] = []
    every = moves_of(page.judged.run.assessment, OPTIONS)
    moves = [move for move in every if move.place.path == page.path]
    for finding in page.judged.run.assessment.findings:
        if finding.place.path == page.path:
            place = range_of(page, finding)
            if place.start.line <= wanted.end.line and wanted.start.line <= place.end.line:
                found += _of_finding(page, finding, moves)
    edit = _moved(page, [move for move in moves if not move.fix.option])
    if edit is not None:
        title = "Rewrite the lines of all evidence that has moved"
        found.append(types.CodeAction(title, kind=_FIX_ALL, edit=_edited(page, edit)))
    return found


def _of_finding(page: Page, finding: Finding, moves: Sequence[Move]) -> Iterator[types.CodeAction]:
    problem = [diagnostic(page, finding)]

    def action(title: str, edit: types.WorkspaceEdit, *, best: bool = False) -> types.CodeAction:
        kind = types.CodeActionKind.QuickFix
        return types.CodeAction(title, kind, problem, is_preferred=best or None, edit=edit)

    own = [m for m in moves if m.place == finding.place and m.message == finding.message]
    moved = _moved(page, own)
    if moved is not None and finding.fix is not None:
        fix = finding.fix
        what = f"line {fix.new_line}" if fix.new_path == fix.path else f"`{fix.new_path}`"
        yield action(f"Cite {what}", _edited(page, moved), best=not fix.option)
    meant = _meant(page, finding)
    if meant is not None:
        span, word = meant
        new = types.TextEdit(page.span(span.line, span.start, span.end), word)
        yield action(f"Write `{word}`", _edited(page, new), best=True)
    for identifier, cited in citing(page, finding):
        yield action(f"Cite {identifier}", _edited(page, cited))
    ignored = ignoring(page, finding)
    if ignored is not None:
        yield action(f"Ignore `{finding.rule}` for {finding.item}, with a reason", ignored)


def _edited(page: Page, *edits: types.TextEdit) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={page.uri(page.path): list(edits)})


def _moved(page: Page, moves: Sequence[Move]) -> types.TextEdit | None:
    """Return the edit that rewrites the lines of *moves*, if any of them can be."""
    if not moves:
        return None
    declared = places_of(page.judged.run.assessment).get(page.path, [])
    new = rewrite(page.text, page.path, moves, declared).text
    if new == page.text:
        return None
    edit = smallest(page.text, new, 0)
    return types.TextEdit(page.between(edit.start, edit.end), edit.text)


def _meant(page: Page, finding: Finding) -> tuple[Span, str] | None:
    """Return the wrong word and what was meant, if the finding says one thing only."""
    said = {a or b for a, b in _MEANT.findall(f"{finding.message}\n{finding.help}")}
    if len(said) != 1:
        return None
    word = said.pop()
    spans = [
        (_likeness(text, word), -span.start, span)
        for span in words_of(finding, lambda _path, line: page.line(line))
        if (text := span.text[span.start : span.end]) not in {word, finding.item}
        and span.text.count(text) == 1
    ]
    likeness, _, span = max(spans, default=(0.0, 0, None), key=lambda found: found[:2])
    return (span, word) if span is not None and likeness >= _ALIKE else None


def _likeness(text: str, other: str) -> float:
    return SequenceMatcher(None, text.casefold(), other.casefold()).ratio()
